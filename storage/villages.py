"""Villages, their households, and the numbers they give out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, update

from domain.membership import HouseholdId
from domain.names import public_name
from storage.prepared import Row
from storage.statements import change, count_on, first, read, rows, table_of
from storage.tables.claims import CounterRow
from storage.tables.ledger import LedgerHeadRow
from storage.tables.people import HouseholdRow, VillageRow

VILLAGE = table_of(VillageRow)
HOUSEHOLD = table_of(HouseholdRow)
COUNTER = table_of(CounterRow)
HEAD = table_of(LedgerHeadRow)
_LOCK = select(HEAD.c.seq).where(HEAD.c.village == bindparam("village")).with_for_update()
_COUNT = select(func.count().label("households")).where(HOUSEHOLD.c.village == bindparam("village"))
ROSTER = "roster"
VILLAGES_MAX = 1_000
HOUSEHOLDS_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Village:
    """A village as the acts need it."""

    id: int
    town: str
    name: str
    closed_through: int
    is_sample: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Household:
    """A household as the acts need it; ``address`` is group and house number."""

    id: HouseholdId
    group_no: int
    house_no: str
    head: str
    phone: str
    is_party: bool
    star: int
    eligible_until: date | None
    slip_generation: int
    slip_uses: int
    eligible_since: date
    consents_name: bool = False
    consents_photo: bool = False
    is_anonymous: bool = False
    registered: int | None = None
    resident: int | None = None
    joined_on: date | None = None
    remark: str = ""

    @property
    def public_name(self) -> str:
        """How it is called on what is public; empty when it asked not to be named."""
        return public_name(self.head, is_named=self.consents_name, is_anonymous=self.is_anonymous)

    def takes_part_on(self, day: date) -> bool:
        """Return whether it is eligible on a day; from ``eligible_until`` on it is not."""
        is_over = self.eligible_until is not None and day >= self.eligible_until
        return self.eligible_since <= day and not is_over


class Villages:
    """The villages repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *, town: str, name: str, at: datetime, is_sample: bool = False) -> Village:
        """Store a village, or return the one of this name."""
        known = self.find(name)
        if known:
            return known
        last = self._connection.execute(select(func.max(VILLAGE.c.village))).scalar()
        values = {"village": (last or 0) + 1, "town": town, "name": name, "created_at": at}
        self._connection.execute(VILLAGE.insert().values(**values, is_sample=is_sample))
        head = {"village": values["village"], "seq": 0, "hash": "0" * 64}
        self._connection.execute(table_of(LedgerHeadRow).insert().values(**head))
        return self.get(int(str(values["village"])))

    def get(self, village: int) -> Village:
        """Return a village that exists."""
        row = first(self._connection, VILLAGE, village=village)
        assert row, f"no village {village}"
        return _village(row)

    def find(self, name: str) -> Village | None:
        """Return the village of a name or a written id."""
        row = first(self._connection, VILLAGE, name=name)
        if row is None and name.isdecimal():
            row = first(self._connection, VILLAGE, village=int(name))
        return _village(row) if row else None

    def all(self) -> tuple[Village, ...]:
        """Return every village by id, at most 1,000."""
        query = select(VILLAGE).order_by(VILLAGE.c.village).limit(VILLAGES_MAX)
        return tuple(_village(row) for row in rows(self._connection, query))

    def counted(self) -> tuple[Village, ...]:
        """Return the villages that figures count, by id: the sample one only while it is alone."""
        every = self.all()
        return tuple(village for village in every if not village.is_sample) or every

    def page(self, town: str | None, *, after: int, limit: int) -> tuple[Village, ...]:
        """Return real villages behind a number, by id, of one town or of all."""
        query = select(VILLAGE).where(VILLAGE.c.village > after, VILLAGE.c.is_sample.is_(False))
        if town is not None:
            query = query.where(VILLAGE.c.town == town)
        found = rows(self._connection, query.order_by(VILLAGE.c.village).limit(limit))
        return tuple(_village(row) for row in found)

    def only(self) -> int | None:
        """Return the village if there is just one."""
        found = self._connection.execute(select(VILLAGE.c.village).limit(2)).scalars().all()
        return int(found[0]) if len(found) == 1 else None

    def close_year(self, village: int, year: int) -> None:
        """Let nothing more be entered in a year and those before it."""
        change(self._connection, VILLAGE, key={"village": village}, values={"closed_through": year})

    def lock(self, village: int) -> None:
        """Hold the village for this transaction: numbers and chain are given in order."""
        if self._connection.dialect.name != "sqlite":  # there a transaction holds the whole file
            read(self._connection, _LOCK, {"village": village})

    def next_number(self, village: int, kind: str, year: int = 0) -> int:
        """Give out the next number of a kind, from 1, per village and year."""
        key = {"village": village, "kind": kind, "year": year}
        return count_on(self._connection, COUNTER, key=key, column="last")


