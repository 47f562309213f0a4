"""Words that put right what the same message said before (改口): only what holds is read."""

import re
from dataclasses import replace
from typing import Final

from bot.understanding.bare_days import with_bare_days
from bot.understanding.deferred import deferred
from bot.understanding.goods import UNITS
from bot.understanding.likewise import likewise
from bot.understanding.numerals import NUMERAL
from bot.understanding.patterns.words import APPROVE, FINE, UNFIT
from bot.understanding.people import KINSMAN
from bot.understanding.talk import Talk
from bot.understanding.within import some_of

_REFUSAL: Final = "驳回|退回|打回|否决|不通过|不批"
_VERDICT: Final = rf"(?:{_REFUSAL}|{APPROVE})"
_ONE: Final = r"[#第]?\d{1,7}[号条]?"
_PAUSE: Final = r"[,。;…\s]*+"
_BUT: Final = r"(?:而是|应该?是|应当是|是)\s*"
_NOT_BUT: Final = deferred(
    rf"不是(?P<verb>{_VERDICT})\s*{_ONE}{_PAUSE}{_BUT}(?=[#第]?\d)"
    rf"|(?P<verb_first>{_VERDICT})(?:的|[,。;\s])*不是\s*{_ONE}{_PAUSE}{_BUT}(?=[#第]?\d)"
)
"""不是驳回68,是86."""
_NOT_SO_BUT_SO: Final = deferred(
    rf"(?:\A[^\d]*(?:说|写|打|弄|搞|按)错了?{_PAUSE})?不是(?:要)?{_VERDICT}\s*{_ONE}{_PAUSE}{_BUT}(?={_VERDICT}\s*{_ONE})"
    rf"|(?<=[\d十二三四五六七八九])(?P<mark>[号条]?)(?:这条|那条)?不是(?:说|要)?(?:{_VERDICT}|不行|不可以|不同意){_PAUSE}{_BUT}(?={_VERDICT}|可以|同意)"
)
"""不是通过53,是驳回53; 14不是不通过,是通过."""
_NOT_THAT_ONE: Final = deferred(
    rf"\A[^\d,。;]{{0,6}}不是\s*{_ONE}(?!\d|分){_PAUSE}{_BUT}(?={_ONE}(?!\d|分))"
)
"""不是123,是132改3分."""
_NOT_THAT_ITEM_OF: Final = deferred(
    rf"(?P<one>{_ONE})(?:这条|那条)?(?:不是|勿是)(?![^,。;]*{_VERDICT})[一-鿿]{{2,8}}{_PAUSE}{_BUT}(?=[一-鿿]{{2}})(?!{_VERDICT}|可以|我|他|她|伊)"
)
"""37勿是垃圾分类,是大件垃圾."""
_COMMAS: Final = deferred(
    rf"\A(?:请|麻烦)?(?:(?:把|将)\s*{_ONE}(?:\s*,\s*{_ONE})+(?=都|全|过|批|给|通过|驳|退|打回|可以|没问题)"
    rf"|(?:{_REFUSAL})\s*{_ONE}(?:\s*,\s*{_ONE})+(?=\s+(?!{_VERDICT}|可以|没问题)[一-鿿]))"
)
"""把63,66过了; 驳回 31,38 照片糊: the commas only part the numbers."""
_LEAVE_BUT: Final = deferred(
    rf"(?:先别|别|不要|勿要|覅|不用)(?:改|撤回?|撤销)\s*{_ONE}[,。;\s]+(?=改|撤)"
    rf"|(?:\A|(?<=[,。;\s])){_ONE}(?:先别|别|不要|勿要|覅|不用)(?:改|撤回?|撤销)(?:了|掉)?[,。;\s]+(?=改|撤)"
)
"""别改73,改74; 44别撤,撤45."""
_SLIP: Final = deferred(
    rf"\A(?P<said>.+?){_PAUSE}(?:哦|啊|呃|噢|额|哎|诶|喔)?{_PAUSE}(?:(?<!时间)(?<!日期)(?<!地点)不对|(?<!时间)(?<!日期)(?<!地点)(?<!名字)(?<!数量)(?<!门牌)(?<!人数)(?<!项目)(?:写|说|打|弄|搞|按|看)错|(?<=[,。;…\s])错)了?{_PAUSE}"
    r"(?:应该?|应当)?(?:是)?\s*(?P<meant>.+)\Z",
    re.DOTALL,
)
_OTHER_ITEM: Final = deferred(
    rf"\A(?P<said>.+?){_PAUSE}(?:哦|啊|呃|噢|额|哎|诶|喔){_PAUSE}不是{_PAUSE}(?:应该|应当)?是\s*(?P<meant>.+)\Z",
    re.DOTALL,
)
_RULED: Final = deferred(
    rf"{_ONE}(?:都|也|就)?(?:{_VERDICT}|{FINE}|{UNFIT}|改)|{_VERDICT}\s*{_ONE}|\A{_ONE}\Z"
)
_OTHER_ONE: Final = deferred(
    rf"(?P<one>{_ONE})(?:[吧呀啊哦]|才对)?(?P<more>[,。;\s](?!.*(?:{_VERDICT})).*)?", re.DOTALL
)
"""26驳回,哦不对,是28,照片糊: only the number was wrong."""
_PUT: Final = deferred(rf"(?P<one>{_ONE})\s*(?:改成|改为|改|给|算)\s*{NUMERAL}个?分")
_AMOUNT: Final = deferred(rf"(?:改成|改为|改|给|算)?\s*(?P<points>{NUMERAL}个?分半?)[。!]*\Z")
_FILED: Final = deferred(r"申报|补报|报")
_BUT_THAT: Final = deferred(
    r"(?:[,。;\s]*(?:但是|但|只是)|(?<![\d号条])[,。;\s]+不过)[,\s]*(?=[#第]?\d{1,6}[号条]?[^\d])"
)
"""通过23到26但是25改成1分."""
_NOT_PASSED: Final = deferred(r"(?<=[\d号条])不过(?=[,。;\s]|\Z)")
"""23不过,24通过: the word refuses behind a number."""
_DAY: Final = (
    r"(?:大前天|今天|昨天|前天|今朝|昨日|昨朝|前日|昨晚|前晚|(?:上+个?|这个?|本)?(?:周|礼拜|星期)[一二三四五六日天]"
    r"|\d{1,2}月\d{1,2}[号日]?|\d{1,2}[号日])"
)
_OTHER_DAY: Final = deferred(
    rf"{_DAY}{_PAUSE}(?:哦|啊|呃|噢|额|哎|喔)?{_PAUSE}"
    rf"(?:不是{_PAUSE}(?:应该|应当)?是|(?:不对|(?:说|写|打|弄|记|搞|填)错)了?{_PAUSE}(?:应该?|应当)?是?)(?={_DAY})"
)
"""昨天,哦不是,是前天."""
_FILED_ON: Final = deferred(
    rf"{_DAY}(?:来|才|我|再|想|要|去)*+(?=(?:补申报|补报|申报|补登|报)(?:一?下|个)?(?:我|阿拉|伲)?(?:家|屋里)?{_DAY}[^,。;]*[一-鿿]{{2}})"
)
"""今天补报昨天的垃圾分类: the act counts for the second day."""
_DONE_BEFORE: Final = deferred(
    r"\A[^,。;]{0,16}(?:报|申报)过[^,。;]{0,8}[,。;\s]+(?=(?:现在|今天)?(?:再|还要|还想|另外)[^?]*报)"
    r"|\A[^,。;?]{0,16}(?:报|申报)(?:过|满|完|好)了[,。;\s]+(?=(?:[^,。;?]{1,8}(?:漏|忘|没报)[^,。;?]{0,3}[,。;\s]+(?:我)?(?:再)?补报|(?:这次|这回|今天|今朝)(?:再)?(?:申报|报))[^?]*\Z)"
    r"|\A[^,。;]{0,8}(?:报|申报)[^,。;]{0,6}(?:没给|没过|没加|没成|没算|没通过|没批)[^,。;]{0,4}[,。;\s]+"
    r"(?=(?:我)?(?:这次|现在|今天)?(?:再|重新)(?:申报|报|补报)[^?]*\Z)"
)
"""垃圾分类报过了,再申报一个旧衣服; 上次报了没给,这次再报一遍:捡垃圾."""
_NOT_THAT_ITEM: Final = deferred(
    r"\A我?(?:先)?(?:不要|别|勿要|覅|不是要?|不)报[^,。;\s]{1,10}[,。;\s]+(?=(?:我)?(?:要|改|是)?(?:申报|报))"
    r"|\A[^,。;\s]{2,10}(?:就|先)?(?:不用|不要|覅|勿要|别|不)(?:申报|报)了?[,。;\s]+(?=[^,。;\s]{2,10}(?:要|是要|得)(?:申报|报)(?:[,。;\s了]|\Z))"
)
"""不要报垃圾分类,报旧衣服回收; 巡逻不用报了,献血要报."""
_NOT_BUT_THIS: Final = deferred(
    r"\A我?(?:家|屋里)?(?:也|又|是)?(?:没|不|勿)[^,。;]{1,16}[,。;\s]+(?=(?:我)?(?:就是|只是|就|只)(?:想|要)*(?:申报|报))"
)
"""我没养狗,就是想报个捡垃圾."""
_ALIKE: Final = deferred(r"[,、\s]*一样是")
"""一样是垃圾分类一样是扫马路: two things."""
_PAIR: Final = deferred(
    r"(?P<one>[#第]?\d{1,6}[号条]?)(?:\s*[和跟与、,]\s*)(?P<other>[#第]?\d{1,6}[号条]?)(?P<why>(?:这?两[条个])?[^\d]{2,24}?[,。;\s]*)"
    r"(?:(?P<first>前面?(?:那|的)?[一那]?[条个]|第一[条个]|早(?:的|那)?[一那]?[条个])|(?:后面?(?:那|的)?[一那]?[条个]|第二[条个]|晚(?:的|那)?[一那]?[条个]))"
)
"""25和26是同一张照片,后面那条驳回: only one of the two is decided."""
_FIRST: Final = deferred(
    r"\A[^\d]{0,10}(?:申报|报|补报)(?:[两几二三四]?[个项样件条])?[:\s]*1(?:[.、]\s*(?=\d{1,2}[号日]|[一-鿿]{2})|\s*(?=[一-鿿]{2}))"
)
_LISTED_DAY: Final = deferred(r"(?<=;)\s*(\d{1,2}[号日])(?=[一-鿿])")
_DASH: Final = deferred(r"\s+[-—]+\s+")
_MARKS: Final = deferred(
    rf"(?<=[\s,;:])[1-9](?:[.、]\s*(?=\d{{1,2}}[号日]|[一-鿿]{{2}})|\s*(?=[一-鿿]{{2}}))(?!{UNITS}|小时|钟头|分|月|号|日|点|组|年|人|次|天|周|元|毫升|公斤)"
)
"""申报:1献血 9月8日 2志愿服务 9月9日: the marks of a list."""
_AMOUNT_SLIP: Final = deferred(
    rf"{NUMERAL}\s*(?P<unit>小时|钟头|袋|斤|次|人|元|块|毫升)[,。;…\s]*(?:打|写|说|按|填|报)错了?[,。;…\s]*(?:应该?|应当)?是?\s*(?={NUMERAL}\s*(?P=unit))"
)
"""志愿服务4小时 打错 2小时."""
_PASS: Final = deferred(r"(?i:(?<![a-z])pass(?=\s*[#\d])|(?<=\d)\s*pass(?![a-z]))")
_THAT_ONE: Final = deferred(
    r"(?<=[\d十][号条])的?(?:那|这)一?条(?=\s*[、,和跟与]\s*[#第]?[\d一二三四五六七八九十廿卅])"
)
"""20号那条和22号那条通过."""
_OTHER_HOUSE: Final = deferred(
    rf"{NUMERAL}组\s*{NUMERAL}号[一-鿿]{{0,4}}?{_PAUSE}(?:哦|啊|呃|噢|额|哎|喔)?{_PAUSE}(?:不对|不是|(?:说|写|打|弄|记|搞|填)错)了?{_PAUSE}(?:应该?|应当)?是?{_PAUSE}(?={NUMERAL}组\s*{NUMERAL}号)"
)
"""扣8组2号,不对,8组12号: a deduction must not meet the wrong house."""
_NEW_ONE: Final = deferred(
    r"\A[^。;]{0,24}?(?:不管|勿管|不去管)[它伊他]?了?[,。;\s]+(?:现在|今天)?(?:我)?(?:来|再|重新)?报(?:一?个|一?条)?新的?[:,\s]+(?=\S)"
)
"""昨天那条不管它,现在报新的:反诈课."""
_NOT_ASKED: Final = deferred(
    r"\A(?:我)?(?:不是|不)(?:要|问|查|看|想看|想问)[^,。;]{1,8}[,。;\s]+(?=(?:我)?(?:就|只|是|想|要|问|查|看))"
)
"""不是要明细,就告诉我剩多少."""
_NO_HURRY: Final = deferred(
    r"(?:先)?(?:别|不要|勿要|覅)(?:急着|忙着|急|忙)(?:驳回|驳掉|驳|退回|退掉|退|打回)"
)
"""先别急着驳22,给他通过."""
_SET_RIGHT: Final = deferred(r"(?:订正|更正|修正|修改|纠正)(?=(?:成|为)\s*\d)")
_ACTOR_NOT_ME: Final = deferred(
    rf"\A(?P<head>[^,。;]{{0,6}}?)不是(?:我|阿拉|伲)(?:自己)?(?P<act>[^,。;是]{{0,8}}?)的?[,。;\s]+是(?P<who>(?:我|阿拉|伲)?家?(?:{KINSMAN}))(?P<again>[^,。;]*?)的(?=[,。;\s]|\Z)"
)
"""不是我献血,是我老婆献的: who did it, and then the act."""
_SET_AT: Final = deferred(
    rf"\A(?:订正|更正|修正|纠正)\s*(?={_ONE}[\s,:]+(?:改(?:成|为)?|为|成)?\s*{NUMERAL}个?分)"
)
"""更正 125 10分, from a reviewer."""
_NOT_SO_MANY: Final = deferred(
    rf"(?:别|不要|勿要?|覅|不能|不好|不用)(?:给|打|算|加|改|按){NUMERAL}个?分{_PAUSE}(?:就|要|得|只|应该|应当)?(?=(?:给|打|算|加|改|按)[^,。;]{{0,3}}{NUMERAL}个?分)"
)
"""96别给5分,给3分."""
_NOT_THAT_TAKEN_BACK: Final = deferred(
    rf"不是(?:要)?(?:撤回?|撤销|取消|作废)\s*{_ONE}{_PAUSE}{_BUT}(?=(?:要)?(?:撤|取消|作废))"
)
"""不是撤65,是撤回56."""
_AWAY_TODAY: Final = deferred(
    r"(?:今天|今朝|今日|现在|今晚|这会儿?)(?:没空|不在(?:家)?|有事(?:体)?|忙|身体不好|上班(?:去了)?|出去了|走亲戚|不舒服)[,。;\s]+(?=[^,。;]{0,4}(?:昨|前|上|周|礼拜|\d))"
)
"""我老婆今天没空,她是昨天去的: no day of the act."""
_FROM_TO: Final = deferred(
    rf"(?:给|打|算)?{NUMERAL}个?分\s*(?:改成|改为|改到|改|变成|变|调成|调到|→|->)(?=\s*{NUMERAL}个?分)"
)
"""三分改五分."""
_OTHER_THAN: Final = deferred(
    rf"(?:不是|勿是)(?P<old>[^,。;\s是]{{1,8}}){_PAUSE}(?:而是|应该?是|应当是|是)"
)
"""旧衣服5袋,不是5袋是3袋."""


