"""The relay page: what waits for a hand, ticks, and words brought in for somebody else."""

import asyncio

import aiohttp
import pytest

from bot.app import build
from bot.web.relay_entry import Entry
from domain.claim import ClaimKey, ClaimState
from domain.mail import OutboxState
from domain.membership import HouseholdId, Role
from domain.relay import HAND
from schedules.announcing import WEB, to_committee, to_rooms
from schedules.jobs import Errand
from storage.people import Contact
from storage.unit_of_work import Books
from tests.pictures import jpeg
from tests.web.real import Person, RealHouse
from tests.web.relaying import (
    ACCOUNT,
    RECEIPT,
    ROOM,
    SECRET_WORDS,
    by_hand,
    come_back,
    go_away,
    queue,
    states,
)
from tests.web.test_safety import CODE, guest, slip

FORM = "c" * 24


async def says(
    person: Person,
    words: str,
    *,
    who: str,
    room: str,
    photos: tuple[bytes, ...] = (),
    form: str = FORM,
    **fields: str,
) -> aiohttp.ClientResponse:
    """Send the form that brings a message in, photos with it."""
    form_data = aiohttp.FormData()
    for name, value in {
        "csrf": person.csrf,
        "id": form,
        "from": who,
        "room": room,
        "words": words,
        **fields,
    }.items():
        form_data.add_field(name, value)
    for number, photo in enumerate(photos):
        form_data.add_field("photo", photo, filename=f"{number}.jpg", content_type="image/jpeg")
    if not photos:
        form_data.add_field("photo", b"", filename="", content_type="application/octet-stream")
    return await person.client.post("/relay/said", data=form_data, allow_redirects=False)


async def brings(person: Person, words: str, **how: object) -> str:
    """Bring a message in and return the page that follows."""
    answer = await says(person, words, **how)  # type: ignore[arg-type]
    assert answer.status == 303, await answer.text()
    return await person.page(answer.headers["Location"].partition("#")[0])


async def test_a_villager_is_refused_on_the_relay_page(real: RealHouse) -> None:
    go_away(real)
    number = queue(real, "a")
    zhang = await real.person("zhang")
    text = await zhang.page("/relay", status=403)
    assert "这一页是给审核委员看的" in text
    assert RECEIPT not in text
    await zhang.page("/me")
    assert (await zhang.post("/relay/ticks", letter=str(number))).status == 403
    assert (
        await zhang.post("/relay/rooms", act="add", name="群", purpose="villagers")
    ).status == 403
    assert (await says(zhang, "申报 垃圾分类", who="p2", room=f"{ACCOUNT}|{ROOM}")).status == 403
    await zhang.page(f"/relay/pictures/{number}", status=404)
    assert states(real) == {OutboxState.QUEUED: 1}


async def test_the_committee_of_another_village_is_refused_what_is_ours(real: RealHouse) -> None:
    go_away(real)
    photo = real.house.ground.photos.keep(jpeg(3)).sha256
    number, picture = queue(real, "a"), queue(real, "b", text="", photo=photo)
    real.another_village()
    other, li = await real.person("other"), await real.person("li")
    text = await other.page("/relay")
    assert RECEIPT not in text
    assert "现在没有要您发的话" in text
    assert "没有找到“张三”" in await other.page("/relay?who=张三")
    await other.page(f"/relay/pictures/{picture}", status=404)
    await other.does("/relay/ticks", letter=str(number))
    theirs = f"{ACCOUNT}|{ROOM}"
    answer = await other.post("/relay/rooms", act="name", room=theirs, name="抢来的")
    assert answer.status == 400
    for who, room in (("p5", ""), ("h5", ""), ("p1", theirs), ("x", theirs)):
        assert (await says(other, "申报 垃圾分类", who=who, room=room, name="张三")).status == 400
    assert states(real) == {OutboxState.QUEUED: 2}
    assert real.read(lambda b: b.claims.count(real.cast.village, year=2026)) == 0
    await li.page(f"/relay/pictures/{number}", status=404)
    async with li.client.get(f"/relay/pictures/{picture}") as shown:
        assert (shown.status, shown.content_type) == (200, "image/jpeg")
        assert "no-cache" in shown.headers["Cache-Control"]


