"""The calendar's jobs (日程) as stored: what is settled, and how a village has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from sqlalchemy import CompoundSelect, Connection, bindparam, delete, false, or_, select, union_all

from storage.prepared import Row, run
from storage.statements import change, first, insert_once, put, rows, table_of
from storage.tables.schedule import JobPeriodRow, JobSettingRow

PERIOD = table_of(JobPeriodRow)
SETTING = table_of(JobSettingRow)
_SETTLED_MAX: Final = 5_000
_SETTINGS: Final = select(SETTING).where(SETTING.c.village == bindparam("village")).limit(200)


@dataclass(frozen=True, slots=True)
class JobSetting:
    """How a village has a kind of job; ``hour`` None is the timetable's own."""

    is_on: bool = True
    hour: int | None = None
    shift_days: int = 0


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of the timetable: those with a job for every day, and the others."""

    daily: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job that is settled: done, or skipped because it was too old when it was found."""

    kind: str
    period: str
    state: str
    due_at: datetime
    settled_at: datetime
    remark: str


class Jobs:
    """The jobs repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def settle(self, village: int, record: JobRecord) -> bool:
        """Keep that a job is done or skipped; False when somebody has settled it before.

        Whoever gets True does the job in the same transaction, so it happens once.
        """
        values = {
            "village": village,
            "kind": record.kind,
            "period": record.period,
            "state": record.state,
            "due_at": record.due_at,
            "settled_at": record.settled_at,
            "remark": record.remark,
        }
        return insert_once(self._connection, PERIOD, values)

    def settled(
        self, village: int, *, since: datetime, limit: int = 5_000
    ) -> tuple[JobRecord, ...]:
        """Return the settled jobs that were due since an instant, latest first."""
        query = (
            select(PERIOD)
            .where(PERIOD.c.village == village, PERIOD.c.due_at >= since)
            .order_by(PERIOD.c.due_at.desc(), PERIOD.c.kind)
            .limit(limit)
        )
        return tuple(_record(row) for row in rows(self._connection, query))

    def settled_keys(
        self, village: int, *, kinds: Kinds, since: datetime, day: str
    ) -> frozenset[tuple[str, str]]:
        """Return (kind, period) of what is settled and due since an instant.

        Of the daily kinds, whose periods are days, only those from ``day`` on: there is
        one for every day, and a tick asks for the last ones alone.
        """
        values = {"village": village, "since": since, "day": day}
        _, found = run(self._connection, _settled(kinds), values)
        return frozenset((row["kind"], row["period"]) for row in found)

    def restate(self, village: int, record: JobRecord) -> None:
        """Write what became of a job that is settled in this transaction."""
        key = {"village": village, "kind": record.kind, "period": record.period}
        values = {"state": record.state, "remark": record.remark}
        assert change(self._connection, PERIOD, key=key, values=values) == 1, key

    def record_of(self, village: int, kind: str, period: str) -> JobRecord | None:
        """Return what became of a job; None while it is open."""
        row = first(self._connection, PERIOD, village=village, kind=kind, period=period)
        return _record(row) if row else None

    def reopen(self, village: int, kind: str, period: str) -> None:
        """Let a skipped job be done after all, because a person asks for it."""
        self._connection.execute(
            delete(PERIOD).where(
                PERIOD.c.village == village,
                PERIOD.c.kind == kind,
                PERIOD.c.period == period,
                PERIOD.c.state == "skipped",
            )
        )

    def settings(self, village: int) -> Mapping[str, JobSetting]:
        """Return how the village has its jobs, by kind; kinds it never touched are missing."""
        _, found = run(self._connection, _SETTINGS, {"village": village})
        return {
            row["kind"]: JobSetting(row["is_on"], row["hour"], row["shift_days"]) for row in found
        }

    def set(self, village: int, kind: str, setting: JobSetting) -> None:
        """Switch a kind of job off or on, or move it."""
        values = {
            "is_on": setting.is_on,
            "hour": setting.hour,
            "shift_days": setting.shift_days,
        }
        put(self._connection, SETTING, key={"village": village, "kind": kind}, values=values)

    def reset(self, village: int, kind: str) -> None:
        """Let a kind of job be as the timetable has it."""
        self._connection.execute(
            delete(SETTING).where(SETTING.c.village == village, SETTING.c.kind == kind)
        )


@lru_cache(maxsize=8)
def _settled(kinds: Kinds) -> CompoundSelect[tuple[str, str]]:
    """Return the question of every tick, put together once: each kind is looked up by the key."""
    query = select(PERIOD.c.kind, PERIOD.c.period).where(PERIOD.c.village == bindparam("village"))
    daily = or_(false(), *(PERIOD.c.kind == kind for kind in kinds.daily))
    others = or_(false(), *(PERIOD.c.kind == kind for kind in kinds.others))
    return union_all(
        query.where(daily, PERIOD.c.period >= bindparam("day")),
        query.where(others, PERIOD.c.due_at >= bindparam("since")),
    ).limit(_SETTLED_MAX)


def _record(row: Row) -> JobRecord:
    return JobRecord(
        row["kind"],
        row["period"],
        row["state"],
        row["due_at"],
        row["settled_at"],
        row["remark"],
    )
