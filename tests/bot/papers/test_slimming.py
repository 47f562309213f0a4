"""A picture for the chat is made small by fewer colours, and stays the picture it was."""

import io
import random

from PIL import Image

from bot.papers.slimming import PICTURE_BYTES_MAX, slim


def _png(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def test_a_small_picture_stays_byte_for_byte() -> None:
    drawn = _png(Image.new("RGB", (1080, 400), "white"))
    assert slim(drawn) == drawn


def test_a_large_one_is_under_the_limit_and_as_wide() -> None:
    noise = random.Random(1).randbytes(1080 * 900 * 3)
    drawn = _png(Image.frombytes("RGB", (1080, 900), noise))
    assert len(drawn) > PICTURE_BYTES_MAX
    made = slim(drawn)
    assert len(made) <= PICTURE_BYTES_MAX
    with Image.open(io.BytesIO(made)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1080, 900))
