"""The quarter's publication (一季一公示): prepared, released by two, corrected, made final."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from domain.basis import Basis
from domain.membership import Person
from domain.objection import ObjectionState
from domain.period import Month, Quarter, month_of, parse_quarter, village_day
from domain.publication import (
    PUBLICATION_STEPS,
    NotPublishable,
    Publication,
    PublicationAction,
    PublicationState,
    QuarterNotOver,
    ReleasedAlready,
    Snapshot,
    check_numbers,
    check_ready,
    digest,
    lines_of,
)
from domain.refusal import Refusal
from domain.rulebook import RulebookMissing
from domain.sign_off import holds, signed
from domain.workflow import step
from schedules.announcing import to_committee, to_rooms, to_villagers
from schedules.basis import basis_on
from schedules.jobs import Errand, NotYet
from schedules.lacking import missing, tellings
from storage.outbox import Draft
from storage.unit_of_work import Books
from storage.villages import Village

_DAY: Final = timedelta(days=1)


class EarlierQuarterWaits(Refusal):
    """Quarters are published in order; ``quarter`` comes first."""

    def __init__(self, quarter: Quarter) -> None:
        super().__init__(str(quarter))
        self.quarter = quarter


@dataclass(frozen=True, slots=True)
class PublicationPrepared:
    """A quarter is ready; two people of the committee release it."""

    publication: Publication


@dataclass(frozen=True, slots=True)
class PublicationShown:
    """An edition as it is told to the villagers' rooms, with the address of the notice board."""

    village: str
    publication: Publication
    board: str = ""


@dataclass(frozen=True, slots=True)
class PublicationFinal:
    """A quarter is final: how many objections there were, by how they ended."""

    quarter: Quarter
    ended: Counter[ObjectionState]


@dataclass(frozen=True, slots=True)
class ReleaseAgreed:
    """One of two agreed to release; ``is_renewed`` if the figures had changed since."""

    publication: Publication
    is_renewed: bool


@dataclass(frozen=True, slots=True)
class Released:
    """Two people released the publication; it is on its way to the rooms."""

    publication: Publication


def quarters_waiting(books: Books, village: Village, *, today: date) -> tuple[Quarter, ...]:
    """Return the quarters that are over and that villagers were not shown, oldest first.

    A village begins with the quarter of its first month; closed years are done.
    """
    since = month_of(village_day(village.created_at))
    first = books.month_reviews.first(village.id, since=since).quarter
    shown = {
        quarter
        for year in range(first.year, today.year + 1)
        for quarter in books.publications.released(village.id, year=year)
    }
    waiting: list[Quarter] = []
    quarter = month_of(today).quarter.previous()
    while quarter >= first:
        if quarter not in shown and quarter.year > village.closed_through:
            waiting.append(quarter)
        quarter = quarter.previous()
    return tuple(reversed(waiting))


def snapshot_of(errand: Errand, quarter: Quarter) -> Snapshot:
    """Return everything an edition of a quarter would say now, as values.

    Raises:
        RulebookMissing: None was in force at the quarter's end.

    """
    books, village = errand.books, errand.village.id
    last = quarter.months[-1].end - _DAY
    rulebook = errand.rulebook(last)
    adoption = books.rulebooks.adoption(village, last)
    assert adoption is not None, "a rulebook in force was adopted"
    accounts = books.rolls.accounts(village, quarter)
    here = {one.household for one in accounts}
    vetoes = tuple(item.code for item in rulebook.items if item.veto)
    seq, head = books.ledger.head(village)
    year = tuple(Month(quarter.year, n) for n in range(1, quarter.months[-1].month + 1))
    return Snapshot(
        quarter=quarter,
        eligible=len(accounts),
        participating=len(here & books.rolls.taking_part(village, quarter)),
        rulebook_version=rulebook.version,
        adopted=Basis(adoption.meeting, adoption.held_on),
        basis=basis_on(errand, adoption),
        chain_seq=seq,
        chain_head=head,
        lines=lines_of(
            accounts,
            quarter=books.ledger.earned(village, quarter.months),
            year=books.ledger.earned(village, year),
            barred=books.rolls.barred(village, quarter, items=vetoes),
        ),
    )


def prepare(errand: Errand, quarter: Quarter) -> tuple[Publication, bool]:
    """Return the prepared edition of a quarter, and whether it is new or was made anew.

    What is prepared already stays as it is while its figures hold.

    Raises:
        NotPublishable: Something is missing.
        RulebookMissing: The village has no rules.

    """
    books, village = errand.books, errand.village
    today = village_day(errand.now)
    months, numbers = missing(books, village, quarter, today=today)
    told = tellings(books, village.id, quarter) if months or numbers else ()
    check_ready(quarter, today=today, months=months, numbers=numbers, told=told)
    snapshot = snapshot_of(errand, quarter)
    known = books.publications.newest(village.id, quarter)
    edition = known.edition if known else 1
    if known is not None:
        if known.snapshot.figures == snapshot.figures:
            return known, False
        step(PUBLICATION_STEPS, known.state, PublicationAction.RENEW)
        books.publications.drop_unseen(village.id, known)
    proof = digest(snapshot, edition=edition)
    fresh = Publication(edition, PublicationState.PREPARED, snapshot, proof, errand.now)
    books.publications.add(village.id, fresh)
    return fresh, True


