"""The objections' page: what is in dispute, answered by two who had no part, as in the talk."""

import pytest

from domain.membership import Role
from domain.objection import Objection, ObjectionState
from storage.unit_of_work import Books
from tests.cast import ZHANG
from tests.pictures import jpeg
from tests.web.hung import published
from tests.web.real import RealHouse

PATH = "/review/objections"


async def in_dispute(real: RealHouse) -> None:
    """三季度 is out; 张家 objects to #1 that 李会计 approved, and to its total."""
    await real.claim("zhang", "申报 垃圾分类", jpeg(1))
    await real.claim("li", "通过 1")
    published(real)
    await real.claim("zhang", "异议 1 <b>少算了</b>")
    await real.claim("zhang", "异议 总分好像不对")

    def promote(books: Books) -> None:
        for person in (real.cast.zhao, real.cast.wang):
            books.people.grant(real.cast.village, person, Role.COMMITTEE, at=real.clock.now)

    real.read(promote)


def objection(real: RealHouse, number: int) -> Objection:
    """Return an objection of 张家."""
    found = real.read(lambda b: b.objections.of_household(real.cast.village, ZHANG))
    return next(one for one in found if one.number == number)


async def test_a_claim_is_corrected_by_two_and_published_anew(real_on_both: RealHouse) -> None:
    real = real_on_both
    await in_dispute(real)
    wang, zhao = await real.person("wang"), await real.person("zhao")
    text = await wang.page(PATH)
    for words in (
        "要处理的异议 2 件",
        "1号 对#1",
        "3组12号张三家,10月8日提的,10月21日前要答复",
        "&lt;b&gt;少算了&lt;/b&gt;",
        "生活垃圾分类投放,9月16日,已通过 +1分(李会计审核)",
        "2号 对三季度总分",
        "三季度一共8分",
        '<a href="/review/objections" aria-current="page">异议 2</a>',
    ):
        assert words in text, words
    assert "<b>少算了" not in text
    assert real.photos_of(1)[0] + "/small" in text
    fields = {"objection": "2026-1", "outcome": "change", "points": "0.5", "words": "只有一半"}
    text = await wang.does(PATH, **fields)
    assert "1号异议,您的意见是更正为+0.5分。请另一户没经过手的委员也回一次。" in text
    assert "王阿婆的意见是更正为+0.5分,还要另一户没经过手的委员说一样的。" in text
    await zhao.page(PATH)
    text = await zhao.does(PATH, **fields | {"words": "核对过"})
    assert "1号异议(张三家)处理好了:已更正,#1从+1分改为+0.5分。" in text
    assert "要处理的异议 1 件" in text
    assert objection(real, 1).state is ObjectionState.CHANGED
    assert "已更正,#1从+1分改为+0.5分。原因:核对过。" in (await real.said_to("zhang"))[-1]
    editions = real.read(lambda b: b.boards.editions(real.cast.village))
    assert [one.number for one in editions] == [2, 1]
    mine = await (await real.person("zhang")).page("/me")
    assert "已更正,改为+0.5分。原因:核对过" in mine
    lines = await real.house.parlour.transcript("zhao", limit=10)
    assert "异议处理 1 更正 0.5分 核对过" in [line.text for line in lines if line.is_mine]
    assert real.read(lambda b: b.audit.verify(real.cast.village)) == ()


async def test_a_total_is_mended_by_so_many_points(real: RealHouse) -> None:
    await in_dispute(real)
    li, chen = await real.person("li"), await real.person("chen")
    fields = {"objection": "2026-2", "outcome": "change", "sign": "less", "points": "2"}
    await li.page(PATH)
    await chen.page(PATH)
    text = await li.does(PATH, **fields, words="多记了")
    assert "您的意见是更正总分-2分。" in text
    text = await chen.does(PATH, **fields, words="多记了")
    assert "处理好了:已更正,总分-2分。" in text
    assert objection(real, 2).points == -20


async def test_a_decision_stands_or_is_not_taken_up(real: RealHouse) -> None:
    await in_dispute(real)
    wang, zhao = await real.person("wang"), await real.person("zhao")
    await wang.page(PATH)
    await zhao.page(PATH)
    for number, outcome, state in (
        (1, "uphold", ObjectionState.UPHELD),
        (2, "dismiss", ObjectionState.DISMISSED),
    ):
        fields = {"objection": f"2026-{number}", "outcome": outcome, "words": "照片看得清"}
        await wang.does(PATH, **fields)
        await zhao.does(PATH, **fields)
        assert objection(real, number).state is state
        real.clock.advance(seconds=20)
    assert "现在没有要处理的异议。" in await wang.page(PATH)


async def test_who_had_part_sees_why_and_is_refused(real: RealHouse) -> None:
    await in_dispute(real)
    li = await real.person("li")
    text = await li.page(PATH)
    assert "这件事您经过手,要请没经过手的两位委员来处理。" in text
    assert 'value="2026-1"' not in text
    fields = {"objection": "2026-1", "outcome": "uphold", "words": "没错"}
    assert "这件事您经过手" in await li.does(PATH, **fields)
    assert objection(real, 1).state is ObjectionState.RAISED


async def test_the_slower_of_two_is_told_how_it_ended(real: RealHouse) -> None:
    await in_dispute(real)
    wang, zhao, chen = [await real.person(who) for who in ("wang", "zhao", "chen")]
    fields = {"objection": "2026-1", "outcome": "uphold", "words": "没错"}
    for who in (wang, zhao, chen):
        await who.page(PATH)
    await wang.does(PATH, **fields)
    await zhao.does(PATH, **fields)
    assert "1号异议处理过了:维持原来的结果。" in await chen.does(PATH, **fields)


async def test_an_amount_that_is_none_is_said_kindly(real: RealHouse) -> None:
    await in_dispute(real)
    wang = await real.person("wang")
    await wang.page(PATH)
    fields = {"objection": "2026-1", "outcome": "change", "words": "x"}
    answer = await wang.post(PATH, **fields, points="两分半")
    assert answer.status == 422
    assert "“两分半”分不对" in await answer.text()
    assert "请写明更正成几分" in await wang.does(PATH, **fields)


async def test_a_villager_is_refused(real: RealHouse) -> None:
    await in_dispute(real)
    zhang = await real.person("zhang")
    assert "少算了" not in await zhang.page(PATH, status=403)
    await zhang.page("/me")
    fields = {"objection": "2026-1", "outcome": "change", "points": "9", "words": "x"}
    assert (await zhang.post(PATH, **fields)).status == 403
    assert objection(real, 1).state is ObjectionState.RAISED


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "uphold", "words": "x"},
        {"objection": "2026-1", "words": "x"},
        {"objection": "2026-1", "outcome": "erase", "words": "x"},
        {"objection": "1", "outcome": "uphold", "words": "x"},
        {"objection": "2026-1", "outcome": "uphold", "words": " "},
        {"objection": "2026-2", "outcome": "change", "points": "1", "sign": "++", "words": "x"},
    ],
)
async def test_a_form_that_the_page_does_not_make_changes_nothing(
    real: RealHouse, fields: dict[str, str]
) -> None:
    await in_dispute(real)
    wang = await real.person("wang")
    await wang.page(PATH)
    assert (await wang.post(PATH, **fields)).status == 400
    assert real.read(lambda b: b.sign_offs.standing(real.cast.village, "objection:2026:1")) == ()
