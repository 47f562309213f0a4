"""The main job over the real gateway: claim with a photo, review, balance, and every fault."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import sqlite_url
from tests.gateway.conftest import needs_npm
from tests.gateway.process import NpmGateway
from tests.gateway.village import COMMITTEE, ROOM, Jifen, people_of, settle
from tests.journeys.stream import faults_of
from tests.pictures import jpeg, like

HOUSEHOLDS = 12
HEARD_SECONDS = 30.0

pytestmark = pytest.mark.gateway


class Village:
    """The gateway and the assistant of one test, and what was heard."""

    def __init__(self, gateway: NpmGateway, jifen: Jifen) -> None:
        self.gateway = gateway
        self.jifen = jifen
        self._heard = 0
        self.gateway_forgot = False

    def restart_gateway(self) -> None:
        """Kill the gateway and start it again; it forgets what it sent before."""
        self.gateway.kill()
        self.gateway.start()
        people_of(self.gateway, households=HOUSEHOLDS)
        self._heard = 0
        self.gateway_forgot = True
        self.jifen.await_ready(60)

    def hears(self, *words: str, to: str | None = None) -> str:
        """Wait for the next message of ours; it must hold the words, at the place."""
        end = time.monotonic() + HEARD_SECONDS
        while time.monotonic() < end:
            told = self.gateway.sent(after=self._heard)
            if told:
                one = told[0]
                self._heard = one["n"]
                text = str(one["text"])
                assert all(word in text for word in words), (words, text)
                assert to is None or to in (one["room"], one["to"]), one
                return text
            time.sleep(0.01)
        raise AssertionError(f"heard nothing, expected {words}\n{self.jifen.log()}")

    def hears_nothing(self, seconds: float = 0.7) -> None:
        """Make sure that nothing is said for a while."""
        time.sleep(seconds)
        told = self.gateway.sent(after=self._heard)
        assert told == []

    def says(self, person: str, text: str, *, room: str | None = ROOM) -> str:
        return self.gateway.say(room, person, text)

    def shows(self, person: str, picture: bytes, *, room: str | None = ROOM) -> str:
        return self.gateway.photo(room, person, picture)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    needs_npm()
    url = sqlite_url(tmp_path / "jifen.db")
    settle(url, households=HOUSEHOLDS)
    with NpmGateway() as gateway:
        people_of(gateway, households=HOUSEHOLDS)
        with Jifen(url, tmp_path / "data", gateway) as jifen:
            story = Village(gateway, jifen.start())
            yield story
            jifen.stop()
        faults = faults_of(url, gateway, account="wechaty:bot")
        if story.gateway_forgot:
            faults = [fault for fault in faults if "not heard" not in fault]
        assert faults == []


@pytest.mark.parametrize("kilobytes", [25, 200, 8000])
def test_a_claim_with_a_photo_is_reviewed_and_counted(village: Village, kilobytes: int) -> None:
    village.says("p1", "申报 垃圾分类")
    village.hears("#1", "还差1张照片", to=ROOM)
    village.shows("p1", jpeg(kilobytes, kilobytes=kilobytes))
    village.hears("收到", "户1家", "#1", "预计+1分", "照片1张", to=ROOM)
    village.says("li", "待审", room=COMMITTEE)
    village.hears("待审1条", "#1", "1组1号户1家", to=COMMITTEE)
    village.says("li", "看图 1", room=COMMITTEE)
    village.hears("#1", "照片如下", to=COMMITTEE)
    village.hears("", to=COMMITTEE)
    assert village.gateway.sent()[-1]["photo"] > 1000
    village.says("li", "通过 1", room=COMMITTEE)
    said = {village.hears("#1", "通过"), village.hears("#1", "通过")}
    assert any("审核通过,+1分" in one for one in said)
    village.says("p1", "我家多少分", room=None)
    village.hears("户1家", "共1分", "第1名", to="p1")


def test_the_photo_may_come_before_the_words(village: Village) -> None:
    village.shows("p2", jpeg(2))
    village.hears_nothing()
    village.says("p2", "申报垃圾分类")
    village.hears("收到", "#1", "照片1张", to=ROOM)
    village.shows("p2", jpeg(3))
    village.hears_nothing()
    village.says("li", "待审", room=COMMITTEE)
    village.hears("照片2张", to=COMMITTEE)


def test_two_people_at_once_get_their_own_answers(village: Village) -> None:
    for person in ("p3", "p4"):
        village.says(person, "申报 捡垃圾 村口")
    assert {village.hears("还差2张照片")[1:3] for _ in range(2)} == {"户3", "户4"}
    pictures = [(person, jpeg(10 + n)) for n, person in enumerate(("p3", "p4", "p3", "p4"))]
    for person, picture in pictures:
        village.shows(person, picture)
    replies = [village.hears("#") for _ in range(4)]
    whole = [one for one in replies if "收到" in one]
    assert {one[1:3] for one in whole} == {"户3", "户4"}
    assert all("照片2张" in one for one in whole)


def test_a_duplicate_event_and_the_same_words_again_are_one_claim(village: Village) -> None:
    message = village.says("p5", "申报 提建议 多装路灯")
    village.hears("收到", "#1")
    village.gateway.duplicate(message)
    village.says("p5", "申报 提建议 多装路灯")
    village.hears_nothing()
    village.says("p5", "进度", room=None)
    assert village.hears("#1", to="p5").count("#") == 1


def test_a_recalled_message_withdraws_the_claim(village: Village) -> None:
    message = village.says("p6", "申报 提建议 修路")
    village.hears("收到", "#1")
    village.gateway.recall(message)
    village.hears("#1", "已撤回", to=ROOM)
    village.says("li", "通过 1", room=COMMITTEE)
    village.hears("#1 没有处理", "已经撤回", to=COMMITTEE)


def test_a_reused_photo_is_flagged_with_the_earlier_number(village: Village) -> None:
    picture = jpeg(7, kilobytes=60)
    for person, shown in (("p7", picture), ("p8", picture), ("p9", like(picture))):
        village.says(person, "申报 垃圾分类")
        village.hears("还差1张照片")
        village.shows(person, shown)
        village.hears("收到")
    village.says("li", "待审", room=COMMITTEE)
    lines = village.hears("待审3条").split("\n")
    assert "照片和#1一样" in lines[2]
    assert "很像" in lines[3]
    assert "#1" in lines[3].split("注意")[1]


def test_an_error_event_and_a_new_login_change_nothing(village: Village) -> None:
    village.gateway.error()
    village.says("p1", "我家多少分", room=None)
    village.hears("户1家", "共0分", to="p1")
    village.gateway.logout()
    village.gateway.login()
    village.jifen.await_ready()
    village.says("p2", "我家多少分", room=None)
    village.hears("户2家", "共0分", to="p2")


def test_a_killed_gateway_comes_back_and_work_goes_on(village: Village) -> None:
    village.says("p1", "申报 提建议 种树")
    village.hears("收到", "#1")
    village.restart_gateway()
    village.says("li", "通过 1", room=COMMITTEE)
    assert "#1" in village.hears("通过")
    village.hears("审核通过")


def test_a_frozen_gateway_delays_and_nothing_is_said_twice(village: Village) -> None:
    village.says("p1", "申报 提建议 修桥")
    village.hears("收到", "#1")
    village.gateway.freeze()
    time.sleep(18)
    assert not village.jifen.is_healthy()
    village.gateway.thaw()
    village.jifen.await_ready(60)
    village.says("p2", "我家多少分", room=None)
    village.hears("户2家", to="p2")
    village.hears_nothing()


def test_chatter_in_the_room_stays_without_an_answer(village: Village) -> None:
    for words in ("今天垃圾车怎么还没来", "积分换的洗衣液蛮好用的", "排名第一又是你家"):
        village.says("p1", words)
    village.hears_nothing()


def test_a_villager_who_says_a_committee_word_is_refused_kindly(village: Village) -> None:
    village.says("p1", "申报 提建议 修灯")
    village.hears("收到", "#1")
    village.says("p1", "通过 1")
    village.hears("审核委员", to=ROOM)
    village.says("li", "待审", room=COMMITTEE)
    village.hears("待审1条", "#1")
