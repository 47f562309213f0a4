"""The remaining cells of a household (单元格): village, people, party, stars, remark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.papers.roster_note import Note, NoteKind
from bot.papers.roster_text import CACHED, Cell, narrow, numeral
from bot.papers.roster_words import (
    COLLAPSED,
    EMPTIED,
    EMPTIED_PERHAPS,
    EMPTY_HEADS,
    HEALTH,
    OTHERS,
    PARTY_NO,
    PARTY_YES,
    REHOUSED,
    TOWN,
    VILLAGE_TAIL,
)
from domain.household import PEOPLE_MAX, STAR_MAX, RosterColumn

_PEOPLE: Final = re.compile(r"共?(?P<number>[^人口个位名]+)(?:人口|口人|个人|[人口个位名])?")
_STAR_SIGNS: Final = re.compile(r"[★☆⭐🌟]+")
_STARS: Final = re.compile(r"(?P<number>.+?)(?:颗)?星(?:级)?(?:户|家庭|家庭户)?")
_PARTY_COUNT: Final = re.compile(r"[1-9][0-9]?[人名个]?|有[^无]*")
_EDGES: Final = " ,;\uff0c\uff1b。\n"
_CLAUSES: Final = re.compile(r"([,;\uff0c\uff1b。\n]+)")


@dataclass(frozen=True, slots=True)
class VillageNames:
    """The village of the roster, and the other villages of the town by name."""

    own: str
    others: tuple[str, ...] = ()

    def find(self, written: str) -> str | None:
        """Return the village that is meant: 幸福, 幸福村, 幸福村委会 and 川沙新镇幸福村 are one."""
        core = core_of(written)
        cores = [(name, core_of(name)) for name in (self.own, *self.others)]
        for name, known in cores:
            if known == core:
                return name
        for name, known in cores:
            if core.endswith(known) and TOWN.fullmatch(core.removesuffix(known)):
                return name
        return None


@lru_cache(CACHED)
def core_of(village: str) -> str:
    """Return what tells a village from others: its name without 村 or 村委会."""
    tight = re.sub(r"\s", "", narrow(village))
    return VILLAGE_TAIL.sub("", tight) or tight


def village_names(own: str, others: Sequence[str]) -> VillageNames:
    """Return the names without those that are the village itself under another form."""
    return VillageNames(own, tuple(name for name in others if core_of(name) != core_of(own)))


def read_village(cell: Cell, names: VillageNames, notes: list[Note]) -> str:
    """Read the village: its own name, or what is written with the reason it is not taken."""
    if not cell.text:
        notes.append(cell.note(NoteKind.MISSING))
        return ""
    found = names.find(cell.text)
    if found == names.own:
        if cell.text != names.own:
            notes.append(cell.note(NoteKind.READ_AS, read=names.own))
        return names.own
    kind = NoteKind.OTHER_VILLAGE if found else NoteKind.VILLAGE_UNKNOWN
    notes.append(cell.note(kind, read=names.own))
    return found or cell.text


def read_people(cell: Cell, notes: list[Note]) -> int | None:
    """Read how many people; what is no count is left empty and said so."""
    if _is_empty(cell, notes):
        return None
    found = _PEOPLE.fullmatch(cell.tight)
    number = numeral(found["number"]) if found else None
    if number is None or number > PEOPLE_MAX or isinstance(cell.raw, bool) or cell.day:
        notes.append(cell.note(NoteKind.LEFT_EMPTY))
        return None
    if str(number) != cell.text:
        notes.append(cell.note(NoteKind.READ_AS, read=str(number)))
    return number


def read_party(cell: Cell, notes: list[Note]) -> bool:
    """Read whether it is a party household; signs such as √ and 是 are yes."""
    tight = cell.tight.upper()
    if tight in PARTY_YES or tight in PARTY_NO:
        return tight in PARTY_YES
    is_party = bool(_PARTY_COUNT.fullmatch(tight))
    kind = NoteKind.READ_AS if is_party else NoteKind.LEFT_EMPTY
    notes.append(cell.note(kind, read="是" if is_party else ""))
    return is_party


def read_star(cell: Cell, notes: list[Note]) -> int:
    """Read the stars 0 to 5: 3, 三星级 or ★★★; what is none is left empty and said so."""
    if _is_empty(cell, notes):
        return 0
    tight = cell.tight
    if _STAR_SIGNS.fullmatch(tight):
        star: int | None = sum(sign != "☆" for sign in tight)
    else:
        found = _STARS.fullmatch(tight)
        star = numeral(found["number"] if found else tight)
    if star is None or star > STAR_MAX or isinstance(cell.raw, bool) or cell.day:
        notes.append(cell.note(NoteKind.LEFT_EMPTY))
        return 0
    if str(star) != cell.text:
        notes.append(cell.note(NoteKind.READ_AS, read=str(star)))
    return star


def _is_empty(cell: Cell, notes: list[Note]) -> bool:
    if cell.text and cell.is_placeholder:
        notes.append(cell.note(NoteKind.PLACEHOLDER))
    return not cell.text or cell.is_placeholder


def read_remark(cell: Cell, moved: str, notes: list[Note]) -> str:
    """Read the remark with what was moved to it; words on somebody's health are not kept."""
    text = cell.text
    if HEALTH.search(text) or HEALTH.search(moved):
        notes.append(Note(NoteKind.HEALTH_DROPPED, RosterColumn.REMARK))
        text, moved = _without_health(text), _without_health(moved)
    return ";".join(filter(None, (text, moved)))


def _without_health(text: str) -> str:
    parts = _CLAUSES.split(text)
    kept = [
        (clause, mark)
        for clause, mark in zip(parts[::2], [*parts[1::2], ""], strict=True)
        if not HEALTH.search(clause)
    ]
    return "".join(clause + mark for clause, mark in kept).strip(_EDGES)


def emptied(head: str, remark: str) -> str | None:
    """Return the words that say nobody lives there (空户, 已拆迁), or None.

    儿子全家迁出 is said of others.
    """
    if head in EMPTY_HEADS:
        return head
    for clause in _CLAUSES.split(remark)[::2]:
        found = EMPTIED.search(clause)
        if found and not OTHERS.search(clause[: found.start()]):
            return found[0]
    return None


def perhaps_emptied(remark: str) -> str | None:
    """Return a clause by which a house seems to be left (已搬走, 老屋倒塌), or None."""
    clauses = [narrow(clause).strip() for clause in _CLAUSES.split(remark)[::2]]
    is_rehoused = any(REHOUSED.search(clause) for clause in clauses)
    return next(
        (
            clause
            for clause in clauses
            if EMPTIED_PERHAPS.fullmatch(clause)
            or (COLLAPSED.fullmatch(clause) and not is_rehoused)
        ),
        None,
    )


@lru_cache(CACHED)
def health_hidden(text: str) -> str:
    """Return text as it may be shown again: without clauses on somebody's health."""
    return _without_health(text) if HEALTH.search(text) else text
