"""The figures behind ``jifen participation`` and ``jifen town report``."""

from datetime import date
from typing import Any

from bot.cli.office import office, village_named
from bot.replies import people_cli as words
from domain.participation import FULL_PERCENT, GOAL_PERCENT, Share, participation
from domain.points import show
from domain.town import Step, VillageLine
from schedules.town import BookSteps, town_report


def participation_of(village: str, as_of: date | None) -> tuple[dict[str, Any], list[str]]:
    """Return a village's figures as ``--json`` tells them, and the lines for people."""
    with office() as desk, desk.reading() as books:
        found = village_named(books, village)
        day = as_of or desk.today
        figures = participation(books.participations.homes(found.id, day))
    apart = [
        (words.EVERY, figures.every, GOAL_PERCENT),
        (words.STARS, figures.stars, FULL_PERCENT),
        (words.PARTY, figures.party, FULL_PERCENT),
    ]
    groups = [(words.GROUP.format(group=n), share, GOAL_PERCENT) for n, share in figures.groups]
    told = {
        "village": found.name,
        "as_of": day.isoformat(),
        "year": day.year,
        "goal": GOAL_PERCENT,
        "every": _share(figures.every, GOAL_PERCENT),
        "stars": _share(figures.stars, FULL_PERCENT),
        "party": _share(figures.party, FULL_PERCENT),
        "groups": [{"group": n, **_share(share, GOAL_PERCENT)} for n, share in figures.groups],
    }
    return told, [words.participation_line(*line) for line in (*apart, *groups)]


def _share(share: Share, goal: int) -> dict[str, Any]:
    return {
        "eligible": share.eligible,
        "enrolled": share.enrolled,
        "taking_part": share.taking_part,
        "permille": share.permille,
        "reached": share.reaches(goal),
        "missing": share.missing_to(goal),
    }


def report_of(as_of: date | None, town: str | None) -> tuple[date, tuple[VillageLine, ...]]:
    """Return the day and a line for each village."""
    with office() as desk, desk.reading() as books:
        day = as_of or desk.today
        return day, town_report(BookSteps(books, desk.today), day, town=town)


def flat(line: VillageLine, as_of: date) -> dict[str, Any]:
    """Return a village's line as one flat row; its keys are those of ``words.COLUMNS``."""
    figures = line.figures
    register = figures.register
    redeemed_on = figures.redeemed_on
    return {
        "town": figures.town,
        "village": figures.village,
        "as_of": as_of.isoformat(),
        "eligible": register.every.eligible,
        "taking_part": register.every.taking_part,
        "permille": register.every.permille,
        "goal_reached": register.every.reaches(GOAL_PERCENT),
        "stars_eligible": register.stars.eligible,
        "stars_taking_part": register.stars.taking_part,
        "party_eligible": register.party.eligible,
        "party_taking_part": register.party.taking_part,
        **_step("register", line.registering),
        **_step("review", line.reviewing),
        **_step("publish", line.publishing),
        **_step("redeem", line.redeeming),
        "redeemed_on": redeemed_on.isoformat() if redeemed_on else None,
        "claims_waiting": figures.waiting,
        "objections_open": figures.objections_open,
        "points_earned": show(register.earned),
        "points_redeemed": show(register.redeemed),
    }


def _step(name: str, step: Step) -> dict[str, Any]:
    return {
        f"{name}_light": step.light.value,
        f"{name}_why": words.WHY[step.why],
        f"{name}_period": step.period,
        f"{name}_days_late": step.days_late,
    }
