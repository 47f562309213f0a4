"""What the interface answers when it does not answer: RFC 9457, in English, with stable codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

PROBLEM_TYPE: Final = "application/problem+json"
CODE_PREFIX: Final = "urn:problem-type:jifen:"


class Code(StrEnum):
    """Why a request got no answer; these words never change their meaning."""

    PARAMETER_INVALID = "parameter-invalid"
    REQUEST_UNREADABLE = "request-unreadable"
    KEY_MISSING = "key-missing"
    KEY_WRONG = "key-wrong"
    KEY_EXPIRED = "key-expired"
    KEY_REVOKED = "key-revoked"
    SCOPE_MISSING = "scope-missing"
    NOT_FOUND = "not-found"
    PERIOD_UNKNOWN = "period-unknown"
    METHOD_UNKNOWN = "method-not-allowed"
    TOO_MANY_REQUESTS = "too-many-requests"
    TOO_MANY_WRONG_KEYS = "too-many-wrong-keys"
    INTERNAL = "internal-error"


STATUS: Final[Mapping[Code, int]] = {
    Code.PARAMETER_INVALID: 400,
    Code.REQUEST_UNREADABLE: 400,
    Code.KEY_MISSING: 401,
    Code.KEY_WRONG: 401,
    Code.KEY_EXPIRED: 401,
    Code.KEY_REVOKED: 401,
    Code.SCOPE_MISSING: 403,
    Code.NOT_FOUND: 404,
    Code.PERIOD_UNKNOWN: 404,
    Code.METHOD_UNKNOWN: 405,
    Code.TOO_MANY_REQUESTS: 429,
    Code.TOO_MANY_WRONG_KEYS: 429,
    Code.INTERNAL: 500,
}
TITLES: Final[Mapping[Code, str]] = {
    Code.PARAMETER_INVALID: "A parameter is not valid.",
    Code.REQUEST_UNREADABLE: "The request cannot be read.",
    Code.KEY_MISSING: "No key was sent.",
    Code.KEY_WRONG: "The key is not known.",
    Code.KEY_EXPIRED: "The key has expired.",
    Code.KEY_REVOKED: "The key was revoked.",
    Code.SCOPE_MISSING: "The key does not have the scope for this.",
    Code.NOT_FOUND: "There is nothing at this address within the bounds of the key.",
    Code.PERIOD_UNKNOWN: "The period has not begun yet.",
    Code.METHOD_UNKNOWN: "Only GET and HEAD are served.",
    Code.TOO_MANY_REQUESTS: "The key has sent too many requests.",
    Code.TOO_MANY_WRONG_KEYS: "Too many wrong keys came from this address.",
    Code.INTERNAL: "The server failed; the request may be sent again.",
}
assert set(Code) == set(STATUS) == set(TITLES)


class InvalidParameter(BaseModel):
    """One parameter that was not accepted, and why."""

    model_config = ConfigDict(extra="forbid")

    parameter: str
    reason: str


class ProblemDetails(BaseModel):
    """A problem as of RFC 9457; ``code`` is stable, the sentences are not."""

    model_config = ConfigDict(extra="forbid")

    type: Annotated[str, Field(pattern=f"^{CODE_PREFIX}[a-z-]+$")]
    code: Code
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str
    errors: list[InvalidParameter]


@dataclass
class Problem(Exception):  # noqa: N818 - an answer, like a refusal
    """The interface does not answer this; ``headers`` go with what is said."""

    code: Code
    detail: str = ""
    errors: tuple[InvalidParameter, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The status of the answer."""
        return STATUS[self.code]

    @property
    def details(self) -> ProblemDetails:
        """The body of the answer."""
        return ProblemDetails(
            type=f"{CODE_PREFIX}{self.code}",
            code=self.code,
            title=TITLES[self.code],
            status=self.status,
            detail=self.detail or TITLES[self.code],
            errors=list(self.errors),
        )
