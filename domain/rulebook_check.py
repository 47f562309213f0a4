"""The check of a rulebook (细则检查): what makes an item unusable, unfair or unlawful."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from domain.points import Points, whole
from domain.rulebook import Filer, Item, Kind, Publicity, Rulebook
from domain.rulebook_finding import Finding, FindingCode, Severity

_CODE = re.compile(r"[A-Z][0-9]{3}")
APPROVALS_MOST: Final = 2
"""One person and a second one; a committee of five could not find more without conflicts."""
TWO_APPROVERS_MOST: Final = whole(100)
_NAMED: Final = frozenset({Publicity.OPEN, Publicity.HONOUR, Publicity.STARS})


@dataclass(frozen=True, slots=True)
class CheckWords:
    """Words that show what an item must not be about; they are language, so given.

    ``vague`` judges a person instead of naming an act; ``rights`` ties points to
    benefits or fines; ``logins`` counts use of the system; ``votes`` rewards
    votes, likes, reports on neighbours; ``petitions`` (deductions only)
    punishes petitioning or not volunteering. ``commands`` are what people say to
    the assistant: an item of such a name could not be told from the command.
    """

    vague: tuple[str, ...]
    rights: tuple[str, ...]
    logins: tuple[str, ...]
    votes: tuple[str, ...]
    petitions: tuple[str, ...]
    commands: frozenset[str] = frozenset()


def check(rulebook: Rulebook, *, words: CheckWords) -> tuple[Finding, ...]:
    """Check a whole rulebook and return every finding at once.

    Items that are switched off are checked too: someone may switch them on.

    Returns:
        Findings of the rulebook first, then by item in its order; empty means
        that nothing stands against adopting it.

    Source: pitfalls "what we do"; plan section 3(2).

    """
    found = [*_whole(rulebook), *_settings(rulebook), *_headed(rulebook, words)]
    for item in rulebook.items:
        found += _place(item, rulebook)
        found += (Finding(code, item.code) for rule, code in _RULES if rule(item))
        found += _called(item, words)
        found += _worded(item, words)
    return tuple(found)


def refusals(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings with which a rulebook cannot be adopted."""
    return tuple(f for f in findings if f.severity is Severity.REFUSE)


def _whole(rulebook: Rulebook) -> Iterator[Finding]:
    if not rulebook.items:
        yield Finding(FindingCode.NO_ITEMS)
    for category, cap in rulebook.category_year_caps.items():
        if category not in rulebook.category_names:
            yield Finding(FindingCode.CATEGORY_UNKNOWN, facts=(category,))
        if cap <= 0:
            yield Finding(FindingCode.CATEGORY_CAP_SIGN, facts=(category,))
    codes = [item.code for item in rulebook.items]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Finding(FindingCode.CODE_TWICE, code)
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for item in rulebook.items:
        own = {item.name, *item.aliases}
        for word in [*own, *(w for w in own if item.aliases.count(w) > 1)]:
            owners[word].append(item.code)
    for word, holders in sorted(owners.items()):
        if len(holders) > 1 and word:
            yield Finding(FindingCode.WORDS_TWICE, facts=(word, *holders))


def _settings(rulebook: Rulebook) -> Iterator[Finding]:
    if not rulebook.version.strip():
        yield Finding(FindingCode.VERSION_MISSING)
    if not 0 <= rulebook.two_approvers_from <= TWO_APPROVERS_MOST:
        yield Finding(FindingCode.TWO_APPROVERS_RANGE)


def _headed(rulebook: Rulebook, words: CheckWords) -> Iterator[Finding]:
    """Yield what the names of the categories show."""
    names = (*rulebook.category_names.values(), *rulebook.sub_item_names.values())
    for code, listed in _lists(words, is_deduction=False):
        met = tuple(word for word in listed if any(word in name for name in names))
        if met:
            yield Finding(code, facts=met)


def _called(item: Item, words: CheckWords) -> Iterator[Finding]:
    """Yield the names that the assistant could not tell from a command or a claim's number."""
    called = dict.fromkeys("".join(w.split()) for w in (item.name, item.short_name, *item.aliases))
    numbers = tuple(word for word in called if word.isnumeric())
    commands = tuple(word for word in called if word.lower() in words.commands)
    if numbers:
        yield Finding(FindingCode.NAME_NUMBER, item.code, numbers)
    if commands:
        yield Finding(FindingCode.NAME_COMMAND, item.code, commands)


def _place(item: Item, rulebook: Rulebook) -> Iterator[Finding]:
    if not _CODE.fullmatch(item.code):
        yield Finding(FindingCode.CODE_FORMAT, item.code)
        return
    if item.category not in rulebook.category_names:
        yield Finding(FindingCode.CATEGORY_UNKNOWN, item.code, (item.category,))
    if rulebook.sub_item_names and item.code[:2] not in rulebook.sub_item_names:
        yield Finding(FindingCode.SUB_ITEM_UNKNOWN, item.code, (item.code[:2],))


def values(item: Item) -> tuple[Points, ...]:
    """Return every value the item's kind can bring, empty if none is there."""
    match item.kind:
        case Kind.FIXED | Kind.UNIT:
            return () if item.points is None else (item.points,)
        case Kind.RANGE:
            both = item.low is not None and item.high is not None
            return tuple(v for v in (item.low, item.high) if both and v is not None)
        case Kind.TIER:
            return tuple(tier.points for tier in item.tiers)
        case Kind.STEP:
            return item.steps
        case Kind.HOUR:
            return tuple(band.points for band in item.bands)


