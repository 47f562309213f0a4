"""The fields of a rulebook (条目的字段): plain values become items, with all problems together."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from bot.papers.rulebook_problem import Problem, ProblemKind
from domain.points import Points, whole
from domain.rulebook import Band, Caps, Filer, Item, Kind, Publicity, Rulebook, Tier

Raw = Mapping[str, object]
"""What a file holds under names: text, whole numbers, Decimals, booleans, lists, tables."""

POINTS_MOST: Final = 100_000
NUMBER_MOST: Final = 100_000
DIGITS_MOST: Final = 6
_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


class Fields:
    """Reads the named values of one table once each and notes what cannot be read."""

    def __init__(self, raw: Raw, *, code: str = "", where: str = "") -> None:
        self._raw = raw
        self._code = code
        self._where = where
        self._seen: set[str] = set()
        self.problems: list[Problem] = []

    def _take(self, name: str) -> object:
        self._seen.add(name)
        return self._raw.get(name)

    def _note(
        self, kind: ProblemKind, name: str, *, value: object = "", choices: tuple[str, ...] = ()
    ) -> None:
        field = f"{self._where}.{name}" if self._where else name
        self.problems.append(Problem(kind, self._code, field, _written(value), choices=choices))

    def _out_of_range(self, name: str, value: int, least: int) -> None:
        self._note(ProblemKind.OUT_OF_RANGE, name, value=value)
        self.problems[-1] = replace(self.problems[-1], least=least, most=NUMBER_MOST)

    def text(self, name: str, *, default: str | None = "") -> str:
        """Read text; None as the default makes it required."""
        value = self._take(name)
        if value is None and default is not None:
            return default
        if value is None:
            self._note(ProblemKind.FIELD_MISSING, name)
        elif not isinstance(value, str):
            self._note(ProblemKind.NOT_TEXT, name, value=value)
        else:
            return value
        return ""

    def number(self, name: str, *, default: int = 0, least: int = 0) -> int:
        """Read a whole number from ``least`` up."""
        value = self._take(name)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            self._note(ProblemKind.NOT_A_NUMBER, name, value=value)
            return default
        if least <= value <= NUMBER_MOST:
            return value
        self._out_of_range(name, value, least)
        return default

    def flag(self, name: str, *, default: bool) -> bool:
        """Read true or false."""
        value = self._take(name)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self._note(ProblemKind.NOT_YES_NO, name, value=value)
        return default

    def points(self, name: str) -> Points | None:
        """Read points: a number with at most one decimal."""
        value = self._take(name)
        found = None if value is None else _points(value)
        if value is not None and found is None:
            self._note(ProblemKind.NOT_POINTS, name, value=value)
        return found

    def points_needed(self, name: str) -> Points:
        """Read points that must be there; what cannot be read is 0 with a problem."""
        if self._raw.get(name) is None:
            self._note(ProblemKind.FIELD_MISSING, name)
        return self.points(name) or Points(0)

    def choice(self, name: str, kinds: type[_E], *, default: _E | None) -> _E:
        """Read one of the words of ``kinds``; None as the default makes it required."""
        words = tuple(kinds)
        text = self.text(name, default=default)
        if text in words:
            return kinds(text)
        if text or name in self._raw:
            self._note(ProblemKind.NOT_A_CHOICE, name, value=text, choices=words)
        return words[0]

    def _list(self, name: str) -> list[object]:
        value = self._take(name)
        if value is None or isinstance(value, list):
            return value or []
        self._note(ProblemKind.NOT_A_LIST, name, value=value)
        return []

    def texts(self, name: str) -> tuple[str, ...]:
        """Read a list of words."""
        values = self._list(name)
        for value in values:
            if not isinstance(value, str):
                self._note(ProblemKind.NOT_TEXT, name, value=value)
        return tuple(value for value in values if isinstance(value, str))

    def points_list(self, name: str) -> tuple[Points, ...]:
        """Read a list of points."""
        read = [(value, _points(value)) for value in self._list(name)]
        for value, found in read:
            if found is None:
                self._note(ProblemKind.NOT_POINTS, name, value=value)
        return tuple(found for _, found in read if found is not None)

    def tables(self, name: str, make: Callable[["Fields"], _T]) -> tuple[_T, ...]:
        """Read a list of tables, each through ``make``."""
        return tuple(self._nested(value, name, make) for value in self._list(name))

    def table(self, name: str, make: Callable[["Fields"], _T]) -> _T:
        """Read one table through ``make``; an absent one is an empty one."""
        return self._nested(self._take(name) or {}, name, make)

    def points_by_name(self, name: str) -> dict[str, Points]:
        """Read a table of points under free names."""
        return self.table(name, lambda f: {key: f.points_needed(key) for key in f.names()})

    def text_by_name(self, name: str) -> dict[str, str]:
        """Read a table of texts under free names."""
        return self.table(name, lambda f: {key: f.text(key) for key in f.names()})

    def names(self) -> tuple[str, ...]:
        """Return the names of the table in their order."""
        return tuple(self._raw)

    def _nested(self, value: object, name: str, make: Callable[["Fields"], _T]) -> _T:
        if not isinstance(value, Mapping):
            self._note(ProblemKind.NOT_A_LIST, name, value=value)
            value = {}
        where = f"{self._where}.{name}" if self._where else name
        fields = Fields(value, code=self._code, where=where)
        made = make(fields)
        self.problems += fields.end()
        return made

    def end(self) -> list[Problem]:
        """Note the names that nobody asked for and return every problem."""
        for name in self._raw:
            if name not in self._seen:
                self._note(ProblemKind.FIELD_UNKNOWN, name, value=self._raw[name])
        return self.problems


def _written(value: object) -> str:
    """Return a value as a village writes it: 1.55, true, 0.5、1."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "、".join(map(_written, value))
    if isinstance(value, Mapping):
        return "、".join(f"{name} = {_written(inner)}" for name, inner in value.items())
    return str(value)


