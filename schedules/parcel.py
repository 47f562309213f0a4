"""Parcels (打包): what goes to one target together, in order, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from storage.outbox import Draft, Letter

MERGED_MAX: Final = 5
ROW_MAX: Final = 8
BETWEEN: Final = "\n———\n"


@dataclass(frozen=True, slots=True)
class Parcel:
    """Letters to one target that go as one message."""

    target: str
    letters: tuple[Letter, ...]

    def of(self, ids: Collection[int]) -> tuple[Letter, ...]:
        """Return those letters that are among ``ids``: another process has begun the others."""
        return tuple(letter for letter in self.letters if letter.id in ids)

    @property
    def text(self) -> str:
        """The words, receipts of one room joined."""
        return BETWEEN.join(letter.draft.text for letter in self.letters)

    @property
    def mentions(self) -> tuple[str, ...]:
        """Whom to mention, each once, in order."""
        named = (letter.draft.mention for letter in self.letters)
        return tuple(dict.fromkeys(m for m in named if m))


def target_of(draft: Draft) -> str:
    """Return the room or person a draft goes to."""
    return draft.room or draft.contact or ""


def parcels(letters: tuple[Letter, ...], *, merges: bool) -> tuple[tuple[Parcel, ...], ...]:
    """Pack letters by target, in order: a row of parcels for each target.

    At most eight letters a target, since what a dying process had begun to send
    is in doubt. With ``merges`` (a pace holds messages back) replies of one room
    go together, never photos, and only the first parcel of a target is packed.
    """
    by_target: dict[str, list[Letter]] = {}
    for letter in letters:
        by_target.setdefault(target_of(letter.draft), []).append(letter)
    return tuple(_row(target, some, merges=merges) for target, some in by_target.items())


def _row(target: str, letters: list[Letter], *, merges: bool) -> tuple[Parcel, ...]:
    if not merges:
        return tuple(Parcel(target, (letter,)) for letter in letters[:ROW_MAX])
    head = letters[0]
    if head.draft.photo or head.draft.room is None:
        return (Parcel(target, (head,)),)
    together = []
    for letter in letters[:MERGED_MAX]:
        if letter.draft.photo or letter.draft.kind != head.draft.kind:
            break
        together.append(letter)
    return (Parcel(target, tuple(together)),)
