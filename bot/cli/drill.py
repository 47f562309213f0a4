"""The restore drill (恢复演练): a backup is restored where it disturbs nobody, proved, and gone."""

import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.cli.office import Office, standing
from bot.cli.output import Advance
from bot.cli.proving import Proof, prove, report
from bot.clock import system_clock
from bot.replies import operations_cli as words
from bot.settings import Settings
from bot.vaults import photos_of
from domain.period import VILLAGE_TZ
from storage.archive import DATABASE, PHOTOS
from storage.engine import open_engine, sqlite_url
from storage.photo_store import PhotoStore
from storage.restore import Restored, restore
from storage.sameness import Account, accounts

HASH_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Drill:
    """What a backup turned out to hold."""

    file: Path
    written_at: datetime
    made: Restored
    accounts: tuple[Account, ...]
    proof: Proof
    has_key: bool

    @property
    def facts(self) -> dict[str, Any]:
        """What ``--json`` tells."""
        return {
            "file": str(self.file),
            "written_at": self.written_at.isoformat(timespec="seconds"),
            "photos": self.made.photos,
            "has_photos": self.made.has_photos,
            "has_secret": self.made.has_secret,
            "villages": [asdict(one) for one in self.accounts],
            **self.proof.facts,
        }


def drill(file: Path, *, on_photo: Advance) -> Drill:
    """Restore a backup into a folder that is gone afterwards, and prove what is in it.

    Neither the village's database nor its photos are touched; photos are only
    read from their place if the backup was made without them.

    Raises:
        BackupBroken: It is no whole backup.
        SchemaTooNew: A later program has written it.

    """
    settings = Settings()
    written_at = datetime.fromtimestamp(standing(file).stat().st_mtime, VILLAGE_TZ)
    with tempfile.TemporaryDirectory(prefix="jifen-check-") as scratch:
        folder = Path(scratch)
        engine = open_engine(sqlite_url(folder / DATABASE))
        try:
            made = restore(engine, file, data_dir=folder, at=system_clock())
            photos = PhotoStore(folder / PHOTOS) if made.has_photos else photos_of(settings)
            at = Office(settings, engine, system_clock())
            proof = prove(at, None, on_photo=on_photo, photos=photos)
            with at.reading() as books:
                found = accounts(books.connection)
        finally:
            engine.dispose()
    has_key = made.has_secret or bool(settings.secret_key.get_secret_value())
    return Drill(file, written_at, made, found, proof, has_key)


def report_drill(found: Drill, say: Callable[[str], None], table: Callable[..., None]) -> None:
    """Say what the backup holds and whether it is good."""
    say(words.DRILL_FILE.format(file=found.file, at=f"{found.written_at:%Y-%m-%d %H:%M}"))
    table(
        words.DRILL_COLUMNS,
        [(a.name, a.entries, a.head.split(":")[-1][:HASH_SHOWN]) for a in found.accounts],
    )
    report(found.proof, say)
    if not found.made.has_photos:
        say(words.DRILL_WITHOUT_PHOTOS)
    if not found.made.has_secret:
        say(words.DRILL_KEY_APART if found.has_key else words.DRILL_KEY_MISSING)
    say(words.DRILL_GOOD if found.proof.is_clean else words.DRILL_BAD)
