"""The checks of ``jifen doctor`` (体检); none of them changes anything."""

import shutil
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from bot.cli.database_check import check_database
from bot.cli.failing import wrong_settings
from bot.cli.finding import Finding, failed, good, warned
from bot.cli.keeping import check_backup, check_bucket
from bot.clock import system_clock
from bot.replies import cli
from bot.replies import cli_doctor as words
from bot.settings import Settings

FREE_MIN: Final = 1_000_000_000
GIGABYTE: Final = 1_000_000_000
SECRET_MIN: Final = 16
YEARS: Final = range(2026, 2100)
REACH_SECONDS: Final = 3


def check_all() -> list[Finding]:
    """Run every check; without readable settings there is nothing to check with."""
    try:
        settings = Settings()
    except ValidationError as wrong:
        said = cli.SETTINGS_WRONG.format(names=wrong_settings(wrong))
        return [failed("settings", said, words.SETTINGS_MEND)]
    return [
        _settings(settings),
        check_database(settings, system_clock()),
        _clock(system_clock()),
        _disk(settings.data_dir),
        *_gateway(settings),
        check_bucket(settings) if settings.bucket else _photos(settings.photos),
        check_backup(settings, system_clock()),
        _fonts(),
    ]


def _settings(settings: Settings) -> Finding:
    given = settings.secret_key.get_secret_value()
    if given and len(given) < SECRET_MIN:
        return warned("settings", words.KEY_SHORT, words.KEY_MEND)
    return good("settings", words.SETTINGS_READ.format(folder=settings.data_dir))


def _clock(now: datetime) -> Finding:
    try:
        local = now.astimezone(ZoneInfo("Asia/Shanghai"))
    except ZoneInfoNotFoundError:
        return failed("clock", words.CLOCK_ZONE, words.CLOCK_ZONE_MEND)
    shown = f"{local:%Y-%m-%d %H:%M}"
    if local.year not in YEARS:
        return failed("clock", words.CLOCK_YEAR.format(now=shown), words.CLOCK_MEND)
    return good("clock", words.CLOCK_GOOD.format(now=shown))


def _standing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    return next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())


def _is_open(folder: Path) -> bool:
    """Return whether files can be written there, by writing one and taking it away."""
    probe = _standing(folder) / ".jifen-doctor"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


def _disk(folder: Path) -> Finding:
    if not _is_open(folder):
        return failed("disk", words.DISK_CLOSED.format(folder=folder), words.DISK_CLOSED_MEND)
    free = shutil.disk_usage(_standing(folder)).free
    shown = f"{free / GIGABYTE:.1f}"
    if free < FREE_MIN:
        low = words.DISK_LOW.format(folder=folder, free=shown)
        return failed("disk", low, words.DISK_LOW_MEND)
    return good("disk", words.DISK_GOOD.format(folder=folder, free=shown))


def _gateway(settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with the way to the gateway, or that it is well."""
    if not settings.has_gateway:
        yield good("gateway", words.GATEWAY_NONE.format(site=settings.site))
        return
    wrong = list(_wrong_gateway(settings))
    yield from wrong
    if not wrong:
        yield good("gateway", words.GATEWAY_GOOD.format(endpoint=settings.wechaty_endpoint))


def _wrong_gateway(settings: Settings) -> Iterator[Finding]:
    if not settings.wechaty_token.get_secret_value():
        yield failed("gateway", words.GATEWAY_UNSIGNED, words.GATEWAY_UNSIGNED_MEND)
    tls = settings.wechaty_tls
    if tls not in {"on", "off"} and not Path(tls).is_file():
        yield failed("gateway", words.GATEWAY_CA.format(path=tls), words.GATEWAY_CA_MEND)
    endpoint = settings.wechaty_endpoint
    host, _, port = endpoint.rpartition(":")
    if not host or not port.isdecimal():
        said = words.GATEWAY_ADDRESS.format(endpoint=endpoint)
        yield failed("gateway", said, words.GATEWAY_ADDRESS_MEND)
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), REACH_SECONDS).close()
    except (OSError, OverflowError) as error:
        said = words.GATEWAY_AWAY.format(endpoint=endpoint, reason=error)
        yield failed("gateway", said, words.GATEWAY_AWAY_MEND)


def _photos(folder: Path) -> Finding:
    if _is_open(folder):
        return good("photos", words.PHOTOS_GOOD.format(folder=folder))
    return failed("photos", words.PHOTOS_CLOSED.format(folder=folder), words.DISK_CLOSED_MEND)


def _fonts() -> Finding:
    """Read the font that is shipped; only what is printed needs it."""
    from bot.papers.letters import font_file, unprintable  # noqa: PLC0415 - 20 MB

    try:
        is_whole = not unprintable(words.FONTS_PROBE)
    except (OSError, AssertionError):
        is_whole = False
    if is_whole:
        return good("fonts", words.FONTS_GOOD.format(font=font_file().name))
    return warned("fonts", words.FONTS_NONE, words.FONTS_MEND)
