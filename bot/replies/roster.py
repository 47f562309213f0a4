"""What is said of a roster (花名册): why a line was kept out, and what was changed in it."""

from typing import Final

from bot.papers.roster_note import Note, NoteKind
from bot.papers.roster_words import HEADINGS
from domain.household import (
    RosterColumn,
    RosterFault,
    RosterHeadingMissing,
    RosterUnreadable,
)

_SENTENCES: Final[dict[NoteKind, str]] = {
    NoteKind.TOTAL: "这一行是合计,不是一户人家。",
    NoteKind.TITLE: "这一行是标题,不是一户人家。",
    NoteKind.FOOTNOTE: "这一行是说明文字,不是一户人家。",
    NoteKind.HEADING_AGAIN: "这一行是重复的表头。",
    NoteKind.ENTERPRISE: "“{written}”像是企业或店铺,只登记住户。",
    NoteKind.PUBLIC_PLACE: "“{written}”像是公用的房子,只登记住户。",
    NoteKind.OTHER_VILLAGE: "这一行写的是“{written}”,不是{read}的住户,请到那个村去登记。",
    NoteKind.VILLAGE_UNKNOWN: "村名写的是“{written}”,这张表是{read}的,请核对。",
    NoteKind.EMPTIED: "写着“{written}”,这户已经没有人住,不登记。",
    NoteKind.EMPTIED_PERHAPS: "写着“{written}”,像是没有人住了,不登记;有人住的话请把常住人口填上。",
    NoteKind.NOBODY_RESIDENT: "常住人口是0,这户没有人常住,不登记。",
    NoteKind.NO_LOCAL_HUKOU: "户籍人口是0:无本村户籍,须经村民会议同意后单独登记。",
    NoteKind.MISSING: "{column}没有填。",
    NoteKind.UNREADABLE: "{column}写的是“{written}”,看不懂,请改好。",
    NoteKind.BECAME_DATE: "{column}被 Excel 变成了日期“{written}”,请把这一格改成文本再重新填写。",
    NoteKind.GROUP_CONFLICT: "一处写的是“{written}”组,一处写的是“{read}”组,请核对是哪一组。",
    NoteKind.HOUSE_NO_CONFLICT: "门牌一处写的是“{written}”,一处写的是“{read}”,请核对。",
    NoteKind.SEVERAL_HOUSES: "门牌“{written}”像是两户,请一户写一行。",
    NoteKind.SEVERAL_NAMES: "户主“{written}”像是两个名字,请只写一位户主;"
    "如果是一个人的名字,请去掉中间的空格或改用“·”。",
    NoteKind.NAME_HAS_DIGITS: "户主“{written}”里有数字,请只写姓名。",
    NoteKind.NAME_LETTER_LOST: "户主“{written}”里有一个字没显示出来,请把这个字补上。",
    NoteKind.NAME_ABSENT: "户主写的是“{written}”,不是姓名,请写上姓名。",
    NoteKind.NAME_AND_OTHERS: "户主“{written}”里的“等”像是还有别人,请只写一位户主。",
    NoteKind.DUPLICATE_SAME: "与第{line}行完全相同,只登记第{line}行。",
    NoteKind.DUPLICATE_OTHER_HEAD: "与第{line}行是同一个组、同一个门牌,户主一个写“{read}”,"
    "一个写“{written}”。先按第{line}行登记,请问哪一行对?",
    NoteKind.DUPLICATE: "与第{line}行是同一个组、同一个门牌,内容不一样。"
    "先按第{line}行登记,请问哪一行对?",
    NoteKind.HEAD_CHANGED: "户主从{written}改为{read},积分还是这一户的。",
    NoteKind.CHANGED: "{column}从{written}改为{read}。",
    NoteKind.LEFT_BEFORE: "这户从{read}起不再参加,导入只改资料,没有恢复。",
    NoteKind.STILL_REGISTERED: "这户原来登记过(户主{written}),没有动;"
    "搬走了请用 jifen households leave {read}。",
    NoteKind.READ_AS: "{column}“{written}”登记为“{read}”。",
    NoteKind.SPLIT: "“{written}”分开登记:{read}。",
    NoteKind.CARRIED_DOWN: "{column}是合并单元格,按第{line}行的“{written}”登记。",
    NoteKind.MERGED_ABOVE: "{column}和第{line}行合并成了一格,只算第{line}行的,这一行按没填。",
    NoteKind.INVISIBLE: "{column}里有看不见的符号,已去掉。",
    NoteKind.RADICAL: "{column}里的“{written}”是偏旁符号,已换成一样的字“{read}”。",
    NoteKind.NAME_SPACES: "户主姓名里的空格已去掉,登记为“{read}”。",
    NoteKind.NAME_BRACKET: "户主后面括号里的“{written}”移到了备注。",
    NoteKind.NAME_PRIVATE_LETTER: "户主“{written}”里有自造的字,照原样登记,别的电脑上可能显示不出。",
    NoteKind.ID_DROPPED: "身份证号不保存,已去掉。",
    NoteKind.CARD_DROPPED: "银行卡号之类的长号码不保存,已去掉。",
    NoteKind.HEALTH_DROPPED: "身体和疾病情况不保存,已去掉。",
    NoteKind.LEFT_EMPTY: "{column}写的是“{written}”,看不懂,先空着。",
    NoteKind.PLACEHOLDER: "{column}写的是“{written}”,按没填登记。",
    NoteKind.FORMULA_EMPTY: "{column}是公式,没有算出结果。请在 Excel 里打开,保存后再导入。",
    NoteKind.PHONES_SEVERAL: "电话有{count}个号码,都登记了:{read}。",
    NoteKind.PHONE_TIDIED: "电话整理为{read}。",
    NoteKind.PHONE_DROPPED: "电话里有一个号码是{count}位,不像电话,没有登记。",
    NoteKind.PHONE_WORDS_DROPPED: "电话一栏里的“{written}”没有登记。",
    NoteKind.PHONE_ROUNDED: "电话被 Excel 写成了“{written}”,后几位丢了,没有登记。",
    NoteKind.DATE_SERIAL: "参加日期“{written}”是 Excel 的日期数,登记为{read}。",
    NoteKind.DATE_FIRST_DAY: "参加日期“{written}”没有写到日,按第一天{read}登记。",
    NoteKind.DATE_FUTURE: "参加日期{read}还没有到,先空着。",
    NoteKind.DATE_TOO_OLD: "参加日期{read}太早了,先空着。",
}
_FAULTS: Final[dict[RosterFault, str]] = {
    RosterFault.MISSING: "找不到这个文件,请检查文件名和位置。",
    RosterFault.NOT_EXCEL: "这不是 Excel 表格。请在 Excel 或 WPS 里另存为 .xlsx 再导入。",
    RosterFault.OLD_EXCEL: "这是旧格式的 Excel 表格(.xls)。请另存为 .xlsx 再导入。",
    RosterFault.ENCRYPTED: "这个表格设了密码。请先取消密码,再导入。",
    RosterFault.DAMAGED: "这个表格打不开,文件可能坏了。请在 Excel 里打开,另存一份再导入。",
    RosterFault.TOO_LARGE: "这个表格太大了。请删掉照片和用不到的工作表,再导入。",
}


