"""The press (印刷): a template and its sheet become a PDF, or a PNG for each page."""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

Form = Literal["pdf", "png"]

DEADLINE_SECONDS: Final = 60.0
PICTURE_PPI: Final = 144.0
CHILD: Final = Path(__file__).with_name("press_child.py")
SURROGATES: Final = dict.fromkeys(range(55296, 57344), "�")
_turns = threading.BoundedSemaphore(2)


class PressFailed(Exception):  # noqa: N818 - the world failed, like a printer without paper
    """Nothing was printed; ``reason`` is for the log and holds no name."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def press(
    template: str,
    sheet: Mapping[str, Any],
    *,
    form: Form = "pdf",
    ppi: float = PICTURE_PPI,
    deadline: float = DEADLINE_SECONDS,
) -> tuple[bytes, ...]:
    """Print a sheet; slow, belongs in a thread beside the event loop.

    What people wrote reaches the template as values of JSON and is never read
    as Typst source: ``#panic()`` in a name prints as it is written.

    Args:
        template: The name of a file in ``templates/``, without its ending.
        sheet: What the template prints; values of JSON.
        form: ``pdf`` gives one document, ``png`` a picture for each page.
        ppi: Pixels an inch of a picture.
        deadline: Seconds after which the child process is ended.

    Raises:
        PressFailed: The template does not fit the sheet, or it took too long.

    """
    job = {"template": template, "sheet": sheet, "form": form, "ppi": ppi}
    written = _written(json.dumps(job, ensure_ascii=False))
    command = [sys.executable, "-I", str(CHILD)]
    with _turns:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and file
                command, input=written, capture_output=True, timeout=deadline, check=False
            )
        except subprocess.TimeoutExpired:
            raise PressFailed("too slow") from None
    if done.returncode:
        raise PressFailed(_last_line(done.stderr))
    head, _, body = done.stdout.partition(b"\n")
    return tuple(_cut(body, json.loads(head)))


def _written(text: str) -> bytes:
    """Return the text as UTF-8; halves of a character that something broke become �."""
    try:
        return text.encode()
    except UnicodeEncodeError:  # rare, and looking at each letter takes long
        return text.translate(SURROGATES).encode()


def _cut(body: bytes, lengths: list[int]) -> list[bytes]:
    files, start = [], 0
    for length in lengths:
        files.append(body[start : start + length])
        start += length
    return files


def _last_line(text: bytes) -> str:
    lines = text.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "ended without a word"
