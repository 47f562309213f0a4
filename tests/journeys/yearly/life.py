"""A year of a village: claims, review, months, publications, objections, redemption, the close."""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from tests.journeys.yearly import acts
from tests.journeys.yearly.ground import CHAIR, COMMITTEE, HOMES, SUPERVISOR, YEAR, Place, invited
from tests.journeys.yearly.talk import Said, Talk

NUMBER: Final = re.compile(r"^#(\d+) ", re.MULTILINE)
ANY: Final = re.compile(r"#(\d+)")
OBJECTION: Final = re.compile(r"^(\d+)号 [^\n]*?对(?:\d{4}年)?(?:#(\d+))?", re.MULTILINE)
CODE: Final = re.compile(r"领取码 (\w{3}-\w{3})")
AMOUNTS: Final = ("2分", "1分", "3分", "1.5分", "0.5分")
OUTCOMES: Final = (
    "维持 逐笔核对过",
    "维持 照片看得清",
    "不受理 说的是别的事",
    "更正 1分 数量写错",
    "更正 3分 少算了",
    "更正 0分 重复了",
    "更正 加2分 漏了一次",
    "更正 减1分 多算一次",
)
OBJECTED: Final = ("少算了1分", "不是我家做的", "时间记错了", "和别家不一样")


@dataclass(frozen=True, slots=True)
class Told:
    """What a household was answered to 我家多少分, and when."""

    village: str
    home: int
    at: datetime
    text: str


@dataclass
class Journal:
    """What was said that no export tells: amounts set by people, vetoes lifted, balances told."""

    filed: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    balances: list[Told] = field(default_factory=list)
    set_by_people: set[tuple[str, int, int]] = field(default_factory=set)
    lifted: dict[tuple[str, int, int], datetime] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)

    def count(self, what: str, number: int = 1) -> None:
        """Count what happened, so that a year without it is noticed."""
        self.counts[what] = self.counts.get(what, 0) + number


