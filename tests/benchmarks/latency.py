"""Reply latency: jifen and a bare echo, each on a real gateway, at 5 messages a second each.

A latency is taken inside the gateway, by its own clock: from emitting the message's
event to receiving the reply. The two take turns, so that noise hits both alike.
"""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from rich.progress import Progress, TaskID

from tests.benchmarks import crowd
from tests.benchmarks.children import echo_stub, jifen_on, scratch, village
from tests.benchmarks.measures import Goal, Measure, median, progress, spread
from tests.gateway.process import NpmGateway
from tests.gateway.village import ROOM, Jifen

EVERY_SECONDS: Final = 0.2
REPLY_SECONDS: Final = 10.0
STORIES, STORIES_QUICK = 50, 12
WARM: Final = 3
GOAL: Final = Goal(2.0)
SCENES: Final = {
    "balance": ("reply to 我家多少分", "我家多少分"),
    "words": ("reply to the words of a claim (申报 垃圾分类)", "申报 垃圾分类"),
    "photo": ("receipt of a complete claim (words, then photo)", None),
    "claim": ("receipt of a claim without photo (申报 提建议)", "申报 提建议"),
}
EXPECTED: Final = {"balance": "共", "words": "还差", "photo": "预计", "claim": "预计"}


class ReplyMissing(AssertionError):
    """A message got no reply, or not the one it should get."""


@dataclass
class Side:
    """One gateway with one bot behind it, and the latencies of its replies in milliseconds."""

    gateway: NpmGateway
    is_echo: bool
    sent: int = 0
    latencies: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def play(self, scene: str, person: str, *, photo: bytes) -> None:
        """Send one message and wait for its reply."""
        told = {"room": ROOM, "from": person}
        words = SCENES[scene][1]
        self.sent = self.gateway.health()["sent"]
        if words is None:
            path = "/photo"
            told |= {"path": str(_file(photo))}
        else:
            path = "/say"
            told |= {"text": words}
        emitted = float(self.gateway.call("POST", path, told)["t"])
        self.gateway.wait_for_sent(self.sent + 1, seconds=REPLY_SECONDS)
        replies = self.gateway.sent(after=self.sent)
        if len(replies) != 1 or not (self.is_echo or EXPECTED[scene] in replies[0]["text"]):
            raise ReplyMissing(f"{scene} of {person}: {[r['text'] for r in replies]}")
        self.latencies[scene].append(float(replies[0]["t"]) - emitted)
