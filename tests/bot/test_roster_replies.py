import pytest

from bot.papers.roster_note import Note, NoteKind
from bot.replies.roster import columns_ignored, reason, roster_refused, sheets_left
from domain.household import RosterColumn, RosterFault, RosterHeadingMissing, RosterUnreadable


@pytest.mark.parametrize("kind", list(NoteKind))
def test_everything_that_can_be_said_of_a_line_is_worded(kind: NoteKind) -> None:
    said = reason(Note(kind, RosterColumn.GROUP, "{三}组", "3", 2, 1))
    assert said.endswith(("。", "?"))
    assert len(said) < 80
    assert "None" not in said


@pytest.mark.parametrize("fault", list(RosterFault))
def test_every_fault_of_a_file_is_worded_with_what_to_do(fault: RosterFault) -> None:
    assert "请" in roster_refused(RosterUnreadable(fault))


def test_missing_headings_are_named() -> None:
    said = roster_refused(RosterHeadingMissing((RosterColumn.GROUP, RosterColumn.HEAD)))
    assert said.startswith("表里没有找到这几列:组、户主。")


def test_columns_that_were_not_read_are_named() -> None:
    assert columns_ignored(("序号", "身份证号"), ("身份证号",)) == (
        "这几列用不到,没有登记:序号。",
        "这几列不能保存,已去掉:身份证号。",
    )
    assert columns_ignored((), ()) == ()
    assert sheets_left(("四组",), "三组") == "只读了工作表“三组”,没有读:四组。"
