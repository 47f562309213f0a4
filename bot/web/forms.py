"""Forms (表单): what a page's form means, as the same reading that words would give."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from bot.replies import pages
from bot.understanding.reading import Intent, Occurred, Reading, Slots
from domain.claim import ClaimKey
from domain.points import parse

FORM_ID: Final = re.compile(r"[A-Za-z0-9]{16,64}")
REASON_MAX: Final = 100
KEYS_MAX: Final = 100
DIGEST: Final = 12


@dataclass(frozen=True, slots=True)
class Wish:
    """What someone wants by a form: the words that say it, and its reading.

    Without an ``act`` the words are read as if they were written in the talk.
    ``id`` is the same for the same wish of the same form: a second click is no
    second act.
    """

    id: str
    text: str
    act: Reading | None = None


def wish(form_id: str, text: str, act: Reading | None = None) -> Wish:
    """Return a wish under the name that the same form always gives it.

    Raises:
        ValueError: The form bears no proper name.
    """
    if not FORM_ID.fullmatch(form_id):
        raise ValueError(form_id)
    content = text if act is None else json.dumps(packed(act), sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()[:DIGEST]
    return Wish(f"{form_id}-{digest}", text, act)


def about_claims(
    form_id: str,
    intent: Intent,
    keys: tuple[ClaimKey, ...],
    *,
    points: str = "",
    quantity: str = "",
    reason: str = "",
) -> tuple[Wish, ...]:
    """Return what a form wants done to claims, a wish for each year.

    Raises:
        PointsUnreadable: What stands in the field of points or quantity is no amount.
        ValueError: Too many claims, or none.
    """
    if not 0 < len(keys) <= KEYS_MAX:
        raise ValueError(len(keys))
    worth, counted = amount(points), amount(quantity)
    wishes = []
    for year in sorted({key.year for key in keys}):
        numbers = tuple(key.number for key in keys if key.year == year)
        slots = Slots(
            claim_ids=numbers,
            claim_year=year,
            points=worth,
            quantity=counted,
            reason=one_line(reason, REASON_MAX) or None,
        )
        act = Reading(intent, slots)
        wishes.append(wish(form_id, pages.wanted(act), act))
    return tuple(wishes)


def one_line(text: str, most: int) -> str:
    """Return what someone wrote in a field on one line, without control characters."""
    plain = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join(plain.split())[:most]


def of_reading(form_id: str, intent: Intent, slots: Slots | None = None) -> tuple[Wish, ...]:
    """Return what a form wants that is one reading, told in the words it stands for.

    Raises:
        ValueError: The form bears no proper name.
    """
    act = Reading(intent, slots or Slots())
    return (wish(form_id, pages.wanted(act), act),)


def amount(text: str) -> Decimal | None:
    """Return the points in a field; None when it is empty.

    Raises:
        PointsUnreadable: It is no amount.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    return Decimal(parse(written)) / 10 if written else None


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def packed(act: Reading) -> dict[str, Any]:
    """Return a form's reading as JSON for the inbox, so that it outlives a crash."""
    assert act.intent is not None, "a form wants something"
    slots = act.slots
    body = {
        "intent": act.intent.value,
        "claim_ids": list(slots.claim_ids),
        "claim_year": slots.claim_year,
        "points": None if slots.points is None else str(slots.points),
        "reason": slots.reason,
    }
    more = {
        "scope": slots.scope,
        "agrees": slots.agrees,
        "outcome": slots.outcome,
        "delta": None if slots.delta is None else str(slots.delta),
        "quantity": None if slots.quantity is None else str(slots.quantity),
        "day": None if slots.occurred is None else slots.occurred.date.isoformat(),
        "day_text": None if slots.occurred is None else slots.occurred.text,
    }
    return body | {name: value for name, value in more.items() if value is not None}


def unpacked(body: Mapping[str, Any]) -> Reading:
    """Return the reading that ``packed`` wrote."""
    day = body.get("day")
    slots = Slots(
        claim_ids=tuple(body["claim_ids"]),
        claim_year=body["claim_year"],
        points=_decimal(body["points"]),
        reason=body["reason"],
        scope=body.get("scope"),
        agrees=body.get("agrees"),
        outcome=body.get("outcome"),
        delta=_decimal(body.get("delta")),
        quantity=_decimal(body.get("quantity")),
        occurred=Occurred(body["day_text"], date.fromisoformat(day)) if day else None,
    )
    return Reading(Intent(body["intent"]), slots)
