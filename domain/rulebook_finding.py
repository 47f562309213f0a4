"""What the check of a rulebook finds (细则检查的发现), each with its weight."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """Whether a rulebook with the finding may be adopted."""

    REFUSE = "refuse"
    WARN = "warn"


class FindingCode(StrEnum):
    """What the check found."""

    NO_ITEMS = "no_items"
    VERSION_MISSING = "version_missing"
    TWO_APPROVERS_RANGE = "two_approvers_range"
    CODE_FORMAT = "code_format"
    CODE_TWICE = "code_twice"
    CATEGORY_UNKNOWN = "category_unknown"
    SUB_ITEM_UNKNOWN = "sub_item_unknown"
    CATEGORY_CAP_SIGN = "category_cap_sign"
    NAME_MISSING = "name_missing"
    WORDS_TWICE = "words_twice"
    NAME_COMMAND = "name_command"
    NAME_NUMBER = "name_number"
    VALUE_MISSING = "value_missing"
    VALUE_ZERO = "value_zero"
    SIGNS_MIXED = "signs_mixed"
    RANGE_ORDER = "range_order"
    TIERS_ORDER = "tiers_order"
    TIER_TWICE = "tier_twice"
    STEPS_ORDER = "steps_order"
    BANDS_ORDER = "bands_order"
    VALUE_UNUSED = "value_unused"
    CAP_SIGN = "cap_sign"
    CAP_TOO_SMALL = "cap_too_small"
    CAPS_ORDER = "caps_order"
    CAP_MISSING = "cap_missing"
    APPROVALS_TOO_MANY = "approvals_too_many"
    DEDUCTION_BY_VILLAGERS = "deduction_by_villagers"
    DEDUCTION_ONE_APPROVAL = "deduction_one_approval"
    DEDUCTION_NAMED = "deduction_named"
    VETO_WITHOUT_DEDUCTION = "veto_without_deduction"
    SOURCE_MISSING = "source_missing"
    EVIDENCE_MISSING = "evidence_missing"
    VAGUE = "vague"
    RIGHTS = "rights"
    LOGINS = "logins"
    VOTES = "votes"
    PETITIONS = "petitions"


_WARNINGS: Final = frozenset(
    {FindingCode.CAP_MISSING, FindingCode.VOTES, FindingCode.PETITIONS, FindingCode.VALUE_UNUSED}
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; ``item`` is a code, empty for the whole rulebook, ``facts`` the words."""

    code: FindingCode
    item: str = ""
    facts: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """Whether it refuses the rulebook or only warns."""
        return Severity.WARN if self.code in _WARNINGS else Severity.REFUSE
