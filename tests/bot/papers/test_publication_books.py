"""The board is filled from the frozen edition alone, for 1,200 households and whatever they are called."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle, islice

import pytest

from bot.papers.posters import letters_missing, print_publication
from bot.papers.publication_books import CORRECTED_BY, publication_sheet
from bot.papers.sheets import UNNAMED, Paper
from domain.basis import Basis
from domain.membership import HouseholdId, PersonId
from domain.names import masked
from domain.objection import Objection, ObjectionState
from domain.period import Quarter
from domain.points import Points, show
from domain.publication import Line, Publication, PublicationState, Snapshot, digest
from storage.people import Contact
from storage.unit_of_work import OpenBooks
from tests.bot.papers.printed import CODE, pages, tight
from tests.cast import memory_books

Q3 = Quarter(2026, 3)
RELEASED = datetime(2026, 10, 9, 1, tzinfo=UTC)
NAMES = ("𠮷田", "㛃小明", "䶮", "龘三", "𬭩堃华", "欧阳铭", "阿卜杜拉")
SCRIPT = "<script>alert(1)</script>"


def an_edition(*lines: Line, **changes: object) -> Publication:
    basis = Basis("村民代表会议", date(2025, 12, 10))
    policy = Basis("某镇积分制方案", date(2026, 6, 1), date(2027, 5, 31))
    snapshot = Snapshot(Q3, 1_250, 1_200, "2026-1", basis, policy, 4_321, "0f" * 32, lines)
    values = {
        "edition": 1,
        "state": PublicationState.RELEASED,
        "snapshot": snapshot,
        "digest": digest(snapshot, edition=1),
        "prepared_at": RELEASED,
        "released_at": RELEASED,
    }
    return Publication(**(values | changes))  # type: ignore[arg-type]


def many(count: int) -> tuple[Line, ...]:
    """Ties, unnamed households, some under a veto at the end; rare letters everywhere."""
    names = [*map(masked, NAMES), NAMES[0], ""]
    return tuple(
        Line(
            HouseholdId(n),
            n % 14 + 1,
            name,
            Points(5 * (count - n)),
            Points(15 * (count - n)),
            None if n > count - 5 else n // 2 * 2 + 1,
            None,
        )
        for n, name in enumerate(islice(cycle(names), count), 1)
    )


@pytest.mark.parametrize("paper", ["a3", pytest.param("a4", marks=pytest.mark.slow)])
def test_the_text_of_the_pdf_is_the_snapshot(paper: Paper) -> None:
    shown = an_edition(*many(1_200))
    with memory_books() as open_books, open_books() as books:
        village = books.villages.get(1)
        sheet = publication_sheet(books, village, shown, url="https://points.example/v/1")
    [pdf] = print_publication(sheet, paper=paper)
    printed = pages(pdf)
    text = "".join(printed)
    for line in shown.snapshot.lines:
        place = "—" if line.shown_place is None else line.shown_place
        name = line.name or UNNAMED
        points = f"{show(line.quarter_points)}{show(line.year_points)}"
        row = f"{place}{line.group_no}组{name}{points}"
        assert row in text, row
    assert letters_missing(sheet) == ()
    for said in ("《某镇积分制方案》", "2026-1,2025年12月10日村民代表会议通过", "第4321笔",
                 "可参加1250户,已参加1200户,参与率96%"):  # fmt: skip
        assert said in printed[0], said


def test_whatever_a_household_is_called_it_is_printed_and_not_run(open_books: OpenBooks) -> None:
    names = (CODE[:20], SCRIPT[:17], "=1+1", '"; drop')
    lines = (
        Line(HouseholdId(n), 1, name, Points(10), Points(10), 1, 1)
        for n, name in enumerate(names, 1)
    )
    with open_books() as books:
        village = books.villages.add(town="镇", name="#eval村", at=RELEASED)
        sheet = publication_sheet(books, village, an_edition(*lines), url="")
    [pdf] = print_publication(sheet)
    text = "".join(pages(pdf))
    for name in (*names, "#eval村"):
        assert tight(name) in text


def test_an_open_objection_is_marked_and_an_answered_one_no_longer() -> None:
    shown = an_edition(Line(HouseholdId(1), 3, "张*", Points(10), Points(10), 1, 1))
    one = Objection(
        2026, 1, HouseholdId(1), None, Q3, PersonId(1), "少了", ObjectionState.RAISED, RELEASED,
        date(2026, 10, 23),
    )  # fmt: skip
    with memory_books() as open_books, open_books() as books:
        village = books.villages.get(1)
        books.objections.add(1, one, Contact("wechat", "zhang"))
        [disputed] = publication_sheet(books, village, shown, url="").lines
        books.objections.save(1, replace(one, state=ObjectionState.UPHELD))
        [settled] = publication_sheet(books, village, shown, url="").lines
    assert (disputed.is_disputed, settled.is_disputed) == (True, False)


def test_a_corrected_edition_says_so_and_the_old_one_too() -> None:
    corrected = an_edition(state=PublicationState.CORRECTED)
    second = an_edition(edition=2)
    with memory_books() as open_books, open_books() as books:
        village = books.villages.get(1)
        assert publication_sheet(books, village, corrected, url="").note == CORRECTED_BY
        assert "更正后" in publication_sheet(books, village, second, url="").note
        adopted = Basis("村民代表会议", date(2025, 12, 10))
        snapshot = replace(second.snapshot, basis=adopted)
        without = publication_sheet(books, village, replace(second, snapshot=snapshot), url="")
    assert without.legal_basis == ""


def test_what_nobody_was_shown_is_never_printed() -> None:
    prepared = an_edition(state=PublicationState.PREPARED, released_at=None)
    with memory_books() as open_books, open_books() as books:
        village = books.villages.get(1)
        with pytest.raises(AssertionError):
            publication_sheet(books, village, prepared, url="")
