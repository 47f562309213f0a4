"""What the reading tests share: the draft rulebook, a Wednesday, and short ways to say things."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.papers.rulebook_toml import draft
from bot.understanding.plain import PlainReader
from bot.understanding.reading import Reading, Scene, Surroundings, Utterance

NOW = datetime(2026, 9, 16, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
EXAMPLES = Path(__file__).parents[4] / "shared" / "examples"
READER = PlainReader()


@cache
def around() -> Surroundings:
    return Surroundings(rulebook=draft())


def say(
    text: str,
    *,
    scene: Scene = Scene.ROOM,
    role: str = "villager",
    mention: bool = False,
    dialogue: str | None = None,
) -> Reading:
    utterance = Utterance(text, scene, role, NOW, is_mentioned=mention, open_dialogue=dialogue)
    return READER.read(utterance, around())


def tell(text: str, **kwargs: Any) -> Reading:
    return say(text, scene=Scene.DIRECT, **kwargs)


def examples(name: str) -> list[dict[str, Any]]:
    path = EXAMPLES / name
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def say_example(example: dict[str, Any]) -> Reading:
    now = example.get("now")
    utterance = Utterance(
        example["text"],
        Scene(example["scene"]),
        example.get("role", "villager"),
        datetime.fromisoformat(now) if now else NOW,
        is_mentioned=example["mention"],
    )
    return READER.read(utterance, around())
