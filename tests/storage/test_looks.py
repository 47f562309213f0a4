"""How a picture looks: the same 64 bits as the well-known library gives, and near for copies."""

import io
import random

import imagehash
import pytest
from PIL import Image, ImageDraw

from storage.looks import looks_of


def drawn(seed: int, size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    chance = random.Random(seed)
    picture = Image.new("RGB", size, tuple(chance.randrange(256) for _ in range(3)))
    pen = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        wide = chance.randrange(1, max(2, size[0] // 3))
        colour = tuple(chance.randrange(256) for _ in range(3))
        pen.ellipse((x, y, x + wide, y + wide // 2), fill=colour)
    return picture.convert(mode)


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "CMYK"])
@pytest.mark.parametrize("size", [(200, 150), (33, 480), (8, 8), (1, 1), (640, 480)])
def test_it_is_the_published_hash_bit_for_bit(size: tuple[int, int], mode: str) -> None:
    for seed in range(6):
        picture = drawn(seed, size, mode)
        assert looks_of(picture) == int(str(imagehash.phash(picture)), 16)


def test_one_colour_has_a_hash_too() -> None:
    picture = Image.new("RGB", (300, 200), (90, 120, 30))
    assert looks_of(picture) == int(str(imagehash.phash(picture)), 16)


def test_a_copy_made_smaller_and_worse_stays_near_and_another_picture_does_not() -> None:
    for seed in range(10):
        first = drawn(seed, (640, 480))
        encoded = io.BytesIO()
        first.resize((400, 300)).save(encoded, "JPEG", quality=50)
        copy = Image.open(io.BytesIO(encoded.getvalue()))
        assert (looks_of(first) ^ looks_of(copy)).bit_count() <= 4
        assert (looks_of(first) ^ looks_of(drawn(seed + 100, (640, 480)))).bit_count() > 10
