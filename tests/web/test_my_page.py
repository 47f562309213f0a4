"""The page of one's own household: what it shows, and that its forms are the talk's own acts."""

import pytest

from domain.claim import ClaimKey, ClaimState
from tests.web.real import RealHouse, three_claims


async def approved(real: RealHouse, *numbers: int) -> None:
    """Let 李会计 approve claims on the page."""
    li = await real.person("li")
    await li.page("/review")
    await li.does("/review", claim=[f"2026-{n}" for n in numbers], verdict="approve")


async def test_a_household_sees_its_points_claims_photos_and_place(real: RealHouse) -> None:
    await three_claims(real)
    await approved(real, 1)
    zhang = await real.person("zhang")
    text = await zhang.page("/me")
    for words in (
        "张三 · 幸福村",
        "<strong>1</strong> 分",
        "全村7户中第1名",
        "还有1条等审核,通过后约+1分",
        "#3 生活垃圾分类投放",
        "等待审核,预计+1分",
        "生活垃圾分类投放</h3>",
        "9月16日 #1",
        "您已经同意",
    ):
        assert words in text, words
    for number in (1, 3):
        assert real.photos_of(number)[0] + "/small" in text
    assert real.photos_of(2)[0] not in text
    assert "审核</a>" not in text


async def test_a_claim_is_withdrawn_beside_itself(real_on_both: RealHouse) -> None:
    real = real_on_both
    await three_claims(real)
    zhang = await real.person("zhang")
    await zhang.page("/me")
    text = await zhang.does("/me", act="withdraw", claim="2026-3")
    assert "#3 生活垃圾分类投放已撤回。" in text
    claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 3)))
    assert claim.state is ClaimState.WITHDRAWN
    assert "#3 生活垃圾分类投放已撤回。" in await real.said_to("zhang")


async def test_a_claim_is_corrected_in_words(real: RealHouse) -> None:
    await three_claims(real)
    zhang = await real.person("zhang")
    await zhang.page("/me")
    text = await zhang.does("/me", act="amend", claim="2026-3", words="9月7日 在村口")
    assert "收到,张三家 #3 生活垃圾分类投放" in text
    assert "时间9月7日" in text


async def test_an_objection_is_said_as_in_the_talk(real: RealHouse) -> None:
    await three_claims(real)
    await approved(real, 1)
    zhang = await real.person("zhang")
    await zhang.page("/me")
    text = await zhang.does("/me", act="object", claim="2026-1", words="少算了一次")
    told = (await real.said_to("zhang"))[-1]
    assert told in text
    lines = await real.house.parlour.transcript("zhang", limit=10)
    assert "异议 1 少算了一次" in [line.text for line in lines if line.is_mine]


async def test_what_another_household_has_filed_is_left_alone(real: RealHouse) -> None:
    await three_claims(real)
    wang = await real.person("wang")
    await wang.page("/me")
    text = await wang.does("/me", act="withdraw", claim="2026-1")
    assert "#1不是您家的申报,不能看也不能改。" in text
    claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 1)))
    assert claim.state is ClaimState.SUBMITTED


async def test_a_rejected_claim_says_why_and_by_whom(real: RealHouse) -> None:
    await three_claims(real)
    li = await real.person("li")
    await li.page("/review")
    await li.does("/review", claim="2026-2", verdict="reject", reason="照片看不清")
    wang = await real.person("wang")
    text = await wang.page("/me")
    assert "没有通过:照片看不清(李会计审核)" in text
    assert "撤回 #2" not in text


async def test_consent_is_given_beside_what_is_kept(real: RealHouse) -> None:
    real.read(lambda b: b.people.consent(real.cast.village, real.cast.zhang, at=None))
    zhang = await real.person("zhang")
    assert "我同意" in await zhang.page("/me")
    text = await zhang.does("/me", act="consent")
    assert "已记下您同意" in text
    assert "您已经同意" in text


async def test_who_belongs_to_no_household_is_told_the_way(real: RealHouse) -> None:
    stranger = await real.person("stranger")
    text = await stranger.page("/me")
    assert "您还没有绑定到哪一户" in text
    assert "/chat?say=%E7%BB%91%E5%AE%9A%20" in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"act": "withdraw"}, "什么都没有改"),
        ({"act": "withdraw", "claim": "x"}, "什么都没有改"),
        ({"act": "erase", "claim": "2026-1"}, "什么都没有改"),
        ({"act": "amend", "claim": "2026-1", "words": " \x00 "}, "还没有写"),
        ({"act": "object", "words": "x"}, "什么都没有改"),
        ({"act": "consent", "form": "../../etc/passwd"}, "什么都没有改"),
    ],
)
async def test_a_form_that_the_page_does_not_make_changes_nothing(
    real: RealHouse, fields: dict[str, str], words: str
) -> None:
    await three_claims(real)
    zhang = await real.person("zhang")
    await zhang.page("/me")
    answer = await zhang.post("/me", **fields)
    assert answer.status == 400
    assert words in await answer.text()


async def test_words_for_the_talk_stand_in_its_field(real: RealHouse) -> None:
    zhang = await real.person("zhang")
    text = await zhang.page("/chat?say=%22%3E%3Cscript%3E退出" + "长" * 200)
    assert "<script>退出" not in text
    assert "&#34;&gt;&lt;script&gt;退出" in text
    assert "长" * 101 not in text


async def test_the_frame_shows_only_what_is_ones_own(real: RealHouse) -> None:
    zhang, li, stranger = [await real.person(who) for who in ("zhang", "li", "stranger")]
    assert "/me" in await zhang.page("/chat")
    assert "/review" not in await zhang.page("/chat")
    text = await li.page("/review")
    assert 'href="/review" aria-current="page"' in text
    assert "去哪一页" not in await stranger.page("/chat")


async def test_a_new_message_of_the_calendar_does_not_hide_an_answer(real: RealHouse) -> None:
    await three_claims(real)
    zhang = await real.person("zhang")
    await zhang.page("/me")
    answer = await zhang.post("/me", act="withdraw", claim="2026-3")
    place = answer.headers["Location"]
    await real.claim("zhang", "我家多少分")
    assert "#3 生活垃圾分类投放已撤回。" in await zhang.page(place)
    wang = await real.person("wang")
    assert "已撤回" not in await wang.page(place)


async def test_the_same_said_twice_within_ten_seconds_is_told_so(real: RealHouse) -> None:
    await three_claims(real)
    zhang = await real.person("zhang")
    await zhang.page("/me")
    await zhang.does("/me", act="withdraw", claim="2026-3")
    assert "同样的话刚刚已经办过了。" in await zhang.does("/me", act="withdraw", claim="2026-3")
