"""What is said when words may mean several things (反问): short choices, by number."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.asking_back import Unsure
from bot.replies.phrases import day, joined
from bot.understanding.reading import Intent, Reading

_MEANT: Final[Mapping[Intent, str]] = {
    Intent.CLAIM: "申报{item}",
    Intent.BALANCE: "查我家多少分",
    Intent.HISTORY: "看我家的明细",
    Intent.RANKING: "看排名",
    Intent.RULES: "问{item}怎么加分",
    Intent.HELP: "问怎么用",
    Intent.BIND: "绑定我家",
    Intent.OBJECTION: "提异议",
    Intent.REDEEM: "兑换{item}",
    Intent.REDEEM_LIST: "看能换什么",
    Intent.WITHDRAW_CLAIM: "撤回申报{ids}",
    Intent.CLAIM_STATUS: "问申报{ids}的进度",
    Intent.PENDING_LIST: "看待审的申报",
    Intent.APPROVE: "通过{ids}",
    Intent.REJECT: "驳回{ids}",
    Intent.ADJUST: "改{ids}的分数",
    Intent.RECORD_FOR: "给人家代录{item}",
    Intent.DEDUCT: "扣分{item}",
    Intent.PUBLICATION: "看公示",
    Intent.PARTICIPATION: "看参与率",
    Intent.REPORT: "要报表",
    Intent.AMEND: "更正申报{ids}",
    Intent.LEAVE: "退出,不再用",
    Intent.WEB: "打开网页",
}
"""What a person may have meant, in few words."""


def unsure(asked: Unsure) -> str:
    """Ask what is meant: one guess by yes or no, several by number."""
    meant = [_words(one, name) for one, name in zip(asked.readings, asked.names, strict=True)]
    if len(meant) == 1:
        return f"您是要{meant[0]}吗?是的回“是”,不是回“不是”。"
    listed = " ".join(f"{n}.{words}" for n, words in enumerate(meant, start=1))
    lead = "您是要:" if asked.is_understood else "没太听懂。您是要:"
    return f"{lead}{listed}?请回数字,都不是就回“不是”。"


def _words(reading: Reading, name: str) -> str:
    assert reading.intent is not None, "silence is not offered"
    ids = joined([f"#{n}" for n in reading.slots.claim_ids[:5]])
    words = _MEANT.get(reading.intent, "问怎么用").format(item=name, ids=ids)
    occurred = reading.slots.occurred
    return (
        f"{words}({day(occurred.date)}的)" if occurred and reading.intent is Intent.CLAIM else words
    )


RESULTS: Final[dict[type, Callable[[Any], str]]] = {Unsure: unsure}
