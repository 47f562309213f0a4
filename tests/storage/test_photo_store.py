"""Photos as files: only real ones, without EXIF or position, upright, within limits."""

import contextlib
import io
import os
import random
import struct
import zlib
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageDraw

from domain.evidence import PHOTO_BYTES_MAX, PhotoFault, PhotoRefused
from storage.evidence import SIMILAR_BITS_MAX
from storage.photo_store import SENT_BYTES_MAX, PhotoStore, name_of
from storage.vault import FolderVault

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
MAKER = "PhoneOfZhang"
TURNED_RIGHT = 6


@pytest.fixture(scope="module", autouse=True)
def _heif() -> None:
    pillow_heif.register_heif_opener()


@pytest.fixture
def store(tmp_path: Path) -> PhotoStore:
    return PhotoStore(tmp_path / "photos")


def _scene(seed: int = 1, *, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A picture with large shapes; another seed is another scene."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    draw = ImageDraw.Draw(picture)
    width, height = size
    for n in range(6):
        x, y = (seed * 97 + n * 173) % width, (seed * 61 + n * 137) % height
        colour = ((seed * 53 * (n + 1)) % 256, (n * 71) % 256, (seed * 29 + n * 40) % 256)
        draw.ellipse(
            (x - width // 8, y - height // 8, x + width // 8, y + height // 6), fill=colour
        )
    return picture


def _encoded(picture: Image.Image, kind: str, *, orientation: int = 1) -> bytes:
    """Encode with a camera's EXIF: maker, position, orientation."""
    exif = Image.Exif()
    exif[0x010F] = MAKER
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 12.0, 30.0), 3: "E", 4: (121.0, 28.0, 5.0)})
    encoded = io.BytesIO()
    picture.save(encoded, kind, exif=exif.tobytes(), quality=90)
    assert MAKER.encode() in encoded.getvalue()
    return encoded.getvalue()


def _opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize("kind", FORMATS)
def test_every_kind_of_photo_is_kept_without_exif_and_position(
    store: PhotoStore, kind: str
) -> None:
    photo = store.keep(_encoded(_scene(), kind))
    kept = store.read(photo.sha256)
    with _opened(kept) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.getexif().get_ifd(0x8825) == {}
        assert picture.size == (photo.width, photo.height) == (640, 480)
    assert MAKER.encode() not in kept
    assert b"Exif" not in kept
    assert photo.size == len(kept)
    assert photo.media_type == f"image/{'jpeg' if kind == 'HEIF' else kind.lower()}"


@pytest.mark.parametrize("kind", FORMATS)
def test_a_photo_held_sideways_is_turned_upright(store: PhotoStore, kind: str) -> None:
    marked = Image.new("RGB", (320, 160), "white")
    ImageDraw.Draw(marked).rectangle((0, 0, 79, 159), fill="black")
    photo = store.keep(_encoded(marked, kind, orientation=TURNED_RIGHT))
    with _opened(store.read(photo.sha256)) as upright:
        assert upright.size == (photo.width, photo.height) == (160, 320)
        grey = upright.convert("L")
        assert grey.getpixel((80, 20)) < 60  # what was on the left is above now
        assert grey.getpixel((80, 300)) > 200


def test_a_photo_that_is_upright_keeps_its_pixels_untouched(store: PhotoStore) -> None:
    sent = _encoded(_scene(), "JPEG")
    with _opened(sent) as before, _opened(store.read(store.keep(sent).sha256)) as after:
        assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("progressive", [False, True])
def test_what_a_phone_hides_behind_the_picture_is_cut_off(
    store: PhotoStore, *, progressive: bool
) -> None:
    encoded = io.BytesIO()
    _scene().save(encoded, "JPEG", progressive=progressive)
    behind = _encoded(_scene(2), "JPEG")
    kept = store.read(store.keep(encoded.getvalue() + behind).sha256)
    assert MAKER.encode() not in kept
    with _opened(kept) as after, _opened(encoded.getvalue()) as before:
        assert before.tobytes() == after.tobytes()


