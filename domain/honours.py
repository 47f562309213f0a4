"""Honours (评优): the year award for about the top 5%, candidates for a named honour."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from domain.membership import HouseholdId
from domain.points import Points
from domain.ranking import Standing, rank
from domain.refusal import Refusal

YEAR_AWARD: Final = "year"
"""The name under which the year award is kept; every other honour bears its own words."""
ONE_IN: Final = 20
"""The year award is for about one taking-part household in twenty (5%)."""
CANDIDATES_MAX: Final = 50
NAME_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class Honour:
    """An honour that a household has (荣誉); ``place`` and ``points`` as they stood then."""

    year: int
    name: str
    household: HouseholdId
    place: int | None
    points: Points
    note: str = ""


class HonourNameMissing(Refusal):
    """An honour is given under a name, and the name holds words."""


class HouseholdBarred(Refusal):
    """The household crossed a bottom line this year; ``numbers`` are the claims that say so."""

    def __init__(self, head: str, year: int, numbers: tuple[int, ...]) -> None:
        super().__init__(f"{year} {numbers}")
        self.head = head
        self.year = year
        self.numbers = numbers


def award_cut(sizes: Sequence[int], *, of: int) -> int:
    """Return how many households the year award goes to.

    The number nearest to 5% of those taking part that does not split a tie; of
    two equally near the smaller. Whoever shares the first place is always
    honoured: of 100 households with different points 5, of 8 households 1, and
    where six share the fifth place 4, because 10 lies further from 5.

    Args:
        sizes: How many households share each place, the best place first.
        of: How many households take part, barred ones as well.

    Source: plan section 3(4); decision record 0014.

    """
    best = total = 0
    for size in sizes:
        total += size
        if not best or abs(total * ONE_IN - of) < abs(best * ONE_IN - of):
            best = total
    return best


def year_award(
    totals: Mapping[HouseholdId, Points], *, barred: AbstractSet[HouseholdId] = frozenset()
) -> tuple[Standing, ...]:
    """Return who gets the year award, best first; nobody without points does.

    Args:
        totals: Tenths earned in the year by every household taking part.
        barred: Households under a veto; they keep their points.

    """
    placed = _placed(totals, barred)
    sizes = Counter(one.place for one in placed)
    return placed[: award_cut(list(sizes.values()), of=len(totals))]


def candidates(
    totals: Mapping[HouseholdId, Points],
    wanted: int,
    *,
    barred: AbstractSet[HouseholdId] = frozenset(),
) -> tuple[Standing, ...]:
    """Return the first ``wanted`` households by points, and all who tie with the last of them."""
    placed = _placed(totals, barred)
    if len(placed) <= wanted:
        return placed
    last = placed[wanted - 1].place
    assert last is not None, "only placed households stand here"
    return tuple(one for one in placed if one.place is not None and one.place <= last)


def _placed(
    totals: Mapping[HouseholdId, Points], barred: AbstractSet[HouseholdId]
) -> tuple[Standing, ...]:
    standings = rank(totals, barred=frozenset(barred & totals.keys()))
    return tuple(one for one in standings if one.place is not None and one.points > 0)
