"""The rulebook (积分细则): versions, items and what each item says as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.points import Points
from domain.refusal import Refusal


class Kind(StrEnum):
    """How an item turns an act into points."""

    FIXED = "fixed"
    UNIT = "unit"
    RANGE = "range"
    TIER = "tier"
    STEP = "step"
    HOUR = "hour"


class Filer(StrEnum):
    """Who may file under an item: 自报, 委员会, 自报或委员会."""

    VILLAGER = "villager"
    COMMITTEE = "committee"
    BOTH = "both"


class Publicity(StrEnum):
    """How an item may appear in a publication (公示)."""

    TOTALS = "totals"  # 总分
    COUNTS = "counts"  # 不公示到户
    TOTALS_ONLY = "totals_only"  # 只计总分
    NEVER = "never"  # 永不公示
    CONSENT = "consent"  # 本人同意后公示
    HONOUR = "honour"  # 荣誉可公示
    STARS = "stars"  # 星级可公示
    OPEN = "open"  # 可公示
    NO_MINORS = "no_minors"  # 不公示未成年人


@dataclass(frozen=True, slots=True)
class Tier:
    """A named level of a tier item, such as 三星 for 10 points."""

    name: str
    points: Points
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """Hours up to ``until`` (of the year, inclusive; None is open) bring ``points`` per ``per``."""

    until: int | None
    points: Points
    per: int = 1


@dataclass(frozen=True, slots=True)
class Caps:
    """The most an item gives a household in a period; negative for deductions; None is no cap."""

    month: Points | None = None
    quarter: Points | None = None
    year: Points | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item (条目) of the rulebook.

    Which value fields matter depends on ``kind``: fixed and unit use ``points``
    (unit per ``unit_size`` of ``unit``), range uses ``low`` and ``high``, tier
    ``tiers``, step ``steps`` (first, second, ... occurrence of the year; the
    last repeats), hour ``bands``.
    """

    code: str
    name: str
    kind: Kind
    filer: Filer
    aliases: tuple[str, ...] = ()
    points: Points | None = None
    unit: str = "次"
    unit_size: int = 1
    counts_quantity: bool = False
    low: Points | None = None
    high: Points | None = None
    tiers: tuple[Tier, ...] = ()
    steps: tuple[Points, ...] = ()
    bands: tuple[Band, ...] = ()
    caps: Caps = Caps()
    cooldown_days: int = 0
    photos_min: int = 0
    evidence: str = ""
    approvals: int = 1
    publicity: Publicity = Publicity.TOTALS
    is_private: bool = False
    veto: str | None = None
    is_on: bool = True
    source: str = ""
    note: str = ""

    @property
    def category(self) -> str:
        """The category letter: ``A`` of ``A101``."""
        return self.code[0]

    @property
    def short_name(self) -> str:
        """The name as it is said aloud, without what stands in brackets."""
        return self.name.partition("(")[0].partition("（")[0]

    @property
    def is_deduction(self) -> bool:
        """Whether the item takes points instead of giving them."""
        values = (self.points, self.low, *self.steps, *(t.points for t in self.tiers))
        return any(v is not None and v < 0 for v in values)

    @property
    def is_counted(self) -> bool:
        """Whether how much was done makes the points: pieces, money or hours."""
        return self.counts_quantity or self.kind is Kind.HOUR

    def may_be_filed_by_villager(self) -> bool:
        """Return whether a villager may claim it (自报)."""
        return self.filer in {Filer.VILLAGER, Filer.BOTH}


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One version of a village's rulebook; ``items`` in the order of their codes."""

    version: str
    items: tuple[Item, ...]
    category_names: Mapping[str, str] = field(default_factory=dict)
    sub_item_names: Mapping[str, str] = field(default_factory=dict)
    category_year_caps: Mapping[str, Points] = field(default_factory=dict)
    claim_deadline_days: int = 30
    two_approvers_from: Points = Points(100)

    def item(self, code: str) -> Item:
        """Return the item of a code.

        Raises:
            ItemUnknown: This version has no such code.

        """
        for item in self.items:
            if item.code == code:
                return item
        raise ItemUnknown(code)

    def offered(self) -> Iterator[Item]:
        """Yield the items that are switched on."""
        return (item for item in self.items if item.is_on)


@dataclass(frozen=True, slots=True)
class Adoption:
    """The record that puts a version in force (通过细则的会议记录).

    Votes are head counts of the meeting; ``in_force_on`` is the first village
    day of effect. Source: plan section 3(2) and 5(3).
    """

    version: str
    meeting: str
    held_on: date
    present: int
    votes_for: int
    votes_against: int
    votes_women: int
    published_on: date
    published_at: str
    in_force_on: date


class ItemOff(Refusal):
    """The item is in the rulebook in force, switched off (未启用)."""

    def __init__(self, item_name: str) -> None:
        super().__init__(item_name)
        self.item_name = item_name


class ItemUnknown(Refusal):
    """The words name no item of the rulebook in force."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class RulebookMissing(Refusal):
    """No version is in force in this village on this day."""

    def __init__(self, village: str) -> None:
        super().__init__(village)
        self.village = village


class AdoptionRefused(Refusal):
    """The adoption record is incomplete or contradicts itself; ``reason`` is a fact code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_adoption(adoption: Adoption) -> None:
    """Refuse an adoption record that no meeting can have produced.

    Raises:
        AdoptionRefused: Votes exceed those present, no majority of those
            present voted for it, or it was published before it was adopted.

    """
    if not adoption.meeting.strip() or not adoption.published_at.strip():
        raise AdoptionRefused("words_missing")
    votes = (adoption.votes_for, adoption.votes_against, adoption.votes_women)
    if adoption.present <= 0 or min(votes) < 0:
        raise AdoptionRefused("numbers_impossible")
    if adoption.votes_for + adoption.votes_against > adoption.present:
        raise AdoptionRefused("more_votes_than_people")
    if adoption.votes_women > adoption.votes_for + adoption.votes_against:
        raise AdoptionRefused("more_women_than_votes")
    if adoption.votes_for * 2 <= adoption.present:
        raise AdoptionRefused("no_majority")
    if adoption.published_on < adoption.held_on:
        raise AdoptionRefused("published_before_meeting")
