"""Pinyin without tones, and without the library's great table of phrases.

The table takes 45 MB for words that hardly anybody writes here; those that a
village says and that sound otherwise than character by character stand below.
"""

import os
from functools import cache
from typing import Final, Protocol

_PHRASES: Final = {
    "调解": "tiáo jiě",
    "调整": "tiáo zhěng",
    "调换": "diào huàn",
    "协调": "xié tiáo",
    "献血": "xiàn xuè",
    "排行": "pái háng",
    "银行": "yín háng",
    "今朝": "jīn zhāo",
    "明朝": "míng zhāo",
    "重新": "chóng xīn",
    "重复": "chóng fù",
    "重报": "chóng bào",
    "重绑": "chóng bǎng",
    "时长": "shí cháng",
    "长期": "cháng qī",
    "长效": "cháng xiào",
    "着火": "zháo huǒ",
    "会计": "kuài jì",
    "出差": "chū chāi",
    "音乐": "yīn yuè",
    "还书": "huán shū",
    "归还": "guī huán",
    "种树": "zhòng shù",
    "种花": "zhòng huā",
    "种菜": "zhòng cài",
    "量体温": "liáng tǐ wēn",
    "扫帚": "sào zhǒu",
}


class _Spell(Protocol):
    def __call__(self, text: str, /) -> list[str]:
        """Return a syllable for each Chinese character; other text stays whole."""


def pinyin_of(text: str) -> list[str]:
    """Return the pinyin of a text: a syllable for each Chinese character; other text whole."""
    return _speller()(text)


@cache
def _speller() -> _Spell:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # the library reads it when it is loaded
    from pypinyin import lazy_pinyin, load_phrases_dict  # noqa: PLC0415 - most messages never come here

    load_phrases_dict({word: [[s] for s in said.split()] for word, said in _PHRASES.items()})
    return lazy_pinyin
