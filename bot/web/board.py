"""The notice board (公示栏): open to whoever has its address, without script, without a login."""

import re
from typing import Final, TypeVar

from aiohttp import web

from bot.web.faults import Fault
from bot.web.site import SITE, page
from domain.period import parse_quarter

T = TypeVar("T")
EDITION: Final = re.compile(r"(\d{4}-Q[1-4])(?:-([1-9]\d{0,2}))?", re.ASCII)
NUMBER: Final = re.compile(r"[1-9]\d{0,3}", re.ASCII)
UNLISTED: Final = {"X-Robots-Tag": "noindex, nofollow"}


def add_routes(app: web.Application) -> None:
    """Add the board's front, its rules and its editions."""
    app.router.add_get("/v/{village}", front)
    app.router.add_get("/v/{village}/rules", rules)
    app.router.add_get("/v/{village}/{edition}", listed)


async def front(request: web.Request) -> web.Response:
    """Show what is in force and what comes next."""
    name = request.match_info["village"]
    sheet = _there(await request.app[SITE].board.front(name))
    return _hung(page(request, "board.html", sheet=sheet, board=f"/v/{name}"))


async def rules(request: web.Request) -> web.Response:
    """Show the rules with what each gives, and how it is said."""
    name = request.match_info["village"]
    sheet = _there(await request.app[SITE].board.rules(name))
    return _hung(page(request, "board_rules.html", sheet=sheet, board=f"/v/{name}"))


async def listed(request: web.Request) -> web.Response:
    """Show a page of an edition, of one group where ``group`` names it."""
    name = request.match_info["village"]
    found = EDITION.fullmatch(request.match_info["edition"])
    group, number = _number(request, "group"), _number(request, "page")
    if found is None:
        raise Fault(404, "missing")
    sheet = await request.app[SITE].board.listed(
        name,
        parse_quarter(found[1]),
        number=int(found[2]) if found[2] else None,
        group=group,
        page=number or 1,
    )
    return _hung(page(request, "board_list.html", sheet=_there(sheet), board=f"/v/{name}"))


def _number(request: web.Request, field: str) -> int | None:
    """Return a number of the address; None where it is left out.

    Raises:
        Fault: It is no number.
    """
    text = request.query.get(field, "")
    if text and not NUMBER.fullmatch(text):
        raise Fault(404, "missing")
    return int(text) if text else None


def _there(sheet: T | None) -> T:
    if sheet is None:
        raise Fault(404, "missing")
    return sheet


def _hung(response: web.Response) -> web.Response:
    response.headers.update(UNLISTED)
    return response
