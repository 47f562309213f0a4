"""The relay page (代发): what waits for a hand, ticks, and messages brought in from a room."""

import re
from datetime import datetime
from typing import Final

from aiohttp import web

from bot.replies import relay_page
from bot.replies.results import refused
from bot.web.faults import Fault
from bot.web.forms import FORM_ID, one_line
from bot.web.frame import FORM, Fields, form_of, framed, visitor_at
from bot.web.gate import Act
from bot.web.guard import visitor_in
from bot.web.relay_entry import NAME_MAX, PHOTOS_MAX, Entry, EntryWrong
from bot.web.site import SITE
from domain.membership import NotAllowed
from domain.period import VILLAGE_TZ
from domain.refusal import Refusal

NUMBER: Final = re.compile(r"[1-9]\d{0,17}", re.ASCII)
NUMBERS: Final = re.compile(r"[1-9]\d{0,17}(,[1-9]\d{0,17}){0,99}", re.ASCII)
TICKS_MAX: Final = 100
WORDS_MAX: Final = 2_000
SEARCH_MAX: Final = 20
PURPOSES: Final = frozenset(relay_page.PURPOSES)


def add_routes(app: web.Application) -> None:
    """Add the page and its forms."""
    app.router.add_get("/relay", relay)
    app.router.add_get("/relay/pictures/{letter}", picture)
    app.router.add_post("/relay/ticks", tick)
    app.router.add_post("/relay/said", said)
    app.router.add_post("/relay/rooms", rooms)


async def relay(request: web.Request) -> web.Response:
    """Show what waits; ``told`` names letters just ticked, ``said`` a message just brought in."""
    visitor = await visitor_at(request)
    counter = request.app[SITE].relay
    words = one_line(request.query.get("who", ""), SEARCH_MAX)
    ticked, form_id = request.query.get("told", ""), request.query.get("said", "")
    try:
        sheet = await counter.sheet(visitor.contact)
    except NotAllowed:
        raise Fault(403, "not_reviewer") from None
    ids = tuple(int(n) for n in ticked.split(",")) if NUMBERS.fullmatch(ticked) else ()
    is_form = bool(FORM_ID.fullmatch(form_id))
    return framed(
        request,
        "relay.html",
        visitor,
        here="/relay",
        said=(),
        sheet=sheet,
        relay=relay_page,
        told=await counter.letters(visitor.contact, ids) if ids else (),
        entered=await counter.entered(visitor.contact, form_id) if is_form else None,
        words=words,
        found=await counter.candidates(visitor.contact, words) if words else (),
        photos_max=PHOTOS_MAX,
        name_max=NAME_MAX,
        words_max=WORDS_MAX,
        now_local=sheet.now.astimezone(VILLAGE_TZ).strftime("%Y-%m-%dT%H:%M"),
    )


async def picture(request: web.Request) -> web.Response:
    """Return the picture of a waiting letter."""
    visitor = await visitor_in(request)
    number = request.match_info["letter"]
    if not NUMBER.fullmatch(number):
        raise Fault(404, "missing")
    try:
        found = await request.app[SITE].relay.picture(visitor.contact, int(number))
    except NotAllowed:
        found = None
    if found is None:
        raise Fault(404, "missing")
    content, media_type = found
    suffix = "png" if media_type == "image/png" else "jpg"
    name = f'inline; filename="jifen-{number}.{suffix}"'
    headers = {"Cache-Control": "private, no-cache", "Content-Disposition": name}
    return web.Response(body=content, content_type=media_type, headers=headers)


async def tick(request: web.Request) -> web.Response:
    """Keep that letters were carried, or take a mistaken tick back."""
    visitor, form = await form_of(request)
    letters = form.all("letter")
    if not 0 < len(letters) <= TICKS_MAX or not all(NUMBER.fullmatch(n) for n in letters):
        raise Fault(400, "form_wrong")
    counter, ids = request.app[SITE].relay, tuple(int(n) for n in letters)
    try:
        if form.one("act") == "back":
            await counter.take_back(visitor.contact, ids[0])
        else:
            await counter.tick(visitor.contact, ids)
    except NotAllowed:
        raise Fault(403, "not_reviewer") from None
    return _seen(f"/relay?told={','.join(letters)}#told")


async def said(request: web.Request) -> web.Response:
    """Bring in a message in somebody's name."""
    visitor = await visitor_in(request)
    request.app[SITE].gate.check(Act.BRING, visitor.contact)
    entry = await _entry(request)
    if not entry.text and not entry.photos:
        raise Fault(400, "empty")
    counter = request.app[SITE].relay
    try:
        await counter.enter(visitor.contact, entry)
    except NotAllowed:
        raise Fault(403, "not_reviewer") from None
    except Refusal as refusal:
        raise Fault(422, "refused", sentence=refused(refusal)) from None
    except EntryWrong:
        raise Fault(400, "nobody") from None
    return _seen(f"/relay?said={entry.form_id}#said")


async def rooms(request: web.Request) -> web.Response:
    """Add a group that is served by hand, rename one, or close one."""
    visitor, form = await form_of(request)
    counter, act = request.app[SITE].relay, form.one("act")
    name = one_line(form.one("name"), NAME_MAX)
    if act != "close" and not name:
        raise Fault(400, "no_words")
    try:
        if act == "add" and form.one("purpose") in PURPOSES:
            await counter.add_room(visitor.contact, name=name, purpose=form.one("purpose"))
        elif act in {"name", "close"}:
            wanted = name if act == "name" else None
            await counter.change_room(visitor.contact, form.one("room"), name=wanted)
        else:
            raise Fault(400, "form_wrong")
    except NotAllowed:
        raise Fault(403, "not_reviewer") from None
    except EntryWrong:
        raise Fault(400, "form_wrong") from None
    return _seen("/relay#rooms")


async def _entry(request: web.Request) -> Entry:
    """Read the form of a message: with photos it is in parts, else plain."""
    if request.content_type not in {FORM, "multipart/form-data"}:
        raise Fault(400, "form_wrong")
    form = await request.post()
    photos = [p.file.read() for p in form.getall("photo", []) if isinstance(p, web.FileField)]
    fields = Fields({n: tuple(v for v in form.getall(n) if isinstance(v, str)) for n in form})
    photos = [photo for photo in photos if photo]
    form_id = fields.one("id")
    if not FORM_ID.fullmatch(form_id) or len(photos) > PHOTOS_MAX:
        raise Fault(400, "form_wrong")
    return Entry(
        form_id=form_id,
        who=fields.one("from"),
        name=one_line(fields.one("name"), NAME_MAX),
        room=fields.one("room"),
        sent_at=_instant(fields.one("at")),
        text=fields.one("words").strip()[:WORDS_MAX],
        photos=tuple(photos),
    )


def _instant(written: str) -> datetime | None:
    """Return a time of the village's day as written by the browser; None when none was."""
    if not written:
        return None
    try:
        return datetime.fromisoformat(written).replace(tzinfo=VILLAGE_TZ)
    except ValueError:
        raise Fault(400, "form_wrong") from None


def _seen(where: str) -> web.Response:
    return web.Response(status=303, headers={"Location": where})
