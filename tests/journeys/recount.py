"""The books computed again from what the exports tell, by other code than the product's.

Imports nothing of jifen. What it knows of the scheme it knows from the documents: the rulebook file,
``docs/operations.md`` (how an entry and a publication are hashed), the plan (ranking with ties, caps,
nothing carried over). Points are whole tenths here as well.
"""

import hashlib
import itertools
import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

Fact = Mapping[str, Any]
EARNED = {"award", "deduction", "adjustment", "reversal"}


def tenths(points: float | Decimal) -> int:
    """Return points as whole tenths; anything finer is a fault."""
    exact = Decimal(str(points)) * 10
    assert exact == exact.to_integral_value(), points
    return int(exact)


def quarter_of(month: str) -> str:
    """``2026-05`` lies in ``2026-Q2``."""
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def sha256(parts: list[Any]) -> str:
    """Return the digest of a JSON list in the documented form."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Worth:
    """What the rulebook file gives for an act."""

    rules: Mapping[str, Any]
    items: dict[str, Fact] = field(init=False)

    def __post_init__(self) -> None:
        self.items = {item["code"]: item for item in self.rules["items"]}

    @classmethod
    def of(cls, text: str) -> "Worth":
        """Read a rulebook file."""
        return cls(tomllib.loads(text))

    def caps(self, code: str) -> dict[str, int]:
        """Return the caps of an item by period, in tenths; negative for deductions."""
        return {k: tenths(v) for k, v in self.items[code].get("caps", {}).items()}

    def category_cap(self, code: str) -> int | None:
        """Return what a category may bring in a year."""
        found = self.rules.get("category_year_caps", {}).get(code[0])
        return None if found is None else tenths(found)

    def of_act(self, claim: Fact, before: "Held", reason: str) -> int | None:
        """Return what an act is worth before any cap; None where people set it."""
        item = self.items[claim["item"]]
        match item["kind"]:
            case "fixed":
                return tenths(item["points"])
            case "unit":
                return self._counted(item, claim["quantity"])
            case "step":
                steps = item["steps"]
                return tenths(steps[min(len(before.standing), len(steps) - 1)])
            case "hour":
                earlier = sum((Decimal(str(c["quantity"])) for c in before.standing), Decimal(0))
                hours = earlier + Decimal(str(claim["quantity"]))
                return self._hours(item, hours) - self._hours(item, earlier)
            case "tier":
                return self._tier(item, claim, before, reason)
        return None

    @staticmethod
    def _counted(item: Fact, quantity: float | None) -> int:
        if not item.get("counts_quantity"):
            return tenths(item["points"])
        units = int(Decimal(str(1 if quantity is None else quantity)) // item.get("unit_size", 1))
        return tenths(item["points"]) * units

    @staticmethod
    def _hours(item: Fact, hours: Decimal) -> int:
        """20 hours at 2, up to 80 at 1, then 1 for two hours: whole tenths, never rounded up."""
        total = start = Decimal(0)
        for band in item["bands"]:
            end = min(hours, Decimal(band.get("until", 10**6)))
            total += max(end - start, Decimal(0)) * tenths(band["points"]) / band.get("per", 1)
            start = max(start, end)
        return int(total.to_integral_value(ROUND_FLOOR))

    @staticmethod
    def _tier(item: Fact, claim: Fact, before: "Held", reason: str) -> int | None:
        points = {
            name: tenths(tier["points"])
            for tier in item["tiers"]
            for name in (tier["name"], *tier.get("aliases", ()))
        }
        if claim["tier"] not in points:
            return None
        same = [c for c in before.standing if reason and before.reasons[c["number"]] == reason]
        best = max((points[c["tier"]] for c in same if c["tier"] in points), default=0)
        return max(0, points[claim["tier"]] - best)


@dataclass
class Held:
    """What a household's claims of one item hold at a moment."""

    standing: list[Fact] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)


