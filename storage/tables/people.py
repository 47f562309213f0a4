"""Tables of the village: households, persons, bindings, roles, codes, rooms."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.membership import Role
from storage.tables.columns import known, of_village


class VillageRow(SQLModel, table=True):
    """A village of the town; ``closed_through`` is the last closed year, 0 for none."""

    __tablename__ = "village"
    __table_args__ = (UniqueConstraint("name"),)

    village: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    town: str
    name: str
    created_at: datetime
    closed_through: int = 0
    is_sample: bool = False


class HouseholdRow(SQLModel, table=True):
    """A household (户) as the roster keeps it."""

    __tablename__ = "household"
    __table_args__ = (
        UniqueConstraint("village", "group_no", "house_no"),
        Index("ix_household_eligible", "village", "eligible_until", "eligible_since"),
    )

    village: int = Field(primary_key=True, foreign_key="village.village")
    id: int = Field(primary_key=True)
    group_no: int
    house_no: str
    head: str
    phone: str = ""
    registered: int | None = None
    resident: int | None = None
    is_party: bool = False
    star: int = 0
    joined_on: date | None = None
    remark: str = ""
    eligible_since: date
    eligible_until: date | None = None
    slip_generation: int = 1
    slip_uses: int = 0
    consents_name: bool | None = None
    consents_name_by: int | None = None
    consents_name_at: datetime | None = None
    consents_photo: bool | None = None
    consents_photo_by: int | None = None
    consents_photo_at: datetime | None = None
    anonymous_since: datetime | None = None


class PersonRow(SQLModel, table=True):
    """A person known to the village; a member of a household, an official, or both."""

    __tablename__ = "person"
    __table_args__ = (of_village("household", "household"),)

    village: int = Field(primary_key=True, foreign_key="village.village")
    id: int = Field(primary_key=True)
    name: str
    household: int | None = None
    created_at: datetime
    consented_at: datetime | None = None


class BindingRow(SQLModel, table=True):
    """A contact of a platform bound to a person, from ``since`` until ``ended_at``."""

    __tablename__ = "binding"
    __table_args__ = (
        of_village("person", "person"),
        Index(
            "uq_binding_contact_current",
            "village",
            "account",
            "contact",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_binding_contact", "account", "contact"),
    )

    village: int = Field(primary_key=True, foreign_key="village.village")
    account: str = Field(primary_key=True)
    contact: str = Field(primary_key=True)
    since: datetime = Field(primary_key=True)
    person: int
    ended_at: datetime | None = None


class RoleRow(SQLModel, table=True):
    """A role that a person holds in the village."""

    __tablename__ = "role"
    __table_args__ = (of_village("person", "person"), known("role", Role))

    village: int = Field(primary_key=True, foreign_key="village.village")
    person: int = Field(primary_key=True)
    role: str = Field(primary_key=True)
    since: datetime


class KinshipRow(SQLModel, table=True):
    """A household that a person declared as relatives (亲属)."""

    __tablename__ = "kinship"
    __table_args__ = (of_village("person", "person"), of_village("household", "household"))

    village: int = Field(primary_key=True, foreign_key="village.village")
    person: int = Field(primary_key=True)
    household: int = Field(primary_key=True)
    declared_at: datetime


class InvitationRow(SQLModel, table=True):
    """A code for a role or a room; only its keyed digest is kept."""

    __tablename__ = "invitation"
    __table_args__ = (known("kind", ("role", "room")), Index("ix_invitation_digest", "digest"))

    village: int = Field(primary_key=True, foreign_key="village.village")
    digest: str = Field(primary_key=True)
    kind: str
    grants: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class SlipRow(SQLModel, table=True):
    """The keyed digest of a household's current slip code."""

    __tablename__ = "slip"
    __table_args__ = (of_village("household", "household"), Index("ix_slip_digest", "digest"))

    village: int = Field(primary_key=True, foreign_key="village.village")
    household: int = Field(primary_key=True)
    digest: str
    generation: int


class CodeTryRow(SQLModel, table=True):
    """Wrong codes of one contact within the current window."""

    __tablename__ = "code_try"

    account: str = Field(primary_key=True)
    contact: str = Field(primary_key=True)
    window_from: datetime
    wrong: int = 0


class BindRequestRow(SQLModel, table=True):
    """A person who asked to be bound by name; a committee member confirms."""

    __tablename__ = "bind_request"
    __table_args__ = (
        of_village("household", "household"),
        known("state", ("waiting", "confirmed", "refused")),
    )

    village: int = Field(primary_key=True, foreign_key="village.village")
    number: int = Field(primary_key=True)
    account: str
    contact: str
    name: str
    room: str | None = None
    household: int
    state: str = "waiting"
    asked_at: datetime
    decided_by: int | None = None


class RoomRow(SQLModel, table=True):
    """A room (群) of the village and what it is for; a room serves one village."""

    __tablename__ = "room"
    __table_args__ = (
        known("purpose", ("villagers", "committee")),
        UniqueConstraint("account", "room"),
    )

    village: int = Field(primary_key=True, foreign_key="village.village")
    account: str = Field(primary_key=True)
    room: str = Field(primary_key=True)
    purpose: str
    bound_at: datetime
    last_active_at: datetime | None = None
    name: str | None = None
