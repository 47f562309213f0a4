"""Keys of the HTTP interface by command."""

import re

import pytest

from domain.api_key import fingerprint
from storage.unit_of_work import OpenBooks
from tests.bot.cli.conftest import SECRET, Jifen

ADD = ("api-keys", "add", "--name", "区平台", "--scope", "villages:read", "--scope", "totals:read")


def test_a_key_is_told_once_and_only_its_fingerprint_is_kept(
    founded: Jifen, open_books: OpenBooks
) -> None:
    told = founded.json(*ADD, "--town", "白鹤镇", "--until", "2099-12-31")
    key = told.pop("key")
    assert re.fullmatch(r"jifen_1_[A-Za-z0-9_-]{43}", key)
    assert told == {
        "number": 1,
        "name": "区平台",
        "scopes": ["totals:read", "villages:read"],
        "town": "白鹤镇",
        "until": "2099-12-31",
    }
    with open_books() as books:
        kept = books.api_keys.get(1)
        assert kept is not None
        assert kept.digest == fingerprint(SECRET.encode(), key)
        assert key not in str(books.connection.exec_driver_sql("SELECT * FROM api_key").all())
    assert key not in founded("api-keys", "list") + founded("api-keys", "list", "--json")


def test_what_is_said_to_people_holds_the_key_on_a_line_of_its_own(founded: Jifen) -> None:
    lines = founded(*ADD).splitlines()
    assert lines[0] == "1号密钥做好了,给“区平台”,可以读:积分合计、镇和村;所有的镇;没有期限。"
    assert lines[1] == "下面这一行就是密钥,只显示这一次:"
    assert re.fullmatch(r"jifen_1_\S{43}", lines[2])


def test_keys_are_listed_with_their_state(founded: Jifen) -> None:
    assert founded("api-keys", "list").strip() == "还没有密钥。"
    founded(*ADD)
    assert founded.json("api-keys", "revoke", "区平台") == {
        "number": 1,
        "name": "区平台",
        "state": "revoked",
    }
    founded("api-keys", "add", "--name", "镇平台", "--scope", "report:read")
    [one, other] = founded.json("api-keys", "list")
    assert (one["state"], other["state"]) == ("revoked", "valid")
    assert one["revoked_on"] is not None
    assert other["scopes"] == ["report:read"]
    said = founded("api-keys", "list")
    assert "收回了" in said
    assert "没用过" in said


def test_a_key_is_revoked_by_number_too_and_only_once(founded: Jifen) -> None:
    founded(*ADD)
    assert "收回了,马上就不能用了" in founded("api-keys", "revoke", "1")
    assert founded.error("api-keys", "revoke", "1") == "1号“区平台”早就收回了。"
    assert "没有叫“2”的密钥" in founded.error("api-keys", "revoke", "2", code=2)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--name", "区平台", "--scope", "villages:read"), 1, "已经有一把密钥叫“区平台”"),
        (("--name", " ", "--scope", "villages:read"), 2, "请写给谁用的"),
        (("--name", "7", "--scope", "villages:read"), 2, "不要只写数字"),
        (("--name", "长" * 51, "--scope", "villages:read"), 2, "最多50个字"),
        (("--name", "新", "--scope", "everything"), 2, "scope"),
        (("--name", "新"), 2, "scope"),
        (("--name", "新", "--scope", "villages:read", "--town", "别处"), 2, "现有:白鹤镇"),
        (("--name", "新", "--scope", "villages:read", "--until", "2020-01-01"), 2, "已经过去了"),
        (("--name", "新", "--scope", "villages:read", "--until", "明天"), 2, "明天"),
    ],
)
def test_what_cannot_be_granted_is_said_in_one_line(
    founded: Jifen, options: tuple[str, ...], code: int, said: str
) -> None:
    founded(*ADD)
    assert said in founded.error("api-keys", "add", *options, code=code)
    assert len(founded.json("api-keys", "list")) == 1
