"""The head of a household (户主): the name to the letter, without what a layout added."""

import re
import unicodedata
from typing import Final

from bot.papers.roster_note import Note, NoteKind
from bot.papers.roster_text import Cell, as_text, narrow
from bot.papers.roster_words import (
    COMPOUND_SURNAMES,
    ENTERPRISES,
    FACTORY,
    HEALTH,
    LOST_LETTERS,
    MIDDLE_DOTS,
    NAME_LABEL,
    NAMEABLE,
    NO_NAMES,
    PUBLIC_PLACES,
    SHOPS,
    SURNAMES,
)

_BRACKET: Final = re.compile(r"^\((?P<first>[^()+]*)\)|\((?P<last>[^()+]*)\)$")
_SEVERAL: Final = re.compile(r"[、,;/\\&|]")
_INSTITUTIONS: Final = tuple(
    (words, re.compile("|".join(words)), kind)
    for words, kind in (
        (PUBLIC_PLACES, NoteKind.PUBLIC_PLACE),
        (ENTERPRISES, NoteKind.ENTERPRISE),
    )
)
_MARKS: Final = "。、,;:!\uff0c\uff1b\uff1a\uff01"
_NAME_MAX: Final = 30
_JOINED_MAX: Final = 4
"""More letters than this, parted by spaces, may be two people."""
_SHORT_NAME: Final = 3


def read_head(cell: Cell, written: str, notes: list[Note]) -> tuple[str, str]:
    """Read the name and what stood in brackets around it, which belongs to the remarks.

    Rare and traditional letters, private letters and the dot of 买买提·艾力
    stay as they are; 王 强 is 王强. Two names, a name with digits, or one with
    a lost letter (王□) is asked about, since a wrong name would be kept.
    """
    if not written or cell.is_placeholder:
        notes.append(cell.note(NoteKind.MISSING))
        return "", ""
    bare = _without_label(written)
    name, remark = _without_brackets(bare)
    if remark and not HEALTH.search(remark):
        notes.append(Note(NoteKind.NAME_BRACKET, cell.column, remark))
    name, is_one = _without_spaces(name)
    if bare != written:
        notes.append(cell.note(NoteKind.READ_AS, read=name))
    if name != _stripped_of(remark, bare) or as_text(cell.raw).strip() != as_text(cell.raw):
        notes.append(Note(NoteKind.NAME_SPACES, cell.column, read=name))
    fault = _fault(name, is_one=is_one)
    if fault:
        notes.append(cell.note(fault))
    elif any(unicodedata.category(letter) == "Co" for letter in name):
        notes.append(cell.note(NoteKind.NAME_PRIVATE_LETTER))
    return name, remark


def _without_label(text: str) -> str:
    """Take 户主: off the beginning and a full stop off the end; 。。 stays as it is."""
    found = NAME_LABEL.match(narrow(text))
    return text[found.end() if found else 0 :].strip(_MARKS).strip() or text


def _without_brackets(text: str) -> tuple[str, str]:
    remarks = []
    while found := _BRACKET.search(narrow(text)):
        rest = (text[: found.start()] + text[found.end() :]).strip()
        if not rest:
            break
        remarks.append(text[found.start() + 1 : found.end() - 1].strip())
        text = rest
    return text, ",".join(filter(None, remarks))


def _stripped_of(remark: str, written: str) -> str:
    return _without_brackets(written)[0] if remark else written


def _without_spaces(text: str) -> tuple[str, bool]:
    """Join what a layout parted; False if it may be two names."""
    pieces = "".join(" " if narrow(c) in " \n" else c for c in text).split()
    if len(pieces) <= 1:
        return "".join(pieces), True
    if all(piece.isascii() for piece in pieces):
        return " ".join(pieces), True
    joined = "".join(pieces)
    if any(piece[0] in MIDDLE_DOTS or piece[-1] in MIDDLE_DOTS for piece in pieces):
        return joined, True
    is_parted = any(len(piece) == 1 for piece in pieces) or pieces[0] in COMPOUND_SURNAMES
    if is_parted and len(joined) <= _JOINED_MAX:
        return joined, True
    return " ".join(pieces), False


def _fault(name: str, *, is_one: bool) -> NoteKind | None:
    if narrow(name).strip(_MARKS).upper() in NO_NAMES:
        return NoteKind.NAME_ABSENT
    if name.endswith("等") and len(name) >= _SHORT_NAME:
        return NoteKind.NAME_AND_OTHERS
    if any(letter in LOST_LETTERS for letter in name):
        return NoteKind.NAME_LETTER_LOST
    if any(letter.isdigit() for letter in name):
        return NoteKind.NAME_HAS_DIGITS
    if not is_one or _SEVERAL.search(narrow(name)):
        return NoteKind.SEVERAL_NAMES
    letters = [c for c in name if unicodedata.category(c) in {"Lo", "Lu", "Ll", "Lt", "Co", "Cn"}]
    return NoteKind.UNREADABLE if not letters or len(name) > _NAME_MAX else None


def institution(name: str) -> NoteKind | None:
    """Tell an enterprise or a public building from a person; None for a person.

    幸福砖厂 is an enterprise; 王建厂 and 李学校 are people.
    """
    for words, pattern, kind in _INSTITUTIONS:
        if pattern.search(name) and any(w in name and not _is_person(name, w) for w in words):
            return kind
    if name.endswith(SHOPS) and len(name) >= _SHORT_NAME and not _has_surname(name):
        return NoteKind.ENTERPRISE
    return None


def _is_person(name: str, word: str) -> bool:
    """Tell 王学校, and 商行健 whose surname and name only look like the word, from a place."""
    if name[0] not in SURNAMES:
        return False
    is_named_so = word in NAMEABLE and name[1:] == word
    return is_named_so or (len(name) == _SHORT_NAME and name.startswith(word) and word != name)


def _has_surname(name: str) -> bool:
    if FACTORY.search(name) and len(name) >= _SHORT_NAME:
        return False
    if name.startswith(COMPOUND_SURNAMES) or any(dot in name for dot in MIDDLE_DOTS):
        return True
    return name[0] in SURNAMES and len(name) <= _SHORT_NAME
