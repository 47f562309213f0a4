"""One's own page: orders with their codes, objections and how they stand, consents as switches."""

import re

import pytest

from domain.objection import ObjectionState
from domain.redemption import RedemptionKey, RedemptionState
from tests.cast import ZHANG
from tests.pictures import jpeg
from tests.web.hung import at, open_round, published
from tests.web.real import RealHouse, three_claims


async def ordered(real: RealHouse) -> str:
    """Let 张家 order two towels in an open round, and return the answer."""
    published(real)
    open_round(real)
    await real.claim("zhang", "兑换 毛巾 2")
    return (await real.said_to("zhang"))[-1]


async def test_an_order_stands_with_its_code_and_is_taken_back_beside_it(
    real_on_both: RealHouse,
) -> None:
    real = real_on_both
    told = await ordered(real)
    found = re.search(r"领取码 (\w{3}-\w{3})", told)
    assert found, told
    zhang = await real.person("zhang")
    text = await zhang.page("/me")
    for words in (
        "#1 “三好”&lt;b&gt;毛巾&lt;/b&gt;2条",
        "用3分,还没领",
        found[1],
        "10月13日到10月15日 上午8点到11点在村委会领",
        "可以兑换 4 分",
    ):
        assert words in text, words
    assert found[1] not in await (await real.person("wang")).page("/me")
    text = await zhang.does("/me", act="cancel", order="1")
    assert "不换了,3分退回张三家,现在可兑换7分。" in text
    assert "取消了,分已退回" in text
    assert found[1] not in text
    assert "取消兑换 #1" not in text
    key = RedemptionKey(2026, 1)
    redemption = real.read(lambda b: b.redemptions.get(real.cast.village, key))
    assert redemption.state is RedemptionState.CANCELLED
    assert real.read(lambda b: b.audit.verify(real.cast.village)) == ()
    lines = await real.house.parlour.transcript("zhang", limit=10)
    assert "取消兑换 1" in [line.text for line in lines if line.is_mine]


async def test_another_household_s_order_is_not_taken_back(real: RealHouse) -> None:
    await ordered(real)
    wang = await real.person("wang")
    await wang.page("/me")
    assert "#1不是您家换的,不能取消。" in await wang.does("/me", act="cancel", order="1")


async def test_a_total_is_objected_to_while_it_is_on_show_and_seen_to_be_checked(
    real_on_both: RealHouse,
) -> None:
    real = real_on_both
    published(real)
    zhang = await real.person("zhang")
    text = await zhang.page("/me")
    assert "三季度正在公示,10月15日前(含当天)可以提。" in text
    text = await zhang.does("/me", act="object-total", words="3月那次没算")
    assert "记下了,张三家对三季度总分有异议(1号)。" in text
    assert "1号:对三季度总分" in text
    assert "正在核实,10月21日前私下答复您" in text
    assert "有1件意见正在核实。" in text
    assert 'value="object-total"' not in text
    [one] = real.read(lambda b: b.objections.of_household(real.cast.village, ZHANG))
    assert (one.claim, one.words, one.state) == (None, "3月那次没算", ObjectionState.RAISED)
    assert "1号:对三季度总分" not in await (await real.person("wang")).page("/me")


async def test_an_entry_in_dispute_says_so_and_is_not_disputed_twice(real: RealHouse) -> None:
    await real.claim("zhang", "申报 垃圾分类", jpeg(1))
    await real.claim("li", "通过 1")
    published(real)
    zhang = await real.person("zhang")
    assert "对 #1 有不同意见" in await zhang.page("/me")
    text = await zhang.does("/me", act="object", claim="2026-1", words="少算了")
    assert "张三家对#1有异议(1号)" in text
    assert "有异议,正在核实" in text
    assert "对 #1 有不同意见" not in text


async def test_outside_the_window_the_page_says_when(real: RealHouse) -> None:
    published(real)
    at(real, "2026-10-16T10:00")
    zhang = await real.person("zhang")
    text = await zhang.page("/me")
    assert "现在不在公示期。" in text
    assert 'value="object-total"' not in text
    assert "现在不在公示期。" in await zhang.does("/me", act="object-total", words="少了")


async def test_consents_are_switches_with_what_stands_now(real_on_both: RealHouse) -> None:
    real = real_on_both
    zhang = await real.person("zhang")
    text = await zhang.page("/me")
    assert "公示里您家写作“张*”。" in text
    text = await zhang.does("/me", act="show-name")
    assert "好的,以后公示和表扬里写您家全名“张三”。" in text
    assert "公示里写您家全名“张三”。" in text
    assert 'value="hide-name"' in text
    assert 'value="show-name"' not in text
    text = await zhang.does("/me", act="hide-name")
    assert "公示里您家写作“张*”。" in text
    text = await zhang.does("/me", act="show-photo")
    assert "您同意了公开照片,村里宣传时可以用。" in text
    text = await zhang.does("/me", act="hide-photo")
    assert "照片不公开,只有您家和审核的人看得到。" in text
    home = real.read(lambda b: b.households.get(real.cast.village, ZHANG))
    assert (home.consents_name, home.consents_photo) == (False, False)
    lines = await real.house.parlour.transcript("zhang", limit=20)
    said = {line.text for line in lines if line.is_mine}
    assert said == {"同意公开姓名", "不公开姓名", "同意公开照片", "不公开照片"}


async def test_who_goes_unnamed_is_told_so_and_can_be_named_again(real: RealHouse) -> None:
    real.read(lambda b: b.changes.make_anonymous(real.cast.village, ZHANG, at=real.clock.now))
    zhang = await real.person("zhang")
    text = await zhang.page("/me")
    assert "公示里不写您家的名字。" in text
    assert 'value="show-name"' in text


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "cancel"},
        {"act": "cancel", "order": "0"},
        {"act": "cancel", "order": "1;drop"},
        {"act": "object-total", "words": "  "},
        {"act": "show-door"},
    ],
)
async def test_a_form_that_this_page_does_not_make_changes_nothing(
    real: RealHouse, fields: dict[str, str]
) -> None:
    await ordered(real)
    zhang = await real.person("zhang")
    await zhang.page("/me")
    assert (await zhang.post("/me", **fields)).status == 400
    [one] = real.read(lambda b: b.redemptions.of_household(1, ZHANG, year=2026, limit=9))
    assert one.state is RedemptionState.RESERVED


async def test_the_way_to_the_notice_board_stands_above_the_page(real: RealHouse) -> None:
    await three_claims(real)
    zhang = await real.person("zhang")
    found = re.search(r'href="(/v/1-[a-z2-7]{16})"', await zhang.page("/me"))
    assert found
    assert "幸福村公示栏" in await zhang.page(found[1])
