"""Corrections of a publication (更正): a further edition, told as widely as the first."""

from dataclasses import replace

from domain.period import Quarter
from domain.publication import (
    PUBLICATION_STEPS,
    Publication,
    PublicationAction,
    PublicationState,
    check_numbers,
    digest,
)
from domain.workflow import step
from schedules.jobs import Errand
from schedules.publication import show_edition, snapshot_of
from storage.outbox import Draft


def correct(errand: Errand, quarter: Quarter) -> tuple[Publication | None, tuple[Draft, ...]]:
    """Follow a released edition by a corrected one, told as widely as the first.

    None when the correction changed nothing that is printed.

    Raises:
        StepRefused: The publication is final.
        NumberFound: As for every release.

    """
    books, village = errand.books, errand.village.id
    known = books.publications.newest(village, quarter)
    assert known is not None, quarter
    snapshot = snapshot_of(errand, quarter)
    if snapshot.figures == known.snapshot.figures:
        return None, ()
    check_numbers(snapshot)
    state = step(PUBLICATION_STEPS, known.state, PublicationAction.CORRECT)
    books.publications.save_state(village, replace(known, state=state))
    edition = known.edition + 1
    proof = digest(snapshot, edition=edition)
    fresh = Publication(
        edition, PublicationState.RELEASED, snapshot, proof, errand.now, released_at=errand.now
    )
    books.publications.add(village, fresh)
    return fresh, show_edition(errand, fresh)


def correct_from(
    errand: Errand, quarter: Quarter
) -> tuple[tuple[Publication, tuple[Draft, ...]], ...]:
    """Correct what villagers were shown of a quarter and of the later ones of its year.

    The points of the year stand in each of them. What is not shown yet is prepared
    anew before its release, and what is final stays as it was read.
    """
    found = []
    for number in range(quarter.quarter, 5):
        later = Quarter(quarter.year, number)
        known = errand.books.publications.newest(errand.village.id, later)
        if known is None or known.state is not PublicationState.RELEASED:
            continue
        fresh, drafts = correct(errand, later)
        if fresh is not None:
            found.append((fresh, drafts))
    return tuple(found)
