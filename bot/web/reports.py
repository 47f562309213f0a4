"""The files page (报表): what the committee takes away and prints, by a link of its own."""

import re
from typing import Final
from urllib.parse import quote

from aiohttp import web

from bot import links
from bot.web.auth import door, knock_of, turned_away, welcome
from bot.web.faults import Fault, sentence
from bot.web.gate import Act
from bot.web.guard import visitor_in
from bot.web.site import SITE, page
from domain.refusal import Refusal

EXCEL_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES: Final = {"xlsx": EXCEL_TYPE, "pdf": "application/pdf"}
YEAR: Final = re.compile(r"2\d{3}")


def add_routes(app: web.Application) -> None:
    """Add the way in by link, the page and its files."""
    app.router.add_get("/enter/report", link)
    app.router.add_post("/enter/report", enter_by_link)
    app.router.add_get("/report", files)
    app.router.add_get("/report/{year}/{name}.{ending:xlsx|pdf}", take)


async def link(request: web.Request) -> web.Response:
    """Show one button that opens the link, so that a preview does not use it up."""
    return door(request, name="report_link.html", token=request.query.get("token", ""))


async def enter_by_link(request: web.Request) -> web.Response:
    """Log in whom a link for the files was made for."""
    token = str((await request.post()).get("token", ""))
    try:
        cookie = await request.app[SITE].reception.enter_by_link(
            token, knock=knock_of(request), purpose=links.REPORT
        )
    except Refusal as refusal:
        return turned_away(request, refusal)
    if cookie is None:
        return door(request, status=422, problem=sentence(request, "link_wrong"))
    return await welcome(request, cookie, to="/report")


async def files(request: web.Request) -> web.Response:
    """Show which files there are; who may see them is asked again each time."""
    visitor = await visitor_in(request)
    shelf = await request.app[SITE].reports.shelf(visitor.contact)
    if shelf is None:
        raise Fault(403, "office_only")
    return page(request, "report.html", shelf=shelf)


async def take(request: web.Request) -> web.Response:
    """Write one file and hand it over; nothing of it stays on the server."""
    visitor = await visitor_in(request)
    year, name = request.match_info["year"], request.match_info["name"]
    reports = request.app[SITE].reports
    if await reports.shelf(visitor.contact) is None:
        raise Fault(403, "office_only")
    if not YEAR.fullmatch(year):
        raise Fault(404, "missing")
    request.app[SITE].gate.check(Act.PRINT, visitor.contact)
    found = await reports.file(visitor.contact, name, year=int(year))
    ending = request.match_info["ending"]
    if found is None or not found.name.endswith(f".{ending}"):
        raise Fault(404, "missing")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name)}"}
    return web.Response(body=found.content, content_type=TYPES[ending], headers=headers)
