"""The page of one's own household (我家): what there is, and the acts beside each."""

import re
from collections.abc import Callable
from typing import Final

from aiohttp import web

from bot.replies import pages
from bot.replies.results import refused
from bot.understanding.reading import Intent, Slots
from bot.web.faults import Fault
from bot.web.forms import Wish, about_claims, of_reading, one_line, wish
from bot.web.frame import Fields, answers, done, form_of, framed, visitor_at
from bot.web.keys import key_in
from bot.web.site import SITE
from domain.membership import NotBound

WORDS_MAX: Final = 200
NUMBER: Final = re.compile(r"[1-9]\d{0,8}", re.ASCII)

Take = Callable[[Fields], tuple[Wish, ...]]


def add_routes(app: web.Application) -> None:
    """Add the page and its form."""
    app.router.add_get("/me", me)
    app.router.add_post("/me", act)


async def me(request: web.Request) -> web.Response:
    """Show the household's page; who belongs to none is told the way."""
    visitor = await visitor_at(request)
    said = await answers(request, visitor)
    try:
        sheet = await request.app[SITE].desk.my_sheet(visitor.contact)
    except NotBound as refusal:
        return framed(
            request, "nobody.html", visitor, here="/me", said=said, sentence=refused(refusal)
        )
    return framed(request, "me.html", visitor, here="/me", said=said, sheet=sheet)


async def act(request: web.Request) -> web.Response:
    """Do what one of the page's forms wants."""
    visitor, form = await form_of(request)
    take = ACTS.get(form.one("act"))
    if take is None:
        raise Fault(400, "form_wrong")
    try:
        wishes = take(form)
    except ValueError:
        raise Fault(400, "form_wrong") from None
    return await done(request, visitor, wishes, to="/me")


def _withdraw(form: Fields) -> tuple[Wish, ...]:
    key = key_in(form.one("claim"))
    return about_claims(form.one("id"), Intent.WITHDRAW_CLAIM, (key,) if key else ())


def _amend(form: Fields) -> tuple[Wish, ...]:
    """Take a correction, whose words are read as if they were written in the talk."""
    key = key_in(form.one("claim"))
    if key is None:
        raise ValueError(form.one("claim"))
    sentence = pages.AMENDING.format(number=key.number, words=_words(form))
    return (wish(form.one("id"), sentence),)


def _object(form: Fields) -> tuple[Wish, ...]:
    key = key_in(form.one("claim"))
    if key is None:
        raise ValueError(form.one("claim"))
    return about_claims(form.one("id"), Intent.OBJECTION, (key,), reason=_words(form))


def _object_total(form: Fields) -> tuple[Wish, ...]:
    return of_reading(form.one("id"), Intent.OBJECTION, Slots(reason=_words(form)))


def _cancel(form: Fields) -> tuple[Wish, ...]:
    number = form.one("order")
    if not NUMBER.fullmatch(number):
        raise ValueError(number)
    return of_reading(form.one("id"), Intent.CANCEL_REDEMPTION, Slots(claim_ids=(int(number),)))


def _consent(form: Fields) -> tuple[Wish, ...]:
    return of_reading(form.one("id"), Intent.CONSENT)


def _publicity(what: str, *, agrees: bool) -> Take:
    def take(form: Fields) -> tuple[Wish, ...]:
        return of_reading(form.one("id"), Intent.PUBLICITY, Slots(scope=what, agrees=agrees))

    return take


def _words(form: Fields) -> str:
    words = one_line(form.one("words"), WORDS_MAX)
    if not words:
        raise Fault(400, "no_words")
    return words


ACTS: Final[dict[str, Take]] = {
    "withdraw": _withdraw,
    "amend": _amend,
    "object": _object,
    "object-total": _object_total,
    "cancel": _cancel,
    "consent": _consent,
    "show-name": _publicity("name", agrees=True),
    "hide-name": _publicity("name", agrees=False),
    "show-photo": _publicity("photo", agrees=True),
    "hide-photo": _publicity("photo", agrees=False),
}
"""What the page's forms may want, by the name in their field ``act``."""
