"""What the web server stands on, and how its pages are rendered."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING, Any, Final

import jinja2
from aiohttp import web

from bot.replies import board, my_page, office_pages, pages, people
from bot.replies.phrases import day, home, signed
from bot.web.api.server import Answers
from bot.web.keys import shown_key
from bot.web.live import LiveBoard
from bot.web.ports import Conversation, Desk, NoticeBoard, Reception, Reports
from bot.web.relay_port import Relay
from bot.web.town_place import Figures
from domain.points import show

if TYPE_CHECKING:
    from bot.web.gate import Gate  # its refusals are worded by a page of the site

HealthCheck = Callable[[], Awaitable[Mapping[str, Any]]]
"""Returns the state of the house; ``ok`` says whether it is fit to serve."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the web server needs of the house behind it.

    ``base_url`` is the address people open, without a slash at the end;
    ``secret`` signs the CSRF tokens; ``is_secure`` marks cookies for HTTPS alone.
    ``proxies`` are believed when they name the visitor's address.
    """

    conversation: Conversation
    reception: Reception
    desk: Desk
    live: LiveBoard
    health: HealthCheck
    metrics: Callable[[], Awaitable[bytes]]
    secret: bytes
    base_url: str
    is_secure: bool
    reports: Reports
    board: NoticeBoard
    figures: Figures
    api: Answers
    relay: Relay
    gate: "Gate"
    proxies: Sequence[IPv4Network | IPv6Network]


SITE: Final = web.AppKey("site", Site)
PAGES: Final = web.AppKey("pages", jinja2.Environment)


def open_pages() -> jinja2.Environment:
    """Return the templates; what people wrote is escaped in every one of them."""
    opened = jinja2.Environment(
        loader=jinja2.PackageLoader("bot.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    opened.globals.update(
        pages=pages, boards=board, mine=my_page, office=office_pages, people=people
    )
    opened.filters.update(points=show, signed=signed, day=day, home=home, key=shown_key)
    return opened


def page(request: web.Request, name: str, /, status: int = 200, **values: Any) -> web.Response:
    """Render a template as an HTML page."""
    text = request.app[PAGES].get_template(name).render(**values)
    return web.Response(text=text, status=status, content_type="text/html")
