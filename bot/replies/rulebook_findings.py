"""Sentences about a rulebook file (细则检查结果): what the check found, what cannot be read."""

import re
from collections.abc import Iterable
from typing import Final

from bot.papers.rulebook_problem import Problem, ProblemKind
from bot.papers.rulebook_words import (
    FIELD_WORDS,
    FILER_WORDS,
    KIND_WORDS,
    PUBLICITY_WORDS,
    SETTING_WORDS,
)
from domain.rulebook_finding import Finding, FindingCode, Severity

_SEVERITIES: Final = {Severity.REFUSE: "不能用", Severity.WARN: "请留意"}
_FINDINGS: Final = {
    FindingCode.NO_ITEMS: "细则里一条也没有。",
    FindingCode.VERSION_MISSING: "没有写版本名,请在设置里写上,比如 2026-1。",
    FindingCode.TWO_APPROVERS_RANGE: "“两人审核起点(分)”要在0到100之间。",
    FindingCode.CODE_FORMAT: "编号要一个大写字母加三位数字,比如 A101。",
    FindingCode.CODE_TWICE: "这个编号用了两次,请改掉一个。",
    FindingCode.CATEGORY_UNKNOWN: "大类“{0}”没有名称,请在设置里补上。",
    FindingCode.SUB_ITEM_UNKNOWN: "小类“{0}”没有名称,请在设置里补上。",
    FindingCode.CATEGORY_CAP_SIGN: "大类“{0}”的每年上限要大于0。",
    FindingCode.NAME_MISSING: "没有名称。",
    FindingCode.WORDS_TWICE: "“{0}”这个叫法重复了({1}),村民这样报时分不清是哪一条。",
    FindingCode.NAME_COMMAND: "“{0}”是对小助手说的口令,不能当名称或别名,请换一个叫法。",
    FindingCode.NAME_NUMBER: "“{0}”只有数字,会和申报的号混在一起,请换一个叫法。",
    FindingCode.VALUE_MISSING: "没有写清得几分,电脑算不出来。",
    FindingCode.VALUE_ZERO: "分值都是0,这一条没有作用。",
    FindingCode.SIGNS_MIXED: "一条里又加分又扣分,请拆成两条。",
    FindingCode.RANGE_ORDER: "最低分要小于最高分。",
    FindingCode.TIERS_ORDER: "等级要从低到高排,分值不能相同。",
    FindingCode.TIER_TWICE: "有两个等级叫法相同。",
    FindingCode.STEPS_ORDER: "逐次的分值应一次比一次重。",
    FindingCode.BANDS_ORDER: "各段要从少到多,最后一段不设上限,每小时的分越往后越少。",
    FindingCode.VALUE_UNUSED: "填了这种计分方式用不到的分值,请删掉,免得误会。",
    FindingCode.CAP_SIGN: "上限的正负不对:加分的上限是正数,扣分的上限是负数,不能是0。",
    FindingCode.CAP_TOO_SMALL: "上限比一次的分值还小,永远拿不满。",
    FindingCode.CAPS_ORDER: "上限前后不符:每月不能大于每季,每季不能大于每年。",
    FindingCode.CAP_MISSING: "没有每年上限,积分容易越发越多。",
    FindingCode.APPROVALS_TOO_MANY: "审核人数只能写1或2。",
    FindingCode.DEDUCTION_BY_VILLAGERS: "扣分只能由委员会录入,不能由村民来报。",
    FindingCode.DEDUCTION_ONE_APPROVAL: "扣分要两个人审核。",
    FindingCode.DEDUCTION_NAMED: "扣分不能点名公示。",
    FindingCode.VETO_WITHOUT_DEDUCTION: "一票否决只能写在扣分的条目上。",
    FindingCode.SOURCE_MISSING: "没有写来源:分值根据什么定的,或者写“村民商定”。",
    FindingCode.EVIDENCE_MISSING: "没有写佐证:凭什么认定做了这件事。",
    FindingCode.VAGUE: "“{0}”是对人的评价,不是看得见的事,也伤人。请写具体做了什么。",
    FindingCode.RIGHTS: "“{0}”涉及村民依法享有的权益或罚款,积分不能和它挂钩。",
    FindingCode.LOGINS: "“{0}”是看用了几次手机,不是办了什么事,不能计分。",
    FindingCode.VOTES: "“{0}”:选举投票、点赞转发、举报邻居不能拿来计分,请确认不是这种事。",
    FindingCode.PETITIONS: "“{0}”:反映问题和不参加志愿都是村民的权利,不应扣分。",
}
_PROBLEMS: Final = {
    ProblemKind.SYNTAX: "写法看不懂:{value}",
    ProblemKind.UNREADABLE_FILE: "“{value}”打不开,请确认文件没有损坏、不太大。",
    ProblemKind.SHEET_MISSING: "缺少工作表“{value}”。",
    ProblemKind.HEADING_MISSING: "缺少“{value}”这一列。",
    ProblemKind.FORMULA: "单元格里是公式“{value}”,请改成数字或文字。",
    ProblemKind.FIELD_UNKNOWN: "不认识“{field}”,请核对有没有写错。",
    ProblemKind.FIELD_MISSING: "缺少“{field}”。",
    ProblemKind.NOT_TEXT: "“{field}”要写文字,现在是“{value}”。",
    ProblemKind.NOT_A_NUMBER: "“{field}”要写整数,现在是“{value}”。",
    ProblemKind.OUT_OF_RANGE: "“{field}”要写{least}到{most}的整数,现在是“{value}”。",
    ProblemKind.NOT_POINTS: "“{field}”要写分值,最多一位小数,现在是“{value}”。",
    ProblemKind.NOT_YES_NO: "“{field}”要写“是”或“否”,现在是“{value}”。",
    ProblemKind.NOT_A_LIST: "“{field}”的写法看不懂:“{value}”。",
    ProblemKind.NOT_A_CHOICE: "“{field}”写的是“{value}”,只能是:{choices}。",
}
_SYNTAX: Final = (
    ("Expected '='", "名字后面少了等号"),
    ("Invalid value", "等号后面的内容看不懂,文字要放在引号里"),
    ('Expected "\'"', "引号没有写完"),
    ("Unterminated string", "引号没有写完"),
    ("Illegal character", "引号没有写完,或者有看不见的符号"),
    ("Unescaped", "引号里的反斜杠要写两个"),
    ("Unclosed", "括号没有写完"),
    ("Expected newline", "一行里多写了内容"),
    ("Expected ']", "方括号没有写完"),
    ("Invalid initial character", "等号前面的名字写得不对"),
    ("Invalid statement", "这一行看不懂"),
    ("Invalid date", "日期或时间写得不对"),
    ("Cannot ", "同一个名字写了两次"),
    ("Duplicate", "同一个名字写了两次"),
    ("already", "同一个名字写了两次"),
)
_AT_COLUMN: Final = re.compile(r"at line \d+, column (\d+)")
_AT_END: Final = "at end of document"
_CHOICES: Final[dict[str, str]] = {
    **{kind.value: word for kind, word in KIND_WORDS.items()},
    **{filer.value: word for filer, word in FILER_WORDS.items()},
    **{publicity.value: word for publicity, word in PUBLICITY_WORDS.items()},
}


