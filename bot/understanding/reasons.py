"""Find why (原因): the clause of a message that holds no command word."""

from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.normalise import bare
from bot.understanding.patterns.words import APPROVE, REJECT, TAKE_BACK

_CLAUSE: Final = deferred(r"[,。;!?:\n]+|\s{1,}(?=[一-鿿])")
_LABEL: Final = deferred(r"\A(?:原因|理由|因为|因)[\s:是]*")
_COMMAND: Final = deferred(
    rf"\A(?:请|麻烦|帮我|帮|把|我)*(?:.{{0,8}}(?:异议|申诉|反映|有意见|核实|核对|复核|不服|不认)|我不)"
    rf"|(?:{REJECT}|{APPROVE})|(?:{TAKE_BACK})|改成|改为|改一下|减半|调整|改掉|改(?:成|为|到)?[\d一二两三四五六七八九十半]|[加减扣补]掉?[\d一二两三四五半]+分|^[各都]?(?:按|算)[\d一二两三四五六七八九十半]+个?分|^应[该当]|^留\d|^不是[\d一二两三四五半]|^是?\d.*不是|麻烦|^(?:请|帮忙?|再|你们|侬|侬帮)*(?:查|看|核对?|问)(?:一?下|查|看|看看|清爽|清楚|一查)*[吧呀哇啊哦]*$|^(?:除了?|除去)?[#\d号条、,\s和]+(?:以外|之外|外)?$|帮我|这个?条?$"
)
_STRIP: Final = deferred(
    rf"\A(?!\d+[组月])[#\d\s号条、,和第]*(?:这条|那条)?(?:的)?|\A(?:刚才|方才)?[第#]?[\d一二三四五六七八九十百]+[号条]?(?=[给我时日项数])|\A(?:就是|公示(?:里|上|表上|栏上)?|那个|为啥体|为什么|为啥)|啥道理\Z|(?:{REJECT})[掉了吧]*|麻烦.*\Z"
)

_BEFORE: Final = deferred(
    rf"\A\s*[第#\d\s号条、,和]+(?P<why>[一-鿿]{{3,20}}?)(?:所以|就|要|给|都|全部|一律|予以)*(?:{REJECT})"
)


def reason_in(text: str) -> str | None:
    """Return the clause that says why: ``14不能通过，时间对不上`` is 时间对不上.

    ``14照片看不清驳回`` says it between the number and the word.
    """
    clauses = [clause for clause in _CLAUSE.split(text) if clause and clause.strip()]
    plain = [clause for clause in clauses if not _COMMAND.search(clause)]
    kept = plain[-1] if plain else None
    if kept is None:
        before = next((found for clause in clauses if (found := _BEFORE.match(clause))), None)
        return before["why"] if before else None
    words = bare(_STRIP.sub("", _LABEL.sub("", kept.strip())))
    return words or None
