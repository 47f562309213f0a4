"""What the jifen command says to the operator (命令行): short sentences, one line for an error."""

import re
from collections.abc import Sequence
from typing import Final

VILLAGE_UNKNOWN: Final = "没有“{name}”这个村。已有的村:{known}。"
VILLAGES_NONE: Final = "还没有建村,请先运行 jifen init"
NAME_EMPTY: Final = "镇名和村名不能是空的。"
NAME_NUMBER: Final = "村名不能只写数字:{name}。数字是村的编号,请写村名,比如 幸福村。"
NAME_LIKE: Final = "“{name}”和“{like}”是一个村名。要再给“{like}”发码,请把村名写成 {like}。"
TOWN_OTHER: Final = "“{village}”已经建在“{town}”,村名不能重复。"
INIT_DONE: Final = "{town}:"
INIT_AGAIN: Final = "“{name}”早就建好了,这是新的管理员码;以前没用过的码到期前仍然有效。"
INIT_NEXT: Final = "请管理员加助手为好友,发“绑定 码”。码用一次,14天内有效。"
INIT_COLUMNS: Final = ("编号", "村", "管理员绑定码")

IMPORT_READING: Final = "读花名册"
IMPORT_SAVING: Final = "登记住户"
IMPORT_DONE: Final = (
    "登记{kept}户:照原样{accepted}户,整理或更新{normalised}户;没有登记{rejected}行。"
)
IMPORT_DRY: Final = (
    "只是看看,没有登记。能登记{kept}户:照原样{accepted}户,整理或更新{normalised}户;"
    "不能登记{rejected}行。"
)
IMPORT_PROBLEMS: Final = "有问题的行和原因写在 {file},改好可以直接再导入。"
PROBLEMS_NAME: Final = "{stem}-问题.xlsx"
IMPORT_LINE: Final = "第{line}行:{reasons}"
IMPORT_MORE: Final = "还有{count}行,见问题文件。"
IMPORT_MORE_UNWRITTEN: Final = "还有{count}行没有列出来;要看全部,请加 --problems 问题.xlsx。"
PROBLEMS_SUFFIX: Final = "--problems 的文件名要以 .xlsx 结尾:{name}"
PROBLEMS_ITSELF: Final = "--problems 写的是要读的文件自己({name}),请换一个名字。"
PROBLEMS_FOLDER: Final = "--problems 要写到的文件夹不存在:{folder}"
PROBLEMS_LOCKED: Final = "文件夹 {folder} 不能写东西,请用 --problems 写到别的地方。"
PROBLEMS_TAKEN: Final = "“{name}”已经有了,没有动它。"

CODES_COLUMNS: Final = ("门牌", "户主", "绑定码")
CODES_NONE: Final = "“{village}”还没有住户,请先导入花名册。"
HOUSEHOLD_UNKNOWN: Final = "没有“{text}”这一户,请写成 3组12号 这样。"
ROLE_CODE: Final = (
    "{village} {role}的绑定码:{code}(用一次,14天内有效)。请对方私聊助手,发“绑定 {code}”。"
)
ROOM_CODE: Final = (
    "{village} {purpose}的绑定码:{code}(用一次,14天内有效)。请在群里发“绑定本群 {code}”。"
)
ROOM_UNNAMED: Final = "请写群的名字。"
ROOM_ADDED: Final = (
    "{village}的{purpose}“{name}”添好了。要发到这个群的话,审核委员在网页“代发”里看、复制、发。"
)
ROLES: Final = {
    "committee": "审核委员",
    "chair": "主任",
    "administrator": "管理员",
    "supervisor": "村务监督",
}
PURPOSES: Final = {"villagers": "村民群", "committee": "委员群"}

RULEBOOK_SUFFIX: Final = "细则文件要以 .toml 或 .xlsx 结尾:{name}"
RULEBOOK_ONE: Final = "请写一个细则文件,或者写 --draft,两样只能写一样。"
RULEBOOK_UNUSABLE: Final = "细则有问题,没有存。请先改好下面这些:"
RULEBOOK_OTHER: Final = "“{village}”已经有版本“{version}”,内容不一样。请给新细则换一个版本名。"
RULEBOOK_STORED: Final = (
    "已存为“{village}”的版本“{version}”,共{items}条。开会通过后用 jifen rulebook adopt 登记。"
)
RULEBOOK_UNKNOWN: Final = "“{village}”没有版本“{version}”。请先用 jifen rulebook import 存进来。"
RULEBOOK_EXPORTED: Final = "“{version}”写到了 {file}"
FILE_EXISTS: Final = "{file} 已经有了。换一个名字,或者加 --force 覆盖。"
ADOPTED: Final = "“{village}”的版本“{version}”从{day}起生效。"
ADOPTED_BEFORE: Final = "“{village}”的版本“{version}”早就登记为{day}生效,保留原来的记录,没有改动。"
ADOPTED_OTHER: Final = "{day}这天已经登记了另一个版本生效,请换一个生效日期。"
ADOPTED_DIFFERENTLY: Final = (
    "“{village}”的版本“{version}”早就登记过({held}开会,{day}生效),和这次写的不一样。"
    "登记过的不能改;要改细则,请存一个新版本,开会通过后再登记。"
)
ADOPT_FUTURE: Final = "开会日期和公示日期不能晚于今天({today}),请核对。"
IN_FORCE_EARLY: Final = "生效日期不能早于公示日期。"
DATE_UNREADABLE: Final = "“{text}”不是日期,请写成 2026-01-10。"

