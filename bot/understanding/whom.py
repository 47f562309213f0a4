"""Whose household is meant and who is named beside it (哪一家, 何人)."""

import re
from typing import Final

from bot.understanding.addresses import find_address, find_group, name_in
from bot.understanding.deferred import deferred
from bot.understanding.people import SURNAMES, find_person

_BESIDE: Final = deferred(
    rf"[\s,(]*(?:的(?=[{SURNAMES}]))?(?P<name>(?![全都])(?=[{SURNAMES}])(?:[一-鿿·]{{2,4}}(?=[\s,、。:)]|\Z)|[一-鿿]{{2,3}}?(?=补录|代录|登记|录[一入个]|申报)))"
)
_BEGGING: Final = deferred(r"(?<=..)(?:你|侬|帮|麻烦|请|给我|替我|来绑|绑).*\Z")


def whom(text: str) -> tuple[str | None, str | None]:
    """Return (household, person) named in the words."""
    found = find_address(text, last=True) or find_group(text)
    person = find_person(text, pronouns=False)
    if found is None:
        return None, person
    labelled = re.search(
        r"(?:户主(?:是|叫)?|租户|租客|我叫|[他她伊]叫|名叫|姓名|名字叫?)[\s:]*(?P<name>[^\s,。]+)",
        text,
    )
    if labelled:
        kin = re.match(
            r"(?:阿拉|我|伲)?(?:爷叔|爸爸?|妈妈?|公公|婆婆|老公|爷爷|奶奶)", labelled["name"]
        )
        person = (
            labelled["name"][kin.end() :]
            if kin and len(labelled["name"]) > kin.end() + 1
            else labelled["name"]
        )
        return found.household, name_in(_BEGGING.sub("", person))
    return found.household, person or name_after(found.after)


def name_after(text: str) -> str | None:
    """Return a name that follows an address and stands by itself."""
    found = _BESIDE.match(text)
    return found["name"] if found else None
