"""Warming up: what the first reading would load is loaded before anybody waits for it."""

from bot.understanding.deferred import ready_all
from bot.understanding.hunch import hunch


def warm_up() -> None:
    """Compile the patterns and read the weights; takes a third of a second, once.

    The tables of sounds wait for the first message that needs them: most villages
    never type pinyin, and they take memory.
    """
    ready_all()
    hunch()
