"""Sheets with everything filled in, and the text that a PDF holds."""

import io
from datetime import date
from typing import Any

from pypdf import PdfReader

from bot.papers.award_sheets import (
    CatalogueSheet,
    CertificateSheet,
    CertificatesSheet,
    Goods,
    VoucherLine,
    VoucherSheet,
)
from bot.papers.sheets import (
    PublicationLine,
    PublicationSheet,
    RankedLine,
    RankingSheet,
    SlipLine,
    SlipsSheet,
)
from domain.period import Quarter
from domain.points import Points

RARE = "𠮷㛃䶮堃"
"""Letters of real names that many fonts do not have."""
CODE = '#panic("x") $x^2$ *a* _b_ <l> @r `c` \\ // /* [y] {z} = h'
"""Everything that Typst would read as more than text."""
Q3 = Quarter(2026, 3)


NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page, without spaces and line breaks, punctuation narrow."""
    return [tight(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def tight(text: str) -> str:
    return "".join(text.translate(NARROW).split())


def a_publication(*lines: PublicationLine, **changes: Any) -> PublicationSheet:
    values: dict[str, Any] = {
        "village": "幸福村",
        "quarter": Q3,
        "lines": lines or (PublicationLine("张*", 3, 1, Points(125), Points(300)),),
        "eligible": 400,
        "taking_part": 301,
        "published_on": date(2026, 10, 9),
        "objections_until": date(2026, 10, 16),
        "rulebook": "draft-2026",
        "legal_basis": "《某镇积分制方案》(2026年6月1日起)",
        "chain_length": 1234,
        "chain_head": "0123456789abcdef" * 4,
        "url": "https://points.example/v/1",
    }
    return PublicationSheet(**values | changes)


def a_ranking(*lines: RankedLine, others: int = 0) -> RankingSheet:
    return RankingSheet("幸福村", Q3, date(2026, 9, 16), lines, others)


def slips_of(count: int, *, head: str = "王桂英") -> SlipsSheet:
    url = "https://points.example/enter?code=K7M29-QXA3P"
    lines = (SlipLine(f"3组{n}号", head, "K7M29-QXA3P", url) for n in range(1, count + 1))
    return SlipsSheet("幸福村", tuple(lines), 6)


def a_certificate(**changes: Any) -> CertificateSheet:
    values: dict[str, Any] = {
        "household": "王桂英家",
        "honour": "2026年度积分示范户",
        "citation": "您家全年积分名列前茅。",
        "given_by": "幸福村积分制审核委员会",
        "given_on": date(2027, 1, 15),
        "number": "2026-007",
    }
    return CertificateSheet(**values | changes)


def certificates(*sheets: CertificateSheet) -> CertificatesSheet:
    return CertificatesSheet("幸福村", 2026, sheets)


def a_catalogue(**changes: Any) -> CatalogueSheet:
    goods = (
        Goods("1", "洗衣液", Points(50), 40, 2),
        Goods("2", "理发", Points(75), None, None),
    )
    values: dict[str, Any] = {
        "village": "幸福村",
        "round_name": "2026年第一次积分兑换",
        "opens_on": date(2026, 8, 1),
        "closes_on": date(2026, 8, 15),
        "collecting": "8月20日,村委会",
        "goods": goods,
        "url": "https://points.example/v/1",
    }
    return CatalogueSheet(**values | changes)


def vouchers_of(count: int) -> VoucherSheet:
    lines = (
        VoucherLine(
            f"2026-{n}", date(2026, 8, 20), "3组12号", "张三", "洗衣液", 2, Points(105), "李会计"
        )
        for n in range(1, count + 1)
    )
    return VoucherSheet("幸福村", "2026年第一次积分兑换", date(2026, 8, 25), tuple(lines))
