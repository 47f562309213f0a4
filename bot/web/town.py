"""The screens of town and district (一屏观天下): figures, live, for officers alone."""

from contextlib import aclosing
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web

from bot import links
from bot.replies import town as words
from bot.replies.phrases import clock
from bot.web.auth import door, knock_of, turned_away, welcome
from bot.web.charts import parts
from bot.web.faults import Fault, sentence
from bot.web.frame import framed, visitor_at
from bot.web.guard import visitor_in, visitor_of
from bot.web.ports import Visitor
from bot.web.site import SITE, page
from bot.web.town_charts import month_chart, rate_chart, shares_of
from bot.web.town_place import Place, first_place
from bot.web.town_sheet import DistrictSheet, MonthSum, Sheet, TownSheet, VillageSheet
from domain.officer import Officer
from domain.participation import Share
from domain.period import Month, village_day
from domain.refusal import Refusal
from domain.town_sum import steps_of

STREAM: Final = {"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
CHANGE: Final = b"event: change\ndata: %s\n\n"
GONE: Final = b"event: gone\ndata:\n\n"
ALIVE: Final = b":\n\n"


def add_routes(app: web.Application) -> None:
    """Add the screens and their stream."""
    app.router.add_get("/enter/town", link)
    app.router.add_post("/enter/town", enter_by_link)
    app.router.add_get("/town", first)
    app.router.add_get("/district", first)
    app.router.add_get("/town/live", live)
    app.router.add_get("/town/of/{town}", of_town)
    app.router.add_get("/town/{village:[1-9][0-9]{0,8}}", of_village)


async def link(request: web.Request) -> web.Response:
    """Show one button that opens the link, so that a preview does not use it up."""
    return door(request, name="town_link.html", token=request.query.get("token", ""))


async def enter_by_link(request: web.Request) -> web.Response:
    """Log in the officer a link was made for."""
    token = str((await request.post()).get("token", ""))
    try:
        cookie = await request.app[SITE].reception.enter_by_link(
            token, knock=knock_of(request), purpose=links.TOWN
        )
    except Refusal as refusal:
        return turned_away(request, refusal)
    if cookie is None:
        return door(request, status=422, problem=sentence(request, "link_wrong"))
    return await welcome(request, cookie, to="/town")


async def first(request: web.Request) -> web.Response:
    """Show an officer what lies under them: the town, or the district with its towns."""
    return await _screen(request, None)


async def of_town(request: web.Request) -> web.Response:
    """Show a town of the district."""
    return await _screen(request, Place(request.match_info["town"]))


async def of_village(request: web.Request) -> web.Response:
    """Show one village; figures, no names."""
    return await _screen(request, Place(village=int(request.match_info["village"])))


async def _screen(request: web.Request, place: Place | None) -> web.Response:
    """Show a place; with ``part`` only its figures, with ``wall`` for a large dark screen."""
    is_part = "part" in request.query
    visitor = await (visitor_in(request) if is_part else visitor_at(request))
    officer = _officer(visitor)
    at = place or first_place(officer)
    sheet = await request.app[SITE].figures.sheet(officer, at)
    if sheet is None:
        raise Fault(404, "not_yours")
    values = _values(sheet, officer, at)
    values["is_wall"] = values["has_wall"] and "wall" in request.query
    if is_part:
        return page(request, values["figures"], **values)
    return framed(request, "town.html", visitor, here=request.path, said=(), **values)


def _values(sheet: Sheet, officer: Officer, place: Place) -> dict[str, Any]:
    trends = sheet.trends
    return {
        "sheet": sheet,
        "officer": officer,
        "figures": _figures(sheet),
        "has_wall": not isinstance(sheet, VillageSheet),
        "heading": _heading(sheet),
        "words": words,
        "steps_of": steps_of,
        "months": month_chart(trends.months),
        "shares": (shares := shares_of(trends.quarters, _every(sheet))),
        "rates": rate_chart(shares),
        "confirmed_in": lambda one: _confirmed_in(sheet, one),
        "confirmed_on": lambda month: _confirmed_on(sheet, month),
        "is_late": lambda month: _is_late(sheet, month),
        "clock": clock,
        "day_of": village_day,
        "parts": parts,
        "live": f"/town/live?town={quote(place.town)}&village={place.village}",
        "of": lambda town: f"/town/of/{quote(town)}",
    }


def _confirmed_in(sheet: Sheet, one: MonthSum) -> str:
    if isinstance(sheet, VillageSheet):
        return _confirmed_on(sheet, one.month)
    return words.villages(one.confirmed)


def _confirmed_on(sheet: Sheet, month: Month) -> str:
    at = sheet.confirmed.get(month) if isinstance(sheet, VillageSheet) else None
    if at is None and _is_before(sheet, month):
        return words.BEFORE
    return words.confirmed(at, is_over=month.end <= sheet.as_of)


def _is_before(sheet: Sheet, month: Month) -> bool:
    """Whether a month was over before the village began."""
    return isinstance(sheet, VillageSheet) and month.end <= sheet.line.figures.since


def _is_late(sheet: Sheet, month: Month) -> bool:
    is_open = isinstance(sheet, VillageSheet) and month not in sheet.confirmed
    return is_open and month.end <= sheet.as_of and not _is_before(sheet, month)


def _figures(sheet: Sheet) -> str:
    if isinstance(sheet, TownSheet):
        return "_town.html"
    return "_district.html" if isinstance(sheet, DistrictSheet) else "_village.html"


def _heading(sheet: Sheet) -> str:
    return sheet.area if isinstance(sheet, TownSheet | DistrictSheet) else sheet.village.name


def _every(sheet: Sheet) -> Share:
    if isinstance(sheet, TownSheet | DistrictSheet):
        return sheet.sums.every
    return sheet.line.figures.register.every


def _officer(visitor: Visitor) -> Officer:
    if visitor.office is None:
        raise Fault(403, "not_officer")
    return visitor.office


async def live(request: web.Request) -> web.StreamResponse:
    """Tell an open screen of every change; who looks is asked anew each time.

    Only the name of the new state goes out: the figures are fetched like any page.
    """
    visitor = await visitor_in(request)
    officer = _officer(visitor)
    place = _place(request) or first_place(officer)
    figures = request.app[SITE].figures
    if await figures.sheet(officer, place) is None:
        raise Fault(404, "not_yours")
    response = web.StreamResponse(headers=STREAM)
    await response.prepare(request)
    async with aclosing(figures.changes(officer, place)) as changes:
        try:
            async for stamp in changes:
                if not await _still(request, officer):
                    await response.write(GONE)
                    break
                await response.write(CHANGE % stamp.encode() if stamp else ALIVE)
        except ConnectionError:
            pass
    return response


def _place(request: web.Request) -> Place | None:
    village = request.query.get("village", "0")
    if not village.isascii() or not village.isdigit() or len(village) > len("999999999"):
        raise Fault(404, "missing")
    place = Place(request.query.get("town", ""), int(village))
    return place if place.town or place.village else None


async def _still(request: web.Request, officer: Officer) -> bool:
    """Tell whether the session is still open, and the officer still sees the same."""
    visitor = await visitor_of(request)
    return visitor is not None and visitor.office == officer
