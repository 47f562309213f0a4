"""The words of redemption: commands, orders, rounds line by line, and what stays talk."""

from datetime import date

import pytest

from bot.replies.redemption_plan import TEMPLATE
from bot.understanding.catalogue import Picked, find_good
from bot.understanding.plain import PlainReader
from bot.understanding.reading import Intent, Reading, Scene, Surroundings, Utterance
from bot.understanding.round_reading import read_plan
from domain.money import Cents
from domain.points import Points
from domain.redemption_plan import GoodSketch, PlanFault
from tests.builders import TODAY
from tests.fakes import MORNING

NAMES = ("洗衣液", "洗衣粉", "大米5斤装", "毛巾", "洗衣液大瓶")


def read(text: str, *, scene: Scene = Scene.DIRECT, dialogue: str | None = None) -> Reading:
    utterance = Utterance(text, scene, "villager", MORNING, open_dialogue=dialogue)
    return PlainReader().read(utterance, Surroundings())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("兑换开 秋季兑换\n预算 10元", Intent.OPEN_ROUND),
        ("兑换开", Intent.OPEN_ROUND),
        ("兑换停", Intent.STOP_ROUND),
        ("兑换停 2", Intent.STOP_ROUND),
        ("停止兑换", Intent.STOP_ROUND),
        ("核销 7K3-9QF", Intent.HAND_OVER),
        ("核销 7k39qf", Intent.HAND_OVER),
        ("核销", Intent.HAND_OVER),
        ("取消兑换 3", Intent.CANCEL_REDEMPTION),
        ("取消兑换3", Intent.CANCEL_REDEMPTION),
        ("取消兑换", Intent.CANCEL_REDEMPTION),
        ("我的兑换", Intent.MY_REDEMPTIONS),
        ("领取码", Intent.MY_REDEMPTIONS),
        ("领取名单", Intent.COLLECTORS),
        ("兑换 洗衣液 2", Intent.REDEEM),
        ("兑换2份大米", Intent.REDEEM),
        ("兑换", Intent.REDEEM),
        ("兑换清单", Intent.REDEEM_LIST),
        ("能换什么", Intent.REDEEM_LIST),
        ("代兑换 3组12号 洗衣液 1", Intent.REDEEM),
    ],
)
@pytest.mark.parametrize("scene", list(Scene))
def test_command_words_are_read_everywhere(text: str, intent: Intent, scene: Scene) -> None:
    assert read(text, scene=scene).intent is intent


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("换两瓶洗衣液", "两瓶洗衣液"),
        ("兑换2份大米", "2份大米"),
        ("兑换 洗衣液 几瓶", "洗衣液 几瓶"),
    ],
)
def test_an_order_keeps_its_words_for_the_desk(text: str, body: str) -> None:
    reading = read(text)
    assert (reading.intent, reading.slots.body) == (Intent.REDEEM, body)


@pytest.mark.parametrize(
    "text",
    [
        "换两瓶洗衣液",
        "蛋糕券兑换了没，要过期了",
        "电影票兑换码谁要",
        "兑换开始了吗",
        "核销一下发票",
        "取消兑换吧大家",
        "他家兑换停电了",
        "帮我兑换一下零钱",
    ],
)
def test_talk_in_a_room_is_passed_over(text: str) -> None:
    assert read(text, scene=Scene.ROOM).intent is None


def test_an_order_for_another_household_names_it() -> None:
    slots = read("代兑换 3组12号 洗衣液 2").slots
    assert (slots.household, slots.body) == ("3组12号", "洗衣液 2")
    slots = read("帮王桂英兑换 大米").slots
    assert (slots.person, slots.body) == ("王桂英", "大米")
    assert read("帮我兑换 大米").slots.person is None


@pytest.mark.parametrize("dialogue", ["good", "round", "stop"])
@pytest.mark.parametrize(("text", "choice"), [("1", 1), ("第二个", 2), ("选3", 3)])
def test_a_number_answers_a_question_of_ours(dialogue: str, text: str, choice: int) -> None:
    reading = read(text, dialogue=dialogue)
    assert (reading.intent, reading.slots.choice) == (Intent.CHOICE, choice)
    assert read("兑换停", dialogue=dialogue).intent is Intent.STOP_ROUND


