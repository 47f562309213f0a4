"""The paper desk: pictures for the chat (排名图、公示图、兑换目录图), the way to the files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot import links
from bot.commands.case import Answer, Case, Notice
from bot.commands.publishing import NothingPublished
from bot.understanding.reading import Intent, Reading
from domain.authority import require_committee
from domain.membership import NotAllowed, NotBound, Person, Role
from domain.period import Quarter, month_of
from domain.refusal import Refusal
from schedules.redemption import shown_round

OFFICE: Final = frozenset({Role.COMMITTEE, Role.CHAIR, Role.ADMINISTRATOR, Role.SUPERVISOR})
"""Who may take the village's files away."""


@dataclass(frozen=True, slots=True)
class RankingPictured:
    """The ranking picture of a quarter follows."""

    quarter: Quarter


@dataclass(frozen=True, slots=True)
class PublicationPictured:
    """The picture of the publication that was shown last follows."""

    quarter: Quarter


@dataclass(frozen=True, slots=True)
class CataloguePictured:
    """The picture of a round's catalogue follows."""

    round_name: str


@dataclass(frozen=True, slots=True)
class NoCatalogue:
    """There is no round this year whose catalogue could be shown."""

    year: int


@dataclass(frozen=True, slots=True)
class PictureFailed:
    """The picture could not be drawn just now; ``intent`` is what was asked for."""

    intent: Intent


@dataclass(frozen=True, slots=True)
class ReportWay:
    """The way to the files: a signed link for this person, for ``minutes``."""

    url: str
    minutes: int


class ReportForOffice(Refusal):
    """The files are for committee, administrator and supervisor."""


def require_drawing(person: Person | None) -> Person:
    """Return the person if they may have the ranking picture sent.

    Raises:
        NotAllowed: Neither committee nor administrator.

    """
    if person is not None and Role.ADMINISTRATOR in person.roles:
        return person
    return require_committee(person)


def may_report(person: Person | None) -> bool:
    """Return whether a person may take the village's files away."""
    return person is not None and bool(person.roles & OFFICE)


def may_draw(person: Person | None) -> bool:
    """Return whether a person may have the ranking picture sent."""
    try:
        require_drawing(person)
    except NotAllowed:
        return False
    return True


def ranking_picture(case: Case, _reading: Reading) -> Answer:
    """Send the ranking of this quarter as a picture to where it was asked for.

    It was drawn and stored before the transaction that names it, as photos are.

    Raises:
        NotAllowed: Neither committee nor administrator.

    """
    require_drawing(case.person)
    if not case.picture:
        return Answer((PictureFailed(Intent.RANKING_PICTURE),))
    return Answer((RankingPictured(month_of(case.today).quarter),), photos=(case.picture,))


def publication_picture(case: Case, _reading: Reading) -> Answer:
    """Send the publication that was shown last as a picture to where it was asked for.

    Raises:
        NotAllowed: Neither committee nor administrator.

    """
    require_drawing(case.person)
    shown = case.books.publications.current(case.home.id)
    if shown is None:
        return Answer((NothingPublished(),))
    if not case.picture:
        return Answer((PictureFailed(Intent.PUBLICATION_PICTURE),))
    return Answer((PublicationPictured(shown.quarter),), photos=(case.picture,))


def catalogue_picture(case: Case, _reading: Reading) -> Answer:
    """Send what a round offers as a picture to where it was asked for.

    Raises:
        NotAllowed: Neither committee nor administrator.

    """
    require_drawing(case.person)
    found = shown_round(case.books, case.home.id, year=case.today.year)
    if found is None:
        return Answer((NoCatalogue(case.today.year),))
    if not case.picture:
        return Answer((PictureFailed(Intent.CATALOGUE_PICTURE),))
    return Answer((CataloguePictured(found.plan.name),), photos=(case.picture,))


def report(case: Case, _reading: Reading) -> Answer:
    """Hand the link to the village's files to the person alone, wherever they asked.

    Raises:
        NotBound: Nobody knows the person.
        ReportForOffice: A villager.

    """
    if case.person is None:
        raise NotBound
    if not may_report(case.person):
        raise ReportForOffice
    token = links.sign(
        case.tools.secret,
        village=case.home.id,
        person=case.person.id,
        now=case.now,
        purpose=links.REPORT,
    )
    minutes = int(links.LINK_KEPT.total_seconds() // 60)
    way = ReportWay(f"{case.tools.site}/enter/report?token={token}", minutes)
    if case.room is None:
        return Answer((way,))
    key = f"report:{case.contact.account}:{case.message_id}"
    return Answer((), (Notice(key, case.contact, None, way),))


DESKS: Final[dict[Intent, Callable[[Case, Reading], Answer]]] = {
    Intent.RANKING_PICTURE: ranking_picture,
    Intent.PUBLICATION_PICTURE: publication_picture,
    Intent.CATALOGUE_PICTURE: catalogue_picture,
    Intent.REPORT: report,
}
