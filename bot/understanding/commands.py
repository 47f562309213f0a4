"""The command words (口令) of each intent, as data, with the place where each one counts."""

import re
from collections.abc import Mapping
from typing import Final

from bot.understanding.reading import Intent

WHOLE: Final[Mapping[Intent, str]] = {
    Intent.BALANCE: (
        "积分 余额 我家 我家积分 我的积分 家里积分 积分余额 我家余额 可用积分 查分 查积分 "
        "积分查询 查询积分 我家多少分 我家几分 家里多少分 多少分 几分 有多少积分 "
        "我家多少积分 我有多少分 我有多少积分 我家有多少分 我家有多少积分 我家有几分 "
        "我家现在多少分 我家还有多少分 积分多少 我家积分多少 我的积分多少 我家总分 总分 "
        "我的分 我家的分 我家的积分 我们家积分 我们家多少分 我们家几分 我积分"
    ),
    Intent.HISTORY: (
        "明细 积分明细 我家明细 我的明细 记录 积分记录 我家记录 我的记录 流水 积分流水 "
        "加分记录 扣分记录 积分历史 历史 账单 我家流水 台账"
    ),
    Intent.RANKING: (
        "排名 积分排名 排行 排行榜 积分排行 积分榜 名次 我家排名 我的排名 我家名次 "
        "我家排第几 我家第几 我家第几名 全村排名 村里排名 村排名 我排第几 我们家排名"
    ),
    Intent.RULES: (
        "规则 细则 积分规则 积分细则 加分项目 扣分项目 加分项 扣分项 加分标准 积分标准 "
        "评分标准 积分项目 条目 怎么加分 怎么得分 怎么扣分 什么能加分 哪些能加分 加分规则 "
        "扣分规则"
    ),
    Intent.HELP: "帮助 积分帮助 菜单 help 使用说明 指令 命令",
    Intent.CLAIM_STATUS: (
        "进度 申报进度 我的申报 审核进度 申报状态 申报查询 申报进度查询 我家申报 进度查询 "
        "我申报的 我的进度"
    ),
    Intent.WITHDRAW_CLAIM: "撤回 撤回申报 撤销申报 取消申报 撤销 撤回上一条",
    Intent.PENDING_LIST: (
        "待审 待审核 待审的 待审列表 待审清单 待审申报 待办 未审 未审核 有哪些没审 "
        "有哪些待审 有哪些待审核 哪些没审 没审的 待审有哪些 还有哪些没审 还有多少没审 "
        "审核列表"
    ),
    Intent.PUBLICATION: "公示 积分公示 本季公示 季度公示 公示表 公示单",
    Intent.PARTICIPATION: "参与率 覆盖率 参与情况 积分参与率",
    Intent.REPORT: "月报 季报 报表 积分报表 年报 月度报表 季度报表 导出 导出报表",
    Intent.REDEEM_LIST: (
        "兑换清单 兑换目录 兑换列表 兑换物品 积分超市 礼品清单 能换什么 可以换什么 "
        "有什么可以换 有什么可以换的 换什么 积分能换什么 积分可以换什么 可兑换 兑换什么"
    ),
    Intent.REDEEM: "兑换 积分兑换 我要兑换",
    Intent.OBJECTION: "异议 我有异议 我要申诉 有异议 提异议 申诉 我对公示有异议",
    Intent.LEAVE: "退出 解绑 取消绑定 解除绑定 注销 注销绑定",
    Intent.WEB: "网页 登录网页 网页登录 打开网页 网页版 网页链接 登录链接",
    Intent.BIND: "绑定 换绑 重新绑定",
}
"""The whole message, polite words aside; words of an intent stand with spaces between."""

ADDRESSED: Final[Mapping[Intent, str]] = {
    Intent.HELP: "怎么用 功能 你会什么 你能做什么 怎么弄 怎么操作 说明 ? 教教我",
    Intent.CONSENT: "同意 好的同意 我同意 同意的 可以同意",
    Intent.DISSENT: "不同意 我不同意 不同意的",
    Intent.CANCEL: "算了 取消 不报了 不用了",
    Intent.CLAIM_STATUS: "状态 审了吗 通过了吗 审核了吗 批了吗",
}
"""The whole message too, but only where it can be meant for nobody else."""

_LEAD: Final = re.compile(
    r"\A(?:(?:小助手|你好|您好|请问|问一下|问下|麻烦|麻烦你|谢谢|请|帮我|帮忙|给我|让我|我想|我要|想|要"
    r"|查一下|查下|查查|查询|查看|看一下|看下|看看|发一下|发下|打开|查|看)[\s,、:!。]*)+"
)
_TAIL: Final = re.compile(
    r"(?:[\s,。!?~、.]|一下|查询|查看|看看|看一下|是|谢谢|多谢|麻烦了|现在|吧|呀|啊|哦|嘛|呢|了|的|哈|啦|发我)+\Z"
)


def core_of(text: str) -> str:
    """Return the words without polite ones: ``请帮我查一下积分排名，谢谢`` is ``积分排名``."""
    words = _LEAD.sub("", text)
    return _TAIL.sub("", words) if words else text


def whole_command(text: str, *, is_addressed: bool) -> Intent | None:
    """Return the intent of a message that is a command word and nothing else."""
    forms = dict.fromkeys((text, _TAIL.sub("", text), _LEAD.sub("", text), core_of(text)))
    for form in forms:
        words = form.replace(" ", "").lower()
        found = _BY_WORD.get(words) or (_BY_ADDRESSED_WORD.get(words) if is_addressed else None)
        if found:
            return found
    return None


_BY_WORD: Final = {word: intent for intent, words in WHOLE.items() for word in words.split()}
_BY_ADDRESSED_WORD: Final = {
    word: intent for intent, words in ADDRESSED.items() for word in words.split()
}
