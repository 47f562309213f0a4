"""A publication with the figures that were frozen, ready for the press (公示海报)."""

from typing import Final

from bot.papers.sheets import PublicationLine, PublicationSheet, day_words
from domain.basis import Basis
from domain.period import village_day
from domain.publication import SEEN, Line, Publication, PublicationState
from storage.unit_of_work import Books
from storage.villages import Village

CORRECTED_BY: Final = "这一版已经更正，以新的公示为准"


def publication_sheet(
    books: Books, village: Village, publication: Publication, *, url: str
) -> PublicationSheet:
    """Return the sheet of an edition that villagers were shown, with the figures that were frozen.

    Names are shown as far as their households still agree; the mark of an open
    objection is of today as well.
    """
    assert publication.state in SEEN, publication.state
    assert publication.released_at is not None, "what was seen was released"
    assert publication.objections_until is not None, "as above"
    told = books.boards.covered(village.id, publication).snapshot
    disputed = {
        one.household
        for one in books.objections.open(village.id)
        if one.quarter == publication.quarter
    }
    return PublicationSheet(
        village=village.name,
        quarter=publication.quarter,
        lines=tuple(_line(line, is_disputed=line.household in disputed) for line in told.lines),
        eligible=told.eligible,
        taking_part=told.participating,
        published_on=village_day(publication.released_at),
        objections_until=publication.objections_until,
        rulebook=f"{told.rulebook_version}，{adopted_words(told.adopted)}",
        legal_basis=f"《{told.basis.title}》" if told.basis.is_policy else "",
        chain_length=told.chain_seq,
        chain_head=told.chain_head,
        url=url,
        note=_note(publication),
    )


def adopted_words(adopted: Basis) -> str:
    """Say which meeting adopted the rulebook: 2025年12月10日村民代表会议通过."""
    return f"{day_words(adopted.since)}{adopted.title}通过"


def _line(line: Line, *, is_disputed: bool) -> PublicationLine:
    return PublicationLine(
        line.name,
        line.group_no,
        line.shown_place,
        line.quarter_points,
        line.year_points,
        is_disputed=is_disputed,
    )


def _note(publication: Publication) -> str:
    if publication.state is PublicationState.CORRECTED:
        return CORRECTED_BY
    return "更正后的公示，以这次为准" if publication.edition > 1 else ""
