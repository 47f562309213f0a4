"""The objections' page (异议处理): what waits for an answer, answered by two as in the talk."""

from decimal import Decimal
from typing import Final

from aiohttp import web

from bot.understanding.reading import Intent, Slots
from bot.web.faults import Fault
from bot.web.forms import REASON_MAX, Wish, amount, of_reading, one_line
from bot.web.frame import Fields, answers, done, form_of, framed, not_taken, visitor_at
from bot.web.keys import key_in
from bot.web.site import SITE
from domain.membership import NotAllowed
from domain.objection import Outcome
from domain.points import PointsUnreadable

PATH: Final = "/review/objections"
SIGNS: Final = {"more": Decimal(1), "less": Decimal(-1)}


def add_routes(app: web.Application) -> None:
    """Add the page and its form."""
    app.router.add_get(PATH, objections)
    app.router.add_post(PATH, answer)


async def objections(request: web.Request) -> web.Response:
    """Show the objections that wait for an answer."""
    visitor = await visitor_at(request)
    try:
        sheet, tabs = await request.app[SITE].desk.objection_sheet(visitor.contact)
    except NotAllowed:
        raise Fault(403, "not_reviewer") from None
    said = await answers(request, visitor)
    return framed(
        request,
        "objections.html",
        visitor,
        here="/review",
        said=said,
        sheet=sheet,
        tabs=tabs,
        tab=PATH,
    )


async def answer(request: web.Request) -> web.Response:
    """Answer an objection; who may, and what is missing, is settled as in the talk."""
    visitor, form = await form_of(request)
    if not visitor.reviews:
        raise Fault(403, "not_reviewer")
    try:
        wishes = _answer(form)
    except PointsUnreadable as refusal:
        raise not_taken(refusal) from None
    except ValueError:
        raise Fault(400, "form_wrong") from None
    return await done(request, visitor, wishes, to=PATH)


def _answer(form: Fields) -> tuple[Wish, ...]:
    """Read the form: a claim is corrected to so many points, a total by so many.

    Raises:
        PointsUnreadable: What stands in the field of the points is no amount.
        ValueError: It is no form of ours.
    """
    key, outcome = key_in(form.one("objection")), Outcome(form.one("outcome"))
    reason = one_line(form.one("words"), REASON_MAX)
    if key is None:
        raise ValueError(form.one("objection"))
    if not reason:
        raise Fault(400, "no_words")
    points = amount(form.one("points")) if outcome is Outcome.CHANGE else None
    sign = form.one("sign")
    slots = Slots(
        claim_ids=(key.number,),
        claim_year=key.year,
        outcome=outcome.value,
        points=None if sign else points,
        delta=abs(points) * _sign(sign) if sign and points is not None else None,
        reason=reason,
    )
    return of_reading(form.one("id"), Intent.ANSWER_OBJECTION, slots)


def _sign(name: str) -> Decimal:
    if name not in SIGNS:
        raise ValueError(name)
    return SIGNS[name]
