"""The counter (柜台): which desk serves which intent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from bot import desks_redemption
from bot.commands import (
    asking,
    belonging,
    binding,
    changing,
    deciding,
    filing,
    papers,
    reviewing,
    wording,
)
from bot.commands.case import SILENT, Answer, Case
from bot.commands.deciding import HalfDecided
from bot.commands.filing import Recorded
from bot.commands.finding import ItemUnclear
from bot.commands.telling import Decided
from bot.desks_people import CONFIDENTIAL as OF_PEOPLE_CONFIDENTIAL
from bot.desks_people import DESKS as OF_PEOPLE
from bot.desks_people import READ_ONLY as OF_PEOPLE_READ_ONLY
from bot.desks_publication import PUBLICATION_CONFIDENTIAL, PUBLICATION_DESKS
from bot.understanding.reading import Intent, Reading
from domain.alias import AliasAction
from domain.authority import require_committee
from domain.claim import ClaimOrigin
from domain.refusal import Refusal
from domain.review import Verdict
from domain.rulebook import Publicity
from schedules.publication import ReleaseAgreed


@dataclass(frozen=True, slots=True)
class Refused:
    """One act of several that was refused, with the words that named it."""

    words: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class WebWay:
    """The ways to the web page: a signed link for this person, and one to the villages.

    "" where there is none: an officer of the town need be nobody's neighbour.
    """

    url: str
    town: str = ""


class NumberMissing(Refusal):
    """The command needs a claim's number."""

    def __init__(self, intent: Intent) -> None:
        super().__init__(intent)
        self.intent = intent


Desk = Callable[[Case, Reading], Answer]


def claims(case: Case, reading: Reading) -> Answer:
    """File every act of a message; what is refused does not hold up the rest."""
    acts = reading.acts or (reading,)
    if len(acts) == 1:
        return Answer((filing.file_claim(case, acts[0]),), belonging.ask_again(case))
    results: list[object] = []
    for position, act in enumerate(acts, start=1):
        try:
            with case.books.attempt():
                results.append(filing.file_claim(case, act, is_last=position == len(acts)))
        except Refusal as refusal:
            results.append(Refused(act.slots.item_words or act.slots.item or "", refusal))
    return Answer(tuple(results), belonging.ask_again(case))


def _record(origin: ClaimOrigin) -> Desk:
    def desk(case: Case, reading: Reading) -> Answer:
        require_committee(case.person)
        acts = reading.acts or (reading,)
        return Answer(tuple(filing.record(case, act, origin) for act in acts))

    return desk


_VERDICTS: Final = {
    Intent.APPROVE: Verdict.APPROVE,
    Intent.REJECT: Verdict.REJECT,
    Intent.ADJUST: Verdict.ADJUST,
}


def _decide(case: Case, reading: Reading) -> Answer:
    """Decide everything that the message decides: ``12-15都通过,14照片看不清驳回``."""
    acts = reading.acts or (reading,)
    return deciding.decide(
        case, [(_VERDICTS[act.intent], act.slots) for act in acts if act.intent in _VERDICTS]
    )


def _numbered(desk: Callable[[Case, int], object]) -> Desk:
    """Serve the claims that are named; one without a number is asked for it."""

    def serve(case: Case, reading: Reading) -> Answer:
        if not reading.slots.claim_ids:
            assert reading.intent is not None, "silence is not served"
            raise NumberMissing(reading.intent)
        return Answer(tuple(desk(case, number) for number in reading.slots.claim_ids))

    return serve


def _amend(case: Case, reading: Reading) -> Answer:
    serve = _numbered(lambda c, number: changing.amend(c, number, reading.slots))
    return serve(case, reading)


def _withdraw(case: Case, reading: Reading) -> Answer:
    year = reading.slots.claim_year
    return _numbered(lambda c, number: changing.withdraw(c, number, year=year))(case, reading)


def _settle_binding(case: Case, reading: Reading, *, confirmed: bool) -> Answer:
    require_committee(case.person)
    return binding.settle(case, reading.slots.claim_ids, confirmed=confirmed)


def _consent(case: Case, _reading: Reading) -> Answer:
    agreed = belonging.consent(case)
    return Answer((agreed,)) if agreed else SILENT


def _dissent(case: Case, _reading: Reading) -> Answer:
    if case.person is None or belonging.has_begun(case):
        return SILENT
    return Answer((belonging.leave(case),))


def _help(case: Case, reading: Reading) -> Answer:
    return Answer((asking.help_(case, not_understood=reading.asks),))


def _photos(case: Case, reading: Reading) -> Answer:
    if not reading.slots.claim_ids:
        raise NumberMissing(Intent.PHOTOS)
    return reviewing.photos(case, reading.slots)


