"""The OpenAPI document, made from the operations and the shapes of what they take and give."""

from collections.abc import Iterable
from importlib.metadata import version
from inspect import cleandoc
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from bot.web.api.operations import ALWAYS, OPERATIONS, Operation
from bot.web.api.params import Params
from bot.web.api.problems import PROBLEM_TYPE, STATUS, TITLES, Code, ProblemDetails

OPENAPI: Final = "3.1.0"
REF: Final = "#/components/schemas/{model}"
ABOUT: Final = (
    "Figures of villages that keep points, read by the platform of their district. Read-only. "
    "No names of people, no phone or house numbers; what only one or two households stand "
    "behind is kept back (`suppressed`). Points are exact decimals in strings, days and years "
    "those of Asia/Shanghai. Errors are RFC 9457 problems; their `code` is stable. Every answer "
    "bears an ETag: send it as If-None-Match and get 304 while nothing has changed."
)
ETAG: Final = {"schema": {"type": "string"}, "description": "Changes with the body."}
CACHE: Final = {"schema": {"type": "string"}, "description": "Ask again each time, by the ETag."}
HEADERS: Final = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}},
    429: {
        "Retry-After": {
            "schema": {"type": "integer", "minimum": 1},
            "required": True,
            "description": "Seconds after which to try again.",
        }
    },
}


def document() -> dict[str, Any]:
    """Return the document of the interface."""
    models = [(o.answer, "serialization") for o in OPERATIONS]
    _, shapes = models_json_schema(
        [*models, (ProblemDetails, "serialization")],  # type: ignore[list-item]
        ref_template=REF,
    )
    return {
        "openapi": OPENAPI,
        "info": {"title": "jifen", "version": version("jifen"), "description": ABOUT},
        "servers": [{"url": "/api/v1"}],
        "security": [],
        "paths": {o.path: {"get": _operation(o)} for o in OPERATIONS},
        "components": {
            "schemas": shapes["$defs"],
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key of the operator: `jifen api-keys add`.",
                }
            },
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    problems = (*ALWAYS, *operation.problems)
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": cleandoc(operation.act.__doc__ or "").partition("\n\nRaises:")[0],
        "security": [{"key": [operation.scope.value]}],
        "parameters": [*_parameters(operation), _if_none_match()],
        "responses": {
            "200": _answer(operation),
            "304": {
                "description": "Nothing has changed since the ETag that was sent.",
                "headers": {"ETag": ETAG | {"required": True}, "Cache-Control": CACHE},
            },
            **{str(status): _problem(status, problems) for status in _statuses(problems)},
        },
    }


def _answer(operation: Operation) -> dict[str, Any]:
    return {
        "description": operation.summary,
        "headers": {"ETag": ETAG | {"required": True}, "Cache-Control": CACHE},
        "content": {
            "application/json": {"schema": {"$ref": REF.format(model=operation.answer.__name__)}}
        },
    }


def _statuses(problems: Iterable[Code]) -> list[int]:
    return sorted({STATUS[code] for code in problems})


def _problem(status: int, problems: Iterable[Code]) -> dict[str, Any]:
    codes = [code for code in problems if STATUS[code] == status]
    told = {
        "description": " ".join(f"`{code}`: {TITLES[code]}" for code in codes),
        "content": {PROBLEM_TYPE: {"schema": {"$ref": REF.format(model="ProblemDetails")}}},
    }
    headers = HEADERS.get(status)
    return told | {"headers": headers} if headers else told


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path" if f"{{{name}}}" in operation.path else "query",
            "required": name in _required(operation.params),
            "description": shape.pop("description", ""),
            "schema": shape,
        }
        for name, shape in _shapes(operation.params).items()
    ]


def _shapes(params: type[Params]) -> dict[str, dict[str, Any]]:
    """Return the shape of each parameter; one that may be left out is never sent as null."""
    found = params.model_json_schema()["properties"]
    return {name: _sent(dict(shape)) for name, shape in found.items()}


def _sent(shape: dict[str, Any]) -> dict[str, Any]:
    shape.pop("title", None)
    choices = [one for one in shape.pop("anyOf", []) if one.get("type") != "null"]
    for choice in choices:
        shape = {**choice, **shape}
    return {key: value for key, value in shape.items() if (key, value) != ("default", None)}


def _required(params: type[Params]) -> list[str]:
    return list(params.model_json_schema().get("required", []))


def _if_none_match() -> dict[str, Any]:
    return {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "The ETag of an answer that is still at hand.",
        "schema": {"type": "string"},
    }
