"""The seat of an officer (镇、区干部): taken by a code, opened on the web page by a link."""

from dataclasses import dataclass

from bot import links
from bot.commands.case import Case
from domain.membership import CodeWrong
from domain.officer import Officer


@dataclass(frozen=True, slots=True)
class OfficerSeated:
    """The contact is an officer of a town or district now."""

    officer: Officer


def take_seat(case: Case, digest: str) -> OfficerSeated:
    """Let the contact in as the officer whose code this is.

    Raises:
        CodeWrong: It opens nothing, or nothing any more.

    """
    officer = case.books.officers.use(digest, case.contact, at=case.now)
    if officer is None:
        raise CodeWrong
    return OfficerSeated(officer)


def town_way(case: Case) -> str:
    """Return a link that opens the villages for an officer; "" for everybody else."""
    officer = case.books.officers.of(case.contact)
    if officer is None:
        return ""
    token = links.sign(
        case.tools.secret, village=0, person=officer.number, now=case.now, purpose=links.TOWN
    )
    return f"{case.tools.site}/enter/town?token={token}"
