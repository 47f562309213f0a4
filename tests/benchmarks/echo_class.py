"""A bare echo bot on the Python `Wechaty` class, in a virtual environment of its own.

Run by ``burst.py`` with the interpreter of ``var/bench-venv``: it must not import
anything of ours. The class does not import on Python 3.11 and newer; ``mend`` puts
back the names that its libraries dropped, and nothing else.
"""

import asyncio
import contextlib
import sys
import tempfile
from pathlib import Path


def mend() -> None:
    """Give the libraries back the names that wechaty 0.10.7 imports from them."""
    import pyee
    import pyee.asyncio
    import urllib3
    import urllib3.util

    pyee.AsyncIOEventEmitter = pyee.asyncio.AsyncIOEventEmitter

    def get_host(url: str) -> tuple[str, str | None, int | None]:
        parsed = urllib3.util.parse_url(url)
        return parsed.scheme or "http", parsed.hostname, parsed.port

    urllib3.get_host = get_host

    from wechaty_puppet import PuppetOptions

    PuppetOptions.__hash__ = object.__hash__  # else it is refused as a mutable default


def echo() -> None:
    """Answer every text of others where it was said, until the process is ended."""
    from wechaty import Message, Wechaty

    class Echo(Wechaty):
        async def on_message(self, msg: Message) -> None:
            if msg.is_self():
                return
            to = msg.room() or msg.talker()
            await to.say(msg.text())

        async def on_login(self, _contact: object) -> None:
            print("ready", flush=True)

    asyncio.run(Echo().start())


if __name__ == "__main__":
    folder = tempfile.mkdtemp(prefix="jifen-echo-class-")
    with contextlib.chdir(folder):  # the class writes .wechaty/ where it is imported
        mend()
        if "--check" in sys.argv:
            import wechaty

            print(Path(wechaty.__file__).parent)
        else:
            echo()
