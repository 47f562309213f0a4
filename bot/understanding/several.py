"""Read several decisions of one message (几桩事): ``12-15都通过,14照片看不清驳回``."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.understanding.claim_numbers import find_numbers
from bot.understanding.deferred import deferred
from bot.understanding.patterns.words import APPROVE, EVERY, FINE, REJECT, UNFIT
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk

_TWO: Final = 2
_N: Final = r"[\d一二两三四五六七八九十半]+"
_CHANGE: Final = rf"(?:改|调|加|减|扣|给|按|算)(?:成|到|为|了)?{_N}个?分"
_DECISION: Final = deferred(
    rf"(?:{REJECT})|{APPROVE}|{FINE}|{UNFIT}|改成|改为|减半|{_CHANGE}|(?<=\d)(?:号|条)?过(?=[,。;、\s]|\Z)"
)
_DECIDED: Final = frozenset({Intent.APPROVE, Intent.REJECT, Intent.ADJUST})
_FINE: Final = deferred(FINE)
_REFUSED: Final = deferred(REJECT)
_HELD: Final = deferred(
    r"(?:先|暂|暂时)(?:不|别|勿|覅)(?:要)?(?:批|过|通过|审|动)|放一放|放放|缓一?缓|再看|再等|等等|等一?[下歇]|再说|等(?:他|伊|她|补|照片)|(?:补|缺)照片|再核|等[^,。;]{1,12}再(?:批|过|通过)|吃不准|先放|待定|待议|待查|待核|缓议|搁置|先留|等我(?:看|再|去|问|核)|我(?:还)?没看"
)
_NUMBER: Final = deferred(r"\d|[一二三四五六七八九十廿卅][号条]")
_EVERY: Final = deferred(EVERY)
_REST: Final = deferred(
    r"(?:\A|[,。;\n])\s*(?:其他|其余|剩下|余下|别|另外)的?(?:几条|那些)?(?:都|全部|全|统统|一律|侪)?(?:给)?(?:通过|批准|批了|批|同意|过|可以|没问题|ok)[了吧掉的。!]*(?=[,。;\n]|\Z)"
)
_LEFT_OUT: Final = r"(?:[^一-鿿]|[号条]|(?<=[\d号条])[和跟与](?=[#第]?\d))*"
_ALL_BUT: Final = deferred(
    rf"\A(?P<all>[^,。;\d]*{EVERY}[^,。;\d]*[,\s]*(?:除了|除去|除开|除)\s*[#第]?\d{_LEFT_OUT}(?:以外|之外|外)?"
    rf"|[^,。;\d]*(?:除了|除去|除开|除)\s*[#第]?\d{_LEFT_OUT}(?:以外|之外|外)?[,\s]*(?:其他|其余|别|剩下)?的?[^,。;\d]*{EVERY}[^,。;\d]*"
    rf"|[^,。;\d]*{EVERY}[^,。;\d]*[,\s]*[#第]?\d[^一-鿿]*[号条]?(?:除外|例外))[,。;\s]+(?P<some>(?=[^,。;]*\d).+)\Z",
    re.DOTALL,
)
"""全部通过,除了72,72驳回: all but some, and then what becomes of those."""
_PIECES: Final = deferred(
    r"[,;。\n]+|(?<=通过|驳回|打回)(?=[#第]?\d+(?:号|条)?(?:通过|驳回|打回|不|改))|(?<=[一-鿿])\s+(?=[#第]?\d)|\s+(?=[一-鿿]{4,})"
    r"|\s+(?=(?:通过|驳回|同意|退回|打回|不批|不通过)\s*[#第]?\d)|(?:(?<=通过)|(?<=驳回)|(?<=同意)|(?<=不批)|(?<=打回)|(?<=过))、(?=[#第]?\d+(?:号|条)?(?:都|也)?(?:通过|驳|退|打回|不|过|可以|改))"
)


_GOOD: Final = deferred(r"(?<=[\d号条都])好的?(?=[,。;])")
"""101到104好的,106不给: beside another decision it is one; alone it may answer when to meet."""
_LEAVES_OUT: Final = deferred(
    r"[#第]?\d{1,6}[号条]?(?:就|先)?(?:不算|例外|除外)(?:在内|进去)?[了哦啊]?"
)
"""通过120到126,124不算: it is left out, not refused."""
_RUN_ON: Final = deferred(
    r"(?<=\d)((?:号|条|这条|那条)?(?:也|都|就|先)?(?:可以|行|没问题|过|通过|驳回|退回|打回|不行|不批|重复)(?:了|的|吧|掉)*)"
    r"\s*(?=[#第]?\d{1,6}(?:号|条)?(?:也|都|就|先|这条|那条)?(?:可以|行|没问题|过|通过|驳|退|打回|不|再|等|先|改|重复|照片|缺|我再))"
)
"""45行的46也行的47等下再说: decisions spoken without a pause."""


def without_held(talk: Talk) -> Talk:
    """Return the words without the claims that a reviewer puts off: of ``77先不批,78通过`` 78 is left."""
    if talk.role == "villager":
        return talk
    talk = replace(talk, text=_RUN_ON.sub(r"\1,", talk.text))
    if not _HELD.search(talk.text):
        return talk
    if find_numbers(talk.text).except_ids:
        return talk
    clauses = re.split(r"[,;。\n]+", talk.text)
    kept = [words for words in clauses if not _is_held(words)]
    is_left = any(_DECISION.search(words) or _FINE.search(words) for words in kept)
    return replace(talk, text=",".join(kept)) if is_left else talk


def _is_held(words: str) -> bool:
    """Whether a clause puts a claim off: 33等照片; 33退回补照片 decides it."""
    is_held = _HELD.search(words) and _NUMBER.search(words)
    return bool(is_held) and not _REFUSED.search(words)


_SCORED: Final = deferred(
    rf"(?P<ids>[#第]?\d{{1,6}}[号条]?(?:[、,和跟与\s]+[#第]?\d{{1,6}}[号条]?)*+)\s*"
    rf"(?:都|各|每条|一律|全|统统|也|给|算|打|是)*\s*(?P<points>{_N}个?分半?)(?!钟)(?:吧|就够|就好|好了)?(?:[,;。、\s]+|\Z)"
)
_SCORES: Final = deferred(
    rf"(?:{_SCORED.pattern.replace('?P<ids>', '?:').replace('?P<points>', '?:')}){{2,}}"
)
"""43跟44都三分,45五分: nothing but claims and what each is to bring."""


def _scores(talk: Talk, read: Callable[[Talk], Reading | None]) -> Reading | None:
    if not _SCORES.fullmatch(talk.text):
        return None
    each = [
        read(replace(talk, text=f"{found['ids'].strip()}改成{found['points']}", quoted_ids=()))
        for found in _SCORED.finditer(talk.text)
    ]
    acts = tuple(one for one in each if one is not None and one.intent is Intent.ADJUST)
    return replace(acts[0], acts=acts) if acts and len(acts) == len(each) else None


def read_several(talk: Talk, read: Callable[[Talk], Reading | None]) -> Reading | None:
    """Return several decisions of one message, each read by itself; None if it is one.

    A number that a later decision names is left out of an earlier range.
    """
    if talk.role == "villager" or talk.is_question:
        return None
    good = replace(talk, text=_GOOD.sub("通过", talk.text))
    talk = good if len(_DECISION.findall(good.text)) >= _TWO else talk
    return _scores(talk, read) or _decided(talk, read)


def _decided(talk: Talk, read: Callable[[Talk], Reading | None]) -> Reading | None:
    if len(_DECISION.findall(talk.text)) < _TWO:
        return None
    if (found := _ALL_BUT.match(talk.text)) and (both := _all_but(talk, found, read)):
        return both
    if (found := _REST.search(talk.text)) is not None:
        return _and_the_rest(talk, found, read)
    pieces = _decisions(talk.text)
    if len(pieces) < _TWO:
        return None
    whole = replace(talk, quoted_ids=(), is_addressed=True)
    readings = [read(replace(whole, text=piece)) for piece in pieces]
    if any(r is None or r.intent not in _DECIDED or not r.slots.claim_ids for r in readings):
        return None
    acts: list[Reading] = []
    named: set[int] = set()
    left: set[int] = set()
    for piece, reading in reversed([(p, r) for p, r in zip(pieces, readings, strict=True) if r]):
        if _LEAVES_OUT.fullmatch(piece) and _is_named_before(reading, readings):
            named.update(reading.slots.claim_ids)
            left.update(reading.slots.claim_ids)
            continue
        ids = tuple(number for number in reading.slots.claim_ids if number not in named)
        named.update(ids)
        if ids:
            left_out = tuple(n for n in reading.slots.claim_ids if n in left)
            slots = replace(reading.slots, claim_ids=ids, except_ids=left_out)
            acts.insert(0, replace(reading, slots=slots))
    if all(_same(act, acts[0]) for act in acts):
        ids = tuple(number for act in acts for number in act.slots.claim_ids)
        surest = next((act for act in acts if not act.asks), acts[0])
        return replace(surest, slots=replace(surest.slots, claim_ids=ids))
    return replace(acts[0], acts=tuple(acts), asks=any(act.asks for act in acts))


def _is_named_before(reading: Reading, readings: list[Reading | None]) -> bool:
    """Whether an earlier decision names the same claims: else they are decided here."""
    before = [one for one in readings[: readings.index(reading)] if one is not None]
    return set(reading.slots.claim_ids) <= {n for one in before for n in one.slots.claim_ids}


def _all_but(
    talk: Talk, found: re.Match[str], read: Callable[[Talk], Reading | None]
) -> Reading | None:
    """Return that all pass but some, and what is decided of these."""
    whole = replace(talk, quoted_ids=(), is_addressed=True)
    every = read(replace(whole, text=found["all"]))
    some = read_several(replace(whole, text=found["some"]), read)
    some = some or read(replace(whole, text=found["some"]))
    if every is None or some is None or not {every.intent, some.intent} <= _DECIDED:
        return None
    acts = some.acts or (some,)
    named = {number for act in acts for number in act.slots.claim_ids}
    if every.slots.scope != "all" or not named or not named <= set(every.slots.except_ids):
        return None
    return replace(every, acts=(every, *acts), asks=any(act.asks for act in (every, *acts)))


def _and_the_rest(
    talk: Talk, found: re.Match[str], read: Callable[[Talk], Reading | None]
) -> Reading | None:
    """Return what is decided of some, and that all others pass: ``14驳回,其他都通过``."""
    words = f"{talk.text[: found.start()]},{talk.text[found.end() :]}".strip(" ,。;\n")
    first = read(replace(talk, text=words, quoted_ids=(), is_addressed=True)) if words else None
    if first is None or first.intent not in _DECIDED or not first.slots.claim_ids:
        return None
    if first.slots.except_ids:
        return None
    left_out = tuple(sorted({n for act in first.acts or (first,) for n in act.slots.claim_ids}))
    rest = Reading(Intent.APPROVE, Slots(scope="all", except_ids=left_out))
    some = first.acts or (first,)
    acts = (rest, *some) if not talk.text[: found.start()].strip() else (*some, rest)
    return replace(acts[0], acts=acts, asks=any(act.asks for act in acts))


def _same(act: Reading, other: Reading) -> bool:
    """Whether two decisions differ in nothing but their numbers, and how sure they are."""
    slots = replace(act.slots, claim_ids=other.slots.claim_ids)
    return replace(act, slots=slots, asks=other.asks, is_unsure=other.is_unsure) == other


def _decisions(text: str) -> list[str]:
    """Return the parts that each hold numbers and a decision; a reason joins the part before."""
    pieces: list[str] = []
    carried = ""
    for part in _PIECES.split(text):
        if not pieces and _EVERY.search(part) and not _NUMBER.search(part):
            return []
        words = f"{carried} {part}".strip()
        if _DECISION.search(words) and _NUMBER.search(words):
            pieces.append(words)
            carried = ""
        elif pieces and not _NUMBER.search(part) and not _DECISION.fullmatch(part.strip()):
            pieces[-1] += f",{part}"
        else:
            carried = words
    return _with_reason(pieces, carried) if carried else pieces


def _with_reason(pieces: list[str], words: str) -> list[str]:
    """Add to a decision why it was made: 驳回34,34没照片; none where the words name another."""
    named = find_numbers(words)
    ids = set(named.ids)
    for place, piece in enumerate(pieces):
        if ids and ids == set(find_numbers(piece).ids) and not _HELD.search(words):
            return [*pieces[:place], f"{piece},{named.rest}", *pieces[place + 1 :]]
    return []
