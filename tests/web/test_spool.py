import hashlib
from pathlib import Path

from bot.web.spool import Spool


def test_an_upload_is_kept_once_under_a_name_that_says_nothing(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "uploads")
    spool.put("zhang:1", b"photo")
    spool.put("zhang:1", b"another")
    assert spool.get("zhang:1") == b"photo"
    names = [path.name for path in (tmp_path / "uploads").iterdir()]
    assert names == [hashlib.sha256(b"zhang:1").hexdigest()]


def test_an_upload_can_be_dropped_twice(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "uploads")
    spool.put("zhang:1", b"photo")
    spool.drop("zhang:1")
    spool.drop("zhang:1")
    assert spool.get("zhang:1") is None
