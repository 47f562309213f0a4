"""How the slots of a row are compared with what was read."""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bot.understanding.items import index_of
from bot.understanding.normalise import bare, tidy
from bot.understanding.reading import Slots
from tests.bot.understanding.village import around

KINDS = (
    "claims",
    "item",
    "date",
    "quantity",
    "points",
    "scope",
    "household",
    "person",
    "place",
    "reason",
)
GOODS = ("redeem", "redeem_list")

Compared = tuple[str, bool, Any, Any]


def compared(gold: dict[str, Any], slots: Slots | None, row: dict[str, Any]) -> Iterator[Compared]:
    """Yield (kind, is the same, wanted, found) for each slot of the row."""
    found = slots or Slots()
    for name in ("claim_ids", "except_ids"):
        if name in gold:
            read = list(getattr(found, name))
            yield "claims", sorted(gold[name]) == sorted(read), gold[name], read
    if "item" in gold:
        is_same = _same_item(gold, found, is_good=row["intent"] in GOODS)
        yield "item", is_same, gold["item"], found.item or found.item_words
    if "occurred" in gold:
        yield _date(gold["occurred"], found)
    if "quantity" in gold:
        is_same = found.quantity == Decimal(str(gold["quantity"]))
        yield "quantity", is_same, gold["quantity"], found.quantity
    for name in ("points", "delta"):
        if name in gold:
            is_same = getattr(found, name) == Decimal(str(gold[name]))
            yield "points", is_same, gold[name], getattr(found, name)
    for name in ("scope", "household", "person", "place", "reason"):
        if name in gold:
            read = getattr(found, name)
            yield name, _plain(gold[name]) == _plain(read or ""), gold[name], read


def _date(gold: dict[str, str], found: Slots) -> Compared:
    wanted = (gold["date"], gold.get("date_to"))
    when = found.occurred
    read = when and (when.date.isoformat(), when.date_to.isoformat() if when.date_to else None)
    return "date", wanted == read, wanted, read


def _same_item(gold: dict[str, Any], found: Slots, *, is_good: bool) -> bool:
    """Whether the code that was read is one that the villagers' name means."""
    wanted = [gold["item"], *gold.get("item_alt", [])]
    if is_good:
        return _plain(found.item_words) in {_plain(name) for name in wanted}
    if found.item is None:
        return False
    items = index_of(around().rulebook)  # type: ignore[arg-type]
    item = items.item(found.item)
    names = [item.name, *item.aliases] if item else []
    for name in wanted:
        if any(name in other for other in names):
            return True
        if found.item in _codes(items.find(name)) + _codes(items.find(name, deductions=True)):
            return True
    return False


def _codes(named: Any) -> tuple[str, ...]:
    return (named.code,) if named and named.code else ()


def _plain(text: str) -> str:
    """Return words as they are compared: one width, no spaces, no punctuation, 03号 as 3号."""
    words = re.sub(r"\s", "", bare(tidy(unicodedata.normalize("NFKC", text))))
    words = re.sub(r"[,。.、!?:;]", "", words).replace("zu", "组").replace("hao", "号")
    return re.sub(r"(?<!\d)0+(?=\d)", "", words)
