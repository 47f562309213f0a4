"""The doctor's look at what is kept (保管体检): photos in their place, a backup of last night."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.backups import last_backup
from bot.cli.finding import Finding, failed, good, warned
from bot.replies import operations_cli as words
from bot.settings import Settings
from domain.period import VILLAGE_TZ
from storage.bucket import BucketVault
from storage.vault import VaultAway

BACKUP_AGE_MAX: Final = timedelta(days=2)


def check_bucket(settings: Settings) -> Finding:
    """Write, read and delete a small object where the photos lie."""
    assert settings.bucket, "asked only where photos lie in a bucket"
    try:
        BucketVault(settings.bucket).probe()
    except VaultAway as away:
        return failed("photos", words.PHOTOS_AWAY.format(reason=away), words.PHOTOS_AWAY_MEND)
    return good("photos", words.PHOTOS_REACHED.format(url=settings.photos_url))


def check_backup(settings: Settings, now: datetime) -> Finding:
    """Tell when the last good backup was made; a warning when that was long ago."""
    found = last_backup(settings.backups)
    if found is None and not settings.backups_kept:
        return good("backup", words.BACKUP_OFF)
    if found is None:
        days = _age(settings.data_dir, now).days
        if days >= BACKUP_AGE_MAX.days:
            return warned("backup", words.BACKUP_NEVER.format(days=days), words.BACKUP_MEND)
        return good("backup", words.BACKUP_NONE)
    file, at = found
    shown = f"{at.astimezone(VILLAGE_TZ):%Y-%m-%d %H:%M}"
    if now - at > BACKUP_AGE_MAX:
        old = words.BACKUP_OLD.format(at=shown, days=(now - at).days, file=file)
        return warned("backup", old, words.BACKUP_MEND)
    return good("backup", words.BACKUP_LAST.format(at=shown, file=file))


def _age(folder: Path, now: datetime) -> timedelta:
    """Return since when there has been something in a folder; nothing for none."""
    found = [path.stat().st_mtime for path in folder.glob("*")]
    oldest = datetime.fromtimestamp(min(found), UTC) if found else now
    return now - oldest