@dataclass
class Life:
    """One village's year; ``late`` days pass before its committee looks at a month that is over."""

    place: Place
    talk: Talk
    chance: random.Random
    journal: Journal
    late: int
    pending_filings: list[acts.Filing] = field(default_factory=list)
    months: list[int] = field(default_factory=lambda: list(range(1, 13)))
    released: dict[str, date] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
    is_closed: bool = False

    def member(self, number: int) -> str:
        """The contact of a member of the committee."""
        return self.place.person(number)

    async def ask(self, home: int, text: str, room: str | None = None) -> str:
        """Say one thing and return what is answered, joined."""
        return "\n".join(await self.talk.say(self.place.person(home), text, room))

    def set_by_people(self, *numbers: str) -> None:
        """Note that a reviewer named the amount of claims; a number may be of either year."""
        keys = {(self.place.name, y, int(n)) for n in numbers for y in (YEAR, YEAR + 1)}
        self.journal.set_by_people |= keys

    # -- filing ---------------------------------------------------------------------------

    def filings(self, today: date, count: int) -> list[acts.Filing]:
        """Return what villagers claim today, one claim a person."""
        found: dict[str, acts.Filing] = {}
        for _ in range(count):
            one = acts.claim(self.chance, self.place, today)
            found.setdefault(one.messages[0].person, one)
        self.journal.filed += len(found)
        return list(found.values())

    async def after_filing(self, today: date) -> None:
        """Change one's mind: 更正 and 撤回 of a claim that waits; the committee writes down."""
        home = self.chance.randrange(1, HOMES + 1)
        if self.chance.random() < 0.15:
            found = ANY.search(await self.ask(home, "进度"))
            if found:
                day = "12月30日" if today.year > YEAR else "昨天"
                words = self.chance.choice((f"更正 {found[1]} {day}", f"撤回 {found[1]}"))
                await self.ask(home, words)
                self.journal.count(words[:2])
        if self.chance.random() < 0.5:
            by = self.chance.choice(COMMITTEE)
            said = acts.record(self.chance, self.place, today, by)
            assert said.text is not None
            answers = await self.talk.say(said.person, said.text)
            self.journal.filed += 1
            self.journal.count(said.text[:2])
            if any("请回1到" in one for one in answers):
                await self.talk.say(said.person, "1")

    # -- reviewing ------------------------------------------------------------------------

    async def review(self) -> None:
        """Let a member look at what waits and decide some of it; a second one at the same time."""
        by = self.chance.choice(COMMITTEE)
        numbers = NUMBER.findall(await self.ask(by, "待审"))
        approve, single = [], []
        for number in numbers:
            luck = self.chance.random()
            if luck < 0.6:
                approve.append(number)
            elif luck < 0.68:
                single.append(f"驳回 {number} 照片看不清")
            elif luck < 0.76:
                self.set_by_people(number)
                single.append(f"调整 {number} {self.chance.choice(AMOUNTS)} 数量写错")
        other = self.chance.choice([n for n in COMMITTEE if n != by])
        said = [Said(self.member(by), words, None) for words in single]
        if approve:
            words = "通过 " + " ".join(approve)
            said.insert(0, Said(self.member(by), words, None))
            if self.chance.random() < 0.4:
                said.insert(1, Said(self.member(other), words, self.place.office))
        heard = await self.talk.all(said)
        text = "\n".join(one.text for one in heard)
        self.journal.count("capped", text.count("按细则是"))
        self.journal.count("half", text.count("这条要两个人"))
        self.journal.count("decided by the other", text.count("不能再改"))

    async def readjust(self) -> None:
        """Mend an approved claim by two members, outside of any objection."""
        home = self.chance.randrange(1, HOMES + 1)
        found = re.findall(r"#(\d+) [^\n]*已通过", await self.ask(home, "进度"))
        if not found:
            return
        number = self.chance.choice(found)
        words = f"调整 {number} {self.chance.choice((*AMOUNTS, '0分'))} 重新核对"
        self.set_by_people(number)
        for by in self.chance.sample(COMMITTEE, 3):
            answer = await self.ask(by, words)
            if "改为" in answer and "您已同意" not in answer:
                self.journal.count("readjusted")
                self.journal.count("republished", "更正后的" in answer)
            self.journal.count("too late to change", "公示已经结束" in answer)
            if "您已同意" not in answer:
                return

    async def settle_open(self, numbers: Iterable[str] = (), *, tries: int = 6) -> None:
        """Decide everything that waits: approved by whoever may, else given an amount, else not."""
        for turn in range(tries):
            waiting = list(numbers)
            for by in COMMITTEE:
                found = NUMBER.findall(await self.ask(by, "待审"))
                waiting = [n for n in found if not numbers or n in numbers]
                if not waiting:
                    return
                words = "通过 " + " ".join(waiting)
                if turn == 1:
                    words = "\n".join(f"通过 {n} 3分" for n in waiting)
                    self.set_by_people(*waiting)
                if turn >= 2:
                    words = "驳回 " + " ".join(waiting) + " 材料不全"
                await self.ask(by, words)

    # -- months and publications ----------------------------------------------------------

    async def close_month(self, today: date) -> None:
        """Close the oldest month that is over, once the committee gets round to it."""
        if not self.months:
            return
        month = self.months[0]
        end = date(YEAR + month // 12, month % 12 + 1, 1)
        if today < end + timedelta(days=self.late):
            return
        first, second = self.chance.sample(COMMITTEE, 2)
        answer = await self.ask(first, f"审定 {month}月")
        if "还没审完" in answer:
            numbers = ANY.findall(answer)
            if month < 12 and self.chance.random() < 0.3:
                await self.ask(first, f"移到下月 {numbers[0]} 等材料")
                self.journal.count("moved")
            await self.settle_open(numbers)
            answer = await self.ask(first, f"审定 {month}月")
        if "已同意" not in answer and "同意过" not in answer:
            return
        if "审定好了" in await self.ask(second, f"审定 {month}月"):
            self.months.pop(0)
            self.journal.count("months")

    async def publish(self, today: date) -> None:
        """Release what is prepared: two members of two households."""
        done = 12 - len(self.months)
        if done // 3 <= len(self.released):
            return
        first, second = self.chance.sample(COMMITTEE, 2)
        answer = await self.ask(first, "发布公示")
        if "还没审完" in answer:
            await self.settle_open(ANY.findall(answer))
            return
        if "已同意" in answer or "同意过" in answer:
            said = await self.ask(second, "发布公示")
            if "已发到" in said:
                self.released[f"{YEAR}-Q{len(self.released) + 1}"] = today
                self.journal.count("published")

    async def object_(self, today: date) -> None:
        """Object to claims and totals while the window is open; the supervisor to any claim."""
        if not self.released or (today - max(self.released.values())).days > 7:
            return
        home = self.chance.randrange(1, HOMES + 1)
        what = self.chance.choice(OBJECTED)
        words = f"异议 总分不对,{what}"
        if self.chance.random() < 0.7:
            found = ANY.findall(await self.ask(home, "进度"))
            if found:
                words = f"异议 {self.chance.choice(found)} {what}"
        if self.chance.random() < 0.15:
            home, words = SUPERVISOR, f"异议 {self.chance.randrange(1, 200)} {what}"
        if "记下了" in await self.ask(home, words):
            self.journal.count("objections")

    async def answer_objections(self) -> None:
        """Let members who had no part answer what waits, until two agree."""
        found = OBJECTION.findall(await self.ask(CHAIR, "异议处理"))
        for number, claim in found[:3]:
            words = f"异议处理 {number} {self.chance.choice(OUTCOMES)}"
            if claim and "更正" in words:
                self.set_by_people(claim)
            members = [*self.chance.sample(COMMITTEE, len(COMMITTEE)), *self.joined]
            has_told = False
            for by in members:
                answer = await self.ask(by, words)
                if "请写明加几分还是减几分" in answer or "请写明更正成几分" in answer:
                    words = f"异议处理 {number} 维持 核对过"
                    answer = await self.ask(by, words)
                if "处理好了" in answer:
                    self.journal.count("answered")
                    self.journal.count("corrected", "更正后的公示" in answer)
                    break
                has_told = has_told or "人不够就请村里加一位委员" in answer
            else:
                if has_told:
                    await self.join()

    async def join(self) -> None:
        """Let one more household send somebody into the committee, as the assistant advises."""
        home = HOMES - len(self.joined)
        code = await invited(self.talk.house, self.place)
        answer = await self.ask(home, f"绑定 {code}")
        assert "委员" in answer, answer
        self.joined.append(home)
        self.journal.count("joined")

    # -- redemption -----------------------------------------------------------------------

    async def open_round(self, today: date) -> None:
        """Let the chair open a round of ten days."""
        until, last = today + timedelta(days=10), today + timedelta(days=14)
        words = (
            f"兑换开 第{today.month}月兑换\n时间 {_day(today)}到{_day(until)}\n"
            f"领取 {_day(today)}到{_day(last)} 上午8点到11点 村委会\n预算 3000元\n"
            "洗衣液 5分 6瓶 每户2 成本15元\n大米 12.5分 4袋 每户1 成本30元"
        )
        assert "请核对" in await self.ask(CHAIR, words)
        assert "开始了" in await self.ask(CHAIR, "1")
        self.journal.count("rounds")

    async def order(self) -> None:
        """Order, sometimes take back, collect with the code; some never collect."""
        homes = self.chance.sample(range(1, HOMES + 1), 5)
        goods = ("兑换 洗衣液 1", "兑换 洗衣液 2", "兑换 大米")
        said = [Said(self.place.person(h), self.chance.choice(goods), None) for h in homes]
        for one in await self.talk.all(said):
            self.codes += CODE.findall(one.text)
            if "换好了" in one.text:
                self.journal.count("ordered")
                number = ANY.search(one.text)
                if number and self.chance.random() < 0.2:
                    await self.talk.say(one.to, f"取消兑换 {number[1]}")
        if self.codes and self.chance.random() < 0.8:
            by = self.chance.choice(COMMITTEE)
            answer = await self.ask(by, f"核销 {self.codes.pop(0)}")
            self.journal.count("handed over", "已领" in answer)

    # -- figures and the year's end -------------------------------------------------------

    async def tell_balances(self) -> None:
        """Ask for every household's balance."""
        asked = {self.place.person(n): n for n in range(1, HOMES + 1)}
        heard = await self.talk.all([Said(person, "我家多少分", None) for person in asked])
        at = self.talk.clock.now
        told = [Told(self.place.name, asked[one.to], at, one.text) for one in heard]
        assert len(told) == HOMES, heard
        self.journal.balances += told

    async def cross_a_line(self) -> None:
        """Let a household cross a bottom line, so that every year has one."""
        home = self.chance.randrange(7, HOMES + 1)
        answer = await self.ask(1, f"扣分 {self.place.address(home)} 充电起火")
        number = ANY.search(answer)
        assert number, answer
        for by in (2, 3):
            await self.ask(by, f"通过 {number[1]}")

    async def honour(self) -> None:
        """Look at the candidates, lift one veto, give one honour."""
        answer = await self.ask(1, "评优")
        barred = re.search(r"恢复评优 (\d+) ", answer)
        if barred and self.place.number < 3:  # the last village leaves its veto
            for by in COMMITTEE:
                if "参评了" in await self.ask(by, f"恢复评优 {barred[1]} 已经整改"):
                    key = (self.place.name, YEAR, int(barred[1]))
                    self.journal.lifted[key] = self.talk.clock.now
                    self.journal.count("lifted")
                    break
        winner = re.search(r"第1名 (\d+组\d+号)", answer)
        if winner:
            for by in COMMITTEE:
                if "好了" in await self.ask(by, f"授予 最美家庭 {winner[1]}"):
                    self.journal.count("honours")
                    break

    async def close_year(self) -> None:
        """Close the year by two members, once it can be."""
        if self.is_closed or self.months or len(self.released) < 4:
            return
        first, second = self.chance.sample(COMMITTEE, 2)
        answer = await self.ask(first, f"年终结算 {YEAR}")
        if "没审" in answer:
            await self.settle_open()
            answer = await self.ask(first, f"年终结算 {YEAR}")
        if "已同意" not in answer:
            return
        answer = await self.ask(second, f"年终结算 {YEAR}")
        if "结清了" in answer:
            self.is_closed = True
            self.journal.closed[self.place.name] = answer


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
