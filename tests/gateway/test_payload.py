"""Reading what a Wechaty gateway writes, without a gateway."""

from datetime import UTC, datetime

import pytest

from bot.gateways.message import MessageKind
from bot.gateways.wechaty_client import picture_name
from bot.gateways.wechaty_payload import (
    EventType,
    instant_of,
    kind_of,
    mention_prefix,
    parse_event,
    recalled_id_of,
    take_out_mention,
    without_mention_prefix,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NAMES = ("积分助手", "小积分")


@pytest.mark.parametrize(
    "payload", ["", "{", "null", "[]", '"text"', "7", '{"gerror": "{}"}', '{"messageId": 7}']
)
def test_an_event_without_a_usable_fact_gives_no_text(payload: str) -> None:
    event = parse_event(EventType.ERROR, payload)
    assert event.type == EventType.ERROR
    assert event.text("messageId") == ""


def test_an_event_names_its_message() -> None:
    assert parse_event(2, '{"messageId": "m1"}').text("messageId") == "m1"


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (7, MessageKind.TEXT),
        (6, MessageKind.PHOTO),
        (13, MessageKind.RECALL),
        (0, MessageKind.OTHER),
        (5, MessageKind.OTHER),
        (99, MessageKind.OTHER),
        (-1, MessageKind.OTHER),
    ],
)
def test_message_types_follow_the_puppets_numbering(number: int, kind: MessageKind) -> None:
    assert kind_of(number) is kind


@pytest.mark.parametrize(
    ("timestamp", "instant"),
    [
        (1_760_000_000, datetime(2025, 10, 9, 8, 53, 20, tzinfo=UTC)),
        (1_760_000_000_500, datetime(2025, 10, 9, 8, 53, 20, 500_000, tzinfo=UTC)),
        (0, NOW),
        (-5, NOW),
        (2**63, NOW),
    ],
)
def test_time_stamps_are_seconds_or_milliseconds(timestamp: int, instant: datetime) -> None:
    assert instant_of(timestamp, fallback=NOW) == instant


@pytest.mark.parametrize(
    ("text", "recalled"),
    [
        ("m1", "m1"),
        (" m1\n", "m1"),
        ("", None),
        ("<sysmsg><revokemsg><newmsgid>77</newmsgid></revokemsg></sysmsg>", "77"),
    ],
)
def test_a_recall_names_its_message(text: str, recalled: str | None) -> None:
    assert recalled_id_of(text) == recalled


@pytest.mark.parametrize(
    ("text", "rest", "is_mentioned"),
    [
        ("@积分助手\u2005扫地", "扫地", True),
        ("@积分助手 扫地", "扫地", True),
        ("＠积分助手　扫地", "扫地", True),
        ("@小积分\u2005查分", "查分", True),
        ("扫地 @积分助手", "扫地", True),
        ("扫地@积分助手\u2005两小时", "扫地 两小时", True),
        ("扫地\n@积分助手\u2005浇水", "扫地\n浇水", True),
        ("@张三\u2005@积分助手\u2005扫地", "@张三 扫地", True),
        ("@积分助手", "", True),
        ("@积分助手二号\u2005扫地", "@积分助手二号\u2005扫地", False),
        ("@张三\u2005扫地", "@张三\u2005扫地", False),
        ("a@b.cn", "a@b.cn", False),
        ("  扫地  ", "扫地", False),
        ("", "", False),
    ],
)
def test_our_name_is_taken_out(text: str, rest: str, is_mentioned: bool) -> None:  # noqa: FBT001
    assert take_out_mention(text, names=NAMES, is_named_by_id=False) == (rest, is_mentioned)


def test_a_nickname_may_hold_spaces() -> None:
    text = "@小 积分\u2005扫地"
    assert take_out_mention(text, names=("小 积分", "小"), is_named_by_id=False) == ("扫地", True)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@旧名字\u2005扫地", "扫地"),
        ("@旧名字 扫地", "扫地"),
        ("@旧名字", ""),
        ("扫地 @旧名字\u2005两次", "扫地 两次"),
        ("扫地 @旧名字", "扫地 @旧名字"),
        ("扫地", "扫地"),
    ],
)
def test_an_unknown_name_is_taken_out_when_the_platform_names_us(text: str, rest: str) -> None:
    assert take_out_mention(text, names=("",), is_named_by_id=True) == (rest, True)


@pytest.mark.parametrize(
    ("names", "text"),
    [((), "收到"), (("张三",), "收到"), (("张 三", "李四"), "收到 @王五 的申报"), (("张三",), "")],
)
def test_an_echo_gives_back_the_words_we_sent(names: tuple[str, ...], text: str) -> None:
    assert without_mention_prefix(mention_prefix(names) + text) == text


def test_an_at_sign_of_our_own_stays_in_an_echo() -> None:
    assert without_mention_prefix("@所有人 公示") == "@所有人 公示"


def test_a_picture_is_named_by_what_it_is() -> None:
    assert picture_name(b"\x89PNG\r\n\x1a\n") == "photo.png"
    assert picture_name(b"\xff\xd8\xff") == "photo.jpg"
