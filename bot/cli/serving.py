"""Serving: the house is built, opened and held open until it is asked to stop."""

import asyncio
import errno
import gc
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvloop

from bot.app import House, build, open_house
from bot.cli.office import CommandFailed
from bot.replies.offers import PORT_TAKEN, SERVING, SERVING_SAMPLE
from bot.settings import Settings
from schedules.logs import quiet


def serve() -> None:
    """Serve chat and web until SIGTERM or Ctrl-C; one line says where."""
    uvloop.run(_serve(Settings()))


@asynccontextmanager
async def _served(house: House) -> AsyncGenerator[str]:
    """Serve; a port that someone else uses is told in words."""
    port = house.ground.settings.http_port
    try:
        async with open_house(house) as address:
            yield address
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise CommandFailed(PORT_TAKEN.format(port=port)) from error


async def _serve(settings: Settings) -> None:
    quiet()
    gc.freeze()  # what is loaded stays to the end: it need not be looked through again
    gc.enable()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    house = build(settings)
    gc.freeze()  # nor need what is built
    gc.set_threshold(20_000, 20, 20)  # a message makes thousands of things that are soon gone
    async with _served(house) as address:
        words = SERVING_SAMPLE if house.site.reception.personas else SERVING
        print(words.format(address=address), flush=True)  # noqa: T201 - the one line
        await stop.wait()