async def test_what_waits_shows_after_ten_minutes_and_goes_when_the_account_is_back(
    real: RealHouse,
) -> None:
    go_away(real, minutes=9)
    queue(real, "a")
    li = await real.person("li")
    text = await li.page("/relay")
    assert RECEIPT not in text
    assert "连不上" not in text
    real.clock.advance(minutes=1)
    text = await li.page("/relay")
    assert "小助手的微信号从今天09:51起连不上" in text
    assert RECEIPT in text
    assert "要发的 1 条" in text
    assert "代发 1" in await li.page("/review")
    come_back(real)
    text = await li.page("/relay")
    assert RECEIPT not in text
    assert "连不上" not in text


async def test_letters_are_grouped_by_room_the_oldest_first(real: RealHouse) -> None:
    by_hand(real)
    go_away(real)
    queue(real, "a", text="第一条")
    queue(real, "b", text="第二条", account=HAND, room=f"{real.cast.village}.villagers")
    queue(real, "c", text="第三条")
    text = await (await real.person("li")).page("/relay")
    places = [text.index(f">{words}</p>") for words in ("第一条", "第三条", "第二条")]
    assert places == sorted(places)
    assert text.index("幸福村大群”") > places[1]


async def test_a_tick_is_kept_and_taken_back_within_half_an_hour(real: RealHouse) -> None:
    go_away(real)
    number = queue(real, "a")
    li = await real.person("li")
    await li.page("/relay")
    text = await li.does("/relay/ticks", letter=str(number))
    assert "记下了,这条发好了" in text
    assert "现在没有要您发的话" in text
    assert "李会计:" in text
    assert states(real) == {OutboxState.RELAYED: 1}
    text = await li.does("/relay/ticks", letter=str(number), act="back")
    assert "放回去了,这条还没发" in text
    assert states(real) == {OutboxState.QUEUED: 1}
    await li.does("/relay/ticks", letter=str(number))
    real.clock.advance(minutes=31)
    text = await li.does("/relay/ticks", letter=str(number), act="back")
    assert "刚发好的" not in text
    assert states(real) == {OutboxState.RELAYED: 1}


async def test_the_second_to_tick_is_told_who_was_first(real: RealHouse) -> None:
    go_away(real)
    number = queue(real, "a")
    li, chen = await real.person("li"), await real.person("chen")
    await li.page("/relay")
    await chen.page("/relay")
    await li.does("/relay/ticks", letter=str(number))
    text = await chen.does("/relay/ticks", letter=str(number))
    assert "李会计已经发过这条了,您不用再发" in text
    assert "陈主任:" not in text


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (OutboxState.SENDING, "小助手刚好自己发出去了"),
        (OutboxState.SENT, "小助手刚好自己发出去了"),
        (OutboxState.UNCERTAIN, "不知道发到没有"),
    ],
)
async def test_a_tick_that_comes_too_late_is_told_kindly(
    real: RealHouse, state: OutboxState, told: str
) -> None:
    go_away(real)
    number = queue(real, "a")
    li = await real.person("li")
    await li.page("/relay")
    real.read(lambda books: books.outbox.begin((number,)))
    if state is not OutboxState.SENDING:
        real.read(lambda books: books.outbox.settle(number, state, at=real.clock.now))
    assert told in await li.does("/relay/ticks", letter=str(number))
    assert states(real) == {state: 1}


async def test_many_are_ticked_at_once(real: RealHouse) -> None:
    go_away(real)
    numbers = [str(queue(real, key)) for key in "abc"]
    li = await real.person("li")
    await li.page("/relay")
    async with li.client.post(
        "/relay/ticks",
        data=[("csrf", li.csrf), ("id", FORM), *(("letter", n) for n in numbers)],
        allow_redirects=False,
    ) as answer:
        assert answer.status == 303
    assert states(real) == {OutboxState.RELAYED: 3}


