"""The slips of a village as a sheet (小纸条): addresses that open the page with the code."""

from collections.abc import Iterable
from urllib.parse import quote

from bot.papers.sheets import SlipLine, SlipsSheet


def slips_sheet(
    village: str, slips: Iterable[tuple[str, str, str]], *, site: str, uses_max: int
) -> SlipsSheet:
    """Return the slips to print.

    Args:
        village: The name of the village.
        slips: Address, head and code of each household, in the order of the paper.
        site: The address people open, without a slash at the end.
        uses_max: How many phones a slip binds.

    """
    lines = (
        SlipLine(household, head, code, f"{site}/enter?code={quote(code)}")
        for household, head, code in slips
    )
    return SlipsSheet(village, tuple(lines), uses_max)
