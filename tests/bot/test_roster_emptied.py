"""Which remarks say that nobody lives in a house, and which only speak of others."""

import pytest

from bot.papers.roster_note import NoteKind
from bot.papers.roster_rows import RowAction
from tests.bot.rosters import kinds_of, read_cells

LEFT = (
    *("已搬走", "搬走了", "无人", "户主去世,无人", "全家已迁走", "老屋倒塌", "空", "没有人住"),
    *("2024年3月已搬走", "举家搬走", "全家搬到镇上", "常年无人"),
)
LIVED_IN = (
    *("儿子全家迁出", "女儿一家搬走了", "邻居家已拆迁", "邻居无人居住", "子女全家迁出"),
    *("户口迁出", "白天无人", "独居,无人照顾", "全家外出务工", "老屋倒塌,住新房", "全家搬到新房"),
    *("有空房出租", "户主已故"),
)


@pytest.mark.parametrize("remark", LEFT)
def test_a_house_that_seems_to_be_left_is_kept_out_unless_people_are_counted(remark: str) -> None:
    line = read_cells(备注=remark)
    assert line.action is RowAction.REJECTED
    assert kinds_of(line) == {NoteKind.EMPTIED_PERHAPS}
    assert read_cells(备注=remark, 常住人口=2).action is RowAction.ACCEPTED


@pytest.mark.parametrize("remark", LIVED_IN)
def test_what_is_said_of_others_or_of_a_part_empties_no_house(remark: str) -> None:
    assert read_cells(备注=remark).action is RowAction.ACCEPTED
    assert read_cells(备注=remark, 常住人口=2).action is RowAction.ACCEPTED
