"""Tables of redemption: rounds, their catalogues, and reservations that become vouchers."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.redemption import RedemptionState
from domain.redemption_round import RoundState
from storage.tables.columns import known, of_village


class RedemptionRoundRow(SQLModel, table=True):
    """A round (兑换批次); the budget is in cents."""

    __tablename__ = "redemption_round"
    __table_args__ = (known("state", RoundState), CheckConstraint("budget > 0", name="has_budget"))

    village: int = Field(primary_key=True, foreign_key="village.village")
    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    state: str
    name: str
    opens_on: date
    closes_on: date
    collect_from: date
    collect_until: date
    hours: str
    place: str
    budget: int = Field(sa_type=BigInteger)
    needs_photo: bool = False
    planned_by: int | None = None
    planned_at: datetime


class RedemptionGoodRow(SQLModel, table=True):
    """A line of a round's catalogue; ``taken`` never passes the stock, whoever races."""

    __tablename__ = "redemption_good"
    __table_args__ = (
        ForeignKeyConstraint(
            ["village", "year", "round"],
            ["redemption_round.village", "redemption_round.year", "redemption_round.number"],
        ),
        CheckConstraint("taken BETWEEN 0 AND stock", name="taken_within_stock"),
        CheckConstraint("price > 0", name="priced"),
    )

    village: int = Field(primary_key=True)
    year: int = Field(primary_key=True)
    round: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    name: str
    unit: str
    price: int
    stock: int
    most: int | None = None
    cost: int = Field(sa_type=BigInteger)
    taken: int = 0


class RedemptionRow(SQLModel, table=True):
    """A reservation and what became of it; the code is kept as a keyed digest alone."""

    __tablename__ = "redemption"
    __table_args__ = (
        ForeignKeyConstraint(
            ["village", "year", "round", "good"],
            [
                "redemption_good.village",
                "redemption_good.year",
                "redemption_good.round",
                "redemption_good.number",
            ],
        ),
        ForeignKeyConstraint(["village", "photo"], ["evidence.village", "evidence.sha256"]),
        of_village("household", "household"),
        of_village("reserved_by", "person"),
        known("state", RedemptionState),
        CheckConstraint("quantity > 0", name="counted"),
        UniqueConstraint("village", "code_digest"),
        Index("ix_redemption_household", "village", "household", "year", "number"),
        Index("ix_redemption_round", "village", "year", "round", "state", "number"),
        Index("ix_redemption_photo", "village", "photo"),
    )

    village: int = Field(primary_key=True, foreign_key="village.village")
    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    round: int
    good: int
    household: int
    quantity: int
    points: int
    state: str
    code_digest: str
    reserved_by: int
    reserved_at: datetime
    settled_by: int | None = None
    settled_at: datetime | None = None
    photo: str | None = None
