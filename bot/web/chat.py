"""The chat page (聊天页): show the talk, take words and photos, push replies."""

import json
import re
from typing import Final

from aiohttp import BodyPartReader, web

from bot.replies.results import refused
from bot.web.faults import Fault
from bot.web.forms import one_line
from bot.web.frame import first_page, framed, visitor_at
from bot.web.gate import Act
from bot.web.guard import (
    cookie_of,
    is_our_origin,
    talk_of,
    visitor_in,
    visitor_of,
)
from bot.web.live import as_json
from bot.web.ports import Line
from bot.web.site import SITE
from domain.evidence import PHOTO_BYTES_MAX
from domain.refusal import Refusal

LINES: Final = 100
LINES_MAX: Final = 300
TEXT_MAX: Final = 2_000
SAY_MAX: Final = 100
JSON_BYTES_MAX: Final = 32_768
BODY_BYTES_MAX: Final = PHOTO_BYTES_MAX + 65_536
MESSAGE_ID: Final = re.compile(r"[A-Za-z0-9\-]{8,64}")
LIMIT: Final = re.compile(r"\d{1,9}", re.ASCII)
PICTURE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{0,127}")
PICTURE_KEPT: Final = "private, max-age=3600"


def add_routes(app: web.Application) -> None:
    """Add the chat page and what its script calls."""
    app.router.add_get("/", home)
    app.router.add_get("/chat", chat)
    app.router.add_post("/chat/messages", take_words)
    app.router.add_post("/chat/photos", take_photo)
    app.router.add_get("/chat/lines", lines)
    app.router.add_get("/chat/pictures/{name}", picture)
    app.router.add_get("/chat/live", live)


async def home(request: web.Request) -> web.Response:
    """Send the visitor to the talk, or to the door."""
    visitor = await visitor_of(request)
    raise web.HTTPFound(first_page(visitor) if visitor else "/enter")


async def chat(request: web.Request) -> web.Response:
    """Show the talk; ``say`` stands in the field, to be sent or changed by the visitor."""
    visitor = await visitor_at(request)
    site = request.app[SITE]
    return framed(
        request,
        "chat.html",
        visitor,
        here="/chat",
        talk=talk_of(site, visitor.contact),
        photo_bytes_max=PHOTO_BYTES_MAX,
        text_max=TEXT_MAX,
        say=_said_for(request.query.get("say", "")),
    )


def _said_for(words: str) -> str:
    """Return words for the field; a space at their end waits for more."""
    return one_line(words, SAY_MAX) + (" " if words.endswith(" ") else "")


async def take_words(request: web.Request) -> web.Response:
    """Take a text: JSON with ``id`` and ``text``."""
    visitor = await visitor_in(request)
    request.app[SITE].gate.check(Act.WORDS, visitor.contact)
    if request.content_length is None or request.content_length > JSON_BYTES_MAX:
        raise Fault(413, "too_long")
    try:
        body = json.loads(await request.read())
        message_id, text = str(body["id"]), str(body["text"]).strip()
    except (ValueError, KeyError, TypeError):
        raise Fault(400, "failed") from None
    if not text:
        raise Fault(400, "empty")
    if len(text) > TEXT_MAX:
        raise Fault(413, "too_long")
    return await _take(request, visitor.contact, message_id=message_id, text=text, photo=None)


async def take_photo(request: web.Request) -> web.Response:
    """Take a photo: multipart with ``id`` and ``photo``; too large a one is not read."""
    visitor = await visitor_in(request)
    request.app[SITE].gate.check(Act.PHOTO, visitor.contact)
    if (request.content_length or 0) > BODY_BYTES_MAX:
        raise Fault(413, "too_large")
    try:
        message_id, photo = await _parts(request)
    except ValueError:
        raise Fault(400, "failed") from None
    if not photo:
        raise Fault(400, "no_photo")
    return await _take(request, visitor.contact, message_id=message_id, text="", photo=photo)


async def _parts(request: web.Request) -> tuple[str, bytes]:
    if request.content_type != "multipart/form-data":
        raise ValueError(request.content_type)
    message_id, photo = "", b""
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise ValueError(part)  # noqa: TRY004 - the visitor's mistake, not a type error
        if part.name == "photo":
            photo = await _content(part, at_most=PHOTO_BYTES_MAX)
        elif part.name == "id":
            message_id = (await _content(part, at_most=128)).decode()
    return message_id, photo


async def _content(part: BodyPartReader, *, at_most: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(65_536):
        content += chunk
        if len(content) > at_most:
            raise Fault(413, "too_large")
    return bytes(content)


async def _take(
    request: web.Request, contact: str, *, message_id: str, text: str, photo: bytes | None
) -> web.Response:
    """Hand a message to the assistant; the answer says that it is kept for good."""
    if not MESSAGE_ID.fullmatch(message_id):
        raise Fault(400, "failed")
    site = request.app[SITE]
    try:
        await site.conversation.submit(contact, message_id=message_id, text=text, photo=photo)
    except Refusal as refusal:
        raise Fault(422, "refused", sentence=refused(refusal)) from None
    site.live.notify(contact)
    return web.json_response({"id": message_id}, status=202)


async def lines(request: web.Request) -> web.Response:
    """Return the latest lines, for a page that cannot keep a WebSocket open."""
    visitor = await visitor_in(request)
    asked = request.query.get("limit", "")
    if asked and not LIMIT.fullmatch(asked):
        raise Fault(400, "failed")
    limit = int(asked or LINES)
    site = request.app[SITE]
    found = await site.conversation.transcript(visitor.contact, limit=max(1, min(limit, LINES_MAX)))
    talk = talk_of(site, visitor.contact)
    return web.json_response({"talk": talk, "lines": [as_json(line) for line in found]})


async def picture(request: web.Request) -> web.Response:
    """Return a picture of the visitor's own talk."""
    visitor = await visitor_in(request)
    name = request.match_info["name"]
    if not PICTURE.fullmatch(name):
        raise Fault(404, "missing")
    found = await request.app[SITE].conversation.picture(visitor.contact, name=name)
    if found is None or not found[1].startswith("image/"):
        raise Fault(404, "missing")
    content, media_type = found
    headers = {"Cache-Control": PICTURE_KEPT}
    return web.Response(body=content, content_type=media_type, headers=headers)


async def live(request: web.Request) -> web.StreamResponse:
    """Open the WebSocket that new lines come through."""
    if not is_our_origin(request):
        raise Fault(403, "expired")
    visitor = await visitor_in(request)
    site, cookie, contact = request.app[SITE], cookie_of(request), visitor.contact

    async def read() -> tuple[Line, ...] | None:
        if await site.reception.visitor(cookie) is None:
            return None
        return await site.conversation.transcript(contact, limit=LINES)

    talk = talk_of(site, contact)
    return await site.live.serve(request, contact=contact, talk=talk, read=read)
