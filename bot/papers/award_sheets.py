"""Sheets of honours and redemption (表彰、兑换): certificate, catalogue, voucher archive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.papers.qr import qr_svg
from bot.papers.sheets import Paper, day_words
from domain.points import Points, show


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    """One household's commendation (表彰证书); the name stands in full, it is handed to them.

    ``citation`` is a whole sentence that says what for; ``number`` is "" or
    what the village counts its certificates by.
    """

    household: str
    honour: str
    citation: str
    given_by: str
    given_on: date
    number: str = ""

    def facts(self) -> Mapping[str, Any]:
        """Return what ``certificate.typ`` prints on one page."""
        return {
            "household": self.household,
            "honour": self.honour,
            "citation": self.citation,
            "given_by": self.given_by,
            "given_on": day_words(self.given_on),
            "number": f"编号：{self.number}" if self.number else "",
        }


@dataclass(frozen=True, slots=True)
class CertificatesSheet:
    """The certificates of a year, one a page."""

    village: str
    year: int
    certificates: tuple[CertificateSheet, ...]

    def facts(self) -> Mapping[str, Any]:
        """Return what ``certificate.typ`` prints."""
        return {
            "title": f"{self.village}{self.year}年荣誉证书",
            "certificates": [one.facts() for one in self.certificates],
        }


@dataclass(frozen=True, slots=True)
class Goods:
    """One line of a catalogue; None means without a limit."""

    number: str
    name: str
    price: Points
    stock: int | None
    most_each: int | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueSheet:
    """What a redemption round offers (兑换目录); ``round_name`` such as 2026年第一次积分兑换."""

    village: str
    round_name: str
    opens_on: date
    closes_on: date
    collecting: str
    goods: tuple[Goods, ...]
    url: str = ""

    def facts(self, *, paper: Paper | Literal["chat"] = "a4") -> Mapping[str, Any]:
        """Return what ``catalogue.typ`` prints; for the chat on one page as long as it takes."""
        return {
            "paper": paper,
            "village": self.village,
            "round": self.round_name,
            "opening": f"{day_words(self.opens_on)}到{day_words(self.closes_on)}",
            "collecting": self.collecting,
            "how": "私聊小助手发“兑换”加物品名，比如“兑换\u00a0洗衣液”；没有手机的到村委会登记。",
            "qr": qr_svg(self.url) if self.url else "",
            "goods": [
                {
                    "number": one.number,
                    "name": one.name,
                    "price": show(one.price),
                    "stock": _amount(one.stock, one.unit),
                    "most": _amount(one.most_each, one.unit),
                }
                for one in self.goods
            ],
        }


def _amount(number: int | None, unit: str) -> str:
    return "不限" if number is None else f"{number}{unit}"


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One voucher: what a household took, for how many points, and who handed it over."""

    number: str
    handed_on: date
    household: str
    head: str
    item: str
    quantity: int
    points: Points
    handed_by: str


@dataclass(frozen=True, slots=True)
class VoucherSheet:
    """The voucher archive of a round (兑换凭证归档), for the files and not for the board."""

    village: str
    round_name: str
    archived_on: date
    vouchers: tuple[VoucherLine, ...]

    def facts(self) -> Mapping[str, Any]:
        """Return what ``vouchers.typ`` prints."""
        points = sum(one.points for one in self.vouchers)
        return {
            "village": self.village,
            "round": self.round_name,
            "summary": f"共{len(self.vouchers)}张凭证，用去{show(points)}分。"
            f"{day_words(self.archived_on)}归档。",
            "quantity": str(sum(one.quantity for one in self.vouchers)),
            "points": show(points),
            "vouchers": [
                {
                    "number": one.number,
                    "on": day_words(one.handed_on),
                    "household": one.household,
                    "head": one.head,
                    "item": one.item,
                    "quantity": str(one.quantity),
                    "points": show(one.points),
                    "by": one.handed_by,
                }
                for one in self.vouchers
            ],
        }
