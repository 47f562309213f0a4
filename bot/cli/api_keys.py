"""Commands of the keys of the HTTP interface (接口密钥)."""

from typing import Annotated

import typer

from bot.cli.output import say, table, tell
from bot.cli.villages import Json
from bot.replies import api_cli as words
from domain.api_key import KeyState, Scope

api_keys = typer.Typer(help=words.HELP, no_args_is_help=True, rich_markup_mode=None)


@api_keys.command(help=words.ADD_HELP)
def add(
    name: Annotated[str, typer.Option(help=words.NAME)],
    scope: Annotated[list[Scope], typer.Option(help=words.SCOPE)],
    town: Annotated[str | None, typer.Option(help=words.TOWN)] = None,
    until: Annotated[str | None, typer.Option(help=words.UNTIL)] = None,
    as_json: Json = False,
) -> None:
    """Make a key and show it, once."""
    from bot.cli.api_keys_acts import made  # noqa: PLC0415 - --help loads no database

    facts = made(name, scope, town=town, until=until)
    if as_json:
        tell(facts)
        return
    say(
        words.ADDED.format(
            number=facts["number"],
            name=facts["name"],
            scopes=words.scopes(facts["scopes"]),
            town=words.town(facts["town"]),
            until=words.until(facts["until"]),
        )
    )
    say(words.SHOWN_ONCE)
    say(facts["key"])


@api_keys.command("list", help=words.LIST_HELP)
def list_(as_json: Json = False) -> None:
    """Show which keys there are; never a key itself."""
    from bot.cli.api_keys_acts import listed  # noqa: PLC0415 - as above

    found = listed()
    if as_json:
        tell(found)
        return
    if not found:
        say(words.NONE)
        return
    table(
        words.COLUMNS,
        [
            (
                one["number"],
                one["name"],
                words.scopes(one["scopes"]),
                words.town(one["town"]),
                one["until"] or words.NO_END,
                words.STATES[KeyState(one["state"])],
                one["last_used_on"] or words.NEVER_USED,
            )
            for one in found
        ],
    )


@api_keys.command(help=words.REVOKE_HELP)
def revoke(which: Annotated[str, typer.Argument(help=words.WHICH)], as_json: Json = False) -> None:
    """Let a key open nothing from now on."""
    from bot.cli.api_keys_acts import revoked  # noqa: PLC0415 - as above

    facts = revoked(which)
    if as_json:
        tell(facts)
        return
    say(words.REVOKED.format(number=facts["number"], name=facts["name"]))
