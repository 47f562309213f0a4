"""Read bindings (绑定): by code, by address and name, of a room."""

import re
from typing import Final

from bot.understanding.addresses import find_address, name_in
from bot.understanding.codes import find_code, printed_code
from bot.understanding.deferred import deferred
from bot.understanding.people import find_kin
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk

_BIND_ROOM: Final = deferred(r"\A绑定(?:本群|群|这个群|该群)[\s:]*(?P<rest>.*)\Z", re.DOTALL)
_BIND: Final = deferred(r"\A(?:我要|请|我想)?(?:绑定|换绑|重新绑定)(?P<rest>.*)\Z", re.DOTALL)
_TROUBLE: Final = deferred(r"绑(?:定)?(?:不了|不上|勿上|不成|失败)")
"""AB1DE-23456 绑定不了 asks for help."""
_CODELIKE: Final = deferred(r"[\s:码是]*[A-Za-z0-9][A-Za-z0-9\-\s]{5,20}")
_NAME_BEFORE: Final = deferred(
    r"(?:户主(?:是|叫)?|租户|租客|户名|我叫|[他她伊]叫|名叫|姓名|我是)[\s:]*(?:(?:阿拉|我|伲)?(?:爷叔|爸爸?|妈妈?|公公|婆婆|老公|爷爷|奶奶|娘舅|爹|娘)|我)?"
    r"(?P<name>[一-鿿]{2}(?:(?![侬你])[一-鿿])?|[一-鿿]\s{1,3}(?:[一-鿿]{2}|[一-鿿](?:\s{1,3}[一-鿿])?))(?=[\s,。]|\Z|家|帮|[侬你]帮)"
)


def read_binding(talk: Talk) -> Reading | None:
    """Read 绑定 CODE, 绑定 3组12号 张三, 绑定本群 CODE."""
    room = _BIND_ROOM.match(talk.text)
    if room:
        code = find_code(room["rest"])
        if code or talk.is_addressed or not room["rest"].strip():
            return Reading(Intent.BIND_ROOM, Slots(code=code), asks=code is None)
        return None
    found = _BIND.match(talk.text)
    code = find_code(found["rest"]) if found else None
    tells_trouble = talk.is_question or _TROUBLE.search(talk.text)
    if code is None and talk.is_addressed and not tells_trouble:
        code = printed_code(talk.text)
    if code:
        return Reading(Intent.BIND, Slots(code=code))
    if not found:
        is_asked = talk.is_addressed and "绑" in talk.text and not talk.is_question
        return _binding(talk.text) if is_asked and find_address(talk.text) else None
    rest = found["rest"]
    if find_address(rest):
        return _binding(rest)
    if _CODELIKE.fullmatch(rest):
        return Reading(Intent.BIND, Slots(reason=rest.strip()), asks=True)
    if talk.is_addressed and not talk.is_question:
        return Reading(Intent.BIND, Slots(person=name_in(rest)), asks=True)
    return None


def _binding(text: str) -> Reading:
    """Return a binding to an address; of two (从…换到…) the last."""
    address = find_address(text, last=True)
    assert address is not None, "the caller saw an address"
    labelled = _NAME_BEFORE.search(address.after) or _NAME_BEFORE.search(address.before)
    person = re.sub(r"\s", "", labelled["name"]) if labelled else name_in(address.after)
    if person and "绑" in person:
        person = None
    person = person or find_kin(text)
    return Reading(Intent.BIND, Slots(household=address.household, person=person))
