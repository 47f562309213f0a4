"""The ``jifen`` command: errors are one line, 2 for wrong use, 1 for failure.

``jifen run`` goes straight to serving: a village that waits at the door should not wait for
what reads the forty other commands.
"""

import sys
from collections.abc import Sequence

from bot.cli.run import run

SERVE = ("run",)


def main() -> None:
    """Run the command that was typed and end with its code."""
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; whatever goes wrong is one line."""
    work = _serve if tuple(arguments) == SERVE else _parse
    try:
        return work(arguments)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except (Exception, KeyboardInterrupt) as failure:  # noqa: BLE001 - the last door: nobody sees a traceback
        from bot.cli.failing import answer  # noqa: PLC0415 - only when something went wrong
        from bot.cli.output import note  # noqa: PLC0415
        from bot.cli.table import command_path  # noqa: PLC0415

        words, code = answer(failure, typed=command_path(arguments))
        note(words)
        return code


def _serve(_: Sequence[str]) -> int:
    run()
    return 0


def _parse(arguments: Sequence[str]) -> int:
    from bot.cli.table import parse  # noqa: PLC0415 - serving needs none of it

    return parse(arguments)


if __name__ == "__main__":
    main()
