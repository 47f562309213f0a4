"""The year said with a claim's number."""

import pytest

from bot.understanding.reading import Intent
from tests.bot.understanding.village import say, tell

SENTENCES = [
    ("异议 2026年2号 少算了1分", Intent.OBJECTION, (2,), 2026),
    ("异议 2026年#2 少算了1分", Intent.OBJECTION, (2,), 2026),
    ("异议 去年的2号 少算了1分", Intent.OBJECTION, (2,), 2025),
    ("进度 2026#2", Intent.CLAIM_STATUS, (2,), 2026),
    ("撤回 去年2号", Intent.WITHDRAW_CLAIM, (2,), 2025),
    ("更正 2026年2号 昨天", Intent.AMEND, (2,), 2026),
    ("异议 2 少算了1分", Intent.OBJECTION, (2,), None),
    ("异议 2 和去年2号一样", Intent.OBJECTION, (2,), None),
]
OF_REVIEWERS = [
    ("看图 2026年1号", Intent.PHOTOS, (1,), 2026),
    ("调整 2026年1号 4分 记错了", Intent.ADJUST, (1,), 2026),
    ("通过 今年1号 2号", Intent.APPROVE, (1, 2), 2026),
    ("恢复评优 2026年2号 已经整改", Intent.VETO_LIFT, (2,), 2026),
    ("异议处理 去年3号 维持 没错", Intent.ANSWER_OBJECTION, (3,), 2025),
    ("移到下月 2026年3号 缺材料", Intent.MOVE_ON, (3,), 2026),
]


@pytest.mark.parametrize(
    ("text", "intent", "ids", "year"), SENTENCES, ids=[s[0] for s in SENTENCES]
)
def test_a_year_is_heard_with_the_number(
    text: str, intent: Intent, ids: tuple[int, ...], year: int | None
) -> None:
    slots = tell(text).slots
    assert tell(text).intent is intent
    assert (slots.claim_ids, slots.claim_year) == (ids, year)


@pytest.mark.parametrize(
    ("text", "intent", "ids", "year"), OF_REVIEWERS, ids=[s[0] for s in OF_REVIEWERS]
)
def test_a_reviewer_says_the_year_as_well(
    text: str, intent: Intent, ids: tuple[int, ...], year: int
) -> None:
    slots = tell(text, role="committee").slots
    assert tell(text, role="committee").intent is intent
    assert (slots.claim_ids, slots.claim_year) == (ids, year)


def test_each_of_several_decisions_bears_the_year() -> None:
    acts = tell("2026年12号通过,13号照片看不清驳回", role="committee").acts
    assert [(act.slots.claim_ids, act.slots.claim_year) for act in acts] == [
        ((12,), 2026),
        ((13,), 2026),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "去年2月的事",
        "2026年3组12号",
        "评优 2026 最美家庭 5",
        "去年12号开会来了很多人",
        "2026年8月月审",
    ],
)
def test_other_years_are_no_claim_s(text: str) -> None:
    for reading in (tell(text), say(text)):
        assert reading.slots.claim_year is None
