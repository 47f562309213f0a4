"""Publications (公示) as stored: editions with frozen lines, and what was missing for one."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, delete, select

from domain.basis import Basis
from domain.membership import HouseholdId
from domain.period import Month, Quarter, parse_quarter
from domain.points import Points
from domain.publication import SEEN, Line, Publication, PublicationState, Snapshot
from storage.prepared import Row
from storage.statements import change, first, insert, insert_once, read, rows, table_of
from storage.tables.publication import PublicationLineRow, PublicationMissingRow, PublicationRow
from storage.villages import HOUSEHOLDS_MAX

PUBLICATION = table_of(PublicationRow)
LINE = table_of(PublicationLineRow)
MISSING = table_of(PublicationMissingRow)
EDITIONS_MAX: Final = 200
FRESH_MAX: Final = 1_000
_SEEN = tuple(sorted(SEEN))
_RELEASED = (
    select(PUBLICATION.c.quarter)
    .where(
        PUBLICATION.c.village == bindparam("village"),
        PUBLICATION.c.quarter >= bindparam("since"),
        PUBLICATION.c.quarter < bindparam("until"),
        PUBLICATION.c.released_at.is_not(None),
    )
    .limit(EDITIONS_MAX)
)


class Publications:
    """The publications repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def released(self, village: int, *, year: int) -> frozenset[Quarter]:
        """Return the quarters of a year that villagers have been shown."""
        values = {"village": village, "since": f"{year:04d}", "until": f"{year + 1:04d}"}
        return frozenset(
            parse_quarter(row["quarter"]) for row in read(self._connection, _RELEASED, values)
        )

    def newest(self, village: int, quarter: Quarter) -> Publication | None:
        """Return the last edition of a quarter, in whatever state."""
        return self._one(village, PUBLICATION.c.quarter == str(quarter))

    def current(self, village: int) -> Publication | None:
        """Return the last edition of the last quarter that villagers were shown."""
        return self._one(village, PUBLICATION.c.state.in_(_SEEN))

    def in_state(self, village: int, state: PublicationState) -> tuple[Publication, ...]:
        """Return the editions in a state, oldest first."""
        query = (
            select(PUBLICATION)
            .where(PUBLICATION.c.village == village, PUBLICATION.c.state == state)
            .order_by(PUBLICATION.c.quarter, PUBLICATION.c.edition)
            .limit(EDITIONS_MAX)
        )
        return tuple(self._whole(row) for row in rows(self._connection, query))

    def all(self, village: int) -> tuple[Publication, ...]:
        """Return every edition, oldest first."""
        query = (
            select(PUBLICATION)
            .where(PUBLICATION.c.village == village)
            .order_by(PUBLICATION.c.quarter, PUBLICATION.c.edition)
            .limit(EDITIONS_MAX)
        )
        return tuple(self._whole(row) for row in rows(self._connection, query))

    def shown_in(self, village: int, year: int) -> tuple[Publication, ...]:
        """Return every edition of a year's quarters that villagers were shown, oldest first."""
        query = (
            select(PUBLICATION)
            .where(
                PUBLICATION.c.village == village,
                PUBLICATION.c.quarter.like(f"{year:04d}-%"),
                PUBLICATION.c.state.in_(_SEEN),
            )
            .order_by(PUBLICATION.c.quarter, PUBLICATION.c.edition)
            .limit(EDITIONS_MAX)
        )
        return tuple(self._whole(row) for row in rows(self._connection, query))

    def fresh(self, *, since: datetime) -> tuple[tuple[int, Quarter, int], ...]:
        """Return the editions shown since an instant that stand: village, quarter, number."""
        query = (
            select(PUBLICATION.c.village, PUBLICATION.c.quarter, PUBLICATION.c.edition)
            .where(
                PUBLICATION.c.state == PublicationState.RELEASED,
                PUBLICATION.c.released_at >= since,
            )
            .order_by(PUBLICATION.c.village, PUBLICATION.c.quarter)
            .limit(FRESH_MAX)
        )
        return tuple(
            (village, parse_quarter(quarter), edition)
            for village, quarter, edition in self._connection.execute(query)
        )

    def latest_shown(self, village: int, *, year: int) -> Publication | None:
        """Return the last edition of a year's last quarter that villagers were shown."""
        is_of_year = PUBLICATION.c.quarter.like(f"{year:04d}-%")
        return self._one(village, is_of_year & PUBLICATION.c.state.in_(_SEEN))

    def add(self, village: int, publication: Publication) -> None:
        """Store a new edition with its lines."""
        key = _key(village, publication.quarter, publication.edition)
        insert(self._connection, PUBLICATION, key | _values(publication) | {"reminders": 0})
        lines = [
            key | _line_values(line, position)
            for position, line in enumerate(publication.snapshot.lines, start=1)
        ]
        if lines:
            self._connection.execute(LINE.insert(), lines)

    def drop_unseen(self, village: int, publication: Publication) -> None:
        """Let go of an edition that nobody was shown, before it is prepared anew."""
        assert publication.state is PublicationState.PREPARED, publication.state
        for table in (LINE, PUBLICATION):
            self._connection.execute(
                delete(table).where(
                    table.c.village == village,
                    table.c.quarter == str(publication.quarter),
                    table.c.edition == publication.edition,
                )
            )

    def save_state(self, village: int, publication: Publication) -> None:
        """Write an edition's state and the instants that go with it; nothing else changes."""
        key = _key(village, publication.quarter, publication.edition)
        values = {
            "state": publication.state,
            "released_at": publication.released_at,
            "final_at": publication.final_at,
        }
        assert change(self._connection, PUBLICATION, key=key, values=values) == 1, key

    def reminders(self, village: int, publication: Publication) -> tuple[int, date | None]:
        """Return how often, and when last, the committee was reminded to release it."""
        key = _key(village, publication.quarter, publication.edition)
        row = first(self._connection, PUBLICATION, **key)
        return (row["reminders"], row["reminded_on"]) if row else (0, None)

    def reminded(self, village: int, publication: Publication, *, on: date) -> None:
        """Count one more reminder to release an edition."""
        key = _key(village, publication.quarter, publication.edition)
        times = self.reminders(village, publication)[0] + 1
        change(
            self._connection, PUBLICATION, key=key, values={"reminders": times, "reminded_on": on}
        )

    def note_missing(
        self,
        village: int,
        quarter: Quarter,
        *,
        on: date,
        months: tuple[Month, ...],
        numbers: tuple[int, ...],
        told: tuple[str, ...],
    ) -> None:
        """Keep what was missing for a publication on a day, and to whom that was said."""
        values = {
            "village": village,
            "quarter": str(quarter),
            "told_on": on,
            "months": " ".join(map(str, months)),
            "claims": " ".join(map(str, numbers)),
            "told": "\n".join(told),
        }
        insert_once(self._connection, MISSING, values)

    def told_missing(self, village: int, quarter: Quarter) -> tuple[tuple[date, str], ...]:
        """Return on which days it was said what is missing, and to whom, latest first."""
        query = (
            select(MISSING.c.told_on, MISSING.c.told)
            .where(MISSING.c.village == village, MISSING.c.quarter == str(quarter))
            .order_by(MISSING.c.told_on.desc())
            .limit(60)
        )
        return tuple((on, told) for on, told in self._connection.execute(query))

    def _one(self, village: int, condition: ColumnElement[bool]) -> Publication | None:
        query = (
            select(PUBLICATION)
            .where(PUBLICATION.c.village == village, condition)
            .order_by(PUBLICATION.c.quarter.desc(), PUBLICATION.c.edition.desc())
            .limit(1)
        )
        found = rows(self._connection, query)
        return self._whole(found[0]) if found else None

    def _whole(self, row: Row) -> Publication:
        query = (
            select(LINE)
            .where(
                LINE.c.village == row["village"],
                LINE.c.quarter == row["quarter"],
                LINE.c.edition == row["edition"],
            )
            .order_by(LINE.c.position)
            .limit(HOUSEHOLDS_MAX)
        )
        return _publication(row, tuple(_line(one) for one in rows(self._connection, query)))


