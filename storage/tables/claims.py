"""Tables of rulebook versions, claims, approvals and photos."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, Text
from sqlmodel import Field, SQLModel

from domain.claim import ClaimOrigin, ClaimState
from storage.tables.columns import known, of_village


class RulebookRow(SQLModel, table=True):
    """The text of a rulebook version as the village holds it; never changed once stored."""

    __tablename__ = "rulebook"

    village: int = Field(primary_key=True, foreign_key="village.village")
    version: str = Field(primary_key=True)
    body: str = Field(sa_type=Text)
    digest: str
    imported_at: datetime


class AdoptionRow(SQLModel, table=True):
    """The record that put a version in force from a day on."""

    __tablename__ = "adoption"
    __table_args__ = (
        ForeignKeyConstraint(["village", "version"], ["rulebook.village", "rulebook.version"]),
    )

    village: int = Field(primary_key=True, foreign_key="village.village")
    in_force_on: date = Field(primary_key=True)
    version: str
    meeting: str
    held_on: date
    present: int
    votes_for: int
    votes_against: int
    votes_women: int
    published_on: date
    published_at: str
    recorded_at: datetime


class CounterRow(SQLModel, table=True):
    """The last number given out, per village, kind and year."""

    __tablename__ = "counter"

    village: int = Field(primary_key=True, foreign_key="village.village")
    kind: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int = 0


class ClaimRow(SQLModel, table=True):
    """A claim as stored; points in tenths, quantity as a decimal's text."""

    __tablename__ = "claim"
    __table_args__ = (
        of_village("household", "household"),
        of_village("filed_by", "person"),
        known("state", ClaimState),
        known("origin", ClaimOrigin),
        CheckConstraint("(state = 'approved') = (points IS NOT NULL)", name="points_when_approved"),
        Index("ix_claim_household", "village", "household", "year", "number"),
        Index("ix_claim_state", "village", "state", "year", "number"),
        Index("ix_claim_message", "account", "message_id"),
    )

    village: int = Field(primary_key=True, foreign_key="village.village")
    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    household: int
    item: str
    category: str
    rulebook_version: str
    state: str
    origin: str
    quantity: str | None = None
    tier: str | None = None
    chosen: int | None = None
    expected: int | None = None
    points: int | None = None
    occurred_on: date
    effective_month: str
    place: str = ""
    reason: str = ""
    filed_by: int
    is_for_other: bool = False
    is_late: bool = False
    filed_at: datetime
    expires_at: datetime | None = None
    account: str
    room: str | None = None
    contact: str
    message_id: str
    adjustments: int = 0
    cancelled_at: datetime | None = None
    relayed_by: int | None = None


class ApprovalRow(SQLModel, table=True):
    """One person's standing approval of an amount; a person approves a claim once."""

    __tablename__ = "approval"
    __table_args__ = (
        ForeignKeyConstraint(
            ["village", "year", "number"], ["claim.village", "claim.year", "claim.number"]
        ),
        of_village("person", "person"),
        known("kind", ("award", "adjustment")),
    )

    village: int = Field(primary_key=True)
    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    person: int = Field(primary_key=True)
    points: int
    at: datetime


class ClaimEventRow(SQLModel, table=True):
    """The trail of a claim (审计): who did what, when, why; only added to."""

    __tablename__ = "claim_event"
    __table_args__ = (
        ForeignKeyConstraint(
            ["village", "year", "number"], ["claim.village", "claim.year", "claim.number"]
        ),
    )

    village: int = Field(primary_key=True)
    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    action: str
    person: int
    points: int | None = None
    reason: str = ""
    at: datetime


class EvidenceRow(SQLModel, table=True):
    """A stored photo: bytes lie under its SHA-256, EXIF removed."""

    __tablename__ = "evidence"

    village: int = Field(primary_key=True, foreign_key="village.village")
    sha256: str = Field(primary_key=True)
    source_sha256: str
    perceptual: int = Field(sa_type=BigInteger)
    media_type: str
    width: int
    height: int
    size: int
    kept_at: datetime


class ClaimPhotoRow(SQLModel, table=True):
    """A photo as evidence of a claim, in the order of arrival."""

    __tablename__ = "claim_photo"
    __table_args__ = (
        ForeignKeyConstraint(
            ["village", "year", "number"], ["claim.village", "claim.year", "claim.number"]
        ),
        ForeignKeyConstraint(["village", "sha256"], ["evidence.village", "evidence.sha256"]),
        Index("ix_claim_photo_sha256", "village", "sha256"),
        Index("ix_claim_photo_message", "account", "message_id"),
    )

    village: int = Field(primary_key=True)
    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    sha256: str = Field(primary_key=True)
    account: str
    message_id: str
    added_at: datetime


class LoosePhotoRow(SQLModel, table=True):
    """A photo message not yet part of a claim; forgotten after its pairing window."""

    __tablename__ = "loose_photo"
    __table_args__ = (Index("ix_loose_photo_person", "account", "room", "contact"),)

    account: str = Field(primary_key=True)
    message_id: str = Field(primary_key=True)
    room: str = ""
    contact: str
    sent_at: datetime
    sha256: str | None = None
