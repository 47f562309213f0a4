from datetime import date, datetime, time

import pytest

from bot.papers.roster_note import NoteKind
from bot.papers.roster_rows import ReadLine, RowAction
from domain.household import RosterColumn
from tests.bot.rosters import HEADINGS, read_cells

K = NoteKind


def kinds(line: ReadLine) -> set[NoteKind]:
    return {note.kind for note in line.notes}


def value(line: ReadLine, column: RosterColumn) -> object:
    return line.values[column]


def test_a_line_as_it_should_be_is_accepted_without_a_word() -> None:
    line = read_cells(
        电话="13812345678",
        户籍人口=4,
        常住人口=3,
        党员户="是",
        星级=3,
        参加日期=datetime(2026, 3, 5),
        备注="独居老人",
    )
    assert (line.action, line.notes) == (RowAction.ACCEPTED, ())
    assert line.entry is not None
    assert line.entry.joined_on == date(2026, 3, 5)
    assert line.entry.phone == ("13812345678",)
    assert {column.value: value for column, value in line.values.items()} == {
        "village": "幸福村",
        "group": 3,
        "house_no": "12",
        "head": "张三",
        "phone": "13812345678",
        "registered": 4,
        "resident": 3,
        "party": True,
        "star": 3,
        "joined": "2026-03-05",
        "remark": "独居老人",
    }


@pytest.mark.parametrize(
    ("written", "group"),
    [
        (3, 3),
        (3.0, 3),
        ("3", 3),
        ("3", 3),
        ("3.0", 3),
        ("三", 3),
        ("三组", 3),
        ("第3组", 3),
        ("第 三 组", 3),
        ("3村民小组", 3),
        ("十二队", 12),
        ("廿一组", 21),
        ("二十一", 21),
        ("幸福村3组", 3),
    ],
)
def test_a_group_is_read_in_every_way_villages_write_it(written: object, group: int) -> None:
    line = read_cells(组=written)
    assert value(line, RosterColumn.GROUP) == group
    is_plain = str(written) in {"3", "3.0"}
    assert is_plain or line.action is RowAction.NORMALISED


@pytest.mark.parametrize("written", ["张家宅", 0, -3, 3.5, "三四五六七八九十", "一组二组", 1000])
def test_a_group_that_is_no_number_keeps_the_line_out(written: object) -> None:
    line = read_cells(组=written)
    assert line.entry is None
    assert K.UNREADABLE in kinds(line)


@pytest.mark.parametrize(
    ("written", "house"),
    [
        (12, "12"),
        (12.0, "12"),
        ("12", "12"),
        ("12", "12"),
        ("12号", "12"),
        ("12#", "12"),
        ("012", "12"),
        ("No.12", "12"),
        ("十二号", "12"),
        ("十二", "12"),
        ("一百零三号", "103"),
        ("一二〇三", "1203"),
        ("廿一号", "21"),
        ("12号-1", "12-1"),
        ("12-1号", "12-1"),
        ("12—1", "12-1"),
        ("12-1", "12-1"),
        ("12之1", "12-1"),
        ("十二号之二", "12-2"),
        ("12号甲", "12甲"),
        ("十二甲", "12甲"),
        ("12甲", "12甲"),
        ("12A", "12A"),
        ("12a", "12a"),
        ("123弄45号", "123弄45"),
        ("12号101室", "12-101"),
        ("张家宅12号", "张家宅12"),
        ("七家浜5号", "七家浜5"),
        ("12 号", "12"),
    ],
)
def test_a_house_number_has_one_form(written: object, house: str) -> None:
    line = read_cells(门牌=written)
    assert value(line, RosterColumn.HOUSE_NO) == house
    assert (line.action is RowAction.ACCEPTED) == (str(written) in {house, "12.0"})


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (None, K.MISSING),
        ("无", K.MISSING),
        ("0号", K.UNREADABLE),
        ("村口", K.UNREADABLE),
        ("12.5", K.UNREADABLE),
        ("12、13号", K.SEVERAL_HOUSES),
        ("12号和14号", K.SEVERAL_HOUSES),
        ("12/1", K.SEVERAL_HOUSES),
        (datetime(2026, 12, 1), K.BECAME_DATE),
        ("一百二号", K.UNREADABLE),
    ],
)
def test_a_house_number_that_cannot_be_told_is_asked_about(written: object, kind: NoteKind) -> None:
    line = read_cells(门牌=written)
    assert line.entry is None
    assert kind in kinds(line)


