"""Open questions of redemption (追问): which good, is the round right, the photo of a voucher."""

from datetime import timedelta
from typing import Final

from bot.commands import collection, redeeming, round_planning
from bot.commands.case import Answer, Case
from bot.commands.redemption_asking import day_of
from bot.understanding.redemption_reading import CHOICES, GOOD, ROUND, STOP
from domain.membership import HouseholdId
from domain.redemption import RedemptionSettled
from domain.redemption_round import RoundKey
from domain.refusal import Refusal
from storage.evidence import Photo
from storage.mail import Dialogue

VOUCHER: Final = "voucher"
NUMBERED: Final = CHOICES
ASKED: Final = CHOICES | {VOUCHER}
KEPT: Final = timedelta(minutes=10)
ROUND_KEPT: Final = timedelta(minutes=30)
"""A round is read through before it is confirmed."""
YES_NO: Final = 2


def place(case: Case) -> str | None:
    """Return where the answer is waited for: what is said directly is answered directly."""
    return None if case.room_purpose == "villagers" else case.room


def follow(case: Case, results: tuple[object, ...]) -> bool:
    """Wait for the answer to what the last result asks; False when it asks nothing of ours."""
    asked = _question(case, results[-1]) if results else None
    if asked is not None:
        case.books.dialogues.open(case.contact, place(case), asked)
    return asked is not None


def _question(case: Case, result: object) -> Dialogue | None:
    if isinstance(result, round_planning.RoundPreviewed):
        body: dict[str, object] = {"text": result.text, "today": day_of(case).isoformat()}
        return Dialogue(ROUND, body, case.now + ROUND_KEPT)
    if isinstance(result, round_planning.StopAsked):
        key = result.round.key
        return Dialogue(STOP, {"year": key.year, "number": key.number}, case.now + KEPT)
    if isinstance(result, collection.PhotoAsked):
        own = result.redemption.key
        return Dialogue(VOUCHER, {"year": own.year, "number": own.number}, result.until)
    return None


def ask_about(case: Case, refusal: Refusal) -> None:
    """Wait for the number of a good; wait no longer for the photo of what is settled."""
    if isinstance(refusal, redeeming.GoodUnclear):
        wanted = refusal.order
        body = {
            "year": wanted.round.year,
            "round": wanted.round.number,
            "household": wanted.household,
            "quantity": wanted.quantity,
            "choices": list(refusal.goods),
        }
        case.books.dialogues.open(case.contact, place(case), Dialogue(GOOD, body, case.now + KEPT))
    elif isinstance(refusal, RedemptionSettled):
        case.books.dialogues.close(case.contact, case.room)


def most(waiting: Dialogue) -> int:
    """Return the last number that a question offers."""
    return len(waiting.body["choices"]) if waiting.kind == GOOD else YES_NO


def chosen(case: Case, waiting: Dialogue, choice: int) -> Answer:
    """Go on with the choice of a number that was offered."""
    if waiting.kind == ROUND:
        return round_planning.confirm(case, waiting, choice)
    if waiting.kind == STOP:
        return round_planning.stop(case, waiting, choice)
    body = waiting.body
    wanted = redeeming.Wanted(
        RoundKey(body["year"], body["round"]), HouseholdId(body["household"]), body["quantity"]
    )
    return redeeming.order(case, wanted, body["choices"][choice - 1])


def wants_photo(case: Case) -> bool:
    """Return whether this person, here, is to send the photo of handing over."""
    waiting = case.books.dialogues.get(case.contact, case.room, now=case.now)
    return waiting is not None and waiting.kind == VOUCHER


def take_photo(case: Case, photo: Photo) -> Answer:
    """Hand over with the photo that was waited for."""
    waiting = case.books.dialogues.get(case.contact, case.room, now=case.now)
    assert waiting is not None, "the caller saw it"
    answer = collection.finish(case, waiting, photo.sha256)
    case.books.dialogues.close(case.contact, case.room)
    return answer
