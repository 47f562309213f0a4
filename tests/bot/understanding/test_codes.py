"""A code is a code, whatever its letters sound like: ``28GE`` is not 28个."""

from collections.abc import Callable
from string import Template

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.understanding.reading import Intent
from domain.code import ALPHABET, canonical
from tests.bot.understanding.village import say, tell

CODES = st.text(ALPHABET, min_size=10, max_size=10)
DASHES = st.sampled_from(["-", "", " ", "—", "–", "-", " - "])
BINDING = st.sampled_from(
    [
        *("绑定 $c", "绑定$c", "绑定:$c。", "我要绑定 $c", "绑定 码是 $c", "绑定码:$c"),
        *("@积分小助手 绑定 $c", "bangding $c", "换绑 $c"),
    ]
)
HANDING = st.sampled_from(["核销 $c", "核销$c", "核销码 $c", "核销 领取码$c", "hexiao $c"])


@given(CODES, DASHES, BINDING, st.sampled_from([str.upper, str.lower]))
@example("B28GE61SAK", "-", "绑定 $c", str.upper)
def test_every_code_binds_however_it_is_typed(
    code: str, dash: str, form: str, cased: Callable[[str], str]
) -> None:
    typed = f"{code[:5]}{dash}{code[5:]}"
    reading = tell(Template(form).substitute(c=cased(typed)))
    assert reading.intent is Intent.BIND
    assert canonical(reading.slots.code or "") == code
    assert not reading.asks


@given(CODES, DASHES)
def test_every_code_binds_a_room(code: str, dash: str) -> None:
    reading = say(f"绑定本群 {code[:5]}{dash}{code[5:]}")
    assert (reading.intent, reading.slots.code) == (Intent.BIND_ROOM, code)


@given(CODES, DASHES, HANDING)
def test_every_code_of_an_order_is_heard(code: str, dash: str, form: str) -> None:
    typed = f"{code[:3]}{dash.strip() and '-'}{code[3:6]}"
    reading = tell(Template(form).substitute(c=typed), role="committee")
    assert reading.intent is Intent.HAND_OVER
    assert canonical(reading.slots.code or "") == code[:6]


@pytest.mark.parametrize(
    "text",
    ["AB1DE-23456", "ab1de-23456", "AB1DE23456", "AB1DE—23456", "我的码是 AB1DE-23456 帮我绑一下"],
)
def test_a_code_as_the_slip_shows_it_needs_no_command(text: str) -> None:
    reading = tell(text)
    assert (reading.intent, reading.slots.code) == (Intent.BIND, "AB1DE23456")
    assert say(text).intent is None


@pytest.mark.parametrize(
    "text", ["13800138000", "1234567890", "ABCDE-FGHJK", "怎么用 AB1DE-23456?", "jifen 12345"]
)
def test_other_figures_and_letters_are_no_code(text: str) -> None:
    assert tell(text).slots.code is None


@pytest.mark.parametrize(
    "text",
    [
        "这个码AB1DE-23456用不了",
        "别用AB1DE-23456了,作废了",
        "AB1DE-23456 不是我家的码",
        "AB1DE-23456 绑定不了",
    ],
)
def test_who_tells_of_trouble_with_a_code_binds_nothing(text: str) -> None:
    reading = tell(text)
    assert reading.intent is not Intent.BIND or reading.asks


@pytest.mark.parametrize(("text", "numbers"), [("bohui12345", (12345,)), ("tongguo 123", (123,))])
def test_pinyin_before_a_number_stays_pinyin(text: str, numbers: tuple[int, ...]) -> None:
    reading = tell(text, role="committee")
    assert reading.intent in {Intent.APPROVE, Intent.REJECT}
    assert reading.slots.claim_ids == numbers
