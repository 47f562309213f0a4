"""Every list and range of claims, in every form in which reviewers write it."""

import random
from collections.abc import Iterable, Iterator

import pytest

from bot.understanding.reading import Intent
from tests.bot.understanding.test_day_forms import han as tens
from tests.bot.understanding.village import say, tell

APPROVED = (
    *("通过 {}", "{}通过", "{}都通过", "{}可以通过", "同意{}", "批准{}", "{}没问题,通过"),
    *("把{}过了", "{}批了吧"),
)
REJECTED = (
    "驳回 {} 照片看不清",
    "{}驳回,照片看不清",
    "{}退回,不是本人",
    "{}不通过,时间不对",
    "{}打回 重拍",
)
LEFT_OUT = ("{}都通过,除了{}", "{}除了{}都通过", "{}通过,{}先放一放", "{}都过,{}再看看")
ALL_BUT = (
    *("全部通过,除了{}", "除了{}都通过", "除{}外全部通过", "{}除外,其他都通过", "都通过,{}再等等"),
    "全部通过 {}不算",
)


def han(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return tens(rest)
    said = "一二三四五六七八九"
    ones = "" if not rest else f"零{tens(rest)}" if rest < 10 else tens(rest)
    return f"{said[hundreds - 1]}百{'一' if 10 <= rest < 20 else ''}{ones}"


def lists(ids: list[int], separator: str) -> Iterator[str]:
    yield separator.join(map(str, ids))
    yield "、".join(f"{n}号" for n in ids)
    yield "、".join(f"#{n}" for n in ids)
    yield "、".join(f"{han(n)}号" for n in ids)
    yield "和".join(f"第{n}条" for n in ids)


def ranges(low: int, high: int) -> Iterator[str]:
    for form in ("{}-{}", "{}到{}", "{}~{}", "{}至{}号", "{}号到{}号", "#{}-#{}", "从{}到{}"):
        yield form.format(low, high)
    yield f"{han(low)}到{han(high)}"


def misread(intent: Intent, forms: Iterable[str], ids: Iterable[int]) -> list[str]:
    wanted = set(ids)
    wrong = []
    for text in forms:
        for heard in (say(text, role="committee"), tell(text, role="committee")):
            told = heard.acts or (heard,)
            named = {number for act in told for number in act.slots.claim_ids}
            if {act.intent for act in told} != {intent} or named != wanted or heard.asks:
                wrong.append(text)
    return wrong


@pytest.mark.parametrize("separator", [" ", "、", ",", ", ", " 、", "和", "跟"])
def test_a_list_is_read_in_every_form(separator: str) -> None:
    chance = random.Random(separator)
    for _ in range(4):
        first = chance.choice((3, 20, 60, 150))
        ids = sorted(chance.sample(range(first, first + 30), chance.randint(1, 4)))
        for words in lists(ids, separator):
            assert misread(Intent.APPROVE, (form.format(words) for form in APPROVED), ids) == []
            assert misread(Intent.REJECT, (form.format(words) for form in REJECTED), ids) == []


@pytest.mark.parametrize("low", [5, 10, 17, 98, 165])
def test_a_range_is_read_in_every_form_and_without_what_is_left_out(low: int) -> None:
    high, but = low + 7, low + 3
    whole = range(low, high + 1)
    for words in ranges(low, high):
        forms = (form.format(words) for form in ("通过 {}", "{}都通过", "{}全部通过", "{}都批了"))
        assert misread(Intent.APPROVE, forms, whole) == []
        forms = (form.format(words, but) for form in LEFT_OUT)
        assert misread(Intent.APPROVE, forms, set(whole) - {but}) == []


@pytest.mark.parametrize("ids", [(14,), (14, 20), (7, 101, 130)])
def test_all_but_some_is_read_in_every_form(ids: tuple[int, ...]) -> None:
    for form in ALL_BUT:
        slots = tell(form.format("、".join(f"{n}号" for n in ids)), role="committee").slots
        assert (slots.scope, slots.except_ids) == ("all", ids), form
