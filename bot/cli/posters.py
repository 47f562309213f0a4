"""Commands of posters (海报): slips for the households, the ranking of a quarter."""

import re
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer

from bot.cli.output import note, say, tell
from bot.cli.villages import Json, VillageName
from bot.replies import paper_cli as words

poster = typer.Typer(help=words.POSTER, no_args_is_help=True, rich_markup_mode=None)

Format = Literal["pdf", "png"]
To = Annotated[Path, typer.Option("--to", help=words.POSTER_TO)]
FormatOption = Annotated[Format | None, typer.Option("--format", help=words.FORMAT)]
Force = Annotated[bool, typer.Option("--force", help=words.FORCE)]
_QUARTER: Final = re.compile(r"(\d{4})-?[Qq]([1-4])")


@poster.command(help=words.SLIPS)
def slips(
    village: VillageName,
    to: To,
    form: FormatOption = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Print the slip of every household."""
    from bot.cli.printing import check_target, keep, print_slips_of  # noqa: PLC0415 - --help is quick

    chosen = check_target(to, form=form, is_forced=force)
    made = print_slips_of(village, form=chosen)
    _told(keep(made, to, form=chosen, is_forced=force), as_json=as_json)


@poster.command(help=words.RANKING)
def ranking(
    village: VillageName,
    to: To,
    period: Annotated[str | None, typer.Option(help=words.PERIOD)] = None,
    form: FormatOption = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Print the ranking of a quarter so far."""
    from bot.cli.printing import check_target, keep, print_ranking_of  # noqa: PLC0415 - as above

    found = _QUARTER.fullmatch(period.strip()) if period is not None else None
    if period is not None and found is None:
        raise typer.BadParameter(words.PERIOD_UNREADABLE.format(text=period), param_hint="--period")
    quarter = (int(found[1]), int(found[2])) if found else None
    chosen = check_target(to, form=form, is_forced=force)
    made = print_ranking_of(village, quarter=quarter, form=chosen)
    _told(keep(made, to, form=chosen, is_forced=force), as_json=as_json)


def _told(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        tell(facts)
        return
    listed = "、".join(facts["files"])
    say(words.PRINTED.format(households=facts["households"], files=listed))
    if facts["missing"]:
        note(words.MISSING.format(letters="、".join(facts["missing"])))
