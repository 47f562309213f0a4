"""Writes ``bot/understanding/lunar_years.py``: needs ``pip install lunardate lunar_python``.

Run as ``python -m tests.generators.lunar``; for each year the first day of the lunar year,
the lengths of its months, the leap month, and the day of 清明.
"""

from datetime import date
from pathlib import Path

TARGET = Path(__file__).parents[2] / "bot" / "understanding" / "lunar_years.py"
YEARS = range(2019, 2061)


def months(year: int) -> tuple[date, str, int]:
    from lunardate import LunarDate

    leap = LunarDate.leap_month_for_year(year) or 0
    order = [(m, is_leap) for m in range(1, 13) for is_leap in ((0, 1) if m == leap else (0,))]
    starts = [LunarDate(year, m, 1, is_leap).to_solar_date() for m, is_leap in order]
    ends = [*starts[1:], LunarDate(year + 1, 1, 1).to_solar_date()]
    lengths = [(end - start).days for start, end in zip(starts, ends, strict=True)]
    assert set(lengths) <= {29, 30}, (year, lengths)
    return starts[0], "".join("1" if days == 30 else "0" for days in lengths), leap


def qingming(year: int) -> int:
    from lunar_python import Solar

    found = Solar.fromYmd(year, 4, 1).getLunar().getJieQiTable()["清明"]
    return int(found.getDay())


def main() -> None:
    rows = []
    for year in YEARS:
        first, lengths, leap = months(year)
        rows.append(f'    {year}: ("{first.isoformat()}", "{lengths}", {leap}, {qingming(year)}),')
    body = "\n".join(rows)
    TARGET.write_text(
        '"""The lunar years (农历), by tests/generators/lunar.py."""\n\n'
        "from typing import Final\n\n"
        f"LUNAR_YEARS: Final[dict[int, tuple[str, str, int, int]]] = {{\n{body}\n}}\n"
        '"""First day; each month, 1 for thirty days; the month before the leap one or 0; 清明 in April."""\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
