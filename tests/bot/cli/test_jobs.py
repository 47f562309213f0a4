"""The calendar by command: what is due, one job by hand, a kind moved or switched off."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.replies.cli import JOB_KINDS, JOB_STATES
from schedules.timetable import JobKind
from storage.unit_of_work import books_on
from tests.bot.cli.conftest import Jifen
from tests.cast import settle_in

VILLAGE = ("--village", "幸福村")


@pytest.fixture
def settled(jifen_on: Jifen, engine: Engine) -> Jifen:
    """The command over the cast's village, which began on 16 September 2026."""
    with books_on(engine)() as books:
        settle_in(books)
    return jifen_on


def _states(told: list[dict[str, str]], kind: str) -> list[tuple[str, str]]:
    return [(one["period"], one["state"]) for one in told if one["kind"] == kind]


def test_the_list_shows_what_is_due_missed_and_next(settled: Jifen) -> None:
    told = settled.json("jobs", "list", *VILLAGE, "--as-of", "2026-09-22T09:00")
    assert _states(told, "month-reminder-5") == [("2026-09", "due"), ("2026-10", "next")]
    assert _states(told, "quarter-publication") == [("2026-Q3", "next")]
    [due] = [one for one in told if one["kind"] == "month-reminder-5" and one["state"] == "due"]
    assert due["due_at"] == "2026-09-22T09:00+08:00"
    later = settled.json("jobs", "list", *VILLAGE, "--as-of", "2026-10-20")
    assert ("2026-09", "missed") in _states(later, "month-reminder-5")
    assert "月底前5个工作日提醒审核" in settled("jobs", "list", "--as-of", "2026-09-22")


def test_one_job_is_done_by_hand_and_once(settled: Jifen) -> None:
    run = ("jobs", "run", "month-reminder-5", *VILLAGE, "--as-of", "2026-09-22")
    done = settled.json(*run)
    assert (done["done"], done["period"], done["messages"]) == (True, "2026-09", 1)
    assert settled.json(*run)["done"] is False
    assert "早就办过" in settled(*run)
    told = settled.json("jobs", "list", *VILLAGE, "--as-of", "2026-09-22")
    assert _states(told, "month-reminder-5") == [("2026-10", "next"), ("2026-09", "done")]


def test_what_was_skipped_is_still_done_by_hand(settled: Jifen, engine: Engine) -> None:
    from schedules.jobs import SKIPPED
    from storage.jobs import JobRecord
    from tests.fakes import MORNING

    with books_on(engine)() as books:
        record = JobRecord("month-reminder-5", "2026-09", SKIPPED, MORNING, MORNING, "")
        books.jobs.settle(1, record)
    run = ("jobs", "run", "month-reminder-5", *VILLAGE, "--as-of", "2026-09-22")
    assert settled.json(*run)["done"] is True


def test_a_job_with_nobody_to_tell_says_so(settled: Jifen, engine: Engine) -> None:
    with books_on(engine)() as books:
        for row in ("room", "role"):
            books.connection.exec_driver_sql(f"DELETE FROM {row}")
    run = ("jobs", "run", "month-reminder-5", *VILLAGE, "--as-of", "2026-09-22")
    assert "没有人可以通知" in settled(*run)
    told = settled.json("jobs", "list", *VILLAGE, "--as-of", "2026-09-23")
    [line] = [one for one in told if one["period"] == "2026-09" and one["state"] == "done"]
    assert line["remark"] == "nobody"
    assert "办过了,没人可通知" in settled("jobs", "list", *VILLAGE, "--as-of", "2026-09-23")


def test_a_reminder_found_after_its_month_is_skipped(settled: Jifen) -> None:
    run = ("jobs", "run", "month-reminder-2", *VILLAGE, "--as-of", "2026-10-03")
    told = settled.json(*run)
    assert (told["done"], told["state"], told["messages"]) == (False, "skipped", 0)
    assert "已经过了时候,跳过了" in settled(*run)


def test_a_second_notice_on_one_day_says_why_it_waits(settled: Jifen) -> None:
    assert settled.json("jobs", "run", "redemption-due", *VILLAGE, "--as-of", "2026-09-22")["done"]
    run = ("jobs", "run", "month-reminder-5", *VILLAGE, "--as-of", "2026-09-22")
    assert "委员群今天已经有一条通知了,明天再发。" in settled.error(*run)


def test_a_later_quarter_waits_for_the_one_before(settled: Jifen) -> None:
    run = ("jobs", "run", "quarter-publication", *VILLAGE, "--as-of", "2027-01-08")
    assert "三季度还没公示,要先公示它。" in settled.error(*run)


def test_what_cannot_be_done_yet_says_why(settled: Jifen) -> None:
    run = ("jobs", "run", "quarter-publication", *VILLAGE, "--as-of", "2026-10-08")
    assert "9月还没审定" in settled.error(*run)
    assert "还没有过" in settled.error(
        "jobs", "run", "quarter-publication", *VILLAGE, "--as-of", "2026-09-17"
    )


def test_a_kind_is_moved_switched_off_and_on_again(settled: Jifen) -> None:
    moving = ("jobs", "set", "month-reminder-5", *VILLAGE)
    assert settled.json(*moving, "--hour", "14", "--shift", "1") == {
        "village": "幸福村",
        "kind": "month-reminder-5",
        "on": True,
        "hour": 14,
        "shift": 1,
    }
    early = settled.json("jobs", "list", *VILLAGE, "--as-of", "2026-09-23T13:59")
    assert ("2026-09", "next") in _states(early, "month-reminder-5")
    assert settled.json(*moving, "--off")["on"] is False
    off = settled.json("jobs", "list", *VILLAGE, "--as-of", "2026-09-23T14:00")
    assert _states(off, "month-reminder-5") == [("", "off")]
    assert "打开,14点办,推后1天" in settled(*moving, "--on")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("set", "month-reminder-5", *VILLAGE), "请写要改什么"),
        (("list", "--as-of", "昨天"), "不是时间"),
        (("list", "--village", "没有村"), "没有“没有村”"),
        (("run", "month-reminder-5", "--village", "没有村"), "没有“没有村”"),
    ],
)
def test_a_wrong_command_is_told_in_one_line(
    settled: Jifen, arguments: tuple[str, ...], told: str
) -> None:
    assert told in settled.error("jobs", *arguments, code=2)


def test_an_unknown_kind_is_wrong_use(settled: Jifen) -> None:
    settled.error("jobs", "run", "tea-break", *VILLAGE, code=2)


def test_a_year_without_known_holidays_is_named(settled: Jifen) -> None:
    settled("jobs", "list", "--as-of", "2090-01-05")
    assert "2090年的放假安排还没有" in settled.said.err
    settled("jobs", "list", *VILLAGE, "--as-of", "2026-12-28")
    assert "2027年的放假安排还没有" in settled.said.err, "what comes next lies in it"
    told = settled.json("jobs", "list", *VILLAGE, "--as-of", "2026-12-28")
    known = {(one["due_at"] or "2026")[:4]: one["holidays_known"] for one in told}
    assert known == {"2026": True, "2027": False}


def test_an_empty_calendar_says_so(jifen: Jifen, home: Path) -> None:
    assert "没有日程" in jifen("jobs", "list")


def test_every_kind_and_state_has_its_word() -> None:
    assert set(JOB_KINDS) == {kind.value for kind in JobKind}
    assert set(JOB_STATES) == {"due", "missed", "done", "skipped", "next", "off"}
