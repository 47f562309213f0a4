"""An officer of the town in the talk: the code, the link, and nothing of a village."""

import pytest

from domain.code import digest
from domain.officer import Level
from tests.cast import SECRET
from tests.fakes import MORNING
from tests.journeys.stage import Stage

CODE, VILLAGERS = "TTTTT00001", "TTTTT00002"


@pytest.fixture
def invited(stage: Stage) -> Stage:
    """The stage with two codes for officers of 示范镇."""
    with stage.open_books() as books:
        for code in (CODE, VILLAGERS):
            officer = books.officers.add(
                Level.TOWN, "示范镇", towns=["示范镇"], name="", at=MORNING
            )
            until = MORNING.replace(year=2027)
            books.officers.invite(officer, digest(SECRET, code), at=MORNING, until=until)
    return stage


def test_an_officer_is_let_in_by_a_code_and_gets_a_link(invited: Stage) -> None:
    invited.play(
        """
        周镇长: 绑定 ttttt-00001
          → 周镇长: 好了,您能看示范镇各村的情况了,只有数字,没有名字。回“网页”,给您一个打开的链接。
        周镇长: 网页
          → 周镇长: 看各村的情况点这里,10分钟内有效,只能用一次,别转给别人:
          | https://points.example/enter/town?token=…
        路人: 绑定 TTTTT-00001
          → 路人: …
        """
    )
    with invited.open_books() as books:
        assert [seat.phones for seat in books.officers.all()] == [1, 0]


def test_an_officer_decides_and_reads_nothing_of_a_village(invited: Stage) -> None:
    invited.play(
        """
        张三: 申报 开会
          → 张三: 收到,张三家 #1 …
        周镇长: 绑定 TTTTT-00001
          → 周镇长: 好了,…
        """
    )
    for words in ("待审", "通过 1", "我家多少分", "进度"):
        told = "".join(draft.text for draft in invited.say("周镇长", words))
        assert told.startswith(("您还没有绑定到哪一户", "这件事要审核委员来做")), told


def test_a_villager_who_is_an_officer_too_gets_both_links(invited: Stage) -> None:
    invited.play(
        """
        张三: 绑定 TTTTT-00002
          → 张三: 好了,您能看示范镇各村的情况了,…
        张三: 网页
          → 张三: 点开就是网页版,10分钟内有效,只能用一次,别转给别人:
          | https://points.example/enter/link?token=…看各村的情况点这里,…
          | https://points.example/enter/town?token=…
        """
    )
