"""The addresses under /api: routes made from the operations, ETags, problems as JSON."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Final, Protocol

from aiohttp import ETag, web

from bot.web.api.answers import Answer
from bot.web.api.document import document
from bot.web.api.operations import OPERATIONS, Operation
from bot.web.api.params import Params, read_params
from bot.web.api.problems import PROBLEM_TYPE, STATUS, Code, Problem
from bot.web.api.room import Bearer
from schedules.logs import Log

VERSION: Final = "/v1"
ANSWER_CACHE: Final = "private, no-cache"
DOCUMENT_CACHE: Final = "public, max-age=300"
ETAG_LENGTH: Final = 32
METHODS: Final = {"Allow": "GET, HEAD"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = Log("api")


class Answers(Protocol):
    """Who lets keys in and answers the operations."""

    async def answer(
        self, operation: Operation, bearer: Bearer, read: Callable[[], Params]
    ) -> Answer:
        """Return the answer; ``read`` gives the parameters.

        Raises:
            Problem: Why there is none.
        """


def api_app(answers: Answers, *, peer_of: Callable[[web.Request], str]) -> web.Application:
    """Build the application that is served under /api; ``peer_of`` tells a visitor's address."""
    app = web.Application(middlewares=[problems_told])
    for operation in OPERATIONS:
        app.router.add_get(VERSION + operation.path, _handler(operation, answers, peer_of))
    app.router.add_get(f"{VERSION}/openapi.json", _describe)
    return app


def _handler(
    operation: Operation, answers: Answers, peer_of: Callable[[web.Request], str]
) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        bearer = Bearer(_key_of(request), peer_of(request))
        given = [*request.match_info.items(), *request.query.items()]
        answer = await answers.answer(
            operation, bearer, lambda: read_params(operation.params, given)
        )
        response = _with_etag(request, answer.model_dump_json().encode(), cache=ANSWER_CACHE)
        response.headers["Vary"] = "Authorization"
        return response

    return handle


async def _describe(request: web.Request) -> web.Response:
    """Describe the interface; for this no key is needed."""
    return _with_etag(request, _document(), cache=DOCUMENT_CACHE)


@cache
def _document() -> bytes:
    """Return the document as it is sent; made with the first request."""
    return json.dumps(document(), ensure_ascii=False).encode()


def _key_of(request: web.Request) -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def _with_etag(request: web.Request, body: bytes, *, cache: str) -> web.Response:
    """Return the body, or 304 to whoever has it already."""
    etag = hashlib.sha256(body).hexdigest()[:ETAG_LENGTH]
    known = {one.value for one in request.if_none_match or ()}
    if etag in known or "*" in known:
        response = web.Response(status=304)
    else:
        response = web.Response(body=body, content_type="application/json")
    response.etag = ETag(value=etag)
    response.headers["Cache-Control"] = cache
    return response


@web.middleware
async def problems_told(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer whatever goes wrong as a problem; nobody ever sees an exception."""
    try:
        return await handler(request)
    except Problem as problem:
        return _told(problem)
    except web.HTTPMethodNotAllowed:
        return _told(Problem(Code.METHOD_UNKNOWN, headers=METHODS))
    except web.HTTPNotFound:
        return _told(Problem(Code.NOT_FOUND, "There is no such address."))
    except web.HTTPException:
        return _told(Problem(Code.REQUEST_UNREADABLE))
    except Exception:
        log.exception("api failed", path=request.path)
        return _told(Problem(Code.INTERNAL))


def _told(problem: Problem) -> web.Response:
    headers = {"Cache-Control": "no-store", **problem.headers}
    if problem.status == STATUS[Code.KEY_MISSING]:
        headers["WWW-Authenticate"] = 'Bearer realm="jifen"'
    return web.Response(
        body=problem.details.model_dump_json().encode(),
        status=problem.status,
        headers=headers,
        content_type=PROBLEM_TYPE,
    )