def _key(village: int, quarter: Quarter, edition: int) -> dict[str, Any]:
    return {"village": village, "quarter": str(quarter), "edition": edition}


def _values(publication: Publication) -> dict[str, Any]:
    told = publication.snapshot
    return {
        "state": publication.state,
        "eligible": told.eligible,
        "participating": told.participating,
        "rulebook_version": told.rulebook_version,
        "adopted_title": told.adopted.title,
        "adopted_on": told.adopted.since,
        "basis_title": told.basis.title,
        "basis_since": told.basis.since,
        "basis_until": told.basis.until,
        "chain_seq": told.chain_seq,
        "chain_head": told.chain_head,
        "digest": publication.digest,
        "prepared_at": publication.prepared_at,
        "released_at": publication.released_at,
        "final_at": publication.final_at,
    }


def _line_values(line: Line, position: int) -> dict[str, Any]:
    return {
        "household": line.household,
        "position": position,
        "group_no": line.group_no,
        "name": line.name,
        "quarter_points": line.quarter_points,
        "year_points": line.year_points,
        "quarter_place": line.quarter_place,
        "year_place": line.year_place,
    }


def _line(row: Row) -> Line:
    return Line(
        HouseholdId(row["household"]),
        row["group_no"],
        row["name"],
        Points(row["quarter_points"]),
        Points(row["year_points"]),
        row["quarter_place"],
        row["year_place"],
    )


def _publication(row: Row, lines: tuple[Line, ...]) -> Publication:
    snapshot = Snapshot(
        quarter=parse_quarter(row["quarter"]),
        eligible=row["eligible"],
        participating=row["participating"],
        rulebook_version=row["rulebook_version"],
        adopted=Basis(row["adopted_title"], row["adopted_on"]),
        basis=Basis(row["basis_title"], row["basis_since"], row["basis_until"]),
        chain_seq=row["chain_seq"],
        chain_head=row["chain_head"],
        lines=lines,
    )
    return Publication(
        row["edition"],
        PublicationState(row["state"]),
        snapshot,
        row["digest"],
        row["prepared_at"],
        row["released_at"],
        row["final_at"],
    )