@dataclass
class Recount:
    """One village: its exports, and everything that does not fit.

    Args:
        entries: ``jifen ledger --json`` of every year, together.
        claims: ``jifen claims --json``.
        publications: ``jifen publications --json``.
        rules: The rulebook file in force.
        set_by_people: (year, number) of claims whose amount a reviewer named.
        lifted: When two people lifted a veto (ISO, UTC), by the deduction's (year, number).
    """

    entries: list[Fact]
    claims: list[Fact]
    publications: list[Fact]
    rules: Worth
    set_by_people: AbstractSet[tuple[int, int]] = frozenset()
    lifted: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entries = sorted(self.entries, key=lambda e: e["seq"])
        self.by_number = {(c["year"], c["number"]): c for c in self.claims}

    # -- sums -----------------------------------------------------------------------------

    def earned(self, months: Iterable[str], *, up_to: int | None = None) -> Counter[int]:
        """Return what each household earned over some months, by the entries up to one."""
        wanted, sums = set(months), Counter[int]()
        for e in self._up_to(up_to):
            if e["kind"] in EARNED and e["effective_month"] in wanted:
                sums[e["household_id"]] += tenths(e["points"])
        return sums

    def spent(self, year: int, *, up_to: int | None = None) -> Counter[int]:
        """Return what each household has redeemed, or lost at the close, of a year."""
        sums = Counter[int]()
        for e in self._up_to(up_to):
            if e["kind"] not in EARNED and e["effective_month"][:4] == str(year):
                sums[e["household_id"]] -= tenths(e["points"])
        return sums

    def seq_at(self, instant: str) -> int:
        """Return the last entry made until an instant (ISO, UTC)."""
        return max((e["seq"] for e in self.entries if e["at"] <= instant), default=0)

    def place(self, year: int, household: int, *, up_to: int | None = None) -> int:
        """Return the place by earned points: one more than those ahead."""
        sums = self.earned(_months(year), up_to=up_to)
        return 1 + sum(points > sums[household] for points in sums.values())

    def _up_to(self, seq: int | None) -> Iterator[Fact]:
        return (e for e in self.entries if seq is None or e["seq"] <= seq)

    def _claim_of(self, entry: Fact) -> Fact | None:
        kind, *rest = entry["cause"].split(":")
        return self.by_number[int(rest[0]), int(rest[1])] if kind == "claim" else None

    # -- everything that does not fit -----------------------------------------------------

    def faults(self) -> list[str]:
        """Return everything that does not fit; empty is clean."""
        return [
            *self.chain_faults(),
            *self.step_faults(),
            *self.claim_faults(),
            *self.publication_faults(),
        ]

    def chain_faults(self) -> Iterator[str]:
        """Compute every hash again, from the first entry on."""
        before = "0" * 64
        causes = Counter(e["cause"] for e in self.entries)
        yield from (f"cause entered {n} times: {c}" for c, n in causes.items() if n > 1)
        for position, e in enumerate(self.entries, start=1):
            digest = sha256(
                [
                    e["seq"],
                    e["household_id"],
                    e["kind"],
                    tenths(e["points"]),
                    e["cause"],
                    e["effective_month"],
                    e["actor_ids"],
                    e["reason"],
                    e["item"],
                    e["at"],
                    before,
                ]
            )
            if (e["seq"], e["previous_hash"], e["hash"]) != (position, before, digest):
                yield f"chain: entry {e['seq']} does not fit"
            before = e["hash"]

    def step_faults(self) -> Iterator[str]:
        """Go through the entries once: balances, caps, and the worth of each award."""
        earned, spendable = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
        holds: dict[tuple[int, int], int] = {}
        dropped: set[tuple[int, int]] = set()
        reasons: dict[int, str] = {}
        for e in self.entries:
            key = (e["household_id"], e["effective_month"][:4])
            claim, points = self._claim_of(e), tenths(e["points"])
            if e["kind"] in {"award", "deduction"} and claim is not None:
                yield from self._worth_faults(
                    e, claim, holds, dropped, reasons, _bearable(earned[key], spendable[key])
                )
                reasons[claim["number"]] = e["reason"]
            earned[key] += points if e["kind"] in EARNED else 0
            spendable[key] += points
            if spendable[key] < 0:
                yield f"entry {e['seq']}: spendable {spendable[key]}"
            if claim is not None:
                number = (claim["year"], claim["number"])
                holds[number] = holds.get(number, 0) + points
                (dropped.add if e["kind"] == "reversal" else dropped.discard)(number)
                yield from self._cap_faults(e, claim, holds)

    def _worth_faults(
        self,
        e: Fact,
        claim: Fact,
        holds: Mapping[tuple[int, int], int],
        dropped: AbstractSet[tuple[int, int]],
        reasons: dict[int, str],
        bearable: int,
    ) -> Iterator[str]:
        """Compare an award or a deduction with the rule, cut by the caps and the balance."""
        if (claim["year"], claim["number"]) in self.set_by_people:
            return
        same = [
            c
            for c in self._others(claim, holds)
            if c["item"] == claim["item"] and (c["year"], c["number"]) not in dropped
        ]
        worth = self.rules.of_act(claim, Held(same, reasons), e["reason"])
        if worth is None:
            return
        rooms = [room for _, room in self._rooms(claim, holds)]
        expected = min([worth, *rooms]) if worth >= 0 else max([worth, *(-r for r in rooms)])
        if worth < 0:
            expected = max(expected, -bearable)
        if tenths(e["points"]) != expected:
            yield f"entry {e['seq']} {e['cause']} {claim['item']}: {e['points']}, not {expected} tenths"

    def _others(self, claim: Fact, holds: Mapping[tuple[int, int], int]) -> Iterator[Fact]:
        """Yield the household's other claims of the act's year that hold something by now."""
        for number in holds:
            other = self.by_number[number]
            is_year = other["effective_month"][:4] == claim["effective_month"][:4]
            if other is not claim and is_year and other["household"] == claim["household"]:
                yield other

    def _rooms(
        self, claim: Fact, holds: Mapping[tuple[int, int], int]
    ) -> Iterator[tuple[str, int]]:
        """Yield what is left under each cap beside the household's other claims."""
        used = self._used(claim, self._others(claim, holds), holds)
        for period, cap in self._caps(claim["item"]):
            yield period, max(0, abs(cap) - abs(used[period]))

    def _caps(self, code: str) -> Iterator[tuple[str, int]]:
        yield from self.rules.caps(code).items()
        cap = self.rules.category_cap(code)
        if cap is not None and not self._is_deduction(code):
            yield "category", cap

    def _is_deduction(self, code: str) -> bool:
        item = self.rules.items[code]
        return item.get("points", 0) < 0 or any(step < 0 for step in item.get("steps", ()))

    @staticmethod
    def _used(
        claim: Fact, others: Iterable[Fact], holds: Mapping[tuple[int, int], int]
    ) -> Counter[str]:
        """Add up what claims hold in the month, quarter and year, and of the category."""
        used, month = Counter[str](), claim["effective_month"]
        for other in others:
            held = holds[other["year"], other["number"]]
            if other["item"] == claim["item"]:
                used["year"] += held
                same = quarter_of(other["effective_month"]) == quarter_of(month)
                used["quarter"] += held if same else 0
                used["month"] += held if other["effective_month"] == month else 0
            if other["item"][0] == claim["item"][0]:
                used["category"] += max(0, held)
        return used

    def _cap_faults(
        self, e: Fact, claim: Fact, holds: Mapping[tuple[int, int], int]
    ) -> Iterator[str]:
        """Say which cap a household is above once an entry is made."""
        used = self._used(claim, [claim, *self._others(claim, holds)], holds)
        for period, cap in self._caps(claim["item"]):
            if abs(used[period]) > abs(cap):
                yield f"entry {e['seq']}: {claim['item']} {period} {used[period]} above {cap}"

    def claim_faults(self) -> Iterator[str]:
        """Compare every claim with its entries and its days."""
        sums = Counter[tuple[int, int]]()
        awards = Counter[tuple[int, int]]()
        for e in self.entries:
            claim = self._claim_of(e)
            if claim is not None:
                key = (claim["year"], claim["number"])
                sums[key] += tenths(e["points"])
                awards[key] += e["kind"] in {"award", "deduction"}
                if e["household_id"] and e["household"] != claim["household"]:
                    yield f"entry {e['seq']} is another household's than #{claim['number']}"
                if e["effective_month"] != claim["effective_month"]:
                    yield f"entry {e['seq']} counts in another month than #{claim['number']}"
        for key, claim in self.by_number.items():
            is_approved = claim["state"] == "approved"
            if awards[key] != is_approved:
                yield f"claim {key} is {claim['state']} and has {awards[key]} awards"
            if is_approved and sums[key] != tenths(claim["points"]):
                yield f"claim {key} holds {claim['points']}, its entries {sums[key]} tenths"
            done, counts = claim["occurred_on"], claim["effective_month"]
            if done[:4] != counts[:4] or counts < done[:7]:
                yield f"claim {key} of {done} counts in {counts}"
        yield from self._cooldown_faults()

    def _cooldown_faults(self) -> Iterator[str]:
        """Two acts under one item lie as far apart as the rules want."""
        days: dict[tuple[str, str], list[int]] = defaultdict(list)
        for claim in self.claims:
            if claim["state"] == "approved" and claim["points"]:
                day = _ordinal(claim["occurred_on"])
                days[claim["household"], claim["item"]].append(day)
        for (household, code), found in days.items():
            gap = self.rules.items[code].get("cooldown_days", 0)
            found.sort()
            for one, other in itertools.pairwise(found):
                if other - one < gap:
                    yield f"{household} {code}: {other - one} days apart, not {gap}"

    # -- publications ---------------------------------------------------------------------

    def publication_faults(self) -> Iterator[str]:
        """Compute every edition again; the last one of a quarter holds what counts today."""
        last = {p["quarter"]: p["edition"] for p in self.publications}
        for p in self.publications:
            name = f"{p['quarter']} edition {p['edition']}"
            yield from (f"{name}: {fault}" for fault in self._edition_faults(p, p["chain_seq"]))
            if p["edition"] == last[p["quarter"]]:
                found = self._edition_faults(p, None)
                yield from (f"{name}, as it stands today: {fault}" for fault in found)

    def _edition_faults(self, p: Fact, seq: int | None) -> Iterator[str]:
        year, quarter = int(p["quarter"][:4]), int(p["quarter"][-1])
        of_year = _months(year)[: 3 * quarter]
        in_quarter = self.earned(of_year[-3:], up_to=seq)
        in_year = self.earned(of_year, up_to=seq)
        told_at = None if seq is None else p["released_at"]
        barred = self.barred(year, of_year[-1], up_to=seq, at=told_at)
        known = {line["household_id"] for line in p["lines"]}
        places = {
            "quarter": _places({h: in_quarter[h] for h in known}, barred),
            "year": _places({h: in_year[h] for h in known}, barred),
        }
        for line in p["lines"]:
            house = line["household_id"]
            told = (tenths(line["quarter_points"]), tenths(line["year_points"]))
            if told != (in_quarter[house], in_year[house]):
                yield f"{line['household']} {told}, not {in_quarter[house], in_year[house]}"
            shown = (line["quarter_place"], line["year_place"])
            if seq is not None and shown != (places["quarter"][house], places["year"][house]):
                want = (places["quarter"][house], places["year"][house])
                yield f"{line['household']} places {shown}, not {want}"
        if missing := {h for h, points in in_year.items() if points} - known:
            yield f"households without a line: {missing}"
        if seq is not None:
            yield from self._frozen_faults(p)

    def _frozen_faults(self, p: Fact) -> Iterator[str]:
        head = self.entries[p["chain_seq"] - 1]["hash"] if p["chain_seq"] else "0" * 64
        if p["chain_head"] != head:
            yield "the chain's head is another one"
        basis = [[p[b]["title"], p[b]["since"], p[b]["until"]] for b in ("adopted", "basis")]
        lines = [
            [
                line["household_id"],
                line["group"],
                line["name"],
                tenths(line["quarter_points"]),
                tenths(line["year_points"]),
                line["quarter_place"],
                line["year_place"],
            ]
            for line in sorted(p["lines"], key=lambda one: one["household_id"])
        ]
        told = [p["quarter"], p["edition"], p["eligible"], p["participating"], p["rulebook"]]
        if sha256([*told, *basis, p["chain_seq"], p["chain_head"], lines]) != p["digest"]:
            yield "the digest is another one"
        months = _months(int(p["quarter"][:4]))[: 3 * int(p["quarter"][-1])]
        active = self._taking_part(months, up_to=p["chain_seq"])
        if p["participating"] != len(active):
            yield f"{p['participating']} take part, not {len(active)}"

    def _taking_part(self, months: list[str], *, up_to: int | None) -> set[int]:
        """Return the households with an award of these months that was not taken back whole."""
        awards = Counter[int]()
        for e in self._up_to(up_to):
            if e["effective_month"] in months:
                is_back = e["kind"] == "reversal" and e["points"] < 0
                awards[e["household_id"]] += (e["kind"] == "award") - is_back
        return {h for h, n in awards.items() if n > 0}

    def barred(
        self, year: int, until: str, *, up_to: int | None = None, at: str | None = None
    ) -> set[int]:
        """Return the households whose deductions of a year cross a bottom line.

        Not by a first reminder worth nothing, a deduction that was taken back, or one lifted
        until an instant: no entry tells of a lift, so it is the time that counts.
        """
        holds = Counter[tuple[int, int]]()
        found_nothing: set[tuple[int, int]] = set()
        whose: dict[tuple[int, int], int] = {}
        times = Counter[tuple[int, str]]()
        for e in self._up_to(up_to):
            claim = self._claim_of(e)
            if claim is None or not self.rules.items[claim["item"]].get("veto"):
                continue
            key, kind = (claim["year"], claim["number"]), (e["household_id"], claim["item"])
            holds[key] += tenths(e["points"])
            if e["kind"] == "deduction":
                steps = self.rules.items[claim["item"]].get("steps", [-1])
                is_reminder = steps[min(times[kind], len(steps) - 1)] == 0
                times[kind] += 1
                if e["effective_month"] <= until and e["effective_month"][:4] == str(year):
                    whose[key] = e["household_id"]
                    if not is_reminder:
                        found_nothing.add(key)
                continue
            found_nothing.discard(key)
            times[kind] -= e["kind"] == "reversal"
        stands = {key for key in whose if holds[key] < 0 or key in found_nothing}
        lifted = {key for key, since in self.lifted.items() if at is None or since <= at}
        return {whose[key] for key in stands - lifted}

    # -- the year's end -------------------------------------------------------------------

    def awarded(self, year: int) -> list[int]:
        """Return who gets the year award: nearest to 5% of those taking part, no tie split."""
        closing = [e["seq"] for e in self.entries if e["cause"].startswith(f"year:{year}:close:")]
        up_to = min(closing, default=1) - 1 if closing else None
        sums = self.earned(_months(year), up_to=up_to)
        taking_part = self._taking_part(_months(year), up_to=up_to)
        barred = self.barred(year, f"{year}-12", up_to=up_to)
        able = sorted(
            ((sums[h], h) for h in taking_part - barred if sums[h] > 0),
            key=lambda one: (-one[0], one[1]),
        )
        cuts = [
            n for n in range(1, len(able) + 1) if n == len(able) or able[n][0] != able[n - 1][0]
        ]
        best = min(cuts, key=lambda n: (abs(20 * n - len(taking_part)), n), default=0)
        return [h for _, h in able[:best]]

    def close_faults(self, year: int) -> Iterator[str]:
        """After the close nobody can spend a tenth of the year, and it ended what there was."""
        sums, spent = self.earned(_months(year)), self.spent(year)
        for house, points in sums.items():
            if points != spent[house]:
                yield f"household {house} still has {points - spent[house]} tenths of {year}"
        closing = [e for e in self.entries if e["kind"] == "year-close"]
        if not closing:
            yield "nothing was closed"
        after = min((e["seq"] for e in closing), default=0)
        for e in self.entries:
            is_late = e["seq"] > after and e["effective_month"][:4] == str(year)
            if is_late and e["kind"] != "year-close":
                yield f"entry {e['seq']} came into the closed year"


def _months(year: int) -> list[str]:
    return [f"{year}-{n:02d}" for n in range(1, 13)]


def _bearable(earned: int, spendable: int) -> int:
    return max(0, min(earned, spendable))


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _places(sums: Mapping[int, int], barred: AbstractSet[int]) -> dict[int, int | None]:
    """Equal points share a place and the next is skipped; under a veto there is none."""
    able = [points for house, points in sums.items() if house not in barred]
    return {
        house: None if house in barred else 1 + sum(other > points for other in able)
        for house, points in sums.items()
    }
