"""The calendar under faults: every due job once, no reminder twice, none for a kind that is off."""

import os
import random
from pathlib import Path

import pytest

from domain.period import Quarter
from domain.redemption_round import RoundState
from storage.engine import open_engine, sqlite_url
from storage.schema import prepare
from storage.unit_of_work import books_on
from tests.conftest import Postgres
from tests.journeys.yearly.ground import YEAR
from tests.schedules.ticking import endure, look_at, prepare_villages

KILLS = int(os.environ.get("JIFEN_KILLS", "25"))
SEED = int(os.environ.get("JIFEN_KILL_SEED", "20261126"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),
]


def settle(url: str) -> None:
    engine = open_engine(url)
    prepare(engine)
    with books_on(engine)() as books:
        prepare_villages(books)
    engine.dispose()


def holds(url: str) -> None:
    faults, publications, round_ = look_at(url)
    assert faults == []
    assert publications == [(Quarter(YEAR, 1), 1)], "nobody releases it, so the later ones wait"
    assert round_ is RoundState.ENDED


def test_a_year_of_ticks_through_kills_jumps_and_a_long_sleep(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "jifen.db")
    settle(url)
    print(f"seed {SEED}")
    endure(url, random.Random(SEED), processes=1, kills=KILLS)
    holds(url)


@pytest.mark.postgresql
def test_three_processes_on_one_postgresql_do_every_job_once(postgres: Postgres) -> None:
    url = postgres.create(is_prepared=True)
    settle(url)
    print(f"seed {SEED}")
    endure(url, random.Random(SEED), processes=3, kills=KILLS)
    holds(url)
    postgres.drop(url)