_LEFT: Final = deferred(
    r"[,。;…\s](?:哦|啊|呃|噢|额|哎|喔)?[,\s]*(?:不对|(?:说|看|弄|搞|打)错了?)[,。;…\s]+(?:应该?|应当)?是"
)


def is_left_open(talk: Talk) -> bool:
    """Whether a reviewer still corrects themselves in words that ``put_right`` has left."""
    return talk.role != "villager" and bool(_LEFT.search(talk.text))


def _told(talk: Talk, text: str) -> str:
    """Return what a villager tells, as it holds at the end."""
    text = _NEW_ONE.sub("申报 ", _AWAY_TODAY.sub(",", text))
    if (actor := _ACTOR_NOT_ME.match(text)) is not None:
        act = actor["again"] if talk.items.meant(actor["again"]) else actor["act"]
        text = f"{actor['head']}{actor['who']}{act}{text[actor.end() :]}"
    elif (wrong := _AMOUNT_SLIP.search(text)) is not None:
        text = f"{text[: wrong.start()]}{text[wrong.end() :]}"
    elif (done := _DONE_BEFORE.match(text)) and not talk.ends_asking:
        text = text[done.end() :]
    elif other := _OTHER_THAN.search(text):
        before, old = text[: other.start()], other["old"]
        text = f"{before.replace(old, '', 1)}{text[other.end() :]}" if old in before else text
    if not talk.items.meant(text):
        return text
    return with_bare_days(text, talk.items.starts)


