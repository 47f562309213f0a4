"""Photos (照片): checked by decoding, cleaned of EXIF, named by their SHA-256."""

import hashlib
import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from domain.claim import Sha256
from domain.evidence import PHOTO_BYTES_MAX, PHOTO_PIXELS_MAX, PhotoFault, PhotoRefused
from storage.archive import IS_PHOTO
from storage.evidence import Photo
from storage.looks import looks_of
from storage.picture_bytes import strip_metadata
from storage.vault import FolderVault, Vault

if TYPE_CHECKING:
    from PIL.Image import Image

MEDIA_TYPES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
FORMATS: Final = ("JPEG", "PNG", "WEBP", "HEIF")
SINGLE: Final = {"MPO": "JPEG"}
"""A JPEG with further pictures behind it (depth, preview), of which only the first is kept."""
THUMBNAIL: Final = (480, 480)
HASHED_SIZE: Final = 64
DECODE_TO: Final = (128, 128)
UPRIGHT: Final = 1
SENT_BYTES_MAX: Final = 2_000_000
SENT_SIZE: Final = (1600, 1600)
ORIENTATION: Final = 0x0112
SMALL: Final = ".small"
"""Behind the name of a photo: the small JPEG for lists and reviews."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo that is checked; ``settle`` returns when it is safe on the disk, or raises."""

    photo: Photo
    settle: Callable[[], None]


class PhotoStore:
    """Keeps photos in a vault, or under a folder; at most two are decoded at a time.

    Every method is slow and belongs in a thread beside the event loop. Where
    the vault is on another machine, every method may raise ``VaultAway``.
    """

    def __init__(self, place: Vault | Path) -> None:
        self.vault: Vault = FolderVault(place) if isinstance(place, Path) else place
        self._turns = threading.BoundedSemaphore(2)
        self._writers = ThreadPoolExecutor(2, thread_name_prefix="photos")

    def keep(self, sent: bytes) -> Photo:
        """Check, clean and store a photo; the same bytes again change nothing.

        Args:
            sent: The file as it was sent: JPEG, PNG, WebP or HEIC.

        Raises:
            PhotoRefused: Too large, too many pixels, no photo, or damaged.
            VaultAway: It could not be stored; nothing was.

        """
        taken = self.take(sent)
        taken.settle()
        return taken.photo

    def take(self, sent: bytes) -> "Taken":
        """Check and clean a photo while it is being stored, as ``keep`` does.

        A disk of this machine may still be writing when this returns: whoever names
        the photo in a row calls ``settle`` before the commit. One that turns out to
        be damaged is swept away later, as everything that no row names.
        """
        if len(sent) > PHOTO_BYTES_MAX:
            raise PhotoRefused(PhotoFault.TOO_LARGE)
        with self._turns:
            cleaned, media_type, picture, size = _examine(sent)
            digest = Sha256(hashlib.sha256(cleaned).hexdigest())
            writing = self._writers.submit(self.vault.put, name_of(digest), cleaned)
            perceptual = _perceptual(_decoded(picture))
        source = hashlib.sha256(sent).hexdigest()
        photo = Photo(digest, source, perceptual, media_type, *size, len(cleaned))
        if not self.vault.is_near:
            writing.result()
        return Taken(photo, writing.result)

    def read(self, sha256: str) -> bytes:
        """Return the cleaned photo's bytes or raise FileNotFoundError."""
        return self.vault.get(name_of(sha256))

    def read_thumbnail(self, sha256: str) -> bytes:
        """Return the small JPEG's bytes; it is made when first asked for."""
        name = f"{name_of(sha256)}{SMALL}"
        try:
            return self.vault.get(name)
        except FileNotFoundError:
            small = _thumbnail(self.read(sha256))
        self.vault.put(name, small)
        return small

    def read_for_sending(self, sha256: str) -> bytes:
        """Return a JPEG or PNG of at most 2 MB, made smaller when the photo is larger."""
        original = self.read(sha256)
        if len(original) <= SENT_BYTES_MAX and original[:4] != b"RIFF":
            return original
        from PIL import Image  # noqa: PLC0415 - loaded with the first photo

        with self._turns, Image.open(io.BytesIO(original)) as picture:
            picture.draft("RGB", SENT_SIZE)
            small = picture.convert("RGB")
        small.thumbnail(SENT_SIZE)
        encoded = io.BytesIO()
        small.save(encoded, "JPEG", quality=85)
        return encoded.getvalue()

    def all_before(self, moment: datetime) -> list[str]:
        """Return the photos that have lain here since before a moment, in order."""
        old = {
            held.name.removesuffix(SMALL)[3:]
            for held in self.vault.all()
            if held.since < moment and IS_PHOTO.fullmatch(held.name)
        }
        return sorted(old)

    def drop(self, sha256: str) -> None:
        """Forget a photo."""
        self.vault.drop(name_of(sha256))
        self.vault.drop(f"{name_of(sha256)}{SMALL}")


