"""Evidence (佐证): what a photo must be to be kept."""

from enum import StrEnum
from typing import Final

from domain.refusal import Refusal

PHOTO_BYTES_MAX: Final = 20 * 1024 * 1024
PHOTO_PIXELS_MAX: Final = 50_000_000


class PhotoFault(StrEnum):
    """Why a picture is not kept."""

    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    NOT_A_PHOTO = "not_a_photo"
    DAMAGED = "damaged"
    GONE = "gone"
    NOT_KEPT = "not_kept"


class PhotoRefused(Refusal):
    """The picture cannot be evidence; ``fault`` says why."""

    def __init__(self, fault: PhotoFault) -> None:
        super().__init__(fault)
        self.fault = fault