async def test_what_may_have_gone_out_is_named_and_offered_to_nobody(real: RealHouse) -> None:
    go_away(real)
    number = queue(real, "a")
    real.read(lambda books: books.outbox.begin((number,)))
    real.read(lambda books: books.outbox.orphaned(ACCOUNT, at=real.clock.now))
    li = await real.person("li")
    text = await li.page("/relay")
    assert "可能已经发了的 1 条" in text
    assert f'id="w-{number}"' not in text
    assert "不知道发到没有" in await li.does("/relay/ticks", letter=str(number))
    assert states(real) == {OutboxState.UNCERTAIN: 1}


async def test_a_letter_to_one_person_is_that_person_s_alone(real: RealHouse) -> None:
    go_away(real)
    number = queue(real, "a", room=None, text=SECRET_WORDS)
    li, zhang = await real.person("li"), await real.person("zhang")
    text = await li.page("/relay")
    assert "张三(3组12号张三家):1条" in text
    assert "乱堆物" not in text
    mine = await zhang.page("/me")
    assert "没送到您家手机上的话" in mine
    assert SECRET_WORDS in mine
    wang = await real.person("wang")
    assert SECRET_WORDS not in await wang.page("/me")
    text = await li.does("/relay/ticks", letter=str(number))
    assert "乱堆物" not in text
    assert "请张三去看的话" in text
    assert SECRET_WORDS in await zhang.page("/me")
    assert states(real) == {OutboxState.RELAYED: 1}


async def test_who_comes_by_the_slip_reads_what_was_said_to_the_household(real: RealHouse) -> None:
    real.read(lambda books: slip(books, real.cast.village, CODE))
    go_away(real)
    queue(real, "a", room=None, text=SECRET_WORDS, kind="notice")
    queue(real, "b", room=None, text="点这里:https://jifen.example/enter/link?token=x")
    visitor = await guest(real)
    assert (await visitor.post("/enter/code", code=CODE)).status == 303
    await real.house.assistant.idle()
    mine = await visitor.page("/me")
    assert SECRET_WORDS in mine
    assert "token=x" not in mine
    assert len(real.read(lambda b: b.people.of_household(real.cast.village, HouseholdId(1)))) == 3
    assert SECRET_WORDS not in await (await real.person("wang")).page("/me")


async def test_what_is_said_to_an_office_is_not_the_household_s(real: RealHouse) -> None:
    go_away(real)
    queue(real, "reminder", room=None, contact="wx-li", text="本月还有3条没审", kind="notice")
    told = queue(real, "decision:x:1:wx-li:", room=None, contact="wx-li", text=SECRET_WORDS)
    assert told
    village, now = real.cast.village, real.clock.now

    def act(books: Books) -> None:
        son = books.people.add(village, name="李小", household=HouseholdId(3), at=now)
        books.people.bind(village, Contact(WEB, "son"), son, at=now)

    real.read(act)
    sons = await (await real.person("son")).page("/me")
    assert SECRET_WORDS in sons
    assert "没审" not in sons
    assert "没审" in await (await real.person("li")).page("/me")


async def test_one_s_own_letter_is_shown_to_oneself(real: RealHouse) -> None:
    go_away(real)
    queue(real, "a", room=None, contact="wx-li", text="明天9点开会,请带本子")
    li, chen = await real.person("li"), await real.person("chen")
    assert "明天9点开会" in await li.page("/relay")
    assert "明天9点开会" not in await chen.page("/relay")


async def test_my_page_shows_nothing_that_the_account_will_bring(real: RealHouse) -> None:
    go_away(real)
    queue(real, "a", room=None, text=SECRET_WORDS)
    come_back(real)
    assert SECRET_WORDS not in await (await real.person("zhang")).page("/me")