LEDGER_COLUMNS: Final = ("序号", "住户", "类别", "分", "月份", "经手人", "原因")
LEDGER_NONE: Final = "“{village}”{year}年还没有台账。"
KINDS: Final = {
    "award": "加分",
    "deduction": "扣分",
    "adjustment": "调整",
    "reversal": "冲正",
    "redemption": "兑换",
    "refund": "退回",
    "year-close": "年终结清",
    "transfer": "并户转分",
}
CLAIMS_COLUMNS: Final = (
    "号",
    "住户",
    "条目",
    "状态",
    "分",
    "日期",
    "地点",
    "照片",
    "申报人",
    "审核人",
)
CLAIMS_NONE: Final = "没有申报。"
STATES: Final = {
    "draft": "没报完",
    "submitted": "待审",
    "half-approved": "待第二人审",
    "approved": "通过",
    "rejected": "驳回",
    "withdrawn": "撤回",
    "lapsed": "作废",
}
PUBLICATIONS_COLUMNS: Final = ("季度", "第几版", "状态", "应参加", "参加", "发布", "校验码")
PUBLICATIONS_NONE: Final = "还没有公示过。"
MISSING_COLUMNS: Final = ("季度", "没审定的月份", "没审完的申报", "告诉过谁")
MISSING_NONE: Final = "没有等着公示的季度。"
EDITION_STATES: Final = {
    "prepared": "准备好了",
    "released": "公示中",
    "corrected": "更正过",
    "final": "已定",
}
VERIFYING: Final = "核对"
VERIFY_CLEAN: Final = "账目核对无误:{villages}个村,{photos}张照片。"
VERIFY_FAULT: Final = "{village}:{fault}({where})"
VERIFY_FAULTS: Final = "核对发现{count}处不符,请不要改数据库,先做备份,再联系维护人员。"
FAULTS: Final = {
    "chain": "这一笔和前一笔连不上",
    "head": "最后一笔和记录的不一样",
    "gap": "台账少了或多了几笔",
    "month_total": "月合计不符",
    "year_total": "年合计不符",
    "village_total": "全村合计不符",
    "category_total": "分类合计不符",
    "year_close": "已结清的年份还有没结清的分",
    "claim": "申报和台账不符",
    "award": "台账里的加分没有申报",
    "redemption": "兑换和台账不符",
    "redemption_entry": "台账里的兑换没有记录",
    "stock": "兑换物品的数目不符",
    "limit": "有一户换的超过了每户上限",
    "photo_missing": "照片不见了",
    "photo_damaged": "照片坏了",
    "publication": "公示内容被改过",
    "publication_head": "公示上的台账校验码和台账不符",
}

JOBS_COLUMNS: Final = ("村", "日程", "期", "情况", "时间", "办理时间")
JOB_KINDS: Final = {
    "month-reminder-5": "月底前5个工作日提醒审核",
    "month-reminder-2": "月底前2个工作日提醒审核",
    "quarter-publication": "准备季度公示",
    "publication-final": "公示期满定结果",
    "committee-digest": "提醒委员会(每天)",
    "policy-ending": "政策文件到期提醒(每天)",
    "year-close-reminder": "提醒年终结算",
    "commendation": "表彰年度先进(每天看)",
    "photos-forgotten": "删去过期的照片",
    "talk-forgotten": "删去过期的聊天内容",
    "redemption-day": "兑换开始、截止、到期(每天)",
    "redemption-opening": "通知兑换开始",
    "redemption-closing-7": "兑换截止前7天提醒",
    "redemption-closing-1": "兑换截止前1天提醒",
    "redemption-collecting": "提醒去领兑换的东西",
    "redemption-due": "提醒委员会办兑换",
    "redemption-second": "提醒委员会办年底的兑换",
    "points-ending": "年底积分清零提醒",
}
JOB_STATES: Final = {
    "due": "要办",
    "missed": "过期没办",
    "done": "办过了",
    "skipped": "跳过了",
    "next": "下一次",
    "off": "关掉了",
}
JOB_REMARKS: Final = {"": "", "nobody": ",没人可通知"}
JOBS_NONE: Final = "没有日程。"
JOBS_HOLIDAYS: Final = "{year}年的放假安排还没有,工作日按周一到周五算。"
JOB_NOT_YET: Final = "{kind}({period})还不能办。{why}"
JOB_BEFORE: Final = "{kind}({period})早就办过了,没有再办。"
JOB_DONE: Final = "{kind}({period})办好了,要发{messages}条消息。"
JOB_UNHEARD: Final = "{kind}({period})办好了,但没有人可以通知:还没有绑定的群,也没有绑定的手机。"
JOB_PAST: Final = "{kind}({period})已经过了时候,跳过了,没有发消息。"
JOB_NEVER: Final = "{kind}在这个时间之前还没有过。"
JOB_SET: Final = "“{village}”的{kind}:{state}。"
JOB_NOTHING_SET: Final = "请写要改什么:--off、--on、--hour 或 --shift。"
TIME_UNREADABLE: Final = "“{text}”不是时间,请写成 2026-10-09 或 2026-10-09T09:00。"

