"""The review page: what it shows, and that its forms are the talk's own acts."""

import asyncio
import json
import time

import pytest

from bot.understanding.reading import Intent
from bot.web import office
from bot.web.forms import about_claims, packed
from domain.claim import ClaimKey, ClaimState
from domain.membership import Role
from storage.mail import Received
from tests.pictures import jpeg, like
from tests.web.real import RealHouse, three_claims


def state_of(real: RealHouse, number: int) -> ClaimState:
    claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, number)))
    return ClaimState(claim.state)


async def test_the_page_shows_what_a_reviewer_should_know(real: RealHouse) -> None:
    await three_claims(real)
    li = await real.person("li")
    text = await li.page("/review")
    for words in (
        "待审 3 条",
        "#1 生活垃圾分类投放",
        "3组12号张三家",
        "3组15号王桂英家",
        "本月最多4分,批了这条还剩3分",
        "照片和#1很像。",
        "左边是这条 #3,右边是同一户以前的 #1",
        "#1 9月16日 生活垃圾分类投放 等待审核",
        "9月6日",
    ):
        assert words in text, words
    assert real.photos_of(1)[0] + "/small" in text


async def test_a_card_says_whose_the_like_photo_is_and_marks_what_takes_points(
    real: RealHouse,
) -> None:
    scene = jpeg(1)
    await real.claim("zhang", "申报 垃圾分类", scene)
    await real.claim("zhao", "申报 垃圾分类", like(scene))
    await real.claim("chen", "扣分 3组15号 乱堆物")
    text = await (await real.person("li")).page("/review")
    assert "左边是这条 #2,右边是3组12号张三家以前的 #1" in text
    assert text.count('class="worth"') == 2
    assert text.count('class="worth takes"') == 1


async def test_a_form_is_answered_in_the_words_of_the_talk(real_on_both: RealHouse) -> None:
    real = real_on_both
    await three_claims(real)
    li = await real.person("li")
    await li.page("/review")
    text = await li.does("/review", claim="2026-1", verdict="approve")
    answer = "#1 张三家 生活垃圾分类投放 已通过 +1分。"
    assert answer in text
    assert "待审 2 条" in text
    assert state_of(real, 1) is ClaimState.APPROVED
    assert answer in await real.said_to("li")
    assert "张三家 #1 生活垃圾分类投放 审核通过,+1分。" in await real.said_to("zhang")
    lines = await real.house.parlour.transcript("li", limit=10)
    assert [line.text for line in lines if line.is_mine] == ["通过 1"]
    assert real.read(lambda b: b.audit.verify(real.cast.village)) == ()


async def test_a_double_click_is_one_act(real_on_both: RealHouse) -> None:
    real = real_on_both
    await three_claims(real)
    li = await real.person("li")
    await li.page("/review")
    form = li.ids[0]
    clicks = [li.post("/review", form=form, claim="2026-1", verdict="approve") for _ in range(4)]
    places = {answer.headers["Location"] for answer in await asyncio.gather(*clicks)}
    assert len(places) == 1
    text = await li.page(places.pop())
    assert "已通过 +1分" in text
    assert "已经通过了" not in text
    assert len(real.read(lambda b: b.ledger.of_household(real.cast.village, 1, limit=9))) == 1


async def test_who_was_slower_is_told_who_decided(real: RealHouse) -> None:
    await three_claims(real)
    li, chen = await real.person("li"), await real.person("chen")
    await li.page("/review")
    await chen.page("/review")
    await chen.does("/review", claim="2026-1", verdict="reject", reason="照片看不清")
    text = await li.does("/review", claim="2026-1", verdict="approve")
    assert "#1 没有处理:#1 已经驳回了(陈主任),不能再改。" in text
    told = await real.said_to("zhang")
    assert "张三家 #1 生活垃圾分类投放 没有通过。原因:照片看不清。有疑问可以问村委会。" in told


