"""Founding villages and giving out codes by command."""

import pytest

from domain.code import digest
from storage.unit_of_work import OpenBooks
from tests.bot.cli.conftest import SECRET, Jifen
from tests.storage.filled import VILLAGE


def test_init_gives_each_village_a_code_for_its_administrator(
    jifen_on: Jifen, open_books: OpenBooks
) -> None:
    told = jifen_on.json("init", "--town", "白鹤镇", "--village", VILLAGE, "--village", "白虎村")
    assert told["town"] == "白鹤镇"
    assert [(v["id"], v["name"]) for v in told["villages"]] == [(1, VILLAGE), (2, "白虎村")]
    assert all(set(v) == {"id", "name", "admin_code"} for v in told["villages"])
    with open_books() as books:
        code = told["villages"][1]["admin_code"]
        kept = books.codes.invitation(digest(SECRET.encode(), code))
    assert kept is not None
    assert (kept.village, kept.kind, kept.grants) == (2, "role", "administrator")


def test_init_again_adds_what_is_missing_and_says_that_the_code_is_new(founded: Jifen) -> None:
    said = founded("init", "--town", "白鹤镇", "--village", VILLAGE, "--village", "白虎村")
    assert "早就建好了" in said
    assert "白虎村" in said
    told = founded.json("init", "--town", "白鹤镇", "--village", "白虎村")
    assert [v["id"] for v in told["villages"]] == [2]


def test_a_village_stays_in_its_town_and_has_a_name(founded: Jifen) -> None:
    assert "白鹤镇" in founded.error("init", "--town", "别的镇", "--village", VILLAGE)
    founded.error("init", "--town", " ", "--village", VILLAGE, code=2)


def test_a_village_has_one_name_which_is_no_number(founded: Jifen) -> None:
    founded("init", "--town", "白鹤镇", "--village", "幸福村")
    assert "数字" in founded.error("init", "--town", "白鹤镇", "--village", "2", code=2)
    for name in ("幸福", "幸福 村", "幸福村委会"):
        line = founded.error("init", "--town", "白鹤镇", "--village", name, code=2)
        assert "“幸福村”" in line
    twice = ("init", "--town", "白鹤镇", "--village", "红星村", "--village", "红星")
    founded.error(*twice, code=2)
    told = founded.json("init", "--town", "白鹤镇", "--village", "幸福村")
    assert [village["id"] for village in told["villages"]] == [2]


@pytest.mark.parametrize(
    ("command", "kind", "grants"),
    [
        (("roles", "invite", "--role", "chair"), "role", "chair"),
        (("roles", "invite", "--role", "supervisor"), "role", "supervisor"),
        (("rooms", "invite", "--purpose", "villagers"), "room", "villagers"),
        (("rooms", "invite", "--purpose", "committee"), "room", "committee"),
    ],
)
def test_invitations_are_one_code_whose_digest_alone_is_kept(
    command: tuple[str, ...], kind: str, grants: str, founded: Jifen, open_books: OpenBooks
) -> None:
    told = founded.json(*command, "--village", VILLAGE)
    assert set(told) == {"code"}
    assert [len(part) for part in told["code"].split("-")] == [5, 5]
    with open_books() as books:
        kept = books.codes.invitation(digest(SECRET.encode(), told["code"]))
    assert kept is not None
    assert (kept.kind, kept.grants, kept.used_at) == (kind, grants, None)
    assert told["code"] not in founded(*command, "--village", "1")
