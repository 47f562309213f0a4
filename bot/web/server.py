"""The web server: the doors, the pages, health and metrics."""

from pathlib import Path
from typing import Final

from aiohttp import web

from bot.web import auth, board, chat, me, month, objections, photos, relay, reports, review, town
from bot.web.api.server import api_app
from bot.web.faults import faults_told
from bot.web.guard import API, add_headers, forgery_refused
from bot.web.peers import peer_of
from bot.web.site import PAGES, SITE, Site, open_pages

STATIC: Final = Path(__file__).parent / "static"
METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

__all__ = ["Site", "web_app"]


def web_app(site: Site) -> web.Application:
    """Build the application that serves a site."""
    app = web.Application(
        middlewares=[faults_told, forgery_refused], client_max_size=chat.BODY_BYTES_MAX
    )
    app[SITE] = site
    app[PAGES] = open_pages()
    auth.add_routes(app)
    chat.add_routes(app)
    reports.add_routes(app)
    me.add_routes(app)
    review.add_routes(app)
    month.add_routes(app)
    objections.add_routes(app)
    relay.add_routes(app)
    photos.add_routes(app)
    board.add_routes(app)
    town.add_routes(app)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/metrics", metrics)
    app.router.add_static("/static", STATIC)
    app.add_subapp(API, api_app(site.api, peer_of=peer_of))
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(close_live)
    return app


async def healthz(request: web.Request) -> web.Response:
    """Tell whether the house is fit to serve: 200, or 503 with the same JSON."""
    state = dict(await request.app[SITE].health())
    return web.json_response(state, status=200 if state.get("ok") else 503)


async def metrics(request: web.Request) -> web.Response:
    """Return the counters for prometheus."""
    body = await request.app[SITE].metrics()
    return web.Response(body=body, headers={"Content-Type": METRICS_TYPE})


async def close_live(app: web.Application) -> None:
    """Send the open pages away, so that stopping does not wait for them."""
    app[SITE].figures.close()
    await app[SITE].live.close()
