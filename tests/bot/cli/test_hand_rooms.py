"""A village without any account: its group is named at the command line and served by hand."""

from domain.relay import HAND
from storage.unit_of_work import OpenBooks
from tests.bot.cli.conftest import Jifen
from tests.storage.filled import VILLAGE


def test_a_group_is_added_once_and_served_by_hand(founded: Jifen, open_books: OpenBooks) -> None:
    for _ in range(2):
        told = founded.json("rooms", "add", "--village", VILLAGE, "--name", " 青龙村大群 ")
        assert told == {"village": 1, "name": "青龙村大群", "purpose": "villagers"}
    founded.json("rooms", "add", "--village", VILLAGE, "--name", "审核群", "--purpose", "committee")
    with open_books() as books:
        assert [(room.account, room.name, room.purpose) for room in books.relays.rooms(1)] == [
            (HAND, "青龙村大群", "villagers"),
            (HAND, "审核群", "committee"),
        ]
        [room] = books.rooms.of_village(1, "committee")
        assert room.account == HAND


def test_what_happens_next_is_said_in_words(founded: Jifen) -> None:
    said = founded("rooms", "add", "--village", VILLAGE, "--name", "大群")
    assert "村民群“大群”添好了" in said
    assert "代发" in said


def test_a_group_without_a_name_or_a_village_is_refused(founded: Jifen) -> None:
    words = founded.error("rooms", "add", "--village", VILLAGE, "--name", " ", code=2)
    assert words == "请写群的名字。"
    assert "没有的村" in founded.error(
        "rooms", "add", "--village", "没有的村", "--name", "大群", code=2
    )
