"""What the check refuses and what it only points out."""

from dataclasses import replace

import pytest

from domain.points import Points, whole
from domain.rulebook import Band, Caps, Filer, Item, Kind, Publicity, Rulebook, Tier
from domain.rulebook_check import CheckWords, check, refusals
from domain.rulebook_finding import Finding, FindingCode, Severity

WORDS = CheckWords(
    vague=("意识淡薄",),
    rights=("低保", "罚款"),
    logins=("打卡",),
    votes=("投票",),
    petitions=("上访",),
    commands=frozenset({"通过", "申报", "help"}),
)
GOOD = Item(
    code="A101",
    name="垃圾分类",
    aliases=("分垃圾",),
    kind=Kind.FIXED,
    filer=Filer.VILLAGER,
    points=whole(1),
    caps=Caps(month=whole(4), year=whole(30)),
    evidence="照片1张",
    source="村民商定",
)
BAD = replace(
    GOOD,
    code="A191",
    name="混投",
    aliases=(),
    points=whole(-2),
    filer=Filer.COMMITTEE,
    approvals=2,
    publicity=Publicity.COUNTS,
    caps=Caps(year=whole(-20)),
)


def rulebook(*items: Item) -> Rulebook:
    return Rulebook("v1", items, {"A": "人居环境"}, {"A1": "垃圾分类"}, {"A": whole(130)})


def found(*items: Item) -> list[FindingCode]:
    return [finding.code for finding in check(rulebook(*items), words=WORDS)]


def tiers(*points: int) -> tuple[Tier, ...]:
    return tuple(Tier(f"{n}星", whole(p)) for n, p in enumerate(points, 1))


def test_a_sound_rulebook_has_no_findings() -> None:
    assert found(GOOD, BAD) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "a101"}, FindingCode.CODE_FORMAT),
        ({"code": "A1O1"}, FindingCode.CODE_FORMAT),
        ({"code": ""}, FindingCode.CODE_FORMAT),
        ({"code": "A201"}, FindingCode.SUB_ITEM_UNKNOWN),
        ({"name": " "}, FindingCode.NAME_MISSING),
        ({"points": None}, FindingCode.VALUE_MISSING),
        ({"kind": Kind.RANGE, "points": None, "low": whole(1)}, FindingCode.VALUE_MISSING),
        ({"points": Points(0)}, FindingCode.VALUE_ZERO),
        ({"caps": Caps(month=Points(5), year=whole(30))}, FindingCode.CAP_TOO_SMALL),
        ({"caps": Caps(year=Points(0))}, FindingCode.CAP_SIGN),
        ({"caps": Caps(year=whole(-9))}, FindingCode.CAP_SIGN),
        ({"caps": Caps(month=whole(9), year=whole(8))}, FindingCode.CAPS_ORDER),
        ({"caps": Caps(month=whole(9))}, FindingCode.CAP_MISSING),
        ({"veto": "年度评优"}, FindingCode.VETO_WITHOUT_DEDUCTION),
        ({"source": ""}, FindingCode.SOURCE_MISSING),
        ({"evidence": " "}, FindingCode.EVIDENCE_MISSING),
        ({"steps": (whole(1),)}, FindingCode.VALUE_UNUSED),
        ({"counts_quantity": True}, FindingCode.VALUE_UNUSED),
        ({"approvals": 9}, FindingCode.APPROVALS_TOO_MANY),
        ({"name": "通过"}, FindingCode.NAME_COMMAND),
        ({"name": "通过(限本村)"}, FindingCode.NAME_COMMAND),
        ({"aliases": ("Help",)}, FindingCode.NAME_COMMAND),
        ({"name": "23"}, FindingCode.NAME_NUMBER),
        ({"aliases": ("二十三",)}, FindingCode.NAME_NUMBER),
        ({"evidence": "有低保证的"}, FindingCode.RIGHTS),
        ({"name": "环保意识淡薄"}, FindingCode.VAGUE),
        ({"note": "不做的取消低保"}, FindingCode.RIGHTS),
        ({"aliases": ("每天打卡",)}, FindingCode.LOGINS),
        ({"aliases": ("来投票",)}, FindingCode.VOTES),
    ],
)
def test_one_fault_of_an_award_is_one_finding(change: dict[str, object], code: str) -> None:
    assert found(replace(GOOD, **change)) == [code]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"filer": Filer.BOTH}, FindingCode.DEDUCTION_BY_VILLAGERS),
        ({"approvals": 1}, FindingCode.DEDUCTION_ONE_APPROVAL),
        ({"publicity": Publicity.OPEN}, FindingCode.DEDUCTION_NAMED),
        ({"caps": Caps(year=whole(20))}, FindingCode.CAP_SIGN),
        ({"name": "越级上访"}, FindingCode.PETITIONS),
        ({"name": "不投票"}, FindingCode.VOTES),
        ({"veto": "扣低保"}, FindingCode.RIGHTS),
    ],
)
def test_one_fault_of_a_deduction_is_one_finding(change: dict[str, object], code: str) -> None:
    assert found(replace(BAD, **change)) == [code]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": Kind.RANGE, "low": whole(5), "high": whole(2)}, FindingCode.RANGE_ORDER),
        ({"kind": Kind.TIER, "tiers": tiers(5, 3)}, FindingCode.TIERS_ORDER),
        ({"kind": Kind.TIER, "tiers": (Tier("村", whole(1)),) * 1}, None),
        (
            {"kind": Kind.TIER, "tiers": (Tier("村", whole(1)), Tier("镇", whole(2), ("村",)))},
            FindingCode.TIER_TWICE,
        ),
        ({"kind": Kind.STEP, "steps": (whole(3), whole(2))}, FindingCode.STEPS_ORDER),
        ({"kind": Kind.HOUR, "bands": (Band(20, whole(1)),)}, FindingCode.BANDS_ORDER),
        (
            {"kind": Kind.HOUR, "bands": (Band(20, whole(1)), Band(None, whole(2)))},
            FindingCode.BANDS_ORDER,
        ),
        (
            {"kind": Kind.HOUR, "bands": (Band(20, whole(1)), Band(None, whole(1), per=2))},
            None,
        ),
    ],
)
def test_levels_steps_and_hours_are_in_order(
    change: dict[str, object], code: FindingCode | None
) -> None:
    item = replace(GOOD, points=None, caps=Caps(year=whole(30)), **change)  # type: ignore[arg-type]
    assert found(item) == ([] if code is None else [code])