def name_of(sha256: str) -> str:
    """Return the name under which a vault keeps a photo: ``ab/abcd…``."""
    return f"{sha256[:2]}/{sha256}"


def _thumbnail(content: bytes) -> bytes:
    from PIL import Image  # noqa: PLC0415 - loaded with the first photo

    with Image.open(io.BytesIO(content)) as picture:
        picture.draft("RGB", THUMBNAIL)
        preview = picture.convert("RGB")
    preview.thumbnail(THUMBNAIL)
    encoded = io.BytesIO()
    preview.save(encoded, "JPEG", quality=80)
    return encoded.getvalue()


def _examine(sent: bytes) -> tuple[bytes, str, "Image", tuple[int, int]]:
    """Return cleaned bytes, media type, a picture to be decoded once and small, full size."""
    picture = _open(sent)
    kind = SINGLE.get(picture.format or "", picture.format or "")
    if kind == "HEIF" or _is_turned(picture):
        return _encode_again(picture)
    size = picture.size
    picture.draft("L", DECODE_TO)
    return strip_metadata(sent, kind), MEDIA_TYPES[kind], picture, size


def _open(sent: bytes) -> "Image":
    import warnings  # noqa: PLC0415 - loaded with the first photo

    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    _know_heif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(sent), formats=FORMATS)
    except Image.DecompressionBombError:
        raise PhotoRefused(PhotoFault.TOO_MANY_PIXELS) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise PhotoRefused(PhotoFault.NOT_A_PHOTO) from None
    if picture.width * picture.height > PHOTO_PIXELS_MAX:
        raise PhotoRefused(PhotoFault.TOO_MANY_PIXELS)
    return picture


@cache
def _know_heif() -> None:
    """Let the library open HEIC too, once."""
    from pillow_heif import register_heif_opener  # noqa: PLC0415 - loaded with the first photo

    register_heif_opener()


def _is_turned(picture: "Image") -> bool:
    try:
        return bool(picture.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT)
    except Exception:  # noqa: BLE001 - some formats look for it by decoding
        raise PhotoRefused(PhotoFault.DAMAGED) from None


def _decoded(picture: "Image") -> "Image":
    try:
        picture.load()
    except Exception:  # noqa: BLE001 - a damaged file breaks decoders in many ways
        raise PhotoRefused(PhotoFault.DAMAGED) from None
    return picture


def _encode_again(picture: "Image") -> tuple[bytes, str, "Image", tuple[int, int]]:
    """Turn a picture upright, or HEIC into JPEG, by encoding it again without metadata."""
    from PIL import ImageOps  # noqa: PLC0415

    upright = ImageOps.exif_transpose(_decoded(picture)).convert("RGB")
    upright.info.clear()
    encoded = io.BytesIO()
    upright.save(encoded, "JPEG", quality=90)
    small = upright.copy()
    small.thumbnail(DECODE_TO)
    return encoded.getvalue(), MEDIA_TYPES["JPEG"], small, upright.size


def _shrunk(picture: "Image") -> "Image":
    """Halve a picture by plain averages until it is not much larger than its hash needs."""
    factor = min(picture.size) // HASHED_SIZE
    return picture.reduce(factor) if factor > 1 else picture


def _perceptual(picture: "Image") -> int:
    """Return the 64-bit perceptual hash of a decoded picture."""
    plain = picture.convert("RGBA") if picture.mode == "P" else picture
    return looks_of(_shrunk(plain))
