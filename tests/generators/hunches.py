"""Writes ``bot/understanding/hunches.json`` from the sentences beside the reading tests.

Run as ``python -m tests.generators.hunches``; with ``--without FILE`` a file of rows is
left out and the share of its rows whose intent is among the first one, two and three
guesses is printed: the honest figure. A multinomial logistic regression, by plain
gradient descent.
"""

import argparse
import base64
import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from bot.papers.rulebook_toml import draft
from bot.understanding.hunch import pieces
from bot.understanding.reading import Scene, Surroundings, Utterance
from bot.understanding.talk import talk_of

HERE = Path(__file__).parents[1] / "bot" / "understanding"
TARGET = Path(__file__).parents[2] / "bot" / "understanding" / "hunches.json"
ROWS = ("sentences.jsonl", "rows.jsonl", "talk.jsonl")
NOW = datetime(2026, 9, 16, 20, 15, tzinfo=ZoneInfo("Asia/Shanghai"))
STEPS, RATE, DECAY = 400, 2.0, 2e-4
LEAST = 2
Row = dict[str, Any]


def load(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def pieces_of(row: Row, around: Surroundings) -> set[str]:
    role, mention = row.get("role", "villager"), bool(row.get("mention"))
    said = Utterance(row["text"], Scene(row.get("scene", "room")), role, NOW, is_mentioned=mention)
    talk = talk_of(said, around)
    is_staff = role != "villager"
    return set(pieces(talk.text, is_staff=is_staff, is_addressed=talk.is_addressed))


class Model:
    """Weights over pieces for each intent; "" is silence."""

    def __init__(self, rows: Sequence[Row], around: Surroundings) -> None:
        told = [pieces_of(row, around) for row in rows]
        counts = Counter(piece for one in told for piece in one)
        self.vocabulary = sorted(piece for piece, count in counts.items() if count >= LEAST)
        self.places = {piece: at for at, piece in enumerate(self.vocabulary)}
        self.intents = sorted({row.get("intent") or "" for row in rows})
        self._fit(self.matrix(told), [self.intents.index(r.get("intent") or "") for r in rows])

    def matrix(self, told: Sequence[set[str]]) -> np.ndarray:
        found = np.zeros((len(told), len(self.vocabulary)), dtype=np.float32)
        for at, one in enumerate(told):
            known = [self.places[piece] for piece in one if piece in self.places]
            found[at, known] = 1.0
        return found

    def _fit(self, given: np.ndarray, wanted: Sequence[int]) -> None:
        self.weights = np.zeros((given.shape[1], len(self.intents)), dtype=np.float32)
        self.bias = np.zeros(len(self.intents), dtype=np.float32)
        truth = np.eye(len(self.intents), dtype=np.float32)[list(wanted)]
        speed, lift = np.zeros_like(self.weights), np.zeros_like(self.bias)
        for _ in range(STEPS):
            wrong = (self.shares(given) - truth) / len(truth)
            speed = 0.9 * speed - RATE * (given.T @ wrong + DECAY * self.weights)
            lift = 0.9 * lift - RATE * wrong.sum(axis=0)
            self.weights += speed
            self.bias += lift

    def shares(self, given: np.ndarray) -> np.ndarray:
        scores = given @ self.weights + self.bias
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return scores / scores.sum(axis=1, keepdims=True)

    def write(self, path: Path) -> None:
        scale = float(np.abs(self.weights).max()) / 127
        small = np.rint(self.weights / scale).astype(np.int8)
        kept = {
            piece: base64.b64encode(row.tobytes()).decode()
            for piece, row in zip(self.vocabulary, small, strict=True)
            if row.any()
        }
        told = {
            "intents": self.intents,
            "bias": [round(float(b), 4) for b in self.bias],
            "scale": scale,
            "pieces": kept,
        }
        path.write_text(json.dumps(told, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def hits(model: Model, rows: Sequence[Row], around: Surroundings) -> str:
    shares = model.shares(model.matrix([pieces_of(row, around) for row in rows]))
    order = np.argsort(-shares, axis=1)
    good = [{row["intent"], *row.get("accept", ())} for row in rows]
    found = [
        np.mean(
            [
                bool(good[at] & {model.intents[i] for i in order[at, :most]})
                for at in range(len(rows))
            ]
        )
        for most in (1, 2, 3)
    ]
    return " ".join(f"{share:.1%}" for share in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", type=Path, help="rows to leave out and to be measured on")
    asked = parser.parse_args()
    around = Surroundings(draft())
    rows = [row for name in ROWS if (HERE / name).exists() for row in load(HERE / name)]
    left = load(asked.without) if asked.without else []
    texts = {row["text"] for row in left}
    model = Model([row for row in rows if row["text"] not in texts], around)
    if left:
        print(
            f"{len(left)} rows left out: {hits(model, left, around)} among one, two, three guesses"
        )
    model.write(TARGET)
    print(
        f"{len(model.vocabulary)} pieces, {len(model.intents)} readings, {TARGET.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
