"""Some are picked from a range or a list: only they are decided, whatever the form."""

import random

import pytest

from bot.understanding.reading import Intent, Reading
from tests.bot.understanding.test_list_forms import lists, misread, ranges
from tests.bot.understanding.village import say, tell

FRAMES = ("{}里头{}", "{}里面{}", "{}里{}", "{}当中,{}", "{}中间的{}", "{}里面只有{}", "{}里头就{}")
BAD = ("{}不行", "{}驳回", "{}不通过", "{}驳回,照片糊")
GOOD = ("{}通过", "{}可以通过", "{}没问题,通过")
PUT_OFF = (",其余我再看看", ",其他先放放", ",别的等一等")
REST = (",其余通过", ",其他的都通过", ",剩下的都批了")


def chosen(chance: random.Random) -> tuple[int, int, list[int]]:
    low = chance.choice((3, 22, 47, 81, 120))
    high = low + chance.randint(3, 8)
    return low, high, sorted(chance.sample(range(low, high + 1), chance.randint(1, 2)))


def decided(heard: Reading) -> dict[Intent | None, set[int]]:
    told: dict[Intent | None, set[int]] = {}
    for act in heard.acts or (heard,):
        told.setdefault(act.intent, set()).update(act.slots.claim_ids)
    return told


@pytest.mark.parametrize("frame", FRAMES)
def test_of_a_range_only_the_picked_are_decided(frame: str) -> None:
    chance = random.Random(frame)
    for _ in range(3):
        low, high, some = chosen(chance)
        for intent, verdicts in ((Intent.REJECT, BAD), (Intent.APPROVE, GOOD)):
            for span in ranges(low, high):
                picked = "、".join(map(str, some))
                forms = [frame.format(span, one.format(picked)) for one in verdicts]
                assert misread(intent, forms, some) == []


@pytest.mark.parametrize("later", PUT_OFF)
def test_others_that_are_put_off_are_not_decided(later: str) -> None:
    chance = random.Random(later)
    for _ in range(6):
        low, high, some = chosen(chance)
        picked = "和".join(map(str, some))
        forms = [f"{low}到{high}里头{one.format(picked)}{later}" for one in BAD]
        forms += [f"{low}-{high},{one.format(picked)}{later}" for one in BAD]
        assert misread(Intent.REJECT, forms, some) == []


@pytest.mark.parametrize("rest", REST)
@pytest.mark.parametrize("between", ["里头", "里面", ",", "当中,"])
def test_what_is_said_of_the_others_stays_within_the_range(between: str, rest: str) -> None:
    chance = random.Random(between + rest)
    for _ in range(6):
        low, high, some = chosen(chance)
        picked = "、".join(map(str, some))
        others = set(range(low, high + 1)) - set(some)
        for verdict in ("{}不行", "{}驳回"):
            text = f"{low}到{high}{between}{verdict.format(picked)}{rest}"
            for heard in (say(text, role="committee"), tell(text, role="committee")):
                wanted = {Intent.REJECT: set(some), Intent.APPROVE: others}
                assert decided(heard) == wanted, text
                assert all(act.slots.scope is None for act in heard.acts), text


def test_of_a_list_they_are_picked_with_a_word() -> None:
    ids = [31, 34, 38]
    for some in ids:
        forms = [f"{said}里头{some}驳回" for said in lists(ids, " ")]
        assert misread(Intent.REJECT, forms, [some]) == []


def test_a_number_beside_a_range_that_does_not_hold_it_is_one_more() -> None:
    forms = ["22到26,28通过", "22-26、28通过", "22到26和28都通过"]
    assert misread(Intent.APPROVE, forms, [22, 23, 24, 25, 26, 28]) == []


def test_what_is_decided_of_the_whole_leaves_out_what_follows() -> None:
    for text in ("通过22到26,24不要", "22到26除了24都通过", "22到26里面除了24都通过"):
        heard = say(text, role="committee")
        assert decided(heard) == {Intent.APPROVE: {22, 23, 25, 26}}, text


@pytest.mark.parametrize(
    "text",
    [
        "23到26头两条过",
        "23到26里头前两条通过,后两条驳回",
        "23到26单号通过",
        "23到26一半通过",
        "23到26通过到25为止",
        "23到26里有两条重复",
        "23到26里面有一条不行",
        "23到26里垃圾分类的通过",
        "25前面的都过",
        "第一条通过",
        "23通过不通过你们定",
        "23我不好批,是我自家的",
    ],
)
def test_what_is_picked_by_words_is_asked_about(text: str) -> None:
    assert say(text, role="committee").asks
    assert tell(text, role="committee").asks


def test_the_same_as_before_is_decided_so() -> None:
    heard = say("23通过,24也是,25驳回", role="committee")
    assert decided(heard) == {Intent.APPROVE: {23, 24}, Intent.REJECT: {25}}
    assert misread(Intent.APPROVE, ["23、24通过,25同上", "23到24通过,25同样"], [23, 24, 25]) == []
    assert misread(Intent.REJECT, ["驳回23,24也是"], [23, 24]) == []
    assert misread(Intent.REJECT, ["驳回23,和24一样的照片"], [23]) == []


def test_but_one_of_a_range_is_another_decision() -> None:
    heard = say("通过23到26但是25改成1分", role="committee")
    assert decided(heard) == {Intent.APPROVE: {23, 24, 26}, Intent.ADJUST: {25}}


@pytest.mark.parametrize("text", ["23不过,24通过", "23不过 24过", "23不过。24通过"])
def test_a_number_that_does_not_pass_is_not_passed(text: str) -> None:
    for heard in (say(text, role="committee"), tell(text, role="committee")):
        assert decided(heard) == {Intent.REJECT: {23}, Intent.APPROVE: {24}}
