"""What is understood of a message: the intent and its slots (``jifen understand`` prints it)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from domain.rulebook import Rulebook


class Intent(StrEnum):
    """What a person wants; the value is what ``jifen understand`` prints."""

    CLAIM = "claim"
    BALANCE = "balance"
    HISTORY = "history"
    RANKING = "ranking"
    RULES = "rules"
    HELP = "help"
    BIND = "bind"
    OBJECTION = "objection"
    REDEEM = "redeem"
    REDEEM_LIST = "redeem_list"
    WITHDRAW_CLAIM = "withdraw_claim"
    CLAIM_STATUS = "claim_status"
    PENDING_LIST = "pending_list"
    APPROVE = "approve"
    REJECT = "reject"
    ADJUST = "adjust"
    RECORD_FOR = "record_for"
    DEDUCT = "deduct"
    PUBLICATION = "publication"
    PARTICIPATION = "participation"
    REPORT = "report"
    # words of the assistant's own dialogues, beyond the published list
    AMEND = "amend"
    PHOTOS = "photos"
    BIND_ROOM = "bind_room"
    CONFIRM_BIND = "confirm_bind"
    REFUSE_BIND = "refuse_bind"
    KIN = "kin"
    ELSEWHERE = "elsewhere"
    CONSENT = "consent"
    DISSENT = "dissent"
    LEAVE = "leave"
    WEB = "web"
    CANCEL = "cancel"
    CHOICE = "choice"
    ALIASES = "aliases"
    ADOPT_ALIAS = "adopt_alias"
    DROP_ALIAS = "drop_alias"
    MONTH_REVIEW = "month_review"
    CONFIRM_MONTH = "confirm_month"
    MOVE_ON = "move_on"
    ANSWER_OBJECTION = "answer_objection"
    NOT_REACHED = "not_reached"
    HONOUR_LIST = "honour_list"
    HONOUR_GIVE = "honour_give"
    VETO_LIFT = "veto_lift"
    YEAR_CLOSE = "year_close"
    MY_DATA = "my_data"
    PUBLICITY = "publicity"
    NEW_HEAD = "new_head"
    MOVED_AWAY = "moved_away"
    # redemption
    OPEN_ROUND = "open_round"
    STOP_ROUND = "stop_round"
    HAND_OVER = "hand_over"
    CANCEL_REDEMPTION = "cancel_redemption"
    MY_REDEMPTIONS = "my_redemptions"
    COLLECTORS = "collectors"
    RANKING_PICTURE = "ranking_picture"
    PUBLICATION_PICTURE = "publication_picture"
    CATALOGUE_PICTURE = "catalogue_picture"


@dataclass(frozen=True, slots=True)
class Occurred:
    """When: the words, the day, and the last day of a span (inclusive)."""

    text: str
    date: dt.date
    date_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Slots:
    """What the words hold; everything may be missing.

    ``item`` is a rule code that was accepted; ``item_choices`` are codes to ask
    about when it was not; ``item_words`` is the text that named it. ``household``
    is an address as written in canonical form ("3组12号"), ``person`` a name.
    ``scope`` is "all" for 全部. ``choice`` is the number of a numbered choice.
    ``honour`` names an honour (最美家庭), ``year`` a year; ``agrees`` is yes or no to
    what ``scope`` names ("name", "photo").
    ``body`` are the words after a command as they stand, for a desk that reads them itself.
    ``claim_year`` is the year of ``claim_ids`` where a page or the words name it (2026年2号).
    ``is_halved`` asks for half the points there are; how many that makes, the claim knows.
    ``quantity_is_rough`` marks 几, 多, 来 ("两个多小时"): asked about, not guessed.
    ``outcome`` is how an objection ends (uphold, change or dismiss), or "release"
    for a publication that is to be shown.
    """

    item: str | None = None
    item_choices: tuple[str, ...] = ()
    item_words: str = ""
    household: str | None = None
    person: str | None = None
    place: str | None = None
    reason: str | None = None
    occurred: Occurred | None = None
    quantity: Decimal | None = None
    quantity_is_rough: bool = False
    unit: str | None = None
    tier: str | None = None
    points: Decimal | None = None
    delta: Decimal | None = None
    is_halved: bool = False
    claim_ids: tuple[int, ...] = ()
    except_ids: tuple[int, ...] = ()
    scope: str | None = None
    code: str | None = None
    choice: int | None = None
    outcome: str | None = None
    honour: str | None = None
    year: int | None = None
    agrees: bool | None = None
    body: str = ""
    claim_year: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One act as understood; ``intent`` None is silence.

    ``asks`` is true where the assistant asks before acting. Several acts in
    one message stand in ``acts``, the first of them also in ``intent``/``slots``.
    Where two or three intents are plausible they stand in ``choices``, best
    first and the reading itself among them; such a reading always asks. HELP
    that asks was not understood; its choices are what the words may point to.
    ``is_unsure`` marks one that would change a record and may not be meant: it
    waits for a yes. Without it a reading that asks only lacks a part, which its
    desk asks for.
    """

    intent: Intent | None
    slots: Slots = field(default_factory=Slots)
    asks: bool = False
    acts: tuple["Reading", ...] = ()
    choices: tuple["Reading", ...] = ()
    is_unsure: bool = False


SILENCE = Reading(None)


class Scene(StrEnum):
    """Where something was said."""

    ROOM = "room"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words to be read.

    ``role`` is villager, committee or admin; ``open_dialogue`` names what the
    assistant is waiting for from this person here ("intent" for which of the
    offered readings, "choice", "quantity", "consent", "photo", ...), which makes short answers addressed.
    """

    text: str
    scene: Scene
    role: str
    now: dt.datetime
    is_mentioned: bool = False
    open_dialogue: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the village knows: its rulebook, and names that must not be read as dates or numbers."""

    rulebook: Rulebook | None = None
    heads: Mapping[str, str] = field(default_factory=dict)


class Reader(Protocol):
    """Reads what people write. Pure: the same words, place and time read the same."""

    def read(self, utterance: Utterance, around: Surroundings) -> Reading:
        """Return what is understood; ``SILENCE`` when nothing is meant for the assistant."""
