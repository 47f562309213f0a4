"""What is due is a pure function of time: each occasion once, late if need be, never too late."""

from datetime import UTC, date, datetime

import pytest

from schedules.due import agenda
from schedules.timetable import TIMETABLE, JobKind, Slot, daily, on_days
from schedules.works import WORKS
from storage.jobs import JobSetting

BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
FIRST, SECOND = JobKind.MONTH_REMINDER_FIRST, JobKind.MONTH_REMINDER_SECOND


def is_working(day: date) -> bool:
    return day.weekday() < 5


def look(
    now: str,
    *,
    slots: tuple[Slot, ...] = TIMETABLE[:2],
    settled: set[tuple[str, str]] | None = None,
    settings: dict[str, JobSetting] | None = None,
    since: datetime = BEGAN,
) -> object:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    return agenda(
        slots,
        settings or {},
        now=at,
        since=since,
        settled=settled or set(),
        is_working=is_working,
    )


def periods(found: object, which: str) -> list[tuple[str, str]]:
    return [one.key for one in getattr(found, which)]


def test_every_line_of_the_timetable_has_its_work_and_stands_once() -> None:
    kinds = [slot.kind for slot in TIMETABLE]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) == set(JobKind) == set(WORKS)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-08-24T00:59:59", []),  # 08:59:59 in the village
        ("2026-08-24T01:00:00", [(FIRST, "2026-08")]),
        ("2026-08-27T01:00:00", [(FIRST, "2026-08"), (SECOND, "2026-08")]),
    ],
)
def test_a_reminder_is_due_at_nine_on_its_working_day(now: str, due: list[object]) -> None:
    assert [p for p in periods(look(now), "due") if p[1] == "2026-08"] == due


def test_what_is_settled_is_due_no_more() -> None:
    found = look("2026-08-24T02:00:00", settled={(FIRST, "2026-08")})
    assert (FIRST, "2026-08") not in periods(found, "due")


def test_what_is_older_than_its_look_back_is_missed() -> None:
    found = look("2026-09-08T01:00:00")
    assert (FIRST, "2026-08") in periods(found, "missed")
    assert (SECOND, "2026-08") in periods(found, "due")


def test_nothing_is_due_or_missed_before_the_village_began() -> None:
    began = datetime(2026, 8, 25, tzinfo=UTC)
    found = look("2026-08-26T01:00:00", since=began)
    assert periods(found, "due") == periods(found, "missed") == []


def test_a_kind_that_is_switched_off_is_not_there_at_all() -> None:
    found = look("2026-08-24T02:00:00", settings={FIRST: JobSetting(is_on=False)})
    for which in ("due", "missed", "coming"):
        assert FIRST not in {kind for kind, _ in periods(found, which)}


def test_a_village_may_move_a_kind() -> None:
    moved = {FIRST: JobSetting(hour=14, shift_days=1)}
    early = look("2026-08-25T05:59:00", settings=moved)
    later = look("2026-08-25T06:00:00", settings=moved)
    assert (FIRST, "2026-08") not in periods(early, "due")
    assert (FIRST, "2026-08") in periods(later, "due")


def test_of_a_daily_job_only_the_latest_day_is_due() -> None:
    slot = daily(FIRST)
    found = look("2026-09-01T03:00:00", slots=(slot,))
    assert periods(found, "due") == [(FIRST, "2026-09-01")]
    assert periods(found, "missed") == [(FIRST, "2026-08-31")]


def test_what_comes_next_is_named() -> None:
    slot = Slot(FIRST, on_days((7, 1), (9, 20)))
    [coming] = look("2026-08-01T00:00:00", slots=(slot,)).coming  # type: ignore[attr-defined]
    assert coming.period == "2026-09-20"
    [coming] = look("2026-12-01T00:00:00", slots=(slot,)).coming  # type: ignore[attr-defined]
    assert coming.period == "2027-07-01"
