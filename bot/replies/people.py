"""What is said about participation, leaving, one's own records and the roster."""

from collections.abc import Callable
from itertools import groupby
from typing import Any, Final

from bot.commands import finding, reviewing
from bot.commands.agreeing import HalfAgreed
from bot.commands.leaving import LeaveAsked, MyData, Stayed
from bot.commands.participating import NotReached, ParticipationRate, ParticipationTold
from bot.commands.publicity import PublicityChanged
from bot.commands.roster import HeadChanged, HouseholdLeft
from bot.replies import year_end
from bot.replies.binding import ROLES
from bot.replies.phrases import day, home, joined, place_of
from bot.replies.shares import percent, rate
from domain import household_change
from domain.names import masked
from domain.participation import FULL_PERCENT, GOAL_PERCENT, Share
from domain.refusal import Refusal
from storage.villages import Household

HELP_VILLAGER: Final = "我的数据、同意公开姓名、不公开照片、退出"
HELP_COMMITTEE: Final = (
    "参与率、未参与",
    "评优、评优 最美家庭 5、授予 最美家庭 3组12号",
    "恢复评优 23 已经拆除、年终结算 2026",
    "换户主 3组12号 李四、迁出 3组12号 搬到镇上",
)


def half_agreed(_result: HalfAgreed) -> str:
    """Say that another household's member has to say the same."""
    return "记下了,您已同意。这件事要两户人家的委员都同意,请另一位委员也回一次同样的话。"


def participation(result: ParticipationTold) -> str:
    """Tell the figures of participation, without names."""
    figures = result.figures
    every = figures.every
    groups = joined([f"{n}组{s.taking_part}/{s.eligible}户" for n, s in figures.groups])
    lines = [
        f"{result.village}{result.year}年参与情况:",
        f"应参加{every.eligible}户,绑了手机的{every.enrolled}户,有积分的{every.taking_part}户。",
        f"参与率{rate(every, GOAL_PERCENT)}。"
        if every.eligible
        else "还没有应参加的户,没有参与率。",
        f"星级户{_part(figures.stars)};党员户{_part(figures.party)}。",
    ]
    if groups:
        lines.append(f"各组:{groups}。")
    lines.append("委员想看还没参加的人家,回“未参与”。")
    return "\n".join(lines)


def _part(share: Share) -> str:
    if not share.eligible:
        return "没有"
    missing = share.missing_to(FULL_PERCENT)
    rest = f",还差{missing}户" if missing else ",都参加了"
    return f"{share.eligible}户中参加{share.taking_part}户{rest}"


def participation_rate(result: ParticipationRate) -> str:
    """Tell a villager the village's rate, kindly."""
    head = f"今年全村有{percent(result.every)}的人家参加了积分。"
    if not result.every.taking_part:
        head = "今年村里还没有人家记到积分。"
    if result.takes_part:
        return f"{head}您家也在里面,谢谢!"
    return f"{head}您家做了好事也来报一报,垃圾分类、帮邻居都算,回“细则”看看。"


def not_reached(result: NotReached) -> str:
    """List the households to be visited, by group."""
    if not result.eligible:
        return "村里现在还没有应参加的人家。"
    if not result.total:
        return "全村人家都参加了。"
    lines = [f"还没参加的{result.total}户,上门看看时用,请不要转到群里:"]
    for group, homes in groupby(result.households, key=lambda one: one.group_no):
        lines.append(f"{group}组:" + joined([f"{h.house_no}号{h.head}" for h in homes]))
    more = result.total - len(result.households)
    if more:
        lines.append(f"还有{more}户没列,走完这些再看。")
    return "\n".join(lines)


def leave_asked(result: LeaveAsked) -> str:
    """Ask once more before leaving."""
    if result.household is None:
        return (
            f"真的要退出吗?退出后这部手机就不能用了。{_offices(result)}退出请回“1”,不退回“算了”。"
        )
    who = home(result.household)
    head = (
        f"真的要退出吗?退出后这部手机不再代表{who},您的昵称会去掉,家里的积分还在。"
        f"{_offices(result)}"
    )
    if result.is_last_phone:
        return (
            f"{head}您家只绑了这一部手机,退出后公示里也不写您家的名字。\n退出请回“1”,不退回“算了”。"
        )
    return f"{head}\n退出请回“1”;退出,而且公示里也不写您家的名字,请回“2”;不退回“算了”。"


def _offices(result: LeaveAsked) -> str:
    """Say what becomes of the roles, and who looks after the village then."""
    if not result.roles:
        return ""
    names = joined([ROLES[role] for role in sorted(result.roles)])
    last = (
        "您是村里最后一位村管理员,请先让维护人员发码给接手的人,不然兑换和名册就没人管了。"
        if result.is_last_administrator
        else ""
    )
    return f"{names}的身份也一起收回,以前审过签过的都算数。{last}"


