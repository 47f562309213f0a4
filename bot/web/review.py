"""The review page (审核): waiting claims with their photos, decided as in the talk."""

import re
from typing import Final

from aiohttp import web

from bot.replies import pages
from bot.understanding.reading import Intent, Reading, Slots
from bot.web.faults import Fault
from bot.web.forms import REASON_MAX, Wish, about_claims, one_line, wish
from bot.web.frame import (
    answers,
    carried_out,
    done,
    form_of,
    framed,
    not_taken,
    shown_again,
    visitor_at,
)
from bot.web.keys import key_in, shown_key
from bot.web.site import SITE
from domain.membership import NotAllowed
from domain.points import PointsUnreadable

VERDICTS: Final = {
    "approve": Intent.APPROVE,
    "reject": Intent.REJECT,
    "adjust": Intent.ADJUST,
}
NUMBER: Final = re.compile(r"[1-9]\d{0,8}", re.ASCII)
BINDINGS: Final = {"bind": Intent.CONFIRM_BIND, "refuse": Intent.REFUSE_BIND}


def add_routes(app: web.Application) -> None:
    """Add the page and its forms."""
    app.router.add_get("/review", review)
    app.router.add_post("/review", decide)
    app.router.add_post("/review/bindings", settle)


async def review(request: web.Request) -> web.Response:
    """Show what waits, behind the number that ``after`` names."""
    visitor = await visitor_at(request)
    after = key_in(request.query.get("after", ""))
    try:
        sheet, tabs = await request.app[SITE].desk.review_sheet(visitor.contact, after=after)
    except NotAllowed:
        raise Fault(403, "not_reviewer") from None
    said = await answers(request, visitor)
    keys = [shown_key(card.claim.key) for card in sheet.cards]
    return framed(
        request,
        "review.html",
        visitor,
        here="/review",
        said=said,
        missed=request.query.get("missed") == "1",
        sheet=sheet,
        tabs=tabs,
        tab="/review",
        after=after,
        following=dict(zip(keys, [*keys, ""][1:], strict=True)),
    )


async def decide(request: web.Request) -> web.Response:
    """Decide the claims of a form; who may, and what comes of it, is settled as in the talk."""
    visitor, form = await form_of(request)
    if not visitor.reviews:
        raise Fault(403, "not_reviewer")
    intent = VERDICTS.get(form.one("verdict"))
    named = tuple(dict.fromkeys(key_in(text) for text in form.all("claim")))
    keys = tuple(key for key in named if key is not None)
    if intent is None or len(keys) < len(named):
        raise Fault(400, "form_wrong")
    if not keys:
        raise Fault(400, "nothing_chosen")
    written = one_line(form.one("words"), REASON_MAX)
    try:
        wishes = about_claims(
            form.one("id"),
            intent,
            keys,
            points=form.one("points"),
            quantity=form.one("quantity"),
            reason=written or form.one("reason"),
        )
    except PointsUnreadable as refusal:
        raise not_taken(refusal) from None
    except ValueError:
        raise Fault(400, "form_wrong") from None
    done = await carried_out(request, visitor, wishes)
    missed = await request.app[SITE].desk.missed(visitor.contact, keys) if done.is_over else ()
    following = missed[0] if missed else key_in(form.one("following"))
    at = f"c-{shown_key(following)}" if following else ""
    return shown_again("/review", done.said, at=at, missed=bool(missed))


async def settle(request: web.Request) -> web.Response:
    """Confirm or refuse a request to be bound."""
    visitor, form = await form_of(request)
    if not visitor.reviews:
        raise Fault(403, "not_reviewer")
    intent = BINDINGS.get(form.one("verdict"))
    number = form.one("request")
    if intent is None or not NUMBER.fullmatch(number):
        raise Fault(400, "form_wrong")
    return await done(
        request, visitor, _about_request(form.one("id"), intent, int(number)), to="/review"
    )


def _about_request(form_id: str, intent: Intent, number: int) -> tuple[Wish, ...]:
    reading = Reading(intent, Slots(claim_ids=(number,)))
    try:
        return (wish(form_id, pages.wanted(reading), reading),)
    except ValueError:
        raise Fault(400, "form_wrong") from None
