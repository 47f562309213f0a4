"""The operations of the interface, each declared once: routes and document are made from this."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.web.api import acts, answers
from bot.web.api.acts import Call
from bot.web.api.params import (
    NoParams,
    PageParams,
    Params,
    TotalsParams,
    TownParams,
    VillageParams,
    VillageYearParams,
)
from bot.web.api.problems import Code
from bot.web.api.totals import totals
from domain.api_key import Scope

ALWAYS: Final = (
    Code.KEY_MISSING,
    Code.KEY_WRONG,
    Code.KEY_EXPIRED,
    Code.KEY_REVOKED,
    Code.SCOPE_MISSING,
    Code.PARAMETER_INVALID,
    Code.REQUEST_UNREADABLE,
    Code.TOO_MANY_REQUESTS,
    Code.TOO_MANY_WRONG_KEYS,
    Code.INTERNAL,
)
"""What every operation may answer instead."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to ask: where, with which parameters, by which scope, and what is answered.

    ``problems`` are those that only some operations have; ``act`` is a plain
    function of an open call and the parameters that were read.
    """

    name: str
    path: str
    summary: str
    scope: Scope
    params: type[Params]
    answer: type[answers.Answer]
    act: Callable[[Call, Any], answers.Answer]
    problems: tuple[Code, ...] = ()


OPERATIONS: Final = (
    Operation(
        "listTowns",
        "/towns",
        "The towns within the bounds of the key.",
        Scope.VILLAGES,
        NoParams,
        answers.TownList,
        acts.towns,
    ),
    Operation(
        "townReport",
        "/towns/{town}/report",
        "How each village of a town stands with its four steps, today.",
        Scope.REPORT,
        TownParams,
        answers.TownReport,
        acts.report,
        (Code.NOT_FOUND,),
    ),
    Operation(
        "listVillages",
        "/villages",
        "The villages within the bounds of the key, by number, page by page.",
        Scope.VILLAGES,
        PageParams,
        answers.VillagePage,
        acts.villages,
    ),
    Operation(
        "getVillage",
        "/villages/{village}",
        "One village.",
        Scope.VILLAGES,
        VillageParams,
        answers.Village,
        acts.village,
        (Code.NOT_FOUND,),
    ),
    Operation(
        "villageParticipation",
        "/villages/{village}/participation",
        "How many households of a village take part in a year.",
        Scope.PARTICIPATION,
        VillageYearParams,
        answers.Participation,
        acts.taking_part,
        (Code.NOT_FOUND, Code.PERIOD_UNKNOWN),
    ),
    Operation(
        "villageTotals",
        "/villages/{village}/totals",
        "Points earned and redeemed in a village's year, by month and category.",
        Scope.TOTALS,
        TotalsParams,
        answers.Totals,
        totals,
        (Code.NOT_FOUND, Code.PERIOD_UNKNOWN),
    ),
)
