"""The day's backup (备份): made by itself, a week of them kept."""

from datetime import datetime
from typing import Final

from sqlalchemy import Engine

from bot.settings import Settings
from domain.period import village_day

KEPT: Final = 7


def daily_backup(settings: Settings, engine: Engine, now: datetime) -> None:
    """Make today's backup unless it is there; older ones than a week are dropped.

    Slow: runs in a thread.
    """
    from storage.backup import backup  # noqa: PLC0415 - needed once a day

    folder = settings.data_dir / "backups"
    today = folder / f"jifen-{village_day(now).isoformat()}.tar.gz"
    if today.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    backup(engine, settings.data_dir, today)
    for old in sorted(folder.glob("jifen-????-??-??.tar.gz"))[:-KEPT]:
        old.unlink()