async def test_a_claim_with_its_photo_is_brought_in_and_says_by_whom(
    real_on_both: RealHouse,
) -> None:
    real = real_on_both
    room = by_hand(real)
    li, chen = await real.person("li"), await real.person("chen")
    text = await li.page("/relay?who=王桂英")
    assert "王桂英 · 3组15号王桂英家" in text
    where = f"{HAND}|{room.room}"
    text = await brings(li, "申报 垃圾分类", who="p2", room=where, photos=(jpeg(21),))
    assert "收到,王桂英家 #1 生活垃圾分类投放" in text
    assert "照片1张" in text
    assert "要发的 1 条" in text
    village, key = real.cast.village, ClaimKey(2026, 1)
    claim = real.read(lambda b: b.claims.get(village, key))
    assert (claim.filed_by, claim.relayed_by) == (real.cast.wang, real.cast.li)
    assert real.read(lambda b: b.reviews.involved(village, key)) == {real.cast.wang, real.cast.li}
    assert "这条是您代大家录进来的,请别的委员审" in await li.page("/review")
    await li.does("/review", claim="2026-1", verdict="approve")
    assert real.read(lambda b: b.claims.get(village, key)).state is ClaimState.SUBMITTED
    page = await chen.page("/review")
    assert "李会计代录的" in page
    await chen.does("/review", claim="2026-1", verdict="approve")
    assert real.read(lambda b: b.claims.get(village, key)).state is ClaimState.APPROVED
    text = await li.page("/relay")
    assert "王桂英家 #1 生活垃圾分类投放 审核通过,+1分" in text
    assert "要发的 2 条" in text


async def test_words_first_and_the_photo_afterwards_join(real: RealHouse) -> None:
    room = by_hand(real)
    li = await real.person("li")
    await li.page("/relay")
    where = f"{HAND}|{room.room}"
    text = await brings(li, "申报 垃圾分类", who="p1", room=where)
    assert "还差1张照片" in text
    text = await brings(li, "", who="p1", room=where, photos=(jpeg(22),), form="d" * 24)
    assert "收到,张三家 #1" in text


async def test_the_same_form_is_brought_in_once(real: RealHouse) -> None:
    room = by_hand(real)
    li = await real.person("li")
    await li.page("/relay")
    where = f"{HAND}|{room.room}"
    for _ in range(3):
        await brings(li, "申报 垃圾分类", who="p1", room=where, photos=(jpeg(23),))
    assert real.read(lambda b: b.claims.count(real.cast.village, year=2026)) == 1
    text = await brings(li, "申报 垃圾分类", who="p1", room=where, form="e" * 24)
    assert "同样的话刚刚已经录过了" in text
    assert real.read(lambda b: b.claims.count(real.cast.village, year=2026)) == 1


async def test_a_household_nobody_is_bound_to_gets_its_first_person(real: RealHouse) -> None:
    room = by_hand(real)
    li = await real.person("li")
    text = await li.page("/relay?who=4组9-1号")
    assert 'value="h6"' in text
    where = f"{HAND}|{room.room}"
    await brings(li, "我家多少分", who="h6", room=where, name="周大妹")
    await brings(li, "我家多少分", who="h6", room=where, name="周大妹", form="d" * 24)
    members = real.read(lambda b: b.relays.members(real.cast.village, (6,)))
    assert [name for _, name, _ in members] == ["周大妹"]
    person = real.read(lambda b: b.people.find(real.cast.village, members[0][0]))
    assert not person.has_consented
    assert real.read(lambda b: b.people.contacts_of(real.cast.village, person.id)) == ()
    assert "周大妹" in await li.page("/relay?who=周大妹")


async def test_somebody_nobody_knows_hears_the_way_to_be_bound(real: RealHouse) -> None:
    room = by_hand(real)
    li = await real.person("li")
    await li.page("/relay")
    where = f"{HAND}|{room.room}"
    text = await brings(li, "申报 垃圾分类", who="x", name="过路人", room=where)
    assert "您还没有绑定到哪一户" in text
    assert "给还没登记的人的回复" in text
    with real.open_books() as books:
        assert (
            "过路人"
            not in books.relays.waiting(
                real.cast.village, (HAND,), accounts=(HAND,), now=real.clock.now
            )[0].draft.contact
        )
    assert "没有找到" not in await li.page("/relay?who=15号")


