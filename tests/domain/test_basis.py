"""The legal basis: what is in force, and when the administrators hear that it ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basis import Policy, ending, policy_of
from schedules.basis import policies

TOWN = "川沙新镇"
END = date(2026, 5, 31)
PLAN = Policy(TOWN, "方案", date(2024, 6, 1), END)
NEXT = Policy(TOWN, "新方案", date(2026, 6, 1), date(2029, 5, 31))


def test_the_plan_of_the_town_is_in_the_project_with_its_dates() -> None:
    [plan] = [p for p in policies() if p.town == TOWN]
    assert (plan.starts_on, plan.ends_on) == (date(2024, 6, 1), END)
    assert "乡村治理积分制" in plan.title


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2024-05-31", False), ("2024-06-01", True), ("2026-05-31", True), ("2026-06-01", False)],
)
def test_a_policy_holds_from_its_first_day_to_its_last(day: str, *, holds: bool) -> None:
    found = policy_of([PLAN], town=TOWN, day=date.fromisoformat(day))
    assert (found is PLAN) is holds


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_an_expired_policy_is_never_the_basis(day: date) -> None:
    found = policy_of([PLAN, NEXT], town=TOWN, day=day)
    assert found is None or found.starts_on <= day <= found.ends_on
    assert policy_of([PLAN, NEXT], town="别的镇", day=day) is None


@pytest.mark.parametrize(
    ("days", "mark"),
    [(91, None), (90, 90), (31, 90), (30, 30), (1, 30), (0, 0), (-1, 0), (-30, 0), (-31, None)],
)
def test_its_end_is_told_at_90_30_and_0_days(days: int, mark: int | None) -> None:
    found = ending([PLAN], town=TOWN, day=END - timedelta(days=days))
    assert (found[1] if found else None) == mark


def test_no_end_is_told_once_the_next_policy_has_begun_or_in_another_town() -> None:
    assert ending([PLAN, NEXT], town=TOWN, day=date(2026, 6, 2)) is None
    assert ending([PLAN], town="别的镇", day=END) is None
