"""Posters hold what was frozen: page by page, at the size they are read from."""

import io
import re
import struct
from datetime import date
from itertools import pairwise

import pytest
from pypdf import PdfReader

from bot.papers.award_sheets import Goods
from bot.papers.letters import unprintable
from bot.papers.posters import (
    print_catalogue,
    print_certificates,
    print_notice,
    print_publication,
    print_ranking,
    print_slips,
    print_vouchers,
)
from bot.papers.qr import qr_svg
from bot.papers.sheets import Paper, PublicationLine, RankedLine
from bot.pictures import draw
from domain.points import Points, show
from domain.redemption_round import GOODS_MAX
from tests.bot.papers.printed import (
    RARE,
    a_catalogue,
    a_certificate,
    a_publication,
    a_ranking,
    certificates,
    pages,
    slips_of,
    tight,
    vouchers_of,
)

PICTURE_BYTES_MAX = 1_000_000
MILLIMETRE = 72 / 25.4
SIZES = {"a3": (297, 420), "a4": (210, 297)}


def _lines(count: int) -> tuple[PublicationLine, ...]:
    names = ("王*明", "李*", "欧**明", f"{RARE[0]}*{RARE[1]}", f"{RARE[2]}*{RARE[3]}")
    return tuple(
        PublicationLine(
            names[n % len(names)],
            1 + n % 14,
            n + 1,
            Points(5 * (count - n)),
            Points(15 * (count - n)),
        )
        for n in range(count)
    )


def _png_size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("paper", ["a3", pytest.param("a4", marks=pytest.mark.slow)])
def test_a_publication_of_twelve_hundred_households_holds_every_line(paper: Paper) -> None:
    lines = _lines(1_200)
    [pdf] = print_publication(a_publication(*lines), paper=paper)
    printed = pages(pdf)
    text = "".join(printed)
    for line in lines:
        year = show(line.year_points)
        assert f"{line.place}{line.group}组{line.household}{show(line.points)}{year}" in text
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    size = (round(box.width / MILLIMETRE), round(box.height / MILLIMETRE))
    assert size == SIZES[paper]
    for number, page in enumerate(printed, 1):
        assert f"第{number}页,共{len(printed)}页" in page
        assert "2026年10月16日" in page


def test_a_publication_says_on_what_it_stands_and_how_to_object() -> None:
    [pdf] = print_publication(a_publication(note="更正公示"))
    text = pages(pdf)[0]
    for said in ("幸福村2026年第三季度积分公示", "更正公示", "draft-2026", "《某镇积分制方案》",
                 "2026年10月9日起", "全村可参加400户", "已参加301户", "75%", "异议", "村委会",
                 "第1234笔", "01234567"):  # fmt: skip
        assert said in text, said


def test_without_a_basis_in_force_none_is_named() -> None:
    [pdf] = print_publication(a_publication(legal_basis="", url="", eligible=0))
    assert "文件依据" not in pages(pdf)[0]


def test_a_disputed_line_and_one_without_a_place_are_marked() -> None:
    disputed = PublicationLine("张*", 3, 1, Points(10), Points(10), is_disputed=True)
    barred = PublicationLine("赵*伟", 4, None, Points(5), Points(5))
    [pdf] = print_publication(a_publication(disputed, barred))
    text = pages(pdf)[0]
    assert "张*△" in text
    assert "名字后面有△的" in text
    assert "—4组赵*伟" in text


def test_the_ranking_picture_is_1080_wide_and_under_a_megabyte() -> None:
    lines = [RankedLine(n, n % 14 + 1, "欧**明", Points(900 - n)) for n in range(1, 31)]
    [png] = print_ranking(a_ranking(*lines, others=1_170))
    assert _png_size(png)[0] == 1080
    assert len(png) < PICTURE_BYTES_MAX


def test_the_ranking_tells_how_to_ask_for_ones_own_place() -> None:
    [pdf] = print_ranking(a_ranking(RankedLine(1, 3, "张*", Points(125)), others=7), form="pdf")
    [text] = pages(pdf)
    for said in ("幸福村积分排名", "2026年第三季度", "截至9月16日", "3组张*家12.5分",
                 "后面还有7户有积分", "我的排名"):  # fmt: skip
        assert said in text, said
    [empty] = print_ranking(a_ranking(), form="pdf")
    assert "还没有积分" in pages(empty)[0]


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (8, 1), (9, 2), (24, 3)])
def test_slips_stand_eight_to_a_page(count: int, sheets: int) -> None:
    [pdf] = print_slips(slips_of(count))
    printed = pages(pdf)
    assert len(printed) == sheets
    assert "".join(printed).count("K7M29-QXA3P") == 2 * count
    assert printed[0].count("不要给外人") == min(count, 8)


