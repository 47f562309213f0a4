"""5,000 claims in one burst against a bare echo on the `Wechaty` class.

The rate is taken inside the gateway: from emitting the first event to receiving the
last reply. The two take turns, jifen twice between three runs of the echo, each on a
fresh gateway; the rates are means. Each has three seconds to itself before the burst,
since starting is measured elsewhere, and hears its own messages back, as in real life.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Final

from sqlalchemy import func, select

from storage.engine import open_engine
from storage.statements import table_of
from storage.tables.claims import ClaimRow
from storage.unit_of_work import books_on
from tests.benchmarks import crowd
from tests.benchmarks.children import echo_class, echo_stub, jifen_on, scratch, village
from tests.benchmarks.measures import Goal, Measure, cpu_seconds, memory_mb, progress
from tests.benchmarks.peer import PeerUnavailable
from tests.gateway.process import NpmGateway
from tests.gateway.village import ROOM

COUNT, COUNT_QUICK = 5_000, 500
STALL_SECONDS: Final = 60.0
MEMORY_MB: Final = 200
REST_SECONDS: Final = 3.0
TURNS, TURNS_QUICK = 2, 1
PLACES: Final = {"rooms": ROOM, "direct": None}


@dataclass(frozen=True)
class Burst:
    """What came of one burst: replies, seconds from first event to last reply, peak MB."""

    replies: int
    seconds: float
    memory: float
    cpu: float = 0.0
    receipts: int = 0
    claims: int = 0
    error: str = ""

    @property
    def rate(self) -> float:
        """Replies a second."""
        return self.replies / self.seconds

    @property
    def cpu_each(self) -> float:
        """Milliseconds of processor time for each reply."""
        return self.cpu / self.replies * 1000 if self.replies else 0.0


def measure(*, is_quick: bool) -> list[Measure]:
    """Return rates and memory for a burst in the village's room, and for one of direct messages."""
    count, turns = (COUNT_QUICK, TURNS_QUICK) if is_quick else (COUNT, TURNS)
    measures: list[Measure] = []
    for place, room in PLACES.items():
        peers, ours = [_echo(count, room, kind="class")], []
        for _ in range(turns):
            ours.append(_jifen(count, room))
            peers.append(_echo(count, room, kind="class"))
        floor = _echo(count, room, kind="stub")
        measures += _lines(place, count, ours=ours, peers=peers, floor=floor)
    return measures


def _lines(
    place: str, count: int, *, ours: Sequence[Burst], peers: Sequence[Burst], floor: Burst
) -> list[Measure]:
    where = "in the village's room" if place == "rooms" else "in direct chats"
    worst = min(ours, key=lambda one: min(one.receipts, one.claims))
    rate = Measure(
        f"burst_{place}_rate",
        f"Burst of {count:,} claims {where}, against the Wechaty class",
        "/s",
        fmean(one.rate for one in ours),
        fmean(one.rate for one in peers),
        Goal(2.0, is_most=False),
        f"{_rates(ours)}/s, {ours[0].seconds:.1f} s to the last receipt, "
        f"CPU {ours[0].cpu_each:.1f} ms a claim; the class echoed at {_rates(peers)}/s, "
        f"CPU {peers[0].cpu_each:.1f} ms, peak {peers[0].memory:.0f} MB",
    )
    missing = next((p.error for p in peers if p.error), "")
    if missing:
        rate = Measure(rate.name, rate.what, rate.unit, goal=rate.goal).because(missing)
    kept = Measure(
        f"burst_{place}_lost",
        f"Messages lost of {count:,}, {where}",
        "lost",
        float(count - min(worst.receipts, worst.claims)),
        goal=Goal(0, of="value"),
        detail=f"{worst.receipts} receipts, {worst.replies} replies, {worst.claims} claims kept",
    )
    memory = Measure(
        f"burst_{place}_memory",
        f"Peak memory of jifen in the burst, {where}",
        "MB",
        max(one.memory for one in ours),
        floor.memory,
        Goal(MEMORY_MB, of="value"),
        f"VmHWM; beside it the bare echo on the stub, which ran at {floor.rate:.0f}/s",
    )
    return [rate, kept, memory]


def _rates(bursts: Sequence[Burst]) -> str:
    return ", ".join(f"{one.rate:.0f}" for one in bursts)


def _jifen(count: int, room: str | None) -> Burst:
    households = count // len(crowd.ITEMS)
    with (
        scratch() as folder,
        village(households) as gateway,
        jifen_on(gateway, folder, households=households) as jifen,
    ):
        assert jifen.process is not None
        ours = _run(gateway, jifen.process.pid, count, room, what="jifen")
        receipts = sum(crowd.RECEIPT in sent["text"] for sent in gateway.sent())
        claims = claims_in(jifen.url)
    return replace(ours, receipts=receipts, claims=claims)


def claims_in(url: str) -> int:
    """Return how many claims the books hold."""
    engine = open_engine(url)
    with books_on(engine)() as books:
        query = select(func.count()).select_from(table_of(ClaimRow))
        count = int(books.connection.execute(query).scalar_one())
    engine.dispose()
    return count


def _echo(count: int, room: str | None, *, kind: str) -> Burst:
    echo = echo_class if kind == "class" else echo_stub
    try:
        with village(count // len(crowd.ITEMS)) as gateway, echo(gateway) as pid:
            return _run(gateway, pid, count, room, what=f"bare echo on the {kind}")
    except PeerUnavailable as missing:
        return Burst(0, 1.0, 0.0, error=str(missing))


def _run(gateway: NpmGateway, pid: int, count: int, room: str | None, *, what: str) -> Burst:
    """Emit everything at once and wait until all is answered or nothing comes any more."""
    said = crowd.claims(count, households=count // len(crowd.ITEMS))
    messages = [{"room": room, "from": person, "text": text} for person, text in said]
    time.sleep(REST_SECONDS)
    before, used = gateway.health()["sent"], cpu_seconds(pid)
    with progress() as shown:
        task = shown.add_task(f"burst: {what}", total=count)
        begun = gateway.call("POST", "/burst", {"messages": messages}, timeout=300)["t"]
        seen, moved_at = 0, time.monotonic()
        while seen < count and time.monotonic() - moved_at < STALL_SECONDS:
            found = gateway.wait_for_sent(before + count, seconds=1.0) - before
            moved_at = time.monotonic() if found > seen else moved_at
            seen = found
            shown.update(task, completed=seen)
    sent = gateway.sent(after=before)
    seconds = (float(sent[-1]["t"]) - float(begun)) / 1000 if sent else 1.0
    return Burst(len(sent), seconds, memory_mb(pid, "VmHWM"), cpu_seconds(pid) - used)
