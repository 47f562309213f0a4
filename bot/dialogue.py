"""Open questions (追问): what the assistant waits for, and how an answer continues it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot import asking_back, redemption_dialogue
from bot.commands import changing, leaving
from bot.commands.case import Answer, Case
from bot.commands.filing import ClaimIncomplete
from bot.commands.finding import ItemUnclear
from bot.commands.leaving import LeaveAsked, Stayed
from bot.commands.round_planning import Dropped
from bot.desks import Refused, with_choice
from bot.redemption_dialogue import take_photo, wants_photo
from bot.understanding.people_reading import LEAVE
from bot.understanding.reading import (
    Intent,
    Reader,
    Reading,
    Surroundings,
    Utterance,
)
from domain.claim import PHOTO_AFTER, Claim, ClaimKey, ClaimState
from domain.refusal import Refusal
from storage.mail import Dialogue

QUESTION_KEPT: Final = timedelta(minutes=10)
ITEM: Final = "item"
QUANTITY: Final = "quantity"
TIER: Final = "tier"
PHOTO: Final = "photo"
OF_DRAFT: Final = frozenset({QUANTITY, TIER, PHOTO})
REFUSED: Final = "refused"
"""No question: a claim was refused, and a photo that follows waits for the next one."""
HOLDING: Final = frozenset({REFUSED, ITEM, asking_back.KIND})
FILING: Final = frozenset({Intent.CLAIM, Intent.RECORD_FOR, Intent.DEDUCT})


class ChoiceUnknown(Refusal):
    """The number is none of the choices; ``most`` is the last one."""

    def __init__(self, most: int) -> None:
        super().__init__(str(most))
        self.most = most


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The person does not want to go on with what was asked."""


def answered(
    reading: Reading,
    waiting: Dialogue | None,
    *,
    reader: Reader,
    asked: tuple[Utterance, Surroundings],
) -> Reading:
    """Turn a numbered choice into the act it completes, read again from its words."""
    if waiting is not None and waiting.kind == asking_back.KIND:
        return asking_back.settled(reading, waiting, reader=reader, asked=asked)
    if waiting is None or waiting.kind != ITEM or reading.intent is not Intent.CHOICE:
        return reading
    codes = waiting.body["choices"]
    choice = reading.slots.choice or 0
    code = codes[choice - 1] if 1 <= choice <= len(codes) else reading.slots.item
    if code is None:
        return reading
    utterance, around = asked
    first = replace(utterance, text=waiting.body["text"], open_dialogue=None, is_mentioned=True)
    return with_choice(reader.read(first, around), code)


def chosen_words(case: Case) -> str:
    """Return the words whose item the person is choosing now, "" when there are none."""
    waiting = case.books.dialogues.get(case.contact, case.room, now=case.now)
    return waiting.body.get("words", "") if waiting is not None and waiting.kind == ITEM else ""


def resume(case: Case, reading: Reading) -> Answer | None:
    """Go on with what is waited for; None when the words are an act of their own.

    Raises:
        ChoiceUnknown: A number that was not offered.

    """
    waiting = case.books.dialogues.get(case.contact, case.room, now=case.now)
    if waiting is None:
        return None
    if reading.intent is Intent.CANCEL:
        return _cancel(case, waiting)
    if reading.intent is Intent.CHOICE and waiting.kind != TIER:
        return _chosen(case, waiting, reading.slots.choice or 0)
    if waiting.kind not in OF_DRAFT:
        return None
    draft = _draft(case, waiting)
    slots = reading.slots
    says_more = slots.quantity is not None or slots.quantity_is_rough or slots.tier is not None
    names_item = slots.item is not None or slots.item_choices or slots.item_words
    if reading.intent is Intent.CHOICE and waiting.kind == TIER:
        slots, says_more = replace(slots, tier=_tier(waiting, slots.choice)), True
    elif reading.intent is not Intent.CLAIM or names_item:
        return None
    if draft is None or not says_more:
        return None
    return Answer((changing.answer_draft(case, draft, slots),))


