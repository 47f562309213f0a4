"""Every name and alias of every item of the draft, in every act and question that names one."""

import pytest

from domain.rulebook import Item
from tests.bot.understanding.village import around, tell

ITEMS = around().rulebook.items if around().rulebook else ()
CLAIMED = ("申报 {}", "今天{},帮我申报", "规则 {}", "{}几分", "我昨天{}了,报一下", "{} 申报")
DEDUCTED = ("扣分 3组5号 {}", "{}扣几分", "3组5号{},扣分")
VAGUE = {"帮忙几分", "文明养犬户(圈养、拴绳、不扰民) 申报"}
"""Who says the first may mean anything; the other is asked about."""


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_an_item_is_found_by_each_of_its_names(item: Item) -> None:
    forms, role = (DEDUCTED, "committee") if item.is_deduction else (CLAIMED, "villager")
    for name in dict.fromkeys((item.name, item.short_name, *item.aliases)):
        for text in (form.format(name) for form in forms):
            if text not in VAGUE:
                slots = tell(text, role=role).slots
                assert item.code in (slots.item, *slots.item_choices), text
