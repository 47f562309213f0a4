"""The bottom line (底线): what bars a household from a year's honours, and the way back."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet

from domain.authority import ConflictOfInterest
from domain.claim import Claim, ClaimKey
from domain.membership import HouseholdId, Person
from domain.refusal import Refusal

Bars = Mapping[HouseholdId, tuple[Claim, ...]]
"""Barred households, each with the claims that bar it, in the order of their numbers."""


class NoBar(Refusal):
    """The claim of this number bars nobody from the year's honours."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class LiftUnclear(Refusal):
    """Which act's veto is lifted, or for what reason, was not said; ``number`` if it was."""

    def __init__(self, number: int | None = None) -> None:
        super().__init__(str(number or ""))
        self.number = number


def bars(
    deductions: Iterable[Claim],
    *,
    has_veto: Callable[[Claim], bool],
    lifted: AbstractSet[ClaimKey] = frozenset(),
) -> Bars:
    """Return which households a year's deductions bar from that year's honours.

    A veto is for a person's act and holds for the year of the act; the points
    stay. A first reminder that was worth nothing bars nobody, and what two
    people have lifted bars no longer.

    Args:
        deductions: A year's approved deductions that took points, or would
            have if there had been any to take.
        has_veto: Whether the item of a claim bears a veto.
        lifted: Claims whose veto two people have lifted.

    Source: plan section 3(2) and 3(4); pitfalls, "the whole family punished".

    """
    found: dict[HouseholdId, tuple[Claim, ...]] = {}
    for claim in sorted(deductions, key=lambda one: one.key):
        if has_veto(claim) and claim.key not in lifted:
            found[claim.household] = (*found.get(claim.household, ()), claim)
    return found


def check_lift(person: Person, claim: Claim) -> None:
    """Refuse to lift a veto from one's own household or a relative's.

    Raises:
        ConflictOfInterest: ``reason`` is own or relative.

    """
    if person.household == claim.household:
        raise ConflictOfInterest(claim.key.number, "own")
    if claim.household in person.relatives:
        raise ConflictOfInterest(claim.key.number, "relative")
