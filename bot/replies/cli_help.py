"""What ``--help`` says of each command and option; ``--json`` keys are part of it."""

from typing import Final

APP: Final = "积分助手:村里的积分制,登记住户、通过细则、查台账、备份。"
JSON: Final = "只输出 JSON,给程序用。"
VILLAGE: Final = "村名或村的编号。"
INIT: Final = (
    "建立镇和村,每个村给一个管理员绑定码(用一次,14天内有效)。再运行一次只补上缺的村,并给新的码。"
    "\n\nJSON:{town, villages: [{id, name, admin_code}]}"
)
INIT_TOWN: Final = "镇名。"
INIT_VILLAGE: Final = "村名,可以写几次。"
HOUSEHOLDS: Final = "住户花名册。"
IMPORT: Final = (
    "从 Excel 花名册登记住户。列:村 组 门牌 户主 电话 户籍人口 常住人口 党员户 星级 参加日期 备注,"
    "次序随意。同一地址再次导入就是更新:改了什么会说,表里没有的列不动。有问题的行写到另一个 Excel,旁边有原因。"
    "\n\nJSON:{accepted, normalised, rejected, rows: [{line, action, reasons, values}]};"
    "action 是 accepted、normalised 或 rejected;line 按表格行号,表头是第1行;"
    "values 有 village, group, house_no, head, phone, registered, resident, party, star, joined, remark"
)
IMPORT_FILE: Final = "花名册,.xlsx 文件。"
IMPORT_DRY: Final = "只看结果,不登记。"
IMPORT_PROBLEMS: Final = "有问题的行写到这个 .xlsx 文件;不写就放在花名册旁边,叫“原名-问题.xlsx”。已经有的文件不动,另起一个名字。"
CODES: Final = "列出每户的绑定码,印小纸条用。\n\nJSON:[{household, head, code}]"
CODES_NEW: Final = "给这一户换一个新码,旧码作废,比如 3组12号。只列这一户。"
ROLES: Final = "审核委员、管理员等角色。"
ROLES_INVITE: Final = "给村干部一个绑定码,用一次,14天内有效。对方发“绑定 码”。\n\nJSON:{code}"
ROLE: Final = "committee 审核委员,chair 主任,administrator 管理员,supervisor 村务监督。"
ROOMS: Final = "微信群。"
ROOMS_INVITE: Final = "给一个群的绑定码,用一次,14天内有效。在群里发“绑定本群 码”。\n\nJSON:{code}"
ROOMS_ADD: Final = (
    "添一个没有小助手的群:要发的话放在网页“代发”,由委员发到群里。\n\nJSON:{village, name, purpose}"
)
ROOMS_NAME: Final = "群的名字,最多20个字。"
PURPOSE: Final = "villagers 村民群,committee 委员群。"
RULEBOOK: Final = "积分细则。"
CHECK: Final = (
    "检查细则文件,一次说出所有问题。"
    "\n\nJSON:{version, items, adoptable, problems: [{line, item, text}], "
    "findings: [{severity, code, item, text}]};severity 是 refuse 或 warn"
)
CHECK_FILE: Final = "细则文件,.toml 或 .xlsx。"
CHECK_DRAFT: Final = "检查随软件带的草案。"
RULEBOOK_IMPORT: Final = (
    "把细则文件存为村里的一个版本,还不生效。\n\nJSON:{village, version, items, digest}"
)
EXPORT: Final = "把村里存的一个版本写成文件。\n\nJSON:{village, version, file}"
EXPORT_TO: Final = "写到这个文件,.toml 或 .xlsx。"
EXPORT_FORCE: Final = "文件已经有了也覆盖。"
VERSION: Final = "细则的版本名,比如 draft-2026。"
ADOPT: Final = (
    "登记开会通过细则的记录,让一个版本生效。没有这个记录,村里不能报积分。"
    "\n\nJSON:{village, version, in_force_on, recorded};recorded 为 false 表示早就登记过"
)
MEETING: Final = "会议名称,比如“2026年第一次村民代表会议”。"
DATE: Final = "开会日期,写成 2026-01-10。"
PRESENT: Final = "到会人数。"
FOR: Final = "赞成票数。"
AGAINST: Final = "反对票数。"
WOMEN: Final = "参加表决的妇女人数。"
PUBLISHED_ON: Final = "公示日期。"
PUBLISHED_AT: Final = "公示地点。"
IN_FORCE_ON: Final = "从哪天起生效;不写就是公示那天。"
JOBS: Final = "日程:定时要办的事。"
JOBS_LIST: Final = (
    "列出各村的日程:要办的、过期没办的、办过的、跳过的、下一次的、关掉的。"
    "\n\nJSON:[{village, kind, period, state, due_at, settled_at, remark, holidays_known}];"
    "state 是 due、missed、done、skipped、next 或 off;时间按北京时间;"
    "remark 为 nobody 是办了但没有人可以通知;"
    "holidays_known 为 false 是那年的放假安排还没有,工作日按周一到周五算;"
    "没有的就是 null。办过的和跳过的只列最近31天"
)
JOBS_AS_OF: Final = "按这个时间看,写成 2026-10-09 或 2026-10-09T09:00,北京时间;不写就是现在。"
JOBS_RUN: Final = (
    "补办或提前办一件:办这一类里到这个时间为止最近的一次。办过的不会再办。"
    "\n\nJSON:{village, kind, period, done, messages, state, remark};"
    "done 为 false 表示早就办过了,state 为 skipped 表示过了时候"
)
JOBS_KIND: Final = "哪一类,名字见 jifen jobs list。"
JOBS_SET: Final = (
    "给一个村关掉、打开或挪动一类。\n\nJSON:{village, kind, on, hour, shift};hour 为 null 是照常"
)
JOBS_OFF: Final = "关掉,或者再打开。"
JOBS_HOUR: Final = "改到几点,0到23。"
JOBS_SHIFT: Final = "提前(负数)或推后几天,-28到28。"
LEDGER: Final = (
    "列出村里一年的台账。"
    "\n\nJSON:[{seq, household, kind, points, cause, effective_month, actors, reason, item, "
    "household_id, actor_ids, at, previous_hash, hash}],"
    "points 是分数,扣分是负数;actors 是人名;怎样自己算校验码见 docs/operations.md"
)
YEAR: Final = "哪一年。"
CLAIMS: Final = (
    "列出村里的申报。"
    "\n\nJSON:[{year, number, household, item, state, points, occurred_on, effective_month, "
    "quantity, tier, place, photos, filed_by, approvals}],"
    "points 是审核定下的分,没审完就是 null;place 没说就是自家门口,委员代录、扣分没写就是空的;photos 是张数,approvals 是人名"
)
STATE: Final = "只列这种状态。"
CLAIMS_YEAR: Final = "只列这一年的。"
PUBLICATIONS: Final = (
    "列出村里每次公示,带每户的分和名次。"
    "\n\nJSON:[{quarter, edition, state, eligible, participating, rulebook, adopted, basis, "
    "chain_seq, chain_head, digest, released_at, final_at, lines: [{household, household_id, group, "
    "name, quarter_points, year_points, quarter_place, year_place}]}];被一票否决的户没有名次,是 null"
)
MISSING: Final = (
    "只看等着公示的季度还缺什么,哪天告诉过谁。JSON:[{quarter, months, claims, told: [{on, to}]}]"
)
VERIFY: Final = (
    "核对账目:每一笔前后相连、合计相符、每条通过的申报有一笔分、照片都在。"
    "\n\nJSON:{clean, faults: [{village, kind, where}]};有不符退出码是1"
)
VERIFY_VILLAGE: Final = "只核对这个村。"
BACKUP: Final = (
    "把数据库、照片和密钥存成一个文件,存好再打开检查一遍。"
    "\n\nJSON:{file, bytes, photos, villages, has_secret}"
)
BACKUP_TO: Final = "放到这个文件夹;不写就放在数据目录的 backups 里。"
RESTORE: Final = (
    "从备份文件恢复。原来的数据只挪到一边,不删除。恢复后自动核对。"
    "\n\nJSON:{villages, photos, kept_aside: [], clean, faults}"
)
RESTORE_FILE: Final = "备份文件。"
RESTORE_YES: Final = "已有村的数据也恢复,原来的挪到一边。"
UNDERSTAND: Final = (
    "看小助手怎样读懂一句话:一行一个 JSON 进来,一行一个 JSON 出去,顺序不变,不用数据库。"
    "\n\n进:{text, mention, scene: room|direct, role: villager|committee|admin, now},只有 text 必须有。"
    "出:{intent, slots, ask, acts, choices};intent 是 null 就是不作声,ask 是 true 就是先问一声。"
    "坏的一行出 {error},后面照常读,退出码是1"
)
UNDERSTAND_FILES: Final = "消息文件;不写就从标准输入读。"
UNDERSTAND_VILLAGE: Final = "用这个村的细则和户主姓名。"
UNDERSTAND_WHY: Final = "用白话说明这一句是怎样读懂的。"
UNDERSTAND_SCENE: Final = "说明用:在群里(room)还是私聊(direct)。"
UNDERSTAND_ROLE: Final = "说明用:谁说的。"
UNDERSTAND_UNREAD: Final = "列出没人读懂的话(不带姓名,最近90天,JSON)。"
UNDERSTAND_MENTION: Final = "说明用:@了小助手。"
DOCTOR: Final = (
    "检查设置、数据库、时间、磁盘、微信网关、照片、备份、字体,说明怎样修好。"
    "\n\nJSON:[{check, ok, level, message, mend}];level 是 ok、warning 或 failed,有 failed 退出码是1"
)

RUN = "开动小助手:聊天和网页一起服务,按 Ctrl-C 停。没有设微信网关、也没有村时,开一个样板村。"