@pytest.mark.parametrize(
    "cells",
    [
        {"组": "3组12号", "门牌": None},
        {"组": None, "门牌": "3组12号"},
        {"组": 3, "门牌": "3组12号"},
        {"组": "3组12号", "门牌": "3组12号"},
        {"组": "三组十二号", "门牌": "12"},
        {"组": None, "门牌": "幸福村3组12号"},
        {"组": None, "门牌": "第3村民小组 12号"},
        {"组": None, "门牌": None, "户主": "3组12号 张三"},
        {"组": None, "门牌": None, "户主": "三组十二号张三"},
        {"组": 3, "门牌": 12, "户主": "3组12号 张三"},
    ],
)
def test_group_and_house_in_one_cell_are_parted_and_said(cells: dict[str, object]) -> None:
    line = read_cells(**cells)
    assert line.entry is not None, line.notes
    assert (line.entry.group, line.entry.house_no, line.entry.head) == (3, "12", "张三")
    assert kinds(line) == {K.SPLIT}


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"组": 2, "门牌": "3组12号"}, K.GROUP_CONFLICT),
        ({"组": "3组13号", "门牌": "12"}, K.HOUSE_NO_CONFLICT),
        ({"组": None, "门牌": "红星村3组12号"}, K.OTHER_VILLAGE),
        ({"组": None, "门牌": "3组"}, K.MISSING),
        ({"组": None, "门牌": "3-12"}, K.MISSING),
    ],
)
def test_cells_that_disagree_are_asked_about(cells: dict[str, object], kind: NoteKind) -> None:
    line = read_cells(**cells)
    assert line.entry is None
    assert kind in kinds(line)


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("王 强", "王强", K.NAME_SPACES),
        ("王\u3000强", "王强", K.NAME_SPACES),
        ("王\u00a0小 强", "王小强", K.NAME_SPACES),
        (" 张三 ", "张三", K.NAME_SPACES),
        ("王\n强", "王强", K.NAME_SPACES),
        ("欧阳 小强", "欧阳小强", K.NAME_SPACES),
        ("买买提 · 艾力", "买买提·艾力", K.NAME_SPACES),
        ("张\u200b三", "张三", K.INVISIBLE),
        ("\ufeff张三", "张三", K.INVISIBLE),
        ("张\u200e三", "张三", K.INVISIBLE),
        ("张\u00ad三", "张三", K.INVISIBLE),
        ("⽅⼩⾬", "方小雨", K.RADICAL),
        ("⻩⻰", "黄龙", K.RADICAL),
        ("张三(已故)", "张三", K.NAME_BRACKET),
        ("(户主)张三", "张三", K.NAME_BRACKET),
        ("张三310115196501011234", "张三", K.ID_DROPPED),
    ],
)
def test_what_a_layout_added_to_a_name_is_taken_off_and_said(
    written: str, name: str, kind: NoteKind
) -> None:
    line = read_cells(户主=written)
    assert line.action is RowAction.NORMALISED
    assert value(line, RosterColumn.HEAD) == name
    assert kind in kinds(line)


@pytest.mark.parametrize(
    "name",
    [
        *("𬱖㛃", "㛃", "龍應台", "陳龍", "买买提·艾力", "古丽•阿依", "阿卜杜拉‧买买提", "王建厂"),
        *(
            "李学校",
            "张等",
            "空明",
            "户小强",
            "欧阳建厂",
            "王⿰氵文",
            "葛\U000e0100三",
            "王𰻝",
            "𱍐三",
        ),
        *("Mary", "John Smith", "Lily", "王(火+日)", "嘎玛才旦", "沈", "合欢", "王小计划"),
    ],
)
def test_a_name_is_kept_to_the_letter(name: str) -> None:
    line = read_cells(户主=name)
    assert (value(line, RosterColumn.HEAD), line.notes) == (name, ())


