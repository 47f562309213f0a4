"""The measure of the reader (读懂率): ``python -m tests.bot.understanding.measure`` prints it.

Rows are JSON Lines as in ``../shared/examples``: a message has ``intent``, ``slots``, ``accept``,
``must_not``, ``silent_ok`` and ``difficulty``; a line of chatter has ``expect`` "silent".
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.understanding.reading import Reading
from bot.understanding.verbatim import as_said
from tests.bot.understanding.measure_slots import KINDS, compared
from tests.bot.understanding.village import EXAMPLES, say_example

TARGETS = {"easy": 1.0, "medium": 0.97, "hard": 0.90}
SLOT_TARGETS = {"claims": 0.99, "item": 0.95, "date": 0.95, "quantity": 0.95, "points": 0.98}
HELD_OUT = Path(__file__).with_name("held_out.jsonl")
"""Rows that nobody looked at while the reader was made; only their figures are printed."""
HELD_OUT_FLOOR = {
    "easy": 1.0,
    "medium": 0.96,
    "hard": 0.95,
    "claims": 0.95,
    "item": 0.95,
    "date": 0.95,
    "quantity": 0.92,
    "points": 0.90,
}
"""A little below what was reached: a change that makes the reader worse on unseen words shows."""
PUBLIC_MOST = 0.001
NEAR_MOST = 0.02


@dataclass
class Figures:
    """What was counted over some files, and the rows that fail."""

    rows: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    harm: Counter[str] = field(default_factory=Counter)
    slots: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    chatter: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def shown(reading: Reading) -> str:
    intent = reading.intent.value if reading.intent else "silence"
    choices = ",".join(c.intent.value for c in reading.choices if c.intent)
    return intent + ("?" if reading.asks else "") + (f"[{choices}]" if choices else "")


def offered(reading: Reading) -> Iterator[Reading]:
    """Yield the reading and, where it asks, what it offers instead."""
    yield reading
    if reading.asks:
        yield from reading.choices


def count_message(row: dict[str, Any], figures: Figures) -> None:
    reading = as_said(say_example(row), row["text"])
    level = row["difficulty"]
    good = {row["intent"], *row.get("accept", [])}
    names = [r.intent.value if r.intent else None for r in offered(reading)]
    is_right = bool(good & set(names)) or (names == [None] and row.get("silent_ok", False))
    is_harm = not reading.asks and names[0] in row.get("must_not", [])
    figures.rows[level] += 1
    figures.right[level] += is_right
    figures.asked[level] += reading.asks
    figures.harm[level] += is_harm
    if not is_right or is_harm:
        word = "HARM" if is_harm else "intent"
        wanted = "/".join(sorted(good))
        figures.failures.append(
            f"{word:10}{row['id']} {level} {row['scene'][0]}{'@' if row['mention'] else ''}"
            f" {row['text']!r}: {wanted} but {shown(reading)}"
        )
    same = next((r for r in offered(reading) if r.intent and r.intent.value == row["intent"]), None)
    if same is not None:
        count_slots(row, same, figures)


def count_slots(row: dict[str, Any], reading: Reading, figures: Figures) -> None:
    golds = [act["slots"] for act in row.get("acts", [])] or [row["slots"]]
    acts = reading.acts or (reading,)
    for position, gold in enumerate(golds):
        slots = acts[position].slots if position < len(acts) else None
        for kind, is_same, wanted, found in compared(gold, slots, row):
            figures.slots[kind]["rows"] += 1
            figures.slots[kind]["right"] += is_same
            if not is_same:
                figures.failures.append(
                    f"{kind:10}{row['id']} {row['text']!r}: {wanted} but {found}"
                )


def count_chatter(row: dict[str, Any], figures: Figures) -> None:
    reading = say_example(row)
    kind = "near" if "near" in row else "public"
    figures.chatter[f"{kind} rows"] += 1
    if reading.intent is not None:
        how = "asked" if reading.asks else "outright"
        figures.chatter[f"{kind} {how}"] += 1
        figures.failures.append(f"{kind:10}{row['id']} {row['text'][:120]!r}: {shown(reading)}")


def measured(messages: Iterable[dict[str, Any]], chatter: Iterable[dict[str, Any]]) -> Figures:
    figures = Figures()
    for row in messages:
        count_message(row, figures)
    for row in chatter:
        count_chatter(row, figures)
    return figures


def table(figures: Figures) -> Iterator[str]:
    yield f"{'messages':10}{'rows':>6}{'right':>8}{'share':>8}{'target':>8}{'asked':>7}{'harm':>6}"
    for level, target in TARGETS.items():
        rows, right = figures.rows[level], figures.right[level]
        yield (
            f"{level:10}{rows:6}{right:8}{_share(right, rows):>8}{target:8.0%}"
            f"{figures.asked[level]:7}{figures.harm[level]:6}"
        )
    yield f"{'slots':10}{'rows':>6}{'right':>8}{'share':>8}{'target':>8}"
    for kind in KINDS:
        rows, right = figures.slots[kind]["rows"], figures.slots[kind]["right"]
        target = f"{SLOT_TARGETS[kind]:.0%}" if kind in SLOT_TARGETS else ""
        yield f"{kind:10}{rows:6}{right:8}{_share(right, rows):>8}{target:>8}"
    yield f"{'chatter':10}{'rows':>6}{'asked':>8}{'outright':>10}"
    for kind in ("public", "near"):
        rows, asked = figures.chatter[f"{kind} rows"], figures.chatter[f"{kind} asked"]
        yield f"{kind:10}{rows:6}{asked:8}{figures.chatter[f'{kind} outright']:10}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def missed(figures: Figures) -> list[str]:
    """Return the targets that are not reached."""
    below = [
        level
        for level, target in TARGETS.items()
        if figures.rows[level] and figures.right[level] < target * figures.rows[level]
    ]
    below += [
        kind
        for kind, target in SLOT_TARGETS.items()
        if figures.slots[kind]["right"] < target * figures.slots[kind]["rows"]
    ]
    below += ["harm"] if figures.harm.total() else []
    for kind, most in (("public", PUBLIC_MOST), ("near", NEAR_MOST)):
        triggers = figures.chatter[f"{kind} asked"] + figures.chatter[f"{kind} outright"]
        if figures.chatter[f"{kind} outright"] or triggers > most * figures.chatter[f"{kind} rows"]:
            below.append(f"{kind} chatter")
    return below


def held_out() -> Figures:
    """Return the figures over the rows that are held out."""
    rows = list(rows_of([HELD_OUT]))
    said = [row for row in rows if "intent" in row]
    return measured(said, [row for row in rows if "expect" in row])


def below_floor(figures: Figures) -> list[str]:
    """Return what fell below the floor of the rows that are held out."""
    found = [name for name, floor in HELD_OUT_FLOOR.items() if _reached(figures, name) < floor]
    found += ["harm"] if figures.harm.total() else []
    near = figures.chatter["near asked"] + figures.chatter["near outright"]
    return found + (["near chatter"] if near > NEAR_MOST * figures.chatter["near rows"] else [])


def _reached(figures: Figures, name: str) -> float:
    if name in TARGETS:
        return figures.right[name] / figures.rows[name]
    return figures.slots[name]["right"] / figures.slots[name]["rows"]


def rows_of(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", nargs="*", type=Path)
    parser.add_argument("--chatter", nargs="*", type=Path)
    parser.add_argument("--figures-only", action="store_true")
    asked = parser.parse_args()
    is_whole = asked.messages is None and asked.chatter is None
    if is_whole:
        asked.messages, asked.chatter = [EXAMPLES / "messages.jsonl"], [EXAMPLES / "chatter.jsonl"]
    figures = measured(rows_of(asked.messages or ()), rows_of(asked.chatter or ()))
    if not asked.figures_only:
        print("\n".join(figures.failures), end="\n\n" if figures.failures else "")
    print("\n".join(table(figures)))
    below = missed(figures)
    print("below the target: " + ", ".join(below) if below else "every target is reached")
    fell = _print_held_out() if is_whole else []
    return 1 if below or fell else 0


def _print_held_out() -> list[str]:
    """Print the figures of the rows that are held out, without the rows that fail."""
    figures = held_out()
    fell = below_floor(figures)
    print("\nheld out (rows nobody looked at):")
    print("\n".join(table(figures)))
    print("below the floor: " + ", ".join(fell) if fell else "no figure is below its floor")
    return fell


if __name__ == "__main__":
    sys.exit(main())
