import json
import re
from datetime import date, time, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from bot.papers.roster_note import NoteKind
from bot.papers.roster_rows import RowAction, Value
from bot.papers.roster_text import narrow, numeral, without_numbers
from bot.replies.roster import reason
from domain.household import RosterColumn
from tests.bot.rosters import HEADINGS, excel_day, line, read_raw

LONG = re.compile(r"\d{15,}")
ID = "31011519650101123X"

numbers = st.sampled_from(
    [
        *("310115196501011234", ID, "310115650101123", "6222021234567890", "6222021234567890123"),
        *("6222 0212 3456 7890", "310115-19650101-1234", "3101 1519 6501 0112 34"),
        *(
            "\uff13\uff11\uff10115196501011234",
            "310115\u200b196501011234",
            "１２３４５６７８９０１２３４５６",
        ),
    ]
)
words = st.sampled_from(
    [
        *(
            "三组",
            "3组12号",
            "12号",
            "张三",
            "王 强",
            "3组12号 张三",
            "合计",
            "空户",
            "村委会",
            "幸福村",
        ),
        *("13812345678", "021-58921234", "2024年3月5日", "★★★", "4人", "是", "-", "(已故)", "拆迁"),
        *("一百二", "廿", "〇", "#REF!", "=1+1", "{written}", "%s", "\u2f00\u2f83", "\ue000"),
    ]
)
texts = st.one_of(
    st.text(max_size=30),
    words,
    numbers,
    st.lists(st.one_of(words, numbers, st.text(max_size=4)), max_size=4).map("".join),
    st.lists(st.one_of(words, numbers), max_size=4).map(" ".join),
    st.text(alphabet="0123456789 -\u3000.Xx\uff11一二三十〇", max_size=40),
)
cells = st.one_of(
    st.none(),
    texts,
    st.integers(-(10**25), 10**25),
    st.integers(0, 99),
    st.floats(),
    st.booleans(),
    st.datetimes(excel_day(1900, 1, 1), excel_day(9999, 1, 1)),
    st.dates(date(1900, 1, 1)),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=400)),
)
lines = st.lists(cells, min_size=len(HEADINGS) + 1, max_size=len(HEADINGS) + 1).filter(
    lambda row: any(cell is not None for cell in row)
)
JSON = (str, int, bool, type(None))


@given(lines)
@example([*line(户主=ID), None])
@example([*line(备注=f"{ID} {ID}"), ID])
@example([*line(门牌="1234567    8901234    5678901"), time(8)])
def test_every_line_gets_one_answer_whatever_it_holds(row: list[object]) -> None:
    read = read_raw(row, (*HEADINGS, "其他"))
    reasons = [reason(note) for note in read.notes]
    assert (read.action is RowAction.REJECTED) == any(note.rejects for note in read.notes)
    assert (read.action is RowAction.REJECTED) == (read.entry is None)
    assert read.action is not RowAction.NORMALISED or reasons
    assert all(isinstance(value, JSON) for value in read.values.values())
    told = json.dumps([*read.values.values(), *reasons, *read.written.values()])
    for text in [*read.values.values(), *reasons, *read.written.values()]:
        assert not LONG.search(narrow(str(text))), told


@given(lines)
def test_reading_what_was_read_changes_nothing(row: list[object]) -> None:
    first = read_raw(row[: len(HEADINGS)])
    if first.entry is None:
        return
    again = read_raw([_as_cell(column, value) for column, value in first.values.items()])
    assert again.entry == first.entry, again.notes
    assert not {note.kind for note in again.notes} - {
        NoteKind.NAME_PRIVATE_LETTER,
        NoteKind.PHONES_SEVERAL,
    }


def _as_cell(column: RosterColumn, value: Value) -> object:
    return ("是" if value else "否") if column is RosterColumn.PARTY else value


@given(st.integers(0, 199))
def test_a_chinese_numeral_reads_as_its_number(number: int) -> None:
    assert numeral(_in_chinese(number)) == number
    assert numeral(str(number)) == number


def _in_chinese(number: int) -> str:
    digits = "〇一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    if not hundreds and not tens:
        return digits[units]
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif units:
        text += "零"
    return text + (digits[units] if units else "")


@given(st.text(max_size=20), st.text(max_size=20))
def test_an_id_number_is_found_in_any_text(before: str, after: str) -> None:
    kept, kinds = without_numbers(f"{before}{ID}{after}")
    assert kinds
    assert "19650101" not in kept


@given(st.text(max_size=40))
def test_taking_numbers_out_twice_is_taking_them_out_once(text: str) -> None:
    kept, _ = without_numbers(text)
    assert without_numbers(kept) == (kept, ())
