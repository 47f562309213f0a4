"""Photos in a bucket: the same promises as in a folder, over real HTTP."""

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.bucket import BucketAddress, BucketUnnamed, BucketVault
from storage.photo_store import PhotoStore, name_of
from storage.vault import FolderVault, Vault, VaultAway
from tests.buckets import Bucket
from tests.pictures import jpeg

pytestmark = pytest.mark.s3
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["folder", "bucket"])
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Vault:
    if request.param == "folder":
        return FolderVault(tmp_path / "photos")
    bucket: Bucket = request.getfixturevalue("bucket")
    return bucket.vault(folder="jifen/photos")


def test_what_is_put_is_there_until_it_is_dropped(vault: Vault) -> None:
    assert list(vault.all()) == []
    vault.put("ab/abcd", b"one")
    vault.put("ab/abcd.small", b"small")
    vault.put("ab/abcd", b"one")
    assert vault.get("ab/abcd") == b"one"
    held = {one.name: one.since for one in vault.all()}
    assert set(held) == {"ab/abcd", "ab/abcd.small"}
    assert all(abs(datetime.now(UTC) - since) < timedelta(hours=1) for since in held.values())
    vault.drop("ab/abcd")
    vault.drop("ab/abcd")
    with pytest.raises(FileNotFoundError):
        vault.get("ab/abcd")
    assert [one.name for one in vault.all()] == ["ab/abcd.small"]


def test_a_photo_is_kept_shown_small_and_forgotten(vault: Vault) -> None:
    store = PhotoStore(vault)
    photo = store.keep(jpeg(1))
    assert store.keep(jpeg(1)) == photo
    assert len(store.read(photo.sha256)) == photo.size
    assert store.read_thumbnail(photo.sha256) == store.read_thumbnail(photo.sha256)
    assert sorted(one.name for one in vault.all()) == [
        name_of(photo.sha256),
        f"{name_of(photo.sha256)}.small",
    ]
    store.drop(photo.sha256)
    assert list(vault.all()) == []


def test_a_photo_sent_again_counts_as_new(tmp_path: Path) -> None:
    vault = FolderVault(tmp_path / "photos")
    store = PhotoStore(vault)
    sha256 = store.keep(jpeg(1)).sha256
    os.utime(vault.path(name_of(sha256)), (0, 0))
    before = datetime.now(UTC) - timedelta(days=1)
    assert store.all_before(before) == [sha256]
    store.keep(jpeg(1))
    assert store.all_before(before) == []


def test_a_house_without_a_bucket_does_not_load_its_client() -> None:
    loaded = (
        "import sys, bot.app, bot.vaults; print({'obstore', 'storage.moving'} & set(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert said.stdout.strip() == "set()"


def test_many_photos_are_listed_over_several_pages(bucket: Bucket) -> None:
    for number in range(1_100):
        name = f"{number:064x}"
        file = bucket.folder / name[-2:] / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")
    assert len(list(bucket.vault().all())) == 1_100


def test_two_folders_of_a_bucket_do_not_see_each_other(bucket: Bucket) -> None:
    one, other = bucket.vault(folder="town/one"), bucket.vault(folder="town/other")
    one.put("ab/abcd", b"one")
    assert list(other.all()) == []
    assert bucket.objects() == ["town/one/ab/abcd"]


def test_a_wrong_key_and_a_missing_bucket_are_told(bucket: Bucket) -> None:
    bucket.vault().put("ab/abcd", b"one")
    wrong = bucket.vault(secret="another secret")
    for call in (
        lambda: wrong.put("ab/abcd", b"two"),
        lambda: wrong.get("ab/abcd"),
        lambda: wrong.drop("ab/abcd"),
        lambda: list(wrong.all()),
    ):
        with pytest.raises(VaultAway) as told:
            call()
        assert "another secret" not in str(told.value)
    assert bucket.vault().get("ab/abcd") == b"one"
    unknown = BucketVault(replace(bucket.address(), url="s3://no-such-bucket"))
    for call in (lambda: unknown.put("ab/abcd", b"two"), lambda: unknown.get("ab/abcd")):
        with pytest.raises(VaultAway):
            call()


def test_storage_that_is_away_is_told_and_used_again_when_it_is_back(bucket: Bucket) -> None:
    vault = bucket.vault()
    vault.put("ab/abcd", b"one")
    bucket.server.stop()
    for call in (
        lambda: vault.put("ab/more", b"two"),
        lambda: vault.get("ab/abcd"),
        lambda: vault.drop("ab/abcd"),
        lambda: list(vault.all()),
    ):
        with pytest.raises(VaultAway):
            call()
    bucket.server.start()
    assert vault.get("ab/abcd") == b"one"
    assert [one.name for one in vault.all()] == ["ab/abcd"]


class _Busy(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def _answer(self) -> None:
        self.asked.append(self.command)
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_error(503, "Slow Down")

    do_PUT = do_GET = do_DELETE = _answer  # noqa: N815 - the library's names

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def busy() -> Iterator[tuple[str, list[str]]]:
    """Serve storage that says 503 to everything; yields its address and what was asked."""
    handler = type("Busy", (_Busy,), {"asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", handler.asked  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()


def test_storage_that_is_too_busy_is_asked_three_times_and_told() -> None:
    with busy() as (endpoint, asked):
        vault = BucketVault(BucketAddress("s3://photos", endpoint, "", "key", "secret"))
        with pytest.raises(VaultAway):
            vault.put("ab/abcd", b"one")
    assert asked == ["PUT"] * 3


@pytest.mark.parametrize(
    ("url", "endpoint", "is_virtual", "expected"),
    [
        ("s3://photos", "https://s3.example", False, ("photos", "", "https://s3.example")),
        ("s3://photos/a/b/", "https://s3.example/", False, ("photos", "a/b", "https://s3.example")),
        ("s3://photos", "https://oss.example", True, ("photos", "", "https://photos.oss.example")),
        (
            "s3://photos",
            "https://photos.oss.example",
            True,
            ("photos", "", "https://photos.oss.example"),
        ),
    ],
)
def test_an_address_names_bucket_folder_and_host(
    url: str, endpoint: str, *, is_virtual: bool, expected: tuple[str, str, str]
) -> None:
    at = BucketAddress(url, endpoint, "", "key", "secret", is_virtual=is_virtual)
    assert (at.bucket, at.prefix, at.host) == expected
    assert "secret" not in repr(at)


@pytest.mark.parametrize("url", ["photos", "http://photos", "s3:///photos", ""])
def test_an_address_without_a_bucket_is_refused(url: str) -> None:
    with pytest.raises(BucketUnnamed):
        BucketVault(BucketAddress(url, "", "", "key", "secret"))
