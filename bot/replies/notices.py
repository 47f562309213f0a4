"""What the calendar says by itself (通知)."""

from schedules.month import MonthReminder


def month_reminder(due: MonthReminder) -> str:
    """Remind the committee of the month: how much waits and how to look."""
    month = f"{due.month.month}月"
    if not due.waiting:
        return (
            f"{month}快结束了,申报都审过了。看本月情况回“月审”,没有问题请两位委员回“审定 {month}”。"
        )
    return f"{month}快结束了,还有{due.waiting}条申报没审。看待审回“待审”,看本月情况回“月审”。"
