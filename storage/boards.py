"""What the notice board reads (公示栏): editions without their lines, and lines by the page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, select

from domain.basis import Basis
from domain.membership import HouseholdId
from domain.names import still_public
from domain.period import Quarter, parse_quarter
from domain.points import Points
from domain.publication import SEEN, Line, Publication, PublicationState, window_end
from storage.prepared import Row
from storage.publications import LINE, PUBLICATION
from storage.statements import rows
from storage.villages import HOUSEHOLD, HOUSEHOLDS_MAX

EDITIONS_MAX = 60
GROUPS_MAX = 300
_SEEN = tuple(sorted(SEEN))


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition that villagers were shown, without its lines."""

    quarter: Quarter
    number: int
    state: PublicationState
    eligible: int
    participating: int
    rulebook_version: str
    adopted: Basis
    basis: Basis
    chain_head: str
    released_at: datetime
    final_at: datetime | None

    @property
    def objections_until(self) -> date:
        """The last village day on which objections are taken."""
        return window_end(self.released_at)

    def takes_objections(self, day: date) -> bool:
        """Return whether objections are taken on a village day."""
        return self.state is PublicationState.RELEASED and day <= self.objections_until


class Boards:
    """Reads for the notice board; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def editions(self, village: int) -> tuple[Edition, ...]:
        """Return the editions that villagers were shown, the latest first."""
        query = (
            select(PUBLICATION)
            .where(PUBLICATION.c.village == village, PUBLICATION.c.state.in_(_SEEN))
            .order_by(PUBLICATION.c.quarter.desc(), PUBLICATION.c.edition.desc())
            .limit(EDITIONS_MAX)
        )
        return tuple(_edition(row) for row in rows(self._connection, query))

    def groups(self, village: int, edition: Edition) -> tuple[tuple[int, int], ...]:
        """Return the groups of an edition, each with how many households it lists."""
        query = (
            select(LINE.c.group_no, func.count())
            .where(*_of(village, edition))
            .group_by(LINE.c.group_no)
            .order_by(LINE.c.group_no)
            .limit(GROUPS_MAX)
        )
        return tuple((group, count) for group, count in self._connection.execute(query))

    def lines(
        self,
        village: int,
        edition: Edition,
        *,
        group: int | None = None,
        after: int = 0,
        limit: int,
    ) -> tuple[Line, ...]:
        """Return lines in the order of the quarter's places, of one group or of all.

        ``after`` lines are left out first. The figures are those that were frozen. A
        name that was shown in full is hidden again once the household takes its
        consent back, and left out once it asks not to be named.
        """
        is_wanted: Sequence[ColumnElement[bool]] = _of(village, edition)
        if group is not None:
            is_wanted = [*is_wanted, LINE.c.group_no == group]
        query = (
            select(LINE, HOUSEHOLD.c.consents_name, HOUSEHOLD.c.anonymous_since)
            .join(
                HOUSEHOLD,
                (HOUSEHOLD.c.village == LINE.c.village) & (HOUSEHOLD.c.id == LINE.c.household),
            )
            .where(*is_wanted)
            .order_by(LINE.c.position)
            .offset(after)
            .limit(limit)
        )
        return tuple(_line(row) for row in rows(self._connection, query))

    def covered(self, village: int, publication: Publication) -> Publication:
        """Return an edition with its names only as far as they may still be shown today."""
        query = (
            select(HOUSEHOLD.c.id, HOUSEHOLD.c.consents_name, HOUSEHOLD.c.anonymous_since)
            .where(HOUSEHOLD.c.village == village)
            .limit(HOUSEHOLDS_MAX)
        )
        choices = {row["id"]: row for row in rows(self._connection, query)}
        lines = tuple(
            replace(line, name=_name(line.name, choices[line.household]))
            if line.household in choices
            else line
            for line in publication.snapshot.lines
        )
        return replace(publication, snapshot=replace(publication.snapshot, lines=lines))


def _of(village: int, edition: Edition) -> tuple[ColumnElement[bool], ...]:
    return (
        LINE.c.village == village,
        LINE.c.quarter == str(edition.quarter),
        LINE.c.edition == edition.number,
    )


def _edition(row: Row) -> Edition:
    return Edition(
        quarter=parse_quarter(row["quarter"]),
        number=row["edition"],
        state=PublicationState(row["state"]),
        eligible=row["eligible"],
        participating=row["participating"],
        rulebook_version=row["rulebook_version"],
        adopted=Basis(row["adopted_title"], row["adopted_on"]),
        basis=Basis(row["basis_title"], row["basis_since"], row["basis_until"]),
        chain_head=row["chain_head"],
        released_at=row["released_at"],
        final_at=row["final_at"],
    )


def _line(row: Row) -> Line:
    return Line(
        HouseholdId(row["household"]),
        row["group_no"],
        _name(row["name"], row),
        Points(row["quarter_points"]),
        Points(row["year_points"]),
        row["quarter_place"],
        row["year_place"],
    )


def _name(shown: str, choice: Row) -> str:
    return still_public(
        shown,
        is_named=bool(choice["consents_name"]),
        is_anonymous=choice["anonymous_since"] is not None,
    )
