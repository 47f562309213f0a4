"""Commands of the books (账目): ledger, publications, verify, backup, restore."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import operations
from bot.cli.output import note, progress, say, table, tell, tell_each
from bot.cli.villages import Json, VillageName
from bot.replies import cli as words
from bot.replies import cli_help as helps
from bot.replies import operations_cli

MEGABYTE = 1_000_000


def ledger(
    village: VillageName,
    year: Annotated[int, typer.Option(help=helps.YEAR)],
    as_json: Json = False,
) -> None:
    """List a year's entries in the order of the chain."""
    from bot.cli.listing import entries  # noqa: PLC0415 - --help loads no database
    from bot.cli.office import office, village_named  # noqa: PLC0415

    with office() as at, at.reading() as books:
        found = village_named(books, village)
        told = entries(books, found.id, year=year)
        if as_json:
            tell_each(told)
            return
        lines = [
            (
                e["seq"],
                e["household"],
                words.KINDS[e["kind"]],
                e["points"],
                e["effective_month"],
                words.listed(e["actors"]),
                e["reason"],
            )
            for e in told
        ]
    if not lines:
        say(words.LEDGER_NONE.format(village=found.name, year=year))
        return
    table(words.LEDGER_COLUMNS, lines)


def publications(
    village: VillageName,
    missing: Annotated[bool, typer.Option("--missing", help=helps.MISSING)] = False,
    as_json: Json = False,
) -> None:
    """List the editions of a village's publications, or what the next ones lack."""
    from bot.cli.listing import editions  # noqa: PLC0415 - as above
    from bot.cli.office import office, village_named  # noqa: PLC0415

    if missing:
        _missing(village, as_json=as_json)
        return
    with office() as at, at.reading() as books:
        told = editions(books, village_named(books, village).id)
        if as_json:
            tell_each(told)
            return
        lines = [
            (
                e["quarter"],
                e["edition"],
                words.EDITION_STATES[e["state"]],
                e["eligible"],
                e["participating"],
                (e["released_at"] or "")[:10],
                e["chain_head"][:8],
            )
            for e in told
        ]
    if not lines:
        say(words.PUBLICATIONS_NONE)
        return
    table(words.PUBLICATIONS_COLUMNS, lines)


def _missing(village: str, *, as_json: bool) -> None:
    """Tell what the quarters that wait lack, and to whom that was said."""
    from bot.cli.listing import lacking  # noqa: PLC0415 - as above
    from bot.cli.office import office, village_named  # noqa: PLC0415

    with office() as at, at.reading() as books:
        told = lacking(books, village_named(books, village), now=at.now)
    if as_json:
        tell(told)
        return
    lines = [
        (
            one["quarter"],
            words.listed(one["months"]),
            words.listed([f"#{number}" for number in one["claims"]]),
            words.listed([f"{said['on']} {words.listed(said['to'])}" for said in one["told"]]),
        )
        for one in told
    ]
    if not lines:
        say(words.MISSING_NONE)
        return
    table(words.MISSING_COLUMNS, lines)


def verify(
    village: Annotated[str | None, typer.Option(help=helps.VERIFY_VILLAGE)] = None,
    as_json: Json = False,
) -> None:
    """Prove chain, totals, claims and photos."""
    from bot.cli.office import office  # noqa: PLC0415 - as above
    from bot.cli.proving import prove, report  # noqa: PLC0415

    with office() as at, progress(words.VERIFYING) as advance:
        proof = prove(at, village, on_photo=advance)
    if as_json:
        tell(proof.facts)
    else:
        report(proof, say)
    if not proof.is_clean:
        raise typer.Exit(1)


def backup(
    to: Annotated[Path | None, typer.Option("--to", help=helps.BACKUP_TO)] = None,
    as_json: Json = False,
) -> None:
    """Write everything into one file and prove it."""
    from bot.cli.office import office  # noqa: PLC0415 - as above
    from bot.vaults import vault_of  # noqa: PLC0415
    from storage.backup import backup as write_backup  # noqa: PLC0415

    with office() as at, progress(words.BACKING_UP) as advance:
        data_dir = at.settings.data_dir
        name = f"jifen-{at.now:%Y%m%d-%H%M%S}.tar.gz"
        file = (to or at.settings.backups) / name
        made = write_backup(
            at.engine,
            data_dir,
            file,
            vault=vault_of(at.settings),
            with_photos=at.settings.backup_photos == "on",
            on_file=advance,
        )
    if as_json:
        told = {"file": str(made.file), "bytes": made.size, "photos": made.photos}
        tell({**told, "villages": made.villages, "has_secret": made.has_secret})
        return
    size = f"{made.size / MEGABYTE:.1f}"
    say(
        words.BACKUP_DONE.format(
            file=made.file, size=size, villages=made.villages, photos=made.photos
        )
    )
    say(words.BACKUP_KEEP)
    if not made.has_secret:
        say(words.BACKUP_WITHOUT_KEY)


def restore(
    file: Annotated[Path, typer.Argument(help=helps.RESTORE_FILE)],
    yes: Annotated[bool, typer.Option("--yes", help=helps.RESTORE_YES)] = False,
    check: Annotated[bool, typer.Option("--check", help=operations_cli.RESTORE_CHECK)] = False,
    as_json: Json = False,
) -> None:
    """Put a backup in the place of what is there, and prove it; or only try."""
    if check:
        operations.drill(file, as_json=as_json)
        return
    from bot.cli.proving import report, restored  # noqa: PLC0415 - as above

    with progress(words.VERIFYING) as advance:
        made, proof = restored(file, is_forced=yes, on_photo=advance)
    if as_json:
        told = {
            "villages": made.villages,
            "photos": made.photos,
            "kept_aside": list(made.kept_aside),
        }
        tell({**told, **proof.facts})
    else:
        say(words.RESTORE_DONE.format(villages=made.villages, photos=made.photos))
        if made.kept_aside:
            note(words.RESTORE_ASIDE.format(place=words.listed(made.kept_aside)))
        report(proof, say)
    if not proof.is_clean:
        raise typer.Exit(1)
