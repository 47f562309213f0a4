"""QR codes (二维码) as SVG, drawn here and not by a service."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import segno

QUIET_ZONE: Final = 2
"""Modules of white around the code; the paper around it adds to them."""

_RUN: Final = re.compile(b"\x01+")


def qr_svg(text: str) -> str:
    """Return a QR code that can still be read with 15% of it worn off."""
    return qr_svgs((text,))[0]


def qr_svgs(texts: Iterable[str]) -> tuple[str, ...]:
    """Return a QR code for each text; one that differs from others in few letters is cheap.

    With one length and one mask, codes are linear: which modules turn with a bit
    of the text does not depend on the rest of it. So the first text of a length
    is encoded whole, each bit in which another differs is encoded once, and their
    pictures are laid over each other.
    """
    alike: dict[int, _Alike] = {}
    drawn = []
    for content in (text.encode() for text in texts):
        if len(content) not in alike:
            alike[len(content)] = _Alike(content)
        drawn.append(alike[len(content)].svg(content))
    return tuple(drawn)


class _Alike:
    """The codes of all texts as long as the first, under the mask that suits the first."""

    def __init__(self, first: bytes) -> None:
        self._first = first
        code = _encoded(first)
        self._width = len(code.matrix)
        self._picture = _picture(code)
        self._same = {"version": code.version, "error": code.error, "mask": code.mask}
        self._turning: dict[int, int] = {}

    def svg(self, content: bytes) -> str:
        picture = self._picture
        differing = int.from_bytes(self._first) ^ int.from_bytes(content)
        while differing:
            bit = differing & -differing
            picture ^= self._turned_by(bit)
            differing ^= bit
        return _drawn(picture.to_bytes(self._width**2), self._width)

    def _turned_by(self, bit: int) -> int:
        if bit not in self._turning:
            other = int.from_bytes(self._first) ^ bit
            code = _encoded(other.to_bytes(len(self._first)), boost_error=False, **self._same)
            self._turning[bit] = self._picture ^ _picture(code)
        return self._turning[bit]


def _encoded(content: bytes, **same: Any) -> "segno.QRCode":
    import segno  # noqa: PLC0415 - loaded with the first code

    return segno.make_qr(content, mode="byte", **{"error": "m"} | same)


def _picture(code: "segno.QRCode") -> int:
    return int.from_bytes(b"".join(code.matrix))


def _drawn(modules: bytes, width: int) -> str:
    starts = [f"M{column + QUIET_ZONE} " for column in range(width)]
    runs = "".join(
        f"{starts[run.start()]}{line}.5h{run.end() - run.start()}"
        for line, row in enumerate(range(0, width**2, width), start=QUIET_ZONE)
        for run in _RUN.finditer(modules[row : row + width])
    )
    size = width + 2 * QUIET_ZONE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{runs}"/></svg>'
    )
