"""The Wechaty adapter against the real npm gateway."""

import asyncio
import hashlib
import random
from datetime import UTC, datetime

import pytest

from bot.gateways.message import MessageKind, Outgoing, PhotoGone, SendFailed, SendUncertain
from bot.gateways.wechaty import WechatyGateway
from tests.gateway.process import NpmGateway
from tests.gateway.recorder import RecordingIntake

pytestmark = pytest.mark.gateway

ROOM = "village@chatroom"


async def test_words_come_in_and_an_answer_goes_out(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.contact("zhang", "张三")
    npm.room(ROOM, topic="村群", members=("zhang",), aliases={"zhang": "张家"})
    message_id = npm.say(ROOM, "zhang", "扫地 2 小时")
    await intake.until(lambda: len(intake.messages) == 1)
    heard = intake.messages[0]
    assert heard.account == "wechaty:bot"
    assert (heard.id, heard.kind, heard.person) == (message_id, MessageKind.TEXT, "zhang")
    assert (heard.room, heard.person_name, heard.text) == (ROOM, "张家", "扫地 2 小时")
    assert not heard.is_mentioned

    await wechat.send(Outgoing(ROOM, None, "收到", mentions=("zhang",)))
    await intake.until(lambda: len(intake.echoes) == 1)
    assert intake.echoes[0][:2] == (ROOM, "收到")
    (sent,) = npm.sent()
    assert sent["text"] == "@张家\u2005收到"
    assert sent["mentions"] == ["zhang"]
    assert len(intake.messages) == 1


async def test_two_people_at_once_are_each_heard_in_order(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    told = [{"from": f"p{n % 2}", "text": f"{n}"} for n in range(200)]
    npm.burst(ROOM, told)
    await intake.until(lambda: len(intake.messages) == 200)
    assert intake.texts == [str(n) for n in range(200)]
    assert npm.health()["counts"]["members"] <= 4


async def test_a_direct_message_has_no_room_and_its_answer_goes_to_the_person(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.contact("wang", "王五")
    npm.say(None, "wang", "查分")
    await intake.until(lambda: len(intake.messages) == 1)
    assert intake.messages[0].room is None
    assert intake.messages[0].person_name == "王五"
    await wechat.send(Outgoing(None, "wang", "88 分"))
    await intake.until(lambda: len(intake.echoes) == 1)
    assert intake.echoes[0][:2] == ("wang", "88 分")
    assert npm.sent()[0]["to"] == "wang"


async def test_our_own_mention_is_taken_out_and_noted(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.room(ROOM, members=("zhang",), aliases={"bot": "小 积分"})
    npm.say(ROOM, "zhang", "扫地", mention=True)
    npm.say(ROOM, "zhang", "@积分助手 浇水")
    npm.say(ROOM, "zhang", "@李四 浇水")
    await intake.until(lambda: len(intake.messages) == 3)
    assert intake.texts == ["扫地", "浇水", "@李四 浇水"]
    assert [message.is_mentioned for message in intake.messages] == [True, True, False]


@pytest.mark.parametrize("size", [1_000, 25_000, 200_000, 8_000_000])
async def test_a_photo_of_any_size_arrives_byte_for_byte(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake, size: int
) -> None:
    image = random.Random(size).randbytes(size)
    npm.photo(ROOM, "zhang", image)
    await intake.until(lambda: len(intake.messages) == 1)
    assert intake.messages[0].kind is MessageKind.PHOTO
    assert await wechat.photo(intake.messages[0].id) == image


async def test_a_photo_falls_back_to_the_smaller_version(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.payload("p1#3", "fail")
    npm.photo(ROOM, "zhang", b"jpeg", id="p1")
    await intake.until(lambda: len(intake.messages) == 1)
    assert await wechat.photo("p1") == b"jpeg"


async def test_a_photo_that_the_platform_lost_is_gone(wechat: WechatyGateway) -> None:
    with pytest.raises(PhotoGone):
        await wechat.photo("never-sent")


async def test_a_photo_beyond_every_limit_is_given_up(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.photo(ROOM, "zhang", bytes(25_000_001))
    await intake.until(lambda: len(intake.messages) == 1)
    with pytest.raises(PhotoGone, match="too large"):
        await wechat.photo(intake.messages[0].id)
    npm.say(ROOM, "zhang", "扫地")
    await intake.until(lambda: intake.texts == ["扫地"])


async def test_a_photo_goes_out_and_comes_back_as_an_echo(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    image = random.Random(1).randbytes(400_000)
    npm.room(ROOM)
    npm.options(sendIds=True)
    message_id = await wechat.send(Outgoing(ROOM, None, photo=image))
    await intake.until(lambda: len(intake.echoes) == 1)
    assert intake.echoes == [(ROOM, "", message_id)]
    assert npm.sent()[0]["sha256"] == hashlib.sha256(image).hexdigest()


async def test_a_photo_over_three_megabytes_is_not_sent(
    npm: NpmGateway, wechat: WechatyGateway
) -> None:
    npm.room(ROOM)
    await wechat.send(Outgoing(ROOM, None, photo=bytes(3_000_000)))
    with pytest.raises(SendFailed):
        await wechat.send(Outgoing(ROOM, None, photo=bytes(3_000_001)))
    assert [sent["photo"] for sent in npm.sent()] == [3_000_000]


async def test_the_same_event_twice_is_announced_twice_and_taken_once(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    first = npm.say(ROOM, "zhang", "扫地")
    npm.duplicate(first)
    npm.say(ROOM, "zhang", "浇水")
    await intake.until(lambda: len(intake.messages) == 2)
    assert intake.announcements.count(first) == 2
    assert intake.texts == ["扫地", "浇水"]


async def test_a_message_waits_until_its_row_is_written(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    intake.may_announce.clear()
    npm.say(ROOM, "zhang", "扫地")
    await asyncio.sleep(1.0)
    assert intake.texts == []
    intake.may_announce.set()
    await intake.until(lambda: intake.texts == ["扫地"])


async def test_a_message_goes_on_while_its_row_is_written_where_all_is_written_behind_it(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    intake.is_ordered = True
    intake.may_announce.clear()
    first = npm.say(ROOM, "zhang", "扫地")
    await intake.until(lambda: intake.texts == ["扫地"])
    assert intake.announcements == []
    intake.may_announce.set()
    npm.duplicate(first)
    npm.say(ROOM, "zhang", "浇水")
    await intake.until(lambda: len(intake.messages) == 2)
    assert intake.texts == ["扫地", "浇水"]


async def test_a_row_that_could_not_be_written_is_counted_though_its_message_went_on(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    intake.is_ordered = True
    intake.broken_announcements = 1
    intake.may_announce.clear()
    npm.say(ROOM, "zhang", "扫地")
    await intake.until(lambda: len(intake.messages) == 1)
    intake.may_announce.set()
    npm.say(ROOM, "zhang", "浇水")
    await intake.until(lambda: len(intake.messages) == 2)
    assert wechat.failed_events == 1


async def test_a_recall_names_the_message_taken_back(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    first = npm.say(ROOM, "zhang", "扫地")
    npm.recall(first)
    await intake.until(lambda: len(intake.messages) == 2)
    recall = intake.messages[1]
    assert (recall.kind, recall.recalled_id, recall.text) == (MessageKind.RECALL, first, "")


async def test_a_voice_message_is_passed_on_as_voice(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.say(ROOM, "zhang", "", type=2)
    await intake.until(lambda: len(intake.messages) == 1)
    assert intake.messages[0].kind is MessageKind.VOICE


@pytest.mark.parametrize("kind", [0, 15, 99])
async def test_other_kinds_of_messages_are_passed_on_as_other(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake, kind: int
) -> None:
    npm.say(ROOM, "zhang", "", type=kind)
    await intake.until(lambda: len(intake.messages) == 1)
    assert intake.messages[0].kind is MessageKind.OTHER
    assert wechat.unknown_messages == (kind == 99)


@pytest.mark.parametrize("at", [1_760_000_000, 1_760_000_000_000])
async def test_seconds_and_milliseconds_are_the_same_instant(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake, at: int
) -> None:
    npm.say(ROOM, "zhang", "扫地", at=at)
    await intake.until(lambda: len(intake.messages) == 1)
    assert intake.messages[0].sent_at == datetime.fromtimestamp(1_760_000_000, UTC)


async def test_an_error_event_ends_nothing(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.error()
    npm.say(ROOM, "zhang", "扫地")
    await intake.until(lambda: intake.texts == ["扫地"])
    assert wechat.is_up
    assert wechat.events_total["error"] == 1
    assert intake.outages == []


async def test_a_logout_is_an_outage_until_the_login(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.room(ROOM)
    npm.logout()
    await intake.until(lambda: not wechat.is_up)
    with pytest.raises(SendFailed):
        await wechat.send(Outgoing(ROOM, None, "收到"))
    npm.contact("bot2", "积分助手")
    npm.login("bot2")
    await intake.until(lambda: wechat.is_up and len(intake.outages) == 1)
    await wechat.send(Outgoing(ROOM, None, "收到"))
    await intake.until(lambda: len(intake.echoes) == 1)
    assert intake.messages == []


async def test_a_payload_that_fails_twice_is_loaded_and_keeps_its_place(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.payload("first", "fail", times=2)
    npm.say(ROOM, "zhang", "扫地", id="first")
    npm.say(ROOM, "zhang", "浇水")
    await intake.until(lambda: len(intake.messages) == 2)
    assert intake.texts == ["扫地", "浇水"]


async def test_a_slow_payload_is_waited_for_a_while_and_then_passed(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.payload("quick", "slow", ms=400)
    npm.say(ROOM, "zhang", "一", id="quick")
    npm.say(ROOM, "zhang", "二")
    npm.payload("slow", "slow", ms=2500)
    npm.say(ROOM, "zhang", "三", id="slow")
    npm.say(ROOM, "zhang", "四")
    await intake.until(lambda: len(intake.messages) == 4)
    assert intake.texts == ["一", "二", "四", "三"]


async def test_a_payload_that_never_loads_is_unreadable_and_can_be_reloaded(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.payload("bad", "fail", times=3)
    npm.say(ROOM, "zhang", "扫地", id="bad")
    npm.say(ROOM, "zhang", "浇水")
    await intake.until(lambda: intake.lost == ["bad"] and intake.texts == ["浇水"])
    again = await wechat.reload("bad")
    assert again is not None
    assert again.text == "扫地"
    assert await wechat.reload("unheard-of") is None


async def test_a_broken_inbox_costs_one_message_and_not_the_stream(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    intake.broken_announcements = 1
    npm.say(ROOM, "zhang", "扫地")
    npm.say(ROOM, "zhang", "浇水")
    await intake.until(lambda: intake.texts == ["浇水"])
    assert wechat.failed_events == 1


async def test_a_send_that_nobody_answers_is_uncertain_and_a_refused_one_failed(
    npm: NpmGateway, wechat: WechatyGateway
) -> None:
    npm.room(ROOM)
    npm.options(sendError="no permission")
    with pytest.raises(SendFailed):
        await wechat.send(Outgoing(ROOM, None, "收到"))
    npm.options(sendError="", sendDelay=3500)
    with pytest.raises(SendUncertain):
        await wechat.send(Outgoing(ROOM, None, "收到"))


async def test_somebody_without_a_name_is_left_out_of_the_mentions(
    npm: NpmGateway, wechat: WechatyGateway
) -> None:
    npm.contact("zhang", "张三")
    npm.room(ROOM, members=("zhang",))
    await wechat.send(Outgoing(ROOM, None, "请领取", mentions=("ghost", "zhang")))
    assert npm.sent()[0]["text"] == "@张三\u2005请领取"
    assert npm.sent()[0]["mentions"] == ["zhang"]


async def test_a_changed_name_is_learnt_from_the_dirty_event(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.contact("zhang", "张三")
    npm.say(ROOM, "zhang", "一")
    await intake.until(lambda: len(intake.messages) == 1)
    npm.contact("zhang", "张老三")
    npm.call("POST", "/dirty", {"type": 2, "id": "zhang"})
    npm.say(ROOM, "zhang", "二")
    await intake.until(lambda: len(intake.messages) == 2)
    assert [message.person_name for message in intake.messages] == ["张三", "张老三"]
