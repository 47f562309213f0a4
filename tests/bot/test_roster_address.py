import pytest

from bot.papers.roster_note import NoteKind
from bot.papers.roster_rows import RowAction
from domain.household import RosterColumn
from tests.bot.rosters import excel_day, kinds_of, read_cells


@pytest.mark.parametrize(
    ("written", "group"),
    [
        (3, 3),
        (3.0, 3),
        ("3", 3),
        ("\uff13", 3),
        ("\uff13组", 3),
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
        *(("③", 3), ("Ⅲ组", 3), ("㈢", 3), ("⑶组", 3), ("㊂", 3), ("⑫", 12)),
        *(("3組", 3), ("第三組", 3), ("三隊", 3)),
    ],
)
def test_a_group_is_read_in_every_way_villages_write_it(written: object, group: int) -> None:
    line = read_cells(组=written)
    assert line.values[RosterColumn.GROUP] == group
    is_plain = str(written) in {"3", "3.0"}
    assert is_plain or line.action is RowAction.NORMALISED


@pytest.mark.parametrize("written", ["张家宅", 0, -3, 3.5, "三四五六七八九十", "一组二组", 1000])
def test_a_group_that_is_no_number_keeps_the_line_out(written: object) -> None:
    line = read_cells(组=written)
    assert line.entry is None
    assert NoteKind.UNREADABLE in kinds_of(line)


@pytest.mark.parametrize(
    ("written", "house"),
    [
        (12, "12"),
        (12.0, "12"),
        ("12", "12"),
        ("\uff11\uff12", "12"),
        ("\uff11\uff12号", "12"),
        ("12\uff0d1", "12-1"),
        ("12\uff21", "12A"),
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
        ("12a", "12A"),
        *(("A29", "A29"), ("a29", "A29"), ("a29号", "A29")),
        *(("第12号", "12"), ("第十二号", "12"), ("第 12", "12"), ("门牌第12号", "12")),
        *(("25號", "25"), ("⑫号", "12"), ("㉕", "25"), ("3棟12號", "3栋12")),
        ("123弄45号", "123弄45"),
        ("12号101室", "12-101"),
        ("张家宅12号", "张家宅12"),
        ("七家浜5号", "七家浜5"),
        ("12 号", "12"),
    ],
)
def test_a_house_number_has_one_form(written: object, house: str) -> None:
    line = read_cells(门牌=written)
    assert line.values[RosterColumn.HOUSE_NO] == house
    assert (line.action is RowAction.ACCEPTED) == (str(written) in {house, "12.0"})


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (None, NoteKind.MISSING),
        ("无", NoteKind.MISSING),
        ("0号", NoteKind.UNREADABLE),
        ("村口", NoteKind.UNREADABLE),
        ("12.5", NoteKind.UNREADABLE),
        ("12、13号", NoteKind.SEVERAL_HOUSES),
        ("12号和14号", NoteKind.SEVERAL_HOUSES),
        ("12/1", NoteKind.SEVERAL_HOUSES),
        (excel_day(2026, 12, 1), NoteKind.BECAME_DATE),
        ("一百二号", NoteKind.UNREADABLE),
    ],
)
def test_a_house_number_that_cannot_be_told_is_asked_about(written: object, kind: NoteKind) -> None:
    line = read_cells(门牌=written)
    assert line.entry is None
    assert kind in kinds_of(line)


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
        {"组": None, "门牌": "3組12號"},
        {"组": None, "门牌": "第3组第12号"},
        {"组": "㈢组⑫号", "门牌": None},
        {"组": None, "门牌": "幸福村三組十二號"},
        {"组": None, "门牌": None, "户主": "3組第12號 张三"},
    ],
)
def test_group_and_house_in_one_cell_are_parted_and_said(cells: dict[str, object]) -> None:
    line = read_cells(**cells)
    assert line.entry is not None, line.notes
    assert (line.entry.group, line.entry.house_no, line.entry.head) == (3, "12", "张三")
    assert kinds_of(line) == {NoteKind.SPLIT}


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"组": 2, "门牌": "3组12号"}, NoteKind.GROUP_CONFLICT),
        ({"组": "3组13号", "门牌": "12"}, NoteKind.HOUSE_NO_CONFLICT),
        ({"组": None, "门牌": "红星村3组12号"}, NoteKind.OTHER_VILLAGE),
        ({"组": None, "门牌": "3组"}, NoteKind.MISSING),
        ({"组": None, "门牌": "3-12"}, NoteKind.MISSING),
    ],
)
def test_cells_that_disagree_are_asked_about(cells: dict[str, object], kind: NoteKind) -> None:
    line = read_cells(**cells)
    assert line.entry is None
    assert kind in kinds_of(line)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"户主": "空户"}, NoteKind.EMPTIED),
        ({"户主": "空 关"}, NoteKind.EMPTIED),
        ({"备注": "房屋已拆迁"}, NoteKind.EMPTIED),
        ({"备注": "长期空关"}, NoteKind.EMPTIED),
        ({"备注": "无人居住"}, NoteKind.EMPTIED),
        ({"备注": "已销户"}, NoteKind.EMPTIED),
        ({"户主": "张三(空户)"}, NoteKind.EMPTIED),
        ({"户籍人口": 4, "常住人口": 0}, NoteKind.NOBODY_RESIDENT),
        ({"户籍人口": 0, "常住人口": 0}, NoteKind.NOBODY_RESIDENT),
        ({"户籍人口": 0, "常住人口": 3}, NoteKind.NO_LOCAL_HUKOU),
        ({"户籍人口": 0}, NoteKind.NO_LOCAL_HUKOU),
    ],
)
def test_a_household_needs_hukou_house_and_somebody_who_lives_there(
    cells: dict[str, object], kind: NoteKind
) -> None:
    line = read_cells(**cells)
    assert line.action is RowAction.REJECTED
    assert kind in kinds_of(line)


@pytest.mark.parametrize(
    "written", ["幸福", "幸福村委会", "幸福村民委员会", "川沙新镇幸福村", "幸福 村"]
)
def test_the_village_has_one_name(written: str) -> None:
    line = read_cells(村=written)
    assert line.values[RosterColumn.VILLAGE] == "幸福村"
    assert (line.action, kinds_of(line)) == (RowAction.NORMALISED, {NoteKind.READ_AS})


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("红星村", NoteKind.OTHER_VILLAGE),
        ("红星", NoteKind.OTHER_VILLAGE),
        ("新幸福村", NoteKind.OTHER_VILLAGE),
        ("新幸福", NoteKind.OTHER_VILLAGE),
        ("幸福社区", NoteKind.VILLAGE_UNKNOWN),
        ("辛福村", NoteKind.VILLAGE_UNKNOWN),
        (None, NoteKind.MISSING),
    ],
)
def test_another_village_is_kept_out(written: object, kind: NoteKind) -> None:
    line = read_cells(村=written)
    assert line.entry is None
    assert kind in kinds_of(line)
