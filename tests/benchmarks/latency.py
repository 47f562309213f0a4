"""Reply latency: jifen and a bare echo, each on a real gateway, at 5 messages a second each.

A latency is taken inside the gateway, by its own clock: from emitting the message's
event to receiving the reply. The two take turns, so that noise hits both alike.
"""

import base64
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from tests.benchmarks import crowd
from tests.benchmarks.children import echo_stub, jifen_on, scratch, village
from tests.benchmarks.measures import Goal, Measure, median, progress, spread
from tests.gateway.process import NpmGateway
from tests.gateway.village import ROOM

EVERY_SECONDS: Final = 0.2
REPLY_SECONDS: Final = 10.0
STORIES, STORIES_QUICK = 50, 12
WARM: Final = 3
GOAL: Final = Goal(2.0)
WORDS: Final = {"balance": "我家多少分", "words": "申报 垃圾分类", "claim": "申报 提建议"}
WANTED: Final = {"balance": "共", "words": "还差", "photo": "预计", "claim": "预计"}
TITLES: Final = {
    "balance": "Reply to a balance question (我家多少分)",
    "photo": "Receipt of a complete claim, from its 25 KB photo",
    "claim": "Receipt of a claim without photo (申报 提建议)",
    "words": "Reply to the words of a claim with photo (申报 垃圾分类)",
}


class ReplyMissing(AssertionError):  # noqa: N818 - it says what is missing
    """A message got no reply, or not the one it should get."""


@dataclass
class Side:
    """One gateway with one bot behind it, and the latencies of its replies in milliseconds."""

    gateway: NpmGateway
    is_echo: bool
    latencies: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def play(self, scene: str, person: int) -> None:
        """Send one message and wait for its reply."""
        told = {"room": ROOM, "from": f"p{person}"}
        if scene == "photo":
            told["bytes"] = base64.b64encode(crowd.photo(person)).decode()
        else:
            told["text"] = WORDS[scene]
        before = self.gateway.health()["sent"]
        answer = self.gateway.call("POST", "/photo" if scene == "photo" else "/say", told)
        self.gateway.wait_for_sent(before + 1, seconds=REPLY_SECONDS)
        replies = self.gateway.sent(after=before)
        if len(replies) != 1 or not (self.is_echo or WANTED[scene] in replies[0]["text"]):
            raise ReplyMissing(f"{scene} of p{person}: {[r['text'] for r in replies]}")
        self.latencies[scene].append(float(replies[0]["t"]) - float(answer["t"]))


@dataclass
class Beat:
    """Keeps the pace: a side's turn every 0.1 s, so that each gets 5 messages a second."""

    due: float = 0.0

    def wait(self) -> None:
        """Sleep until the next turn."""
        now = time.monotonic()
        if self.due > now:
            time.sleep(self.due - now)
        self.due = max(self.due, now) + EVERY_SECONDS / 2


def measure(*, is_quick: bool) -> list[Measure]:
    """Return a line for each scene; the words before a photo are told without a goal."""
    stories = STORIES_QUICK if is_quick else STORIES
    people = stories + WARM
    with (
        scratch() as folder,
        village(people) as ours,
        village(people) as theirs,
        jifen_on(ours, folder, households=people),
        echo_stub(theirs),
    ):
        sides = (Side(ours, is_echo=False), Side(theirs, is_echo=True))
        _greet(ours, people)
        _play(sides, people)
    return [_line(scene, *sides) for scene in TITLES]


def _greet(gateway: NpmGateway, people: int) -> None:
    """Let everybody have spoken once, so that the names in the room are known."""
    gateway.burst(ROOM, [{"from": f"p{n}", "text": "早上好"} for n in range(1, people + 1)])
    end = time.monotonic() + 20
    while gateway.health()["counts"]["members"] < people and time.monotonic() < end:
        time.sleep(0.1)
    time.sleep(0.5)


def _play(sides: tuple[Side, Side], people: int) -> None:
    beat = Beat()
    with progress() as shown:
        task = shown.add_task("latency: stories at 5 messages a second", total=people)
        for person in range(1, people + 1):
            for scene in ("balance", "words", "photo", "claim"):
                for side in sides:
                    beat.wait()
                    side.play(scene, person)
            shown.advance(task)


def _line(scene: str, ours: Side, echo: Side) -> Measure:
    values, floors = ours.latencies[scene][WARM:], echo.latencies[scene][WARM:]
    return Measure(
        f"latency_{scene}",
        TITLES[scene],
        "ms",
        median(values),
        median(floors),
        None if scene == "words" else GOAL,
        f"jifen {spread(values)}; bare echo {spread(floors)}; SQLite, pacing off, in the room",
    )