def test_a_photo_with_a_preview_in_it_is_one_photo(store: PhotoStore) -> None:
    encoded = io.BytesIO()
    _scene().save(encoded, "MPO", save_all=True, append_images=[_scene(2)])
    photo = store.keep(encoded.getvalue())
    assert photo.media_type == "image/jpeg"
    with _opened(store.read(photo.sha256)) as kept:
        assert (kept.format, getattr(kept, "n_frames", 1)) == ("JPEG", 1)


def test_comments_are_dropped(store: PhotoStore) -> None:
    encoded = io.BytesIO()
    _scene().save(encoded, "JPEG", comment=b"13812345678")
    assert b"13812345678" not in store.read(store.keep(encoded.getvalue()).sha256)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_printers_photos_are_kept(store: PhotoStore, mode: str) -> None:
    encoded = io.BytesIO()
    _scene().convert(mode).save(encoded, "JPEG")
    photo = store.keep(encoded.getvalue())
    with _opened(store.read_thumbnail(photo.sha256)) as small:
        assert small.format == "JPEG"


def test_a_screenshot_with_a_palette_is_kept(store: PhotoStore) -> None:
    encoded = io.BytesIO()
    _scene().convert("P").save(encoded, "PNG", transparency=bytes(range(256)))
    assert store.keep(encoded.getvalue()).media_type == "image/png"


def _refused(store: PhotoStore, sent: bytes) -> PhotoFault:
    with pytest.raises(PhotoRefused) as refused:
        store.keep(sent)
    return refused.value.fault


def test_more_than_twenty_megabytes_are_refused(store: PhotoStore) -> None:
    photo = _encoded(_scene(), "JPEG")
    fits = photo + b"\0" * (PHOTO_BYTES_MAX - len(photo))
    assert store.keep(fits).media_type == "image/jpeg"
    assert _refused(store, fits + b"\0") is PhotoFault.TOO_LARGE


def _bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that unpacks to ``width`` x ``height`` pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" * (1 + (width + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join([*(packer.compress(row * 100) for _ in range(height // 100)), packer.flush()])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7_100, 10_000, 30_000])
def test_a_decompression_bomb_is_refused_before_it_unpacks(store: PhotoStore, side: int) -> None:
    bomb = _bomb(side, side)
    assert len(bomb) < 1_000_000
    assert _refused(store, bomb) is PhotoFault.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    "sent",
    [b"", b"hello", "这是一个文本文件".encode() * 100, b"GIF89a" + b"\0" * 100, b"\xff\xd8\xff"],
    ids=["nothing", "words", "more words", "gif", "only a beginning"],
)
def test_a_renamed_file_is_no_photo(store: PhotoStore, sent: bytes) -> None:
    assert _refused(store, sent) in {PhotoFault.NOT_A_PHOTO, PhotoFault.DAMAGED}


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "BMP"])
def test_other_kinds_of_picture_are_refused(store: PhotoStore, kind: str) -> None:
    encoded = io.BytesIO()
    _scene().save(encoded, kind)
    assert _refused(store, encoded.getvalue()) is PhotoFault.NOT_A_PHOTO


