"""What may be asked: the parameters of each operation, read strictly and told to the document."""

import re
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.web.api.problems import Code, InvalidParameter, Problem

_WHOLE: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})")
TOWN_PATTERN: Final = r"^[^\x00-\x1f/.][^\x00-\x1f/]*$"
CURSOR_PATTERN: Final = r"^v[1-9][0-9]{0,8}$"
NUMBER_MAX: Final = 2_147_483_647
YEARS: Final = (2000, 2100)
LIMIT: Final = 50
LIMIT_MAX: Final = 200


def _whole(value: Any) -> Any:
    """Read a number written in digits alone; 1.0, 007 and 1e3 are none."""
    if isinstance(value, str) and not _WHOLE.fullmatch(value):
        raise ValueError("is not a whole number")
    return value


_WRITTEN: Final = BeforeValidator(_whole)
VillageNumber = Annotated[
    int,
    Field(ge=1, le=NUMBER_MAX, description="The village's number, as in `/villages`."),
    _WRITTEN,
]
Town = Annotated[
    str,
    Field(
        pattern=TOWN_PATTERN,
        max_length=100,
        description="The town's name, percent-encoded UTF-8.",
    ),
]
Year = Annotated[
    int,
    Field(
        ge=YEARS[0],
        le=YEARS[1],
        description="A calendar year in Asia/Shanghai; the present one when left out.",
    ),
    _WRITTEN,
]
MonthNumber = Annotated[
    int,
    Field(ge=1, le=12, description="One month of the year; all that have begun when left out."),
    _WRITTEN,
]


class Params(BaseModel):
    """The parameters of an operation; one that is not named here is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoParams(Params):
    """Nothing is asked."""


class PageParams(Params):
    """Which page of the villages."""

    limit: Annotated[int, Field(ge=1, le=LIMIT_MAX, description="Villages a page."), _WRITTEN] = (
        LIMIT
    )
    cursor: Annotated[
        str | None,
        Field(pattern=CURSOR_PATTERN, description="`next` of the page before, as it was."),
    ] = None
    town: Annotated[Town | None, Field(description="Only the villages of this town.")] = None


class VillageParams(Params):
    """One village."""

    village: VillageNumber


class VillageYearParams(VillageParams):
    """One village in one year."""

    year: Year | None = None


class TotalsParams(VillageYearParams):
    """One village in one year, or one month of it."""

    month: MonthNumber | None = None


class TownParams(Params):
    """One town."""

    town: Town


def read_params(kind: type[Params], given: list[tuple[str, str]]) -> Params:
    """Read the parameters of a request.

    Raises:
        Problem: One is unknown, stands twice, is missing or not valid; each is named.
    """
    names = [name for name, _ in given]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        wrong = (InvalidParameter(parameter=name, reason="stands twice") for name in twice)
        raise Problem(Code.PARAMETER_INVALID, errors=tuple(wrong))
    try:
        return kind.model_validate(dict(given))
    except ValidationError as failure:
        raise Problem(Code.PARAMETER_INVALID, errors=_errors(failure)) from None


def _errors(failure: ValidationError) -> tuple[InvalidParameter, ...]:
    return tuple(
        InvalidParameter(parameter=str(error["loc"][0]), reason=error["msg"])
        for error in failure.errors(include_url=False, include_input=False, include_context=False)
    )