DESKS: Final[dict[Intent, Desk]] = {
    Intent.CLAIM: claims,
    Intent.RECORD_FOR: _record(ClaimOrigin.RECORD),
    Intent.DEDUCT: _record(ClaimOrigin.DEDUCTION),
    Intent.AMEND: _amend,
    Intent.WITHDRAW_CLAIM: _withdraw,
    Intent.APPROVE: _decide,
    Intent.REJECT: _decide,
    Intent.ADJUST: _decide,
    Intent.PENDING_LIST: lambda case, _: Answer((reviewing.pending(case),)),
    Intent.PHOTOS: _photos,
    Intent.BALANCE: lambda case, _: Answer((asking.balance(case),)),
    Intent.RANKING: lambda case, _: Answer((asking.balance(case),)),
    Intent.HISTORY: lambda case, _: Answer((asking.history(case),)),
    Intent.RULES: lambda case, reading: Answer((asking.rules(case, reading.slots),)),
    Intent.CLAIM_STATUS: lambda case, reading: Answer((asking.status(case, reading.slots),)),
    Intent.HELP: _help,
    Intent.BIND: lambda case, reading: binding.bind(case, reading.slots),
    Intent.BIND_ROOM: lambda case, reading: Answer(
        (belonging.bind_room(case, reading.slots.code or ""),)
    ),
    Intent.CONFIRM_BIND: lambda c, r: _settle_binding(c, r, confirmed=True),
    Intent.REFUSE_BIND: lambda c, r: _settle_binding(c, r, confirmed=False),
    Intent.KIN: lambda case, reading: Answer((belonging.declare_kin(case, reading.slots),)),
    Intent.ELSEWHERE: lambda case, _: belonging.state_elsewhere(case),
    Intent.CONSENT: _consent,
    Intent.DISSENT: _dissent,
    Intent.ALIASES: lambda case, _: Answer((wording.aliases(case),)),
    Intent.ADOPT_ALIAS: _numbered(lambda c, n: wording.decide(c, n, AliasAction.ADOPT)),
    Intent.DROP_ALIAS: _numbered(lambda c, n: wording.decide(c, n, AliasAction.DROP)),
    **PUBLICATION_DESKS,
    **OF_PEOPLE,
    **desks_redemption.DESKS,
    **papers.DESKS,
}
"""One desk for every intent that is not an answer to a question of ours."""

READ_ONLY: Final = frozenset(
    {
        Intent.BALANCE,
        Intent.RANKING,
        Intent.HISTORY,
        Intent.RULES,
        Intent.CLAIM_STATUS,
        Intent.HELP,
        Intent.PENDING_LIST,
        Intent.PHOTOS,
        Intent.WEB,
        Intent.PUBLICATION,
        Intent.PARTICIPATION,
        Intent.REPORT,
        Intent.ALIASES,
        *OF_PEOPLE_READ_ONLY,
        *desks_redemption.READ_ONLY,
        Intent.RANKING_PICTURE,
        Intent.PUBLICATION_PICTURE,
        Intent.CATALOGUE_PICTURE,
    }
)
"""Intents that change nothing: asking twice is answering twice on the web page."""

CONFIDENTIAL: Final = frozenset(
    {
        Intent.PENDING_LIST,
        Intent.PHOTOS,
        Intent.DEDUCT,
        Intent.HISTORY,
        Intent.CLAIM_STATUS,
        Intent.WEB,
        Intent.ALIASES,
        *PUBLICATION_CONFIDENTIAL,
        *OF_PEOPLE_CONFIDENTIAL,
        *desks_redemption.CONFIDENTIAL,
    }
)
"""Intents answered directly when they are spoken before the villagers' room."""


def is_confidential(results: tuple[object, ...]) -> bool:
    """Return whether decisions name what no room may read: deductions, private items.

    Nor does it read a publication before two people have released it.
    """
    if any(isinstance(r, ReleaseAgreed) for r in results):
        return True
    named = (r.item for r in results if isinstance(r, Decided | HalfDecided | Recorded))
    return any(
        item.is_deduction or item.is_private or item.publicity is Publicity.NEVER for item in named
    )


def with_choice(reading: Reading, code: str) -> Reading:
    """Return a reading in which the unclear item has been chosen."""
    slots = replace(reading.slots, item=code, item_choices=())
    if not reading.acts:
        return replace(reading, slots=slots, asks=False)
    acts = tuple(
        replace(a, slots=replace(a.slots, item=code, item_choices=()), asks=False)
        if a.slots.item is None
        else a
        for a in reading.acts
    )
    return replace(reading, slots=slots, acts=acts, asks=False)


__all__ = ["CONFIDENTIAL", "DESKS", "READ_ONLY", "ItemUnclear", "with_choice"]
