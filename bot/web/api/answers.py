"""What is answered: the shape of each body, as it is sent and as the document describes it."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from domain.town import Light, Why

Count = Annotated[int, Field(ge=0)]
PointsText = Annotated[
    str,
    Field(
        pattern=r"^-?[0-9]+(\.[1-9])?$",
        description="Points as an exact decimal with at most one place.",
        examples=["12.5"],
    ),
]
MonthText = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", examples=["2026-09"])]
YearNumber = Annotated[int, Field(ge=1, le=9999)]


class Answer(BaseModel):
    """A body, or a part of one."""

    model_config = ConfigDict(extra="forbid")


class Village(Answer):
    """A village."""

    id: Annotated[int, Field(ge=1)]
    name: str
    town: str
    since: Annotated[date, Field(description="The day on which its books were opened.")]
    closed_through: Annotated[
        YearNumber | None, Field(description="The last year that is closed; its sums are final.")
    ]


class VillagePage(Answer):
    """A page of villages, by number."""

    villages: list[Village]
    next: Annotated[
        str | None, Field(description="The cursor of the next page; null on the last one.")
    ]


class Town(Answer):
    """A town and how many villages it has."""

    name: str
    villages: Annotated[int, Field(ge=1)]


class TownList(Answer):
    """The towns within the bounds of the key, by name."""

    towns: list[Town]


class Figure(Answer):
    """A sum of points and how many households it goes over: those for whom it is not zero.

    Where only one or two households stand behind it, or where it would tell
    theirs by taking it from a larger sum, both are null and `suppressed` is true.
    """

    households: Count | None
    points: PointsText | None
    suppressed: bool


class Share(Answer):
    """How many eligible households take part: those with an award of the year that stands.

    `permille` is rounded down. What concerns only one or two households is null.
    """

    eligible: Count
    taking_part: Count | None
    permille: Annotated[int, Field(ge=0, le=1000)] | None
    goal_percent: Annotated[int, Field(ge=0, le=100)]
    reached: bool | None
    suppressed: bool


class Participation(Answer):
    """How many households of a village take part in a year, as of a day."""

    village: int
    year: YearNumber
    as_of: date
    every: Share
    stars: Annotated[Share, Field(description="Households with stars.")]
    party: Annotated[Share, Field(description="Households with a party member.")]


class CategoryTotals(Answer):
    """What was earned in a month under one category of the rulebook."""

    category: Annotated[
        str | None, Field(description="The category's letter; null where no item is named.")
    ]
    name: Annotated[str | None, Field(description="Its name in the village's rulebook.")]
    earned: Figure


class MonthTotals(Answer):
    """The sums of a month. `categories` is empty where `earned` is suppressed or zero."""

    month: MonthText
    confirmed: Annotated[bool, Field(description="Whether the committee has confirmed it.")]
    earned: Figure
    redeemed: Figure
    categories: list[CategoryTotals]


class Totals(Answer):
    """The sums of a village's year, and of its months.

    Acts count in their effective month; what a year's close ended is not redeemed.
    """

    village: int
    year: YearNumber
    closed: Annotated[bool, Field(description="Whether the year is closed; then nothing changes.")]
    earned: Figure
    redeemed: Figure
    months: list[MonthTotals]


class Step(Answer):
    """One step of a village: its light, why, which period, and how many days late."""

    light: Light
    why: Why
    period: str
    days_late: Count


class VillageSteps(Answer):
    """How a village stands with its steps."""

    village: Annotated[int, Field(ge=1)]
    name: str
    registering: Step
    reviewing: Step
    publishing: Step
    redeeming: Step
    every: Share
    stars: Share
    party: Share
    redeemed_on: date | None
    claims_waiting: Count
    objections_open: Count


class TownReport(Answer):
    """The steps of every village of a town, as of today in Asia/Shanghai."""

    town: str
    as_of: date
    villages: list[VillageSteps]
