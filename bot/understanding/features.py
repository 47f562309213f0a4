"""What a message holds, found once and only when a pattern asks (特征)."""

import re
from functools import cached_property
from typing import Final

from bot.understanding.addresses import find_address, find_group, houses_in
from bot.understanding.bare_days import BARE_DAY
from bot.understanding.claim_numbers import Numbered, find_numbers
from bot.understanding.deferred import deferred
from bot.understanding.items import Named
from bot.understanding.patterns.words import IF, WHO
from bot.understanding.people import find_person
from bot.understanding.talk import Talk, asks
from bot.understanding.times import find_time

_SPACE: Final = deferred(r"\s+")
_IF: Final = deferred(IF)
_MINE: Final = deferred(WHO)
_COMMANDED: Final = deferred(
    r"(?:帮|给|替|麻烦)[^,。?]{0,14}(?<!可以)(?<!能)(?<!好)(?<!会)(?<!几分好)(?:报(?!的|过|额)|加(?!的|过|了?几|多少)|记(?!的|过)|登记|打卡)|的话[^,。?]{0,4}(?:申报|报)|(?:报|申报|记)(?:一?下|一报|上去)?(?:行不行|好不好|好伐|行伐|可以吗|可以伐|好吗|行吗)|申报$|报一下|报上去"
)
_POLITE: Final = deferred(
    r"(?:可以吗|好吗|行吗|行不行|好不好|好伐|行伐|可以伐|好勿好|可以不|好不|能不能|可不可以|能(?=帮|给)|吧|呀)[?。!]*$|行不行|好伐|好不好"
)
_BEGGED: Final = deferred(
    r"(?:能不能|可不可以|能|可以|麻烦)(?:请你?|麻烦你?)?(?:帮|给|替)(?:我|阿拉|伲|俺)(?P<rest>.*?)[吗伐么?]*\Z"
)
_NEGATED: Final = deferred(
    r"(?:没有?|不要?(?!昧)|未|别|勿|覅|(?<!能)不能|不用|不想|还没|从来没)[一-鿿]{0,2}?(?:申报|报|打卡|加分)(?!错|忘)"
)
_NOT_FORGOTTEN: Final = deferred(r"别忘了?|不要忘|勿要忘|没忘|别漏|不会(?:拍照|用|弄|打字)")
_OPENING: Final = deferred(
    r"(?:\A|(?<=[\s,。;:!])|(?<=的话))(?:我要?|想|要|来|再|请|帮我)*(?:申报|补报|报分|打卡|登记(?:一下|个分)?(?=[\s:,]))[\s:,]*"
)
_LEADING: Final = deferred(
    r"(?P<item>[一-鿿]{2,10}?)\s*(?:第?[\d一二三四五六七八九十]{1,3}[天次]\s*)?(?:申报|打卡|报分|报一下|加分|登记)(?=\Z|[\s,。!:\d]|[今昨前上第一二两三四五六七八九十半])"
)
_RECORDS: Final = deferred(r"代录|补录|录入|代记|代报|扣\d|扣分")
_FUTURE: Final = deferred(r"明天|后天|明朝|下周|下个?月|下礼拜|准备|打算|将要|想去|要去")
_MARKED: Final = deferred(r"#\s*\d|\d\s*[号条]|[全都]")
_MOST_DAYS: Final = 3
_NUMBER_LEFT: Final = deferred(r"编号\s*(?:0\d+|\d{4,})|(?:单号|纸质单)\s*\d+|\d{8,}")


def without_politeness(text: str) -> str:
    """Return the words without what only asks politely: 可以吗, 好伐."""
    begged = _BEGGED.match(text)
    return _POLITE.sub("", begged["rest"] if begged else text)


