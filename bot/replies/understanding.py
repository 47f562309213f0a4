"""What ``jifen understand`` says: a bad line, and why a sentence was read so (读懂)."""

from collections.abc import Iterator
from typing import Final

from bot.understanding.certainty import Doubt
from bot.understanding.explaining import Explanation, Fired
from bot.understanding.jsonl import to_dict
from bot.understanding.reading import Intent
from domain.rulebook import Rulebook

TEXT_MISSING: Final = "没有 text,或者不是一段字"
SCENE_UNKNOWN: Final = "scene 只能是 room 或 direct"
ROLE_UNKNOWN: Final = "role 只能是 villager、committee 或 admin"
MENTION_UNKNOWN: Final = "mention 只能是 true 或 false"
NOW_UNREADABLE: Final = "now 要写成 2026-09-16T20:15 这样"
NOT_JSON: Final = "不是 JSON"
NOT_AN_OBJECT: Final = '要写成 {"text": "…"} 这样'

INTENTS: Final = {
    Intent.CLAIM: "申报", Intent.BALANCE: "查积分", Intent.HISTORY: "查明细", Intent.RANKING: "看排名",
    Intent.RULES: "问规则", Intent.HELP: "要帮助", Intent.BIND: "绑定", Intent.OBJECTION: "提异议",
    Intent.REDEEM: "兑换", Intent.REDEEM_LIST: "看兑换清单", Intent.WITHDRAW_CLAIM: "撤回申报",
    Intent.CLAIM_STATUS: "查申报进度", Intent.PENDING_LIST: "看待审", Intent.APPROVE: "通过",
    Intent.REJECT: "驳回", Intent.ADJUST: "改分", Intent.RECORD_FOR: "代录", Intent.DEDUCT: "扣分",
    Intent.PUBLICATION: "看公示", Intent.PARTICIPATION: "看参与率", Intent.REPORT: "要报表",
    Intent.AMEND: "更正", Intent.PHOTOS: "看照片", Intent.BIND_ROOM: "绑定群",
    Intent.CONFIRM_BIND: "确认绑定", Intent.REFUSE_BIND: "不认绑定", Intent.KIN: "报亲属",
    Intent.CONSENT: "同意", Intent.DISSENT: "不同意", Intent.LEAVE: "退出", Intent.WEB: "要网页",
    Intent.CANCEL: "取消", Intent.CHOICE: "选一个", Intent.ALIASES: "看别名建议",
    Intent.MONTH_REVIEW: "月审", Intent.CONFIRM_MONTH: "审定一个月", Intent.MOVE_ON: "移到下月",
    Intent.ANSWER_OBJECTION: "答复异议",
    Intent.NOT_REACHED: "看还没参与的户", Intent.HONOUR_LIST: "看评优名单", Intent.HONOUR_GIVE: "授予荣誉",
    Intent.VETO_LIFT: "恢复评优", Intent.YEAR_CLOSE: "年终结算", Intent.MY_DATA: "看我的数据",
    Intent.PUBLICITY: "说是否公开姓名、照片", Intent.NEW_HEAD: "换户主", Intent.MOVED_AWAY: "登记迁出",
    Intent.OPEN_ROUND: "安排兑换", Intent.STOP_ROUND: "停掉一轮兑换", Intent.HAND_OVER: "核销",
    Intent.ELSEWHERE: "说自己家不在本村",
    Intent.CANCEL_REDEMPTION: "取消兑换", Intent.MY_REDEMPTIONS: "看我的兑换", Intent.COLLECTORS: "看领取名单",
    Intent.PUBLICATION_PICTURE: "公示图", Intent.CATALOGUE_PICTURE: "兑换目录图",
    Intent.ADOPT_ALIAS: "采用别名", Intent.DROP_ALIAS: "不用别名", Intent.RANKING_PICTURE: "排名图",
}  # fmt: skip
STEPS: Final = {
    "read_answer": "回答小助手的问题",
    "read_words": "别名口令",
    "read_redemption": "兑换口令",
    "read_people": "住户、荣誉、年终口令",
    "read_publication": "月审、公示、异议口令",
    "read_paper": "图片、打印口令",
    "read_review": "审核口令",
    "read_record": "代录、扣分口令",
    "read_claim": "申报口令",
    "read_asking": "查询口令",
}
FEATURES: Final = {
    "q": "在问", "wonders": "只是问", "commanded": "请人报", "negated": "说没有报", "if_": "假设",
    "mine": "说自己家", "future": "还没做", "staff": "是委员", "judges": "委员说了编号", "records": "替人记",
    "house": "有门牌", "houses": "有几个门牌", "whom": "有哪一家", "target": "有哪一条",
    "item": "有加分项目", "told": "报字后面是项目", "opens": "申报后面是项目", "leads": "项目后面是申报", "bad": "有扣分项目",
    "ids": "有编号", "marked": "写明编号",
}  # fmt: skip
DOUBTS: Final = {
    Doubt.UNREAD: "没有读懂",
    Doubt.SEVERAL: "有几种意思",
    Doubt.SUPPOSED: "是假设",
    Doubt.FORWARDED: "是转发的",
    Doubt.QUESTION: "像在问",
    Doubt.DENIED: "说的是不要",
    Doubt.REPORTED: "像是在讲别的事",
    Doubt.FUTURE: "日子还没到",
    Doubt.ITEM: "不知道是哪一项",
    Doubt.ROUGH: "数量是约数",
    Doubt.SPAN: "不是一天的事",
    Doubt.HOUSE: "不知道是哪一户",
    Doubt.NUMBER: "没有编号",
    Doubt.POINTS: "没有说几分",
    Doubt.MORE: "还缺级别或数量,或者把握不大",
}
_SILENT: Final = "不作声"


def line_wrong(number: int, why: str) -> str:
    """Word a line that is no message."""
    return f"第{number}行:{why}"


def explained(explanation: Explanation, rulebook: Rulebook | None = None) -> str:
    """Word how a sentence was read."""
    return "\n".join(_lines(explanation, rulebook))


def _lines(told: Explanation, rulebook: Rulebook | None) -> Iterator[str]:
    yield f"看到的字:{told.words}"
    yield "对谁说:" + ("小助手" if told.is_addressed else "群里大家")
    if told.step:
        yield f"认出:{STEPS[told.step]}"
    yield from (_pattern(fired) for fired in told.fired)
    if told.item:
        yield f"项目:“{told.item.words}”是 {told.item.code} {told.item.name}"
    yield from (f"像:{one.code} {one.name} {one.score:.0f}分(“{one.words}”)" for one in told.likely)
    reading = told.reading
    yield "读成:" + (INTENTS[reading.intent] if reading.intent else _SILENT)
    for name, value in to_dict(reading, rulebook)["slots"].items():
        yield f"  {name}:{value}"
    yield from (f"  这一件:{INTENTS[act.intent]}" for act in reading.acts if act.intent)
    if reading.asks:
        yield "先问一声:" + ",".join(DOUBTS[doubt] for doubt in told.doubts)
    for number, choice in enumerate(reading.choices, start=1):
        yield f"  {number} {INTENTS[choice.intent]}" if choice.intent else ""


def _pattern(fired: Fired) -> str:
    words = f"句式“{fired.name}”({INTENTS[fired.intent]},{fired.weight}):“{fired.words}”"
    if fired.counts:
        return words
    why = [f"缺“{FEATURES[name]}”" for name in fired.missing]
    why += [f"因为“{FEATURES[name]}”" for name in fired.barring]
    why += [] if fired.is_heard else ["群里没有叫小助手"]
    return f"{words},不算:" + ",".join(why)
