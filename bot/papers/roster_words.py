"""The words by which a roster (花名册) is read: headings, institutions, numerals, letters."""

import re
from typing import Final

from domain.household import RosterColumn

HEADINGS: Final[dict[RosterColumn, tuple[str, ...]]] = {
    RosterColumn.VILLAGE: ("村", "村名", "行政村", "村名称", "所属村", "所在村", "村居", "村(居)"),
    RosterColumn.GROUP: (
        *("组", "组别", "村民小组", "组号", "小组", "组名", "所属组", "所在组", "村民组"),
        *("队", "队别", "生产队", "第几组"),
    ),
    RosterColumn.HOUSE_NO: (
        *("门牌", "门牌号", "门牌号码", "门牌编号", "户号", "宅号", "房号", "户编号"),
        *(
            "组门牌",
            "组门牌号",
            "组/门牌",
            "组、门牌",
            "组和门牌",
            "地址",
            "住址",
            "家庭住址",
            "家庭地址",
            "详细地址",
        ),
    ),
    RosterColumn.HEAD: (
        *("户主", "户主姓名", "户主名", "户主名字", "户主名称", "户名", "家庭户主"),
        *("姓名", "名字"),
    ),
    RosterColumn.PHONE: (
        *("电话", "联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联系号码"),
        *("户主电话", "户主手机", "联系手机", "固定电话", "家庭电话"),
    ),
    RosterColumn.REGISTERED: (
        *("户籍人口", "户籍数", "户籍人数", "户籍人口数", "户籍", "在册人口", "户籍在册人口"),
        *("户口人数", "户口数", "在册人数"),
    ),
    RosterColumn.RESIDENT: (
        *("常住人口", "常住人数", "常住人口数", "常住", "常住数", "实际居住人数", "居住人数"),
        "实住人口",
    ),
    RosterColumn.PARTY: ("党员户", "是否党员户", "党员", "是否党员", "党员家庭", "党员家庭户"),
    RosterColumn.STAR: ("星级", "星级户", "星级家庭", "星级家庭户", "美丽庭院星级", "星级评定"),
    RosterColumn.JOINED: (
        *("参加日期", "加入日期", "参加时间", "加入时间", "参与日期", "参与时间", "登记日期"),
        "参加年月",
    ),
    RosterColumn.REMARK: ("备注", "说明", "备注说明", "附注", "备考"),
}
"""How each column is headed, its own name first; of two that fit, the earlier word wins."""

TRADITIONAL: Final = str.maketrans("戶門電話黨員級參備註說", "户门电话党员级参备注说")
"""Headings alone are read in either script; names never change theirs."""

COLUMN_OF: Final = {
    word: (column, rank) for column, words in HEADINGS.items() for rank, word in enumerate(words)
}

DROPPED_HEADING: Final = re.compile(
    r"身份证|证件|公民身份|银行|卡号|账号|帐号|存折|社保|医保|健康|病|残疾|残障|医疗"
)
"""Headings of columns whose contents are never kept: numbers of papers and cards, health."""
HEALTH_HEADING: Final = re.compile(r"健康|病|残疾|残障|医疗")
HEALTH: Final = re.compile(
    r"残疾|残障|伤残|肢残|失能|瘫|精神病|精神障碍|智障|患病|重病|大病|慢性?病|糖尿病|高血压|"
    r"心脏病|癌|肿瘤|尿毒症|透析|艾滋|肝炎|肺结核|中风|脑梗|抑郁|痴呆|孕妇|怀孕|[聋盲]"
)

TOTAL: Final = re.compile(r"(?:[合小总共累]计|总数|总户数|总人数)(?:[:\d户人(]|$)")
FOOTNOTE: Final = re.compile(
    r"^(?:注|附注|备注|说明|填表说明):|^(?:注|说明)\d*[、.]|填表人|填报人|填表日期|填报日期|"
    r"填表时间|填报单位|填表单位|制表|审核人?:|审核人|审核签字|负责人|经办人|经手人|打印日期|"
    r"村书记签|村主任签|\(?盖章|统计人|核对人|第\d+页"
)
TITLE: Final = re.compile(r"名册|花名|名单|清单|台账|登记|统计|汇总|明细|一览|情况|信息|表$")

