"""Officers of town and district by command."""

from bot.cli.officers_acts import LIFE
from domain.code import digest
from storage.people import Contact
from storage.unit_of_work import OpenBooks
from tests.bot.cli.conftest import SECRET, Jifen

PHONE = Contact("web", "w1")


def test_a_code_is_made_for_a_town_and_opens_it(founded: Jifen, open_books: OpenBooks) -> None:
    told = founded.json("town", "invite", "--town", "白鹤镇", "--name", "周镇长")
    assert (told["officer"], told["level"], told["towns"]) == (1, "town", ["白鹤镇"])
    with open_books() as books:
        made = books.villages.get(1).created_at
        wanted = digest(SECRET.encode(), told["code"])
        assert books.officers.use(wanted, PHONE, at=made + LIFE * 2) is None
        found = books.officers.use(wanted, PHONE, at=made)
        assert found is not None
        assert (found.area, found.name) == ("白鹤镇", "周镇长")
    said = founded("town", "invite", "--officer", "1")
    assert "周镇长(白鹤镇)的码:" in said
    [line] = founded.json("town", "officers")
    assert (line["phones"], line["ended_at"]) == (1, None)
    assert "周镇长" in founded("town", "officers")


def test_a_district_sees_some_towns_or_all(founded: Jifen) -> None:
    founded("init", "--town", "青山镇", "--village", "古树村")
    every = founded.json("town", "invite", "--district", "江北区")
    some = founded.json("town", "invite", "--district", "江北区", "--town", "青山镇")
    assert (every["level"], every["towns"], some["towns"]) == ("district", [], ["青山镇"])
    said = founded("town", "officers")
    assert ("所有的镇" in said, "青山镇" in said) == (True, True)


def test_whoever_is_dismissed_gets_no_code_any_more(founded: Jifen) -> None:
    assert "还没有镇、区干部" in founded("town", "officers")
    founded("town", "invite", "--town", "白鹤镇")
    assert "请写原因" in founded.error("town", "dismiss", "1", "--reason", " ", code=2)
    assert "镇干部从现在起不能再看了" in founded("town", "dismiss", "1", "--reason", "调走了")
    assert founded.json("town", "officers")[0]["reason"] == "调走了"
    assert "没有1号干部" in founded.error("town", "dismiss", "1", "--reason", "再来", code=2)
    assert "没有1号干部" in founded.error("town", "invite", "--officer", "1", code=2)


def test_it_must_be_said_for_whom(founded: Jifen) -> None:
    founded("init", "--town", "青山镇", "--village", "古树村")
    for wrong in ((), ("--town", "白鹤镇", "--town", "青山镇"), ("--name", "周镇长")):
        assert "写一个 --town" in founded.error("town", "invite", *wrong, code=2)
    both = founded.error("town", "invite", "--officer", "1", "--town", "白鹤镇", code=2)
    assert "不用再写" in both
    unknown = founded.error("town", "invite", "--town", "黑鹤镇", code=2)
    assert "没有黑鹤镇。现在有:白鹤镇、青山镇" in unknown
    assert founded.json("town", "officers") == []


def test_without_a_village_it_is_said_that_there_is_no_town(jifen: Jifen) -> None:
    told = jifen.error("town", "invite", "--town", "示范镇", code=2)
    assert "没有示范镇。现在一个镇也没有,先用 jifen init 建村。" in told
