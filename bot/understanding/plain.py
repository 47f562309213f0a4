"""The reader without a language model (读懂): command words, patterns, names, dates and numbers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.understanding.addresses import houses_in
from bot.understanding.asking_reading import read_asking
from bot.understanding.certainty import CHANGING, settled
from bot.understanding.claim_command import read_claim
from bot.understanding.dialogue_reading import read_answer
from bot.understanding.features import Features
from bot.understanding.filling import filled
from bot.understanding.mixed import read_mixed
from bot.understanding.names import shown
from bot.understanding.number_years import of_year, without_year
from bot.understanding.paper_reading import read_paper
from bot.understanding.people_reading import read_people
from bot.understanding.publication_reading import read_publication
from bot.understanding.put_right import is_left_open, put_right
from bot.understanding.reading import SILENCE, Intent, Reading, Scene, Surroundings, Utterance
from bot.understanding.record_reading import read_record
from bot.understanding.redemption_reading import read_redemption
from bot.understanding.review_reading import read_review
from bot.understanding.second_thought import thought_over
from bot.understanding.several import read_several, without_held
from bot.understanding.spelling import as_heard
from bot.understanding.talk import Talk, talk_of
from bot.understanding.weighing import IN_ROOM, MOST, SURE, Weighed, guessed, plausible, weigh
from bot.understanding.word_reading import read_words

HEARD_LONGEST: Final = 40
"""Characters: a command word is looked for by its sound in no longer message."""
READERS: Final[tuple[Callable[[Talk], Reading | None], ...]] = (
    read_answer,
    read_redemption,
    read_people,
    read_words,
    read_paper,
    read_publication,
    read_review,
    read_record,
    read_claim,
    read_asking,
)


class PlainReader:
    """Reads by rules that stand as data; the same words, place and day read the same."""

    def read(self, utterance: Utterance, around: Surroundings) -> Reading:
        """Return what is understood.

        An answer to an open question comes first, then the plain commands, then
        the patterns. What is said to the assistant and fits nothing is HELP with
        ``asks``: it answers that it did not understand. In a room anything else
        is silence.
        """
        talk = talk_of(utterance, around)
        if not talk.text:
            return Reading(Intent.HELP) if utterance.is_mentioned else SILENCE
        dated = without_year(talk)
        if dated is not None:
            said = of_year(self._read(dated[1], utterance, around), dated[0])
            if said is not None:
                return said
        return self._read(talk, utterance, around)

    @staticmethod
    def _read(talk: Talk, utterance: Utterance, around: Surroundings) -> Reading:
        talk = put_right(talk)
        reading = _read(talk)
        if reading is None and len(talk.text) <= HEARD_LONGEST:
            heard = as_heard(talk.text, anywhere=talk.is_addressed)
            reading = _read(replace(talk, text=heard)) if heard != talk.text else None
        if reading is None and talk.said:
            reading = _of_quoted(talk)
        if reading is None and talk.is_addressed:
            reading = _offered(talk)
        reading = thought_over(reading, talk)
        if reading is not None and reading.intent in CHANGING and is_left_open(talk):
            reading = replace(reading, asks=True, is_unsure=True)
        is_for_it = utterance.scene is Scene.DIRECT or utterance.is_mentioned
        if reading is not None and reading.intent is Intent.HELP and reading.asks and not is_for_it:
            return SILENCE
        if reading is not None:
            return shown(settled(reading, talk), talk.names, around.heads)
        return Reading(Intent.HELP, asks=True) if is_for_it else SILENCE


def _of_quoted(talk: Talk) -> Reading | None:
    """Return what a reviewer orders about a house that the quoted message names; it waits for a yes."""
    if talk.role == "villager" or not houses_in(talk.said) or houses_in(talk.text):
        return None
    reading = _by_pattern(replace(talk, text=f"{talk.said},{talk.text}", said="", quoted_ids=()))
    if reading is None or reading.intent not in _OF_HOUSE:
        return None
    return replace(reading, asks=True, is_unsure=True)


def _read(talk: Talk) -> Reading | None:
    """Return the first reading: an answer, a plain command, then the patterns."""
    talk = without_held(talk)
    if (several := read_several(talk, _one)) is not None:
        return several
    return read_mixed(talk, _one) or _one(talk)


_OF_HOUSE: Final = frozenset({Intent.DEDUCT, Intent.RECORD_FOR})


def _one(talk: Talk) -> Reading | None:
    """Return one decision of several."""
    plain = (reading for reader in READERS if (reading := reader(talk)) is not None)
    return next(plain, None) or _by_pattern(talk)


def _by_pattern(talk: Talk) -> Reading | None:
    """Return the reading that the patterns tell, with its choices where several do."""
    features = Features(talk)
    if not talk.is_addressed:
        weighed = weigh(features, IN_ROOM)
        return _of(weighed[:1], talk, features)
    weighed = weigh(features)
    return _of(weighed, talk, features)


def _of(weighed: list[Weighed], talk: Talk, features: Features) -> Reading | None:
    """Return the heaviest reading; where others are plausible too it asks between them."""
    if not weighed:
        return None
    readings = tuple(filled(found.intent, talk, features) for found in plausible(weighed))
    if len(readings) == 1:
        is_light = weighed[0].weight < SURE and readings[0].intent in CHANGING
        return replace(readings[0], asks=readings[0].asks or is_light, is_unsure=is_light)
    return replace(readings[0], asks=True, choices=readings)


def _offered(talk: Talk) -> Reading | None:
    """Return HELP with what the words alone point to as choices; nothing is acted on."""
    features = Features(talk)
    intents = dict.fromkeys(found.intent for found in guessed(features))
    if features.negated:
        intents.pop(Intent.CLAIM, None)
    if features.q:
        intents = dict.fromkeys((Intent.RULES, Intent.HELP, *intents))
    if features.bad:
        intents = dict.fromkeys((*intents, Intent.RULES, Intent.OBJECTION))
    if not intents:
        return None
    readings = tuple(filled(intent, talk, features) for intent in list(intents)[:MOST])
    return Reading(Intent.HELP, asks=True, choices=readings)
