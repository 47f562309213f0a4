"""What can go wrong between page and server, told in a sentence the visitor understands."""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from bot.web.site import PAGES, page
from schedules.logs import Log
from storage.vault import VaultAway

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

NAMES: Final = {
    web.HTTPNotFound.status_code: "missing",
    web.HTTPMethodNotAllowed.status_code: "missing",
    web.HTTPRequestEntityTooLarge.status_code: "too_large",
}

log = Log("web")


class Fault(Exception):  # noqa: N818 - an answer to the visitor, like a refusal
    """The server does not do this; ``name`` picks the sentence in ``_sentence.html``.

    ``sentence`` is said instead when the assistant itself worded the refusal.
    """

    def __init__(self, status: int, name: str, *, sentence: str = "") -> None:
        super().__init__(name)
        self.status = status
        self.name = name
        self.sentence = sentence


@web.middleware
async def faults_told(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every fault with a sentence; no visitor ever sees an exception."""
    try:
        return await handler(request)
    except Fault as fault:
        return told(request, fault)
    except web.HTTPException as error:
        if error.status < web.HTTPBadRequest.status_code:
            raise
        return told(request, Fault(error.status, NAMES.get(error.status, "failed")))
    except VaultAway as away:
        log.warning("photo not read", reason=str(away))
        return told(request, Fault(503, "failed"))
    except Exception:
        log.exception("page failed", path=request.path)
        return told(request, Fault(500, "failed"))


def told(request: web.Request, fault: Fault) -> web.Response:
    """Word a fault: as JSON for the chat page's script, else as a page of its own."""
    words = fault.sentence or sentence(request, fault.name)
    if request.path.startswith("/chat/"):
        body = {"fault": fault.name, "sentence": words}
        return web.json_response(body, status=fault.status)
    return page(request, "fault.html", fault.status, sentence=words)


def sentence(request: web.Request, name: str) -> str:
    """Return the sentence for a fault's name."""
    return request.app[PAGES].get_template("_sentence.html").render(fault=name).strip()
