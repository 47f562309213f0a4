"""An ordinary stop under load, over the real gateway: nothing in doubt, nothing lost."""

import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.engine import open_engine, sqlite_url
from storage.statements import table_of
from storage.tables.mail import InboxRow
from storage.unit_of_work import books_on
from tests.gateway.conftest import needs_npm
from tests.gateway.process import NpmGateway
from tests.gateway.village import ROOM, Jifen, people_of, settle
from tests.journeys.stream import faults_of

HOUSEHOLDS = 60
SEND_MS = 60

pytestmark = pytest.mark.gateway


def letters(url: str) -> dict[str, int]:
    """Count our messages by their state."""
    engine = open_engine(url)
    with books_on(engine)() as books:
        found = books.outbox.counts()
    engine.dispose()
    return found


def announced(url: str) -> int:
    """Count the messages that have their durable row, ours that came back among them."""
    engine = open_engine(url)
    with engine.connect() as connection:
        found = connection.execute(select(func.count()).select_from(table_of(InboxRow)))
        count = int(found.scalar_one())
    engine.dispose()
    return count


@pytest.mark.parametrize("room", [ROOM, None], ids=["room", "direct"])
def test_a_stop_amid_replies_leaves_none_in_doubt_and_the_next_start_sends_the_rest(
    room: str | None, tmp_path: Path
) -> None:
    needs_npm()
    url = sqlite_url(tmp_path / "jifen.db")
    settle(url, households=HOUSEHOLDS)
    with NpmGateway() as gateway:
        people_of(gateway, households=HOUSEHOLDS)
        gateway.options(sendDelay=SEND_MS)
        with Jifen(url, tmp_path / "data", gateway) as jifen:
            jifen.start()
            people = [f"p{number}" for number in range(1, HOUSEHOLDS + 1)]
            said = [{"room": room, "from": one, "text": "申报 提建议"} for one in people]
            gateway.call("POST", "/burst", {"messages": said})
            end = time.monotonic() + 30
            while announced(url) < HOUSEHOLDS + 3 and time.monotonic() < end:
                time.sleep(0.02)
            jifen.stop()
            assert set(letters(url)) <= {"sent", "queued"}, (letters(url), jifen.log())
            jifen.start()
            gateway.wait_for_sent(HOUSEHOLDS, seconds=60)
            time.sleep(0.5)
            jifen.stop()
        assert faults_of(url, gateway, account="wechaty:bot") == []
        whom = Counter(one["to"] or tuple(one["mentions"]) for one in gateway.sent())
    assert (len(whom), set(whom.values())) == (HOUSEHOLDS, {1})
    assert letters(url) == {"sent": HOUSEHOLDS}