@pytest.mark.parametrize("kind", FORMATS)
def test_a_photo_cut_off_on_its_way_is_damaged(store: PhotoStore, kind: str) -> None:
    sent = _encoded(_scene(), kind)
    fault = _refused(store, sent[: len(sent) // 2])
    assert fault in {PhotoFault.DAMAGED, PhotoFault.NOT_A_PHOTO}


@pytest.mark.parametrize("kind", FORMATS)
def test_no_prefix_of_a_photo_breaks_the_store(store: PhotoStore, kind: str) -> None:
    sent = _encoded(_scene(size=(64, 48)), kind)
    for end in range(0, len(sent), 41):
        try:
            store.keep(sent[:end])
        except PhotoRefused:
            continue


@pytest.mark.parametrize("kind", FORMATS)
def test_bytes_changed_on_the_way_are_kept_or_refused(
    store: PhotoStore, tmp_path: Path, kind: str
) -> None:
    chance = random.Random(kind)
    whole = _encoded(_scene(size=(160, 120)), kind)
    kept = set()
    for _ in range(150):
        sent = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            sent[chance.randrange(min(len(sent), chance.choice((60, len(sent)))))] = (
                chance.randrange(256)
            )
        with contextlib.suppress(PhotoRefused):
            kept.add(store.keep(bytes(sent)).sha256)
    assert kept
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} >= kept


def test_a_refused_photo_leaves_no_file_behind(store: PhotoStore, tmp_path: Path) -> None:
    _refused(store, b"hello")
    assert list(tmp_path.rglob("*.*")) == []


def test_the_same_photo_is_kept_once(store: PhotoStore, tmp_path: Path) -> None:
    sent = _encoded(_scene(), "JPEG")
    first = store.keep(sent)
    files = sorted(p for p in tmp_path.rglob("*") if p.is_file())
    assert store.keep(sent) == first
    assert sorted(p for p in tmp_path.rglob("*") if p.is_file()) == files


def test_a_dropped_photo_is_gone_and_dropping_again_is_fine(store: PhotoStore) -> None:
    photo = store.keep(_encoded(_scene(), "JPEG"))
    for _ in range(2):
        store.drop(photo.sha256)
    assert list(store.vault.all()) == []


def _distance(one: int, other: int) -> int:
    return (one ^ other).bit_count()


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_copy_made_smaller_and_worse_looks_the_same(store: PhotoStore, seed: int) -> None:
    original = store.keep(_encoded(_scene(seed), "JPEG"))
    worse = io.BytesIO()
    _scene(seed).resize((400, 300)).save(worse, "JPEG", quality=35)
    copies = [worse.getvalue(), *(_encoded(_scene(seed), kind) for kind in ("PNG", "WEBP", "HEIF"))]
    for copied in copies:
        copy = store.keep(copied)
        assert copy.sha256 != original.sha256
        assert _distance(copy.perceptual, original.perceptual) <= SIMILAR_BITS_MAX


def test_another_scene_looks_different(store: PhotoStore) -> None:
    looks = [store.keep(_encoded(_scene(seed), "JPEG")).perceptual for seed in range(1, 6)]
    apart = [_distance(a, b) for n, a in enumerate(looks) for b in looks[n + 1 :]]
    assert min(apart) > SIMILAR_BITS_MAX


def test_a_large_photo_is_sent_smaller_and_as_jpeg(store: PhotoStore) -> None:
    noise = Image.frombytes("RGB", (1600, 1200), os.urandom(1600 * 1200 * 3))
    encoded = io.BytesIO()
    noise.save(encoded, "JPEG", quality=95)
    large = store.keep(encoded.getvalue())
    assert large.size > SENT_BYTES_MAX
    for photo in (large, store.keep(_encoded(_scene(), "WEBP"))):
        sent = store.read_for_sending(photo.sha256)
        assert len(sent) <= SENT_BYTES_MAX
        with _opened(sent) as picture:
            assert picture.format == "JPEG"


def test_a_small_jpeg_is_sent_as_it_is(store: PhotoStore) -> None:
    photo = store.keep(_encoded(_scene(), "JPEG"))
    assert store.read_for_sending(photo.sha256) == store.read(photo.sha256)


def test_what_is_prepared_takes_photos_and_lists_none(tmp_path: Path) -> None:
    vault = FolderVault(tmp_path / "far" / "photos")
    vault.prepare()
    vault.prepare()
    assert list(vault.all()) == []
    kept = PhotoStore(vault).keep(_encoded(_scene(), "JPEG"))
    assert [held.name for held in vault.all()] == [name_of(kept.sha256)]


def test_a_taken_photo_is_on_the_disk_once_it_is_settled(store: PhotoStore) -> None:
    taken = store.take(_encoded(_scene(2), "JPEG"))
    taken.settle()
    assert len(store.read(taken.photo.sha256)) == taken.photo.size


def test_a_disk_that_refuses_is_told_to_whoever_settles(tmp_path: Path) -> None:
    (tmp_path / "photos").write_bytes(b"no folder")
    taken = PhotoStore(tmp_path / "photos").take(_encoded(_scene(2), "JPEG"))
    for _ in range(2):
        with pytest.raises(NotADirectoryError):
            taken.settle()
