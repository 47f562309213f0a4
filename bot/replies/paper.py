"""What is said about pictures and files (排名图、报表)."""

from collections.abc import Callable
from typing import Any, Final

from bot.commands import papers
from bot.understanding.reading import Intent
from domain.period import Quarter

PICTURES: Final = {
    Intent.RANKING_PICTURE: "排名图",
    Intent.PUBLICATION_PICTURE: "公示图",
    Intent.CATALOGUE_PICTURE: "兑换目录图",
}
_QUARTERS: Final = ("一", "二", "三", "四")


def _quarter(quarter: Quarter) -> str:
    return f"{quarter.year}年第{_QUARTERS[quarter.quarter - 1]}季度"


def pictured(told: papers.RankingPictured) -> str:
    """Say what the picture shows."""
    return f"{_quarter(told.quarter)}积分排名(到今天)。月审后可能有变动。"


def publication_pictured(told: papers.PublicationPictured) -> str:
    """Say what the picture shows, and how a large one is printed."""
    return f"{_quarter(told.quarter)}公示图。要打印贴出来的大张,回“报表”。"


def catalogue_pictured(told: papers.CataloguePictured) -> str:
    """Say what the picture shows."""
    return f"“{told.round_name}”的兑换目录。要打印,回“报表”。"


def failed(told: papers.PictureFailed) -> str:
    """Say that the picture comes later."""
    what = PICTURES[told.intent]
    return f"{what}没画出来,请过几分钟再说一次“{what}”。"


def report_way(told: papers.ReportWay) -> str:
    """Give the signed link to the files."""
    return (
        f"公示海报、奖状、台账这些都在这里下载,{told.minutes}分钟内有效,只能用一次,"
        f"别转给别人:\n{told.url}\n最好在电脑上打开。"
    )


RESULTS: Final[dict[type, Callable[[Any], str]]] = {
    papers.RankingPictured: pictured,
    papers.PublicationPictured: publication_pictured,
    papers.CataloguePictured: catalogue_pictured,
    papers.NoCatalogue: lambda told: f"{told.year}年还没有安排兑换。",
    papers.PictureFailed: failed,
    papers.ReportWay: report_way,
}
REFUSALS: Final[dict[type, Callable[[Any], str]]] = {
    papers.ReportForOffice: lambda _: "报表是村委会用的。看自己家的,回“我家多少分”或“明细”就行。",
}
