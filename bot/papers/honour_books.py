"""The honours of a year as certificates (荣誉证书), out of the open books."""

from datetime import date
from typing import Final

from bot.papers.award_sheets import CertificateSheet, CertificatesSheet
from domain.honours import YEAR_AWARD, Honour
from domain.membership import HouseholdId
from domain.period import village_day
from domain.points import show
from storage.unit_of_work import Books
from storage.villages import Village

YEAR_AWARD_WORDS: Final = "{year}年度积分优秀家庭"
GIVEN_BY: Final = "{village}积分制审核委员会"


def certificates_sheet(
    books: Books, village: Village, year: int, *, household: HouseholdId | None = None
) -> CertificatesSheet:
    """Return a certificate for each honour of a year, or for those of one household.

    They are numbered as they were given, so that a later honour changes no
    number. The name stands in full: a certificate is handed to the household.
    """
    given = books.years.given(village.id, year=year)
    sheets = tuple(
        _certificate(books, village, honour, number, given_on=village_day(at))
        for number, (honour, at) in enumerate(given, 1)
        if household is None or honour.household == household
    )
    return CertificatesSheet(village.name, year, sheets)


def _certificate(
    books: Books, village: Village, honour: Honour, number: int, *, given_on: date
) -> CertificateSheet:
    head = books.households.get(village.id, honour.household).head
    is_of_year = honour.name == YEAR_AWARD
    return CertificateSheet(
        household=f"{head}家",
        honour=YEAR_AWARD_WORDS.format(year=honour.year) if is_of_year else honour.name,
        citation=_citation(honour),
        given_by=GIVEN_BY.format(village=village.name),
        given_on=given_on,
        number=f"{honour.year}-{number:03}",
    )


def _citation(honour: Honour) -> str:
    """Say what for; the place is named only where the honour was given by place."""
    place = f"，列全村第{honour.place}名" if honour.place else ""
    points = f"，全年得{show(honour.points)}分{place}" if honour.name == YEAR_AWARD else ""
    return f"{honour.year}年，您家热心村里的事，给邻里带了好头{points}，"
