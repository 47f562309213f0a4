import pytest

from bot.papers.roster_note import NoteKind
from bot.papers.roster_rows import RowAction
from domain.household import RosterColumn
from tests.bot.rosters import HEADINGS, kinds_of, read_cells


@pytest.mark.parametrize(
    ("written", "remark", "kind"),
    [
        ("身份证号:310115196501011234", "", NoteKind.ID_DROPPED),
        ("独居,身份证310115 19650101 123X", "独居", NoteKind.ID_DROPPED),
        ("310115196501011234,低保", "低保", NoteKind.ID_DROPPED),
        ("31011519650101123x", "", NoteKind.ID_DROPPED),
        ("老证310115650101123", "老证", NoteKind.ID_DROPPED),
        ("卡号 6222021234567890", "", NoteKind.CARD_DROPPED),
        ("6222 0212 3456 7890 123", "", NoteKind.CARD_DROPPED),
        ("6222-0212-3456-7890", "", NoteKind.CARD_DROPPED),
        ("3101151965010112\uff13\uff14", "", NoteKind.ID_DROPPED),
        ("31011519650101123\uff38\uff0c低保", "低保", NoteKind.ID_DROPPED),
        (6222021234567890, "", NoteKind.CARD_DROPPED),
        (3.10115196501011e17, "", NoteKind.ID_DROPPED),
        ("3.10115E+17", "", NoteKind.CARD_DROPPED),
        ("310115\u200b196501011234", "", NoteKind.ID_DROPPED),
        ("残疾二级,独居", "独居", NoteKind.HEALTH_DROPPED),
        ("患糖尿病", "", NoteKind.HEALTH_DROPPED),
    ],
)
def test_private_numbers_and_health_are_dropped_and_said(
    written: object, remark: str, kind: NoteKind
) -> None:
    line = read_cells(备注=written)
    assert line.action is RowAction.NORMALISED
    assert line.values[RosterColumn.REMARK] == remark
    assert kind in kinds_of(line)


@pytest.mark.parametrize(
    "remark",
    [
        *(
            "13812345678 13987654321",
            "2024-03-05 2024-04-05",
            "12号房东,电话13812345678",
            "儿子0086 13812345678",
        ),
        *("未拆迁", "拆迁安置户", "非空关", "外出务工", "注:常年在家", "共计两处房", "负责人常来"),
        *("长子:张小三\n次子:张小四", "龍"),
    ],
)
def test_an_ordinary_remark_is_kept_to_the_letter(remark: str) -> None:
    line = read_cells(备注=remark)
    assert (line.values[RosterColumn.REMARK], line.notes) == (remark, ())


def test_a_remark_in_the_first_column_makes_no_footnote_of_a_household() -> None:
    headings = ("备注", *HEADINGS[:-1])
    for remark in ("注:外出", "共计", "填表人是他"):
        assert read_cells(headings, 备注=remark).action is RowAction.ACCEPTED
