"""Killed at any moment: nothing answered is lost, nothing is counted or said twice."""

import os
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from storage.engine import open_engine, sqlite_url
from storage.unit_of_work import books_on
from tests.conftest import Postgres
from tests.gateway.conftest import needs_npm
from tests.gateway.process import NpmGateway
from tests.gateway.village import Jifen, people_of, settle
from tests.journeys.stream import Stream, claims_by_state, faults_of

HOUSEHOLDS = 1_500
PAUSE = (0.02, 0.07)
KILLS_FEW, KILLS_MANY = int(os.environ.get("JIFEN_KILLS", "3")), 200
SETTLE_SECONDS = 120.0
START_SECONDS, PACE_MOST = 1.2, 3.0

pytestmark = pytest.mark.gateway


@pytest.fixture
def gateway() -> Iterator[NpmGateway]:
    needs_npm()
    with NpmGateway() as running:
        people_of(running, households=HOUSEHOLDS)
        yield running


def endure(kills: int, jifens: list[Jifen], *, chance: random.Random) -> None:
    """Kill one of the processes again and again, at a moment of chance, and start it again.

    A life lasts up to 0.8 seconds where a start takes ``START_SECONDS``, and longer on a
    slower machine, so that as much is done in it.
    """
    begun = time.monotonic()
    for jifen in jifens:
        jifen.start()
    pace = max(1.0, (time.monotonic() - begun) / len(jifens) / START_SECONDS)
    for _ in range(kills):
        victim = chance.choice(jifens)
        time.sleep(chance.uniform(0.0, 0.8) * min(pace, PACE_MOST))
        victim.kill()
        victim.start(ready=chance.random() < 0.8)
    for jifen in jifens:
        jifen.await_ready()


def settled(url: str, jifens: list[Jifen]) -> None:
    """Wait until nothing is left to do, then end the processes kindly."""
    engine = open_engine(url)
    end = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < end:
        with books_on(engine)() as books:
            counts = books.outbox.counts()
            left = sum(counts.get(state, 0) for state in ("queued", "sending"))
            left += sum(books.inbox.count(f"wechaty:{j.account}") for j in jifens)
        if not left:
            break
        time.sleep(0.2)
    engine.dispose()
    assert not left, (counts, left)
    for jifen in jifens:
        jifen.stop()


def worked(url: str, kills: int) -> bool:
    """Say whether the stream was a stream: claims and approvals for every kill."""
    states = claims_by_state(url)
    print(dict(states))
    return states["approved"] >= kills // 2 and states.total() >= kills


@pytest.mark.parametrize(
    "kills",
    [KILLS_FEW, pytest.param(KILLS_MANY, marks=[pytest.mark.slow, pytest.mark.timeout(2700)])],
)
def test_sqlite_keeps_every_answered_message_through_kills(
    kills: int, tmp_path: Path, gateway: NpmGateway
) -> None:
    url = sqlite_url(tmp_path / "jifen.db")
    settle(url, households=HOUSEHOLDS)
    seed = int(os.environ.get("JIFEN_KILL_SEED", "20261124"))
    with Jifen(url, tmp_path / "data", gateway) as jifen:
        with Stream(gateway, HOUSEHOLDS, seed, PAUSE):
            endure(kills, [jifen], chance=random.Random(seed))
        settled(url, [jifen])
    assert faults_of(url, gateway, account="wechaty:bot") == []
    assert worked(url, kills)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "kills",
    [KILLS_FEW, pytest.param(KILLS_MANY, marks=[pytest.mark.slow, pytest.mark.timeout(2700)])],
)
def test_postgresql_with_two_processes_keeps_every_answered_message_through_kills(
    kills: int, tmp_path: Path, postgres: Postgres
) -> None:
    needs_npm()
    url = postgres.create(is_prepared=True)
    accounts = ("one", "two")
    seed = int(os.environ.get("JIFEN_KILL_SEED", "20261124"))
    settle(url, households=HOUSEHOLDS, accounts=tuple(f"wechaty:{a}" for a in accounts))
    with ExitStack() as stack:
        gateways = [stack.enter_context(NpmGateway()) for _ in accounts]
        streams = []
        jifens = []
        for gateway, account in zip(gateways, accounts, strict=True):
            people_of(gateway, households=HOUSEHOLDS)
            jifen = Jifen(url, tmp_path / account, gateway, account=account)
            jifens.append(stack.enter_context(jifen))
            streams.append(Stream(gateway, HOUSEHOLDS, seed + len(streams), PAUSE))
        with streams[0], streams[1]:
            endure(kills, jifens, chance=random.Random(seed))
        settled(url, jifens)
        for gateway, account in zip(gateways, accounts, strict=True):
            assert faults_of(url, gateway, account=f"wechaty:{account}") == []
        assert worked(url, kills)
    postgres.drop(url)
