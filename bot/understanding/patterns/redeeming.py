"""Patterns of what a villager wants for points (兑换)."""

from typing import Final

from bot.understanding.patterns.pattern import Pattern
from bot.understanding.patterns.words import FAULT, GOODS, HOW, WHAT, WHEN
from bot.understanding.reading import Intent

_GOODS: Final = r"(?:兑换|换购|兑|(?<![更调对变交轮替撤退转])换|领)(?:一?下)?(?:点|些|个|一|两|二|三|四|五|六|七|八|九|十|\d|[一-鿿])"

_REDEEM: Final = (
    Pattern(
        "换东西",
        Intent.REDEEM,
        82,
        rf"{_GOODS}|(?:要|想|来|给我|帮我)[^,。?]{{0,4}}(?:兑|换)|(?<![空协强])调(?:点|些|[一两二三四五六七八九十\d]+(?:桶|袋|瓶|只|箱|包|块|盒|条|把|个(?!小时|钟|半)|提|斤|刀|卷|壶|罐|支|双))(?!分)",
        lacks=rf"{WHAT}|{HOW}|{WHEN}|换得(?:到|着|了)(?:$|[哇吗伐嘛呀啊])|绑|认领|换租客|换电池|换人|换房|租客|有没有|还有[^,。]*[吗伐没]|能换吗|多少|几分|够不够|清单|目录|列表|兑换[码券点]|{FAULT}|换届|换新|以旧换新|领证|领导|领结婚|录取",
        bars="wonders if_ house",
        examples="上趟看中只电饭煲，侬帮我调一只|能帮我兑一瓶洗手液吗|侬帮我换两块肥皂|不要洗衣液了，改换大米1袋|拿20分换个热水瓶行伐|我要换一桶油",
        counters="有什么可以换的|毛巾要多少分换",
    ),
)
_COUNTED: Final = (
    r"(?:[\d一二两三四五六七八九十半]+[个袋瓶桶块盒包卷条只把箱斤份双支提件听罐壶张套打]|[俩仨]个?)"
)
_REDEEM_WISH: Final = (
    Pattern(
        "群里请帮我换",
        Intent.REDEEM,
        83,
        rf"(?:给|帮|拨)(?:我|阿拉|伲)(?:家)?(?:换|兑)(?:一?下)?{_COUNTED}{GOODS}",
        lacks=r"多少|几分|还有|店|网上|淘宝|超市|老板|师傅",
        bars="q if_ staff",
        in_room=True,
        examples="侬拨我换一把伞，分数够额|帮我兑两瓶洗洁精",
        counters="帮我换一把伞要几分",
    ),
    Pattern(
        "换给我一样",
        Intent.REDEEM,
        83,
        rf"(?:能|可以|好)(?:不能)?(?:换|兑){_COUNTED}{GOODS}给(?:我|阿拉|伲)",
        lacks=r"多少|几分|还有",
        bars="if_",
        examples="能换一条毛巾给我吗|可以兑两瓶洗洁精给阿拉伐",
        counters="能换什么给我",
    ),
    Pattern(
        "要几样东西",
        Intent.REDEEM,
        80,
        rf"(?:想要|要|来|给我|拿|领)[一两二三四五六七八九十\d]+(?:袋|瓶|桶|块|盒|包|卷|条|把|箱|提|罐|支)[一-鿿]|(?:想要|要|来|给我|拿|领)(?:一)?[个只袋瓶桶块盒包卷条把箱提罐支]?{GOODS}|{GOODS}[^,。?]{{0,2}}(?:来|要|给我|拿|兑|换)[一两二三四五六七八九十半\d]",
        lacks="[审批]|捐|卖|交|送|捡",
        bars="wonders if_ item",
        examples="我想要一个保温杯|洗衣粉来一袋|想要一袋洗衣粉，扣积分好了|给我来两包纸巾",
    ),
)
_GOOD: Final = rf"(?:[一-鿿]{{1,8}}?{_COUNTED}|{_COUNTED}[一-鿿]{{1,8}}?)"
_REDEEM_COMMAND: Final = (
    Pattern(
        "兑换一样东西",
        Intent.REDEEM,
        81,
        rf"^(?:麻烦|请|你|侬|帮我|给我|我要|我想|我家|想|要)*(?:用?积分)?兑换(?:{GOODS}(?:{_COUNTED})?|{_COUNTED}{GOODS})(?=$|[,。!吧])",
        lacks=r"多少|几分|券|码|[?吗伐]|怎么|谁",
        bars="q ids",
        in_room=True,
        examples="兑换纸巾一箱，我骑三轮来拉|麻烦帮我兑换食用油一桶，周末来取",
        counters="兑换大米要多少分",
    ),
    Pattern(
        "用积分换几样",
        Intent.REDEEM,
        81,
        rf"^(?:我要|我想|帮我)?[用拿]?积分(?:换|兑){_GOOD}(?:[、,和跟]{_GOOD}){{0,3}}[吧。!]?$"
        rf"|^(?:我要|我想|帮我)?(?:[用拿]?积分)?兑换[一-鿿]{{1,6}}(?:[、和跟][一-鿿]{{1,6}}){{1,3}}各{_COUNTED}[吧。!]?$",
        lacks=rf"话费|流量|里程|移动|银行|商城|{WHAT}",
        bars="q ids",
        in_room=True,
        examples="积分换鸡蛋 三十只|用积分换两瓶酱油|拿积分换盐两包、酱油一瓶|兑换垃圾桶、扫帚各一个|用积分换俩毛巾",
        counters="积分换了两瓶酱油",
    ),
    Pattern(
        "开头说兑换",
        Intent.REDEEM,
        81,
        r"^(?:我要|我想)?(?:用?积分)?兑换(?![点处站成完好到了的在是有没不那这只都也还很太排去来时日卡机车证单表员过])(?=[\d一-鿿]{2,12}$)",
        lacks=r"券|码|商城|打不开|外|(?<!我)要|需|身份证|银行|零钱|汇率|奖|过期|点$|谁|发|店|率|了$|时间|活动|开始|规则|吗|伐|什么|啥|哪|清单|目录|商品|礼品|东西|列表|物品",
        bars="q ids",
        in_room=True,
        examples="兑换大米2袋|积分兑换洗衣液",
        counters="兑换码发我|兑换点在菜场边上",
    ),
)
_REDEEM_PAID: Final = (
    Pattern(
        "要东西,积分里扣",
        Intent.REDEEM,
        83,
        rf"(?:{_COUNTED}{GOODS}|{GOODS}{_COUNTED})[^?]{{0,8}}?(?:(?:从|在|用|拿)[^,。?]{{0,4}}积?分[^,。?]{{0,3}}(?:扣|抵|付|换)|扣(?:我家?的?)?积?分|积分(?:扣|抵|付))",
        lacks=rf"{WHAT}|店|网上|淘宝|老板|为什么|为啥|捐|公示|谁",
        bars="q if_ staff",
        in_room=True,
        examples="要一箱牛奶,从积分里扣|给我家来两袋洗衣粉,用积分抵",
        counters="扣积分换一箱牛奶要几分",
    ),
)
REDEEMING: Final = (
    *_REDEEM,
    *_REDEEM_WISH,
    *_REDEEM_COMMAND,
    *_REDEEM_PAID,
)
