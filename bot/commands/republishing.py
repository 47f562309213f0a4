"""What changes after a publication (公示以后再改): shown again as widely, or refused once final."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.commands.case import Case
from bot.commands.errands import errand_of, leaving
from domain.claim import Claim
from domain.period import Quarter
from domain.publication import PublicationState
from domain.refusal import Refusal
from schedules.correction import correct_from
from storage.outbox import Draft


@dataclass(frozen=True, slots=True)
class Republished:
    """The corrected edition of a quarter is on its way to the villagers' rooms."""

    quarter: Quarter
    edition: int


class QuarterFinal(Refusal):
    """The claim counts in a quarter whose publication is final: its points stay."""

    def __init__(self, number: int, quarter: Quarter) -> None:
        super().__init__(f"{number} {quarter}")
        self.number = number
        self.quarter = quarter


class TooLateToCount(Refusal):
    """An act of a year that is over comes after its last quarter is final."""

    def __init__(self, quarter: Quarter) -> None:
        super().__init__(str(quarter))
        self.quarter = quarter


def check_counts(case: Case, quarter: Quarter) -> None:
    """Refuse to take in what can only be rejected: its quarter is final.

    Raises:
        TooLateToCount: Within a year a late act counts in the present quarter; across years not.

    """
    if _is_final(case, quarter):
        raise TooLateToCount(quarter)


def check_not_final(case: Case, claim: Claim) -> None:
    """Refuse to change the points of a claim whose quarter is final.

    Raises:
        QuarterFinal: Nobody objected to it in time, and everybody has read the result.

    """
    quarter = claim.effective_month.quarter
    if _is_final(case, quarter):
        raise QuarterFinal(claim.key.number, quarter)


def _is_final(case: Case, quarter: Quarter) -> bool:
    newest = case.books.publications.newest(case.home.id, quarter)
    return newest is not None and newest.state is PublicationState.FINAL


def republish(
    case: Case, quarters: Iterable[Quarter]
) -> tuple[tuple[Republished, ...], tuple[Draft, ...]]:
    """Follow every released edition that these quarters changed by a corrected one.

    Raises:
        NumberFound: As for every release.

    """
    shown: dict[Quarter, Republished] = {}
    drafts: list[Draft] = []
    for quarter in sorted(set(quarters)):
        for fresh, told in correct_from(errand_of(case), quarter):
            shown[fresh.quarter] = Republished(fresh.quarter, fresh.edition)
            drafts += told
    return tuple(shown.values()), leaving(case, tuple(drafts))
