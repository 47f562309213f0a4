"""What posters print (版面): frozen sheets, each with the values its template shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from bot.papers.places import shown_places
from bot.papers.qr import qr_svg, qr_svgs
from bot.replies.phrases import public_home
from domain.period import Quarter
from domain.points import Points, show

Paper = Literal["a3", "a4"]
QUARTERS: Final = ("一", "二", "三", "四")
HASH_GROUP: Final = 8
UNNAMED: Final = "不留名"
"""Stands in a column of names, where the whole phrase would be squeezed."""
SETTLED: Final = "这个季度的三个月都审定了，"
OPEN: Final = "月审还没有做完，分数可能有变动，"
DISPUTED: Final = "△"
"""Marks a line with an open objection: no star, which hides a part of a name."""
NAMES_NOTE: Final = "姓名已隐去部分，同意公开的写全名。"


def day_words(day: date) -> str:
    """Write a day in full: 2026年10月9日."""
    return f"{day.year}年{day.month}月{day.day}日"


def quarter_words(quarter: Quarter) -> str:
    """Write a quarter in full: 2026年第三季度."""
    return f"{quarter.year}年第{QUARTERS[quarter.quarter - 1]}季度"


def group_words(group: int) -> str:
    """Write a group: 3组."""
    return f"{group}组"


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """One household of a publication; ``household`` as it is called there, "" for unnamed.

    ``place`` is None for a household that takes none. ``is_disputed`` marks a
    line with an open objection.
    """

    household: str
    group: int
    place: int | None
    points: Points
    year_points: Points
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class PublicationSheet:
    """The quarter's publication (一季一公示) as it was frozen.

    ``lines`` stand in the order of the ranking. ``legal_basis`` names the
    policy document in force and is "" if there is none: an expired one is never
    handed in. ``note`` says what kind of publication it is, such as 更正公示.
    ``url`` is where the page is read, "" without one.
    """

    village: str
    quarter: Quarter
    lines: tuple[PublicationLine, ...]
    eligible: int
    taking_part: int
    published_on: date
    objections_until: date
    rulebook: str
    legal_basis: str
    chain_length: int
    chain_head: str
    url: str = ""
    note: str = ""

    def facts(self, *, paper: Paper = "a3") -> Mapping[str, Any]:
        """Return what ``publication.typ`` prints."""
        return {
            "paper": paper,
            "village": self.village,
            "period": quarter_words(self.quarter),
            "note": self.note,
            "published_on": day_words(self.published_on),
            "objections_until": day_words(self.objections_until),
            "taking_part": _taking_part(self.taking_part, self.eligible),
            "rulebook": self.rulebook,
            "legal_basis": self.legal_basis,
            "how_to_object": "私聊小助手发“异议”加一句话，或者到村委会当面说、写条子都行。",
            "how_short": "私聊小助手发“异议”，或到村委会说。",
            "chain": f"第{self.chain_length}笔 {_grouped(self.chain_head)}",
            "qr": qr_svg(self.url) if self.url else "",
            "disputed": f"名字后面有{DISPUTED}的，正在核实异议" if self._is_disputed else "",
            "foot": self._foot,
            "rows": [_publication_row(line) for line in self.lines],
        }

    def picture_facts(self) -> Mapping[str, Any]:
        """Return what ``notice.typ`` shows: the first places; all of them stand on the board."""
        shown = shown_places([line for line in self.lines if line.points > 0])
        others = sum(line.points > 0 for line in self.lines) - len(shown)
        kept = ("village", "period", "note", "published_on", "objections_until", "taking_part",
                "rulebook", "legal_basis", "how_to_object", "chain", "qr", "foot")  # fmt: skip
        facts = self.facts()
        return {name: facts[name] for name in kept} | {
            "until_short": f"{self.objections_until.month}月{self.objections_until.day}日",
            "rows": [_publication_row(line) for line in shown],
            "more": _more(len(shown), others),
        }

    @property
    def _is_disputed(self) -> bool:
        return any(line.is_disputed for line in self.lines)

    @property
    def _foot(self) -> str:
        mark = f"{DISPUTED}正在核实异议。" if self._is_disputed else ""
        return f"{mark}并列名次相同，后面的名次空出。{NAMES_NOTE}"


def _publication_row(line: PublicationLine) -> dict[str, str]:
    return {
        "place": "—" if line.place is None else str(line.place),
        "group": group_words(line.group),
        "household": line.household or UNNAMED,
        "mark": DISPUTED if line.is_disputed else "",
        "points": show(line.points),
        "year": show(line.year_points),
    }


def _more(shown: int, others: int) -> str:
    if not shown:
        return "这个季度还没有人家得分。"
    return f"后面还有{others}户，全部名单在村公开栏" if others else ""


def _taking_part(taking_part: int, eligible: int) -> str:
    share = f"，参与率{taking_part * 100 // eligible}%" if eligible else ""
    return f"全村可参加{eligible}户，已参加{taking_part}户{share}"


def _grouped(digest: str) -> str:
    parts = (digest[i : i + HASH_GROUP] for i in range(0, len(digest), HASH_GROUP))
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class RankedLine:
    """One household of a ranking; ``household`` as it is called in public, "" for unnamed."""

    place: int
    group: int
    household: str
    points: Points


@dataclass(frozen=True, slots=True)
class RankingSheet:
    """The ranking of a quarter so far (排名图), best first; ``others`` are not shown.

    ``is_settled`` is true where every month of the quarter was reviewed and confirmed.
    """

    village: str
    quarter: Quarter
    as_of: date
    lines: tuple[RankedLine, ...]
    others: int
    is_settled: bool = False

    def facts(self) -> Mapping[str, Any]:
        """Return what ``ranking.typ`` prints."""
        return {
            "village": self.village,
            "period": quarter_words(self.quarter),
            "as_of": f"{self.as_of.month}月{self.as_of.day}日",
            "more": self._more(),
            "foot": f"{SETTLED if self.is_settled else OPEN}以村公开栏的公示为准。"
            f"同分并列，{NAMES_NOTE}",
            "rows": [
                {
                    "place": line.place,
                    "group": group_words(line.group),
                    "household": public_home(line.household),
                    "points": show(line.points),
                }
                for line in self.lines
            ],
        }

    def _more(self) -> str:
        if not self.lines:
            return "本季度还没有积分，快来报第一条吧。"
        return f"后面还有{self.others}户有积分" if self.others else ""


@dataclass(frozen=True, slots=True)
class SlipLine:
    """What one household's slip shows; ``url`` opens the page with the code filled in."""

    household: str
    head: str
    code: str
    url: str


@dataclass(frozen=True, slots=True)
class SlipsSheet:
    """The slips of a village (小纸条), eight a page; ``uses_max`` phones a slip."""

    village: str
    slips: tuple[SlipLine, ...]
    uses_max: int

    def facts(self) -> Mapping[str, Any]:
        """Return what ``slips.typ`` prints."""
        codes = qr_svgs(slip.url for slip in self.slips)
        return {
            "village": self.village,
            "care": f"收好，不要给外人。可绑{self.uses_max}部手机，丢了找村委会换。",
            "slips": [
                {
                    "household": slip.household,
                    "head": slip.head,
                    "code": slip.code,
                    "qr": code,
                }
                for slip, code in zip(self.slips, codes, strict=True)
            ],
        }
