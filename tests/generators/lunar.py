"""Writes ``bot/understanding/lunar_years.py``: needs ``pip install lunardate lunar_python``.

Run as ``python -m tests.generators.lunar``; for each year the first day of the lunar year,
the lengths of its months, the leap month, and the days of the 24 solar terms.
"""

from datetime import date
from pathlib import Path

TARGET = Path(__file__).parents[2] / "bot" / "understanding" / "lunar_years.py"
YEARS = range(2019, 2061)
TERMS = [
    "小寒",
    "大寒",
    "立春",
    "雨水",
    "惊蛰",
    "春分",
    "清明",
    "谷雨",
    "立夏",
    "小满",
    "芒种",
    "夏至",
    "小暑",
    "大暑",
    "立秋",
    "处暑",
    "白露",
    "秋分",
    "寒露",
    "霜降",
    "立冬",
    "小雪",
    "大雪",
    "冬至",
]
LATER = {"大雪": "DA_XUE", "冬至": "DONG_ZHI", "小寒": "XIAO_HAN", "大寒": "DA_HAN"}
"""How the library calls those of a year that its own year, from 冬至 on, does not hold."""


def months(year: int) -> tuple[date, str, int]:
    from lunardate import LunarDate

    leap = LunarDate.leap_month_for_year(year) or 0
    order = [(m, is_leap) for m in range(1, 13) for is_leap in ((0, 1) if m == leap else (0,))]
    starts = [LunarDate(year, m, 1, is_leap).to_solar_date() for m, is_leap in order]
    ends = [*starts[1:], LunarDate(year + 1, 1, 1).to_solar_date()]
    lengths = [(end - start).days for start, end in zip(starts, ends, strict=True)]
    assert set(lengths) <= {29, 30}, (year, lengths)
    return starts[0], "".join("1" if days == 30 else "0" for days in lengths), leap


def terms(year: int) -> str:
    """Return a digit for each solar term from 小寒 on: its day, of the second of a month less 15."""
    from lunar_python import Solar

    table = Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable()
    days = []
    for position, name in enumerate(TERMS):
        found = table[name] if table[name].getYear() == year else table[LATER[name]]
        assert (found.getYear(), found.getMonth()) == (year, position // 2 + 1), (year, name)
        days.append(found.getDay() - 15 * (position % 2))
    assert all(0 < day < 10 for day in days), (year, days)
    return "".join(map(str, days))


def main() -> None:
    rows = []
    for year in YEARS:
        first, lengths, leap = months(year)
        rows.append(f'    {year}: ("{first.isoformat()}", "{lengths}", {leap}, "{terms(year)}"),')
    body = "\n".join(rows)
    TARGET.write_text(
        '"""The lunar years (农历), by tests/generators/lunar.py."""\n\n'
        "from typing import Final\n\n"
        f"LUNAR_YEARS: Final[dict[int, tuple[str, str, int, str]]] = {{\n{body}\n}}\n"
        '"""First day; each month, 1 for thirty days; the month before the leap one or 0; see SOLAR_TERMS."""\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
