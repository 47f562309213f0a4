"""Find the item (条目) that words name: its code, a contained alias, then likeness of sound."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.understanding.act_words import COMPILED, NAMES
from bot.understanding.deferred import deferred
from bot.understanding.likeness import Likeness
from domain.rulebook import Item, Kind, Rulebook

ACCEPT: Final = 78.0
MARGIN: Final = 12.0
ASK: Final = 48.0
CHOICES: Final = 3
_CODE: Final = deferred(r"(?<![A-Z0-9])[A-Z]\s?[1-9]\d\d(?!\d)", re.IGNORECASE)
_NEGATION: Final = deferred(r"(?:没有|没|不是|不|未|乱|散|别|非|勿|覅|不要)(?:申?报)?\Z")
_OFFICE: Final = deferred(r"处(?![理罚分置])|窗口")
"""养犬登记处 is a place, no act."""
_TOLD: Final = deferred(
    r"(?:申报|[报算打卡计记录]|登记|加|项目|补录|代录)(?:一下|一次|一记|下|个|一报|是)?[\s:,]*\Z"
)
"""What stands before the item that is meant, of several: 报邻里互助, 算志愿服务."""
_NAME_BREAK: Final = deferred(r"[(（][^)）]*[)）]|[、,，/]")
_LEAST: Final = 2
_REMEMBERED: Final = 128
_SPOKEN_LEAST: Final = 4
"""Characters of a villagers' name from which it may be told by its likeness too."""


@dataclass(frozen=True, slots=True)
class Named:
    """What words say of the item: a code, or up to three to ask about; and the text left."""

    code: str | None
    choices: tuple[str, ...]
    words: str
    rest: str
    score: float = 100.0


@dataclass(frozen=True, slots=True)
class _Hit:
    """An alias found in the text."""

    start: int
    end: int
    code: str