def _points(value: object) -> Points | None:
    """Read 1, -2 or 0.5; not 0.25, not true, not more than anybody gives."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    exact = Decimal(value)
    is_sane = exact.is_finite() and exact.adjusted() < DIGITS_MOST and abs(exact) <= POINTS_MOST
    if not is_sane or exact * 10 % 1:
        return None
    return Points(int(exact * 10))


def _tier(fields: Fields) -> Tier:
    name = fields.text("name", default=None)
    return Tier(name, fields.points_needed("points"), fields.texts("aliases"))


def _band(fields: Fields) -> Band:
    until = fields.number("until", default=0, least=1) or None
    return Band(until, fields.points_needed("points"), fields.number("per", default=1, least=1))


def _caps(fields: Fields) -> Caps:
    return Caps(fields.points("month"), fields.points("quarter"), fields.points("year"))


def read_item(raw: Raw) -> tuple[Item, list[Problem]]:
    """Make an item of its named values; with problems it is only what could be read."""
    code = raw.get("code")
    f = Fields(raw, code=code if isinstance(code, str) else "")
    item = Item(
        code=f.text("code", default=None),
        name=f.text("name", default=None),
        aliases=f.texts("aliases"),
        kind=f.choice("kind", Kind, default=None),
        filer=f.choice("filer", Filer, default=None),
        points=f.points("points"),
        unit=f.text("unit", default="次"),
        unit_size=f.number("unit_size", default=1, least=1),
        counts_quantity=f.flag("counts_quantity", default=False),
        low=f.points("low"),
        high=f.points("high"),
        tiers=f.tables("tiers", _tier),
        steps=f.points_list("steps"),
        bands=f.tables("bands", _band),
        caps=f.table("caps", _caps),
        cooldown_days=f.number("cooldown_days"),
        photos_min=f.number("photos_min"),
        evidence=f.text("evidence"),
        approvals=f.number("approvals", default=1, least=1),
        publicity=f.choice("publicity", Publicity, default=Publicity.TOTALS),
        is_private=f.flag("is_private", default=False),
        veto=f.text("veto") or None,
        is_on=f.flag("is_on", default=True),
        source=f.text("source"),
        note=f.text("note"),
    )
    return item, f.end()


def read_settings(raw: Raw) -> tuple[Rulebook, list[Problem]]:
    """Make a rulebook without items of its settings."""
    f = Fields(raw)
    two = f.points("two_approvers_from")
    rulebook = Rulebook(
        version=f.text("version", default=None),
        items=(),
        category_names=f.text_by_name("category_names"),
        sub_item_names=f.text_by_name("sub_item_names"),
        category_year_caps=f.points_by_name("category_year_caps"),
        claim_deadline_days=f.number("claim_deadline_days", default=30, least=1),
        two_approvers_from=whole(10) if two is None else two,
    )
    return rulebook, f.end()
