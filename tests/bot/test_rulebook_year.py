"""A year under the draft: three households of the kind its README speaks of."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

import pytest

from bot.papers.rulebook_toml import draft
from domain.period import month_of
from domain.points import Points, whole
from domain.scoring import Earlier, Measure, Used, cooldown_until, within_caps, worth

DRAFT: Final = draft()
EVERY_MONTH: Final = "1 2 3 4 5 6 7 8 9 10 11 12"
EVERY_QUARTER: Final = "3 6 9 12"
INSPECTED: Final = {
    "A102": "2 4 6 8 10 12",
    "A204": EVERY_QUARTER,
    "A301": EVERY_QUARTER,
    "A302": EVERY_QUARTER,
    "A401": EVERY_QUARTER,
    "B204": "6 12",
    "C103": "12",
    "C104": "1",
    "C204": "6 12",
}
"""What inspections and lists of the committee bring to any tidy household."""
ELDER: Final = INSPECTED | {"C304": EVERY_QUARTER, "D301": "3 9", "D304": "6 9", "D306": "1 10"}
ORDINARY: Final = ELDER | {
    "A101": "1 1 2 3 3 4 5 5 6 7 7 8 9 9 10 11 11 12",
    "A202": "4 10",
    "A303": "3 9",
    "A304": "7",
    "B103": "4 12",
    "B104": "2",
    "B303": "2 5",
    "C101": "3 11",
    "D201": "3 9",
    "D302": "6",
}
ACTIVE: Final = ORDINARY | {
    "A101": " ".join(f"{month} {month} {month} {month}" for month in range(1, 13)),
    "A103": EVERY_MONTH,
    "A201": "6 12",
    "A202": EVERY_MONTH,
    "A203": "4 10",
    "A303": EVERY_MONTH,
    "A304": EVERY_QUARTER,
    "A402": EVERY_QUARTER,
    "A404": EVERY_QUARTER,
    "B104": EVERY_QUARTER,
    "B203": EVERY_MONTH,
    "B303": EVERY_MONTH,
    "B305": "4 11",
    "B306": "9",
    "B307": "12",
    "C101": EVERY_MONTH,
    "C102": "6 12",
    "C203": "6 12",
    "C201": "1",
    "C202": "1",
    "D201": EVERY_MONTH,
    "D202": EVERY_MONTH,
    "D301": EVERY_MONTH,
    "D303": "6",
    "E304": "6 12",
    "E305": "3",
}
MEASURES: Final = {
    "A201": Measure(tier="四星"),
    "B306": Measure(quantity=Decimal(500)),
    "B307": Measure(tier="村"),
    "D201": Measure(quantity=Decimal(4)),
}


@dataclass
class Year:
    """Approves acts one after another, as the desk does."""

    given: dict[str, list[tuple[date, Points]]] = field(default_factory=lambda: defaultdict(list))
    hours: Decimal = Decimal(0)

    def used(self, code: str, day: date) -> Used:
        mine, month = self.given[code], month_of(day)
        category = (p for c, ps in self.given.items() if c[0] == code[0] for _, p in ps)
        return Used(
            Points(sum(p for d, p in mine if month_of(d) == month)),
            Points(sum(p for d, p in mine if month_of(d).quarter == month.quarter)),
            Points(sum(p for _, p in mine)),
            Points(sum(category)),
        )

    def act(self, code: str, day: date) -> None:
        item = DRAFT.item(code)
        days = [d for d, _ in self.given[code]]
        if cooldown_until(item, occurred_on=day, others=days):
            return
        measure = MEASURES.get(code, Measure())
        points = worth(item, measure, earlier=Earlier(len(days), self.hours))
        self.hours += measure.quantity or 0 if code == "D201" else 0
        cap = DRAFT.category_year_caps[item.category]
        cut = within_caps(points, item=item, used=self.used(code, day), category_cap=cap)
        self.given[code].append((day, cut.points))

    def total(self, category: str = "") -> int:
        return sum(p for c, ps in self.given.items() if c.startswith(category) for _, p in ps)


def lived(acts: dict[str, str]) -> Year:
    """Live through a year; several acts of a month lie a week apart."""
    year = Year()
    for code, months in acts.items():
        seen: dict[str, int] = defaultdict(int)
        for month in months.split():
            seen[month] += 1
            year.act(code, date(2026, int(month), 7 * seen[month]))
    return year


@pytest.mark.parametrize(
    ("acts", "simulated"),
    [(ELDER, 108), (ORDINARY, 165), (ACTIVE, 439)],
    ids=["an elder without a phone", "an ordinary household", "a very active one"],
)
def test_a_simulated_year_comes_near_the_drafts_own_sum(
    acts: dict[str, str], simulated: int
) -> None:
    points = lived(acts).total()
    assert abs(points - whole(simulated)) <= whole(simulated) * 0.05


def test_a_very_active_year_meets_the_caps_and_stays_under_them() -> None:
    year = lived(ACTIVE)
    for category, cap in DRAFT.category_year_caps.items():
        assert year.total(category) <= cap
    assert [year.total(c) for c in "ACD"] == [whole(n) for n in (130, 70, 140)]
    for code, given in year.given.items():
        most = DRAFT.item(code).caps.year
        assert most is not None
        assert sum(points for _, points in given) <= most
