"""Which files a village may take away (报表), and what each is called."""

from enum import StrEnum
from typing import Final

from storage.villages import Village


class ReportKind(StrEnum):
    """A table of the report; the value stands in its address."""

    LEDGER = "ledger"
    CLAIMS = "claims"
    PUBLICATION = "publication"
    PARTICIPATION = "participation"
    REDEMPTION = "redemption"
    RULEBOOK = "rulebook"


class PrintKind(StrEnum):
    """What is printed from the report; the value stands in its address."""

    BOARD_A3 = "board-a3"
    BOARD_A4 = "board-a4"
    CERTIFICATES = "certificates"
    CATALOGUE = "catalogue"
    VOUCHERS = "vouchers"


NAMES: Final[dict[ReportKind | PrintKind, str]] = {
    ReportKind.LEDGER: "台账",
    ReportKind.CLAIMS: "申报",
    ReportKind.PUBLICATION: "公示",
    ReportKind.PARTICIPATION: "参与情况",
    ReportKind.REDEMPTION: "兑换归档",
    ReportKind.RULEBOOK: "细则",
    PrintKind.BOARD_A3: "公示海报(大张A3)",
    PrintKind.BOARD_A4: "公示海报(A4)",
    PrintKind.CERTIFICATES: "荣誉证书",
    PrintKind.CATALOGUE: "兑换目录",
    PrintKind.VOUCHERS: "兑换凭证登记",
}
ABOUT: Final[dict[ReportKind | PrintKind, str]] = {
    ReportKind.LEDGER: "每一笔加分、扣分、调整",
    ReportKind.CLAIMS: "每一条申报和审核结果",
    ReportKind.PUBLICATION: "每次公示的名次和分数",
    ReportKind.PARTICIPATION: "参与率,还没参加的住户",
    ReportKind.REDEMPTION: "每轮兑换的目录和凭证",
    ReportKind.RULEBOOK: "年底有效的积分细则",
    PrintKind.BOARD_A3: "打印出来贴公开栏",
    PrintKind.BOARD_A4: "没有大打印机就用这个",
    PrintKind.CERTIFICATES: "一户一张,有全名,当面交给本人",
    PrintKind.CATALOGUE: "打印出来贴公开栏",
    PrintKind.VOUCHERS: "有全名,签字归档,不张贴",
}


def ending_of(kind: ReportKind | PrintKind) -> str:
    """Return how the file's name ends, without the dot."""
    return "pdf" if isinstance(kind, PrintKind) else "xlsx"


def file_name(kind: ReportKind | PrintKind, village: Village, *, year: int) -> str:
    """Return what a file is called: 幸福村2026年台账.xlsx."""
    return f"{village.name}{year}年{NAMES[kind]}.{ending_of(kind)}"
