"""The month's page: what the talk shows, confirmed by two, claims moved on with a reason."""

from datetime import date

import pytest

from domain.claim import ClaimKey
from domain.membership import Role
from domain.period import Month, Quarter
from storage.unit_of_work import Books
from tests.cast import WANG
from tests.pictures import jpeg
from tests.web.hung import at, award
from tests.web.real import RealHouse

PATH = "/review/month"
THIRD = Quarter(2026, 3)


async def september(real: RealHouse) -> None:
    """Let #1 be approved, #2 a deduction, #3 wait; and September be over."""
    await real.claim("zhang", "申报 垃圾分类", jpeg(1))
    await real.claim("li", "扣分 3组15号 乱堆物")
    await real.claim("wang", "申报 垃圾分类", jpeg(2))
    await real.claim("li", "通过 1")
    await real.claim("chen", "通过 2")
    at(real, "2026-10-08T10:00")


async def test_a_month_is_shown_moved_on_and_confirmed_by_two(real_on_both: RealHouse) -> None:
    real = real_on_both
    await september(real)
    li, chen = await real.person("li"), await real.person("chen")
    await li.page(PATH)
    text = await li.does(PATH, act="draw", month="2026-09")
    for words in (
        "2026年9月:还没审定",
        "还有1条没审完。都审完,或者移到下月,才能审定。",
        "加分1条,共1分",
        "<td>1</td><td>1</td>",
        "扣分 1 条,不要外传",
        "抽到复查的 1 条",
        "#3 生活垃圾分类投放 +1分",
        "3组15号王桂英家,9月16日,等待审核",
        '<a href="/review">待审 1</a>',
        '<a href="/review/month" aria-current="page">月审 1</a>',
        '<a href="/review/objections">异议 0</a>',
    ):
        assert words in text, words
    assert real.photos_of(1)[0] + "/small" in text
    assert 'value="confirm"' not in text
    text = await li.does(PATH, act="move", claim="2026-3", words="等补材料")
    assert "#3 王桂英家 生活垃圾分类投放 移到10月了,原因:等补材料。" in text
    assert "审好告诉您。" in (await real.said_to("wang"))[-1]
    text = await li.does(PATH, act="confirm", month="2026-09")
    assert "9月您已同意,请另一户的委员也回一次“审定 9月”。" in text
    assert "李会计已同意,还要另一户的委员也点审定。" in text
    assert "您这一户已经同意过了" in text
    assert 'value="confirm"' not in text
    text = await chen.page(PATH)
    assert 'value="confirm"' in text
    text = await chen.does(PATH, act="confirm", month="2026-09")
    assert "9月审定好了。" in text
    record = real.read(lambda b: b.month_reviews.get(real.cast.village, Month(2026, 9)))
    assert record.confirmed_at is not None
    assert "2026年9月:已审定" in await li.page(f"{PATH}?of=2026-09")
    lines = await real.house.parlour.transcript("li", limit=20)
    said = [line.text for line in lines if line.is_mine]
    assert "移到下月 3 等补材料" in said
    assert "审定 2026年9月" in said


async def test_the_recheck_is_the_one_that_the_talk_draws(real: RealHouse) -> None:
    await september(real)
    li = await real.person("li")
    assert "还没有抽" in await li.page(PATH)
    text = await li.does(PATH, act="draw", month="2026-09")
    record = real.read(lambda b: b.month_reviews.get(real.cast.village, Month(2026, 9)))
    assert record.seed is not None
    assert f"抽签号 {record.seed}" in text
    assert 'value="draw"' not in text
    await real.claim("chen", "月审")
    assert f"抽签号{record.seed}" in (await real.said_to("chen"))[-1]


async def test_looking_writes_nothing(real: RealHouse) -> None:
    await september(real)

    def before(books: Books) -> tuple[object, object]:
        village = real.cast.village
        return books.month_reviews.get(village, Month(2026, 9)), books.ledger.head(village)

    was = real.read(before)
    real.read(
        lambda b: b.people.grant(
            real.cast.village, real.cast.zhao, Role.SUPERVISOR, at=real.clock.now
        )
    )
    for contact in ("li", "zhao"):
        text = await (await real.person(contact)).page(f"{PATH}?of=2026-09")
        assert "还没有抽" in text
        assert ('value="draw"' in text) == (contact == "li")
    assert real.read(before) == was


async def test_a_month_is_not_confirmed_over_claims_that_wait(real: RealHouse) -> None:
    await september(real)
    li = await real.person("li")
    await li.page(PATH)
    text = await li.does(PATH, act="confirm", month="2026-09")
    assert "9月还不能审定:#3还没审完。" in text


async def test_a_month_that_goes_on_is_only_looked_at(real: RealHouse) -> None:
    await real.claim("zhang", "申报 垃圾分类", jpeg(1))
    li = await real.person("li")
    text = await li.page(PATH)
    assert "2026年9月:还没过完" in text
    assert "抽到复查的" not in text
    assert 'value="confirm"' not in text


async def test_one_s_own_claim_is_moved_on_by_another(real: RealHouse) -> None:
    await real.claim("li", "申报 垃圾分类", jpeg(1))
    at(real, "2026-10-08T10:00")
    li = await real.person("li")
    text = await li.page(PATH)
    assert "这是您自己家的" in text
    assert 'value="move"' not in text
    text = await li.does(PATH, act="move", claim="2026-1", words="等等")
    assert "这是您自己家的" in text


