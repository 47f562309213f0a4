"""What the terminal says about participation, the town, the roster's changes and roles."""

from typing import Final

from bot.replies.phrases import joined
from bot.replies.shares import rate
from domain.household_change import ChangeKind
from domain.participation import Share
from domain.town import Light, Step, Why

PARTICIPATION_HELP: Final = (
    "参与情况:应参加、绑了手机、有积分的户数,星级户、党员户分开,按组列出。只有数字,没有名字。"
    "\n\nJSON:{village, as_of, year, goal, every, stars, party, groups: [{group, …}]};"
    "每项有 eligible, enrolled, taking_part, permille, reached, missing"
)
AS_OF: Final = (
    "看哪一天的,比如 2026-09-16;不写就是今天。以前年份的写那年的一天。"
    "哪些人家有积分,按现在的台账算;积分合计算到那个月;别的都是那天晚上的样子。"
)
TOWN_HELP: Final = "镇里看各村。"
REPORT_HELP: Final = (
    "各村四个步骤(登记、审核、公示、兑换)的灯、原因和晚了几天,参与率、异议、兑换。没有名字。"
    "\n\nJSON 和 Excel 的列名固定:见“说明”表。light 是 green、yellow、red、grey"
)
REPORT_TOWN: Final = "只看这个镇。"
REPORT_XLSX: Final = "写成这个 Excel 文件,.xlsx 结尾。"
LEAVE_HELP: Final = "一户搬走了,从一天起不再参加;以前的记录都留着。"
ADMIT_HELP: Final = "经村民代表会议同意,收进一户。\n\nJSON:{number, kind, household, …}"
MERGE_HELP: Final = (
    "从一天起两户并成一户:以前的台账不动,没用掉的积分、家里人和手机转过去。并了不能退回。"
)
SPLIT_HELP: Final = "从一户里分出一户新的:用 --member 写名字的人跟过去,积分留在原来那户。"
HEAD_HELP: Final = "换户主,原来的户主留在历史里。"
HISTORY_HELP: Final = (
    "住户变更的历史。"
    "\n\nJSON:[{number, kind, household, other, on, reason, was, by}];"
    "kind 是 left、admitted、merged、split、head、consent"
)
HOUSEHOLD: Final = "哪一户,比如 3组12号。"
ON: Final = "从哪一天起,比如 2026-09-01;不写就是今天。"
REASON: Final = "原因。"
HEAD: Final = "户主姓名。"
MEETING: Final = "哪次会议同意的。"
INTO: Final = "并到哪一户。"
NEW_ADDRESS: Final = "新的一户的门牌,比如 3组12-1号。"
MEMBER: Final = "跟过去的人,写昵称或编号,可以写几次。"
ROLES_LIST_HELP: Final = (
    "列出谁有什么角色,和收回过的。\n\nJSON:[{person, name, role, since, ended_at, reason}]"
)
REVOKE_HELP: Final = "收回一个人的角色;当过什么、到什么时候,留在历史里。"
PERSON: Final = "哪个人,写昵称或编号(jifen roles list 里有)。"

