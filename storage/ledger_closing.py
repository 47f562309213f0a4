"""Entering a year's closing all at once (年终结清): one statement for a thousand households."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from domain.ledger import EARNING, Balance, Entry, Posting, chain, check_posting
from domain.period import Month
from storage.ledger import ENTRY, HEAD, MONTH, YEAR, Ledger, values_of
from storage.ledger import VILLAGE as TOTAL
from storage.statements import add_up, add_up_all, change

AT_ONCE = 500


def post_closing(
    connection: Connection, village: int, postings: Sequence[Posting], *, month: Month, at: datetime
) -> tuple[Entry, ...]:
    """Enter postings of one month, one a household, that earn nothing; as ``post`` would.

    What was entered before under the same cause is left out. The chain's head
    must be held by the caller (``Villages.lock``).

    Returns:
        The entries that were made now, in the order of the chain.

    """
    assert all(p.effective_month == month and p.kind not in EARNING for p in postings), month
    assert len({p.household for p in postings}) == len(postings), "one a household"
    known = _known(connection, village, [p.cause for p in postings])
    balances = Ledger(connection).balances(village, year=month.year)
    entries: list[Entry] = []
    seq, digest = Ledger(connection).head(village)
    for posting in postings:
        if posting.cause in known:
            continue
        check_posting(balances.get(posting.household, Balance()), posting)
        seq += 1
        entries.append(chain(posting, seq=seq, at=at, previous_hash=digest))
        digest = entries[-1].hash
    if entries:
        _keep(connection, village, entries, month=month)
    return tuple(entries)


def _known(connection: Connection, village: int, causes: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(causes), AT_ONCE):
        some = causes[start : start + AT_ONCE]
        query = select(ENTRY.c.cause).where(ENTRY.c.village == village, ENTRY.c.cause.in_(some))
        found.update(connection.execute(query.limit(AT_ONCE)).scalars())
    return found


def _keep(connection: Connection, village: int, entries: list[Entry], *, month: Month) -> None:
    connection.execute(ENTRY.insert(), [{"village": village, **values_of(e)} for e in entries])
    last = entries[-1]
    change(connection, HEAD, key={"village": village}, values={"seq": last.seq, "hash": last.hash})
    spent = {e.posting.household: -e.posting.points for e in entries}
    house = [{"village": village, "household": h, "redeemed": p} for h, p in spent.items()]
    add_up_all(
        connection,
        MONTH,
        [{**one, "month": str(month), "earned": 0, "entries": 1} for one in house],
        key=("village", "month", "household"),
    )
    add_up_all(
        connection,
        YEAR,
        [{**one, "year": month.year, "earned": 0, "awards": 0} for one in house],
        key=("village", "year", "household"),
    )
    plus = {"earned": 0, "redeemed": sum(spent.values()), "entries": len(entries)}
    add_up(connection, TOTAL, key={"village": village, "month": str(month)}, plus=plus)
