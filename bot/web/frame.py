"""The frame (页框) of every page behind the door: who I am, where to go, the way out."""

import re
import secrets
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from bot.replies.results import refused
from bot.web.faults import Fault
from bot.web.forms import Wish
from bot.web.guard import cookie_of, csrf_token, visitor_in, visitor_of
from bot.web.ports import Done, Visitor
from bot.web.site import SITE, page
from domain.refusal import Refusal

FORM: Final = "application/x-www-form-urlencoded"
SAID: Final = re.compile(r"[A-Za-z0-9]{16,64}-[0-9a-f]{12}(\.[A-Za-z0-9]{16,64}-[0-9a-f]{12}){0,3}")
ID_BYTES: Final = 12


async def visitor_at(request: web.Request) -> Visitor:
    """Return who looks at a page; a guest is sent to the door."""
    visitor = await visitor_of(request)
    if visitor is None:
        raise web.HTTPFound("/enter")
    return visitor


def first_page(visitor: Visitor) -> str:
    """Return where a visitor goes on: an officer to the villages, everybody else to the talk."""
    return "/town" if visitor.office else "/chat"


def framed(
    request: web.Request,
    name: str,
    /,
    visitor: Visitor,
    *,
    here: str,
    missed: bool = False,
    **values: Any,
) -> web.Response:
    """Render a page in the frame.

    ``here`` is its address among those in the frame; with ``missed`` the answer to a form
    is shown as a refusal.
    """
    site = request.app[SITE]
    return page(
        request,
        name,
        visitor=visitor,
        here=here,
        personas=site.reception.personas,
        csrf=csrf_token(site, cookie_of(request)),
        new_id=lambda: secrets.token_hex(ID_BYTES),
        missed=missed,
        **values,
    )


class Fields:
    """What stands in the fields of a form; a field that is not there is empty."""

    def __init__(self, fields: Mapping[str, tuple[str, ...]]) -> None:
        self._fields = fields

    def all(self, name: str) -> tuple[str, ...]:
        """Return everything under a name."""
        return self._fields.get(name, ())

    def one(self, name: str) -> str:
        """Return the first that stands under a name."""
        return next(iter(self.all(name)), "")


async def form_of(request: web.Request) -> tuple[Visitor, Fields]:
    """Return who sent a plain form, and its fields.

    Raises:
        Fault: Nobody is logged in, or it is no plain form.
    """
    visitor = await visitor_in(request)
    if request.content_type != FORM:
        raise Fault(400, "form_wrong")
    form = await request.post()
    return visitor, Fields({name: tuple(str(v) for v in form.getall(name)) for name in form})


async def answers(request: web.Request, visitor: Visitor) -> tuple[str, ...]:
    """Return what was answered to the form that led to this page."""
    said = request.query.get("said", "")
    if not SAID.fullmatch(said):
        return ()
    return await request.app[SITE].desk.answers(visitor.contact, said)


async def done(
    request: web.Request, visitor: Visitor, wishes: tuple[Wish, ...], *, to: str, at: str = ""
) -> web.Response:
    """Do what a form wants and show the page again, with what was answered."""
    return shown_again(to, (await carried_out(request, visitor, wishes)).said, at=at)


async def carried_out(request: web.Request, visitor: Visitor, wishes: tuple[Wish, ...]) -> Done:
    """Do what a form wants and return under which name the answer is read."""
    site = request.app[SITE]
    done = await site.desk.do(visitor.contact, wishes)
    site.live.notify(visitor.contact)
    return done


def shown_again(to: str, said: str, *, at: str = "", missed: bool = False) -> web.Response:
    """Send back to a page with what was answered; ``missed`` shows it as a refusal."""
    where = f"{to}?said={said}" + ("&missed=1" if missed else "") + (f"#{at}" if at else "")
    return web.Response(status=303, headers={"Location": where})


def not_taken(refusal: Refusal) -> Fault:
    """Return a refusal of what stands in a form as an answer to the visitor."""
    return Fault(422, "refused", sentence=refused(refusal))
