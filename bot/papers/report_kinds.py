"""Which files a village may take away (报表), and what each is called."""

from enum import StrEnum
from typing import Final

from storage.villages import Village


class ReportKind(StrEnum):
    """A file of the report; the value stands in its address."""

    LEDGER = "ledger"
    CLAIMS = "claims"
    RULEBOOK = "rulebook"


NAMES: Final = {
    ReportKind.LEDGER: "台账",
    ReportKind.CLAIMS: "申报",
    ReportKind.RULEBOOK: "细则",
}
ABOUT: Final = {
    ReportKind.LEDGER: "每一笔加分、扣分、调整",
    ReportKind.CLAIMS: "每一条申报和审核结果",
    ReportKind.RULEBOOK: "年底有效的积分细则",
}


def file_name(kind: ReportKind, village: Village, *, year: int) -> str:
    """Return what a file is called: 幸福村2026年台账.xlsx."""
    return f"{village.name}{year}年{NAMES[kind]}.xlsx"
