"""Find which good of a catalogue words mean, and how many (兑换物品)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.likeness import Likeness
from bot.understanding.normalise import bare, tidy
from bot.understanding.numerals import NUMERAL, whole_of

CHOICES_MAX: Final = 3
_ALIKE: Final = 55.0
_SHORTEST: Final = 2
_COUNT: Final = deferred(
    rf"(?:x|×|\*)?(?P<n>半|好几|几|数|{NUMERAL})(?P<rough>多|来|几)?(?:个|瓶|袋|包|份|桶|盒|块|条|支|提|箱|斤|把|双|套|张|次|只|卷|听|罐)?"
)
_APART: Final = deferred(r"(?<=\d)\s+(?=\d)")
"""Two numbers are two numbers: 1 2 is not 12."""
_SMALL: Final = deferred(r"[吗吧呢了啊呀哦的,。!?\s]|谢谢|麻烦")


@dataclass(frozen=True, slots=True)
class Picked:
    """The goods that may be meant, by their place in the catalogue from 0.

    ``is_sure`` with one alone; ``quantity`` None where it is no whole number.
    """

    choices: tuple[int, ...]
    quantity: int | None
    is_sure: bool


def find_good(words: str, names: Sequence[str]) -> Picked:
    """Return which of the names the words mean: the same, contained, else asked about.

    ``洗衣液 2``, ``两瓶洗衣液`` and ``大米 2`` for ``大米5斤装`` are sure;
    ``洗衣夜`` is only like a name, so it is asked about by number.
    """
    said, plain = _plain(words), [_plain(name) for name in names]
    within = _longest([i for i, name in enumerate(plain) if name and name in said], plain)
    if within:
        rest = said
        for i in within:
            rest = rest.replace(plain[i], " ", 1)
        return Picked(tuple(within[:CHOICES_MAX]), _quantity(rest), len(within) == 1)
    asked = _COUNT.sub(" ", said)
    parts = [part for part in asked.split() if len(part) >= _SHORTEST]
    part = max(parts, key=len, default="")
    rest = said.replace(part, " ", 1) if part else said
    holding = [i for i, name in enumerate(plain) if part and part in name]
    if holding:
        return Picked(tuple(holding[:CHOICES_MAX]), _quantity(rest), len(holding) == 1)
    return Picked(_alike(part, names), _quantity(rest), is_sure=False)


def _plain(text: str) -> str:
    apart = _APART.sub("/", bare(tidy(text)))
    return _SMALL.sub("", apart).lower()


def _longest(found: list[int], names: Sequence[str]) -> list[int]:
    """Leave out names that are part of another one found: 洗衣液 within 洗衣液大瓶."""
    return [i for i in found if not any(i != j and names[i] in names[j] != names[i] for j in found)]


def _alike(words: str, names: Sequence[str]) -> tuple[int, ...]:
    if not words:
        return ()
    index = Likeness(tuple((name, str(i)) for i, name in enumerate(names)))
    near = [int(code) for score, code, _ in index.ranked(words) if score >= _ALIKE]
    return tuple(near[:CHOICES_MAX])


def _quantity(rest: str) -> int | None:
    """Return the whole number in what is left beside the name; 1 if there is none."""
    found = list(_COUNT.finditer(rest))
    if not found:
        return 1
    if len(found) > 1 or found[0]["rough"]:
        return None
    return whole_of(found[0]["n"])