@pytest.mark.parametrize(
    ("words", "choices", "quantity", "is_sure"),
    [
        ("洗衣液 2", (0,), 2, True),
        ("两瓶洗衣液", (0,), 2, True),
        ("洗衣液大瓶", (4,), 1, True),
        ("2份大米", (2,), 2, True),
        ("大米5斤装 3", (2,), 3, True),
        ("毛巾几条", (3,), None, True),
        ("半袋大米", (2,), None, True),
        ("毛巾 1 2", (3,), None, True),
        ("洗衣", (0, 1, 4), 1, False),
        ("洗衣液和毛巾", (0, 3), 1, False),
        ("电视机", (), 1, False),
        ("", (), 1, False),
    ],
)
def test_a_good_is_found_by_its_words(
    words: str, choices: tuple[int, ...], quantity: int | None, *, is_sure: bool
) -> None:
    assert find_good(words, NAMES) == Picked(choices, quantity, is_sure)


def test_what_only_sounds_alike_is_asked_about() -> None:
    found = find_good("毛金", NAMES)
    assert found.choices[0] == 3
    assert not found.is_sure


def test_the_template_that_is_shown_is_a_whole_round() -> None:
    sketch = read_plan(read(TEMPLATE).slots.body, TODAY)
    assert sketch.problems == ()
    assert (sketch.name, sketch.hours, sketch.place) == ("秋季兑换", "上午8点到11点", "村委会")
    assert (sketch.opens_on, sketch.closes_on) == (date(2026, 9, 20), date(2026, 9, 27))
    assert (sketch.collect_from, sketch.collect_until) == (date(2026, 9, 28), date(2026, 9, 30))
    assert sketch.budget == 300_000
    [good] = sketch.goods
    assert (good.name, good.unit, good.price, good.stock, good.limit, good.cost) == (
        "洗衣液", "瓶", 200, 50, 2, 1_500,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "good"),
    [
        ("大米5斤装 50分 20袋 每户1袋 成本30.5元", ("大米5斤装", "袋", 500, 20, 1, 3_050)),
        ("毛巾10分100条 不限 成本0元", ("毛巾", "条", 100, 100, 0, 0)),
        ("理发 成本10 5.5分 每户限1次 10次", ("理发", "次", 55, 10, 1, 1_000)),
        ("照片冲印 3分 40张 成本1元", ("照片冲印", "张", 30, 40, 0, 100)),
        ("洗洁精 10分 1,000 成本6元", ("洗洁精", "份", 100, 1_000, 0, 600)),
        ("大米5斤 50分 成本3元", ("大米5斤", "份", 500, None, 0, 300)),
        ("洗洁精 10.55分 5瓶", ("洗洁精", "瓶", None, 5, 0, None)),
    ],
)
def test_a_line_of_the_catalogue_is_read_in_any_order(line: str, good: tuple[object, ...]) -> None:
    name, unit, price, stock, limit, cost = good
    assert read_plan(line, TODAY).goods == (
        GoodSketch(
            line,
            str(unit),
            str(name),
            None if price is None else Points(int(str(price))),
            stock,  # type: ignore[arg-type]
            limit,  # type: ignore[arg-type]
            None if cost is None else Cents(int(str(cost))),
        ),
    )


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("9月20日到27日", date(2026, 9, 20), date(2026, 9, 27)),
        ("9.20-9.27", date(2026, 9, 20), date(2026, 9, 27)),
        ("2026-12-01至2026-12-20", date(2026, 12, 1), date(2026, 12, 20)),
        ("2026年12月1日~20日", date(2026, 12, 1), date(2026, 12, 20)),
        ("9月20日", date(2026, 9, 20), date(2026, 9, 20)),
    ],
)
def test_days_are_read_as_people_write_them(words: str, first: date, last: date) -> None:
    sketch = read_plan(f"时间 {words}", TODAY)
    assert (sketch.opens_on, sketch.closes_on, sketch.problems) == (first, last, ())


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("时间 下个月", PlanFault.OPENING_MISSING),
        ("时间 9月31日到10月2日", PlanFault.OPENING_MISSING),
        ("领取 到时候再说", PlanFault.COLLECTING_MISSING),
        ("大家都来", PlanFault.UNREADABLE),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(line: str, fault: PlanFault) -> None:
    sketch = read_plan(f"秋季兑换\n{line}", TODAY)
    assert [(p.fault, p.where) for p in sketch.problems] == [(fault, line)]


def test_place_and_photo_may_stand_on_lines_of_their_own() -> None:
    sketch = read_plan("地点 老年活动室\n照片 要\n领取 9月28日 全天", TODAY)
    assert (sketch.place, sketch.needs_photo, sketch.hours) == ("老年活动室", True, "全天")
    assert not read_plan("照片 不要", TODAY).needs_photo


def test_a_long_list_is_read_to_its_end() -> None:
    lines = [f"第{i:02d}种东西名字很长很长 {i}分 {i}份 每户{i} 成本{i}元" for i in range(1, 41)]
    text = "兑换开 大兑换\n" + "\n".join(lines)
    assert len(text) > 1_000
    assert len(read_plan(read(text).slots.body, TODAY).goods) == 40
