"""Participation (参与率): how many of the eligible households take part, and who is not reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from domain.ledger import EntryKind, Posting
from domain.membership import HouseholdId

GOAL_PERCENT: Final = 80
"""Of all eligible households; star and party households are all to take part."""
FULL_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class Home:
    """One eligible household as participation counts it.

    ``is_enrolled``: a phone is bound. ``takes_part``: an award of the year
    stands, also one that the committee recorded; deductions alone do not count.
    """

    household: HouseholdId
    group_no: int
    is_star: bool
    is_party: bool
    is_enrolled: bool
    takes_part: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How many households are eligible, enrolled, taking part."""

    eligible: int = 0
    enrolled: int = 0
    taking_part: int = 0

    def plus(self, home: Home) -> "Share":
        """Return the counts with one more household."""
        return Share(
            self.eligible + 1,
            self.enrolled + home.is_enrolled,
            self.taking_part + home.takes_part,
        )

    @property
    def permille(self) -> int:
        """Taking part per thousand, rounded down: 799 of 1,000 is never shown as 80%."""
        return self.taking_part * 1000 // self.eligible if self.eligible else 0

    def reaches(self, percent: int) -> bool:
        """Return whether a goal is reached; where nobody is eligible nothing is reached."""
        return self.eligible > 0 and self.taking_part * 100 >= percent * self.eligible

    def missing_to(self, percent: int) -> int:
        """Return how many more households a goal takes."""
        needed = -(-percent * self.eligible // 100)
        return max(0, needed - self.taking_part)


@dataclass(frozen=True, slots=True)
class Participation:
    """A village's figures: all households, star and party households apart, by 村民小组."""

    every: Share
    stars: Share
    party: Share
    groups: tuple[tuple[int, Share], ...]


def participation(homes: Iterable[Home]) -> Participation:
    """Count the eligible households of a village.

    Source: plan section 5(6): star and party households all, of the whole 80%.

    """
    every, stars, party = Share(), Share(), Share()
    groups: dict[int, Share] = {}
    for home in homes:
        every = every.plus(home)
        stars = stars.plus(home) if home.is_star else stars
        party = party.plus(home) if home.is_party else party
        groups[home.group_no] = groups.get(home.group_no, Share()).plus(home)
    return Participation(every, stars, party, tuple(sorted(groups.items())))


def award_change(posting: Posting) -> int:
    """Return by how much an entry changes the number of awards that stand.

    An award counts one; an award taken back whole counts no longer. Deductions
    and what is done to them change nothing.
    """
    if posting.kind is EntryKind.AWARD:
        return 1
    is_taken_back = posting.kind is EntryKind.REVERSAL and posting.points < 0
    return -1 if is_taken_back else 0
