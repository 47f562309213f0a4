"""What the town sees over the year, and that its stamp follows every change, on both databases."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from alembic import command
from sqlalchemy import Engine, event, text

from domain.ledger import EntryKind
from domain.membership import HouseholdId, PersonId
from domain.objection import ObjectionState
from domain.period import Month, Quarter
from domain.points import Points
from domain.publication import PublicationState
from domain.redemption_round import RoundState
from storage import schema
from storage.claims import Origin
from storage.engine import open_engine
from storage.ledger import CATEGORY, ENTRY, REVIEW
from storage.objections import OBJECTION
from storage.people import Contact
from storage.publications import PUBLICATION
from storage.rounds import ROUND
from storage.town_stamps import read_stamps
from storage.town_trends import MonthPoints, TownTrends
from storage.unit_of_work import Books, OpenBooks, books_on
from tests.builders import ACCOUNT, NOON, a_claim, a_posting
from tests.cast import settle_in
from tests.web.towns import LATE, UNFOUNDED, fill_town

AS_OF = date(2026, 9, 16)


def test_points_are_told_by_month_and_category(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        for number, (month, item, points) in enumerate(
            [(3, "A101", 10), (3, "B101", 20), (9, "A102", 30), (9, "E101", -10)]
        ):
            kind = EntryKind.AWARD if points > 0 else EntryKind.DEDUCTION
            posting = a_posting(
                f"c{number}",
                kind=kind,
                item=item,
                points=Points(points),
                effective_month=Month(2026, month),
            )
            books.ledger.post(1, posting, at=NOON)
        spent = a_posting("r1", kind=EntryKind.REDEMPTION, points=Points(-15), item="")
        books.ledger.post(1, spent, at=NOON)
        trends = TownTrends(books.connection, [1])
        assert trends.months(2026) == {
            1: {
                Month(2026, 3): MonthPoints(Points(30), Points(0)),
                Month(2026, 9): MonthPoints(Points(20), Points(15)),
            }
        }
        assert trends.categories(2026) == {1: {"A": 40, "B": 20, "E": -10}}
        assert trends.categories(2025) == {}
        assert TownTrends(books.connection, [2]).categories(2026) == {}
        assert "category_total" not in {fault.kind for fault in books.audit.verify(1)}


def test_calendar_objections_and_rounds_are_told_by_village(open_books: OpenBooks) -> None:
    with open_books() as books:
        ids = fill_town(books)
        trends = TownTrends(books.connection, ids)
        confirmed, shown = trends.confirmed(2026), trends.shown(2026)
        assert len(confirmed[ids[0]]) == 8
        assert len(confirmed[ids[LATE]]) == 5
        assert ids[UNFOUNDED] not in confirmed
        assert [one.quarter for one in shown[ids[0]]] == [Quarter(2026, 1), Quarter(2026, 2)]
        assert shown[ids[0]][0].state is PublicationState.FINAL
        objected = trends.objected(AS_OF)
        assert ids[0] not in objected
        assert objected[ids[2]].states.total() == 2
        late = sum(one.overdue for one in objected.values())
        asked = sum(one.states[ObjectionState.RAISED] for one in objected.values())
        assert 0 < late < asked
        assert trends.rounds(2026)[ids[1]][0].state is RoundState.ENDED
        assert ids[0] not in trends.rounds(2026)
        assert trends.vouchers(2026) == {}


def _posts(books: Books) -> None:
    books.ledger.post(1, a_posting("another"), at=NOON)


def _claims(books: Books) -> None:
    origin = Origin(Contact(ACCOUNT, "zhang"), None, "m1")
    books.claims.add(1, a_claim(number=9), origin)


def _confirms(books: Books) -> None:
    row = {"village": 1, "month": "2026-08", "confirmed_at": NOON}
    books.connection.execute(REVIEW.insert().values(row))


def _releases(books: Books) -> None:
    books.connection.execute(
        PUBLICATION.update().where(PUBLICATION.c.village == 1).values(released_at=NOON)
    )


def _answers(books: Books) -> None:
    state = OBJECTION.update().where(OBJECTION.c.village == 1).values(state="upheld")
    books.connection.execute(state)


def _closes(books: Books) -> None:
    books.connection.execute(ROUND.update().where(ROUND.c.village == 1).values(state="closed"))


CHANGES: list[Callable[[Books], None]] = [
    _posts,
    _claims,
    _confirms,
    _releases,
    _answers,
    _closes,
    lambda books: books.households.touch_roster(1),
    lambda books: books.villages.add(town="示范镇", name="新村", at=NOON) and None,
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_a_figure_changes_the_stamp_of_its_village_alone(
    open_books: OpenBooks, change: Callable[[Books], None]
) -> None:
    with open_books() as books:
        settle_in(books)
        books.villages.add(town="邻镇", name="邻村", at=NOON)
        _prepared(books)
        before = read_stamps(books.connection)
    with open_books() as books:
        assert read_stamps(books.connection) == before
        change(books)
        after = read_stamps(books.connection)
    assert after != before
    assert after[1] == before[1]


def _prepared(books: Books) -> None:
    """Keep a publication that is not shown, an open objection and an open round."""
    publication = {
        "village": 1,
        "quarter": "2026-Q2",
        "edition": 1,
        "state": "prepared",
        "eligible": 7,
        "participating": 3,
        "rulebook_version": "draft-2026",
        "adopted_title": "会",
        "adopted_on": AS_OF,
        "basis_title": "方案",
        "basis_since": AS_OF,
        "chain_seq": 0,
        "chain_head": "0" * 64,
        "digest": "0" * 64,
        "prepared_at": NOON,
    }
    books.connection.execute(PUBLICATION.insert().values(publication))
    objection = {
        "village": 1,
        "year": 2026,
        "number": 1,
        "household": HouseholdId(1),
        "quarter": "2026-Q2",
        "person": PersonId(1),
        "words": "少了",
        "state": "raised",
        "account": ACCOUNT,
        "contact": "zhang",
        "raised_at": NOON,
        "due_on": AS_OF + timedelta(days=14),
    }
    books.connection.execute(OBJECTION.insert().values(objection))
    turn = {
        "village": 1,
        "year": 2026,
        "number": 1,
        "state": "open",
        "name": "秋季",
        "budget": 100,
        "opens_on": AS_OF,
        "closes_on": AS_OF,
        "collect_from": AS_OF,
        "collect_until": AS_OF,
        "hours": "",
        "place": "",
        "needs_photo": False,
        "planned_at": NOON,
    }
    books.connection.execute(ROUND.insert().values(turn))


def test_neither_figures_nor_stamps_read_the_ledger_or_what_was_decided(
    engine: Engine, open_books: OpenBooks
) -> None:
    asked: list[str] = []
    with open_books() as books:
        ids = fill_town(books, names=["青龙", "白云"])
        event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
        read_stamps(books.connection)
        trends = TownTrends(books.connection, ids)
        trends.months(2026), trends.categories(2026), trends.confirmed(2026)
        trends.shown(2026), trends.objected(AS_OF), trends.vouchers(2026), trends.rounds(2026)
        books.towns.registers(AS_OF, within=ids)
    assert len(asked) > 8
    assert not [sql for sql in asked if f"FROM {ENTRY.name}" in sql or "publication_line" in sql]


def test_a_damaged_category_total_is_found(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        books.ledger.post(1, a_posting(), at=NOON)
        books.connection.execute(CATEGORY.update().values(earned=99))
        faults = [(fault.kind, fault.where) for fault in books.audit.verify(1)]
    assert ("category_total", "2026-09 A earned") in faults


def test_an_older_database_is_added_up_by_category_when_it_is_upgraded(bare_url: str) -> None:
    engine = open_engine(bare_url)
    with engine.begin() as connection:
        command.upgrade(schema.config(connection), "0009")
        for sql in _OLDER:
            connection.execute(text(sql))
    schema.prepare(engine)
    with books_on(engine)() as books:
        assert TownTrends(books.connection, [1]).categories(2026) == {1: {"A": 7, "B": 5}}
    engine.dispose()


_ENTRY = (
    "INSERT INTO entry (village, seq, year, household, kind, points, cause, effective_month,"
    " item, actors, reason, at, previous_hash, hash)"
    " VALUES (1, {0}, 2026, 1, '{1}', {2}, 'c{0}', '2026-03', '{3}', '[]', '',"
    " '2026-03-01 00:00:00+00:00', '', '')"
)
_VILLAGE = (
    "INSERT INTO village (village, town, name, created_at, closed_through, is_sample)"
    " VALUES (1, '白鹤镇', '青龙村', '2026-01-01 00:00:00+00:00', 0, false)"
)
_HOUSEHOLD = (
    "INSERT INTO household (village, id, group_no, house_no, head, phone, is_party, star, remark,"
    " eligible_since, slip_generation, slip_uses)"
    " VALUES (1, 1, 1, '1', '张三', '', false, 0, '', '2026-01-01', 1, 0)"
)
_OLDER = (
    _VILLAGE,
    _HOUSEHOLD,
    _ENTRY.format(1, "award", 10, "A101"),
    _ENTRY.format(2, "reversal", -3, "A102"),
    _ENTRY.format(3, "award", 5, "B101"),
    _ENTRY.format(4, "redemption", -4, ""),
)
