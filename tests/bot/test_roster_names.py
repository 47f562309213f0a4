import pytest

from bot.papers.roster_note import NoteKind
from bot.papers.roster_rows import RowAction
from domain.household import RosterColumn
from tests.bot.rosters import kinds_of, read_cells


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("王 强", "王强", NoteKind.NAME_SPACES),
        ("王\u3000强", "王强", NoteKind.NAME_SPACES),
        ("王\u00a0小 强", "王小强", NoteKind.NAME_SPACES),
        (" 张三 ", "张三", NoteKind.NAME_SPACES),
        ("王\n强", "王强", NoteKind.NAME_SPACES),
        ("欧阳 小强", "欧阳小强", NoteKind.NAME_SPACES),
        ("买买提 · 艾力", "买买提·艾力", NoteKind.NAME_SPACES),
        ("张\u200b三", "张三", NoteKind.INVISIBLE),
        ("\ufeff张三", "张三", NoteKind.INVISIBLE),
        ("张\u200e三", "张三", NoteKind.INVISIBLE),
        ("张\u00ad三", "张三", NoteKind.INVISIBLE),
        ("⽅⼩⾬", "方小雨", NoteKind.RADICAL),
        ("⻩⻰", "黄龙", NoteKind.RADICAL),
        ("张三(已故)", "张三", NoteKind.NAME_BRACKET),
        ("(户主)张三", "张三", NoteKind.NAME_BRACKET),
        ("张三\uff08已故\uff09", "张三", NoteKind.NAME_BRACKET),
        *(
            (written, "王强", NoteKind.READ_AS)
            for written in ("户主:王强", "户主王强", "姓名:王强")
        ),
        *((written, "王强", NoteKind.READ_AS) for written in ("王强。", "王强,", "户主\uff1a王强")),
        ("张三310115196501011234", "张三", NoteKind.ID_DROPPED),
    ],
)
def test_what_a_layout_added_to_a_name_is_taken_off_and_said(
    written: str, name: str, kind: NoteKind
) -> None:
    line = read_cells(户主=written)
    assert line.action is RowAction.NORMALISED
    assert line.values[RosterColumn.HEAD] == name
    assert kind in kinds_of(line)


@pytest.mark.parametrize(
    "name",
    [
        *("𬱖㛃", "㛃", "龍應台", "陳龍", "买买提·艾力", "古丽•阿依", "阿卜杜拉‧买买提", "王建厂"),
        *(
            "李学校",
            "党群英",
            "商行健",
            "张等",
            "空明",
            "王铁塔",
            "户小强",
            "欧阳建厂",
            "王⿰氵文",
            "葛\U000e0100三",
            "王𰻝",
            "𱍐三",
        ),
        *(
            "\uff2d\uff41\uff52\uff59",
            "买买提\uff0e艾力",
            "Mary",
            "John Smith",
            "Lily",
            "王(火+日)",
            "嘎玛才旦",
            "沈",
            "合欢",
            "王小计划",
        ),
    ],
)
def test_a_name_is_kept_to_the_letter(name: str) -> None:
    line = read_cells(户主=name)
    assert (line.values[RosterColumn.HEAD], line.notes) == (name, ())


def test_a_private_letter_is_kept_and_pointed_out() -> None:
    line = read_cells(户主="王\ue123")
    assert line.action is RowAction.ACCEPTED
    assert line.values[RosterColumn.HEAD] == "王\ue123"
    assert kinds_of(line) == {NoteKind.NAME_PRIVATE_LETTER}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (None, NoteKind.MISSING),
        ("-", NoteKind.MISSING),
        (12, NoteKind.NAME_HAS_DIGITS),
        ("张三1", NoteKind.NAME_HAS_DIGITS),
        ("张三、李四", NoteKind.SEVERAL_NAMES),
        ("张三/李四", NoteKind.SEVERAL_NAMES),
        ("张三 李四", NoteKind.SEVERAL_NAMES),
        ("王小强 李小红", NoteKind.SEVERAL_NAMES),
        ("王□", NoteKind.NAME_LETTER_LOST),
        ("王?", NoteKind.NAME_LETTER_LOST),
        ("王\ufffd", NoteKind.NAME_LETTER_LOST),
        *((written, NoteKind.NAME_ABSENT) for written in ("同上", "null", "None", "待定", "户主:")),
        ("王强等", NoteKind.NAME_AND_OTHERS),
        ("王强 等", NoteKind.NAME_AND_OTHERS),
        ("。。", NoteKind.UNREADABLE),
        ("张" * 31, NoteKind.UNREADABLE),
    ],
)
def test_a_name_that_may_be_wrong_is_asked_about(written: object, kind: NoteKind) -> None:
    line = read_cells(户主=written)
    assert line.entry is None
    assert kind in kinds_of(line)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("幸福砖厂", NoteKind.ENTERPRISE),
        ("砖瓦厂", NoteKind.ENTERPRISE),
        ("石材厂", NoteKind.ENTERPRISE),
        ("上海某某有限公司", NoteKind.ENTERPRISE),
        ("幸福蔬菜专业合作社", NoteKind.ENTERPRISE),
        ("王记超市", NoteKind.ENTERPRISE),
        ("老张饭店", NoteKind.ENTERPRISE),
        ("张记面馆", NoteKind.ENTERPRISE),
        ("村委会", NoteKind.PUBLIC_PLACE),
        ("卫生室", NoteKind.PUBLIC_PLACE),
        ("老年活动中心", NoteKind.PUBLIC_PLACE),
        ("公厕", NoteKind.PUBLIC_PLACE),
        ("3号泵站", NoteKind.PUBLIC_PLACE),
        ("张家祠堂", NoteKind.PUBLIC_PLACE),
        ("幸福小学", NoteKind.PUBLIC_PLACE),
        ("仓库", NoteKind.PUBLIC_PLACE),
        ("变压器", NoteKind.PUBLIC_PLACE),
        ("联通基站", NoteKind.PUBLIC_PLACE),
        ("幸福三组公共厨房", NoteKind.PUBLIC_PLACE),
    ],
)
def test_enterprises_and_public_buildings_are_no_households(head: str, kind: NoteKind) -> None:
    line = read_cells(户主=head)
    assert line.action is RowAction.REJECTED
    assert kinds_of(line) == {kind}