async def test_a_refusal_looks_like_one_and_stays_at_its_claim(real: RealHouse) -> None:
    await three_claims(real)
    li, chen = await real.person("li"), await real.person("chen")
    await li.page("/review")
    much = {
        "claim": "2026-1",
        "verdict": "adjust",
        "points": "3",
        "words": "多给",
        "following": "2026-2",
    }
    answer = await li.post("/review", **much)
    where = answer.headers["Location"]
    assert where.endswith("#c-2026-1"), "the claim that still waits, not the next"
    text = await li.page(where.partition("#")[0])
    assert 'class="said missed" id="said" role="alert"' in text
    good = {"claim": "2026-1", "verdict": "approve", "following": "2026-2"}
    answer = await li.post("/review", **good)
    assert answer.headers["Location"].endswith("#c-2026-2")
    assert "missed" not in answer.headers["Location"]
    await chen.page("/review")
    answer = await chen.post("/review", **good)
    assert "missed=1" in answer.headers["Location"], "somebody else was quicker"


async def test_what_takes_long_goes_on_and_does_not_look_like_a_refusal(
    real: RealHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    await three_claims(real)
    li = await real.person("li")
    await li.page("/review")
    monkeypatch.setattr(office, "DONE_SECONDS", 0.05)
    held = asyncio.create_task(real.house.ground.performer.perform(lambda _: time.sleep(0.6)))
    answer = await li.post("/review", claim="2026-1", verdict="approve")
    await held
    where = answer.headers["Location"]
    assert "missed" not in where
    await real.house.assistant.idle()
    text = await li.page(where.partition("#")[0])
    assert 'class="said"' in text
    assert state_of(real, 1) is ClaimState.APPROVED


async def test_two_reviewers_at_once_decide_a_claim_once(real_on_both: RealHouse) -> None:
    real = real_on_both
    await three_claims(real)
    li, chen = await real.person("li"), await real.person("chen")
    await li.page("/review")
    await chen.page("/review")
    pages = await asyncio.gather(
        *(who.does("/review", claim="2026-1", verdict="approve") for who in (li, chen))
    )
    assert sum("#1 张三家 生活垃圾分类投放 已通过 +1分。" in text for text in pages) == 1
    assert sum("#1 已经通过了(" in text for text in pages) == 1
    assert len(real.read(lambda b: b.ledger.of_household(real.cast.village, 1, limit=9))) == 1


async def test_many_are_decided_at_once_and_each_stands_by_itself(real: RealHouse) -> None:
    await three_claims(real)
    await real.claim("li", "申报 垃圾分类", jpeg(7))
    li = await real.person("li")
    await li.page("/review")
    keys = ["2026-1", "2026-2", "2026-4"]
    text = await li.does("/review", claim=keys, verdict="approve")
    assert "#1 张三家 生活垃圾分类投放 已通过 +1分。" in text
    assert "#2 王桂英家 生活垃圾分类投放 已通过 +1分。" in text
    assert "#4 没有处理:这是您自己家的,请别的委员审。" in text
    text = await li.does("/review", claim=["2026-3"], verdict="reject", words="  和第一条\n一样 ")
    assert "#3 张三家 生活垃圾分类投放 已驳回,原因:和第一条 一样。" in text


async def test_nothing_chosen_is_said_kindly(real: RealHouse) -> None:
    await three_claims(real)
    li = await real.person("li")
    await li.page("/review")
    answer = await li.post("/review", verdict="approve")
    assert answer.status == 400
    assert "一条都没有选" in await answer.text()


async def test_an_adjustment_follows_the_rules_of_the_talk(real: RealHouse) -> None:
    await three_claims(real)
    li = await real.person("li")
    await li.page("/review")
    text = await li.does(
        "/review", claim="2026-1", verdict="adjust", points="0.5", words="只分了一半"
    )
    assert "#1 张三家 生活垃圾分类投放 已通过 +0.5分" in text
    answer = await li.post("/review", claim="2026-2", verdict="adjust", points="半分")
    assert answer.status == 422
    assert "“半分”分不对" in await answer.text()


async def test_a_quantity_that_was_written_wrong_is_put_right_as_in_the_talk(
    real: RealHouse,
) -> None:
    await real.claim("zhang", "申报 志愿服务 8小时 昨天", jpeg(1))
    await real.claim("wang", "申报 志愿服务 3小时 昨天", jpeg(2))
    li = await real.person("li")
    text = await li.page("/review")
    assert "数量写错了,应该是几小时" in text
    text = await li.does(
        "/review", claim="2026-2", verdict="adjust", quantity="2", points="", words="只到了两小时"
    )
    assert "#2 王桂英家" in text
    claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 2)))
    assert claim is not None
    assert (claim.state, claim.act.quantity) == (ClaimState.APPROVED, 2)
    text = await li.does("/review", claim="2026-1", verdict="adjust", points="", words="x")
    assert 'class="said missed"' in text, "neither a quantity nor points"
    answer = await li.post("/review", claim="2026-1", verdict="adjust", quantity="几个", words="x")
    assert answer.status == 422