def word_finding(finding: Finding) -> str:
    """Say what the check found, its weight and item first: ``不能用 A101:……``."""
    first, *others = finding.facts or ("",)
    if finding.code is not FindingCode.WORDS_TWICE:
        first, others = "、".join(finding.facts), []
    sentence = _FINDINGS[finding.code].format(first, "、".join(others))
    return f"{_SEVERITIES[finding.severity]} {finding.item or '整本细则'}:{sentence}"


def word_problem(problem: Problem) -> str:
    """Say what could not be read and where: ``第12行 A101:……``."""
    line = f"第{problem.line}行" if problem.line else ""
    where = " ".join(part for part in (line, problem.code) if part)
    choices = "、".join(f"{_CHOICES.get(word, word)}({word})" for word in problem.choices)
    is_syntax = problem.kind is ProblemKind.SYNTAX
    sentence = _PROBLEMS[problem.kind].format(
        field=_field(problem.field),
        value=_syntax(problem.value) if is_syntax else problem.value,
        choices=choices,
        least=problem.least,
        most=problem.most,
    )
    return f"{where}:{sentence}" if where else sentence


def _syntax(message: str) -> str:
    """Say what the reader of the text stumbled over; its own words where nothing else is known."""
    column = _AT_COLUMN.search(message)
    place = f"第{column[1]}个字附近" if column else "文件末尾" if _AT_END in message else ""
    why = next((said for begin, said in _SYNTAX if begin in message), "")
    return ",".join(filter(None, (place, why))) + "。" if place or why else message


def word_check(problems: Iterable[Problem], findings: Iterable[Finding]) -> str:
    """Say everything at once, one line each; what refuses the rulebook comes first."""
    by_weight = sorted(findings, key=lambda f: f.severity is Severity.WARN)
    lines = [*(word_problem(p) for p in problems), *(word_finding(f) for f in by_weight)]
    return "\n".join(lines) or "细则检查通过,没有发现问题。"


def _field(name: str) -> str:
    """Name a field as the sheet does: ``caps.month`` is 每月上限."""
    words = FIELD_WORDS | SETTING_WORDS
    if name in words:
        return words[name]
    outer, _, inner = name.partition(".")
    return f"{words[outer]} {words.get(inner, inner)}" if outer in words else name
