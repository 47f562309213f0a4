"""What the flat codec reads is what betterproto reads, for every message of the puppet."""

import inspect
from dataclasses import fields
from typing import Any

import betterproto
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechaty_grpc.wechaty import puppet
from wechaty_grpc.wechaty.puppet import (
    EventResponse,
    MessagePayloadResponse,
    MessageSendTextResponse,
    RoomMemberPayloadResponse,
)

from bot.gateways.flat_codec import FlatCodec, _plan_of

CODEC = FlatCodec()
MESSAGES = [
    found
    for _, found in inspect.getmembers(puppet, inspect.isclass)
    if issubclass(found, betterproto.Message) and found.__module__ == puppet.__name__
]
FLAT = [one for one in MESSAGES if _plan_of(one) is not None]
VALUES: dict[str, st.SearchStrategy[Any]] = {
    betterproto.TYPE_STRING: st.text(),
    betterproto.TYPE_BYTES: st.binary(),
    betterproto.TYPE_BOOL: st.booleans(),
    betterproto.TYPE_ENUM: st.integers(0, 40),
    betterproto.TYPE_UINT32: st.integers(0, 2**32 - 1),
    betterproto.TYPE_UINT64: st.integers(0, 2**64 - 1),
}


@st.composite
def messages(draw: st.DrawFn) -> Any:
    """Return a flat message of any class with anything in it."""
    message = draw(st.sampled_from(FLAT))()
    for field in fields(message):
        value = VALUES[betterproto.FieldMetadata.get(field).proto_type]
        is_list = isinstance(getattr(message, field.name), list)
        setattr(message, field.name, draw(st.lists(value) if is_list else value))
    return message


def test_the_messages_of_every_claim_are_flat() -> None:
    assert {EventResponse, MessagePayloadResponse, RoomMemberPayloadResponse} <= set(FLAT)
    assert MessageSendTextResponse not in FLAT


@given(messages())
def test_a_flat_message_is_read_as_betterproto_reads_it(message: Any) -> None:
    data = bytes(message)
    found, expected = CODEC.decode(data, type(message)), type(message).FromString(data)
    assert type(found) is type(expected)
    names = [field.name for field in fields(message)]
    assert [getattr(found, n) for n in names] == [getattr(expected, n) for n in names]
    assert bytes(found) == bytes(expected)


def test_two_messages_share_nothing() -> None:
    one, other = (CODEC.decode(b"", MessagePayloadResponse) for _ in range(2))
    one.mention_ids.append("张三")
    assert other.mention_ids == []


def test_what_is_not_flat_is_read_by_betterproto() -> None:
    data = bytes(MessageSendTextResponse(id="123"))
    assert CODEC.decode(data, MessageSendTextResponse).id == "123"


def test_fields_of_a_later_protocol_are_left_out() -> None:
    later = bytes([0x0A, 1, ord("a"), 0xFA, 0x01, 2, 1, 2, 0x2A, 1, ord("x")])
    found = CODEC.decode(later, MessagePayloadResponse)  # 1 is id, 31 unknown, 5 no words
    assert (found.id, found.type) == ("a", 0)


@pytest.mark.parametrize("data", [b"\x0a\x02\xff\xfe", b"\x20", b"\x20" + b"\xff" * 11])
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        CODEC.decode(data, MessagePayloadResponse)
