"""``jifen run``: serve the village until stopped."""

import gc


def run() -> None:
    """Serve chat and web until SIGTERM or Ctrl-C; one line says where."""
    gc.disable()  # what is loaded now stays: to look through it again and again takes a third
    from bot.cli.serving import serve  # noqa: PLC0415 - heavy, and only this command needs it

    serve()