def put_right(talk: Talk) -> Talk:
    """Return the words as they hold at the end: of ``26通过,哦不对,28通过`` 28通过 is left."""
    text = _FILED_ON.sub("", talk.text)
    text = _OTHER_DAY.sub("", _LEAVE_BUT.sub("", _NOT_THAT_TAKEN_BACK.sub("", text)))
    text = _NOT_ASKED.sub("", _OTHER_HOUSE.sub("", text))
    text = _NOT_BUT_THIS.sub("", _NOT_THAT_ITEM.sub("", text))
    if len(_ALIKE.findall(text)) > 1:
        text = _ALIKE.sub(";", text)
    if _FIRST.match(text) and len(_MARKS.findall(text)) > 1:
        text = _LISTED_DAY.sub(r"\1 ", _MARKS.sub(";", text))
    if _FILED.match(text):
        text = _DASH.sub(",", text)
    if talk.role != "villager":
        text = _COMMAS.sub(lambda found: found[0].replace(",", "、"), text)
        text = _NOT_SO_MANY.sub("", _SET_AT.sub("调整 ", text))
        text = _THAT_ONE.sub("", _PASS.sub("通过", text))
        text = _NO_HURRY.sub("", _SET_RIGHT.sub("改", _FROM_TO.sub("改成", text)))
        text = _NOT_BUT.sub(lambda found: found["verb"] or found["verb_first"], text)
        text = _NOT_THAT_ONE.sub("", text)
        if (wrong := _NOT_THAT_ITEM_OF.match(text)) and talk.items.contained(text[wrong.end() :]):
            text = f"{wrong['one']}改成{text[wrong.end() :]}"
        text = _NOT_SO_BUT_SO.sub(lambda found: found["mark"] or "", text)
        if (pair := _PAIR.search(text)) and not re.search(r"\d", text[pair.end() :]):
            chosen = pair["one"] if pair["first"] else pair["other"]
            why = re.sub(r"[这]?两[条个]", "", pair["why"]).strip(" ,。;")
            text = f"{text[: pair.start()]}{chosen}{text[pair.end() :]},{why}"
        text = likewise(_BUT_THAT.sub(",", some_of(_NOT_PASSED.sub("不通过", text))))
    else:
        text = _told(talk, text)
    text = _other_item(talk, text)
    slip = _SLIP.match(text)
    meant = _after_slip(slip["said"], slip["meant"]) if slip else None
    return replace(talk, text=meant or text)


def _other_item(talk: Talk, text: str) -> str:
    """Return the words with the item that holds: 报防汛,哦不是,是巡逻."""
    found = _OTHER_ITEM.match(text)
    if found is None or not _FILED.search(found["said"]):
        return text
    before, after = (talk.items.contained(found[part]) for part in ("said", "meant"))
    if before is None or after is None or not found["meant"].startswith(after.words):
        return text
    return found["said"].replace(before.words, found["meant"], 1)


def _after_slip(said: str, meant: str) -> str | None:
    """Return what holds after 说错了, if both halves tell the same kind of act."""
    put = _PUT.search(said)
    if put and (amount := _AMOUNT.match(meant)):
        return f"{put['one']}改成{amount['points']}"
    if _RULED.search(said) and (other := _OTHER_ONE.fullmatch(meant.strip(" 。!"))):
        head, _, tail = said.rpartition(re.findall(_ONE, said)[-1])
        return f"{head}{other['one']}{tail}{other['more'] or ''}"
    if _RULED.search(said) and _RULED.match(meant):
        return meant
    if _FILED.match(said) and _FILED.match(meant):
        return meant
    return None