def _chosen(case: Case, waiting: Dialogue, choice: int) -> Answer | None:
    """Go on with a number; of what was asked about by number none other is good."""
    if waiting.kind in redemption_dialogue.NUMBERED:
        most = redemption_dialogue.most(waiting)
        if not 1 <= choice <= most:
            raise ChoiceUnknown(most)
        return redemption_dialogue.chosen(case, waiting, choice)
    if waiting.kind == ITEM:
        raise ChoiceUnknown(len(waiting.body["choices"]))
    if waiting.kind == asking_back.KIND:
        raise ChoiceUnknown(waiting.body["count"])
    if waiting.kind == LEAVE:
        case.books.dialogues.close(case.contact, case.room)
        return Answer((leaving.settle(case, choice or 1),))
    return None


def question(waiting: Dialogue | None) -> str | None:
    """Return the kind of question that is open, None when nothing was asked."""
    return None if waiting is None or waiting.kind == REFUSED else waiting.kind


def claim_for_photo(case: Case) -> Claim | None:
    """Return the claim that a photo of this person, here and now, belongs to by time.

    A draft that lacks photos comes first; else what was filed last, unless the
    words after it were refused or asked about: then the photo is theirs.
    """
    draft = changing.draft_for_photo(case)
    if draft is not None:
        return draft
    waiting = case.books.dialogues.get(case.contact, case.room, now=case.now)
    if waiting is not None and waiting.kind in HOLDING:
        return None
    return changing.filed_before_photo(case)


def follow(case: Case, results: tuple[object, ...]) -> None:
    """Wait for what the last result asks for; else wait for nothing more."""
    if any(isinstance(r, LeaveAsked) for r in results):
        waiting = Dialogue(LEAVE, {}, case.now + QUESTION_KEPT)
        case.books.dialogues.open(case.contact, case.room, waiting)
        return
    if redemption_dialogue.follow(case, results):
        return
    asking = [r for r in results if isinstance(r, ClaimIncomplete)]
    if not asking and results and isinstance(results[-1], Refused):
        _hold_photos(case)
        return
    if not asking:
        case.books.dialogues.close(case.contact, case.room)
        return
    last = asking[-1]
    kind = QUANTITY if last.unit else TIER if last.tiers else PHOTO
    key = last.claim.key
    body = {"year": key.year, "number": key.number, "tiers": list(last.tiers)}
    until = last.claim.expires_at or case.now + QUESTION_KEPT
    case.books.dialogues.open(case.contact, case.room, Dialogue(kind, body, until))


def ask_about(case: Case, refusal: Refusal, *, text: str, intent: Intent | None = None) -> None:
    """Wait for a number when the refusal offers choices; after a refused claim hold photos."""
    redemption_dialogue.ask_about(case, refusal)
    if isinstance(refusal, ItemUnclear):
        codes = [item.code for item in refusal.choices]
        body = {"choices": codes, "text": text, "words": refusal.words}
        dialogue = Dialogue(ITEM, body, case.now + QUESTION_KEPT)
        case.books.dialogues.open(case.contact, case.room, dialogue)
    elif intent in FILING:
        _hold_photos(case)


def _hold_photos(case: Case) -> None:
    """Keep a photo that follows for the next claim, unless a draft waits for an answer."""
    waiting = case.books.dialogues.get(case.contact, case.room, now=case.now)
    if waiting is None or waiting.kind not in OF_DRAFT:
        held = Dialogue(REFUSED, {}, case.now + PHOTO_AFTER)
        case.books.dialogues.open(case.contact, case.room, held)


def _cancel(case: Case, waiting: Dialogue) -> Answer:
    case.books.dialogues.close(case.contact, case.room)
    if waiting.kind == LEAVE:
        return Answer((Stayed(),))
    if waiting.kind in redemption_dialogue.ASKED:
        return Answer((Dropped(),))
    draft = _draft(case, waiting) if waiting.kind in OF_DRAFT else None
    if draft is not None:
        return Answer((changing.withdraw(case, draft.key.number, year=draft.key.year),))
    return Answer((Cancelled(),))


def _draft(case: Case, waiting: Dialogue) -> Claim | None:
    key = ClaimKey(waiting.body["year"], waiting.body["number"])
    claim = case.books.claims.get(case.home.id, key)
    return claim if claim and claim.state is ClaimState.DRAFT else None


def _tier(waiting: Dialogue, choice: int | None) -> str:
    tiers: list[str] = waiting.body["tiers"]
    if choice is None or not 1 <= choice <= len(tiers):
        raise ChoiceUnknown(len(tiers))
    return tiers[choice - 1]


__all__ = ["answered", "ask_about", "follow", "resume", "take_photo", "wants_photo"]
