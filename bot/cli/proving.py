"""Proving the books (核对): chain, totals, claims and photos of each village."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.cli.office import CommandFailed, Office, office, standing, village_named
from bot.cli.output import Advance
from bot.clock import system_clock
from bot.replies import cli as words
from bot.settings import Settings
from bot.vaults import away_vault, photos_of
from storage.audit import Fault
from storage.engine import open_engine
from storage.photo_store import PhotoStore
from storage.proof import count_photos, photo_faults
from storage.restore import Restored, occupants, restore


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved; ``faults`` are pairs of village name and fault."""

    villages: int
    photos: int
    faults: tuple[tuple[str, Fault], ...]

    @property
    def is_clean(self) -> bool:
        """Whether everything adds up."""
        return not self.faults

    @property
    def facts(self) -> dict[str, Any]:
        """What ``--json`` tells."""
        listed = [{"village": v, "kind": f.kind, "where": f.where} for v, f in self.faults]
        return {"clean": self.is_clean, "faults": listed}


def prove(
    at: Office, village: str | None, *, on_photo: Advance, photos: PhotoStore | None = None
) -> Proof:
    """Prove one village or all of them, as the books are at one moment.

    ``photos`` are those of the settings if not given.

    Raises:
        CommandFailed: No such village.

    """
    store = photos or photos_of(at.settings)
    faults: list[tuple[str, Fault]] = []
    with at.reading() as books:
        chosen = books.villages.all() if village is None else (village_named(books, village),)
        of = sum(count_photos(books, one.id) for one in chosen)
        seen = 0

        def count() -> None:
            nonlocal seen
            seen += 1
            on_photo(seen, of)

        for one in chosen:
            faults += ((one.name, fault) for fault in books.audit.verify(one.id))
            found = photo_faults(books, store, one.id, on_photo=count)
            faults += ((one.name, fault) for fault in found)
    return Proof(len(chosen), of, tuple(faults))


def report(proof: Proof, say: Callable[[str], None]) -> None:
    """Say what was proved, each fault on a line."""
    for village, fault in proof.faults:
        what = words.FAULTS.get(fault.kind, fault.kind)
        say(words.VERIFY_FAULT.format(village=village, fault=what, where=fault.where))
    if proof.is_clean:
        say(words.VERIFY_CLEAN.format(villages=proof.villages, photos=proof.photos))
    else:
        say(words.VERIFY_FAULTS.format(count=len(proof.faults)))


def restored(file: Path, *, is_forced: bool, on_photo: Advance) -> tuple[Restored, Proof]:
    """Restore a backup and prove what was restored.

    Raises:
        WrongUse: There is no such file.
        CommandFailed: There are villages already, and that was not said to be right.

    """
    standing(file)
    settings = Settings()
    engine = open_engine(settings.database)
    try:
        count = occupants(engine)
        if count != 0 and not is_forced:
            raise CommandFailed(words.restore_occupied(count))
        made = restore(
            engine,
            file,
            data_dir=settings.data_dir,
            at=system_clock(),
            vault=away_vault(settings),
        )
    finally:
        engine.dispose()
    with office() as at:
        return made, prove(at, None, on_photo=on_photo)
