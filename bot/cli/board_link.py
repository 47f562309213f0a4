"""What ``jifen board link`` does: the board's address from the secret, its QR code as a file."""

from dataclasses import dataclass
from pathlib import Path

from bot.boards import board_path
from bot.cli.office import WrongUse, office, village_named
from bot.cli.printing import check_free
from bot.papers.qr import qr_svg
from bot.replies import board_cli as words


@dataclass(frozen=True, slots=True)
class BoardLink:
    """The address of a village's notice board, and the files that were drawn.

    ``is_reachable`` is false while no address is set that other people can open.
    """

    village: str
    url: str
    files: tuple[str, ...]
    is_reachable: bool


def link_of(village: str, *, qr: Path | None, is_forced: bool) -> BoardLink:
    """Return the address of a village's board, and draw its QR code where one is wanted.

    Raises:
        CommandFailed: No such village; the file's name ends otherwise, or it is there already.

    """
    if qr is not None and qr.suffix.lower() != ".svg":
        raise WrongUse(words.SVG_SUFFIX.format(name=qr.name))
    with office() as at, at.reading() as books:
        found, settings = village_named(books, village), at.settings
    url = f"{settings.site}{board_path(settings.secret(), found.id)}"
    if qr is not None:
        check_free(qr, is_forced=is_forced)
        qr.write_text(qr_svg(url), encoding="utf-8")
    files = () if qr is None else (str(qr),)
    return BoardLink(found.name, url, files, bool(settings.base_url))