def column_name(column: RosterColumn | None) -> str:
    """Return how a column is called; a cell of no column that is read is 表格."""
    return HEADINGS[column][0] if column else "表格"


def reason(note: Note) -> str:
    """Word one remark on a line."""
    return _SENTENCES[note.kind].format(
        column=column_name(note.column),
        written=note.written,
        read=note.read,
        line=note.line,
        count=note.count,
    )


def told(value: int | str | None) -> str:
    """Say what a cell holds within a sentence: 是, 3, or 空白."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "空白" if value in {"", None} else str(value)


def roster_refused(refusal: RosterUnreadable | RosterHeadingMissing) -> str:
    """Word why a file was not read at all."""
    if isinstance(refusal, RosterUnreadable):
        return _FAULTS[refusal.fault]
    missing = "、".join(column_name(column) for column in refusal.missing)
    return f"表里没有找到这几列:{missing}。请在第一行写上列名:村、组、门牌、户主、电话……"


def columns_ignored(ignored: tuple[str, ...], dropped: tuple[str, ...]) -> tuple[str, ...]:
    """Say which columns were not read, and which of them hold what is never kept."""
    said = []
    others = [name for name in ignored if name not in dropped]
    if others:
        said.append(f"这几列用不到,没有登记:{'、'.join(others)}。")
    if dropped:
        said.append(f"这几列不能保存,已去掉:{'、'.join(dropped)}。")
    return tuple(said)


def sheets_left(others: tuple[str, ...], read: str) -> str:
    """Say which sheets were not read."""
    return f"只读了工作表“{read}”,没有读:{'、'.join(others)}。"
