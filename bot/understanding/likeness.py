"""How alike two short Chinese phrases are (相似): characters 0.35, fuzzy pinyin 0.65, of 100."""

import re
from functools import cached_property
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.pinyin import pinyin_of

_BY_SIGHT: Final = 0.35
_BY_SOUND: Final = 0.65
_TWO_CHARACTERS: Final = 0.85
_SAME_SOUND: Final = 86.0
"""Two characters that sound just like a name (巡罗, 献雪) are that name, unless another does too."""
_WITHIN: Final = 0.92
_SHUFFLED: Final = 85.0
_SHUFFLED_MOST: Final = 65.0
"""The same characters in another order (河道清洁, 清理河道) are only asked about."""
_SHORT: Final = 2
_LONGEST: Final = 24
_FUZZY: Final = (
    (deferred(r"\bzh"), "z"),
    (deferred(r"\bch"), "c"),
    (deferred(r"\bsh"), "s"),
    (deferred(r"\bn"), "l"),
    (deferred(r"\bhu(?=[aeio])"), "f"),
    (deferred(r"ang\b"), "an"),
    (deferred(r"eng\b"), "en"),
    (deferred(r"ing\b"), "in"),
)
_TOKEN: Final = deferred(r"[一-鿿A-Za-z]+")
_LATIN: Final = deferred(r"[a-z]{3,}", re.IGNORECASE)


class Likeness:
    """Names to compare words with; the sounds are made at the first question."""

    def __init__(self, names: tuple[tuple[str, str], ...]) -> None:
        self._names = names

    @cached_property
    def _sounds(self) -> tuple[tuple[str, str, str, str], ...]:
        """Each name with its code, its sound, and the initials of its sound."""
        return tuple((name, code, sound_of(name), _initials(name)) for name, code in self._names)

    def ranked(self, text: str) -> list[tuple[float, str, str]]:
        """Return (score, code, words) best first, each code once."""
        tokens = [token for token in _TOKEN.findall(text[:200]) if len(token) >= _SHORT]
        asked = dict.fromkeys([*tokens, "".join(tokens)] if len(tokens) > 1 else tokens)
        best: dict[str, tuple[float, str]] = {}
        for words in list(asked)[:8]:
            for code, score in self._scores(words[:_LONGEST]):
                if score > best.get(code, (0.0, ""))[0]:
                    best[code] = (score, words)
        ranked = [(score, code, words) for code, (score, words) in best.items()]
        return sorted(ranked, key=lambda entry: (-entry[0], entry[1]))

    def _scores(self, words: str) -> list[tuple[str, float]]:
        """Return (code, score) for every name."""
        from rapidfuzz import fuzz  # noqa: PLC0415 - most messages never come here

        if _LATIN.fullmatch(words):
            typed = _fuzzy(words.lower())
            return [
                (
                    code,
                    100.0
                    if words.lower() == initials
                    else fuzz.ratio(typed, sound.replace(" ", "")),
                )
                for _, code, sound, initials in self._sounds
            ]
        heard = sound_of(words)
        scores = []
        for name, code, sound, _ in self._sounds:
            score = _BY_SIGHT * fuzz.ratio(words, name) + _BY_SOUND * fuzz.ratio(heard, sound)
            if len(words) > len(name) > _SHORT:
                within = _BY_SIGHT * fuzz.partial_ratio(words, name)
                within += _BY_SOUND * fuzz.partial_ratio(heard, sound)
                score = max(score, within * _WITHIN)
            score = max(score, min(_SHUFFLED * _shared(words, name), _SHUFFLED_MOST))
            if len(name) <= _SHORT:
                score = _SAME_SOUND if heard == sound else score * _TWO_CHARACTERS
            scores.append((code, score))
        return scores


def _shared(words: str, name: str) -> float:
    """Return the share of characters that two phrases have in common, of 1."""
    common = len(set(words) & set(name))
    return 2 * common / (len(set(words)) + len(set(name)))


def sound_of(text: str) -> str:
    """Return the pinyin of Chinese words without tones, sounds that villages mix made one."""
    return _fuzzy(" ".join(pinyin_of(text)))


def _initials(text: str) -> str:
    """Return the first letters of the pinyin: 志愿服务 is zyfw."""
    return "".join(syllable[:1] for syllable in pinyin_of(text))


def _fuzzy(sound: str) -> str:
    """Return a sound with zh/z, ch/c, sh/s, n/l, ang/an, eng/en, ing/in, hu/f made one."""
    for pattern, plain in _FUZZY:
        sound = pattern.sub(plain, sound)
    return sound
