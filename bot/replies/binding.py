"""What is said about binding, rooms, roles and consent."""

from bot.commands.belonging import (
    ConsentAsked,
    Consented,
    ElsewhereStated,
    KinDeclared,
    Left,
    RoomBound,
)
from bot.commands.binding import (
    BindAsked,
    BindRefused,
    BindRequested,
    BindSettled,
    CodeSeen,
    RoleGiven,
)
from bot.commands.entering import Bound
from bot.commands.seating import OfficerSeated
from bot.replies.phrases import home, joined, place_of
from domain.membership import REVIEWING, Role

ROLES = {
    Role.VILLAGER: "村民",
    Role.COMMITTEE: "审核委员",
    Role.CHAIR: "委员会主任",
    Role.ADMINISTRATOR: "村管理员",
    Role.SUPERVISOR: "村务监督员",
}
CONSENT = (
    "我会保存:您的昵称、您报的事和照片,只用来算积分,只有您家和审核的人看得到。\n"
    "同意请回“同意”,不同意回“退出”,随时可以退出。"
)


def bound(result: Bound) -> str:
    """Confirm a binding; the first time, say what is kept and ask."""
    moved = f"(原来是{home(result.left)})" if result.left else ""
    head = f"绑好了:{result.village.name} {place_of(result.household)}{moved}。"
    return f"{head}\n{CONSENT}" if result.asks_consent else f"{head}现在可以报积分了。"


def role_given(result: RoleGiven) -> str:
    """Confirm a role."""
    head = f"好了,您现在是{result.village.name}的{ROLES[result.role]}。回“帮助”看能做什么。"
    if not result.has_household and result.role in REVIEWING:
        head += "您自己家也请绑定一下(绑定加您家纸条上的码),绑好才能审,审到自己家时好回避。"
        head += "您家不在这个村,就回“我家不在本村”。"
    elif not result.has_household:
        head += "您自己家要报积分,再用您家纸条上的码绑定一下。"
    return f"{head}\n{CONSENT}" if result.asks_consent else head


def officer_seated(result: OfficerSeated) -> str:
    """Tell an officer what they see, and how."""
    return (
        f"好了,您能看{result.officer.area}各村的情况了,只有数字,没有名字。"
        "回“网页”,给您一个打开的链接。"
    )


def code_seen(result: CodeSeen) -> str:
    """Warn kindly that everybody read the code."""
    if result.is_slip:
        return (
            "码发在群里,大家都看到了。怕别人拿去用,这个码作废了。"
            "家里别人还要绑,请找村委会要张新纸条,私下发给我(加我好友)。"
        )
    return "码只能用一次,已经用掉了。以后有码请私下发给我(加我好友),不要发在群里。"


def bind_asked(result: BindAsked) -> str:
    """Say that a committee member will confirm."""
    return f"已请委员核对您是不是{place_of(result.household)}的,核对好了告诉您。"


def bind_requested(result: BindRequested) -> str:
    """Ask the committee to confirm."""
    return (
        f"绑定申请{result.number}:{result.name}说是{place_of(result.household)}的。"
        f"认识就回“确认绑定 {result.number}”,不对回“拒绝绑定 {result.number}”。"
    )


def bind_settled(result: BindSettled) -> str:
    """Confirm what was decided about a request."""
    if result.confirmed:
        return f"已把{result.name}绑到{place_of(result.household)}。"
    return f"好的,没有把{result.name}绑到{place_of(result.household)},也告诉本人了。"


def bind_refused(result: BindRefused) -> str:
    """Tell who asked that the committee did not confirm it."""
    return f"没有绑定{place_of(result.household)}。请找村委会核对,或用小纸条上的码绑定。"


def room_bound(result: RoomBound) -> str:
    """Confirm what a room is for."""
    if result.purpose == "committee":
        return f"本群已作为{result.village.name}审核委员会的群。回“待审”看要审的申报。"
    return (
        f"本群已绑定{result.village.name}。说“申报 垃圾分类”再发照片就能报积分,说“帮助”看怎么用。"
    )


def consented(result: Consented) -> str:
    """Confirm consent."""
    if not result.has_household:
        return "好的,已记下您同意。回“帮助”看能做什么。"
    return "好的,已记下您同意。现在可以报积分了,回“帮助”看怎么用。"


def consent_asked(_result: ConsentAsked) -> str:
    """Ask kindly once more; what was claimed is not held up."""
    return f"积分照常报,不耽误。还有件事没听到您说,再问一声:\n{CONSENT}"


def left(result: Left) -> str:
    """Confirm leaving."""
    ended = f"{joined([ROLES[r] for r in sorted(result.roles)])}的身份也收回了。"
    head = "已退出,您的昵称已经去掉,这个微信不再代表您家。家里的积分还在,想用时再绑定。"
    head += ended if result.roles else ""
    return f"{head}以后公示里不写您家的名字。" if result.is_unnamed else head


def elsewhere_stated(result: ElsewhereStated) -> str:
    """Confirm that a reviewer lives elsewhere, or tell the committee of it."""
    if result.name:
        return f"委员{result.name}说自己家不在本村。要是不对,请告诉村委会。"
    return "记下了:您家不在本村,也告诉其他委员了。有亲属在村里,请说“亲属 3组12号”这样登记。"


def kin_declared(result: KinDeclared) -> str:
    """Confirm declared relatives."""
    return f"记下了:{place_of(result.household)}是您的亲属,审到他家时由别人审。"