def test_a_private_letter_is_kept_and_pointed_out() -> None:
    line = read_cells(户主="王\ue123")
    assert line.action is RowAction.ACCEPTED
    assert value(line, RosterColumn.HEAD) == "王\ue123"
    assert kinds(line) == {K.NAME_PRIVATE_LETTER}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (None, K.MISSING),
        ("-", K.MISSING),
        (12, K.NAME_HAS_DIGITS),
        ("张三1", K.NAME_HAS_DIGITS),
        ("张三、李四", K.SEVERAL_NAMES),
        ("张三/李四", K.SEVERAL_NAMES),
        ("张三 李四", K.SEVERAL_NAMES),
        ("王小强 李小红", K.SEVERAL_NAMES),
        ("王□", K.NAME_LETTER_LOST),
        ("王?", K.NAME_LETTER_LOST),
        ("王\ufffd", K.NAME_LETTER_LOST),
        ("。。", K.UNREADABLE),
        ("张" * 31, K.UNREADABLE),
    ],
)
def test_a_name_that_may_be_wrong_is_asked_about(written: object, kind: NoteKind) -> None:
    line = read_cells(户主=written)
    assert line.entry is None
    assert kind in kinds(line)


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        (13812345678, "13812345678"),
        (1.3812345678e10, "13812345678"),
        ("1.3812345678E+10", "13812345678"),
        ("13812345678.0", "13812345678"),
        ("13812345678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("1381 234 5678", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("+86-138-1234-5678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("021-58921234", "021-58921234"),
        ("(021)58921234", "021-58921234"),
        ("02158921234", "021-58921234"),
        ("0512-6789012", "0512-6789012"),
        ("58921234", "58921234"),
        ("13812345678/13987654321", "13812345678/13987654321"),
        ("13812345678、13987654321", "13812345678/13987654321"),
        ("13812345678,13987654321", "13812345678/13987654321"),
        ("13812345678;13987654321", "13812345678/13987654321"),
        ("13812345678 13987654321", "13812345678/13987654321"),
        ("13812345678\n13987654321", "13812345678/13987654321"),
        ("1381234567813987654321", "13812345678/13987654321"),
        ("13812345678 021-58921234", "13812345678/021-58921234"),
        ("138 1234 5678 139 8765 4321", "13812345678/13987654321"),
        ("13812345678 13812345678", "13812345678"),
        ("手机:13812345678", "13812345678"),
        ("13812345678(儿子)", "13812345678"),
        ("13812345678 12345", "13812345678"),
    ],
)
def test_telephones_are_read_in_digits(written: object, phone: str) -> None:
    line = read_cells(电话=written)
    assert value(line, RosterColumn.PHONE) == phone
    assert line.entry is not None
    assert "/".join(line.entry.phone) == phone
    is_plain = str(written) in {phone, "13812345678.0"} and isinstance(written, str | int)
    assert is_plain or isinstance(written, float) or line.action is RowAction.NORMALISED


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("123", K.PHONE_DROPPED),
        ("1381234567", K.PHONE_DROPPED),
        ("138123456789", K.PHONE_DROPPED),
        ("儿子有", K.PHONE_WORDS_DROPPED),
        ("无", K.PLACEHOLDER),
        ("1.38E+10", K.PHONE_ROUNDED),
        ("310115196501011234", K.ID_DROPPED),
    ],
)
def test_what_is_no_telephone_is_dropped_and_the_household_kept(
    written: object, kind: NoteKind
) -> None:
    line = read_cells(电话=written)
    assert line.action is RowAction.NORMALISED
    assert value(line, RosterColumn.PHONE) == ""
    assert kind in kinds(line)


@pytest.mark.parametrize(
    ("written", "number"),
    [(4, 4), (4.0, 4), ("4", 4), ("4人", 4), ("四口人", 4), ("4", 4), ("共4人", 4), ("十一", 11)],
)
def test_people_are_counted(written: object, number: int) -> None:
    line = read_cells(户籍人口=written, 常住人口=written)
    assert value(line, RosterColumn.REGISTERED) == value(line, RosterColumn.RESIDENT) == number


@pytest.mark.parametrize("written", [-1, 2.5, "很多", 100, 13812345678, True, datetime(2026, 1, 4)])
def test_what_is_no_count_is_left_empty_and_said(written: object) -> None:
    line = read_cells(常住人口=written)
    assert value(line, RosterColumn.RESIDENT) is None
    assert line.action is RowAction.NORMALISED
    assert kinds(line) == {K.LEFT_EMPTY}


@pytest.mark.parametrize(
    "written", ["是", "√", "✓", "Y", "y", "Y", 1, True, "党员户", "有", "党员"]
)
def test_a_party_household_is_marked_in_many_ways(written: object) -> None:
    line = read_cells(党员户=written)
    assert (value(line, RosterColumn.PARTY), line.action) == (True, RowAction.ACCEPTED)


@pytest.mark.parametrize("written", ["否", "×", "", None, 0, False, "无", "N", "非党员"])
def test_no_party_household_is_marked_in_many_ways(written: object) -> None:
    line = read_cells(党员户=written)
    assert (value(line, RosterColumn.PARTY), line.action) == (False, RowAction.ACCEPTED)