class Features:
    """The features of one talk by name; each is found at most once."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self.flat = _SPACE.sub("", talk.text).lower()

    def holds(self, name: str) -> bool:
        """Whether a feature is there."""
        return bool(getattr(self, name))

    @cached_property
    def q(self) -> bool:
        """It asks something, politeness aside."""
        return asks(without_politeness(self.flat))

    @cached_property
    def wonders(self) -> bool:
        """It asks, and asks nobody to do anything."""
        return self.q and not self.commanded

    @cached_property
    def commanded(self) -> bool:
        """Somebody is asked to file something."""
        return bool(_COMMANDED.search(self.flat))

    @cached_property
    def negated(self) -> bool:
        """It says that nothing was filed, or is to be."""
        words = _NOT_FORGOTTEN.sub("", self.flat)
        return bool(_NEGATED.search(words))

    @cached_property
    def if_(self) -> bool:
        """It supposes something."""
        return bool(_IF.search(self.flat))

    @cached_property
    def mine(self) -> bool:
        """It speaks of the own household."""
        return bool(_MINE.search(self.flat))

    @cached_property
    def future(self) -> bool:
        """It speaks of what is still to come."""
        return bool(_FUTURE.search(self.flat))

    @cached_property
    def staff(self) -> bool:
        """The speaker reviews."""
        return self._talk.role != "villager"

    @cached_property
    def judges(self) -> bool:
        """A reviewer names claims by number."""
        return self.staff and self.ids

    @cached_property
    def records(self) -> bool:
        """A reviewer records for somebody."""
        return self.staff and (self.whom or bool(_RECORDS.search(self.flat)))

    @cached_property
    def house(self) -> bool:
        """It names a house."""
        return find_address(self._talk.text) is not None

    @cached_property
    def person(self) -> bool:
        """It names somebody: 王阿婆, 老金家, 我婆婆."""
        return find_person(self._talk.text) is not None

    @cached_property
    def whom(self) -> bool:
        """It names a household or somebody."""
        return self.house or find_group(self._talk.text) is not None or self.person

    @cached_property
    def target(self) -> bool:
        """It names whose claims, or of which item or day."""
        return self.whom or self.item or find_time(self._talk.text, self._talk.today) is not None

    @cached_property
    def named(self) -> Named | None:
        """The item that gives points."""
        return self._talk.items.meant(self._talk.text)

    @cached_property
    def item(self) -> bool:
        """It names an item that gives points."""
        return self.named is not None

    @cached_property
    def told(self) -> bool:
        """An item stands right after a word that files it: 报邻里互助, 申报种树."""
        return self._talk.items.is_told(self._talk.text)

    @cached_property
    def opens(self) -> bool:
        """A clause begins with 申报 and an item."""
        text = self._talk.text
        return any(self._talk.items.starts(text[m.end() :]) for m in _OPENING.finditer(text))

    @cached_property
    def leads(self) -> bool:
        """It begins with an item, and 申报 or 打卡 follows: 巡逻打卡 9月15日."""
        found = _LEADING.match(self._talk.text)
        return bool(found and self._talk.items.is_name(found["item"]))

    @cached_property
    def houses(self) -> bool:
        """It names several houses."""
        return len(houses_in(self._talk.text)) > 1

    @cached_property
    def bad(self) -> bool:
        """It names an item that takes points."""
        return self._talk.items.meant(self._talk.text, deductions=True) is not None

    @cached_property
    def ids(self) -> bool:
        """It names claims by number, or quotes one."""
        return bool(self.numbers)

    @cached_property
    def marked(self) -> bool:
        """It names claims, and not by a bare number of a villager, which counts something else."""
        return self.ids and (self.staff or bool(_MARKED.search(self.numbered_text)))

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The claims that are named, days and houses left aside."""
        return self.numbered.ids

    @cached_property
    def numbered(self) -> Numbered:
        """The claims that are named, all or all but some; a quoted one unless others are marked."""
        found = find_numbers(self.numbered_text)
        if self._talk.quoted_ids and not _MARKED.search(self.numbered_text):
            return Numbered(self._talk.quoted_ids, (), None, self.numbered_text)
        return found

    @cached_property
    def numbered_text(self) -> str:
        """The words without days, houses and numbers of paper."""
        return without_days_and_houses(self._talk)


def without_days_and_houses(talk: Talk) -> str:
    """Return the words in which only claims can be numbers."""
    text = _NUMBER_LEFT.sub(" ", talk.text)
    text = BARE_DAY.sub(" ", text)
    for _, start, end in reversed(houses_in(text)):
        text = f"{text[:start]} {text[end:]}" if end <= len(text) else text
    if (found := find_address(text)) is not None:
        text = f"{found.before} {found.after}"
    for _ in range(_MOST_DAYS):
        timed = find_time(text, talk.today)
        if timed is None or re.fullmatch(r"\s*\S{1,3}[日号]\s*", timed.occurred.text):
            break
        text = timed.rest
    return text
