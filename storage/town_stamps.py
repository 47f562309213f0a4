"""Stamps (变动标记): whether anything the town looks at has changed, at the cost of one query."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Table, func, select

from domain.claim import UNDECIDED
from domain.objection import ObjectionState
from domain.redemption import RedemptionState
from domain.redemption_round import RoundState
from storage.changes import CHANGE
from storage.claims import CLAIM
from storage.doors import ADOPTION
from storage.ledger import HEAD, REVIEW
from storage.objections import OBJECTION
from storage.publications import PUBLICATION
from storage.redemptions import REDEMPTION
from storage.rounds import ROUND
from storage.villages import COUNTER, ROSTER, VILLAGE, VILLAGES_MAX


class Stamp(NamedTuple):
    """A village and what changes whenever one of its figures may have changed."""

    village: int
    town: str
    marks: tuple[Any, ...]


def _of(table: Table, value: ColumnElement[Any], *conditions: Any) -> ScalarSelect[Any]:
    """Return a value of a village's own rows, found by the key that begins with the village."""
    own = select(value).select_from(table).where(table.c.village == VILLAGE.c.village, *conditions)
    return own.correlate(VILLAGE).scalar_subquery()


def _count(table: Table, *conditions: Any) -> ScalarSelect[Any]:
    return _of(table, func.count(), *conditions)


def _settled() -> ScalarSelect[Any]:
    """Count the orders that wait no longer, of the rounds that still run; others do not change."""
    running = (
        select(func.count())
        .select_from(ROUND)
        .join(
            REDEMPTION,
            (REDEMPTION.c.village == ROUND.c.village)
            & (REDEMPTION.c.year == ROUND.c.year)
            & (REDEMPTION.c.round == ROUND.c.number),
        )
        .where(
            ROUND.c.village == VILLAGE.c.village,
            ROUND.c.state.in_([RoundState.OPEN, RoundState.CLOSED]),
            REDEMPTION.c.state == RedemptionState.HANDED_OVER,
        )
    )
    return running.correlate(VILLAGE).scalar_subquery()


def _rounds(state: RoundState) -> ScalarSelect[Any]:
    return _count(ROUND, ROUND.c.state == state)


_STAMPS = (
    select(
        VILLAGE.c.is_sample,
        VILLAGE.c.village,
        VILLAGE.c.town,
        VILLAGE.c.name,
        VILLAGE.c.closed_through,
        _of(HEAD, HEAD.c.seq),
        _of(COUNTER, COUNTER.c.last, COUNTER.c.kind == ROSTER, COUNTER.c.year == 0),
        _of(CHANGE, func.max(CHANGE.c.number)),
        _count(ADOPTION),
        _count(CLAIM, CLAIM.c.state.in_(UNDECIDED)),
        _count(REVIEW, REVIEW.c.confirmed_at.is_not(None)),
        _count(PUBLICATION, PUBLICATION.c.released_at.is_not(None)),
        _count(PUBLICATION, PUBLICATION.c.final_at.is_not(None)),
        _count(OBJECTION),
        _count(OBJECTION, OBJECTION.c.state == ObjectionState.RAISED),
        *(_rounds(state) for state in RoundState),
        _settled(),
    )
    .order_by(VILLAGE.c.village)
    .limit(VILLAGES_MAX)
)


def read_stamps(connection: Connection) -> tuple[Stamp, ...]:
    """Return the stamps of the villages that figures count (``Villages.counted``)."""
    every = connection.execute(_STAMPS).all()
    found = [row for row in every if not row.is_sample] or every
    return tuple(Stamp(row[1], row[2], tuple(row[3:])) for row in found)
