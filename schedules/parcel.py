"""Parcels (打包): what goes to one target together, in order, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from storage.outbox import Draft, Letter

MERGED_MAX: Final = 5
ROW_MAX: Final = 16
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

    At most sixteen letters a target, since what a dying process had begun to send
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


def stretches(row: tuple[Parcel, ...]) -> tuple[tuple[Parcel, ...], ...]:
    """Split the parcels of one target into those that may go side by side.

    Answers in words to different people of a room may: nobody reads one for the
    other. A photo belongs behind its words, a notice behind what was said before,
    and what one person is told comes in order.
    """
    found: list[list[Parcel]] = []
    together: set[str] = set()
    for parcel in row:
        person = _answered(parcel)
        if person is None or person in together or not together:
            found.append([])
            together = set()
        found[-1].append(parcel)
        together |= {person} if person else set()
    return tuple(tuple(some) for some in found)


def _answered(parcel: Parcel) -> str | None:
    """Return whom a parcel answers in a room, None where it is more or something else."""
    [*more, draft] = (letter.draft for letter in parcel.letters)
    is_answer = draft.kind == "reply" and draft.room is not None and not draft.photo
    return draft.mention if is_answer and not more else None
