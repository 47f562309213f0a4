"""What the terminal says about the keys of the HTTP interface (接口密钥)."""

from typing import Final

from bot.replies.phrases import joined
from domain.api_key import KeyState, Scope

HELP: Final = "区里平台读数用的密钥:能读什么、哪个镇、到哪天。只有数字,没有名字。"
ADD_HELP: Final = (
    "做一把新密钥。只显示这一次,请马上交给对方;这里不留密钥,找不回来。"
    "\n\nJSON:{number, name, key, scopes, town, until}"
)
LIST_HELP: Final = (
    "列出密钥,不显示密钥本身。"
    "\n\nJSON:[{number, name, scopes, town, until, state, created_on, last_used_on, revoked_on}];"
    "state 是 valid、expired 或 revoked"
)
REVOKE_HELP: Final = "收回一把密钥,马上就不能用了。\n\nJSON:{number, name, state}"
NAME: Final = "给谁用的,比如 区平台。"
SCOPE: Final = (
    "能读什么,可以写几次:villages:read 镇和村,participation:read 参与率,"
    "totals:read 积分合计,report:read 四个步骤的灯。"
)
TOWN: Final = "只能读这个镇;不写就是所有的镇。"
UNTIL: Final = "用到哪天(当天还能用),比如 2026-12-31;不写就没有期限。"
WHICH: Final = "密钥的编号或名字。"

NAME_EMPTY: Final = "请写给谁用的:--name 区平台"
NAME_LONG: Final = "名字最多50个字。"
NAME_NUMBER: Final = "名字不要只写数字,会和编号混。"
NAME_TAKEN: Final = "已经有一把密钥叫“{name}”,请换个名字。"
UNTIL_PAST: Final = "{day} 已经过去了。"
UNKNOWN: Final = "没有叫“{name}”的密钥。jifen api-keys list 可以查看。"
REVOKED_BEFORE: Final = "{number}号“{name}”早就收回了。"

ADDED: Final = "{number}号密钥做好了,给“{name}”,可以读:{scopes};{town};{until}。"
SHOWN_ONCE: Final = "下面这一行就是密钥,只显示这一次:"
REVOKED: Final = "{number}号“{name}”收回了,马上就不能用了。"
NONE: Final = "还没有密钥。"
COLUMNS: Final = ("编号", "名字", "能读", "镇", "用到", "状态", "最近用过")
STATES: Final = {
    KeyState.VALID: "可用",
    KeyState.EXPIRED: "过期",
    KeyState.REVOKED: "收回了",
}
SCOPES: Final = {
    Scope.VILLAGES: "镇和村",
    Scope.PARTICIPATION: "参与率",
    Scope.TOTALS: "积分合计",
    Scope.REPORT: "步骤的灯",
}
assert set(SCOPES) == set(Scope)
EVERY_TOWN: Final = "所有的镇"
NO_END: Final = "没有期限"
NEVER_USED: Final = "没用过"


def town_unknown(town: str, known: list[str]) -> str:
    """Return the line for a town that has no village."""
    if not known:
        return f"没有“{town}”这个镇,还没有建过村。"
    return f"没有“{town}”这个镇。现有:{joined(known)}。"


def scopes(granted: list[str]) -> str:
    """Return what may be read, in words."""
    return joined([SCOPES[Scope(one)] for one in granted])


def town(name: str | None) -> str:
    """Return which town may be read, in words."""
    return name or EVERY_TOWN


def until(day: str | None) -> str:
    """Return how long a key opens anything, in words."""
    return f"用到{day}" if day else NO_END