def test_slips_as_pictures_are_a_file_a_page() -> None:
    pictures = print_slips(slips_of(9), form="png")
    assert len(pictures) == 2
    assert len({_png_size(one) for one in pictures}) == 1


def test_a_certificate_says_who_for_what_and_by_whom() -> None:
    [pdf] = print_certificates(certificates(a_certificate(household=f"{RARE}家")))
    [text] = pages(pdf)
    for said in ("荣誉证书", f"{RARE}家", "名列前茅", "2026年度积分示范户", "审核委员会",
                 "2027年1月15日", "编号:2026-007"):  # fmt: skip
        assert said in text, said
    long = a_certificate(number="", honour="很长的荣誉名称" * 6, household="李四家")
    [both] = print_certificates(certificates(a_certificate(), long))
    first, second = pages(both)
    assert "编号" in first
    assert "编号" not in second
    assert "李四家" in second


def test_a_catalogue_says_what_it_costs_and_that_it_is_no_money() -> None:
    [pdf] = print_catalogue(a_catalogue(url=""), paper="a3")
    [text] = pages(pdf)
    assert "1洗衣液5402" in text
    assert "2理发7.5不限不限" in text
    assert "不换现金" in text


def test_the_longest_catalogue_is_a_picture_under_a_megabyte() -> None:
    names = ("家电清洗一次(空调、油烟机、洗衣机)", f"{RARE}牌五常稻花香大米10斤装真空包装")
    goods = tuple(
        Goods(str(n), names[n % 2], Points(1_005), 999, 99, "袋") for n in range(1, GOODS_MAX + 1)
    )
    png = draw(a_catalogue(goods=goods))
    assert _png_size(png)[0] == 1080
    assert len(png) < PICTURE_BYTES_MAX


def test_the_publication_s_picture_is_small_and_says_how_to_object() -> None:
    sheet = a_publication(*_lines(1_200), note="更正后的公示,以这次为准")
    png = draw(sheet)
    assert _png_size(png)[0] == 1080
    assert len(png) < PICTURE_BYTES_MAX
    [pdf] = print_notice(sheet, form="pdf")
    [text] = pages(pdf)
    for said in ("更正后的公示", "1组王*明600分", "后面还有1180户", "10月16日前说(含当天)",
                 "draft-2026", "第1234笔", "公示"):  # fmt: skip
        assert said in text, said
    [empty] = print_notice(
        a_publication(PublicationLine("张*", 3, 1, Points(0), Points(0))), form="pdf"
    )
    assert "还没有人家得分" in pages(empty)[0]


def test_a_household_that_asked_for_it_is_named_nowhere() -> None:
    unnamed = PublicationLine("", 3, 1, Points(10), Points(10))
    [pdf] = print_publication(a_publication(unnamed))
    assert "13组不留名11" in pages(pdf)[0]


def test_the_voucher_archive_adds_up() -> None:
    [pdf] = print_vouchers(vouchers_of(60))
    printed = pages(pdf)
    assert len(printed) > 1
    assert "合计120630" in printed[-1]
    assert "共60张凭证" in printed[0]
    assert all("村务监督" in page for page in printed)


def test_every_letter_of_the_posters_can_be_printed() -> None:
    sheets = (
        a_publication().facts(),
        a_ranking().facts(),
        slips_of(1).facts(),
        certificates(a_certificate()).facts(),
        a_publication().picture_facts(),
        a_catalogue().facts(),
        vouchers_of(1).facts(),
    )
    assert unprintable(str(sheets)) == ()


def test_a_qr_code_is_drawn_here_and_tells_its_text_apart() -> None:
    one, other = qr_svg("https://points.example/v/1"), qr_svg("https://points.example/v/2")
    assert one.startswith("<svg")
    assert one != other
    assert not re.search(r"href|script", one)


def test_places_and_points_stand_in_the_order_given() -> None:
    [pdf] = print_publication(a_publication(*_lines(60)), paper="a4")
    text = "".join(pages(pdf))
    found = [text.index(f"{n}{1 + (n - 1) % 14}组") for n in (1, 20, 40, 60)]
    assert all(before < after for before, after in pairwise(found))


def test_days_are_written_in_full() -> None:
    [pdf] = print_publication(a_publication(published_on=date(2026, 1, 5)))
    assert tight("2026年1月5日") in pages(pdf)[0]
