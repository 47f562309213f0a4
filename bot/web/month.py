"""The month's page (月审): what the committee looks at, confirms, moves on and releases."""

from typing import Final

from aiohttp import web

from bot.replies.office_pages import month_words
from bot.replies.pages import RELEASE
from bot.understanding.reading import Intent, Occurred, Slots
from bot.web.faults import Fault
from bot.web.forms import REASON_MAX, Wish, about_claims, of_reading, one_line, wish
from bot.web.frame import Fields, answers, done, form_of, framed, visitor_at
from bot.web.keys import key_in, month_in
from bot.web.site import SITE
from domain.membership import NotAllowed

PATH: Final = "/review/month"


def add_routes(app: web.Application) -> None:
    """Add the page and its forms."""
    app.router.add_get(PATH, month)
    app.router.add_post(PATH, act)


async def month(request: web.Request) -> web.Response:
    """Show the month that ``of`` names, else the oldest that is not confirmed."""
    visitor = await visitor_at(request)
    named = request.query.get("of", "")
    wanted = month_in(named)
    if named and wanted is None:
        raise Fault(404, "missing")
    try:
        sheet, tabs = await request.app[SITE].desk.month_sheet(visitor.contact, wanted)
    except NotAllowed:
        raise Fault(403, "not_reviewer") from None
    said = await answers(request, visitor)
    return framed(
        request, "month.html", visitor, here="/review", said=said, sheet=sheet, tabs=tabs, tab=PATH
    )


async def act(request: web.Request) -> web.Response:
    """Confirm a month, draw its recheck, move a claim on, or release the quarter."""
    visitor, form = await form_of(request)
    if not visitor.reviews:
        raise Fault(403, "not_reviewer")
    acts = {"confirm": _confirm, "draw": _draw, "move": _move, "release": _release}
    take = acts.get(form.one("act"))
    if take is None:
        raise Fault(400, "form_wrong")
    try:
        wishes = take(form)
    except ValueError:
        raise Fault(400, "form_wrong") from None
    return await done(request, visitor, wishes, to=PATH)


def _confirm(form: Fields) -> tuple[Wish, ...]:
    return of_reading(form.one("id"), Intent.CONFIRM_MONTH, _month_of(form))


def _draw(form: Fields) -> tuple[Wish, ...]:
    return of_reading(form.one("id"), Intent.MONTH_REVIEW, _month_of(form))


def _month_of(form: Fields) -> Slots:
    wanted = month_in(form.one("month"))
    if wanted is None:
        raise ValueError(form.one("month"))
    return Slots(occurred=Occurred(month_words(wanted), wanted.first_day))


def _release(form: Fields) -> tuple[Wish, ...]:
    return (wish(form.one("id"), RELEASE),)


def _move(form: Fields) -> tuple[Wish, ...]:
    key = key_in(form.one("claim"))
    reason = one_line(form.one("words"), REASON_MAX)
    if key is None:
        raise ValueError(form.one("claim"))
    if not reason:
        raise Fault(400, "no_words")
    return about_claims(form.one("id"), Intent.MOVE_ON, (key,), reason=reason)