async def test_conflicts_and_the_second_person_are_shown_before_and_kept_after(
    real: RealHouse,
) -> None:
    await real.claim("li", "申报 垃圾分类", jpeg(1))
    await real.claim("chen", "代录 3组12号 开会")
    await real.claim("li", "扣分 3组15号 乱堆物")
    li = await real.person("li")
    text = await li.page("/review")
    assert "这是您自己家的,请别的委员审。" in text
    assert "这条是您报的,请别的委员审。" in text
    assert 'value="2026-1"' not in text
    assert "通过 #2" in text
    refused = await li.does("/review", claim="2026-1", verdict="approve")
    assert "#1 没有处理:这是您自己家的,请别的委员审。" in refused
    assert state_of(real, 1) is ClaimState.SUBMITTED


async def test_the_first_of_two_is_named_to_the_second(real: RealHouse) -> None:
    await real.claim("wang", "申报 献血", jpeg(1))
    li, chen = await real.person("li"), await real.person("chen")
    text = await li.page("/review")
    assert "这条要两位委员都同意。" in text
    text = await li.does("/review", claim="2026-1", verdict="approve")
    assert "这条要两个人,请另一位委员也回一次。" in text
    assert "李会计已同意,还要一位。" in text
    assert "通过 #1" not in text
    assert '驳回<span class="unseen"> #1</span>' in text
    assert "李会计已同意,还要一位。" in await chen.page("/review")
    assert "已通过" in await chen.does("/review", claim="2026-1", verdict="approve")


async def test_a_supervisor_sees_what_waits_and_decides_nothing(real: RealHouse) -> None:
    await three_claims(real)
    role = Role.SUPERVISOR
    real.read(lambda b: b.people.grant(real.cast.village, real.cast.zhao, role, at=real.clock.now))
    zhao = await real.person("zhao")
    text = await zhao.page("/review")
    assert "待审 3 条" in text
    assert "生活垃圾分类投放" in text
    for word in ('name="verdict"', "用键盘审", "选上的一起办"):
        assert word not in text
    text = await zhao.page("/review/objections")
    assert "要处理的异议 0 件" in text
    answer = await zhao.post("/review", claim="2026-1", verdict="approve")
    assert answer.status == 403


async def test_requests_to_be_bound_are_settled(real: RealHouse) -> None:
    await real.claim("stranger", "绑定 4组8号 赵大伟")
    li = await real.person("li")
    assert "绑定申请1" in await li.page("/review")
    text = await li.does("/review/bindings", request="1", verdict="bind")
    assert "绑到4组8号赵大伟家" in text
    answer = await li.post("/review/bindings", request="x", verdict="bind")
    assert answer.status == 400


async def test_more_than_a_page_is_looked_through_by_number(real: RealHouse) -> None:
    days = ("9月16日", "9月6日", "8月27日", "8月20日")
    for seed in range(14):
        who = ("wang", "zhang", "zhao", "chen")[seed % 4]
        await real.claim(who, f"申报 垃圾分类 {days[seed // 4]}", jpeg(seed))
    li = await real.person("li")
    text = await li.page("/review")
    assert "待审 14 条" in text
    assert text.count('class="box card"') == 12
    assert "/review?after=2026-12" in text
    rest = await li.page("/review?after=2026-12")
    assert rest.count('class="box card"') == 2
    assert "看后面的" not in rest
    assert "后面没有了" in await li.page("/review?after=2026-99")


