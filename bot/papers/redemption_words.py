"""Words that no catalogue of redemption holds (兑换不能有的东西): money, cards, rights."""

from typing import Final

from bot.papers.rulebook_check_words import CHECK_WORDS

_MONEY: Final = (
    "现钱",
    "红包",
    "转账",
    "人民币",
    "购物卡",
    "购物券",
    "代金券",
    "消费券",
    "抵用券",
    "储值卡",
    "充值",
    "加油卡",
    "超市卡",
    "礼品卡",
    "银行卡",
    "话费",
    "水费",
    "电费",
    "奖金",
)
_RIGHTS: Final = (
    "福利金",
    "学位",
    "学籍",
    "名额",
    "减免",
    "免交",
    "免罚",
    "抵扣",
    "宅基地",
    "入党",
)
FORBIDDEN: Final = (*CHECK_WORDS.rights, *_MONEY, *_RIGHTS)
"""Goods, services and honours are offered; benefits and fines are never tied to points."""
