"""What is said of a rulebook that cannot be read: in Chinese, with the value as it was written."""

import pytest

from bot.papers.rulebook_check_words import CHECK_WORDS
from bot.papers.rulebook_toml import draft, loads
from bot.replies.rulebook_findings import word_problem
from domain.rulebook_check import check


def said(text: str) -> list[str]:
    return [word_problem(problem) for problem in loads(text)[1]]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("points = 1.55", "“分值”要写分值,最多一位小数,现在是“1.55”。"),
        ("points = nan", "“分值”要写分值,最多一位小数,现在是“NaN”。"),
        ("photos_min = true", "“照片张数”要写整数,现在是“true”。"),
        ("photos_min = -1", "“照片张数”要写0到100000的整数,现在是“-1”。"),
        ('name = ["x", 0.5]', "“名称”要写文字,现在是“x、0.5”。"),
        ("is_on = { a = 0.5 }", "“启用”要写“是”或“否”,现在是“a = 0.5”。"),
    ],
)
def test_a_value_is_shown_as_it_was_written(written: str, sentence: str) -> None:
    every = said(f'version = "v"\n[[items]]\ncode = "A101"\n{written}\n')
    assert any(one.endswith(sentence) for one in every), every
    assert "Decimal" not in "".join(every)


def test_a_number_that_must_be_one_at_least_says_so() -> None:
    assert said('version = "v"\nclaim_deadline_days = 0\n') == [
        "第2行:“申报期限(天)”要写1到100000的整数,现在是“0”。"
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("version = x", "第1行:写法看不懂:第11个字附近,等号后面的内容看不懂,文字要放在引号里。"),
        ('version "x"', "第1行:写法看不懂:第9个字附近,名字后面少了等号。"),
        ('version = "x', "写法看不懂:文件末尾,引号没有写完。"),
        ("version = 'x", "写法看不懂:文件末尾,引号没有写完。"),
        ("a = 1\na = 2\n", "第2行:写法看不懂:第6个字附近,同一个名字写了两次。"),
        ("a = [1", "写法看不懂:文件末尾,括号没有写完。"),
        ("a = 1 b = 2", "第1行:写法看不懂:第7个字附近,一行里多写了内容。"),
    ],
)
def test_where_a_text_cannot_be_read_is_said_in_chinese(text: str, sentence: str) -> None:
    assert said(text) == [sentence]


def test_the_draft_has_no_name_that_is_a_command() -> None:
    assert {f.code.value for f in check(draft(), words=CHECK_WORDS)} == {"votes"}
