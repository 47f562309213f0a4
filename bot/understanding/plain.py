"""The reader without a language model (读懂): command words, names, dates and numbers."""

from bot.understanding.asking_reading import read_asking
from bot.understanding.claim_command import read_claim
from bot.understanding.dialogue_reading import read_answer
from bot.understanding.paper_reading import read_paper
from bot.understanding.reading import SILENCE, Intent, Reading, Scene, Surroundings, Utterance
from bot.understanding.record_reading import read_record
from bot.understanding.review_reading import read_review
from bot.understanding.talk import talk_of
from bot.understanding.word_reading import read_words

_READERS = (read_answer, read_words, read_review, read_record, read_claim, read_paper, read_asking)


class PlainReader:
    """Reads by rules that stand as data; the same words, place and day read the same."""

    def read(self, utterance: Utterance, around: Surroundings) -> Reading:
        """Return what is understood.

        An answer to an open question comes first, then the committee's words,
        then claims, then questions. What is said to the assistant and fits
        nothing is HELP with ``asks``: it answers that it did not understand. In
        a room anything else is silence.
        """
        talk = talk_of(utterance, around)
        if not talk.text:
            return Reading(Intent.HELP) if utterance.is_mentioned else SILENCE
        for reader in _READERS:
            reading = reader(talk)
            if reading is not None:
                return reading
        is_for_it = utterance.scene is Scene.DIRECT or utterance.is_mentioned
        return Reading(Intent.HELP, asks=True) if is_for_it else SILENCE
