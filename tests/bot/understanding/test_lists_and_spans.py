"""Lists of decisions, spans of days and mixed amounts, as reviewers and villagers write them."""

from datetime import date
from decimal import Decimal

import pytest

from bot.understanding.quantities import find_quantity
from bot.understanding.reading import Intent, Reading
from bot.understanding.times import find_bare_span, find_time
from tests.bot.understanding.village import say

TODAY = date(2026, 9, 16)  # a Wednesday
SHORT = {Intent.APPROVE: "通过", Intent.REJECT: "驳回", Intent.ADJUST: "改"}


def told(act: Reading) -> str:
    slots = act.slots
    numbers = "全部" if slots.scope else ",".join(map(str, slots.claim_ids))
    left_out = ",".join(map(str, slots.except_ids)) if slots.scope else ""
    assert act.intent is not None
    return f"{SHORT[act.intent]} {numbers}" + (f" 除 {left_out}" if left_out else "")


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("通过 12/13/15", ["通过 12,13,15"]),
        ("通过12+13+15", ["通过 12,13,15"]),
        ("12，13这两条通过", ["通过 12,13"]),
        ("除14外12-15都通过", ["通过 12,13,15"]),
        ("12-15都过，14不要", ["通过 12,13,15"]),
        ("全通过", ["通过 全部"]),
        ("12号那天的23通过", ["通过 23"]),
        ("通过12 通过13", ["通过 12,13"]),
        ("14驳回，其他都通过", ["驳回 14", "通过 全部 除 14"]),
        ("其余通过，14、15驳回", ["通过 全部 除 14,15", "驳回 14,15"]),
        ("12改3分，13改2分", ["改 12", "改 13"]),
        ("12和13通过，15改2分，16驳回", ["通过 12,13", "改 15", "驳回 16"]),
        ("31、32同意，33退回补照片", ["通过 31,32", "驳回 33"]),
        ("通过21，驳回22，重复了", ["通过 21", "驳回 22"]),
    ],
)
def test_what_is_decided_is_decided_of_just_these(text: str, acts: list[str]) -> None:
    reading = say(text, role="committee")
    assert [told(act) for act in reading.acts or (reading,)] == acts
    assert not reading.asks


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("全部通过，14、15不通过", ["通过 全部 除 14,15"]),
        ("12-15通过，13、14先不批", ["通过 12,15"]),
    ],
)
def test_what_is_said_two_ways_is_asked_about(text: str, acts: list[str]) -> None:
    reading = say(text, role="committee")
    assert [told(act) for act in reading.acts or (reading,)] == acts
    assert reading.asks


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("9.10-9.12", (9, 10), (9, 12)),
        ("周一到周三", (9, 14), (9, 16)),
        ("上周一到上周三", (9, 7), (9, 9)),
        ("前天到今天", (9, 14), (9, 16)),
        ("20260903", (9, 3), None),
        ("09-03", (9, 3), None),
        ("下个月1号", (10, 1), None),
    ],
)
def test_days_and_spans(text: str, first: tuple[int, int], last: tuple[int, int] | None) -> None:
    timed = find_time(f"志愿服务 {text} 两小时", TODAY)
    assert timed is not None
    found = timed.occurred
    assert (found.date, found.date_to) == (date(2026, *first), last and date(2026, *last))


def test_days_by_number_are_a_span_only_in_the_words_of_an_act() -> None:
    timed = find_bare_span("平安巡逻 二十三号到二十五号", TODAY)
    assert timed is not None
    assert (timed.occurred.date, timed.occurred.date_to) == (date(2026, 8, 23), date(2026, 8, 25))
    assert say("二十三号到二十五号都通过", role="committee").slots.claim_ids == (23, 24, 25)


def test_a_month_before_an_amount_is_no_day() -> None:
    assert find_time("志愿服务 八月 2小时", TODAY) is None


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("3kg", "3", "公斤"),
        ("三大袋", "3", "袋"),
        ("400cc", "400", "毫升"),
        ("2千元", "2000", "元"),
        ("一刻钟", "0.25", "小时"),
    ],
)
def test_amounts(text: str, amount: str, unit: str) -> None:
    counted = find_quantity(text)
    assert counted is not None
    assert (counted.amount, counted.unit) == (Decimal(amount), unit)
