"""The proof of the books (核对): chain and totals against the entries themselves."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, cast, func, select

from domain.claim import ClaimState
from domain.ledger import EARNING, GENESIS, broken_links, category_of
from domain.participation import award_change
from storage.ledger import CATEGORY, ENTRY, MONTH, VILLAGE, YEAR, Ledger
from storage.publication_proof import publication_faults
from storage.redemption_audit import redemption_faults
from storage.statements import table_of
from storage.tables.claims import ClaimRow
from storage.villages import Villages

CLAIM = table_of(ClaimRow)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not add up: what it is and where."""

    kind: str
    where: str


class Audit:
    """Reads everything once and says what does not fit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def verify(self, village: int) -> tuple[Fault, ...]:
        """Return the faults of a village's books; empty means they are clean."""
        return (
            *self._chain(village),
            *self._totals(village),
            *self._claims(village),
            *(Fault(*one) for one in publication_faults(self._connection, village)),
            *self._closed_years(village),
            *(Fault(*found) for found in redemption_faults(self._connection, village)),
        )

    def _closed_years(self, village: int) -> list[Fault]:
        """Nothing is left to spend of a year that is closed."""
        query = select(YEAR.c.year, YEAR.c.household).where(
            YEAR.c.village == village,
            YEAR.c.year <= Villages(self._connection).get(village).closed_through,
            YEAR.c.earned != YEAR.c.redeemed,
        )
        found = self._connection.execute(query.order_by(YEAR.c.year, YEAR.c.household))
        return [Fault("year_close", f"{year} {household}") for year, household in found]

    def _chain(self, village: int) -> list[Fault]:
        ledger = Ledger(self._connection)
        faults = [
            Fault("chain", str(seq))
            for seq in broken_links(ledger.walk(village), previous_hash=GENESIS)
        ]
        seq, digest = ledger.head(village)
        last = self._connection.execute(
            select(ENTRY.c.seq, ENTRY.c.hash)
            .where(ENTRY.c.village == village)
            .order_by(ENTRY.c.seq.desc())
            .limit(1)
        ).first()
        if (seq, digest) != (tuple(last) if last else (0, GENESIS)):
            faults.append(Fault("head", str(seq)))
        count = select(func.count()).where(ENTRY.c.village == village)
        if self._connection.execute(count).scalar_one() != seq:
            faults.append(Fault("gap", str(seq)))
        years = select(ENTRY.c.seq).where(
            ENTRY.c.village == village,
            cast(func.substr(ENTRY.c.effective_month, 1, 4), Integer) != ENTRY.c.year,
        )
        wrong = self._connection.execute(years.order_by(ENTRY.c.seq)).scalars()
        faults += [Fault("year", str(seq)) for seq in wrong]
        return faults

    def _totals(self, village: int) -> list[Fault]:
        months: Counter[tuple[str, int, str]] = Counter()
        years: Counter[tuple[int, int, str]] = Counter()
        villages: Counter[tuple[str, str]] = Counter()
        categories: Counter[tuple[str, str, str]] = Counter()
        for entry in Ledger(self._connection).walk(village):
            p = entry.posting
            earns = p.kind in EARNING
            name, points = ("earned", p.points) if earns else ("redeemed", -p.points)
            month = str(p.effective_month)
            months[month, p.household, name] += points
            months[month, p.household, "entries"] += 1
            years[p.effective_month.year, p.household, name] += points
            years[p.effective_month.year, p.household, "awards"] += award_change(p)
            villages[month, name] += points
            villages[month, "entries"] += 1
            if earns:
                categories[month, category_of(p), name] += p.points
        faults = []
        for kind, table, keys, expected in (
            ("month_total", MONTH, ("month", "household"), months),
            ("year_total", YEAR, ("year", "household"), years),
            ("village_total", VILLAGE, ("month",), villages),
            ("category_total", CATEGORY, ("month", "category"), categories),
        ):
            names = [n for n in ("earned", "redeemed", "entries", "awards") if n in table.c]
            query = select(*(table.c[n] for n in (*keys, *names)))
            kept: Counter[tuple[object, ...]] = Counter()
            for row in self._connection.execute(query.where(table.c.village == village)):
                where, sums = tuple(row)[: len(keys)], tuple(row)[len(keys) :]
                kept.update({(*where, n): amount for n, amount in zip(names, sums, strict=True)})
            wrong = {k for k in kept.keys() | expected.keys() if kept[k] != expected[k]}  # type: ignore[index]
            faults += [Fault(kind, " ".join(map(str, k))) for k in sorted(wrong, key=str)]
        return faults

    def _claims(self, village: int) -> list[Fault]:
        """Every approved claim has one award of its own; no other claim has any."""
        query = select(CLAIM.c.year, CLAIM.c.number, CLAIM.c.state, CLAIM.c.points).where(
            CLAIM.c.village == village
        )
        given: Counter[str] = Counter()
        sums: Counter[str] = Counter()
        for entry in Ledger(self._connection).walk(village):
            parts = entry.posting.cause.split(":")
            if parts[0] == "claim":
                given[":".join(parts[1:3])] += parts[3] == "award"
                sums[":".join(parts[1:3])] += entry.posting.points
        faults = []
        for year, number, state, points in self._connection.execute(query):
            key = f"{year}:{number}"
            approved = state == ClaimState.APPROVED
            if given.pop(key, 0) != int(approved) or (approved and sums[key] != points):
                faults.append(Fault("claim", key))
        return faults + [Fault("award", key) for key in given]
