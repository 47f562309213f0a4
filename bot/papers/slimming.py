"""Pictures for the chat made small (压缩): fewer colours, the same letters."""

import io
from typing import Final

PICTURE_BYTES_MAX: Final = 900_000
"""A picture in a chat is under a megabyte."""
COLOURS: Final = (64, 16, 4)


def slim(png: bytes) -> bytes:
    """Return a picture under the limit; drawn letters and lines need few colours.

    Slow for a large one, belongs in a thread beside the event loop.
    """
    made = png
    for colours in COLOURS:
        if len(made) <= PICTURE_BYTES_MAX:
            break
        made = _with_colours(png, colours)
    return made


def _with_colours(png: bytes, colours: int) -> bytes:
    from PIL import Image  # noqa: PLC0415 - loaded with the first picture that is large

    with Image.open(io.BytesIO(png)) as picture:
        reduced = picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    kept = io.BytesIO()
    reduced.save(kept, "PNG", optimize=True)
    return kept.getvalue()
