"""A year played through the real gateway, and every figure computed again by other code."""

import copy
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from tests.gateway.conftest import needs_npm
from tests.journeys.recount import Recount, Worth, tenths
from tests.journeys.yearly.ground import YEAR, Place, places, told
from tests.journeys.yearly.life import Journal
from tests.journeys.yearly.play import ACTS, play

SEED = int(os.environ.get("JIFEN_YEAR_SEED", "2026"))
HAPPENED = (
    *("代录", "扣分", "更正", "撤回", "moved", "months", "published", "objections", "answered"),
    *("corrected", "readjusted", "rounds", "ordered", "handed over", "honours", "republished"),
    *("too late", "over a cap", "too near", "capped", "half", "decided by the other", "notices"),
)
BALANCE = re.compile(r"年共(?P<earned>[\d.-]+)分。.*可兑换(?P<left>[\d.-]+)分")
PLACE = re.compile(r"全村(?P<of>\d+)户中排第(?P<place>\d+)名")
HONOURED = re.compile(r"(\d+组\d+号)")


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder in memory where there is one: nothing here is about the disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def iso(at: datetime) -> str:
    """An instant as the exports write it."""
    return at.isoformat(timespec="microseconds")


def recounted(data: Path, place: Place, journal: Journal) -> Recount:
    """Return a village's exports, ready to be computed again."""
    village = ("--village", place.name)
    rules = data / f"{place.number}.toml"
    version = ("--version", place.rulebook.version, "--to", str(rules))
    told(data, "rulebook", "export", *village, *version)
    years = [told(data, "ledger", *village, "--year", str(y)) for y in (YEAR, YEAR + 1)]
    return Recount(
        [entry for year in years for entry in year],
        told(data, "claims", *village),
        told(data, "publications", *village),
        Worth.of(rules.read_text(encoding="utf-8")),
        {(y, n) for name, y, n in journal.set_by_people if name == place.name},
        {(y, n): iso(at) for (name, y, n), at in journal.lifted.items() if name == place.name},
    )


def balance_faults(recount: Recount, place: Place, journal: Journal) -> Iterator[str]:
    """Compare what every household was told of its points and its place with the entries."""
    ids = {
        line["household"]: line["household_id"]
        for edition in recount.publications
        for line in edition["lines"]
    }
    months = [f"{YEAR}-{n:02d}" for n in range(1, 13)]
    for one in journal.balances:
        if one.village != place.name:
            continue
        seq = recount.seq_at(iso(one.at))
        house = ids[place.address(one.home)]
        earned = recount.earned(months, up_to=seq)[house]
        spent = recount.spent(YEAR, up_to=seq)[house]
        found = BALANCE.search(one.text)
        if found is None:
            yield f"unreadable: {one.text}"
            continue
        if (tenths(float(found["earned"])), tenths(float(found["left"]))) != (
            earned,
            earned - spent,
        ):
            yield f"{place.address(one.home)} {one.at}: {one.text}, not {earned} and {spent}"
        ranked = PLACE.search(one.text)
        if ranked and int(ranked["place"]) != recount.place(YEAR, house, up_to=seq):
            yield f"{place.address(one.home)} {one.at}: {one.text}, another place"


def falsified(recount: Recount) -> Iterator[tuple[str, Recount]]:
    """Yield the same exports with one thing changed that somebody might like to change."""
    half = len(recount.entries) // 2
    award = next(e for e in recount.entries[half:] if e["kind"] == "award" and e["points"] > 0)
    changes = {"points": award["points"] + 1, "household_id": award["household_id"] % 20 + 1}
    for name, value in changes.items():
        other = copy.deepcopy(recount)
        next(e for e in other.entries if e["seq"] == award["seq"])[name] = value
        yield f"an entry's {name}", other
    other = copy.deepcopy(recount)
    del other.entries[half]
    yield "an entry taken out", other
    other = copy.deepcopy(recount)
    other.publications[-1]["lines"][0]["quarter_points"] += 1
    yield "a printed line", other


@pytest.mark.slow
@pytest.mark.gateway
@pytest.mark.timeout(3600)
async def test_a_year_of_three_villages_agrees_with_a_recount_to_the_tenth_of_a_point() -> None:
    needs_npm()
    print(f"seed {SEED}")
    with scratch() as data:
        journal, talk = await play(data, SEED)
        print(journal.filed, journal.counts)
        assert journal.filed >= ACTS, journal.filed
        assert not [what for what in HAPPENED if not journal.counts.get(what)], journal.counts
        open_ = [place.name for place in places() if place.name not in journal.closed]
        assert not open_, "\n".join([*open_, *talk.log])
        assert told(data, "verify") == {"clean": True, "faults": []}
        for place in places():
            recount = recounted(data, place, journal)
            assert recount.faults() == [], "\n".join(talk.log)
            assert list(recount.close_faults(YEAR)) == []
            assert list(balance_faults(recount, place, journal)) == []
            honoured = {
                e["household"]
                for e in recount.entries
                if e["household_id"] in recount.awarded(YEAR)
            }
            said = journal.closed[place.name].partition("年度奖")[2]
            assert set(HONOURED.findall(said)) == honoured
            unnoticed = [what for what, other in falsified(recount) if not other.faults()]
            assert unnoticed == []
