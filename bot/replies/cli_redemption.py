"""What the commands of redemption say to the operator (命令行:兑换)."""

from typing import Final

APP: Final = "积分兑换:批次、清单、凭证。"
IMPORT: Final = (
    "从 Excel 表登记一轮兑换:工作表“设置”和“物品”,样子看 jifen redemption template。"
    "没有预算、有不能换的东西都不登记,哪一格有问题会说清楚。"
    "\n\nJSON:{stored, round, state, liability: {points, at_most, stock}, problems: [{cell, fault, text}]};"
    "points 是分数,at_most 和 stock 是元;有问题退出码是1"
)
IMPORT_FILE: Final = "一轮兑换,.xlsx 文件。"
IMPORT_DRY: Final = "只看结果,不登记。"
TEMPLATE: Final = "写一个空表,填好可以导入。"
TEMPLATE_TO: Final = "写到这个 .xlsx 文件。"
LIST: Final = (
    "列出一年的兑换批次。"
    "\n\nJSON:[{round, name, state, opens_on, closes_on, collect_from, collect_until, budget, spent}],钱是元"
)
SHOW: Final = (
    "看一轮兑换的清单。"
    "\n\nJSON:{round, name, state, …, place, hours, photo, liability: {points, at_most, stock}, goods: [{name, unit, price, stock, taken, left, limit, cost}]}"
)
VOUCHERS: Final = (
    "列出一轮兑换的凭证;加 --to 写成 Excel 归档。"
    "\n\nJSON:[{number, household, head, good, quantity, unit, points, state, reserved_at, settled_at, "
    "settled_by, photo}];state 是 reserved、handed-over、cancelled 或 lapsed"
)
VOUCHERS_TO: Final = "写到这个 .xlsx 文件。"
ROUND: Final = "第几轮。"
YEAR: Final = "哪一年;不写就是今年。"

STORED: Final = "第{number}轮登记好了:{state}。"
DRY: Final = "只是看看,没有登记。"
REFUSED: Final = "没有登记,请先改好这些:"
UNKNOWN: Final = "“{village}”{year}年没有第{number}轮兑换。"
NONE: Final = "“{village}”{year}年没有兑换。"
VOUCHERS_NONE: Final = "这一轮还没有人换。"
WRITTEN: Final = "{count}笔凭证写到了 {file}"
TEMPLATE_WRITTEN: Final = "空表写到了 {file}"
STATES: Final = {
    "draft": "还没开始",
    "open": "正在换",
    "closed": "截止了,等领",
    "ended": "办完了",
    "cancelled": "停办了",
}
ORDERS: Final = {
    "reserved": "还没领",
    "handed-over": "已领",
    "cancelled": "取消",
    "lapsed": "过期",
}
ROUND_COLUMNS: Final = ("第几轮", "名称", "状态", "兑换", "领取", "预算(元)", "已订(元)")
GOOD_COLUMNS: Final = ("物品", "单位", "分值", "总数", "已订", "还能换", "每户限量", "成本(元)")
VOUCHER_COLUMNS: Final = ("号码", "住户", "户主", "物品", "分", "状态", "处理时间", "经手人")
