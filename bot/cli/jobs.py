"""Commands of the calendar (日程): what is due, doing one by hand, moving a kind."""

from typing import Annotated

import typer

from bot.cli.output import note, say, table, tell
from bot.cli.villages import Json, VillageName
from bot.replies import cli as words
from bot.replies import cli_help as helps
from schedules.timetable import JobKind

Kind = Annotated[JobKind, typer.Argument(help=helps.JOBS_KIND)]

jobs = typer.Typer(help=helps.JOBS, no_args_is_help=True, rich_markup_mode=None)


@jobs.command("list", help=helps.JOBS_LIST)
def list_(
    village: Annotated[str | None, typer.Option(help=helps.VILLAGE)] = None,
    as_of: Annotated[str | None, typer.Option(help=helps.JOBS_AS_OF)] = None,
    as_json: Json = False,
) -> None:
    """Show what the calendar holds."""
    from bot.cli.calendar import listed, unknown_years  # noqa: PLC0415 - --help loads no database
    from bot.cli.office import office  # noqa: PLC0415

    with office() as at:
        found = listed(at, village, as_of)
        years = unknown_years(at, as_of, found)
    if as_json:
        tell([one.facts for one in found])
        return
    for year in years:
        note(words.JOBS_HOLIDAYS.format(year=year))
    if not found:
        say(words.JOBS_NONE)
        return
    table(words.JOBS_COLUMNS, [one.line for one in found])


@jobs.command(help=helps.JOBS_RUN)
def run(
    kind: Kind,
    village: VillageName,
    as_of: Annotated[str | None, typer.Option(help=helps.JOBS_AS_OF)] = None,
    as_json: Json = False,
) -> None:
    """Do one job by hand, in the place of the calendar."""
    from bot.cli.calendar import run_one  # noqa: PLC0415 - as above
    from bot.cli.office import office  # noqa: PLC0415

    with office() as at:
        done = run_one(at, kind, village=village, as_of=as_of)
    if as_json:
        tell(done.facts)
        return
    say(done.line)


@jobs.command("set", help=helps.JOBS_SET)
def set_(
    kind: Kind,
    village: VillageName,
    on: Annotated[bool | None, typer.Option("--on/--off", help=helps.JOBS_OFF)] = None,
    hour: Annotated[int | None, typer.Option(min=0, max=23, help=helps.JOBS_HOUR)] = None,
    shift: Annotated[int | None, typer.Option(min=-28, max=28, help=helps.JOBS_SHIFT)] = None,
    as_json: Json = False,
) -> None:
    """Switch a kind off or on in a village, or move it."""
    from bot.cli.calendar import change  # noqa: PLC0415 - as above
    from bot.cli.office import WrongUse, office  # noqa: PLC0415

    if on is None and hour is None and shift is None:
        raise WrongUse(words.JOB_NOTHING_SET)
    with office() as at:
        name, setting = change(at, kind, village=village, on=on, hour=hour, shift=shift)
    if as_json:
        told = {"on": setting.is_on, "hour": setting.hour, "shift": setting.shift_days}
        tell({"village": name, "kind": kind, **told})
        return
    state = words.job_setting(is_on=setting.is_on, hour=setting.hour, shift_days=setting.shift_days)
    say(words.JOB_SET.format(village=name, kind=words.JOB_KINDS[kind], state=state))
