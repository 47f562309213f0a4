"""A real house served from a thread of its own, for callers that are not asynchronous."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.web.api.room import Limits
from tests.web.real import RealHouse, real_house


@contextmanager
def served(folder: Path, *, limits: Limits) -> Iterator[RealHouse]:
    """Serve a real house on loopback while the block runs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="house")
    thread.start()
    opening = real_house(folder, limits=limits)
    try:
        real = asyncio.run_coroutine_threadsafe(opening.__aenter__(), loop).result()
        try:
            yield real
        finally:
            asyncio.run_coroutine_threadsafe(opening.__aexit__(None, None, None), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