def test_a_party_mark_that_cannot_be_read_is_said() -> None:
    assert kinds(read_cells(党员户="可能")) == {K.LEFT_EMPTY}
    two = read_cells(党员户="2人")
    assert (value(two, RosterColumn.PARTY), kinds(two)) == (True, {K.READ_AS})


@pytest.mark.parametrize(
    ("written", "star"),
    [
        (5, 5),
        (0, 0),
        ("五星", 5),
        ("5星", 5),
        ("三星级", 3),
        ("三星级户", 3),
        ("★★★★★", 5),
        ("★★★☆☆", 3),
        ("3", 3),
        (None, 0),
    ],
)
def test_stars_are_counted(written: object, star: int) -> None:
    line = read_cells(星级=written)
    assert value(line, RosterColumn.STAR) == star
    assert line.entry is not None


@pytest.mark.parametrize("written", [6, -1, "是", 2.5, "六星", datetime(2026, 1, 4)])
def test_stars_that_cannot_be_are_left_out_and_said(written: object) -> None:
    line = read_cells(星级=written)
    assert (value(line, RosterColumn.STAR), kinds(line)) == (0, {K.LEFT_EMPTY})


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        (datetime(2024, 3, 5), "2024-03-05"),
        (date(2024, 3, 5), "2024-03-05"),
        (datetime(2024, 3, 5, 8, 30), "2024-03-05"),
        (45000, "2023-03-15"),
        (45000.0, "2023-03-15"),
        ("45000", "2023-03-15"),
        ("2024-03-05", "2024-03-05"),
        ("2024年3月5日", "2024-03-05"),
        ("2024 年 3 月 5 日", "2024-03-05"),
        ("2024.3.5", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("2024-3-5 00:00:00", "2024-03-05"),
        ("24.3.5", "2024-03-05"),
        (20240305, "2024-03-05"),
        ("二〇二四年三月五日", "2024-03-05"),
        ("二零二四年十月十一日", "2024-10-11"),
        ("2024年3月", "2024-03-01"),
        ("2024.10", "2024-10-01"),
        (202403, "2024-03-01"),
        (2024, "2024-01-01"),
        ("2024年", "2024-01-01"),
    ],
)
def test_a_day_is_read_in_every_way_villages_write_it(written: object, joined: str) -> None:
    line = read_cells(参加日期=written)
    assert value(line, RosterColumn.JOINED) == joined
    is_plain = line.action is RowAction.ACCEPTED
    assert is_plain == (str(written) in {joined, f"{joined} 00:00:00"})
    if "-01" in joined[7:]:
        assert K.DATE_FIRST_DAY in kinds(line)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("3月5日", K.LEFT_EMPTY),
        (2024.1, K.LEFT_EMPTY),
        ("2024-13-01", K.LEFT_EMPTY),
        ("2024-02-30", K.LEFT_EMPTY),
        ("去年", K.LEFT_EMPTY),
        (time(8, 30), K.LEFT_EMPTY),
        (True, K.LEFT_EMPTY),
        ("无", K.PLACEHOLDER),
        ("2027-01-01", K.DATE_FUTURE),
        ("1965-01-01", K.DATE_TOO_OLD),
    ],
)
def test_a_day_that_cannot_be_is_left_empty_and_said(written: object, kind: NoteKind) -> None:
    line = read_cells(参加日期=written)
    assert value(line, RosterColumn.JOINED) is None
    assert line.action is RowAction.NORMALISED
    assert kind in kinds(line)


@pytest.mark.parametrize(
    ("written", "remark", "kind"),
    [
        ("身份证号:310115196501011234", "", K.ID_DROPPED),
        ("独居,身份证310115 19650101 123X", "独居", K.ID_DROPPED),
        ("310115196501011234,低保", "低保", K.ID_DROPPED),
        ("31011519650101123x", "", K.ID_DROPPED),
        ("老证310115650101123", "老证", K.ID_DROPPED),
        ("卡号 6222021234567890", "", K.CARD_DROPPED),
        ("6222 0212 3456 7890 123", "", K.CARD_DROPPED),
        ("6222-0212-3456-7890", "", K.CARD_DROPPED),
        (6222021234567890, "", K.CARD_DROPPED),
        (3.10115196501011e17, "", K.ID_DROPPED),
        ("3.10115E+17", "", K.CARD_DROPPED),
        ("310115\u200b196501011234", "", K.ID_DROPPED),
        ("残疾二级,独居", "独居", K.HEALTH_DROPPED),
        ("患糖尿病", "", K.HEALTH_DROPPED),
    ],
)
def test_private_numbers_and_health_are_dropped_and_said(
    written: object, remark: str, kind: NoteKind
) -> None:
    line = read_cells(备注=written)
    assert line.action is RowAction.NORMALISED
    assert value(line, RosterColumn.REMARK) == remark
    assert kind in kinds(line)