def _value_unused(item: Item) -> bool:
    """Return whether something is filled in that the item's kind does not use."""
    is_single = item.kind in {Kind.FIXED, Kind.UNIT}
    return any(
        (
            item.points is not None and not is_single,
            not (item.low is None and item.high is None) and item.kind is not Kind.RANGE,
            bool(item.tiers) and item.kind is not Kind.TIER,
            bool(item.steps) and item.kind is not Kind.STEP,
            bool(item.bands) and item.kind is not Kind.HOUR,
            item.counts_quantity and item.kind is not Kind.UNIT,
        )
    )


def _caps(item: Item) -> tuple[Points, ...]:
    all_caps = (item.caps.month, item.caps.quarter, item.caps.year)
    return tuple(cap for cap in all_caps if cap is not None)


def _signs(item: Item) -> set[bool]:
    return {value > 0 for value in values(item) if value}


def _cap_sign(item: Item) -> bool:
    return any(cap == 0 or (cap < 0) != item.is_deduction for cap in _caps(item))


def _cap_too_small(item: Item) -> bool:
    """Return whether some level or step could never be given in full."""
    most = max((abs(value) for value in values(item)), default=0)
    return any(0 < abs(cap) < most for cap in _caps(item))


def _ascends(numbers: Sequence[int]) -> bool:
    return all(a < b for a, b in pairwise(numbers))


def _range_order(item: Item) -> bool:
    return item.low is not None and item.high is not None and item.low >= item.high


def _tiers_order(item: Item) -> bool:
    return not _ascends([abs(tier.points) for tier in item.tiers])


def _tier_twice(item: Item) -> bool:
    words = [word for tier in item.tiers for word in (tier.name, *tier.aliases)]
    return len(words) != len(set(words))


def _steps_order(item: Item) -> bool:
    return any(abs(a) > abs(b) for a, b in pairwise(item.steps))


def _bands_order(item: Item) -> bool:
    """Return whether hours are not in order, not open at the end, or gain in rate."""
    if not item.bands:
        return False
    ends = [band.until for band in item.bands]
    inner = [end for end in ends[:-1] if end is not None]
    is_shaped = ends[-1] is None and len(inner) == len(ends) - 1 and _ascends(inner)
    is_falling = all(a.points * b.per >= b.points * a.per for a, b in pairwise(item.bands))
    return not (is_shaped and is_falling)


_RULES: Final[tuple[tuple[Callable[[Item], bool], FindingCode], ...]] = (
    (lambda i: not i.name.strip(), FindingCode.NAME_MISSING),
    (lambda i: not values(i), FindingCode.VALUE_MISSING),
    (lambda i: bool(values(i)) and not _signs(i), FindingCode.VALUE_ZERO),
    (lambda i: len(_signs(i)) > 1, FindingCode.SIGNS_MIXED),
    (_range_order, FindingCode.RANGE_ORDER),
    (_tiers_order, FindingCode.TIERS_ORDER),
    (_tier_twice, FindingCode.TIER_TWICE),
    (_steps_order, FindingCode.STEPS_ORDER),
    (_bands_order, FindingCode.BANDS_ORDER),
    (_value_unused, FindingCode.VALUE_UNUSED),
    (_cap_sign, FindingCode.CAP_SIGN),
    (_cap_too_small, FindingCode.CAP_TOO_SMALL),
    (lambda i: any(abs(a) > abs(b) for a, b in pairwise(_caps(i))), FindingCode.CAPS_ORDER),
    (lambda i: i.caps.year is None and not i.is_deduction, FindingCode.CAP_MISSING),
    (lambda i: i.approvals > APPROVALS_MOST, FindingCode.APPROVALS_TOO_MANY),
    (
        lambda i: i.is_deduction and i.filer is not Filer.COMMITTEE,
        FindingCode.DEDUCTION_BY_VILLAGERS,
    ),
    (lambda i: i.is_deduction and i.approvals < 2, FindingCode.DEDUCTION_ONE_APPROVAL),  # noqa: PLR2004 - 两人
    (lambda i: i.is_deduction and i.publicity in _NAMED, FindingCode.DEDUCTION_NAMED),
    (lambda i: bool(i.veto) and not i.is_deduction, FindingCode.VETO_WITHOUT_DEDUCTION),
    (lambda i: not i.source.strip(), FindingCode.SOURCE_MISSING),
    (lambda i: not i.evidence.strip(), FindingCode.EVIDENCE_MISSING),
)


def _lists(
    words: CheckWords, *, is_deduction: bool
) -> tuple[tuple[FindingCode, tuple[str, ...]], ...]:
    return (
        (FindingCode.VAGUE, words.vague),
        (FindingCode.RIGHTS, words.rights),
        (FindingCode.LOGINS, words.logins),
        (FindingCode.VOTES, words.votes),
        (FindingCode.PETITIONS, words.petitions if is_deduction else ()),
    )


def _worded(item: Item, words: CheckWords) -> Iterator[Finding]:
    """Yield what the item's own words show: name, aliases, levels, evidence, note and veto."""
    levels = (word for tier in item.tiers for word in (tier.name, *tier.aliases))
    said = "\n".join((item.name, *item.aliases, *levels, item.evidence, item.note, item.veto or ""))
    for code, listed in _lists(words, is_deduction=item.is_deduction):
        met = tuple(word for word in listed if word in said)
        if met:
            yield Finding(code, item.code, met)
