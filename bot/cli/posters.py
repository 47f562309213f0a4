"""Commands of posters (海报): for the board, for the households, for the chat, for the files."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from bot.cli.output import note, say, tell
from bot.cli.villages import Json, VillageName
from bot.replies import paper_cli as words

if TYPE_CHECKING:
    from bot.cli.printing import Printed

poster = typer.Typer(help=words.POSTER, no_args_is_help=True, rich_markup_mode=None)

Format = Literal["pdf", "png"]
Size = Literal["a3", "a4"]
To = Annotated[Path, typer.Option("--to", help=words.POSTER_TO)]
FormatOption = Annotated[Format | None, typer.Option("--format", help=words.FORMAT)]
PaperOption = Annotated[Size, typer.Option("--paper", help=words.PAPER, case_sensitive=False)]
PeriodOption = Annotated[str | None, typer.Option("--period", help=words.PERIOD)]
ShownPeriod = Annotated[str | None, typer.Option("--period", help=words.PERIOD_SHOWN)]
RoundOption = Annotated[int | None, typer.Option("--round", min=1, help=words.ROUND)]
Year = Annotated[int | None, typer.Option("--year", min=2000, max=2999, help=words.YEAR)]
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
    from bot.cli.printing import print_slips_of  # noqa: PLC0415 - --help is quick

    made = partial(print_slips_of, village)
    _print(made, to, form=form, is_forced=force, as_json=as_json)


@poster.command(help=words.RANKING)
def ranking(
    village: VillageName,
    to: To,
    period: PeriodOption = None,
    form: FormatOption = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Print the ranking of a quarter so far."""
    from bot.cli.printing import print_ranking_of  # noqa: PLC0415 - as above

    quarter = _quarter(period)
    made = partial(print_ranking_of, village, quarter=quarter)
    _print(made, to, form=form, is_forced=force, as_json=as_json)


@poster.command(help=words.PUBLICATION)
def publication(
    village: VillageName,
    to: To,
    period: ShownPeriod = None,
    paper: PaperOption = "a3",
    form: FormatOption = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Print a quarter's publication for the board."""
    from bot.cli.printing_books import print_publication_of  # noqa: PLC0415 - as above

    quarter = _quarter(period)
    made = partial(print_publication_of, village, period=quarter, paper=paper)
    _print(made, to, form=form, is_forced=force, as_json=as_json)


@poster.command(help=words.NOTICE)
def notice(
    village: VillageName,
    to: To,
    period: ShownPeriod = None,
    form: FormatOption = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Print a publication's picture for the chat."""
    from bot.cli.printing_books import print_notice_of  # noqa: PLC0415 - as above

    quarter = _quarter(period)
    made = partial(print_notice_of, village, period=quarter)
    _print(made, to, form=form, is_forced=force, as_json=as_json)


@poster.command(help=words.CERTIFICATE)
def certificate(
    village: VillageName,
    to: To,
    year: Year = None,
    household: Annotated[str | None, typer.Option(help=words.HOUSEHOLD)] = None,
    form: FormatOption = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Print the certificates of a year's honours."""
    from bot.cli.printing_books import print_certificates_of  # noqa: PLC0415 - as above

    made = partial(print_certificates_of, village, year=year, household=household)
    _print(made, to, form=form, is_forced=force, as_json=as_json)


@poster.command(help=words.CATALOGUE)
def catalogue(
    village: VillageName,
    to: To,
    round_: RoundOption = None,
    year: Year = None,
    paper: PaperOption = "a4",
    form: FormatOption = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Print what a redemption round offers."""
    from bot.cli.printing_books import print_catalogue_of  # noqa: PLC0415 - as above

    made = partial(print_catalogue_of, village, year=year, number=round_, paper=paper)
    _print(made, to, form=form, is_forced=force, as_json=as_json)


@poster.command(help=words.VOUCHERS)
def vouchers(
    village: VillageName,
    to: To,
    round_: RoundOption = None,
    year: Year = None,
    form: FormatOption = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Print the voucher archive of a round."""
    from bot.cli.printing_books import print_vouchers_of  # noqa: PLC0415 - as above

    made = partial(print_vouchers_of, village, year=year, number=round_)
    _print(made, to, form=form, is_forced=force, as_json=as_json)


def _quarter(period: str | None) -> tuple[int, int] | None:
    found = _QUARTER.fullmatch(period.strip()) if period is not None else None
    if period is not None and found is None:
        raise typer.BadParameter(words.PERIOD_UNREADABLE.format(text=period), param_hint="--period")
    return (int(found[1]), int(found[2])) if found else None


def _print(
    make: "Callable[..., Printed]", to: Path, *, form: Format | None, is_forced: bool, as_json: bool
) -> None:
    """Make a paper in the form that is wanted, keep it in its file and say so."""
    from bot.cli.printing import check_target, keep  # noqa: PLC0415 - as above

    chosen = check_target(to, form=form, is_forced=is_forced)
    _told(keep(make(form=chosen), to, form=chosen, is_forced=is_forced), as_json=as_json)


def _told(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        tell(facts)
        return
    listed = "、".join(facts["files"])
    [what] = words.PRINTED.keys() & facts.keys()
    say(words.PRINTED[what].format(count=facts[what], files=listed))
    if facts["missing"]:
        note(words.MISSING.format(letters="、".join(facts["missing"])))