def test_an_item_neither_gives_nor_takes_both() -> None:
    both = replace(BAD, kind=Kind.STEP, points=None, steps=(whole(1), whole(-2)))
    assert found(both) == [FindingCode.SIGNS_MIXED]


def test_codes_and_words_belong_to_one_item() -> None:
    other = replace(GOOD, name="分垃圾", aliases=())
    findings = check(rulebook(GOOD, other), words=WORDS)
    assert findings == (
        Finding(FindingCode.CODE_TWICE, "A101"),
        Finding(FindingCode.WORDS_TWICE, facts=("分垃圾", "A101", "A101")),
    )


def test_an_alias_said_twice_is_found_and_the_own_name_is_not() -> None:
    assert found(replace(GOOD, aliases=("垃圾分类",))) == []
    assert found(replace(GOOD, aliases=("垃圾", "垃圾"))) == [FindingCode.WORDS_TWICE]


def test_categories_have_names_and_caps_above_nothing() -> None:
    book = replace(rulebook(GOOD), category_year_caps={"A": Points(0), "Z": whole(5)})
    assert check(book, words=WORDS) == (
        Finding(FindingCode.CATEGORY_CAP_SIGN, facts=("A",)),
        Finding(FindingCode.CATEGORY_UNKNOWN, facts=("Z",)),
    )
    assert check(Rulebook("v", ()), words=WORDS) == (Finding(FindingCode.NO_ITEMS),)


def test_the_settings_and_the_names_of_categories_are_looked_at() -> None:
    book = rulebook(GOOD)
    for two in (Points(-10), whole(100_000)):
        [one] = check(replace(book, two_approvers_from=two), words=WORDS)
        assert one.code is FindingCode.TWO_APPROVERS_RANGE
    assert check(replace(book, two_approvers_from=Points(0)), words=WORDS) == ()
    [one] = check(replace(book, version=" "), words=WORDS)
    assert one.code is FindingCode.VERSION_MISSING
    [one] = check(replace(book, category_names={"A": "低保和罚款"}), words=WORDS)
    assert one == Finding(FindingCode.RIGHTS, facts=("低保", "罚款"))
    [one] = check(replace(book, sub_item_names={"A1": "打卡"}), words=WORDS)
    assert one == Finding(FindingCode.LOGINS, facts=("打卡",))


def test_only_warnings_leave_a_rulebook_fit_for_adoption() -> None:
    warned = check(rulebook(replace(GOOD, aliases=("投票",))), words=WORDS)
    assert [finding.severity for finding in warned] == [Severity.WARN]
    assert refusals(warned) == ()
    refused = check(rulebook(replace(GOOD, source="")), words=WORDS)
    assert refusals(refused) == refused != ()


def test_every_fault_is_heard_at_once() -> None:
    item = replace(BAD, filer=Filer.VILLAGER, approvals=1, source="", evidence="")
    assert found(item) == [
        FindingCode.DEDUCTION_BY_VILLAGERS,
        FindingCode.DEDUCTION_ONE_APPROVAL,
        FindingCode.SOURCE_MISSING,
        FindingCode.EVIDENCE_MISSING,
    ]