def stayed(_result: Stayed) -> str:
    """Confirm that nothing was changed."""
    return "好的,没有退出,照常用。"


def my_data(result: MyData) -> str:
    """Tell what is kept, who sees it, and how to change it."""
    name = f"昵称“{result.name}”," if result.name else ""
    lines = [
        f"我存了您的:{name}绑在{place_of(result.household)}。您家绑了{result.phones}部手机。",
        f"您家{result.year}年申报{result.claims}条,现在存着照片{result.photos}张。",
        "照片只有您家和审核的人看得到,过了这一年再存一年就删掉。",
        _named(result.household),
        _pictured(result.household),
    ]
    if result.relatives:
        lines.append(f"您登记了{result.relatives}户亲属,审到他们家时由别人审。")
    lines.append("昵称、门牌不对请告诉村委会;申报写错了回“更正 23 昨天”这样;不想用了回“退出”。")
    return "\n".join(lines)


def name_shown(household: Household) -> str:
    """Say how the household is named in public."""
    if household.is_anonymous:
        return "公示里不写您家的名字。"
    if household.consents_name:
        return f"公示里写您家全名“{household.head}”。"
    return f"公示里您家写作“{masked(household.head)}”。"


def _named(household: Household) -> str:
    if household.is_anonymous:
        change = "想写回“同意公开姓名”。"
    elif household.consents_name:
        change = "不想写回“不公开姓名”。"
    else:
        change = "想写全名回“同意公开姓名”。"
    return f"{name_shown(household)}{change}"


def _pictured(household: Household) -> str:
    if household.consents_photo:
        return "您同意了公开照片。不想公开回“不公开照片”。"
    return "照片不公开。愿意公开回“同意公开照片”。"


def publicity_changed(result: PublicityChanged) -> str:
    """Confirm what a household lets be published."""
    head = result.household.head
    if result.what == "name" and result.agrees:
        return f"好的,以后公示和表扬里写您家全名“{head}”。不想写了回“不公开姓名”。"
    if result.what == "name":
        return f"好的,以后公示和表扬里不写全名。{_named(result.household)}"
    if result.agrees:
        return "好的,您家的照片以后村里宣传时可以用。不想公开了回“不公开照片”。"
    return "好的,您家的照片不公开,只有您家和审核的人看得到。"


def head_changed(result: HeadChanged) -> str:
    """Confirm a new head."""
    household = result.household
    where = f"{household.group_no}组{household.house_no}号"
    return f"好了,{where}的户主由{result.was}换成{household.head},积分不变。"


def household_left(result: HouseholdLeft) -> str:
    """Confirm that a household takes part no longer."""
    return f"好了,{place_of(result.household)}从今天起不再参加积分,以前的记录都留着。"


def _gone(r: household_change.HouseholdGone) -> str:
    if r.is_merged:
        return f"{r.head}家{day(r.since)}已经并到别的户,并了户不能退回。要分开请另立一户。"
    return f"{r.head}家{day(r.since)}起已经不在名册上了。"


RESULTS: Final[dict[type, Callable[[Any], str]]] = {
    **year_end.RESULTS,
    HalfAgreed: half_agreed,
    ParticipationTold: participation,
    ParticipationRate: participation_rate,
    NotReached: not_reached,
    LeaveAsked: leave_asked,
    Stayed: stayed,
    MyData: my_data,
    PublicityChanged: publicity_changed,
    HeadChanged: head_changed,
    HouseholdLeft: household_left,
}
REFUSALS: Final[dict[type[Refusal], Callable[[Any], str]]] = {
    **year_end.REFUSALS,
    household_change.HouseholdGone: _gone,
    household_change.HouseholdTaken: lambda r: (
        f"这个门牌是{r.head}家的。新的一户请换个门牌,比如3组12-1号,两家的积分才不会混。"
    ),
    household_change.HouseholdItself: lambda _: "这是同一户,不用并。",
    household_change.ClaimsWaiting: lambda r: f"{r.head}家还有{r.count}条申报没审完,审完再并户。",
    household_change.OrdersWaiting: lambda r: (
        f"{r.head}家换的东西还有{r.count}样没领。请先领走,或者退掉(回“取消兑换”加号码),再办这件事。"
    ),
    household_change.DayOutOfReach: lambda r: (
        f"{r.day.year}年{day(r.day)}不行:不能晚过今天,不能早过这户参加的日子,也不能在结清的年份里。"
    ),
    household_change.ChangeReasonMissing: lambda _: "请写明原因,比如“迁出 3组12号 搬到镇上住”。",
    household_change.HeadMissing: lambda _: "请写新户主的姓名,比如“换户主 3组12号 李四”。",
    finding.HouseholdAway: lambda r: (
        f"{r.head}家从{day(r.since)}起不再参加积分了。有疑问请问村委会。"
    ),
    reviewing.PhotosForgotten: lambda r: f"#{r.number}的{r.count}张照片过了保存期,已经删掉了。",
}
