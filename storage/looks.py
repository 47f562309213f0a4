"""How a picture looks (样子): the 64-bit perceptual hash of its coarse brightness.

The published pHash: 32 x 32 grey values, their two-dimensional cosine transform (DCT-II), and
of its lowest 8 x 8 waves one bit each, whether it is above their median. Bit for bit what the
library ``ImageHash`` gives, which the tests hold it to; without it no scipy is loaded.
"""

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

SIDE: Final = 32
WAVES: Final = 8
ROUNDED: Final = 6
"""Decimals: what rounding leaves of a plain colour's waves is nothing."""


def looks_of(picture: "Image") -> int:
    """Return the hash of a decoded picture, of 64 bits, the top left wave first."""
    import numpy as np  # noqa: PLC0415 - loaded with the first photo
    from PIL.Image import Resampling  # noqa: PLC0415

    grey = picture.convert("L").resize((SIDE, SIDE), Resampling.LANCZOS)
    waves = _cosines()
    low = (waves @ np.asarray(grey, dtype=np.float64) @ waves.T).round(ROUNDED)
    in_order = np.sort(low, axis=None)
    median = (in_order[WAVES * WAVES // 2 - 1] + in_order[WAVES * WAVES // 2]) / 2
    return int.from_bytes(np.packbits(low > median).tobytes(), "big")


@cache
def _cosines() -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """Return the first eight rows of the DCT-II of 32 values, as scipy scales it."""
    import numpy as np  # noqa: PLC0415

    wave, place = np.arange(WAVES)[:, None], np.arange(SIDE)[None, :]
    return 2 * np.cos(np.pi * wave * (2 * place + 1) / (2 * SIDE))
