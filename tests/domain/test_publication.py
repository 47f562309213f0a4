"""A publication: its steps, its window, its lines, and the digest over all that it says."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basis import Basis
from domain.membership import HouseholdId
from domain.period import Month, Quarter
from domain.points import Points
from domain.publication import (
    PUBLICATION_STEPS,
    SEEN,
    Account,
    Line,
    NotPublishable,
    NumberFound,
    Publication,
    PublicationAction,
    PublicationState,
    Snapshot,
    check_numbers,
    check_ready,
    digest,
    lines_of,
)
from domain.workflow import StepRefused, step

THIRD = Quarter(2026, 3)
LINE = Line(HouseholdId(1), 3, "张*", Points(70), Points(90), 1, 2)
MEETING = Basis("村民代表会议", date(2025, 12, 10))


def a_snapshot(**changes: Any) -> Snapshot:
    values: dict[str, Any] = {
        "quarter": THIRD,
        "eligible": 7,
        "participating": 1,
        "rulebook_version": "draft-2026",
        "adopted": MEETING,
        "basis": MEETING,
        "chain_seq": 3,
        "chain_head": "a" * 64,
        "lines": (LINE,),
    }
    return Snapshot(**(values | changes))


@pytest.mark.parametrize(("state", "action"), list(product(PublicationState, PublicationAction)))
def test_only_the_steps_in_the_table_are_possible(
    state: PublicationState, action: PublicationAction
) -> None:
    if (state, action) in PUBLICATION_STEPS:
        assert step(PUBLICATION_STEPS, state, action) is PUBLICATION_STEPS[state, action]
    else:
        with pytest.raises(StepRefused):
            step(PUBLICATION_STEPS, state, action)


def test_what_villagers_have_seen_is_never_prepared_again() -> None:
    for state, action in PUBLICATION_STEPS:
        if state in SEEN:
            assert PUBLICATION_STEPS[state, action] in SEEN
            assert action is not PublicationAction.RENEW


@pytest.mark.parametrize(
    ("day", "takes"), [("2026-10-12", True), ("2026-10-19", True), ("2026-10-20", False)]
)
def test_objections_are_taken_for_seven_days(day: str, *, takes: bool) -> None:
    late = datetime(2026, 10, 12, 15, 59, tzinfo=UTC)  # 23:59 in the village
    one = Publication(1, PublicationState.RELEASED, a_snapshot(), "", late, released_at=late)
    assert one.takes_objections(date.fromisoformat(day)) is takes
    assert not replace(one, state=PublicationState.FINAL).takes_objections(date(2026, 10, 12))
    assert not replace(one, released_at=None).takes_objections(date(2026, 10, 12))


def test_a_quarter_is_published_when_it_is_confirmed_and_decided() -> None:
    over = date(2026, 10, 1)
    check_ready(THIRD, today=over, months=(), numbers=())
    with pytest.raises(NotPublishable) as refused:
        check_ready(THIRD, today=over, months=(Month(2026, 9),), numbers=(23,))
    assert (refused.value.months, refused.value.numbers) == ((Month(2026, 9),), (23,))


households = st.integers(1, 12).map(HouseholdId)
points = st.dictionaries(households, st.integers(-50, 50).map(Points))


@given(st.sets(households, min_size=1), points, points, st.sets(households))
def test_every_household_has_one_line_with_its_own_points(
    known: set[HouseholdId],
    quarter: dict[HouseholdId, Points],
    year: dict[HouseholdId, Points],
    barred: set[HouseholdId],
) -> None:
    accounts = [Account(h, 1, f"户{h}") for h in sorted(known)]
    lines = lines_of(accounts, quarter=quarter, year=year, barred=frozenset(barred))
    assert sorted(line.household for line in lines) == sorted(known)
    for line in lines:
        assert line.quarter_points == quarter.get(line.household, 0)
        assert line.year_points == year.get(line.household, 0)
        assert (line.quarter_place is None) is (line.household in barred)
        assert (line.year_place is None) is (line.household in barred)
    placed = [line for line in lines if line.quarter_place is not None]
    for one in placed:
        ahead = sum(other.quarter_points > one.quarter_points for other in placed)
        assert one.quarter_place == ahead + 1


def test_a_household_without_points_is_listed_and_told_no_place() -> None:
    accounts = [Account(HouseholdId(n), 1, f"户{n}") for n in (1, 2, 3)]
    first, second, third = lines_of(
        accounts,
        quarter={HouseholdId(1): Points(5)},
        year={HouseholdId(1): Points(5), HouseholdId(2): Points(9)},
        barred=frozenset(),
    )
    assert (first.shown_place, first.shown_year_place) == (1, 2)
    assert (second.shown_place, second.shown_year_place) == (None, 1)
    assert (third.shown_place, third.shown_year_place) == (None, None)
    assert (third.quarter_place, third.year_place) == (2, 3), "as it was always frozen"


@given(st.data())
def test_any_change_of_what_is_printed_changes_the_digest(data: st.DataObject) -> None:
    known = a_snapshot()
    proof = digest(known, edition=1)
    changes: dict[str, Any] = {
        "quarter": Quarter(2026, 2),
        "eligible": data.draw(st.integers().filter(lambda n: n != 7)),
        "participating": data.draw(st.integers().filter(lambda n: n != 1)),
        "rulebook_version": data.draw(st.text().filter(lambda t: t != "draft-2026")),
        "adopted": Basis("别的会", MEETING.since),
        "basis": Basis(MEETING.title, MEETING.since, date(2027, 1, 1)),
        "chain_seq": 4,
        "chain_head": "b" * 64,
        "lines": (replace(LINE, quarter_points=Points(data.draw(st.integers(71, 999)))),),
    }
    assert set(changes) == {field.name for field in fields(Snapshot)}
    name = data.draw(st.sampled_from(sorted(changes)))
    assert digest(replace(known, **{name: changes[name]}), edition=1) != proof
    assert digest(known, edition=2) != proof
    assert digest(known, edition=1) == proof


@pytest.mark.parametrize("name", [field.name for field in fields(Line)])
def test_every_cell_of_a_line_is_in_the_digest(name: str) -> None:
    other = "别人" if name == "name" else 99
    changed = replace(LINE, **{name: other})  # type: ignore[arg-type]
    before, after = a_snapshot(), a_snapshot(lines=(changed,))
    assert digest(before, edition=1) != digest(after, edition=1)


@pytest.mark.parametrize(
    ("changes", "kind", "group"),
    [
        ({"lines": (replace(LINE, name="张13812345678"),)}, "phone", 3),
        ({"basis": Basis("会议 310115195001011234", MEETING.since)}, "identity", None),
        ({"adopted": Basis("会议 6222021001123456", MEETING.since)}, "card", None),
        ({"rulebook_version": "13812345678"}, "phone", None),
    ],
)
def test_the_scanner_blocks_numbers_that_nobody_may_publish(
    changes: dict[str, Any], kind: str, group: int | None
) -> None:
    check_numbers(a_snapshot())
    with pytest.raises(NumberFound) as refused:
        check_numbers(a_snapshot(**changes))
    assert (refused.value.kind, refused.value.group_no) == (kind, group)
