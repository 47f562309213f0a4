"""A refusal: the scheme says no, and the facts say why."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The scheme does not allow this. Subclasses carry facts; bot/replies words them."""
