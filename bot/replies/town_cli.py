"""What the terminal says about officers of town and district."""

from typing import Final

from bot.replies.phrases import joined

INVITE_HELP: Final = (
    "给镇干部或区干部一个码,用一次,14天内有效。在网页的登录页填,或者直接给小助手发“绑定 码”。"
    "\n\n镇干部写 --town;区干部写 --district,再用 --town 写他看哪些镇,不写就是所有的镇。"
    "换手机、多一块大屏、登录过期,用 --officer 写编号,再给一个码。"
    "\n\nJSON:{code, officer, level, area, towns}"
)
TOWN: Final = "哪个镇;区干部可以写几个。"
DISTRICT: Final = "哪个区。"
NAME: Final = "怎么称呼,比如 周镇长。"
OFFICER: Final = "已有的干部的编号,用 jifen town officers 看。"
OFFICERS_HELP: Final = (
    "哪些镇、区干部能看,能看哪些镇,在几处登录过。"
    "\n\nJSON:[{number, level, area, towns, name, since, ended_at, reason, phones}]"
)
DISMISS_HELP: Final = "从现在起不让一位镇、区干部再看;看过的记录留着。"
NUMBER: Final = "编号。"
CODE: Final = (
    "{who}({area})的码:{code}\n14天内用一次。到 {site} 的登录页填,或者给小助手发“绑定 {code}”。"
)
WHICH: Final = "写一个 --town(镇干部),或者写 --district(区干部),或者写 --officer(已有的)。"
OFFICER_ALONE: Final = "写了 --officer,就不用再写 --town、--district、--name。"
TOWN_UNKNOWN: Final = "没有{towns}。现在有:{known}。"
TOWNS_NONE: Final = "没有{towns}。现在一个镇也没有,先用 jifen init 建村。"
OFFICER_UNKNOWN: Final = "没有{number}号干部,或者已经不让看了。用 jifen town officers 看编号。"
OFFICERS_NONE: Final = "还没有镇、区干部。用 jifen town invite 给一个码。"
OFFICERS_COLUMNS: Final = ("编号", "称呼", "级别", "哪里", "看哪些镇", "登录过", "从", "到", "原因")
LEVELS: Final = {"town": "镇", "district": "区"}
EVERY_TOWN: Final = "所有的镇"
REASON: Final = "原因。"
REASON_EMPTY: Final = "请写原因。"
DISMISSED: Final = "{who}从现在起不能再看了。"


def unknown_towns(towns: list[str], known: list[str]) -> str:
    """Say which towns there are not, and which there are."""
    told = TOWN_UNKNOWN if known else TOWNS_NONE
    return told.format(towns=joined(towns), known=joined(known))


def towns_of(names: list[str]) -> str:
    """Say what a list of towns holds; none named means all."""
    return joined(names) if names else EVERY_TOWN
