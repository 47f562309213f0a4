"""The address of the notice board (公示栏) is given where a publication is told."""

from bot.boards import board_path
from bot.chat import Chat
from bot.commands.case import Tools
from bot.understanding.plain import PlainReader
from tests.cast import SECRET, SHELF
from tests.journeys.calendar import CalendarStage
from tests.journeys.test_publication import EARNED, RELEASED

SITE = "https://points.example"
WAY = f"全村的名次、细则和能换的东西都在这里看:\n{SITE}{board_path(SECRET, 1)}"


def test_a_release_and_its_answers_give_the_address(calendar: CalendarStage) -> None:
    calendar.chat = Chat(Tools(SECRET, SHELF, SITE, is_reachable=True), PlainReader())
    calendar.play(EARNED + RELEASED.rpartition("陈主任: 发布公示")[0])
    confirmed, shown = calendar.act("陈主任: 发布公示")
    assert SITE not in confirmed.text
    assert shown.room is not None
    assert shown.text.endswith(WAY)
    for asked in ("王阿婆: 公示", "路人@村群: 公示"):
        [answer] = calendar.act(asked)
        assert answer.text.endswith(WAY)
        assert answer.text.count(SITE) == 1


def test_without_an_address_that_people_can_open_none_is_given(calendar: CalendarStage) -> None:
    calendar.play(EARNED + RELEASED)
    [answer] = calendar.act("王阿婆: 公示")
    assert "/v/" not in answer.text
