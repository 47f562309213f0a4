"""排名图 and 报表 in chat: who may have them, and where they go."""

import hashlib
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import links
from bot.chat import Incoming, digest_of
from bot.gateways.message import Message, MessageKind
from bot.papers.award_sheets import CatalogueSheet
from bot.papers.sheets import PublicationSheet, RankingSheet
from bot.pictures import Picture
from domain.membership import Role
from storage.mail import Received
from storage.outbox import Draft
from tests.builders import ACCOUNT
from tests.cast import SECRET, VILLAGE_ROOM
from tests.journeys.calendar import CalendarStage
from tests.journeys.stage import Stage
from tests.redemption import a_round

PICTURE = hashlib.sha256(b"a picture").hexdigest()


def _grant(stage: Stage, name: str, role: Role) -> None:
    with stage.open_books() as books:
        people = [books.people.get(1, number) for number in range(1, 6)]  # type: ignore[arg-type]
        person = next(one for one in people if one.name == name)
        books.people.grant(1, person.id, role, at=stage.clock())


def _incoming(stage: Stage, who: str, text: str, *, room: str | None, picture: str) -> Incoming:
    stage.clock.advance(seconds=11)
    message = Message(
        ACCOUNT, f"p{stage.clock.now}", MessageKind.TEXT, who, who, room, stage.clock.now, text=text
    )
    with stage.open_books() as books:
        books.inbox.announce(ACCOUNT, message.id, at=stage.clock.now)
    received = Received(ACCOUNT, message.id, room, who, message.sent_at, digest_of(message), "{}")
    return Incoming(message, received, stage.clock.now, picture)


def _drawn(
    stage: Stage, who: str, text: str = "排名图", *, room: str | None = None
) -> tuple[Picture | None, tuple[Draft, ...]]:
    """Do what the assistant does: ask what to draw, then work the message off with it."""
    incoming = _incoming(stage, who, text, room=room, picture="")
    with stage.open_books() as books:
        sheet = stage.chat.wants_picture(books, incoming)
    if sheet is not None:
        incoming = replace(incoming, picture=PICTURE)
    with stage.open_books() as books:
        return sheet, stage.chat.text(books, incoming)


def test_a_member_has_the_picture_sent_to_where_it_was_asked_for(stage: Stage) -> None:
    sheet, drafts = _drawn(stage, "li", room=VILLAGE_ROOM)
    assert isinstance(sheet, RankingSheet)
    assert (sheet.village, str(sheet.quarter)) == ("幸福村", "2026-Q3")
    words, picture = drafts
    assert words.text == "2026年第三季度积分排名(到今天)。月审后可能有变动。"
    assert (picture.photo, picture.room, picture.village) == (PICTURE, VILLAGE_ROOM, 1)
    _, [_, direct] = _drawn(stage, "li")
    assert (direct.photo, direct.room, direct.contact) == (PICTURE, None, "li")


def test_the_same_message_sends_one_picture(stage: Stage) -> None:
    incoming = _incoming(stage, "li", "排名图", room=None, picture=PICTURE)
    with stage.open_books() as books:
        assert len(stage.chat.text(books, incoming)) == 2
    with stage.open_books() as books:
        assert stage.chat.text(books, incoming) == ()


def test_an_administrator_may_a_villager_and_a_supervisor_may_not(stage: Stage) -> None:
    _grant(stage, "赵大伟", Role.ADMINISTRATOR)
    _grant(stage, "王阿婆", Role.SUPERVISOR)
    assert _drawn(stage, "zhao")[0] is not None
    for who in ("zhang", "wang", "stranger"):
        sheet, [draft] = _drawn(stage, who)
        assert sheet is None
        assert draft.photo is None
        assert "审核委员" in draft.text


def test_a_picture_that_could_not_be_drawn_is_told(stage: Stage) -> None:
    stage.play(
        """
        李会计: 排名图
          → 李会计: 排名图没画出来,请过几分钟再说一次“排名图”。
        """
    )


