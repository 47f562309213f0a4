"""The administrator's desk of redemption (兑换批次): plan a round, look at it, start or stop it."""

from dataclasses import dataclass
from datetime import date

from bot.commands.case import Answer, Case, Notice
from bot.commands.errands import errand_of
from bot.commands.redemption_asking import day_of
from bot.papers.redemption_words import FORBIDDEN
from bot.understanding.reading import Slots
from bot.understanding.round_reading import read_plan
from domain.authority import require_role
from domain.membership import Role
from domain.redemption import RedemptionState
from domain.redemption_plan import plan_of
from domain.redemption_round import (
    RUNNING,
    Plan,
    Round,
    RoundKey,
    RoundOver,
    RoundState,
    RoundUnknown,
)
from domain.refusal import Refusal
from schedules.announcing import VILLAGERS, has_heard
from schedules.redemption import (
    RESERVED_MAX,
    PointsReturned,
    cancel_round,
    current,
    told_for,
)
from schedules.redemption_notices import RoundOpened, opening_key
from schedules.redemption_planning import Liability, circumstances, keep_round, liability_of
from storage.mail import Dialogue
from storage.people import Contact

YES = 1


@dataclass(frozen=True, slots=True)
class RoundPreviewed:
    """A plan as understood, before it is kept; its words are read again when confirmed."""

    plan: Plan
    liability: Liability
    text: str


@dataclass(frozen=True, slots=True)
class RoundPlanned:
    """A round is kept; it is open already or waits for its first day."""

    round: Round


@dataclass(frozen=True, slots=True)
class StopAsked:
    """Whether a round is really to be stopped; what was not collected is given back."""

    round: Round
    reserved: int


@dataclass(frozen=True, slots=True)
class RoundStopped:
    """A round was called off, and so many orders were given back."""

    round: Round
    returned: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """The person chose to leave it."""


class PlanEmpty(Refusal):
    """兑换开 alone: the person is shown how a round is written."""


def preview(case: Case, slots: Slots) -> Answer:
    """Show a round as understood, with what it may cost, and ask before keeping it.

    Raises:
        NotAllowed: The person does not administer the village.
        PlanEmpty, PlanRefused: What is missing or forbidden, all at once.

    """
    require_role(case.person, Role.ADMINISTRATOR)
    if not slots.body.strip():
        raise PlanEmpty
    plan = _plan(case, slots.body, day_of(case))
    return Answer((RoundPreviewed(plan, liability_of(case.books, case.home.id, plan), slots.body),))


def confirm(case: Case, waiting: Dialogue, choice: int) -> Answer:
    """Keep the round that was shown (1), or leave it; an open one is announced at once.

    Raises:
        NotAllowed, PlanRefused: As when it was shown; the days may have passed.

    """
    person = require_role(case.person, Role.ADMINISTRATOR)
    if choice != YES:
        return Answer((Dropped(),))
    case.books.villages.lock(case.home.id)
    plan = _plan(case, waiting.body["text"], date.fromisoformat(waiting.body["today"]))
    round_ = keep_round(case.books, case.home.id, plan, by=person.id, now=case.now)
    is_open = round_.state is RoundState.OPEN
    return Answer((RoundPlanned(round_),), _announced(case, round_) if is_open else ())


def _plan(case: Case, text: str, written_on: date) -> Plan:
    about = circumstances(case.books, case.home, today=day_of(case), forbidden=FORBIDDEN)
    return plan_of(read_plan(text, written_on), about)


def _announced(case: Case, round_: Round) -> tuple[Notice, ...]:
    """Tell the villagers' rooms, by day, under the key that the calendar would use.

    On a day on which they hear something else the calendar tells them tomorrow.
    """
    if has_heard(errand_of(case), VILLAGERS):
        return ()
    village, told = case.home.id, RoundOpened(round_, day_of(case))
    return tuple(
        Notice(
            f"notice:{village}:{opening_key(round_)}:{room.account}:{room.room}",
            Contact(room.account, ""),
            room.room,
            told,
            is_quiet=True,
        )
        for room in case.books.rooms.of_village(village, VILLAGERS)
    )


def ask_stop(case: Case, slots: Slots) -> Answer:
    """Ask whether a round is really to be called off (兑换停 2).

    Raises:
        NotAllowed: The person does not administer the village.
        RoundUnknown, RoundOver: Which round.

    """
    require_role(case.person, Role.ADMINISTRATOR)
    round_ = _named(case, slots)
    reserved = case.books.redemptions.of_round(
        case.home.id, round_.key, state=RedemptionState.RESERVED, limit=RESERVED_MAX
    )
    return Answer((StopAsked(round_, len(reserved)),))


def stop(case: Case, waiting: Dialogue, choice: int) -> Answer:
    """Call the round off (1) and tell each household what it got back, or leave it.

    Raises:
        NotAllowed, RoundOver: It is no longer possible.

    """
    person = require_role(case.person, Role.ADMINISTRATOR)
    if choice != YES:
        return Answer((Dropped(),))
    books, village = case.books, case.home.id
    books.villages.lock(village)
    key = RoundKey(waiting.body["year"], waiting.body["number"])
    round_ = books.rounds.get(village, key)
    assert round_ is not None, key
    returned = cancel_round(books, village, round_, by=person.id, now=case.now)
    notices: list[Notice] = []
    for household in dict.fromkeys(one.household for one in returned):
        theirs = tuple(one for one in returned if one.household == household)
        own = f"notice:{village}:redemption:stopped:{key.year}-{key.number}:{household}"
        told = PointsReturned(round_, theirs, is_cancelled=True)
        for who in told_for(books, village, theirs):
            contacts = books.people.contacts_of(village, who)[:1]
            notices += [Notice(f"{own}:{who}", c, None, told, is_quiet=True) for c in contacts]
    return Answer((RoundStopped(round_, len(returned)),), tuple(notices))


def _named(case: Case, slots: Slots) -> Round:
    """Return the round of a number this year, or the only one there is to stop."""
    running = current(case.books, case.home.id, today=day_of(case))
    if not slots.claim_ids:
        if len(running) != 1:
            raise RoundUnknown(0)
        return running[0]
    number = slots.claim_ids[0]
    found = case.books.rounds.get(case.home.id, RoundKey(day_of(case).year, number))
    if found is None:
        raise RoundUnknown(number)
    if found.state not in RUNNING:
        raise RoundOver(number)
    return found
