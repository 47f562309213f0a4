"""The words of month review, publication and objections: complete, and what they offer is read."""

import re

import pytest

from bot.replies.months import ACTIONS
from bot.replies.objections import OUTCOMES
from bot.replies.publicity_refusals import ENDED, KINDS, LACKS, REFUSALS
from bot.replies.results import RESULTS
from bot.understanding.plain import PlainReader
from bot.understanding.reading import Intent, Scene, Surroundings, Utterance
from domain.membership import Role
from domain.month_review import MonthBlocked
from domain.objection import AnswerIncomplete, ObjectionState, Outcome
from domain.period import Month
from domain.privacy import number_in
from schedules import basis, committee, month, publication
from tests.fakes import MORNING

OFFERED = {
    "月审": Intent.MONTH_REVIEW,
    "月审 9月": Intent.MONTH_REVIEW,
    "审定 9月": Intent.CONFIRM_MONTH,
    "移到下月 23 等补材料": Intent.MOVE_ON,
    "发布公示": Intent.PUBLICATION,
    "公示": Intent.PUBLICATION,
    "异议 23 少算了1分": Intent.OBJECTION,
    "异议处理": Intent.ANSWER_OBJECTION,
    "异议处理 3 维持 照片看得清": Intent.ANSWER_OBJECTION,
    "异议处理 3 不受理 照片看得清": Intent.ANSWER_OBJECTION,
    "异议处理 3 更正 2分 数量写错": Intent.ANSWER_OBJECTION,
    "异议处理 3 更正 加2分 少算一次": Intent.ANSWER_OBJECTION,
}


@pytest.mark.parametrize(("words", "intent"), OFFERED.items(), ids=list(OFFERED))
def test_every_example_in_the_words_is_understood(words: str, intent: Intent) -> None:
    utterance = Utterance(words, Scene.DIRECT, Role.COMMITTEE, MORNING)
    reading = PlainReader().read(utterance, Surroundings())
    assert reading.intent is intent
    assert not reading.asks


def test_every_value_that_is_said_has_its_word() -> None:
    assert set(ENDED) == set(ObjectionState)
    assert set(OUTCOMES) == set(Outcome)
    assert set(KINDS) == {"identity", "phone", "card"}
    assert {number_in("13812345678"), number_in("6" * 16), number_in("3" * 18)} == set(KINDS)
    assert set(ACTIONS) == {"approve", "reject", "adjust"}
    assert set(LACKS) == {"outcome", "points", "delta", "reason"}


@pytest.mark.parametrize("lacks", sorted(LACKS))
def test_what_an_answer_lacks_is_asked_for_with_its_number(lacks: str) -> None:
    said = REFUSALS[AnswerIncomplete](AnswerIncomplete(7, lacks))
    assert "异议处理 7" in said
    assert not re.search(r"[{}]", said)


def test_what_the_calendar_says_has_words() -> None:
    told = {
        basis.PolicyEnding,
        committee.CommitteeDigest,
        committee.QuartersMissing,
        month.MonthReminder,
        publication.PublicationFinal,
        publication.PublicationPrepared,
        publication.PublicationShown,
        publication.ReleaseAgreed,
        publication.Released,
    }
    assert told <= RESULTS.keys()


def test_many_numbers_are_cut_short() -> None:
    said = REFUSALS[MonthBlocked](MonthBlocked(Month(2026, 9), tuple(range(1, 41))))
    assert "#20等40条" in said
    assert "#21" not in said