def test_the_publication_s_picture_is_of_the_one_shown_last(
    calendar: CalendarStage,
) -> None:
    assert _drawn(calendar, "li", "公示图")[0] is None
    calendar.play(
        """
        李会计: 公示海报
          → 李会计: 还没有公示过。每个季度过完审好以后公示,会在群里说。
        """
    )
    calendar.set("2026-10-08T09:00")
    for words in ("审定 9月", "发布公示"):
        for who in ("李会计", "陈主任"):
            calendar.act(f"{who}: {words}")
    sheet, [words, picture] = _drawn(calendar, "chen", "公示海报", room=VILLAGE_ROOM)
    assert isinstance(sheet, PublicationSheet)
    assert (str(sheet.quarter), sheet.url) == ("2026-Q3", "")
    assert words.text == "2026年第三季度公示图。要打印贴出来的大张,回“报表”。"
    assert (picture.photo, picture.room) == (PICTURE, VILLAGE_ROOM)
    assert _drawn(calendar, "zhang", "公示图")[0] is None


def test_the_catalogue_s_picture_is_of_the_round_that_runs(stage: Stage) -> None:
    stage.play(
        """
        李会计: 兑换目录图
          → 李会计: 2026年还没有安排兑换。
        """
    )
    with stage.open_books() as books:
        books.rounds.add(1, a_round(), planned_by=None, at=stage.clock.now)
    sheet, [words, picture] = _drawn(stage, "li", "兑换海报")
    assert isinstance(sheet, CatalogueSheet)
    assert (sheet.round_name, [one.name for one in sheet.goods]) == ("秋季兑换", ["洗衣液"])
    assert words.text == "“秋季兑换”的兑换目录。要打印,回“报表”。"
    assert picture.photo == PICTURE
    stage.play(
        """
        李会计: 礼品图
          → 李会计: 兑换目录图没画出来,请过几分钟再说一次“兑换目录图”。
        """
    )


@pytest.mark.parametrize("words", ["打印奖状", "打印公示", "打印兑换凭证", "海报", "荣誉证书"])
def test_what_is_printed_is_behind_the_link_to_the_files(stage: Stage, words: str) -> None:
    [draft] = stage.act(f"李会计: {words}")
    _link(draft.text)
    assert "公示海报、奖状" in draft.text
    assert stage.act(f"张三@村群: {words}") == ()


def test_no_other_message_is_drawn_for(stage: Stage) -> None:
    for text in ("我的排名", "待审", "帮我看下垃圾桶排成一排的图"):
        assert _drawn(stage, "li", text)[0] is None


def _link(text: str) -> str:
    found = re.search(r"https://points\.example/enter/report\?token=(\S+)", text)
    assert found, text
    return found[1]


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.CHAIR, Role.ADMINISTRATOR, Role.SUPERVISOR])
def test_the_office_gets_a_link_of_ten_minutes(stage: Stage, role: Role) -> None:
    _grant(stage, "张三", role)
    [draft] = stage.act("张三: 报表")
    assert "10分钟内有效,只能用一次" in draft.text
    token, now = _link(draft.text), stage.clock.now
    read = links.read(SECRET, token, now=now, purpose=links.REPORT)
    assert read is not None
    assert (read.village, read.person) == (1, 1)
    later = now + timedelta(minutes=11)
    assert links.read(SECRET, token, now=later, purpose=links.REPORT) is None
    assert links.read(SECRET, token, now=now) is None


def test_a_link_to_log_in_opens_no_files() -> None:
    from tests.fakes import MORNING

    token = links.sign(SECRET, village=1, person=1, now=MORNING)
    assert links.read(SECRET, token, now=MORNING) is not None
    assert links.read(SECRET, token, now=MORNING, purpose=links.REPORT) is None


@pytest.mark.parametrize("room", ["村群", "委员群"])
def test_asked_in_a_room_the_link_comes_directly(stage: Stage, room: str) -> None:
    [draft] = stage.act(f"李会计@{room}: 报表")
    assert (draft.room, draft.contact) == (None, "li")
    _link(draft.text)


def test_a_villager_is_told_kindly_where_the_own_points_are(stage: Stage) -> None:
    stage.play(
        """
        张三: 报表
          → 张三: 报表是村委会用的。看自己家的,回“我家多少分”或“明细”就行。
        stranger: 报表
          → stranger: 您还没有绑定到哪一户。…
        """
    )
