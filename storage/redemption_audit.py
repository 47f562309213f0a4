"""The proof of redemption (兑换核对): rows, stock, limits and entries say the same."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from domain.redemption import RETURNED, TAKES_STOCK, RedemptionState
from storage.ledger import Ledger
from storage.prepared import Row
from storage.redemptions import REDEMPTION
from storage.rounds import GOOD
from storage.statements import rows

PREFIX = "redemption:"
Entered = tuple[str, int, int, int]
"""Kind of entry, household, points, year."""


def redemption_faults(connection: Connection, village: int) -> Iterator[tuple[str, str]]:
    """Yield what does not fit, as pairs of kind and place.

    ``redemption``: a reservation that did not pay its price once in its own
    year, or was not given back exactly when it was cancelled or lapsed.
    ``redemption_entry``: an entry without a reservation. ``stock``: what is
    taken of a good is not what is reserved and handed over. ``limit``: a
    household has more than its share.
    """
    query = select(REDEMPTION).where(REDEMPTION.c.village == village)
    found = rows(connection, query.order_by(REDEMPTION.c.year, REDEMPTION.c.number))
    expected = _expected(found)
    posted: dict[str, Entered] = {}
    for entry in Ledger(connection).walk(village):
        p = entry.posting
        if p.cause.startswith(PREFIX):
            posted[p.cause] = (p.kind, p.household, p.points, p.effective_month.year)
    for cause, wanted in expected.items():
        if posted.pop(cause, None) != wanted:
            yield "redemption", cause.removeprefix(PREFIX)
    yield from (("redemption_entry", cause.removeprefix(PREFIX)) for cause in posted)
    yield from _goods(connection, village, found)


def _expected(found: Sequence[Row]) -> dict[str, Entered]:
    expected: dict[str, Entered] = {}
    for row in found:
        year, cause = row["year"], f"{PREFIX}{row['year']}:{row['number']}"
        household, points = row["household"], row["points"]
        expected[f"{cause}:reserve"] = ("redemption", household, -points, year)
        if RedemptionState(row["state"]) in RETURNED:
            expected[f"{cause}:refund"] = ("refund", household, points, year)
    return expected


def _goods(connection: Connection, village: int, found: Sequence[Row]) -> Iterator[tuple[str, str]]:
    taken: Counter[tuple[int, int, int]] = Counter()
    held: Counter[tuple[tuple[int, int, int], int]] = Counter()
    for row in found:
        if RedemptionState(row["state"]) in TAKES_STOCK:
            good = row["year"], row["round"], row["good"]
            taken[good] += row["quantity"]
            held[good, row["household"]] += row["quantity"]
    query = select(GOOD).where(GOOD.c.village == village)
    for row in rows(connection, query.order_by(GOOD.c.year, GOOD.c.round, GOOD.c.number)):
        key = row["year"], row["round"], row["number"]
        where = ":".join(map(str, key))
        if row["taken"] != taken[key] or not 0 <= row["taken"] <= row["stock"]:
            yield "stock", where
        most = max((count for (good, _), count in held.items() if good == key), default=0)
        if row["most"] is not None and most > row["most"]:
            yield "limit", where
