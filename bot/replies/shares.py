"""How a share of the households is said: in percent, and how far from its goal."""

from domain.participation import Share


def percent(share: Share) -> str:
    """Say a rate in percent with at most one decimal, rounded down: 71.4%, 80%."""
    units, tenth = divmod(share.permille, 10)
    return f"{units}.{tenth}%" if tenth else f"{units}%"


def rate(share: Share, goal: int) -> str:
    """Say a rate and how far it is from its goal; without anybody eligible there is none."""
    return f"{percent(share)},{_goal(share, goal)}" if share.eligible else "没有应参加的户"


def _goal(share: Share, goal: int) -> str:
    missing = share.missing_to(goal)
    return f"离{goal}%还差{missing}户" if missing else f"已到{goal}%"
