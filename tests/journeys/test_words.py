"""Words: a village's own names for items are learned from what the committee chose."""

from domain.membership import Role
from tests.cast import SECRET, SHELF
from tests.journeys.stage import Stage


def _make_administrator(stage: Stage, name: str) -> None:
    with stage.open_books() as books:
        people = [books.people.get(1, number) for number in range(1, 6)]  # type: ignore[arg-type]
        person = next(one for one in people if one.name == name)
        books.people.grant(1, person.id, Role.ADMINISTRATOR, at=stage.clock())


def test_what_a_committee_member_chose_is_suggested_and_adopted(stage: Stage) -> None:
    _make_administrator(stage, "李会计")
    stage.play(
        """
        李会计: 别名建议
          → 李会计: 现在没有新的叫法要定。村里已经用着0个。
        """
    )
    with stage.open_books() as books:
        books.words.suggest(1, "倒灰堆", "A101", at=stage.clock())
    stage.play(
        """
        李会计: 别名建议
          → 李会计: 大家有这些叫法:
          | 1 “倒灰堆”→生活垃圾分类投放
          | 同意回“采用别名 1”,不要回“不用别名 1”。
        王阿婆: 采用别名 1
          → 王阿婆: …
        李会计: 采用别名 1
          → 李会计: 以后大家说“倒灰堆”,我就当作生活垃圾分类投放。
        李会计: 采用别名 1
          → 李会计: “倒灰堆”已经用上了。
        李会计: 采用别名 9
          → 李会计: 没有第9个叫法。回“别名建议”看有哪些。
        张三: 申报 倒灰堆
          → 张三: 张三家 #1 生活垃圾分类投放,还差1张照片,请在…前发来。
        李会计: 不用别名 1
          → 李会计: 好,“倒灰堆”不当作生活垃圾分类投放的叫法。
        """
    )


def test_a_choice_of_the_committee_is_learned_and_a_villagers_is_not(stage: Stage) -> None:
    _make_administrator(stage, "李会计")
    for who in ("张三", "李会计"):
        [asked] = stage.say({"张三": "zhang", "李会计": "li"}[who], "申报 照看老人")
        assert "请回数字" in asked.text, asked.text
        stage.say({"张三": "zhang", "李会计": "li"}[who], "2")
        with stage.open_books() as books:
            learned = books.words.aliases(1, "suggested")  # type: ignore[arg-type]
            assert [one.words for one in learned] == ([] if who == "张三" else ["照看老人"])


def test_what_nobody_can_read_is_kept_without_names(stage: Stage) -> None:
    stage.say("zhang", "王阿婆 13912345678 呜里哇啦")
    with stage.open_books() as books:
        [kept] = books.words.unread()
    assert "王阿婆" not in kept.text
    assert "13912345678" not in kept.text
    assert kept.scene == "direct"


def test_keeping_what_nobody_can_read_may_be_switched_off(stage: Stage) -> None:
    from bot.chat import Chat
    from bot.commands.case import Tools
    from bot.understanding.plain import PlainReader

    tools = Tools(SECRET, SHELF, "https://points.example", keeps_unread=False)
    stage.chat = Chat(tools, PlainReader())
    stage.say("zhang", "呜里哇啦 哗啦啦")
    with stage.open_books() as books:
        assert books.words.unread() == ()


def test_a_voice_message_gets_a_kind_hint_once_a_day(stage: Stage) -> None:
    def voice(room: str | None = None) -> list[str]:
        return [draft.text for draft in stage.send_voice("zhang", room=room)]

    [hint] = voice()
    assert hint.startswith("语音我听不懂,请发文字。")
    assert voice() == []
    assert voice(room="village@chatroom") == []
    stage.play("-- 24小时")
    assert voice() == [hint]
