"""What is said about pictures and files (排名图、报表)."""

from collections.abc import Callable
from typing import Any, Final

from bot.commands import papers
from domain.period import Quarter

_QUARTERS: Final = ("一", "二", "三", "四")


def _quarter(quarter: Quarter) -> str:
    return f"{quarter.year}年第{_QUARTERS[quarter.quarter - 1]}季度"


def pictured(told: papers.RankingPictured) -> str:
    """Say what the picture shows."""
    return f"{_quarter(told.quarter)}积分排名(到今天)。月审后可能有变动。"


def failed(_told: papers.PictureFailed) -> str:
    """Say that the picture comes later."""
    return "排名图没画出来,请过几分钟再说一次“排名图”。"


def report_way(told: papers.ReportWay) -> str:
    """Give the signed link to the files."""
    return (
        f"台账、申报和细则在这里下载,{told.minutes}分钟内有效,只能用一次,别转给别人:\n{told.url}\n"
        "最好在电脑上打开。"
    )


RESULTS: Final[dict[type, Callable[[Any], str]]] = {
    papers.RankingPictured: pictured,
    papers.PictureFailed: failed,
    papers.ReportWay: report_way,
}
REFUSALS: Final[dict[type, Callable[[Any], str]]] = {
    papers.ReportForOffice: lambda _: "报表是村委会用的。看自己家的,回“我家多少分”或“明细”就行。",
}
