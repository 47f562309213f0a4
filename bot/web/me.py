"""The page of one's own household (我家): what there is, and the acts beside each."""

from collections.abc import Callable
from typing import Final

from aiohttp import web

from bot.replies import pages, refused
from bot.understanding.reading import Intent, Reading
from bot.web.faults import Fault
from bot.web.forms import Wish, about_claims, one_line, wish
from bot.web.frame import answers, done, form_of, framed, visitor_at
from bot.web.keys import key_in
from bot.web.site import SITE
from domain.claim import ClaimKey
from domain.membership import NotBound

WORDS_MAX: Final = 200


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
        raise Fault(400, "failed")
    words = one_line(form.one("words"), WORDS_MAX)
    key = key_in(form.one("claim"))
    try:
        wishes = take(form.one("id"), key, words)
    except ValueError:
        raise Fault(400, "failed") from None
    return await done(request, visitor, wishes, to="/me")


def _withdraw(form_id: str, key: ClaimKey | None, _words: str) -> tuple[Wish, ...]:
    return about_claims(form_id, Intent.WITHDRAW_CLAIM, (key,) if key else ())


def _consent(form_id: str, _key: ClaimKey | None, _words: str) -> tuple[Wish, ...]:
    reading = Reading(Intent.CONSENT)
    return (wish(form_id, pages.wanted(reading), reading),)


def _in_words(sentence: str) -> Callable[[str, ClaimKey | None, str], tuple[Wish, ...]]:
    """Return an act whose words are read as if they were written in the talk."""

    def take(form_id: str, key: ClaimKey | None, words: str) -> tuple[Wish, ...]:
        if key is None:
            raise ValueError(form_id)
        if not words:
            raise Fault(400, "no_words")
        return (wish(form_id, sentence.format(number=key.number, words=words)),)

    return take


ACTS: Final[dict[str, Callable[[str, ClaimKey | None, str], tuple[Wish, ...]]]] = {
    "withdraw": _withdraw,
    "amend": _in_words(pages.AMENDING),
    "object": _in_words(pages.OBJECTING),
    "consent": _consent,
}
"""What the page's forms may want, by the name in their field ``act``."""