PLACEHOLDERS: Final = frozenset(
    {"-", "--", "---", "/", "\\", "无", "暂无", "没有", "不详", "未知", "未填", "空", "*"}
)
VILLAGE_TAIL: Final = re.compile(r"(?:村民委员会|村委会|村委|行政村|村)$")
TOWN: Final = re.compile(r".{1,12}(?:镇|乡|街道)")

ENTERPRISES: Final = (
    *("公司", "企业", "集团", "合作社", "工作室", "经营部", "营业部", "门市部", "事务所", "个体户"),
    *("工厂", "加工厂", "厂房", "作坊", "农场", "林场", "渔场", "养殖场", "养鸡场", "养猪场"),
    *("农家乐", "民宿", "宾馆", "旅馆", "酒店", "酒家", "饭店", "饭馆", "餐馆", "餐厅", "小吃"),
    *("超市", "商店", "商行", "商场", "店铺", "商铺", "杂货", "便利店", "小卖部", "菜场", "市场"),
    *("药店", "药房", "诊所", "理发店", "修理部", "棋牌室", "快递", "驿站", "加油站", "洗车"),
    *(
        "工业区",
        "园区",
        "产业园",
        "基地",
        "银行",
        "信用社",
        "国家电网",
        "中国移动",
        "中国联通",
        "中国电信",
        "供销社",
        "出租房",
        "厂区",
    ),
)
SHOPS: Final = ("店", "厂", "馆", "铺", "坊")
"""One letter at the end of a name of four letters and more, or of no surname."""
FACTORY: Final = re.compile(
    r"[材器品具料机械工金瓦砖木衣装鞋纸铁钢油酒茶糖粉米箱管缆药塑胶印刷制]厂$"
)
PUBLIC_PLACES: Final = (
    *("村委会", "村民委员会", "村委", "居委会", "村部", "队部", "党群", "党支部", "办公室"),
    *("办公楼", "卫生室", "卫生站", "卫生院", "医务室", "活动室", "活动中心", "活动站", "服务中心"),
    *("服务站", "服务点", "文化站", "文化中心", "文化活动", "广场", "公厕", "厕所", "泵站", "泵房"),
    *("水闸", "闸站", "配电房", "配电间", "变电站", "变电所", "垃圾房", "垃圾站", "垃圾库房"),
    *("学校", "小学", "中学", "幼儿园", "托儿所", "祠堂", "宗祠", "家祠", "寺庙", "教堂", "土地庙"),
    *("仓库", "门卫", "警务室", "图书室", "阅览室", "书屋", "敬老院", "养老院", "日间照料", "睦邻"),
    *(
        "变压器",
        "配电箱",
        "基站",
        "铁塔",
        "信号塔",
        "水塔",
        "路灯",
        "充电桩",
        "监控",
        "岗亭",
        "凉亭",
    ),
    *("公共", "厨房", "食堂", "公厨", "车库", "车棚"),
    *("礼堂", "戏台", "会议室", "集体", "公房", "机房", "水厂", "水站", "停车场", "公园", "公墓"),
)
NAMEABLE: Final = frozenset({"学校", "小学", "中学", "企业", "集体", "集团", "基地", "铁塔"})
"""Words that are also given names: 王学校 is a person."""
NO_NAMES: Final = frozenset(
    {
        *("同上", "上同", "同左", "如上", "待定", "待补", "待填", "待查", "待核", "未定", "未登记"),
        *("不知道", "不清楚", "不明", "某某", "无名", "无户主", "户主", "姓名", "测试"),
        *("NULL", "NONE", "NAN", "N/A", "NA", "TEST", "XX", "XXX"),
    }
)
"""What stands in the place of a name and is none."""
NAME_LABEL: Final = re.compile(r"(?:户主(?:姓名|名)?:?|(?:姓名|名字):)\s*(?=\S)")
LOST_LETTERS: Final = frozenset("?？□■▯◻⬜〓*＊\ufffd")
"""What stands in a name where a rare letter (生僻字) was lost."""
MIDDLE_DOTS: Final = "·•・‧∙⋅．."
SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
    "魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎"
    "易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄"
    "辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司"
    "柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕"
    "郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許蘇盧蔣賈葉閻鐘譚鄒陸龍萬錢湯賀賴龔龐蘭"
)
COMPOUND_SURNAMES: Final = (
    *("欧阳", "上官", "司马", "诸葛", "司徒", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文"),
    *("长孙", "夏侯", "东方", "端木", "南宫", "西门", "独孤", "轩辕", "闻人", "太史", "公冶"),
    *("淳于", "单于", "呼延", "万俟", "澹台", "钟离", "歐陽", "諸葛"),
)

EMPTY_HEADS: Final = frozenset(
    {
        *("空户", "空关", "空关户", "空关房", "空置", "空置房", "空房", "空宅", "空挂户", "空"),
        *("拆迁", "拆迁户", "已拆", "已拆迁", "动迁户", "已动迁", "无人", "无人居住", "无人住"),
        *("销户", "已销户", "无户", "空号", "绝户"),
    }
)
EMPTIED: Final = re.compile(
    r"(?<![未非不没待拟将有])(?:空户|空挂户|空关|空置|空房|空宅|拆迁|动迁|拆除|无人居住|无人住|没人住|"
    r"无人常住|销户|整户外迁|整户迁出|全家外迁|全家迁出|全户迁出|举家外迁)(?!安置|回迁|补偿)"
    r"|(?<!未)已拆(?!安置)"
)

_WHOLE: Final = r"(?:(?:户主|全家|整户|全户|举家|一家|本户|此户|该户|这户)人?(?:已经?|都|早)*)"
_GONE: Final = r"(?:[搬迁](?:走|离|出|迁)|搬家|外迁)"
EMPTIED_PERHAPS: Final = re.compile(
    rf"[0-9年月日.\-]*{_WHOLE}?(?:已经?|都|早)*{_GONE}(?:了|多年|在外)*"
    rf"|{_WHOLE}[搬迁](?:到|去|往|至)(?!新|本村|村).+"
    r"|(?:现在?|目前|常年|长期|已经?|房[屋子]|屋[里内])*(?:无人|没有?人)(?:了|[在居]?住)*"
    r"|空(?:着|了|的)?|绝户"
)
"""A clause of a remark that says so, unless people are counted who live there."""
COLLAPSED: Final = re.compile(
    r"[老旧危住]?(?:房屋|房子|屋|房|宅)(?:已经?|都|早)*(?:倒塌|坍塌|塌|倒)了?"
)
REHOUSED: Final = re.compile(r"新|另|重建|翻建|现住|住在")
OTHERS: Final = re.compile(
    r"(?:儿子?|女儿?|子女|儿女|孙[子女]?|媳妇?|女婿|父母|父亲?|母亲?|兄弟|姐妹|哥哥?|弟弟?|姐姐?|妹妹?|"
    r"叔叔?|亲戚|邻居|隔壁|租客|房客)(?:夫妻|夫妇|一家|老屋|房[屋子]|[们家的房屋]|已经?|都|也|早)*$"
)
"""Words before another's house or leaving, which say nothing of this household."""

PARTY_YES: Final = frozenset(
    {
        *("是", "√", "✓", "✔", "☑", "✅", "Y", "YES", "TRUE", "T", "1", "有", "对", "V"),
        *("党员户", "党员", "党员家庭", "党员家庭户", "中共党员", "预备党员", "●"),
    }
)
PARTY_NO: Final = frozenset(
    {
        *(
            "",
            "否",
            "×",
            "✗",
            "✘",
            "X",
            "N",
            "NO",
            "FALSE",
            "F",
            "0",
            "无",
            "不是",
            "没有",
            "-",
            "/",
        ),
        *("非", "非党员", "非党员户", "群众", "○", "空", "—"),
    }
)

NUMERALS: Final = {
    **{letter: value for value, letter in enumerate("〇一二三四五六七八九")},
    **{letter: value for value, letter in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "○": 0,
    "两": 2,
}
TENS: Final = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "百": 100, "佰": 100}
NUMERAL: Final = "".join((*NUMERALS, *TENS))
"""Every letter of a Chinese numeral, for use within [...] of a pattern."""
