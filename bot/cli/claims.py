"""Commands of claims (申报): list them, bring paper claims in."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from bot.cli.output import progress, say, table, tell, tell_each
from bot.cli.villages import ROWS_SHOWN, Json, VillageName
from bot.replies import cli as words
from bot.replies import cli_help as helps
from bot.replies import paper_cli

claims = typer.Typer(help=helps.CLAIMS, invoke_without_command=True, rich_markup_mode=None)

State = Literal[
    "draft", "submitted", "half-approved", "approved", "rejected", "withdrawn", "lapsed"
]


@claims.callback()
def list_claims(
    context: typer.Context,
    village: Annotated[str | None, typer.Option("--village", help=helps.VILLAGE)] = None,
    state: Annotated[State | None, typer.Option(help=helps.STATE)] = None,
    year: Annotated[int | None, typer.Option(help=helps.CLAIMS_YEAR)] = None,
    as_json: Json = False,
) -> None:
    """List the claims, oldest first, unless another command follows."""
    if context.invoked_subcommand is not None:
        return
    from bot.cli.listing import claims_told  # noqa: PLC0415 - --help loads no database
    from bot.cli.office import WrongUse, office, village_named  # noqa: PLC0415

    if village is None:
        raise WrongUse(paper_cli.CLAIMS_VILLAGE)

    with office() as at, at.reading() as books:
        found = village_named(books, village)
        told = claims_told(books, found.id, state=state, year=year)
        if as_json:
            tell_each(told)
            return
        lines = [_line(one) for one in told]
    if not lines:
        say(words.CLAIMS_NONE)
        return
    table(words.CLAIMS_COLUMNS, lines)


def _line(told: dict[str, Any]) -> tuple[object, ...]:
    return (
        f"#{told['number']}",
        told["household"],
        told["item"],
        words.STATES[told["state"]],
        told["points"],
        told["occurred_on"],
        told["place"],
        told["photos"],
        told["filed_by"],
        words.listed(told["approvals"]),
    )


@claims.command("import", help=paper_cli.CLAIMS_IMPORT)
def import_(
    file: Annotated[Path, typer.Argument(help=paper_cli.CLAIMS_FILE)],
    village: VillageName,
    by: Annotated[str, typer.Option("--by", help=paper_cli.CLAIMS_BY)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=paper_cli.CLAIMS_DRY)] = False,
    problems: Annotated[Path | None, typer.Option(help=paper_cli.CLAIMS_PROBLEMS)] = None,
    as_json: Json = False,
) -> None:
    """Record a sheet of paper claims."""
    from bot.cli.claims_import import (  # noqa: PLC0415 - as above
        bring_claims_in,
        claim_facts,
        claim_remarks,
    )

    with progress(paper_cli.CLAIMS_READING) as advance:
        brought = bring_claims_in(
            file, village=village, by=by, is_dry=dry_run, problems=problems, on_row=advance
        )
    if as_json:
        tell(claim_facts(brought))
    else:
        for line in claim_remarks(brought, most=ROWS_SHOWN):
            say(line)
    if dry_run and brought.rejected:
        raise typer.Exit(1)


@claims.command(help=paper_cli.CLAIMS_TEMPLATE)
def template(
    file: Annotated[Path, typer.Argument(help=paper_cli.CLAIMS_TEMPLATE_TO)],
    force: Annotated[bool, typer.Option("--force", help=paper_cli.FORCE)] = False,
) -> None:
    """Write a workbook to fill in."""
    from bot.cli.office import WrongUse  # noqa: PLC0415 - as above
    from bot.cli.printing import check_free  # noqa: PLC0415 - as above
    from bot.papers.claim_template import write_template  # noqa: PLC0415

    if file.suffix != ".xlsx":
        raise WrongUse(paper_cli.XLSX_SUFFIX.format(name=file.name))
    check_free(file, is_forced=force)
    write_template(file)
    say(paper_cli.CLAIMS_TEMPLATE_WRITTEN.format(file=file))
