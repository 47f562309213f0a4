"""Find who is spoken of (何人): 王阿婆, 老金家, 我婆婆, 隔壁奚阿婆, a head of the village."""

from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.numerals import whole_of

_ELDER: Final = r"阿婆|阿公|阿奶|阿爹|阿爷|阿伯|阿叔|阿姨|大爷|大妈|大娘|大伯|大叔|奶奶|爷爷|伯伯|婆婆|叔叔|爷叔|师傅|娘娘|外婆|外公|好婆|姆妈|伯|婶|嫂|哥|姐"
_KIN: Final = (
    r"爸爸|妈妈|婆娘|囡儿|婆婆|公公|老公|老婆|儿子|女儿|爷爷|奶奶|外公|外婆|爱人|孙子|孙女|媳妇|女婿|小囡|阿爸|姆妈|爹爹|爸|妈|爹|娘"
    r"|丈母娘|丈人|阿婆|阿公|哥哥|弟弟|姐姐|妹妹|家里人|囡囡|儿媳"
)
SURNAMES: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻柏窦章苏潘葛奚范彭郎鲁韦马苗凤方俞任袁柳史唐"
    "费薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄米戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾路江"
    "童颜郭梅林钟徐邱骆高夏蔡田胡凌霍万柯管卢莫缪干应宗丁邓单洪包诸左石崔吉龚程陆翁荀甄曲家封储靳焦谷车侯全班仰"
    "仲伊宫宁仇甘厉祖武符刘景龙叶黎白蒲卓池乔谭连闵瞿阎充慕艾向古易戈廖庾终居步都耿满匡国文寇广聂晁勾敖冷辛阚那简饶"
    "曾沙鞠丰关相查荆红游竺权逯盖益桓公诸葛欧阳唐"
)
_NAME: Final = deferred(
    rf"(?<=[帮替给为代])(?P<full>[{SURNAMES}][一-鿿]{{1,2}})(?=代?录|补录|登记|记|报|申报|加|扣)|"
    rf"(?P<kin>(?:我家?|阿拉|伲|俺)(?:的)?(?:{_KIN}))"
    rf"|(?P<beside>(?:隔壁|对门|前头|后头|楼上)(?:的)?[一-鿿]?(?:家)?(?:{_ELDER}|老太太|老太|老伯|老头))"
    rf"|(?P<elder>[{SURNAMES}][一-鿿]?(?:{_ELDER}|老太太|老太|老伯|老先生|老头|家伯伯)|[小老阿][{SURNAMES}](?![一-鿿]?(?:人|师))(?:家)?)"
    rf"|(?P<plain>老太太|老太|老伯|老先生|(?:他|她|伊)家|伊拉(?:屋里|家)?|[{SURNAMES}][一-鿿]{{0,2}}家(?![里务庭人]))"
)
KINSMAN: Final = (
    r"宝宝|宝贝|犬子|小女|外孙女|外孙|婆娘|囡儿|娘子|儿媳妇|儿媳|孙子|孙女|儿子|女儿|囡囡|小囡|儿媳妇|媳妇|新妇|女婿|老头子|老太婆|老公|老婆|老伴|爱人|爷叔|娘舅|舅舅|阿姨|姑妈|丈人|丈母娘|婆婆|公公"
    r"|爸爸|妈妈|阿爸|姆妈|爷爷|奶奶|外公|外婆|好婆|爹爹|老爹|爸|妈|爹|娘|爷|哥哥|弟弟|姐姐|妹妹|阿哥|阿姐|外甥女|外甥|侄子|侄女|弟媳|嫂子"
)
_ACTOR: Final = deferred(
    rf"(?<![跟和陪同给为帮替代照顾服侍看望叫让喊对教与一-鿿])(?P<actor>(?:(?:我家?|阿拉|伲|俺|屋里)(?:的)?)?(?:{KINSMAN}))(?![们跟和让叫说讲教一-鿿]?(?:让|叫|说|讲|喊|跟我|和我))(?!家|屋里)"
)
_OF_GROUP: Final = deferred(
    rf"(?P<group>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*组\s*(?P<name>[{SURNAMES}][一-鿿]?(?:{_ELDER}|家))"
)
_FOR_KIN: Final = deferred(rf"(?:给|帮|替|代|为)(?P<kin>(?:我家?|阿拉|伲|俺)(?:的)?(?:{KINSMAN}))")
PRONOUNS: Final = frozenset({"伊", "他", "她", "伊拉"})
"""Who was named beside them, or nobody."""
_PRONOUNS: Final = frozenset("他她伊")
_FORGET: Final = deferred(
    r"大家|人家|国家|全家|专家|小路|小高|小白|小马|老师|老高|小时|小区|阿姨们"
)


def people_of_groups(text: str) -> tuple[tuple[str, str], ...]:
    """Return (group, person) of every ``1组奚阿婆`` of a list."""
    return tuple(
        (f"{whole_of(found['group'])}组", found["name"]) for found in _OF_GROUP.finditer(text)
    )


def find_actor(text: str) -> str | None:
    """Return the relative who did an act: ``我老头子去的``, ``儿子办的``; None if nobody is named."""
    found = _ACTOR.search(text)
    return found["actor"] if found else None


def find_kin(text: str) -> str | None:
    """Return the relative for whom something is done: ``给我老公的微信也绑上`` is 我老公."""
    found = _FOR_KIN.search(text)
    return found["kin"] if found else None


def named_at(text: str, start: int) -> str | None:
    """Return the person or family that a text names from a place on."""
    found = _NAME.match(text, start)
    return found[0] if found else None


def find_person(text: str, *, pronouns: bool = True) -> str | None:
    """Return the words for a person or a family; None if nobody is named.

    Without ``pronouns`` 他家 and 伊拉屋里 name nobody.
    """
    for found in _NAME.finditer(_FORGET.sub("  ", text)):
        if pronouns or found[0][0] not in _PRONOUNS:
            return found[0]
    return None
