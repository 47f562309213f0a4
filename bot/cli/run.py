"""``jifen run``: serve the village until stopped."""

import asyncio
import signal

from bot.replies.offers import SERVING, SERVING_SAMPLE
from bot.settings import Settings


def run() -> None:
    """Serve chat and web until SIGTERM or Ctrl-C; one line says where."""
    asyncio.run(_serve(Settings()))


async def _serve(settings: Settings) -> None:
    from bot.app import build, open_house  # noqa: PLC0415 - heavy, and only this command needs it
    from bot.logs import quiet  # noqa: PLC0415

    quiet()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    house = build(settings)
    async with open_house(house) as address:
        words = SERVING_SAMPLE if house.site.reception.personas else SERVING
        print(words.format(address=address), flush=True)  # noqa: T201 - the one line
        await stop.wait()
