"""Faint patterns: what is left when nothing tells more, only where words are meant for us."""

from typing import Final

from bot.understanding.patterns.pattern import Pattern
from bot.understanding.patterns.words import HOW, MANY, WHEN
from bot.understanding.reading import Intent

_OTHERS: Final = r"人家|别人|隔壁|他家|她家|伊家|伊拉"

FAINT: Final = (
    Pattern(
        "说到自家的分",
        Intent.BALANCE,
        52,
        rf"(?:分|积分)[^,。?]{{0,6}}(?:有|剩|够|到|满)|(?:有|剩|够|到|满|总共|一共)[^,。?]{{0,8}}(?:积?分)|{MANY}(?:积)?分",
        lacks=rf"{_OTHERS}|加分|扣分|换|兑|排|规则|审|公示|报",
        bars="ids",
        examples="分还有伐|想问问看阿拉屋里有没有一百分了",
    ),
    Pattern(
        "说到加过的分",
        Intent.HISTORY,
        58,
        rf"(?:加|扣|得|拿|涨)(?:了|过|到|的)(?:[^,。?]{{0,4}})分|分[^,。?]{{0,4}}{HOW}(?:算|来|加|扣)|(?:加|扣)(?:了|过)",
        lacks=rf"{_OTHERS}|通过|驳回",
        bars="ids staff",
        examples="查查8月份加的分|我的分是怎么算出来的",
    ),
    Pattern(
        "排在哪里",
        Intent.RANKING,
        60,
        r"排(?:在|到|个)?(?:多少|几|哪|啥|老)|(?:谁|哪家|啥人)[^,。?]{0,8}(?:多|高|前|少)",
        lacks="队|班|照片",
        bars="ids",
        examples="我家现在排多少名",
    ),
    Pattern(
        "问审核",
        Intent.CLAIM_STATUS,
        62,
        r"待审|审核|审批|通过|批(?:了|下|好)|报(?:上去|好|过)?(?:了|的)[^,。?]{0,10}(?:没|伐|吗|动静|结果|怎么)|申报[^,。?]{0,8}(?:了没|好了|成功|收到)",
        lacks=r"换|兑|公示|规则|怎么报|哪能报",
        needs="q",
        bars="staff",
        examples="审核通过了吗|怎么一直显示待审|我报的东西收到了吗",
    ),
    Pattern(
        "问新报的",
        Intent.PENDING_LIST,
        62,
        r"新[^,。?]{0,6}(?:申报|报)|(?:申报|报的|报了)[^,。?]{0,6}(?:吗|没|伐|多少|几)|待审|要审|审核(?!通过)",
        lacks=r"换|兑|公示|我的|我家",
        needs="staff q",
        bars="ids",
        examples="有新的申报吗|今天审核任务多吗",
    ),
    Pattern(
        "某样东西有伐",
        Intent.REDEEM_LIST,
        54,
        r"^(?:请问|现在|还)?[一-鿿]{1,6}(?:还)?有(?:伐|吗|么|没有|没)|(?:米|油|盐|肥皂|毛巾|洗衣|纸|伞|锅|牙膏|洗洁精|牛奶|鸡蛋)[^,。?]{0,6}(?:有|没|多少|几)",
        lacks=r"分|积分|公示|申报|报|审|消息|结果|处理|事",
        needs="q",
        examples="电饭锅有伐|洗衣粉还有没有",
    ),
    Pattern(
        "和人家比",
        Intent.OBJECTION,
        64,
        rf"(?:{_OTHERS})[^?]{{0,20}}(?:我家?|阿拉|伲)[^?]{{0,10}}(?:分|没|只)|(?:我家?|阿拉|伲)[^?]{{0,16}}(?:{_OTHERS})[^?]{{0,8}}(?:分|加|有)|(?:为什么|为啥|怎么|凭)[^,。?]{{0,10}}(?:{_OTHERS}|只有|才有)[^,。?]{{0,6}}分",
        lacks="帮|搬|送|照顾",
        examples="为什么人家献血10分我只有5分|人家都加分了就我家没加",
    ),
    Pattern(
        "说到规矩",
        Intent.RULES,
        50,
        r"积分|加分|扣分|评|项目|星级|算|申报|分",
        needs="q",
        examples="星级户是怎么评的|积分换东西有没有期限",
    ),
    Pattern(
        "说到用法",
        Intent.HELP,
        49,
        rf"{HOW}|咋办|弄|手机|照片|图片|微信|语音|打字|操作|懂|教|{WHEN}",
        needs="q",
        examples="图片发不出去怎么办",
    ),
    Pattern(
        "委员说了谁做了什么",
        Intent.RECORD_FOR,
        61,
        r"报|交|来|做|参加|去|了|的|记",
        needs="staff house item",
        bars="q ids bad if_",
        examples="4组12号陈阿婆来村委会报的，垃圾分类",
    ),
    Pattern(
        "门牌加进来",
        Intent.BIND,
        77,
        r"加进来|加入|进来|加上我|新来|登记(?:一下)?(?:我家|微信|手机)",
        lacks="分|会议|活动",
        needs="house",
        bars="staff item",
        examples="我是新来的，5组12号王家，要怎么加进来",
    ),
)