async def test_a_claim_of_last_year_is_decided_though_this_year_has_its_number(
    real: RealHouse,
) -> None:
    real.clock.advance(days=106)
    await real.claim("zhang", "申报 垃圾分类", jpeg(1))
    real.clock.advance(days=1)
    await real.claim("wang", "申报 垃圾分类", jpeg(2))
    li = await real.person("li")
    text = await li.page("/review")
    assert "c-2026-1" in text
    assert "c-2027-1" in text
    text = await li.does("/review", claim="2026-1", verdict="approve")
    assert "#1 张三家 生活垃圾分类投放 已通过 +1分。" in text
    assert state_of(real, 1) is ClaimState.APPROVED
    text = await li.does("/review", claim=["2027-1"], verdict="reject", reason="照片看不清")
    assert "#1 王桂英家 生活垃圾分类投放 已驳回" in text


@pytest.mark.parametrize(
    "fields",
    [
        {"claim": "2026-1"},
        {"claim": "2026-1", "verdict": "delete"},
        {"claim": "1", "verdict": "approve"},
        {"claim": "2026-0", "verdict": "approve"},
        {"claim": "２０２６-1", "verdict": "approve"},
        {"claim": "2026-1;drop", "verdict": "approve"},
        {"claim": "2026-1", "verdict": "approve", "form": "short"},
        {"claim": [f"2026-{n}" for n in range(1, 200)], "verdict": "approve"},
    ],
)
async def test_a_form_that_no_page_of_ours_makes_changes_nothing(
    real: RealHouse, fields: dict[str, str]
) -> None:
    await three_claims(real)
    li = await real.person("li")
    await li.page("/review")
    answer = await li.post("/review", **fields)
    assert answer.status == 400
    assert state_of(real, 1) is ClaimState.SUBMITTED


async def test_a_form_taken_before_a_crash_is_done_after_it(real: RealHouse) -> None:
    await three_claims(real)
    [wish] = about_claims("a" * 24, Intent.APPROVE, (ClaimKey(2026, 1),))
    assert wish.act is not None
    body = {"kind": "text", "text": "通过 1", "name": "", "act": packed(wish.act)}
    left = Received("web", f"li:{wish.id}", None, "li", real.clock.now, "", json.dumps(body))
    real.read(lambda b: b.inbox.receive(left, at=real.clock.now))
    li = await real.person("li")
    assert "已经收到,正在办。" in await li.page(f"/review?said={wish.id}")
    await real.house.assistant.resume("web")
    await real.house.assistant.idle()
    assert state_of(real, 1) is ClaimState.APPROVED
    assert "已通过 +1分" in await li.page(f"/review?said={wish.id}")
    nothing = f"{'b' * 24}-{'0' * 12}"
    assert 'id="said"' not in await li.page(f"/review?said={nothing}")


@pytest.mark.parametrize("written", ["-5", "-0.5"])
async def test_an_award_is_not_set_below_nothing(real: RealHouse, written: str) -> None:
    await three_claims(real)
    li = await real.person("li")
    await li.page("/review")
    told = await li.does("/review", claim="2026-2", verdict="adjust", points=written)
    assert "分数不能是负的,没有改" in told
    claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 2)))
    assert (claim.state, claim.points) == (ClaimState.SUBMITTED, None)


async def test_no_more_is_given_than_the_rule_gives(real: RealHouse) -> None:
    await three_claims(real)
    li = await real.person("li")
    await li.page("/review")
    told = await li.does("/review", claim="2026-2", verdict="adjust", points="5", words="多给")
    assert "已通过" not in told
    claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 2)))
    assert (claim.state, claim.points) == (ClaimState.SUBMITTED, None)
    told = await li.does("/review", claim="2026-2", verdict="adjust", points="0.5", words="一半")
    assert "已通过 +0.5分" in told
    assert "按细则是0.5分" not in told
