"""Every pattern reads its own example sentences and leaves its counter-examples alone."""

import pytest

from bot.understanding.features import Features
from bot.understanding.patterns import PATTERNS, Pattern
from bot.understanding.reading import Intent, Scene, Utterance
from bot.understanding.talk import Talk, talk_of
from bot.understanding.weighing import weigh
from tests.bot.understanding.village import NOW, around, tell

SPOKEN = [(p, text) for p in PATTERNS for text in p.examples.split("|") if text]
UNSPOKEN = [(p, text) for p in PATTERNS for text in p.counters.split("|") if text]


def role(pattern: Pattern) -> str:
    return "committee" if "staff" in pattern.needs.split() else "villager"


def talk(text: str, pattern: Pattern) -> Talk:
    return talk_of(Utterance(text, Scene.DIRECT, role(pattern), NOW), around())


def name(value: object) -> str:
    return value.name if isinstance(value, Pattern) else str(value)[:16]


@pytest.mark.parametrize(("pattern", "text"), SPOKEN, ids=name)
def test_an_example_is_found_by_its_pattern(pattern: Pattern, text: str) -> None:
    features = Features(talk(text, pattern))
    assert weigh(features, [pattern]), "the pattern itself does not fit"


@pytest.mark.parametrize(("pattern", "text"), SPOKEN, ids=name)
def test_an_example_is_read_as_the_pattern_says(pattern: Pattern, text: str) -> None:
    reading = tell(text, role=role(pattern))
    offered = {reading.intent} | {choice.intent for choice in reading.choices}
    assert pattern.intent in offered


@pytest.mark.parametrize(("pattern", "text"), UNSPOKEN, ids=name)
def test_a_counter_example_is_not_acted_on(pattern: Pattern, text: str) -> None:
    reading = tell(text, role=role(pattern))
    assert reading.intent is not pattern.intent or reading.asks


def test_every_pattern_proves_itself_and_has_a_name_of_its_own() -> None:
    assert [p.name for p in PATTERNS if not p.examples] == []
    assert len({p.name for p in PATTERNS}) == len(PATTERNS)


def test_the_published_readings_all_have_patterns() -> None:
    dialogue = set(list(Intent)[list(Intent).index(Intent.AMEND) :])
    assert {p.intent for p in PATTERNS} == set(Intent) - dialogue


def test_the_features_that_patterns_name_exist() -> None:
    known = {name for name in dir(Features) if not name.startswith("_")}
    named = {feature for p in PATTERNS for feature in (*p.needs.split(), *p.bars.split())}
    assert named <= known