@pytest.mark.parametrize(
    "words",
    [
        "网页",
        "通过 1",
        "扣分 3组12号 乱堆物",
        "同意公开姓名",
        "退出",
        "我的数据",
        "代录 3组12号 开会",
    ],
)
async def test_what_is_one_s_own_word_is_not_said_by_another(real: RealHouse, words: str) -> None:
    """Not even in the name of a colleague of the committee, and nobody's link is given away."""
    room = by_hand(real)
    await real.claim("zhang", "申报 垃圾分类", jpeg(24))
    li = await real.person("li")
    await li.page("/relay")
    text = await brings(li, words, who="p4", room=f"{HAND}|{room.room}")
    assert "这件事要本人自己来说" in text
    assert "token=" not in text
    claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 1)))
    assert claim.state is ClaimState.SUBMITTED


async def test_what_was_said_face_to_face_is_answered_on_the_page(real: RealHouse) -> None:
    li = await real.person("li")
    await li.page("/relay")
    text = await brings(li, "我家多少分", who="p1", room="")
    assert "张三家2026年共0分" in text
    assert "当面告诉张三" in text
    assert states(real) == {OutboxState.QUEUED: 1}


async def test_a_message_from_the_room_of_an_account_is_answered_by_it_when_it_is_back(
    real: RealHouse,
) -> None:
    go_away(real)
    li = await real.person("li")
    await li.page("/relay")
    text = await brings(li, "我家多少分", who="p1", room=f"{ACCOUNT}|{ROOM}")
    assert "要发的 1 条" in text
    [letter] = real.read(lambda b: b.outbox.due(ACCOUNT, now=real.clock.now, limit=5))
    assert (letter.draft.room, letter.draft.mention) == (ROOM, None)


async def test_the_act_is_dated_by_when_it_was_said(real: RealHouse) -> None:
    room = by_hand(real)
    li = await real.person("li")
    await li.page("/relay")
    where = f"{HAND}|{room.room}"
    await brings(
        li,
        "昨天在村口申报 垃圾分类",
        who="p1",
        room=where,
        photos=(jpeg(25),),
        at="2026-09-14T20:30",
    )
    claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 1)))
    assert (claim.act.occurred_on.isoformat(), claim.state) == ("2026-09-13", ClaimState.SUBMITTED)
    for at in ("2026-09-16T10:01", "2026-09-09T09:59"):
        answer = await says(li, "我家多少分", who="p1", room=where, at=at, form="d" * 24)
        assert answer.status == 422
        assert "时间不对" in await answer.text()


async def test_hostile_forms_are_refused_and_change_nothing(real: RealHouse) -> None:
    room = by_hand(real)
    li = await real.person("li")
    await li.page("/relay")
    where = f"{HAND}|{room.room}"
    good = {"who": "p1", "room": where}
    for bad in (
        {"who": "p999"},
        {"who": "h999"},
        {"who": "p" + "9" * 30},
        {"who": "x1"},
        {"who": ""},
        {"who": "1"},
        {"room": "hand|9.9"},
        {"room": "../x"},
        {"form": "short"},
        {"at": "gestern"},
        {"photos": tuple(jpeg(n) for n in range(5))},
    ):
        answer = await says(li, "申报 垃圾分类", **(good | bad))  # type: ignore[arg-type]
        assert answer.status == 400, bad
    assert (await says(li, "", **good)).status == 400
    answer = await says(li, "申报 垃圾分类", photos=(b"GIF89a no photo",), **good)
    text = await li.page(answer.headers["Location"].partition("#")[0])
    assert "这个文件不是照片" in text
    for token in ("", "0" * 64):
        li.csrf, kept = token, li.csrf
        assert (await says(li, "申报 垃圾分类", **good)).status == 403
        assert (await li.post("/relay/ticks", letter="1")).status == 403
        li.csrf = kept
    for letter in ("0", "x", "1" * 30, ""):
        assert (await li.post("/relay/ticks", letter=letter)).status == 400
    for told in ("x", "1,,2", "1" * 30, "-1"):
        await li.page(f"/relay?told={told}&said=<b>")


async def test_words_of_people_stay_text_on_the_page(real: RealHouse) -> None:
    evil = '"><script>alert(1)</script>'
    room = by_hand(real, name=evil)
    queue(real, "a", account=HAND, room=room.room, text=evil)
    text = await (await real.person("li")).page(f"/relay?who={evil}")
    assert "alert(1)" in text
    assert "<script>alert" not in text


