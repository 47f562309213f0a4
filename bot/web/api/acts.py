"""How each answer is made: plain functions of the books, from totals, naming no person."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.web.api import answers
from bot.web.api.figures import shares
from bot.web.api.params import NoParams, PageParams, TownParams, VillageParams, VillageYearParams
from bot.web.api.problems import Code, Problem
from domain.api_key import ApiKey
from domain.participation import participation
from domain.period import village_day
from domain.rulebook import Rulebook
from domain.town import Step, VillageLine
from schedules.town import BookSteps, town_report
from storage.unit_of_work import Books
from storage.villages import Village


class Shelf(Protocol):
    """Where the villages' rulebooks stand."""

    def in_force(self, books: Books, village: int, day: date) -> Rulebook:
        """Return the rulebook of a village on a day.

        Raises:
            RulebookMissing: None was adopted for that day.
        """


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was let in: the open books, the key, the village day."""

    books: Books
    key: ApiKey
    today: date
    shelf: Shelf

    def village(self, number: int) -> Village:
        """Return a real village within the bounds of the key.

        Raises:
            Problem: There is none; whether another town has it is not told.
        """
        found = self.books.villages.page(self.key.town, after=number - 1, limit=1)
        if not found or found[0].id != number:
            raise Problem(Code.NOT_FOUND, "No such village within the bounds of the key.")
        return found[0]

    def year(self, asked: int | None) -> int:
        """Return the year that is asked about.

        Raises:
            Problem: It has not begun.
        """
        year = asked or self.today.year
        if year > self.today.year:
            raise Problem(Code.PERIOD_UNKNOWN)
        return year


def towns(call: Call, _: NoParams) -> answers.TownList:
    """Return the towns by name."""
    counts: dict[str, int] = {}
    for village in BookSteps(call.books, call.today).villages():
        if call.key.reads(village.town):
            counts[village.town] = counts.get(village.town, 0) + 1
    listed = [answers.Town(name=name, villages=counts[name]) for name in sorted(counts)]
    return answers.TownList(towns=listed)


def villages(call: Call, params: PageParams) -> answers.VillagePage:
    """Return a page of villages; one more is read, to know whether another page follows."""
    town = params.town or call.key.town
    if town is not None and not call.key.reads(town):
        return answers.VillagePage(villages=[], next=None)
    after = int(params.cursor[1:]) if params.cursor else 0
    found = call.books.villages.page(town, after=after, limit=params.limit + 1)
    page = found[: params.limit]
    is_last = len(found) == len(page)
    return answers.VillagePage(
        villages=[_village(one) for one in page], next=None if is_last else f"v{page[-1].id}"
    )


def village(call: Call, params: VillageParams) -> answers.Village:
    """Return one village."""
    return _village(call.village(params.village))


def _village(one: Village) -> answers.Village:
    return answers.Village(
        id=one.id,
        name=one.name,
        town=one.town,
        since=village_day(one.created_at),
        closed_through=one.closed_through or None,
    )


def taking_part(call: Call, params: VillageYearParams) -> answers.Participation:
    """Return who takes part in a year: today, or on the last day of a year that is over."""
    found, year = call.village(params.village), call.year(params.year)
    as_of = min(call.today, date(year, 12, 31))
    counted = participation(call.books.participations.homes(found.id, as_of))
    return answers.Participation(
        village=found.id,
        year=year,
        as_of=as_of,
        **shares(counted.every, counted.stars, counted.party),
    )


def report(call: Call, params: TownParams) -> answers.TownReport:
    """Return how every village of a town stands with its steps.

    Raises:
        Problem: The town has no village, or the key does not read it.
    """
    steps = BookSteps(call.books, call.today)
    ids = {one.name: one.id for one in steps.villages() if one.town == params.town}
    if not ids or not call.key.reads(params.town):
        raise Problem(Code.NOT_FOUND, "No such town within the bounds of the key.")
    lines = town_report(steps, call.today, town=params.town)
    listed = [_steps(ids[line.figures.village], line) for line in lines]
    return answers.TownReport(town=params.town, as_of=call.today, villages=listed)


def _steps(number: int, line: VillageLine) -> answers.VillageSteps:
    figures = line.figures
    register = figures.register
    return answers.VillageSteps(
        village=number,
        name=figures.village,
        registering=_step(line.registering),
        reviewing=_step(line.reviewing),
        publishing=_step(line.publishing),
        redeeming=_step(line.redeeming),
        redeemed_on=figures.redeemed_on,
        claims_waiting=figures.waiting,
        objections_open=figures.objections_open,
        **shares(register.every, register.stars, register.party),
    )


def _step(step: Step) -> answers.Step:
    return answers.Step(
        light=step.light, why=step.why, period=step.period, days_late=step.days_late
    )
