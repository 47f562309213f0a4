"""Many villages as one (汇总): the sums that a town or a district looks at first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.participation import GOAL_PERCENT, Share
from domain.points import Points
from domain.town import Light, Step, VillageLine


class StepName(StrEnum):
    """The four steps of a village, in their order."""

    REGISTER = "register"
    REVIEW = "review"
    PUBLISH = "publish"
    REDEEM = "redeem"


@dataclass(frozen=True, slots=True)
class StepSum:
    """How many villages stand how with one step."""

    name: StepName
    green: int = 0
    yellow: int = 0
    red: int = 0
    grey: int = 0

    @property
    def every(self) -> int:
        """How many villages there are."""
        return self.green + self.yellow + self.red + self.grey


@dataclass(frozen=True, slots=True)
class TownSum:
    """Villages added up; ``reached`` have the goal of participation, ``fine`` all lights green."""

    villages: int
    every: Share
    stars: Share
    party: Share
    steps: tuple[StepSum, ...]
    reached: int
    fine: int
    waiting: int
    objections_open: int
    earned: Points
    redeemed: Points


def steps_of(line: VillageLine) -> tuple[tuple[StepName, Step], ...]:
    """Return the four steps of a village by name, in their order."""
    lights = (line.registering, line.reviewing, line.publishing, line.redeeming)
    return tuple(zip(StepName, lights, strict=True))


def town_sum(lines: Sequence[VillageLine]) -> TownSum:
    """Add up the lines of a report. No village at all has reached nothing and misses nothing."""
    registers = [line.figures.register for line in lines]
    return TownSum(
        villages=len(lines),
        every=_together(r.every for r in registers),
        stars=_together(r.stars for r in registers),
        party=_together(r.party for r in registers),
        steps=_steps(lines),
        reached=sum(r.every.reaches(GOAL_PERCENT) for r in registers),
        fine=sum(all(s.light is Light.GREEN for _, s in steps_of(line)) for line in lines),
        waiting=sum(line.figures.waiting for line in lines),
        objections_open=sum(line.figures.objections_open for line in lines),
        earned=Points(sum(r.earned for r in registers)),
        redeemed=Points(sum(r.redeemed for r in registers)),
    )


def _steps(lines: Iterable[VillageLine]) -> tuple[StepSum, ...]:
    counted = Counter((name, step.light) for line in lines for name, step in steps_of(line))
    return tuple(
        StepSum(
            name,
            counted[name, Light.GREEN],
            counted[name, Light.YELLOW],
            counted[name, Light.RED],
            counted[name, Light.GREY],
        )
        for name in StepName
    )


def _together(shares: Iterable[Share]) -> Share:
    found = tuple(shares)
    return Share(
        sum(one.eligible for one in found),
        sum(one.enrolled for one in found),
        sum(one.taking_part for one in found),
    )
