"""The night's backup (备份): made by itself, some of them kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from bot.settings import Settings
from bot.vaults import vault_of
from domain.period import village_day

NIGHTLY: Final = "jifen-????-??-??.tar.gz"
ANY: Final = "jifen-*.tar.gz"


def nightly_backup(settings: Settings, engine: Engine, now: datetime) -> bool:
    """Make the night's backup unless it is there; return whether it was made.

    A night begins at the hour of the settings, village time: with 2, the
    backup of the 16th is made on the 16th from 2:00 on, or as soon after as the
    program runs. Older ones than are to be kept are dropped once the new one
    is proved, never before; those that were made by command stay.

    Slow: runs in a thread.
    """
    from storage.backup import backup  # noqa: PLC0415 - needed once a night

    if not settings.backups_kept:
        return False
    night = village_day(now - timedelta(hours=settings.backup_hour))
    file = settings.backups / f"jifen-{night.isoformat()}.tar.gz"
    if file.exists():
        return False
    backup(
        engine,
        settings.data_dir,
        file,
        vault=vault_of(settings),
        with_photos=settings.backup_photos == "on",
    )
    for old in sorted(settings.backups.glob(NIGHTLY))[: -settings.backups_kept]:
        old.unlink(missing_ok=True)
    return True


def last_backup(folder: Path) -> tuple[Path, datetime] | None:
    """Return the newest backup of a folder and when it was made; None if there is none.

    A backup has its name only once it was read again, so that what is there is good.
    """
    times = [(path, datetime.fromtimestamp(path.stat().st_mtime, UTC)) for path in folder.glob(ANY)]
    return max(times, key=lambda found: found[1], default=None)
