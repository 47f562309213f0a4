"""The Wechaty adapter against the real npm gateway."""

import pytest

from bot.gateways.message import MessageKind, Outgoing
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
