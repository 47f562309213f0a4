"""Photos in a bucket (对象存储): S3-compatible storage behind the same port as the folder."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from storage.vault import Held, VaultAway

if TYPE_CHECKING:
    from obstore.store import S3Store

CONNECT: Final = timedelta(seconds=3)
ANSWER: Final = timedelta(seconds=20)
RETRIES: Final = 2
RETRY_WITHIN: Final = timedelta(seconds=10)
PROBE: Final = "probe/jifen"
NO_BUCKET: Final = "NoSuchBucket"
"""How the storage says that the bucket itself is not there."""
AMAZON: Final = "us-east-1"


class BucketUnnamed(ValueError):  # noqa: N818 - it says what is wrong
    """The address does not name a bucket: ``s3://bucket`` or ``s3://bucket/folder``."""


@dataclass(frozen=True, slots=True)
class BucketAddress:
    """Where a bucket is and who we are there.

    ``endpoint`` empty is Amazon's own. ``is_virtual`` puts the bucket's name before the
    host instead of behind it; some providers want that.
    """

    url: str
    endpoint: str
    region: str
    access_key: str
    secret_key: str = field(repr=False)
    is_virtual: bool = False

    @property
    def bucket(self) -> str:
        """The bucket's name.

        Raises:
            BucketUnnamed: There is none.

        """
        parts = urlsplit(self.url)
        if parts.scheme != "s3" or not parts.netloc:
            raise BucketUnnamed(self.url)
        return parts.netloc

    @property
    def prefix(self) -> str:
        """The folder within the bucket, without slashes around it; may be empty."""
        return urlsplit(self.url).path.strip("/")

    @property
    def host(self) -> str:
        """The address to speak to; with the bucket's name in it where that is wanted."""
        parts = urlsplit(self.endpoint)
        is_in = not self.is_virtual or parts.netloc.startswith(f"{self.bucket}.")
        netloc = parts.netloc if is_in else f"{self.bucket}.{parts.netloc}"
        return parts._replace(netloc=netloc).geturl().rstrip("/")


class BucketVault:
    """A bucket; what fails is tried again twice within ten seconds, then told."""

    is_near = False

    def __init__(self, address: BucketAddress) -> None:
        self._address = address
        assert address.bucket, "checked with the settings"

    @cached_property
    def _store(self) -> "S3Store":
        from obstore.store import S3Store  # noqa: PLC0415 - only where photos lie in a bucket

        at = self._address
        config: dict[str, Any] = {
            "region": at.region or AMAZON,
            "virtual_hosted_style_request": at.is_virtual,
        }
        if at.endpoint:
            config["endpoint"] = at.host
        if at.access_key:
            config["access_key_id"] = at.access_key
            config["secret_access_key"] = at.secret_key
        return S3Store(
            at.bucket,
            prefix=at.prefix or None,
            config=config,  # type: ignore[arg-type]
            client_options={
                "allow_http": at.endpoint.startswith("http:"),
                "connect_timeout": CONNECT,
                "timeout": ANSWER,
            },
            retry_config={"max_retries": RETRIES, "retry_timeout": RETRY_WITHIN},
        )

    def prepare(self) -> None:
        """Nothing: a bucket has no folders."""

    def put(self, name: str, content: bytes) -> None:
        """Upload bytes; the storage has confirmed them when this returns."""
        with _away():
            self._store.put(name, content)

    def get(self, name: str) -> bytes:
        """Download bytes."""
        with _away():
            return bytes(self._store.get(name).bytes())

    def drop(self, name: str) -> None:
        """Delete an object."""
        with suppress(FileNotFoundError), _away():
            self._store.delete(name)

    def all(self) -> Iterator[Held]:
        """List the bucket's folder, a page at a time."""
        pages = iter(self._store.list())
        while True:
            with _away():
                page = next(pages, None)
            if page is None:
                return
            for found in page:
                yield Held(found["path"], found["last_modified"])

    def probe(self) -> None:
        """Write, read and delete a small object."""
        self.put(PROBE, b"jifen")
        if self.get(PROBE) != b"jifen":
            raise VaultAway(PROBE)
        self.drop(PROBE)


@contextmanager
def _away() -> Generator[None]:
    """Tell every failure of the storage in one way; a name that is not there is no failure."""
    from obstore.exceptions import BaseError  # noqa: PLC0415 - as above

    try:
        yield
    except FileNotFoundError as error:
        if NO_BUCKET in str(error):
            raise VaultAway(_first_line(error)) from error
        raise
    except (BaseError, PermissionError) as error:
        raise VaultAway(_first_line(error)) from error


def _first_line(error: Exception) -> str:
    """Return what is wrong without the address, in which a secret might stand."""
    return next((line.strip()[:200] for line in str(error).splitlines() if line.strip()), "")
