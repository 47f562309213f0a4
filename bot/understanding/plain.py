"""The reader without a language model (读懂): command words, names, dates and numbers."""

from bot.understanding.asking_reading import read_asking
from bot.understanding.claim_command import read_claim
from bot.understanding.dialogue_reading import read_answer
from bot.understanding.reading import SILENCE, Intent, Reading, Surroundings, Utterance
from bot.understanding.review_reading import read_review
from bot.understanding.talk import talk_of


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
        for reader in (read_answer, read_review, read_claim, read_asking):
            reading = reader(talk)
            if reading is not None:
                return reading
        return Reading(Intent.HELP, asks=True) if talk.is_addressed else SILENCE