async def test_a_group_is_added_renamed_and_closed_on_the_page(real: RealHouse) -> None:
    li = await real.person("li")
    await li.page("/relay")
    for _ in range(2):
        text = await li.does("/relay/rooms", act="add", name="河东群", purpose="villagers")
    assert "河东群(村民群,手工发)" in text
    hand = [r for r in real.read(lambda b: b.relays.rooms(real.cast.village)) if r.account == HAND]
    assert len(hand) == 1
    key = f"{HAND}|{hand[0].room}"
    assert "河西群(村民群,手工发)" in await li.does(
        "/relay/rooms", act="name", room=key, name="河西群"
    )
    go_away(real)
    await li.does("/relay/rooms", act="close", room=f"{ACCOUNT}|{ROOM}")
    assert real.read(lambda b: b.rooms.get(ACCOUNT, ROOM)) is not None
    real.clock.advance(days=1)
    await li.does("/relay/rooms", act="close", room=f"{ACCOUNT}|{ROOM}")
    assert real.read(lambda b: b.rooms.get(ACCOUNT, ROOM)) is None
    assert "河西群" not in await li.does("/relay/rooms", act="close", room=key)
    for bad in ({"act": "add", "purpose": "town"}, {"act": "burn"}, {"name": ""}):
        fields = {"act": "add", "name": "群", "purpose": "villagers"} | bad
        assert (await li.post("/relay/rooms", **fields)).status == 400


async def test_the_calendar_speaks_to_groups_that_are_served_by_hand(real: RealHouse) -> None:
    """A village without any account: its notices wait on the page from the start."""
    by_hand(real)
    by_hand(real, name="审核小组", purpose="committee")

    def announce(books: Books) -> None:
        village = books.villages.get(real.cast.village)
        errand = Errand(books, village, "2026-09", real.clock.now, str, lambda _: True)
        assert to_rooms(errand, "villagers", "本月28日前请报齐积分。", key="month")
        assert to_committee(errand, "请在28日前审完。", key="month")

    real.read(announce)
    li = await real.person("li")
    text = await li.page("/relay")
    assert "发到“幸福村大群”" in text
    assert "本月28日前请报齐积分。" in text
    assert "请在28日前审完。" in text
    assert "连不上" not in text
    assert "要发的 2 条" in text


async def test_what_a_crash_left_is_worked_off_at_the_next_start(real: RealHouse) -> None:
    room = by_hand(real)
    entry = Entry(FORM, "p1", "", f"{HAND}|{room.room}", None, "申报 垃圾分类", (jpeg(26),))
    counter = real.house.site.relay
    await real.house.assistant.close()
    task = asyncio.create_task(counter.enter("li", entry))
    for _ in range(3000):
        await asyncio.sleep(0.01)
        if real.read(lambda b: b.inbox.count(HAND)) == 2:
            break
    await asyncio.sleep(0.05)  # a process that ends takes up no more, however late its end comes
    task.cancel()
    li = await real.person("li")
    assert "正在办" in await li.page(f"/relay?said={FORM}")
    again = build(real.house.ground.settings, clock=real.clock)
    await again.assistant.resume(HAND)
    await again.assistant.idle()
    await again.assistant.close()
    await asyncio.to_thread(again.ground.performer.close)
    again.ground.engine.dispose()
    assert "收到,张三家 #1" in await li.page(f"/relay?said={FORM}")


async def test_who_leaves_the_committee_carries_nothing_more(real: RealHouse) -> None:
    go_away(real)
    number = queue(real, "a")
    li = await real.person("li")
    await li.page("/relay")
    who = Contact("web", "li")
    real.read(lambda b: b.people.unbind(real.cast.village, who, at=real.clock.now))
    await li.page("/relay", status=403)
    assert (await li.post("/relay/ticks", letter=str(number))).status == 403
    assert real.cast.li in real.read(lambda b: b.people.holders(real.cast.village, Role.COMMITTEE))
    assert states(real) == {OutboxState.QUEUED: 1}


async def test_guests_are_sent_to_the_door(real: RealHouse) -> None:
    client = await real.client()
    async with client.get("/relay", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (302, "/enter")
