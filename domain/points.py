"""Points (积分): exact whole tenths, never a float."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NewType

from domain.refusal import Refusal

Points = NewType("Points", int)
"""A number of points in whole tenths: ``Points(15)`` is 1.5 points; deductions are negative."""

ZERO: Final = Points(0)
_WRITTEN = re.compile(r"[+-]?\d{1,6}(\.\d)?")


class PointsUnreadable(Refusal):
    """The text is not a number of points with at most one decimal."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def whole(points: int) -> Points:
    """Return whole points as tenths: 3 becomes ``Points(30)``."""
    return Points(points * 10)


def parse(text: str) -> Points:
    """Read points as people write them: ``3``, ``+1.5``, ``-0.5``.

    Raises:
        PointsUnreadable: More than one decimal, letters, or nothing.

    """
    cleaned = text.strip()
    if not _WRITTEN.fullmatch(cleaned):
        raise PointsUnreadable(text)
    return Points(int(Decimal(cleaned) * 10))


def tenths(points: Decimal) -> Points:
    """Return points as whole tenths: 1.5 becomes ``Points(15)``.

    Raises:
        PointsUnreadable: More than one decimal.
    """
    exact = points * 10
    if exact != exact.to_integral_value():
        raise PointsUnreadable(f"{points}")
    return Points(int(exact))


def show(points: int) -> str:
    """Write tenths without trailing zeros: 10 is ``1``, 15 is ``1.5``, -20 is ``-2``."""
    sign = "-" if points < 0 else ""
    units, tenth = divmod(abs(points), 10)
    return f"{sign}{units}.{tenth}" if tenth else f"{sign}{units}"


def times(points: Points, quantity: Decimal) -> Points:
    """Multiply a unit value by a quantity, rounded half up to a tenth (0.25 x 1 is 0.3)."""
    exact = Decimal(points) * quantity
    return Points(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)))
