"""What stands on the relay page (代发), beside its template."""

from datetime import datetime
from typing import Final

from bot.replies.phrases import clock, day, place_of
from bot.web.relay_sheet import Closed, Group, RelaySheet, Slip
from domain.mail import OutboxState
from domain.period import village_day
from domain.relay import HAND, is_by_hand
from storage.doors import Room
from storage.outbox import Letter

VILLAGE_ROOM: Final = "村民群"
COMMITTEE_ROOM: Final = "审核委员群"
PURPOSES: Final = {"villagers": VILLAGE_ROOM, "committee": COMMITTEE_ROOM}
ENTERED: Final = {
    "working": "已经收到,正在办。过一会儿再打开这一页看结果。",
    "twice": "同样的话刚刚已经录过了,没有再记一遍。",
    "done": "录好了,这句话不用回。",
}
"""What is said of a message brought in that has no answer (yet)."""


BEGINNING: Final = 24


def when(at: datetime, now: datetime) -> str:
    """Say when something was: the time alone if it was today."""
    if village_day(at) == village_day(now):
        return f"今天{clock(at)}"
    return f"{day(village_day(at))}{clock(at)}"


def kind(slip: Slip) -> str:
    """Say what a letter is and for whom."""
    what = "通知" if slip.letter.draft.kind == "notice" else "回复"
    if not slip.to and is_by_hand(slip.letter.draft.contact):
        return f"给还没登记的人的{what}"
    return f"给{slip.to}的{what}" if slip.to else what


def heading(group: Group) -> str:
    """Say where a group of letters goes."""
    if group.room is None and group.slips[0].letter.draft.room is None:
        return f"当面告诉{group.name}" if group.name else "当面告诉还没登记的人"
    return f"发到“{group.name}”" if group.name else "发到一个已经不用的群"


def closed(one: Closed, now: datetime) -> str:
    """Say that something waits for a person alone."""
    who = one.name or "一位还没绑定的人"
    if one.household is not None:
        who = f"{who}({place_of(one.household)})"
    since = when(one.letters[0].queued_at, now)
    return f"{who}:{len(one.letters)}条,{since}等到现在"


def told(slip: Slip, *, is_mine: bool) -> str:
    """Say what became of a letter that was ticked or taken back."""
    state = slip.letter.state
    if state is OutboxState.RELAYED:
        return "记下了,这条发好了。" if is_mine else f"{slip.carried_by}已经发过这条了,您不用再发。"
    if state in {OutboxState.SENT, OutboxState.SENDING}:
        return "这条小助手刚好自己发出去了,您不用再发。"
    if state is OutboxState.UNCERTAIN:
        return "这条小助手正好在发,不知道发到没有。请先到群里看一眼,有了就不用再发。"
    return "放回去了,这条还没发。"


def begins(letter: Letter) -> str:
    """Say how a letter begins, to tell it from others."""
    if letter.draft.photo and not letter.draft.text:
        return "一张图片"
    line = " ".join(letter.draft.text.split())
    return line if len(line) <= BEGINNING else f"{line[:BEGINNING]}…"


def done(slip: Slip, sheet: RelaySheet) -> str:
    """Say what was carried, and where; the words of what is a person's alone are not said."""
    where = sheet.name_of(slip.letter)
    if slip.letter.id in sheet.readable:
        return f"{where} {begins(slip.letter)}".strip()
    return f"请{slip.to or '本人'}去看的话"


def room(one: Room, sheet: RelaySheet) -> str:
    """Say what a room is called and how it is served."""
    name = sheet.names[one.account, one.room]
    how = "手工发" if one.account == HAND else "小助手发"
    return f"{name}({PURPOSES[one.purpose]},{how})" if one.name else f"{name}({how})"
