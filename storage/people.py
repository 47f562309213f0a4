"""Persons, bindings, roles, relatives and requests to be bound."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from domain.membership import HouseholdId, Person, PersonId, Role
from storage.prepared import Row
from storage.statements import first, insert_once, read, rows, table_of
from storage.tables.people import (
    BindingRow,
    BindRequestRow,
    KinshipRow,
    PersonRow,
    RoleRow,
)

PERSON = table_of(PersonRow)
BINDING = table_of(BindingRow)
ROLE = table_of(RoleRow)
KINSHIP = table_of(KinshipRow)
REQUEST = table_of(BindRequestRow)
CONTACTS_MAX = 100
_VILLAGES_OF = (
    select(BINDING.c.village)
    .where(
        BINDING.c.account == bindparam("account"),
        BINDING.c.contact == bindparam("contact"),
        BINDING.c.ended_at.is_(None),
    )
    .order_by(BINDING.c.since.desc())
    .limit(10)
)
_BOUND = (
    select(PERSON, ROLE.c.role)
    .join(BINDING, (BINDING.c.village == PERSON.c.village) & (BINDING.c.person == PERSON.c.id))
    .outerjoin(ROLE, (ROLE.c.village == PERSON.c.village) & (ROLE.c.person == PERSON.c.id))
    .where(
        BINDING.c.village == bindparam("village"),
        BINDING.c.account == bindparam("account"),
        BINDING.c.contact == bindparam("contact"),
        BINDING.c.ended_at.is_(None),
    )
    .limit(10)
)
"""The one person bound to a contact, a row for each role."""
_ROLES = (
    select(ROLE.c.role)
    .where(ROLE.c.village == bindparam("village"), ROLE.c.person == bindparam("person"))
    .limit(10)
)
_KIN = (
    select(KINSHIP.c.household)
    .where(KINSHIP.c.village == bindparam("village"), KINSHIP.c.person == bindparam("person"))
    .limit(200)
)


@dataclass(frozen=True, slots=True)
class Contact:
    """One address on a platform: the assistant's account and the person's id there."""

    account: str
    id: str


@dataclass(frozen=True, slots=True)
class BindRequest:
    """A request to be bound by name, waiting for the committee."""

    number: int
    contact: Contact
    name: str
    room: str | None
    household: HouseholdId
    state: str


class People:
    """The persons repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def villages_of(self, contact: Contact) -> tuple[int, ...]:
        """Return the villages the contact is bound in, the latest binding first."""
        who = {"account": contact.account, "contact": contact.id}
        return tuple(row["village"] for row in read(self._connection, _VILLAGES_OF, who))

    def bound(self, village: int, contact: Contact) -> Person | None:
        """Return the person behind a contact, with roles and relatives."""
        who = {"village": village, "account": contact.account, "contact": contact.id}
        found = read(self._connection, _BOUND, who)
        if not found:
            return None
        return self._person(found[0], frozenset(Role(r["role"]) for r in found if r["role"]))

    def get(self, village: int, person: PersonId) -> Person:
        """Return a person that exists."""
        row = first(self._connection, PERSON, village=village, id=person)
        assert row, f"no person {person} in village {village}"
        return self._whole(row)

    def find(self, village: int, person: int) -> Person | None:
        """Return a person, None when there is no such one."""
        row = first(self._connection, PERSON, village=village, id=person)
        return self._whole(row) if row else None

    def names(self, village: int, *, limit: int = 20_000) -> tuple[str, ...]:
        """Return the names of everybody known to the village."""
        query = select(PERSON.c.name).where(PERSON.c.village == village, PERSON.c.name != "")
        return tuple(self._connection.execute(query.distinct().limit(limit)).scalars())

    def _whole(self, row: Row) -> Person:
        who = {"village": row["village"], "person": row["id"]}
        return self._person(
            row, frozenset(Role(r["role"]) for r in read(self._connection, _ROLES, who))
        )

    def _person(self, row: Row, held: frozenset[Role]) -> Person:
        who = {"village": row["village"], "person": row["id"]}
        kin: frozenset[HouseholdId] = frozenset()
        if held:
            found = read(self._connection, _KIN, who)
            kin = frozenset(HouseholdId(r["household"]) for r in found)
        household = HouseholdId(row["household"]) if row["household"] is not None else None
        return Person(
            PersonId(row["id"]), row["name"], household, held, kin, bool(row["consented_at"])
        )

    def add(
        self, village: int, *, name: str, household: HouseholdId | None, at: datetime
    ) -> PersonId:
        """Store a new person and return the id."""
        last = select(func.max(PERSON.c.id)).where(PERSON.c.village == village)
        number = (self._connection.execute(last).scalar() or 0) + 1
        self._connection.execute(
            PERSON.insert().values(
                village=village, id=number, name=name, household=household, created_at=at
            )
        )
        return PersonId(number)

    def bind(self, village: int, contact: Contact, person: PersonId, *, at: datetime) -> None:
        """Bind a contact to a person, ending what it was bound to in this village."""
        self.unbind(village, contact, at=at)
        self._connection.execute(
            BINDING.insert().values(
                village=village,
                account=contact.account,
                contact=contact.id,
                since=at,
                person=person,
            )
        )

    def unbind(self, village: int, contact: Contact, *, at: datetime) -> bool:
        """End the contact's binding in the village; return whether there was one."""
        ended = self._connection.execute(
            update(BINDING)
            .where(
                BINDING.c.village == village,
                BINDING.c.account == contact.account,
                BINDING.c.contact == contact.id,
                BINDING.c.ended_at.is_(None),
            )
            .values(ended_at=at)
        )
        return ended.rowcount > 0

    def contacts_of(self, village: int, person: PersonId) -> tuple[Contact, ...]:
        """Return where a person can be reached, the latest binding first."""
        return self._contacts(village, BINDING.c.person == person)

    def of_household(self, village: int, household: HouseholdId) -> tuple[Contact, ...]:
        """Return the phones of a household, the latest binding first."""
        members = select(PERSON.c.id).where(
            PERSON.c.village == village, PERSON.c.household == household
        )
        return self._contacts(village, BINDING.c.person.in_(members))

    def _contacts(self, village: int, condition: object) -> tuple[Contact, ...]:
        query = (
            select(BINDING.c.account, BINDING.c.contact)
            .where(BINDING.c.village == village, BINDING.c.ended_at.is_(None), condition)  # type: ignore[arg-type]
            .order_by(BINDING.c.since.desc())
            .limit(CONTACTS_MAX)
        )
        return tuple(Contact(a, c) for a, c in self._connection.execute(query))

    def move(self, village: int, person: PersonId, household: HouseholdId | None) -> None:
        """Change the household a person belongs to."""
        self._connection.execute(
            update(PERSON)
            .where(PERSON.c.village == village, PERSON.c.id == person)
            .values(household=household)
        )

    def rename(self, village: int, person: PersonId, name: str) -> None:
        """Change the name a person goes by."""
        self._connection.execute(
            update(PERSON)
            .where(PERSON.c.village == village, PERSON.c.id == person)
            .values(name=name)
        )

    def consent(self, village: int, person: PersonId, *, at: datetime | None) -> None:
        """Keep when a person agreed to what is stored about them."""
        self._connection.execute(
            update(PERSON)
            .where(PERSON.c.village == village, PERSON.c.id == person)
            .values(consented_at=at)
        )

    def grant(self, village: int, person: PersonId, role: Role, *, at: datetime) -> None:
        """Give a person a role; giving it twice is giving it once."""
        values = {"village": village, "person": person, "role": role, "since": at}
        insert_once(self._connection, ROLE, values)

    def declare_kin(
        self, village: int, person: PersonId, household: HouseholdId, *, at: datetime
    ) -> None:
        """Keep a household as relatives of a person."""
        values = {
            "village": village,
            "person": person,
            "household": household,
            "declared_at": at,
        }
        insert_once(self._connection, KINSHIP, values)

    def holders(self, village: int, *roles: Role) -> tuple[PersonId, ...]:
        """Return the persons holding any of the roles, by id."""
        query = (
            select(ROLE.c.person)
            .where(ROLE.c.village == village, ROLE.c.role.in_(roles))
            .distinct()
            .order_by(ROLE.c.person)
            .limit(200)
        )
        return tuple(PersonId(p) for p in self._connection.execute(query).scalars())

    def ask(self, village: int, request: BindRequest, *, at: datetime) -> None:
        """Keep a request to be bound by name."""
        self._connection.execute(
            REQUEST.insert().values(
                village=village,
                number=request.number,
                account=request.contact.account,
                contact=request.contact.id,
                name=request.name,
                room=request.room,
                household=request.household,
                asked_at=at,
            )
        )

    def requests(self, village: int, *, limit: int = 20) -> tuple[BindRequest, ...]:
        """Return waiting requests, oldest first."""
        query = (
            select(REQUEST)
            .where(REQUEST.c.village == village, REQUEST.c.state == "waiting")
            .order_by(REQUEST.c.number)
            .limit(limit)
        )
        return tuple(_request(row) for row in rows(self._connection, query))

    def request(self, village: int, number: int) -> BindRequest | None:
        """Return one request by its number."""
        row = first(self._connection, REQUEST, village=village, number=number)
        return _request(row) if row else None

    def settle(self, village: int, number: int, *, state: str, by: PersonId) -> None:
        """Close a request as confirmed or refused."""
        self._connection.execute(
            update(REQUEST)
            .where(REQUEST.c.village == village, REQUEST.c.number == number)
            .values(state=state, decided_by=by)
        )


def _request(row: Row) -> BindRequest:
    return BindRequest(
        row["number"],
        Contact(row["account"], row["contact"]),
        row["name"],
        row["room"],
        HouseholdId(row["household"]),
        row["state"],
    )
