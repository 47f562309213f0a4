import pytest

from bot.papers.roster_note import NoteKind
from bot.papers.roster_rows import RowAction
from domain.household import RosterColumn
from tests.bot.rosters import kinds_of, read_cells


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        (13812345678, "13812345678"),
        (1.3812345678e10, "13812345678"),
        ("1.3812345678E+10", "13812345678"),
        ("13812345678.0", "13812345678"),
        ("13812345678", "13812345678"),
        ("\uff11\uff13\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", "13812345678"),
        ("\uff0b86 13812345678", "13812345678"),
        ("13812345678\uff0c13987654321", "13812345678/13987654321"),
        ("13812345678\uff1b13987654321", "13812345678/13987654321"),
        ("13812345678\u300013987654321", "13812345678/13987654321"),
        ("13812345678\uff0f13987654321", "13812345678/13987654321"),
        ("138-1234-5678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("1381 234 5678", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("+86-138-1234-5678", "13812345678"),
        ("8613812345678", "13812345678"),
        *((f"0086{gap}13812345678", "13812345678") for gap in ("", " ", "-")),
        ("0086 138-1234-5678", "13812345678"),
        ("0086 13812345678 0086-13987654321", "13812345678/13987654321"),
        ("0086 021-58921234", "021-58921234"),
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
    assert line.values[RosterColumn.PHONE] == phone
    assert line.entry is not None
    assert "/".join(line.entry.phone) == phone
    assert NoteKind.ID_DROPPED not in kinds_of(line)
    is_plain = str(written) in {phone, "13812345678.0"} and isinstance(written, str | int)
    assert is_plain or isinstance(written, float) or line.action is RowAction.NORMALISED


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("123", NoteKind.PHONE_DROPPED),
        ("1381234567", NoteKind.PHONE_DROPPED),
        ("138123456789", NoteKind.PHONE_DROPPED),
        ("儿子有", NoteKind.PHONE_WORDS_DROPPED),
        ("无", NoteKind.PLACEHOLDER),
        ("1.38E+10", NoteKind.PHONE_ROUNDED),
        ("310115196501011234", NoteKind.ID_DROPPED),
    ],
)
def test_what_is_no_telephone_is_dropped_and_the_household_kept(
    written: object, kind: NoteKind
) -> None:
    line = read_cells(电话=written)
    assert line.action is RowAction.NORMALISED
    assert line.values[RosterColumn.PHONE] == ""
    assert kind in kinds_of(line)
