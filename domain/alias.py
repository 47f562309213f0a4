"""Aliases (别名): a village's own words for an item, suggested by use, adopted by people."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.refusal import Refusal

_WORDS: Final = re.compile(r"[\u4e00-\u9fff]{2,12}")


class AliasState(StrEnum):
    """Where an alias stands."""

    SUGGESTED = "suggested"
    ADOPTED = "adopted"
    DROPPED = "dropped"


class AliasAction(StrEnum):
    """What the administrator may do with it."""

    ADOPT = "adopt"
    DROP = "drop"


ALIAS_STEPS: Final = {
    (AliasState.SUGGESTED, AliasAction.ADOPT): AliasState.ADOPTED,
    (AliasState.SUGGESTED, AliasAction.DROP): AliasState.DROPPED,
    (AliasState.ADOPTED, AliasAction.DROP): AliasState.DROPPED,
}
"""Every step of an alias. What was dropped once is not suggested again."""


@dataclass(frozen=True, slots=True)
class Alias:
    """Words of a village that mean an item, under the number they are spoken of by."""

    number: int
    words: str
    item: str
    state: AliasState


class AliasUnknown(Refusal):
    """No alias has this number."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class AliasSettled(Refusal):
    """The alias was adopted or dropped before."""

    def __init__(self, alias: Alias) -> None:
        super().__init__(f"{alias.number} {alias.state}")
        self.alias = alias


def may_be_alias(words: str) -> bool:
    """Return whether words can name an item: two to twelve Chinese characters, nothing else.

    A number, a name with a door number or a whole sentence is none.
    """
    return _WORDS.fullmatch(words) is not None