async def test_december_stays_and_its_number_is_not_taken_for_this_year_s(
    real: RealHouse,
) -> None:
    at(real, "2026-12-30T10:00")
    await real.claim("zhang", "申报 垃圾分类", jpeg(1))
    at(real, "2027-01-04T10:00")
    await real.claim("wang", "申报 垃圾分类", jpeg(2))
    li = await real.person("li")
    text = await li.page(f"{PATH}?of=2026-12")
    assert "#1是12月的,积分不跨年,不能移到下月。" in text
    text = await li.does(PATH, act="move", claim="2027-1", words="等补材料")
    assert "#1 王桂英家 生活垃圾分类投放 移到2月了" in text
    first = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 1)))
    assert first.effective_month == Month(2026, 12)


async def test_a_supervisor_looks_and_agrees_to_nothing(real: RealHouse) -> None:
    await september(real)
    real.read(
        lambda b: b.people.grant(
            real.cast.village, real.cast.zhao, Role.SUPERVISOR, at=real.clock.now
        )
    )
    zhao = await real.person("zhao")
    text = await zhao.page(PATH)
    assert "各位委员审了多少" in text
    assert "李会计 通过 1条" in text
    assert "扣分 1 条" not in text
    assert 'value="move"' not in text
    await zhao.page("/me")
    assert (await zhao.post(PATH, act="confirm", month="2026-09")).status == 403


async def test_a_villager_is_refused(real: RealHouse) -> None:
    await september(real)
    zhang = await real.person("zhang")
    assert "王桂英" not in await zhang.page(PATH, status=403)
    await zhang.page("/me")
    for fields in (
        {"act": "confirm", "month": "2026-09"},
        {"act": "move", "claim": "2026-3", "words": "x"},
    ):
        assert (await zhang.post(PATH, **fields)).status == 403
    record = real.read(lambda b: b.month_reviews.get(real.cast.village, Month(2026, 9)))
    assert record.seed is None


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"act": "confirm"},
        {"act": "confirm", "month": "2026-13"},
        {"act": "confirm", "month": "２０２６-09"},
        {"act": "move", "words": "x"},
        {"act": "move", "claim": "2026-3", "words": " \x00"},
        {"act": "erase", "month": "2026-09"},
    ],
)
async def test_a_form_that_the_page_does_not_make_changes_nothing(
    real: RealHouse, fields: dict[str, str]
) -> None:
    await september(real)
    li = await real.person("li")
    await li.page(PATH)
    assert (await li.post(PATH, **fields)).status == 400
    claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 3)))
    assert claim.effective_month == Month(2026, 9)
    assert claim.act.occurred_on == date(2026, 9, 16)


async def test_an_address_that_names_no_month_is_not_there(real: RealHouse) -> None:
    li = await real.person("li")
    await li.page(f"{PATH}?of=September", status=404)


async def test_the_quarter_is_released_on_the_page_by_two(real_on_both: RealHouse) -> None:
    real = real_on_both
    await september(real)
    li, chen = await real.person("li"), await real.person("chen")
    await chen.page(PATH)
    text = await li.page(PATH)
    assert "2026年三季度公示" in text
    assert "还不能发布:9月还没审定,#3还没审完。" in text
    assert 'value="release"' not in text
    await li.does(PATH, act="move", claim="2026-3", words="等补材料")
    for one in (li, chen):
        await one.does(PATH, act="confirm", month="2026-09")
    text = await li.page(PATH)
    assert "可以发布了:全村" in text
    assert '<td>1</td><th scope="row">3组 张*家</th><td>1</td>' in text
    assert '<td>—</td><th scope="row">3组 王*英家</th><td>0</td>' in text
    assert real.read(lambda b: b.publications.newest(real.cast.village, THIRD)) is None, "looked at"
    text = await li.does(PATH, act="release")
    assert "三季度公示您已同意,请另一户的委员也回一次“发布公示”。" in text
    assert "李会计已同意发布,还要另一户的委员也点发布。" in text
    assert "您这一户已经同意过了" in text
    assert 'value="release"' not in text
    assert 'value="release"' in await chen.page(PATH)
    text = await chen.does(PATH, act="release")
    assert "三季度公示已发到村民群,10月15日前可以提异议。" in text
    assert "2026年三季度公示" not in text
    current = real.read(lambda b: b.publications.current(real.cast.village))
    assert current.quarter == THIRD


async def test_who_released_other_figures_is_asked_again(real: RealHouse) -> None:
    await september(real)
    li, chen = await real.person("li"), await real.person("chen")
    for one in (li, chen):
        await one.page(PATH)
    await li.does(PATH, act="move", claim="2026-3", words="等补材料")
    for one in (li, chen):
        await one.does(PATH, act="confirm", month="2026-09")
    await li.does(PATH, act="release")
    real.read(lambda b: award(b, "objection:0:1", WANG, 5))
    text = await li.page(PATH)
    assert "可以发布了" in text
    assert 'value="release"' in text


async def test_nobody_else_releases(real: RealHouse) -> None:
    await september(real)
    zhang = await real.person("zhang")
    await zhang.page("/me")
    assert (await zhang.post(PATH, act="release")).status == 403
