"""The ranking (排名): earned points of a period, equal points share a place."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from domain.membership import HouseholdId
from domain.points import Points


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a ranking; ``place`` is None for a barred household."""

    household: HouseholdId
    points: Points
    place: int | None


def rank(
    totals: Mapping[HouseholdId, Points], *, barred: AbstractSet[HouseholdId] = frozenset()
) -> tuple[Standing, ...]:
    """Order households by earned points.

    Equal points share a place and the next place is skipped (1, 2, 2, 4). A
    household under a bottom-line veto (底线) is listed last and takes no place,
    so barring one neighbour never changes the points of another.

    Args:
        totals: Tenths earned in the period, one item per household.
        barred: Households under a veto; each must be in ``totals``.

    Returns:
        One standing per household, best first; ties ordered by household id
        so that two runs over the same ledger print the same list.

    Source: plan section 3(4).

    """
    assert barred <= totals.keys(), barred - totals.keys()
    order = sorted((h for h in totals if h not in barred), key=lambda h: (-totals[h], h))
    standings: list[Standing] = []
    for position, household in enumerate(order, start=1):
        tied = standings and standings[-1].points == totals[household]
        place = standings[-1].place if tied else position
        standings.append(Standing(household, totals[household], place))
    vetoed = (Standing(h, totals[h], None) for h in sorted(barred))
    return (*standings, *vetoed)
