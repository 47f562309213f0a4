"""The wording desk: a village's own words for items (别名), learned from what people chose."""

from dataclasses import dataclass, replace
from typing import Final

from bot.commands.case import Case
from bot.understanding.deferred import deferred
from domain.alias import (
    ALIAS_STEPS,
    Alias,
    AliasAction,
    AliasSettled,
    AliasState,
    AliasUnknown,
    may_be_alias,
)
from domain.authority import require_role
from domain.membership import Role

_NUMBERS: Final = deferred(r"\d{5,}")
_HIDDEN: Final = "×"
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class AliasesTold:
    """The suggestions that wait, each with its item's name, and how many words are in use."""

    waiting: tuple[tuple[Alias, str], ...]
    adopted: int


@dataclass(frozen=True, slots=True)
class AliasDecided:
    """An alias after the administrator's word, with its item's name."""

    alias: Alias
    item_name: str


def aliases(case: Case) -> AliasesTold:
    """Tell the administrator which words people used for which item.

    Raises:
        NotAllowed: The person is no administrator.

    """
    require_role(case.person, Role.ADMINISTRATOR)
    words = case.books.words
    waiting = words.aliases(case.home.id, AliasState.SUGGESTED, limit=20)
    adopted = len(words.aliases(case.home.id, AliasState.ADOPTED))
    return AliasesTold(tuple((alias, _name(case, alias)) for alias in waiting), adopted)


def decide(case: Case, number: int, action: AliasAction) -> AliasDecided:
    """Adopt or drop an alias (采用别名 3, 不用别名 3).

    Raises:
        NotAllowed: The person is no administrator.
        AliasUnknown, AliasSettled: Which alias.

    """
    require_role(case.person, Role.ADMINISTRATOR)
    alias = case.books.words.alias(case.home.id, number)
    if alias is None:
        raise AliasUnknown(number)
    state = ALIAS_STEPS.get((alias.state, action))
    if state is None:
        raise AliasSettled(alias)
    settled = replace(alias, state=state)
    case.books.words.settle(case.home.id, settled, at=case.now)
    return AliasDecided(settled, _name(case, settled))


def learn(case: Case, words: str, item: str) -> None:
    """Suggest the words that a committee member settled by a choice; nobody else's are learned."""
    if case.person is None or not case.person.reviews or not may_be_alias(words):
        return
    case.books.words.suggest(case.home.id, words, item, at=case.now)


def keep_unread(case: Case, text: str) -> None:
    """Keep words that nobody could read, for the operator: without names and long numbers."""
    if case.village is None or not case.tools.keeps_unread:
        return
    scene = "direct" if case.room is None else "room"
    case.books.words.keep_unread(
        case.village.id, _without_names(case, text)[:LONGEST], scene=scene, at=case.now
    )


def _without_names(case: Case, text: str) -> str:
    names = [case.contact_name, *case.books.people.names(case.home.id)]
    names += [household.head for household in case.books.households.all(case.home.id)]
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, _HIDDEN)
    return _NUMBERS.sub(_HIDDEN, text)


def _name(case: Case, alias: Alias) -> str:
    names = {item.code: item.short_name for item in case.rulebook().items}
    return names.get(alias.item, alias.item)
