"""Photos that move house (照片搬家): from the folder into the bucket, or back, each proved."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from storage.archive import IS_PHOTO
from storage.photo_store import SMALL
from storage.vault import Vault

Advance = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Carried:
    """How many photos went over, how many were there before, which are damaged at the source."""

    moved: int
    there_before: int
    damaged: tuple[str, ...]


def carry(source: Vault, target: Vault, *, on_photo: Advance = lambda _done, _of: None) -> Carried:
    """Copy every photo into another vault; what is there already is not sent again.

    Each is checked against its name, which is its SHA-256, before it is sent
    and after it arrived. Nothing is deleted; small copies are made anew where
    they are asked for. Stopped half way, it goes on where it was when run again.

    Raises:
        VaultAway: A vault does not answer, or gives back something else than was put.

    """
    there = {held.name for held in target.all()}
    names = sorted(
        held.name
        for held in source.all()
        if IS_PHOTO.fullmatch(held.name) and not held.name.endswith(SMALL)
    )
    moved, damaged = 0, []
    for done, name in enumerate(names, 1):
        if name not in there:
            content = source.get(name)
            if _is_named_by(content, name):
                target.put(name, content)
                if not _is_named_by(target.get(name), name):
                    raise VaultSpoils(name)
                moved += 1
            else:
                damaged.append(name[3:])
        on_photo(done, len(names))
    return Carried(moved, sum(name in there for name in names), tuple(damaged))


class VaultSpoils(Exception):  # noqa: N818 - it says what is wrong
    """A vault gave back other bytes than were put."""


def _is_named_by(content: bytes, name: str) -> bool:
    return name.endswith(f"/{hashlib.sha256(content).hexdigest()}")
