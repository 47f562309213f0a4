"""Why a line of a paper sheet was not recorded (代录批量): what is wrong and how to mend it."""

from typing import Final

from bot.commands.finding import ItemUnclear
from bot.commands.paper_records import RowAction, RowOutcome
from bot.papers.claim_cells import Fault, FaultKind, Remark, RemarkKind
from bot.papers.claim_rows import HEADINGS, ClaimHeadingMissing
from bot.replies.refusals import refused

FAULTS: Final[dict[FaultKind, str]] = {
    FaultKind.DAY_MISSING: "日期没有填。",
    FaultKind.DAY_UNREADABLE: "日期“{written}”看不懂,请写成 2026-09-03。",
    FaultKind.DAY_AHEAD: "日期{written}还没有到,请核对。",
    FaultKind.HOUSEHOLD_MISSING: "没有写是哪一户,请写上组和门牌。",
    FaultKind.GROUP_MISSING: "组没有填。",
    FaultKind.GROUP_UNREADABLE: "组“{written}”看不懂,请写成数字,比如3。",
    FaultKind.HOUSE_MISSING: "门牌没有填。",
    FaultKind.HOUSE_UNREADABLE: "门牌“{written}”看不懂,请写成12或12-1。",
    FaultKind.HOUSE_BECAME_DATE: "门牌被 Excel 变成了日期“{written}”,请把这一格改成文本再重新填写。",
    FaultKind.ITEM_MISSING: "事项没有填。",
    FaultKind.QUANTITY_UNREADABLE: "数量“{written}”看不懂,请只写数字,比如2。",
    FaultKind.FORMULA_EMPTY: "有一格是公式,没有算出结果。请在 Excel 里打开,保存后再导入。",
    FaultKind.HEAD_OTHER: "花名册里这一户的户主是“{read}”,表上写的是“{written}”,请核对是哪一户。",
}
KNOWN: Final = "以前导入时记过,是#{number}。真是另外一次,请在说明里写清楚再导入。"


REMARKS: Final[dict[RemarkKind, str]] = {
    RemarkKind.NUMBER_DROPPED: "身份证号、卡号这样的内容不保存,已去掉。",
    RemarkKind.SAME_LINE: "和第{of}行是同一户、同一天、同一项,请核对是不是记了两次。",
    RemarkKind.SAME_CLAIM: "这一户这一天已经有一条一样的 #{of},请核对是不是记了两次。",
    RemarkKind.LATE: "这件事已经过了30天,请核对日期。日期没错,要两位委员都同意。",
}


def remark_words(remark: Remark) -> str:
    """Word one remark."""
    return REMARKS[remark.kind].format(of=remark.of)


def fault_words(fault: Fault) -> str:
    """Word one reason."""
    return FAULTS[fault.kind].format(written=fault.written, read=fault.read)


def reasons(outcome: RowOutcome) -> tuple[str, ...]:
    """Return everything that is said of a line; nothing for one that was just recorded."""
    if outcome.action is RowAction.KNOWN:
        return (KNOWN.format(number=outcome.number),)
    said = [fault_words(fault) for fault in outcome.faults]
    if isinstance(outcome.refusal, ItemUnclear):
        said.append(_unclear(outcome.refusal))
    elif outcome.refusal is not None:
        said.append(refused(outcome.refusal))
    return (*said, *map(remark_words, outcome.remarks))


def _unclear(refusal: ItemUnclear) -> str:
    """Name the items that may be meant: on paper nobody answers with a number."""
    named = "、".join(f"{item.code} {item.short_name}" for item in refusal.choices)
    return f"事项“{refusal.words}”可能是:{named}。请照着写其中一个。"


def heading_missing(refusal: ClaimHeadingMissing) -> str:
    """Say which columns a sheet lacks."""
    missing = "、".join(HEADINGS[column].split()[0] for column in refusal.missing)
    return f"表里没有找到这几列:{missing}。请在第一行写上列名:日期、组、门牌、户主、事项、数量、地点、说明。"
