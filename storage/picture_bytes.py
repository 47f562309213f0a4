"""Metadata cut out of picture files without encoding them again: EXIF, position, comments."""

import re
from collections.abc import Iterator
from typing import Final

from domain.evidence import PhotoFault, PhotoRefused

JPEG_KEPT: Final = frozenset({0xE0, 0xE2, 0xEE})  # JFIF, colour profile, Adobe colour transform
START_OF_SCAN: Final = 0xDA
END_OF_IMAGE: Final = 0xD9
NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""Ends the data of a scan, in which FF00 is a value and FFD0 to FFD7 are restarts."""
PNG_DROPPED: Final = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
WEBP_DROPPED: Final = frozenset({b"EXIF", b"XMP "})
EXIF_AND_XMP_FLAGS: Final = 0x0C


def strip_metadata(picture: bytes, kind: str) -> bytes:
    """Return the file without EXIF, position, comments and what trails behind the picture.

    Args:
        picture: A whole JPEG, PNG or WebP file that a decoder accepted.
        kind: JPEG, PNG or WEBP.

    Raises:
        PhotoRefused: The file's own structure is broken.

    """
    try:
        match kind:
            case "JPEG":
                return b"".join(_jpeg(picture))
            case "PNG":
                return b"".join(_png(picture))
            case _:
                return _webp(picture)
    except (IndexError, ValueError):
        raise PhotoRefused(PhotoFault.DAMAGED) from None


def _jpeg(picture: bytes) -> Iterator[bytes]:
    """Yield the segments that are kept, up to the end of the first picture.

    Phones append a second picture (depth, preview) that has EXIF of its own.
    """
    yield picture[:2]
    at = 2
    while at < len(picture):
        if picture[at] != 0xFF:
            raise ValueError(at)
        marker = picture[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == END_OF_IMAGE:
            break
        size = int.from_bytes(picture[at + 2 : at + 4], "big")
        if size < 2:
            raise ValueError(at)
        end = at + 2 + size
        if marker == START_OF_SCAN:
            behind = NEXT_MARKER.search(picture, end)
            end = behind.start() if behind else len(picture)
        is_metadata = 0xE0 <= marker <= 0xEF and marker not in JPEG_KEPT
        is_preview = marker == 0xE2 and picture[at + 4 : at + 8] == b"MPF\x00"
        if not (is_metadata or is_preview or marker == 0xFE):
            yield picture[at:end]
        at = end
    yield bytes((0xFF, END_OF_IMAGE))


def _png(picture: bytes) -> Iterator[bytes]:
    yield picture[:8]
    at = 8
    while at < len(picture):
        size = int.from_bytes(picture[at : at + 4], "big")
        name = picture[at + 4 : at + 8]
        if name not in PNG_DROPPED:
            yield picture[at : at + 12 + size]
        at += 12 + size
        if name == b"IEND":
            return


def _webp(picture: bytes) -> bytes:
    kept = bytearray()
    at = 12
    end = 8 + int.from_bytes(picture[4:8], "little")
    while at + 8 <= end:
        name = picture[at : at + 4]
        size = int.from_bytes(picture[at + 4 : at + 8], "little")
        chunk = bytearray(picture[at : at + 8 + size + size % 2])
        if name == b"VP8X":
            chunk[8] &= ~EXIF_AND_XMP_FLAGS & 0xFF
        if name not in WEBP_DROPPED:
            kept += chunk
        at += 8 + size + size % 2
    return b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + bytes(kept)
