"""In and out (登录): by slip code, by signed link, as a sample person."""

from typing import Final

from aiohttp import web

from bot.replies.results import refused
from bot.web.faults import Fault, sentence
from bot.web.frame import first_page
from bot.web.gate import Act
from bot.web.guard import (
    cookie_of,
    csrf_token,
    guest_of,
    keep_guest,
    keep_known,
    keep_session,
    known_of,
    session_cookie,
)
from bot.web.peers import peer_of
from bot.web.ports import Knock
from bot.web.site import SITE, page
from domain.membership import CodeTriesExceeded
from domain.refusal import Refusal

CODE_MAX: Final = 40


def add_routes(app: web.Application) -> None:
    """Add the ways in and out."""
    app.router.add_get("/enter", enter)
    app.router.add_get("/enter/link", link)
    app.router.add_post("/enter/link", enter_by_link)
    app.router.add_post("/enter/code", enter_by_code)
    app.router.add_post("/enter/play", play)
    app.router.add_post("/leave", leave)


async def enter(request: web.Request) -> web.Response:
    """Show the ways in; the QR code of a slip brings its code along."""
    return door(request, code=request.query.get("code", "")[:CODE_MAX])


async def link(request: web.Request) -> web.Response:
    """Show one button that opens the link, so that a preview does not use it up."""
    token = request.query.get("token", "")
    return door(request, name="link.html", token=token)


async def enter_by_link(request: web.Request) -> web.Response:
    """Log in whom a signed link was made for."""
    token = str((await request.post()).get("token", ""))
    try:
        cookie = await request.app[SITE].reception.enter_by_link(token, knock=knock_of(request))
    except Refusal as refusal:
        return turned_away(request, refusal)
    if cookie is None:
        return door(request, status=422, problem=sentence(request, "link_wrong"))
    return await welcome(request, cookie)


async def enter_by_code(request: web.Request) -> web.Response:
    """Log in by the code of a slip; a wrong one is told on the same page."""
    code = str((await request.post()).get("code", "")).strip()
    try:
        cookie = await request.app[SITE].reception.enter_by_code(code, knock=knock_of(request))
    except Refusal as refusal:
        return turned_away(request, refusal)
    if cookie is None:
        return door(request, status=422, problem=sentence(request, "code_wrong"))
    return await welcome(request, cookie)


async def play(request: web.Request) -> web.Response:
    """Let the visitor play a person of the sample village."""
    try:
        request.app[SITE].gate.check(Act.PLAY, peer_of(request))
    except Fault as fault:
        return door(request, status=fault.status, problem=sentence(request, fault.name))
    key = str((await request.post()).get("persona", ""))
    cookie = await request.app[SITE].reception.play(key)
    if cookie is None:
        return door(request, status=422, problem=sentence(request, "persona_gone"))
    return await welcome(request, cookie)


async def leave(request: web.Request) -> web.Response:
    """End the session."""
    site = request.app[SITE]
    await site.reception.leave(cookie_of(request))
    response = _moved("/enter")
    response.del_cookie(session_cookie(site), path="/", secure=site.is_secure, httponly=True)
    return response


def knock_of(request: web.Request) -> Knock:
    """Return who stands at the door."""
    return Knock(peer_of(request), guest_of(request), known_of(request))


def turned_away(request: web.Request, refusal: Refusal) -> web.Response:
    """Say at the door why nobody is let in now."""
    status = 429 if isinstance(refusal, CodeTriesExceeded) else 422
    return door(request, status=status, problem=refused(refusal))


def door(
    request: web.Request,
    *,
    name: str = "enter.html",
    status: int = 200,
    problem: str = "",
    token: str = "",
    code: str = "",
) -> web.Response:
    """Show the door, or what stands at it, with a token for its forms."""
    site, guest = request.app[SITE], guest_of(request)
    response = page(
        request,
        name,
        status,
        personas=site.reception.personas,
        problem=problem,
        token=token,
        code=code,
        csrf=csrf_token(site, guest),
    )
    keep_guest(site, response, guest)
    return response


async def welcome(request: web.Request, cookie: str, *, to: str = "") -> web.Response:
    """Start the new session in place of the one before; it goes on to its first page."""
    site = request.app[SITE]
    if not to:
        visitor = await site.reception.visitor(cookie)
        to = first_page(visitor) if visitor else "/enter"
    before = cookie_of(request)
    if before:
        await site.reception.leave(before)
    response = _moved(to)
    keep_session(site, response, cookie)
    visitor = await site.reception.visitor(cookie)
    if visitor is not None:
        keep_known(site, response, visitor.contact)
    return response


def _moved(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})