class ItemIndex:
    """The names of one rulebook, made once; see ``index_of``.

    An item that the village has not opened is known by its names only: it is taken
    for no other, and nothing is merely like it.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._items = {item.code: item for item in rulebook.items}
        named = [(alias, item) for item in self._items.values() for alias in names_of(item)]
        own = dict(named)
        more = [
            (word, own[alias])
            for alias, words in NAMES.items()
            if alias in own
            for word in words.split()
            if word not in own
        ]
        self._own = own
        self._deductions = frozenset(code for code, one in self._items.items() if one.is_deduction)
        self._named_in = lru_cache(maxsize=_REMEMBERED)(self._found)
        self._named = sorted([*named, *more], key=lambda pair: -len(pair[0]))
        self._names = tuple(name for name, _ in self._named)
        self._starting: dict[str, list[tuple[int, str, str]]] = {}
        for rank, (name, item) in enumerate(self._named):
            self._starting.setdefault(name[0], []).append((rank, name, item.code))
        spoken = [(word, item) for word, item in more if len(word) >= _SPOKEN_LEAST]
        likely = ((alias, item) for alias, item in (*named, *spoken) if item.is_on)
        self._likeness = Likeness(tuple((alias, item.code) for alias, item in likely))
        self._told = tuple(
            (own[alias].code, pattern) for alias, pattern in COMPILED if alias in own
        )
        self._any = deferred("|".join(map(re.escape, dict.fromkeys(self._names))) or r"\Z\A")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the longest first."""
        return self._names

    def item(self, code: str) -> Item | None:
        """Return the item of a code, None if there is none."""
        return self._items.get(code)

    def name(self, code: str) -> str:
        """Return the name of an item that there is."""
        return self._items[code].name

    def tiered(self) -> Iterator[str]:
        """Yield the codes of items with levels."""
        yield from (code for code, item in self._items.items() if item.kind is Kind.TIER)

    def contained(self, text: str, *, deductions: bool = False) -> Named | None:
        """Return the item whose code or alias stands in the text, the longest alias first.

        An alias inside a longer one does not count (倒垃圾 in 乱倒垃圾), nor
        one after a negation; two of one length for two items are asked about.
        """
        code = _CODE.search(text)
        found = self._items.get(re.sub(r"\s", "", code[0]).upper()) if code else None
        if code and found:
            return Named(found.code, (), code[0], _cut(text, code.start(), code.end()))
        hits = [hit for hit in self._hits(text) if self._fits(hit.code, deductions=deductions)]
        if not hits:
            return None
        meant = [hit for hit in hits if _TOLD.search(text[: hit.start])]
        hits = meant or [hit for hit in hits if text[hit.start : hit.end] in self._own] or hits
        longest = max(hit.end - hit.start for hit in hits)
        best = sorted(
            (hit for hit in hits if hit.end - hit.start == longest), key=lambda hit: hit.start
        )
        if not text[: best[0].start].strip():
            best = best[:1]
        codes = tuple(dict.fromkeys(hit.code for hit in best))
        first = best[0]
        words = text[first.start : first.end]
        rest = _cut(text, first.start, first.end)
        if len(codes) == 1:
            return Named(codes[0], (), words, rest)
        return Named(None, codes[:CHOICES], words, rest)

    def told(self, text: str, *, deductions: bool = False) -> Named | None:
        """Return the item of an act told in a sentence: 门口扫得干干净净."""
        for code, pattern in self._told:
            found = pattern.search(text) if self._fits(code, deductions=deductions) else None
            if found and not _OFFICE.match(text, found.end()):
                return Named(code, (), found[0], text)
        return None

    def meant(self, text: str, *, deductions: bool = False) -> Named | None:
        """Return the item that is named, else the one whose act is told."""
        named = self.contained(text, deductions=deductions)
        return named or self.told(text, deductions=deductions)

    def is_name(self, text: str) -> bool:
        """Whether the words are a name of an item that gives points, and nothing else."""
        return any(name == text and not item.is_deduction for name, item in self._named)

    def is_told(self, text: str) -> bool:
        """Whether a name stands right after a word that files it: 报邻里互助, 申报种树."""
        return any(_TOLD.search(text[: hit.start]) for hit in self._hits(text))

    def starts(self, text: str) -> bool:
        """Whether the text starts with an item's name or code."""
        return bool(_CODE.match(text)) or text.startswith(self._names)

    def alike(self, text: str, *, deductions: bool = False) -> Named | None:
        """Return the item that the words sound like, or three to ask about, or None.

        Words that name an item which does not fit (乱倒垃圾 in a claim, 没献血)
        are not stretched to one that sounds like them.
        """
        if self._named_in(text):
            return None
        ranked = [
            (score, code, words)
            for score, code, words in self._likeness.ranked(text)
            if self._fits(code, deductions=deductions) and score >= ASK
        ]
        if not ranked:
            return None
        score, code, words = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        if score >= ACCEPT and score - second >= MARGIN:
            return Named(code, (), words, text.replace(words, " ", 1), score)
        return Named(None, tuple(code for _, code, _ in ranked[:CHOICES]), words, text, score)

    def scores(self, text: str) -> list[tuple[float, str, str]]:
        """Return (score, code, words) of the items that words are like, best first."""
        return self._likeness.ranked(text)

    def find(self, text: str, *, deductions: bool = False) -> Named | None:
        """Return what the words name, contained first, then alike."""
        named = self.contained(text, deductions=deductions)
        return named or self.alike(text, deductions=deductions)

    def _fits(self, code: str, *, deductions: bool) -> bool:
        """Whether an item is of the wanted sign."""
        return (code in self._deductions) == deductions

    def _hits(self, text: str) -> Iterator[_Hit]:
        """Yield the aliases of the text that stand after no negation."""
        return (
            hit
            for hit in self._named_in(text)
            if not _NEGATION.search(text[: hit.start]) and not _OFFICE.match(text, hit.end)
        )

    def _found(self, text: str) -> tuple[_Hit, ...]:
        """Return the aliases of the text that stand in no longer one; a text is asked about often."""
        if not self._any.search(text):
            return ()
        hits: list[_Hit] = []
        taken: list[tuple[int, int]] = []
        near = (one for letter in frozenset(text) for one in self._starting.get(letter, ()))
        for _, alias, code in sorted(near):
            start = text.find(alias)
            while start >= 0:
                end = start + len(alias)
                is_free = all(end <= a or start >= b for a, b in taken)
                if is_free:
                    taken.append((start, end))
                    hits.append(_Hit(start, end, code))
                start = text.find(alias, end)
        return tuple(hits)


def names_of(item: Item) -> Iterator[str]:
    """Yield every name of an item: its own, the parts of its own, its aliases."""
    whole = _NAME_BREAK.sub(" ", item.name)
    names = dict.fromkeys((*item.aliases, item.name, *whole.split()))
    yield from (name for name in names if len(name) >= _LEAST)


class _Identity:
    """A rulebook as a key: by identity, since its maps cannot be hashed."""

    __slots__ = ("rulebook",)

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.rulebook is self.rulebook

    def __hash__(self) -> int:
        return id(self.rulebook)


@lru_cache(maxsize=32)
def _index(key: _Identity) -> ItemIndex:
    """Make the index of a rulebook."""
    return ItemIndex(key.rulebook)


def index_of(rulebook: Rulebook) -> ItemIndex:
    """Return the index of a rulebook, made once for each."""
    return _index(_Identity(rulebook))


def _cut(text: str, start: int, end: int) -> str:
    """Return the text without a part, with a gap in its place."""
    return text[:start] + " " + text[end:]