BACKING_UP: Final = "备份"
BACKUP_DONE: Final = "备份好了,也检查过:{file}({size}兆,{villages}个村,{photos}张照片)。"
BACKUP_WITHOUT_KEY: Final = "密钥在设置 JIFEN_SECRET_KEY 里,不在备份里,请另外保存好。"
BACKUP_KEEP: Final = "请把它拷到别的电脑或硬盘。里面有住户资料,不要外传。"
BACKUP_BROKEN: Final = "{file} 不是完好的备份:{part}"
RESTORE_OCCUPIED: Final = "这里已经有{count}个村的数据。要恢复请加 --yes,原来的会挪到一边,不删除。"
RESTORE_DAMAGED: Final = "这里有一个读不出的数据库。要恢复请加 --yes,原来的会挪到一边,不删除。"
RESTORE_BUSY: Final = "积分助手还在运行,请先停下来,再恢复。"
RESTORE_MEMORY: Final = "内存数据库不能备份和恢复,请设置 JIFEN_DATABASE_URL。"
RESTORE_DONE: Final = "恢复好了:{villages}个村,{photos}张照片。"
RESTORE_ASIDE: Final = "原来的数据挪到了 {place}"

DATABASE_FAILED: Final = "数据库连不上或者写不了:{reason}"
DATABASE_ADDRESS: Final = "JIFEN_DATABASE_URL 写得不对,比如 postgresql://用户:密码@主机/库名。"
DATABASE_TOO_NEW: Final = "数据库是更新版本的积分助手写的({version}),请先升级这个程序。"
SETTINGS_WRONG: Final = "设置写得不对:{names}。请看 .env 和 JIFEN_ 开头的环境变量。"
FILE_FAILED: Final = "文件用不了:{name}({reason})"
FILE_REASONS: Final = {
    "FileNotFoundError": "找不到",
    "PermissionError": "没有权限",
    "IsADirectoryError": "这是文件夹",
    "NotADirectoryError": "不是文件夹",
    "FileExistsError": "已经有了",
}
UNEXPECTED: Final = "程序出错了,没有做完。详情在 {log},请交给维护人员。"
STOPPED: Final = "已停止。"

_USAGE: Final = {
    "MissingParameter": "缺少 {name}",
    "NoSuchOption": "没有 {name} 这个选项",
    "BadParameter": "{name} 写得不对:{detail}",
    "BadOptionUsage": "{name} 用得不对:{detail}",
}
_DETAILS: Final = (
    (re.compile(r"is not one of (?P<what>.*?)\.?$"), "只能是 {what}"),
    (re.compile(r"valid int"), "要写整数"),
    (re.compile(r"No such command (?P<what>'.*?')"), "没有 {what} 这个命令"),
    (re.compile(r"unexpected extra argument\S* \((?P<what>.*)\)"), "多写了 {what}"),
    (re.compile(r"requires an argument"), "后面要写内容"),
)
_USAGE_OTHER: Final = "命令写得不对:{detail}"
_USAGE_HELP: Final = "{sentence}。看用法:{command} --help"


def wrong_use(kind: str, *, name: str, detail: str, command: str) -> str:
    """Say in one line what is wrong with a command as it was typed."""
    for pattern, words in _DETAILS:
        met = pattern.search(detail)
        if met:
            detail = words.format(**met.groupdict())
    sentence = _USAGE.get(kind, _USAGE_OTHER).format(name=name, detail=detail)
    return _USAGE_HELP.format(sentence=sentence.rstrip("。."), command=command)


def village_unknown(name: str, known: Sequence[str]) -> str:
    """Say that there is no such village, and which there are."""
    return VILLAGE_UNKNOWN.format(name=name, known="、".join(known)) if known else VILLAGES_NONE


def address(group_no: int, house_no: str) -> str:
    """Name a household by its address: 3组12号."""
    return f"{group_no}组{house_no}号"


def listed(names: Sequence[str]) -> str:
    """List names."""
    return "、".join(names)


def job_setting(*, is_on: bool, hour: int | None, shift_days: int) -> str:
    """Say how a village has a kind of job."""
    parts = ["打开" if is_on else "关掉"]
    parts += [f"{hour}点办"] if hour is not None else []
    parts += [f"{'推后' if shift_days > 0 else '提前'}{abs(shift_days)}天"] if shift_days else []
    return ",".join(parts)


def restore_occupied(villages: int | None) -> str:
    """Say what a restore would move aside; None for a database that cannot be read."""
    return RESTORE_DAMAGED if villages is None else RESTORE_OCCUPIED.format(count=villages)
