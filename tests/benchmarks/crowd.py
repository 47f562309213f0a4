"""What the people of the benchmarks say and send."""

import io
import json
import random
from datetime import UTC, datetime

from PIL import Image

from bot.chat import Chat, Incoming, digest_of
from bot.commands.case import Tools
from bot.gateways.message import Message, MessageKind
from bot.shelf import RulebookShelf
from bot.understanding.plain import PlainReader
from bot.understanding.remembering import RememberingReader
from storage.mail import Received
from tests.gateway.village import ACCOUNT, ROOM

ITEMS = ("申报 邻里互助", "申报 提建议", "申报 物业评价", "申报 开会", "申报 拥军")
"""Claims that need no photo: each message is one claim."""
RECEIPT = "预计"
"""Stands in the receipt of a complete claim and in no other reply."""


def claims(count: int, *, households: int) -> list[tuple[str, str]]:
    """Return who says what: every household each item once, in a fixed random order."""
    said = [(f"p{n}", item) for item in ITEMS for n in range(1, households + 1)]
    random.Random(1949).shuffle(said)
    assert count <= len(said), f"{households} households have only {len(said)} claims"
    return said[:count]


def photo(seed: int) -> bytes:
    """Return a JPEG of about 25 KB that looks like no other one."""
    chance = random.Random(seed)
    small = Image.frombytes("RGB", (16, 12), chance.randbytes(16 * 12 * 3))
    picture = small.resize((800, 600), Image.Resampling.BICUBIC)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=62)
    return target.getvalue()


def chat() -> Chat:
    """Return the chat as bot/app.py builds it."""
    return Chat(
        Tools(b"s" * 32, RulebookShelf(), "http://127.0.0.1"), RememberingReader(PlainReader())
    )


def incoming(person: str, text: str, *, message_id: str) -> Incoming:
    """Return a message of the villagers' room as the assistant hands it to the chat."""
    now = datetime.now(UTC)
    message = Message(ACCOUNT, message_id, MessageKind.TEXT, person, person, ROOM, now, text)
    body = json.dumps({"text": text, "photo": ""}, ensure_ascii=False)
    received = Received(ACCOUNT, message_id, ROOM, person, now, digest_of(message), body)
    return Incoming(message, received, now)
