"""Pictures made for tests: real JPEGs of a wished size, each different from the others."""

import io
import random

from PIL import Image


def jpeg(seed: int, *, kilobytes: int = 25) -> bytes:
    """Return a JPEG of about so many kilobytes; another seed is another scene."""
    chance = random.Random(seed)
    side = int((kilobytes * 1024 / 0.55) ** 0.5) // 8 * 8
    coarse = Image.new("RGB", (6, 6))
    coarse.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(36)])
    scene = coarse.resize((side, side), Image.Resampling.BICUBIC)
    noise = Image.frombytes("RGB", (side, side), chance.randbytes(side * side * 3))
    mixed = Image.blend(scene, noise, 0.25)
    encoded = io.BytesIO()
    mixed.save(encoded, "JPEG", quality=90)
    return encoded.getvalue()


def like(picture: bytes, *, quality: int = 60) -> bytes:
    """Return the same scene encoded again, smaller: other bytes, the same look."""
    with Image.open(io.BytesIO(picture)) as opened:
        small = opened.convert("RGB").resize((opened.width * 3 // 4, opened.height * 3 // 4))
    encoded = io.BytesIO()
    small.save(encoded, "JPEG", quality=quality)
    return encoded.getvalue()
