"""Figures as they are told: sums and shares, with what is kept back left out."""

from bot.web.api import answers
from domain.disclosure import Cell, is_share_told
from domain.participation import FULL_PERCENT, GOAL_PERCENT, Share
from domain.points import show


def figure(cell: Cell | None) -> answers.Figure:
    """Return a sum; None is one that is kept back."""
    if cell is None:
        return answers.Figure(households=None, points=None, suppressed=True)
    return answers.Figure(households=cell.households, points=show(cell.points), suppressed=False)


def shares(every: Share, stars: Share, party: Share) -> dict[str, answers.Share]:
    """Return the shares of a village, each with its goal, by the names they are sent under."""
    return {
        "every": _share(every, every, goal=GOAL_PERCENT),
        "stars": _share(stars, every, goal=FULL_PERCENT),
        "party": _share(party, every, goal=FULL_PERCENT),
    }


def _share(part: Share, whole: Share, *, goal: int) -> answers.Share:
    is_told = is_share_told(part, whole)
    return answers.Share(
        eligible=part.eligible,
        taking_part=part.taking_part if is_told else None,
        permille=part.permille if is_told else None,
        goal_percent=goal,
        reached=part.reaches(goal) if is_told else None,
        suppressed=not is_told,
    )