@pytest.mark.parametrize(
    "remark",
    [
        *("13812345678 13987654321", "2024-03-05 2024-04-05", "12号房东,电话13812345678"),
        *("未拆迁", "拆迁安置户", "非空关", "外出务工", "注:常年在家", "共计两处房", "负责人常来"),
        *("长子:张小三\n次子:张小四", "龍"),
    ],
)
def test_an_ordinary_remark_is_kept_to_the_letter(remark: str) -> None:
    line = read_cells(备注=remark)
    assert (value(line, RosterColumn.REMARK), line.notes) == (remark, ())


def test_a_remark_in_the_first_column_makes_no_footnote_of_a_household() -> None:
    headings = ("备注", *HEADINGS[:-1])
    for remark in ("注:外出", "共计", "填表人是他"):
        assert read_cells(headings, 备注=remark).action is RowAction.ACCEPTED


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"户主": "空户"}, K.EMPTIED),
        ({"户主": "空 关"}, K.EMPTIED),
        ({"备注": "房屋已拆迁"}, K.EMPTIED),
        ({"备注": "长期空关"}, K.EMPTIED),
        ({"备注": "无人居住"}, K.EMPTIED),
        ({"备注": "已销户"}, K.EMPTIED),
        ({"户主": "张三(空户)"}, K.EMPTIED),
        ({"户籍人口": 4, "常住人口": 0}, K.NOBODY_RESIDENT),
        ({"户籍人口": 0, "常住人口": 0}, K.NOBODY_RESIDENT),
        ({"户籍人口": 0, "常住人口": 3}, K.NO_LOCAL_HUKOU),
        ({"户籍人口": 0}, K.NO_LOCAL_HUKOU),
    ],
)
def test_a_household_needs_hukou_house_and_somebody_who_lives_there(
    cells: dict[str, object], kind: NoteKind
) -> None:
    line = read_cells(**cells)
    assert line.action is RowAction.REJECTED
    assert kind in kinds(line)


@pytest.mark.parametrize(
    "written", ["幸福", "幸福村委会", "幸福村民委员会", "川沙新镇幸福村", "幸福 村"]
)
def test_the_village_has_one_name(written: str) -> None:
    line = read_cells(村=written)
    assert value(line, RosterColumn.VILLAGE) == "幸福村"
    assert (line.action, kinds(line)) == (RowAction.NORMALISED, {K.READ_AS})


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("红星村", K.OTHER_VILLAGE),
        ("红星", K.OTHER_VILLAGE),
        ("新幸福村", K.OTHER_VILLAGE),
        ("新幸福", K.OTHER_VILLAGE),
        ("幸福社区", K.VILLAGE_UNKNOWN),
        ("辛福村", K.VILLAGE_UNKNOWN),
        (None, K.MISSING),
    ],
)
def test_another_village_is_kept_out(written: object, kind: NoteKind) -> None:
    line = read_cells(村=written)
    assert line.entry is None
    assert kind in kinds(line)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("幸福砖厂", K.ENTERPRISE),
        ("砖瓦厂", K.ENTERPRISE),
        ("石材厂", K.ENTERPRISE),
        ("上海某某有限公司", K.ENTERPRISE),
        ("幸福蔬菜专业合作社", K.ENTERPRISE),
        ("王记超市", K.ENTERPRISE),
        ("老张饭店", K.ENTERPRISE),
        ("张记面馆", K.ENTERPRISE),
        ("村委会", K.PUBLIC_PLACE),
        ("卫生室", K.PUBLIC_PLACE),
        ("老年活动中心", K.PUBLIC_PLACE),
        ("公厕", K.PUBLIC_PLACE),
        ("3号泵站", K.PUBLIC_PLACE),
        ("张家祠堂", K.PUBLIC_PLACE),
        ("幸福小学", K.PUBLIC_PLACE),
        ("仓库", K.PUBLIC_PLACE),
    ],
)
def test_enterprises_and_public_buildings_are_no_households(head: str, kind: NoteKind) -> None:
    line = read_cells(户主=head)
    assert line.action is RowAction.REJECTED
    assert kinds(line) == {kind}