def prepare_due(errand: Errand) -> tuple[Draft, ...]:
    """Prepare the quarter that has ended, and ask the committee to release it.

    The committee hears of it at once, also on a day with another notice: it has just confirmed
    the last month, or released the quarter before.

    Raises:
        NotYet: Months are not confirmed, or claims undecided; ``reminding.digest`` says which.
            Or an earlier quarter waits: that one is released first.

    """
    quarter = parse_quarter(errand.period)
    books, village = errand.books, errand.village
    books.villages.lock(village.id)
    waiting = quarters_waiting(books, village, today=village_day(errand.now))
    if quarter not in waiting:
        return ()
    if quarter != waiting[0]:
        raise NotYet from EarlierQuarterWaits(waiting[0])
    try:
        publication, _ = prepare(errand, quarter)
    except (NotPublishable, RulebookMissing) as reason:
        raise NotYet from reason
    result = PublicationPrepared(publication)
    return to_committee(errand, result, key=f"publication:{quarter}:prepared")


def release(errand: Errand, person: Person) -> tuple[ReleaseAgreed | Released, tuple[Draft, ...]]:
    """Count one person's release of the oldest quarter that waits; the second one shows it.

    Raises:
        QuarterNotOver, ReleasedAlready: Nothing waits.
        NotPublishable, RulebookMissing: Something is missing.
        NumberFound: It would show a number that nobody may publish.
        SignedAlready: The same person, or one of the same house, agreed before.

    """
    books, village = errand.books, errand.village
    books.villages.lock(village.id)
    today = village_day(errand.now)
    waiting = quarters_waiting(books, village, today=today)
    if not waiting:
        _check_begun(books, village.id, today)
        raise ReleasedAlready(month_of(today).quarter.previous())
    before = books.publications.newest(village.id, waiting[0])
    publication, is_new = prepare(errand, waiting[0])
    check_numbers(publication.snapshot)
    matter = release_of(publication)
    standing = signed(
        matter,
        person,
        stance=publication.digest,
        earlier=books.sign_offs.standing(village.id, matter),
    )
    books.sign_offs.keep(village.id, matter, standing, at=errand.now)
    if not holds(standing):
        return ReleaseAgreed(publication, is_renewed=is_new and before is not None), ()
    state = step(PUBLICATION_STEPS, publication.state, PublicationAction.RELEASE)
    shown = replace(publication, state=state, released_at=errand.now)
    books.publications.save_state(village.id, shown)
    return Released(shown), show_edition(errand, shown)


def _check_begun(books: Books, village: int, today: date) -> None:
    if books.publications.current(village) is None:
        raise QuarterNotOver(month_of(today).quarter)


def release_of(publication: Publication) -> str:
    """Return the matter that two people sign to release an edition."""
    return f"publication:{publication.quarter}:{publication.edition}"


def finish_due(errand: Errand) -> tuple[Draft, ...]:
    """Make final what is past its window with every objection answered, and say how they ended.

    Raises:
        NotYet: The villagers' rooms hear something else today.

    """
    books, village = errand.books, errand.village.id
    books.villages.lock(village)
    today = village_day(errand.now)
    results: list[PublicationFinal] = []
    for one in books.publications.in_state(village, PublicationState.RELEASED):
        until = one.objections_until
        ended = books.objections.count(village, one.quarter)
        if until is None or today <= until or ended[ObjectionState.RAISED]:
            continue
        state = step(PUBLICATION_STEPS, one.state, PublicationAction.FINISH)
        books.publications.save_state(village, replace(one, state=state, final_at=errand.now))
        results.append(PublicationFinal(one.quarter, ended))
    if not results:
        return ()
    return to_villagers(errand, *results, key=f"publication:{results[0].quarter}:final")


def show_edition(errand: Errand, publication: Publication) -> tuple[Draft, ...]:
    """Tell the villagers' rooms of an edition, once each."""
    result = PublicationShown(errand.village.name, publication, errand.board)
    key = notice_key(publication.quarter, publication.edition)
    return to_rooms(errand, "villagers", result, key=key)


def notice_key(quarter: Quarter, edition: int) -> str:
    """Return the part of a notice's key that names an edition."""
    return f"publication:{quarter}:{edition}"
