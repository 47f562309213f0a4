"""Read a short answer to an open question (对话): a choice, an amount, a level, an address."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from bot.understanding.addresses import find_address, name_in
from bot.understanding.claim_reading import find_tier, read_act
from bot.understanding.deferred import deferred
from bot.understanding.normalise import bare
from bot.understanding.numerals import CHINESE, whole_of
from bot.understanding.quantities import bare_quantity
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk

_CANCEL: Final = deferred(
    r"(?:算了|取消|不报了|不用了|不要了|不弄了|放弃|不申报了|取消申报)[吧啊呀了。!\s]*"
)
_CHOICE: Final = deferred(
    rf"(?:我?选|第|选第|就|是)?\s*(?P<n>\d{{1,2}}|[{CHINESE}]{{1,2}})\s*(?:个|项|号|种|条)?[吧啊呀的。.!\s]*"
)
_MOST: Final = 9
_YES: Final = deferred(
    r"(?:好的?|可以|行的?|嗯+|是的?|对的?|ok|没问题|好呀|好啊)[吧啊呀。!\s]*", re.IGNORECASE
)
_NO: Final = deferred(r"(?:不好|不行|不可以|不要|否|不是|拒绝|不愿意)[吧啊呀。!\s]*")
_NEITHER: Final = deferred(r"(?:都不是|不对|不是的?|勿是|没有|哪个都不是|不是这个)[了呀啊。!\s]*")
_AGREES: Final = deferred(r"(?:好的?|嗯|我|可以|是的?)?[,\s]*同意[的了吧啊。!\s]*")
_DIFFERS: Final = deferred(r"(?:我)?不同意[的了吧啊。!\s]*")
_COMMAND: Final = deferred(r"申报|代录|扣分|[报帮替给]|\d\s*组|通过|驳回|撤回|更正")
_TIER_LONGEST: Final = 12
_WHERE_LONGEST: Final = 60


def read_answer(talk: Talk) -> Reading | None:
    """Return the answer to the open question, None if the words are none."""
    if talk.dialogue is None:
        return None
    if _CANCEL.fullmatch(talk.text):
        return Reading(Intent.CANCEL)
    reader = _READERS.get(talk.dialogue)
    return reader(talk) if reader else None


def _choice(talk: Talk) -> Reading | None:
    """Read 1, 第二个, 选3; or the words of what is chosen."""
    found = _CHOICE.fullmatch(talk.text)
    number = whole_of(found["n"]) if found else None
    if number is not None and 1 <= number <= _MOST:
        return Reading(Intent.CHOICE, Slots(choice=number))
    return _item(talk)


def _item(talk: Talk) -> Reading | None:
    """Read the name of an item as the choice that it is; a command of its own is none."""
    if talk.is_question or len(talk.text) > _WHERE_LONGEST or _COMMAND.search(talk.text):
        return None
    told = read_act(talk.text, talk.items, talk.today)
    if told.slots.item:
        return Reading(Intent.CHOICE, Slots(item=told.slots.item))
    return None


def _quantity(talk: Talk) -> Reading | None:
    """Read 2小时, 两个半, 3."""
    counted = bare_quantity(talk.text)
    if counted is None:
        return None
    slots = Slots(quantity=counted.amount, unit=counted.unit, quantity_is_rough=counted.is_rough)
    return Reading(Intent.CLAIM, slots, asks=counted.is_rough)


def _tier(talk: Talk) -> Reading | None:
    """Read 五星, 村级, or the number of a level.

    ``tier`` holds the words: which level they mean depends on the item, and
    ``find_tier`` says it.
    """
    words = re.sub(r"\A是|[的吧啊呀]+\Z", "", bare(talk.text))
    found = _CHOICE.fullmatch(words)
    number = whole_of(found["n"]) if found else None
    if number is not None and 1 <= number <= _MOST:
        return Reading(Intent.CHOICE, Slots(choice=number))
    if not words or len(words) > _TIER_LONGEST or talk.is_question:
        return None
    for code in talk.items.tiered():
        tier, _ = find_tier(words, talk.items, code)
        if tier:
            return Reading(Intent.CLAIM, Slots(tier=words))
    return None


def _household(talk: Talk) -> Reading | None:
    """Read an address with or without a name, or a name."""
    found = find_address(talk.text)
    if found:
        person = name_in(found.after) or name_in(found.before)
        return Reading(Intent.CLAIM, Slots(household=found.household, person=person))
    if re.fullmatch(r"[一-鿿·]{2,4}", talk.text):
        return Reading(Intent.CLAIM, Slots(person=talk.text))
    return None


def _consent(talk: Talk) -> Reading | None:
    """Read 同意 and 不同意; 好的 alone is asked about, since consent is to be given in words."""
    if _DIFFERS.fullmatch(talk.text) or _NO.fullmatch(talk.text):
        return Reading(Intent.DISSENT)
    if _AGREES.fullmatch(talk.text):
        return Reading(Intent.CONSENT)
    return Reading(Intent.CONSENT, asks=True) if _YES.fullmatch(talk.text) else None


def _intent(talk: Talk) -> Reading | None:
    """Read which of the offered readings is meant: 1, 第二个; 是 and 对 are the first, 不是 none."""
    found = _CHOICE.fullmatch(talk.text)
    number = whole_of(found["n"]) if found else None
    if number is not None and 1 <= number <= _MOST:
        return Reading(Intent.CHOICE, Slots(choice=number))
    if _NO.fullmatch(talk.text) or _NEITHER.fullmatch(talk.text):
        return Reading(Intent.CANCEL)
    if _YES.fullmatch(talk.text):
        return Reading(Intent.CHOICE, Slots(choice=1))
    return None


_READERS: Final[Mapping[str, Callable[[Talk], Reading | None]]] = {
    "intent": _intent,
    "choice": _choice,
    "item": _choice,
    "quantity": _quantity,
    "tier": _tier,
    "household": _household,
    "consent": _consent,
}
