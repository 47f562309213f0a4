"""Every way to write a household's address, in every act that names one."""

import pytest

from bot.understanding.reading import Intent
from tests.bot.understanding.test_list_forms import han
from tests.bot.understanding.village import tell

ACTS: dict[Intent, tuple[str, tuple[str, ...]]] = {
    Intent.BIND: ("villager", ("绑定 {}", "我是{}的,帮我绑定", "绑定{}", "换绑 {}")),
    Intent.CLAIM: ("villager", ("替{}申报 垃圾分类", "帮{}报一下垃圾分类", "申报 垃圾分类 替{}")),
    Intent.RECORD_FOR: (
        "committee",
        ("代录 {} 垃圾分类", "给{}代录垃圾分类", "{} 代录 垃圾分类 昨天", "代录 昨天 {} 垃圾分类"),
    ),
    Intent.DEDUCT: ("committee", ("扣分 {} 乱扔垃圾", "{} 乱扔垃圾 扣分", "给{}扣分,乱扔垃圾")),
}


def forms(group: int, house: int) -> list[str]:
    return [
        *(f"{group}组{house}号", f"{group}组 {house}号", f"第{group}组{house}号"),
        *(f"{group}村民小组{house}号", f"{group}队{house}号", f"{han(group)}组{han(house)}号"),
        *(f"{group}组{house}", f"{group}组{house}号张三家", f"{group} 组 {house} 号"),
    ]


@pytest.mark.parametrize(("group", "house"), [(1, 1), (4, 10), (12, 36), (10, 110), (2, 20)])
@pytest.mark.parametrize("intent", ACTS)
def test_an_address_is_read_in_every_form(intent: Intent, group: int, house: int) -> None:
    role, sentences = ACTS[intent]
    for address in forms(group, house):
        for sentence in sentences:
            text = sentence.format(address)
            reading = tell(text, role=role)
            told = (reading.intent, reading.slots.household)
            assert told == (intent, f"{group}组{house}号"), text
