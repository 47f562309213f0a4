"""QR codes drawn by the many say what codes drawn one by one say."""

import re

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.papers import qr

RUN = re.compile(r"M(\d+) (\d+)\.5h(\d+)")
addresses = st.text("ABCDEFGHJKMNPQRSTVWXYZ0123456789-", min_size=9, max_size=11).map(
    lambda code: f"https://points.example/enter?code={code}"
)


def modules(svg: str) -> set[tuple[int, int]]:
    """Return the dark modules of a drawing as row and column."""
    runs = [[int(number) for number in run] for run in RUN.findall(svg)]
    rim = qr.QUIET_ZONE
    return {(row - rim, at + n - rim) for at, row, length in runs for n in range(length)}


def encoded(text: str, mask: int | None = None) -> set[tuple[int, int]]:
    matrix = segno.make_qr(text, error="m", mask=mask).matrix
    return {(y, x) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}


@given(addresses)
def test_one_code_is_the_one_that_the_library_draws(address: str) -> None:
    assert modules(qr.qr_svg(address)) == encoded(address)


@settings(max_examples=20)
@given(st.lists(addresses, min_size=2, max_size=6))
def test_codes_drawn_together_say_what_each_says_alone(texts: list[str]) -> None:
    for text, drawn in zip(texts, qr.qr_svgs(texts), strict=True):
        assert modules(drawn) in [encoded(text, mask) for mask in range(8)]


def test_the_codes_of_a_village_are_not_encoded_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, encode = [], segno.make_qr
    monkeypatch.setattr(segno, "make_qr", lambda *a, **k: made.append(a) or encode(*a, **k))
    qr.qr_svgs(f"https://points.example/enter?code={n:09}" for n in range(1_000))
    assert len(made) < 30