LIGHTS: Final = {Light.GREEN: "绿", Light.YELLOW: "黄", Light.RED: "红", Light.GREY: "灰"}
WHY: Final = {
    Why.FINE: "正常",
    Why.NO_ROSTER: "没有花名册",
    Why.NO_RULEBOOK: "细则没通过",
    Why.NOTHING_RECORDED: "还没有记录",
    Why.MONTH_OPEN: "没审定",
    Why.QUARTER_UNPUBLISHED: "没公示",
    Why.NOT_REDEEMED: "还没兑换",
}
REPORT_COLUMNS: Final = ("村", "登记", "审核", "公示", "兑换", "参与率", "待审", "异议")
REPORT_NONE: Final = "还没有村。"
REPORT_WRITTEN: Final = "写到了 {file}"
REPORT_SUFFIX: Final = "文件名要以 .xlsx 结尾:{name}"
SHEET: Final = "各村"
NOTES_SHEET: Final = "说明"
NOTES_HEAD: Final = ("列名", "意思")
COLUMNS: Final = {
    "town": "镇",
    "village": "村",
    "as_of": "看的日子",
    "eligible": "应参加户数",
    "taking_part": "有积分的户数",
    "permille": "参与率,千分之几,往下取整",
    "goal_reached": "到没到80%",
    "stars_eligible": "星级户数",
    "stars_taking_part": "有积分的星级户数",
    "party_eligible": "党员户数",
    "party_taking_part": "有积分的党员户数",
    "register_light": "登记:green绿 yellow黄 red红 grey灰(还没有要办的)",
    "register_why": "登记的原因",
    "register_period": "登记:哪一期",
    "register_days_late": "登记晚了几天",
    "review_light": "审核的灯",
    "review_why": "审核的原因",
    "review_period": "审核:哪个月",
    "review_days_late": "审核晚了几天",
    "publish_light": "公示的灯",
    "publish_why": "公示的原因",
    "publish_period": "公示:哪个季度",
    "publish_days_late": "公示晚了几天",
    "redeem_light": "兑换的灯",
    "redeem_why": "兑换的原因",
    "redeem_period": "兑换:哪一年",
    "redeem_days_late": "兑换晚了几天",
    "redeemed_on": "今年第一次兑换结束的日子",
    "claims_waiting": "没审的申报数",
    "objections_open": "没答复的异议数",
    "points_earned": "今年得分合计",
    "points_redeemed": "今年兑换掉的分合计",
}
CHANGE_KINDS: Final = {
    ChangeKind.LEFT: "搬走",
    ChangeKind.ADMITTED: "收进",
    ChangeKind.MERGED: "并户",
    ChangeKind.SPLIT: "分户",
    ChangeKind.HEAD: "换户主",
    ChangeKind.CONSENT: "公开意愿",
}
CONSENTS: Final = {
    "name-yes": "同意公开姓名",
    "name-no": "不公开姓名",
    "photo-yes": "同意公开照片",
    "photo-no": "不公开照片",
    "anonymous": "公示里不写名字",
}
HISTORY_COLUMNS: Final = ("号", "日期", "变更", "住户", "另一户", "原来", "原因")
HISTORY_NONE: Final = "还没有变更。"
LEFT: Final = "{household}从{day}起不再参加,以前的记录都留着。"
ADMITTED: Final = "{household}从{day}起参加。绑定码用 jifen households codes 看。"
MERGED: Final = "{household}从{day}起并到{other},没用的分、人和手机都转过去了。"
SPLIT: Final = (
    "从{household}分出{other},从{day}起。分留在原来那户。绑定码用 jifen households codes 看。"
)
HEAD_CHANGED: Final = "{household}的户主由{was}换成{head}。"
MEMBER_UNKNOWN: Final = "{household}没有“{text}”这个人。这户有:{known}。"
MEMBERS_NONE: Final = "没有人"
ROLES_COLUMNS: Final = ("编号", "昵称", "角色", "从", "到", "收回原因")
ROLE_ENDED: Final = {"left": "本人退出"}
"""Reasons for the end of a role that nobody wrote down in words."""
PERSON_UNKNOWN: Final = "没有人叫“{text}”又是{role}。用 jifen roles list 看编号。"
PERSON_MANY: Final = "叫“{text}”的{role}不止一个,请写编号:{known}。"
REVOKED: Final = "已收回{name}的{role}。"
REASON_EMPTY: Final = "请写原因。"


def participation_line(what: str, share: Share, goal: int) -> str:
    """Say one line of the figures."""
    return (
        f"{what}:应参加{share.eligible}户,绑了手机{share.enrolled}户,"
        f"有积分{share.taking_part}户,{rate(share, goal)}"
    )


EVERY: Final = "全村"
STARS: Final = "星级户"
PARTY: Final = "党员户"
GROUP: Final = "{group}组"


def light(step: Step) -> str:
    """Say a step in words: its light, why, and how late; never by colour alone."""
    words = [LIGHTS[step.light], WHY[step.why]]
    if step.period:
        words.insert(1, step.period)
    late = [f"晚{step.days_late}天"] if step.days_late else []
    return " ".join([*words, *late])


def known(names: list[str]) -> str:
    """List the people that may have been meant."""
    return joined(names) if names else MEMBERS_NONE