class Households:
    """The households repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, village: int, household: HouseholdId) -> Household:
        """Return a household that exists."""
        row = first(self._connection, HOUSEHOLD, village=village, id=household)
        assert row, f"no household {household} in village {village}"
        return _household(row)

    def at(self, village: int, group_no: int, house_no: str) -> Household | None:
        """Return the household at an address."""
        row = first(
            self._connection, HOUSEHOLD, village=village, group_no=group_no, house_no=house_no
        )
        return _household(row) if row else None

    def headed(self, village: int, name: str, *, limit: int = 10) -> tuple[Household, ...]:
        """Return the households whose head's name equals or begins with ``name``."""
        query = (
            select(HOUSEHOLD)
            .where(
                HOUSEHOLD.c.village == village,
                or_(HOUSEHOLD.c.head == name, HOUSEHOLD.c.head.startswith(name, autoescape=True)),
            )
            .order_by(HOUSEHOLD.c.group_no, HOUSEHOLD.c.id)
            .limit(limit)
        )
        found = tuple(_household(row) for row in rows(self._connection, query))
        exact = tuple(h for h in found if h.head == name)
        return exact or found

    def all(self, village: int) -> tuple[Household, ...]:
        """Return the households by group and number, at most 20,000."""
        query = (
            select(HOUSEHOLD)
            .where(HOUSEHOLD.c.village == village)
            .order_by(HOUSEHOLD.c.group_no, HOUSEHOLD.c.id)
            .limit(HOUSEHOLDS_MAX)
        )
        return tuple(_household(row) for row in rows(self._connection, query))

    def count(self, village: int) -> int:
        """Return how many households the village has."""
        return int(read(self._connection, _COUNT, {"village": village})[0]["households"])

    def save(self, village: int, known: Sequence[dict[str, Any]], *, since: date) -> None:
        """Store roster rows by address: new households are added, known ones updated."""
        self.touch_roster(village)
        at = select(HOUSEHOLD.c.group_no, HOUSEHOLD.c.house_no, HOUSEHOLD.c.id)
        found = self._connection.execute(at.where(HOUSEHOLD.c.village == village))
        ids = {(group_no, house_no): number for group_no, house_no, number in found}
        last = max(ids.values(), default=0)
        for columns, rows_alike in _alike(known).items():
            fresh: dict[tuple[int, str], dict[str, Any]] = {}
            changed = []
            for values in rows_alike:
                key = (values["group_no"], values["house_no"])
                if key in ids:
                    changed.append({"at_id": ids[key], **values})
                    continue
                last += 1
                ids[key] = last
                own = {"village": village, "id": last, "eligible_since": since}
                fresh[key] = own | values
            if fresh:
                self._connection.execute(HOUSEHOLD.insert(), list(fresh.values()))
            if changed:
                statement = update(HOUSEHOLD).where(
                    HOUSEHOLD.c.village == village, HOUSEHOLD.c.id == bindparam("at_id")
                )
                told: dict[str, Any] = {name: bindparam(name) for name in columns}
                self._connection.execute(statement.values(**told), changed)

    def touch_roster(self, village: int) -> None:
        """Let readers of the village's names notice that they changed."""
        count_on(
            self._connection,
            COUNTER,
            key={"village": village, "kind": ROSTER, "year": 0},
            column="last",
        )

    def renew_slip(self, village: int, household: HouseholdId) -> None:
        """Let the household have another slip code; no phone is bound by it yet."""
        self._connection.execute(
            update(HOUSEHOLD)
            .where(HOUSEHOLD.c.village == village, HOUSEHOLD.c.id == household)
            .values(slip_generation=HOUSEHOLD.c.slip_generation + 1, slip_uses=0)
        )

    def use_slip(self, village: int, household: HouseholdId) -> None:
        """Count one more phone bound by the household's slip."""
        self._connection.execute(
            update(HOUSEHOLD)
            .where(HOUSEHOLD.c.village == village, HOUSEHOLD.c.id == household)
            .values(slip_uses=HOUSEHOLD.c.slip_uses + 1)
        )


def _alike(known: Sequence[dict[str, Any]]) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """Group rows that name the same columns; each group is one statement."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for values in known:
        groups.setdefault(tuple(values), []).append(values)
    return groups


def _village(row: Row) -> Village:
    return Village(
        row["village"],
        row["town"],
        row["name"],
        row["closed_through"],
        row["is_sample"],
        row["created_at"],
    )


def _household(row: Row) -> Household:
    return Household(
        HouseholdId(row["id"]),
        row["group_no"],
        row["house_no"],
        row["head"],
        row["phone"],
        row["is_party"],
        row["star"],
        row["eligible_until"],
        row["slip_generation"],
        row["slip_uses"],
        row["eligible_since"],
        bool(row["consents_name"]),
        bool(row["consents_photo"]),
        row["anonymous_since"] is not None,
        row["registered"],
        row["resident"],
        row["joined_on"],
        row["remark"],
    )
