"""What the calendar says by itself (通知)."""

from bot.replies.phrases import month
from schedules.month import MonthReminder


def month_reminder(due: MonthReminder) -> str:
    """Remind the committee of the month: how much waits, what stands out, how to look."""
    name = month(due.month)
    waiting = f"还有{due.waiting}条申报没审" if due.waiting else "申报都审过了"
    flagged = f",{due.flagged}条要多看一眼" if due.flagged else ""
    pending = "看待审回“待审”," if due.waiting else ""
    return (
        f"{name}快结束了,{waiting}{flagged}。{pending}看本月情况回“月审 {name}”。"
        f"过了月底请两位委员回“审定 {name}”。"
    )
