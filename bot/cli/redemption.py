"""Commands of redemption (兑换): import a round, list and show rounds, archive vouchers."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.output import note, say, table, tell, tell_each
from bot.cli.villages import Json, VillageName
from bot.replies import cli as common
from bot.replies import cli_redemption as words

redemption = typer.Typer(help=words.APP, no_args_is_help=True, rich_markup_mode=None)
RoundNumber = Annotated[int, typer.Option("--round", help=words.ROUND)]
Year = Annotated[int | None, typer.Option(help=words.YEAR)]


@redemption.command("import", help=words.IMPORT)
def import_(
    file: Annotated[Path, typer.Argument(help=words.IMPORT_FILE)],
    village: VillageName,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=words.IMPORT_DRY)] = False,
    as_json: Json = False,
) -> None:
    """Keep a round as a workbook plans it."""
    from bot.cli.redemption_facts import bring_in, remarks  # noqa: PLC0415 - --help loads no database

    brought = bring_in(file, village=village, is_dry=dry_run)
    if as_json:
        tell(brought.facts)
    else:
        hears = note if brought.problems else say
        for line in remarks(brought, is_dry=dry_run):
            hears(line)
    if brought.problems:
        raise typer.Exit(1)


@redemption.command(help=words.TEMPLATE)
def template(
    file: Annotated[Path, typer.Argument(help=words.TEMPLATE_TO)],
) -> None:
    """Write a workbook to fill in."""
    from bot.cli.office import CommandFailed  # noqa: PLC0415 - as above
    from bot.papers.redemption_sheet import write_template  # noqa: PLC0415

    if file.exists():
        raise CommandFailed(common.FILE_EXISTS.format(file=file))
    write_template(file)
    say(words.TEMPLATE_WRITTEN.format(file=file))


@redemption.command("list", help=words.LIST)
def list_(village: VillageName, year: Year = None, as_json: Json = False) -> None:
    """List a year's rounds."""
    from bot.cli.office import office, village_named  # noqa: PLC0415 - as above
    from bot.cli.redemption_facts import round_facts  # noqa: PLC0415

    with office() as at, at.reading() as books:
        found = village_named(books, village)
        chosen = year or at.today.year
        told = [round_facts(one) for one in books.rounds.of_year(found.id, chosen)]
    if as_json:
        tell(told)
    elif not told:
        say(words.NONE.format(village=found.name, year=chosen))
    else:
        table(words.ROUND_COLUMNS, [_line(one) for one in told])


def _line(one: dict[str, object]) -> tuple[object, ...]:
    state = words.STATES[str(one["state"])]
    days = f"{one['opens_on']}~{one['closes_on']}"
    collect = f"{one['collect_from']}~{one['collect_until']}"
    return one["round"], one["name"], state, days, collect, one["budget"], one["spent"]


@redemption.command(help=words.SHOW)
def show(
    village: VillageName, round_: RoundNumber, year: Year = None, as_json: Json = False
) -> None:
    """Show a round with its catalogue."""
    from bot.cli.office import office, village_named  # noqa: PLC0415 - as above
    from bot.cli.redemption_facts import round_named, whole_facts  # noqa: PLC0415

    with office() as at, at.reading() as books:
        which = round_named(at, books, village, year=year, number_=round_)
        told = whole_facts(books, village_named(books, village).id, which)
    if as_json:
        tell(told)
        return
    table(words.ROUND_COLUMNS, [_line(told)])
    keys = ("name", "unit", "price", "stock", "taken", "left", "limit", "cost")
    table(words.GOOD_COLUMNS, [tuple(good[key] for key in keys) for good in told["goods"]])


@redemption.command(help=words.VOUCHERS)
def vouchers(
    village: VillageName,
    round_: RoundNumber,
    year: Year = None,
    to: Annotated[Path | None, typer.Option("--to", help=words.VOUCHERS_TO)] = None,
    as_json: Json = False,
) -> None:
    """List a round's vouchers, or write them into a workbook."""
    from bot.cli.office import office, village_named  # noqa: PLC0415 - as above
    from bot.cli.redemption_facts import round_named, voucher_facts  # noqa: PLC0415
    from bot.papers.redemption_vouchers import write_vouchers  # noqa: PLC0415
    from bot.papers.round_books import vouchers as of_round  # noqa: PLC0415

    with office() as at, at.reading() as books:
        which = round_named(at, books, village, year=year, number_=round_)
        found = of_round(books, village_named(books, village).id, which)
    if to is not None:
        write_vouchers(which, found, to)
    told = [voucher_facts(which, one) for one in found]
    if as_json:
        tell_each(told)
    elif to is not None:
        say(words.WRITTEN.format(count=len(found), file=to))
    elif not told:
        say(words.VOUCHERS_NONE)
    else:
        table(words.VOUCHER_COLUMNS, [_voucher_line(one) for one in told])


def _voucher_line(one: dict[str, object]) -> tuple[object, ...]:
    what = f"{one['good']} {one['quantity']}{one['unit']}"
    state = words.ORDERS[str(one["state"])]
    return (
        f"#{one['number']}", one["household"], one["head"], what,
        one["points"], state, one["settled_at"], one["settled_by"],
    )  # fmt: skip
