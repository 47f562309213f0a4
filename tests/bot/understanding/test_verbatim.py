"""The slots that ``jifen understand`` prints are pieces of the text as it was written."""

from decimal import Decimal

import pytest

from bot.understanding.verbatim import as_said
from tests.bot.understanding.village import tell

HOUSES = (
    ("给5组老金家记一次扣分，垃圾混投", "committee", "5组老金家"),
    ("代录：５组８号陆阿根，平安巡逻，昨晚", "committee", "５组８号陆阿根"),
    ("釦分 8組5號 亂堆物 5分", "committee", "8組5號"),
    ("三组八号烧秸秆被拍到了，扣五分", "committee", "三组八号"),
    ("扣分 3组8号 飞线充电", "committee", "3组8号"),
    ("bangding 3zu12hao", "villager", "3zu12hao"),
    ("绑定5组8号陆阿根", "villager", "5组8号"),
)


@pytest.mark.parametrize(("text", "role", "house"), HOUSES)
def test_a_household_is_said_as_it_was_written(text: str, role: str, house: str) -> None:
    assert as_said(tell(text, role=role), text).slots.household == house
    assert house in text


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("申报志愿服务 90分钟", "90", "分钟"),
        ("申报 志愿服务 三刻钟", "3", "刻钟"),
        ("申报 志愿服务 三个钟头", "3", "钟头"),
        ("申报 志愿服务 2h", "2", "h"),
        ("申报 志愿服务 两个半小时", "2.5", "小时"),
    ],
)
def test_an_amount_is_said_in_its_own_unit(text: str, amount: str, unit: str) -> None:
    slots = as_said(tell(text), text).slots
    assert (slots.quantity, slots.unit) == (Decimal(amount), unit)


def test_the_reading_itself_counts_in_hours_and_in_one_form_of_address() -> None:
    assert tell("申报志愿服务 90分钟").slots.quantity == Decimal("1.5")
    assert tell("绑定六组二十号").slots.household == "6组20号"


def test_a_name_written_with_a_gap_keeps_it() -> None:
    text = "绑定 12组03号 户主：徐 慧"
    assert as_said(tell(text), text).slots.person == "徐 慧"
