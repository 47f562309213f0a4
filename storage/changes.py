"""What changes on the roster (住户变更) as stored: the household now, and its history."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, literal, select, update

from domain.household_change import ChangeKind, HouseholdChange
from domain.membership import HouseholdId, PersonId
from storage.people import KINSHIP, PERSON
from storage.prepared import Row
from storage.statements import change, insert_once, rows, table_of
from storage.tables.changes import HouseholdChangeRow
from storage.tables.people import SlipRow
from storage.villages import HOUSEHOLD

CHANGE = table_of(HouseholdChangeRow)
SLIP = table_of(SlipRow)
PUBLICITY = ("name", "photo")
"""What a household may let be published, or not."""


class Changes:
    """The changes repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, village: int, line: HouseholdChange, *, at: datetime) -> None:
        """Add a line to a household's history."""
        values = {
            "village": village,
            "number": line.number,
            "kind": line.kind,
            "household": line.household,
            "other": line.other,
            "changed_on": line.changed_on,
            "noted_by": line.by,
            "noted_at": at,
            "reason": line.reason,
            "was": line.was,
        }
        assert insert_once(self._connection, CHANGE, values), line.number

    def history(
        self, village: int, household: HouseholdId | None = None, *, limit: int = 1_000
    ) -> tuple[HouseholdChange, ...]:
        """Return the history of one household, or of all, oldest first."""
        query = select(CHANGE).where(CHANGE.c.village == village)
        if household is not None:
            query = query.where((CHANGE.c.household == household) | (CHANGE.c.other == household))
        found = rows(self._connection, query.order_by(CHANGE.c.number).limit(limit))
        return tuple(_change(row) for row in found)

    def is_merged(self, village: int, household: HouseholdId) -> bool:
        """Return whether a household was merged into another one."""
        query = select(func.count()).where(
            CHANGE.c.village == village,
            CHANGE.c.household == household,
            CHANGE.c.kind == ChangeKind.MERGED,
        )
        return bool(self._connection.execute(query).scalar_one())

    def end(self, village: int, household: HouseholdId, *, on: date) -> None:
        """Let a household take part no longer from a day on; its slip binds nobody any more."""
        self._set(village, household, eligible_until=on)
        self._connection.execute(
            SLIP.delete().where(SLIP.c.village == village, SLIP.c.household == household)
        )

    def admit(
        self, village: int, *, group_no: int, house_no: str, head: str, since: date
    ) -> HouseholdId:
        """Store a new household, or let the one at the address take part again."""
        query = select(HOUSEHOLD.c.id).where(
            HOUSEHOLD.c.village == village,
            HOUSEHOLD.c.group_no == group_no,
            HOUSEHOLD.c.house_no == house_no,
        )
        known = self._connection.execute(query.limit(1)).scalar()
        if known is not None:
            again = HouseholdId(known)
            self._set(village, again, head=head, eligible_since=since, eligible_until=None)
            return again
        last = select(func.max(HOUSEHOLD.c.id)).where(HOUSEHOLD.c.village == village)
        number = (self._connection.execute(last).scalar() or 0) + 1
        self._connection.execute(
            HOUSEHOLD.insert().values(
                village=village,
                id=number,
                group_no=group_no,
                house_no=house_no,
                head=head,
                eligible_since=since,
            )
        )
        return HouseholdId(number)

    def rename_head(self, village: int, household: HouseholdId, head: str) -> None:
        """Write the new head's name; the old one stands in the history."""
        self._set(village, household, head=head)

    def people_of(
        self, village: int, household: HouseholdId, *, limit: int = 50
    ) -> tuple[tuple[PersonId, str], ...]:
        """Return the people of a household, id and name, by id."""
        query = (
            select(PERSON.c.id, PERSON.c.name)
            .where(PERSON.c.village == village, PERSON.c.household == household)
            .order_by(PERSON.c.id)
            .limit(limit)
        )
        return tuple((PersonId(i), name) for i, name in self._connection.execute(query))

    def move_people(self, village: int, old: HouseholdId, new: HouseholdId) -> int:
        """Let everybody of a household belong to another one; phones follow their people."""
        moved = self._connection.execute(
            update(PERSON)
            .where(PERSON.c.village == village, PERSON.c.household == old)
            .values(household=new)
        )
        return int(moved.rowcount)

    def inherit_kin(self, village: int, old: HouseholdId, new: HouseholdId) -> None:
        """Let who declared one household as relatives have declared the other as well."""
        columns = ("village", "person", "household", "declared_at")
        known = KINSHIP.alias()
        has_both = select(known.c.person).where(
            known.c.village == village,
            known.c.person == KINSHIP.c.person,
            known.c.household == new,
        )
        own = (
            select(KINSHIP.c.village, KINSHIP.c.person, literal(new), KINSHIP.c.declared_at)
            .where(KINSHIP.c.village == village, KINSHIP.c.household == old, ~has_both.exists())
            .limit(1_000)
        )
        self._connection.execute(insert(KINSHIP).from_select(columns, own))

    def publicity(
        self,
        village: int,
        household: HouseholdId,
        what: str,
        *,
        agrees: bool,
        by: PersonId,
        at: datetime,
    ) -> None:
        """Keep whether a household lets its name or its photos be published."""
        assert what in PUBLICITY, what
        values: dict[str, Any] = {
            f"consents_{what}": agrees,
            f"consents_{what}_by": by,
            f"consents_{what}_at": at,
        }
        if what == "name" and agrees:
            values["anonymous_since"] = None
        self._set(village, household, **values)

    def make_anonymous(self, village: int, household: HouseholdId, *, at: datetime) -> None:
        """Let a household be named in no publication to come, not even with a masked name."""
        self._set(village, household, anonymous_since=at)

    def _set(self, village: int, household: HouseholdId, **values: Any) -> None:
        key = {"village": village, "id": household}
        assert change(self._connection, HOUSEHOLD, key=key, values=values) == 1, household


def _change(row: Row) -> HouseholdChange:
    return HouseholdChange(
        number=row["number"],
        kind=ChangeKind(row["kind"]),
        household=HouseholdId(row["household"]),
        changed_on=row["changed_on"],
        reason=row["reason"],
        other=None if row["other"] is None else HouseholdId(row["other"]),
        was=row["was"],
        by=None if row["noted_by"] is None else PersonId(row["noted_by"]),
    )
