"""Photos of claims (佐证照片): for its household, and who reviews or oversees it."""

import re
from typing import Final

from aiohttp import web

from bot.web.faults import Fault
from bot.web.guard import visitor_in
from bot.web.keys import key_in
from bot.web.site import SITE

SHA256: Final = re.compile(r"[0-9a-f]{64}")
KEPT: Final = "private, no-cache"
"""Kept by the browser, but asked for again each time: who may look can change."""


def add_routes(app: web.Application) -> None:
    """Add the addresses of photos, whole and small."""
    app.router.add_get("/photos/{claim}/{sha256}", photo)
    app.router.add_get("/photos/{claim}/{sha256}/small", photo)


async def photo(request: web.Request) -> web.Response:
    """Return a photo; whoever may not see it hears the same as of one that is not there."""
    visitor = await visitor_in(request)
    key, sha256 = key_in(request.match_info["claim"]), request.match_info["sha256"]
    if key is None or not SHA256.fullmatch(sha256):
        raise Fault(404, "missing")
    found = await request.app[SITE].desk.photo(
        visitor.contact, key, sha256, is_small=request.path.endswith("/small")
    )
    if found is None:
        raise Fault(404, "missing")
    content, media_type = found
    etag = f'"{sha256[:32]}"'
    headers = {"Cache-Control": KEPT, "ETag": etag}
    if request.headers.get("If-None-Match") == etag:
        return web.Response(status=304, headers=headers)
    return web.Response(body=content, content_type=media_type, headers=headers)
