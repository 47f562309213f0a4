"""What is said of a row of the roster (花名册): one remark, as a code with its facts."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.household import RosterColumn

WRITTEN_MAX: Final = 30


class NoteKind(StrEnum):
    """Why a row was rejected, or what was changed, dropped or left empty in it."""

    # the row is no household
    TOTAL = "total"
    TITLE = "title"
    FOOTNOTE = "footnote"
    HEADING_AGAIN = "heading_again"
    ENTERPRISE = "enterprise"
    PUBLIC_PLACE = "public_place"
    # the household is not this village's, or not there
    OTHER_VILLAGE = "other_village"
    VILLAGE_UNKNOWN = "village_unknown"
    EMPTIED = "emptied"
    EMPTIED_PERHAPS = "emptied_perhaps"
    NOBODY_RESIDENT = "nobody_resident"
    NO_LOCAL_HUKOU = "no_local_hukou"
    # what must be there is not, or cannot be read
    MISSING = "missing"
    UNREADABLE = "unreadable"
    BECAME_DATE = "became_date"
    GROUP_CONFLICT = "group_conflict"
    HOUSE_NO_CONFLICT = "house_no_conflict"
    SEVERAL_HOUSES = "several_houses"
    SEVERAL_NAMES = "several_names"
    NAME_HAS_DIGITS = "name_has_digits"
    NAME_LETTER_LOST = "name_letter_lost"
    NAME_ABSENT = "name_absent"
    NAME_AND_OTHERS = "name_and_others"
    DUPLICATE_SAME = "duplicate_same"
    DUPLICATE_OTHER_HEAD = "duplicate_other_head"
    DUPLICATE = "duplicate"
    # said of a row of a household that is stored
    HEAD_CHANGED = "head_changed"
    CHANGED = "changed"
    LEFT_BEFORE = "left_before"
    STILL_REGISTERED = "still_registered"
    # said of a row that is kept
    READ_AS = "read_as"
    SPLIT = "split"
    CARRIED_DOWN = "carried_down"
    MERGED_ABOVE = "merged_above"
    INVISIBLE = "invisible"
    RADICAL = "radical"
    NAME_SPACES = "name_spaces"
    NAME_BRACKET = "name_bracket"
    NAME_PRIVATE_LETTER = "name_private_letter"
    ID_DROPPED = "id_dropped"
    CARD_DROPPED = "card_dropped"
    HEALTH_DROPPED = "health_dropped"
    LEFT_EMPTY = "left_empty"
    PLACEHOLDER = "placeholder"
    FORMULA_EMPTY = "formula_empty"
    PHONES_SEVERAL = "phones_several"
    PHONE_TIDIED = "phone_tidied"
    PHONE_DROPPED = "phone_dropped"
    PHONE_WORDS_DROPPED = "phone_words_dropped"
    PHONE_ROUNDED = "phone_rounded"
    DATE_SERIAL = "date_serial"
    DATE_FIRST_DAY = "date_first_day"
    DATE_FUTURE = "date_future"
    DATE_TOO_OLD = "date_too_old"


NO_HOUSEHOLD: Final = frozenset(
    {
        NoteKind.TOTAL,
        NoteKind.TITLE,
        NoteKind.FOOTNOTE,
        NoteKind.HEADING_AGAIN,
        NoteKind.ENTERPRISE,
        NoteKind.PUBLIC_PLACE,
    }
)
DUPLICATES: Final = frozenset(
    {NoteKind.DUPLICATE_SAME, NoteKind.DUPLICATE_OTHER_HEAD, NoteKind.DUPLICATE}
)
REJECTING: Final = (
    NO_HOUSEHOLD
    | DUPLICATES
    | {
        NoteKind.OTHER_VILLAGE,
        NoteKind.VILLAGE_UNKNOWN,
        NoteKind.EMPTIED,
        NoteKind.EMPTIED_PERHAPS,
        NoteKind.NOBODY_RESIDENT,
        NoteKind.NO_LOCAL_HUKOU,
        NoteKind.MISSING,
        NoteKind.UNREADABLE,
        NoteKind.BECAME_DATE,
        NoteKind.GROUP_CONFLICT,
        NoteKind.HOUSE_NO_CONFLICT,
        NoteKind.SEVERAL_HOUSES,
        NoteKind.SEVERAL_NAMES,
        NoteKind.NAME_HAS_DIGITS,
        NoteKind.NAME_LETTER_LOST,
        NoteKind.NAME_ABSENT,
        NoteKind.NAME_AND_OTHERS,
    }
)
UNCHANGED: Final = frozenset({NoteKind.NAME_PRIVATE_LETTER, NoteKind.LEFT_BEFORE})
"""Said of a row whose values stand as written."""
PRIVACY: Final = frozenset({NoteKind.ID_DROPPED, NoteKind.CARD_DROPPED, NoteKind.HEALTH_DROPPED})


@dataclass(frozen=True, slots=True)
class Note:
    """One remark on a row.

    ``written`` is what the cell holds, never an ID or card number; ``read`` what
    was made of it; ``line`` another line of the sheet; ``count`` how many.
    """

    kind: NoteKind
    column: RosterColumn | None = None
    written: str = ""
    read: str = ""
    line: int = 0
    count: int = 0

    @property
    def rejects(self) -> bool:
        """Whether the row is kept out for this."""
        return self.kind in REJECTING
