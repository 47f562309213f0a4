"""The guard (门卫): session cookies, CSRF tokens, origins and security headers."""

import hashlib
import hmac
import re
import secrets
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.web.faults import Fault, Handler
from bot.web.ports import Visitor
from bot.web.site import SITE, Site

KEPT_SECONDS: Final = 400 * 24 * 3600
"""As long as browsers allow: the books, not the cookie, know when a session has run out."""
FORM_BYTES_MAX: Final = 16_384
CSRF_HEADER: Final = "X-CSRF-Token"
CSRF_FIELD: Final = "csrf"
WITH_PHOTOS: Final = frozenset({"/relay/said"})
"""Forms that hold photos show their token in a field all the same: no script adds a header."""
GUEST_BYTES: Final = 24
API: Final = "/api"
"""Where no cookie is read and nothing changes: keys and methods are looked at there."""
HSTS: Final = "max-age=31536000"
"""A year of HTTPS alone, of this host: what else lies under the domain is not ours to decide."""
HOST: Final = re.compile(r"([A-Za-z0-9.\-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'{sockets}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def session_cookie(site: Site) -> str:
    """Return the name of the session's cookie; over HTTPS no other host can set it."""
    return "__Host-jifen" if site.is_secure else "jifen"


def guest_cookie(site: Site) -> str:
    """Return the name of the cookie that binds the forms of the door to one browser."""
    return f"{session_cookie(site)}-guest"


def known_cookie(site: Site) -> str:
    """Return the name of the cookie that tells as whom a browser was logged in before."""
    return f"{session_cookie(site)}-known"


def cookie_of(request: web.Request) -> str:
    """Return the session's cookie value; "" for a guest."""
    return request.cookies.get(session_cookie(request.app[SITE]), "")


def guest_of(request: web.Request) -> str:
    """Return the guest's cookie value, a new one on the first visit."""
    return request.cookies.get(guest_cookie(request.app[SITE])) or secrets.token_urlsafe(
        GUEST_BYTES
    )


def keep_session(site: Site, response: web.StreamResponse, cookie: str) -> None:
    """Log the browser in."""
    response.set_cookie(
        session_cookie(site),
        cookie,
        max_age=KEPT_SECONDS,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=site.is_secure,
    )


def keep_guest(site: Site, response: web.StreamResponse, cookie: str) -> None:
    """Remember a guest until the browser is closed."""
    response.set_cookie(
        guest_cookie(site),
        cookie,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=site.is_secure,
    )


def keep_known(site: Site, response: web.StreamResponse, contact: str) -> None:
    """Remember as whom the browser was logged in; this alone opens nothing."""
    response.set_cookie(
        known_cookie(site),
        f"{contact}.{_known_mac(site, contact)}",
        max_age=KEPT_SECONDS,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=site.is_secure,
    )


def known_of(request: web.Request) -> str:
    """Return as whom the browser was logged in before; "" if it does not say, or not truly."""
    site = request.app[SITE]
    contact, _, mac = request.cookies.get(known_cookie(site), "").rpartition(".")
    is_ours = hmac.compare_digest(mac.encode(), _known_mac(site, contact).encode())
    return contact if is_ours else ""


def _known_mac(site: Site, contact: str) -> str:
    return hmac.new(site.secret, b"known:" + contact.encode(), hashlib.sha256).hexdigest()


def csrf_token(site: Site, cookie: str) -> str:
    """Return the token that a form or script shows with this cookie."""
    return hmac.new(site.secret, b"csrf:" + cookie.encode(), hashlib.sha256).hexdigest()


def talk_of(site: Site, contact: str) -> str:
    """Return a public name of a contact's talk: the same for ever, telling nothing."""
    return hmac.new(site.secret, b"talk:" + contact.encode(), hashlib.sha256).hexdigest()[:16]


async def visitor_of(request: web.Request) -> Visitor | None:
    """Return who is logged in."""
    cookie = cookie_of(request)
    return await request.app[SITE].reception.visitor(cookie) if cookie else None


async def visitor_in(request: web.Request) -> Visitor:
    """Return who is logged in.

    Raises:
        Fault: Nobody is.
    """
    visitor = await visitor_of(request)
    if visitor is None:
        raise Fault(401, "left")
    return visitor


@web.middleware
async def forgery_refused(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse every POST that does not show the token of its own browser."""
    if request.path.startswith(f"{API}/"):
        return await handler(request)
    if request.method == "POST":
        at_the_door = request.path.startswith("/enter")
        cookie = guest_of(request) if at_the_door else cookie_of(request)
        given = await _token_given(request)
        wanted = csrf_token(request.app[SITE], cookie)
        if not cookie or not hmac.compare_digest(given.encode(), wanted.encode()):
            raise Fault(403, "expired")
    elif request.method not in {"GET", "HEAD"}:
        raise Fault(405, "missing")
    return await handler(request)


async def _token_given(request: web.Request) -> str:
    if request.content_type == "multipart/form-data" and request.path in WITH_PHOTOS:
        if await visitor_of(request) is None:
            return ""  # nobody's photos are not even read
        return str((await request.post()).get(CSRF_FIELD, ""))
    if request.content_type != "application/x-www-form-urlencoded":
        return request.headers.get(CSRF_HEADER, "")
    if request.content_length is None or request.content_length > FORM_BYTES_MAX:
        raise Fault(413, "failed")
    return str((await request.post()).get(CSRF_FIELD, ""))


def is_our_origin(request: web.Request) -> bool:
    """Tell whether a page of this very site opens the WebSocket."""
    origin = request.headers.get("Origin", "")
    if origin == request.app[SITE].base_url:
        return True
    parts = urlsplit(origin)
    return parts.scheme in {"http", "https"} and parts.netloc == request.host != ""


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Set the security headers of every answer.

    Some phones do not count ``wss://`` as 'self': the socket's address is named.
    """
    scheme = "wss" if request.config_dict[SITE].is_secure else "ws"
    sockets = f" {scheme}://{request.host}" if HOST.fullmatch(request.host) else ""
    response.headers["Content-Security-Policy"] = POLICY.format(sockets=sockets)
    if request.config_dict[SITE].is_secure:
        response.headers["Strict-Transport-Security"] = HSTS
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    is_fixed = request.path.startswith("/static/")
    response.headers.setdefault("Cache-Control", "no-cache" if is_fixed else "no-store")
