"""The whole house over a bucket: claims with photos, storage that is away, forgetting."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.claim import ClaimKey, ClaimState
from tests.buckets import Bucket
from tests.pictures import jpeg
from tests.web.real import real_house

pytestmark = pytest.mark.s3
NOT_KEPT = "照片现在存不进去,没有收下。请过几分钟再发一次。"


async def test_a_claim_s_photo_lies_in_the_bucket_and_is_shown(
    tmp_path: Path, bucket: Bucket
) -> None:
    async with real_house(tmp_path, **bucket.settings) as real:
        await real.claim("zhang", "申报 垃圾分类", jpeg(1))
        [path] = real.photos_of(1)
        sha256 = path.rpartition("/")[2]
        assert bucket.objects() == [f"{sha256[:2]}/{sha256}"]
        li = await real.client("li")
        for address in (path, f"{path}/small"):
            async with li.get(address) as answer:
                assert (answer.status, answer.content_type) == (200, "image/jpeg")
        assert not (tmp_path / "photos").exists()


async def test_storage_that_is_away_is_said_and_leaves_no_half_claim(
    tmp_path: Path, bucket: Bucket
) -> None:
    async with real_house(tmp_path, **bucket.settings) as real:
        bucket.server.stop()
        await real.claim("zhang", "申报 垃圾分类", jpeg(1))
        assert (await real.said_to("zhang"))[-1] == NOT_KEPT
        key = ClaimKey(2026, 1)
        claim = real.read(lambda books: books.claims.get(real.cast.village, key))
        assert (claim.state, claim.photos) == (ClaimState.DRAFT, ())
        assert real.house.assistant.failures == 0
        bucket.server.start()
        await real.claim("zhang", "", jpeg(1))
        claim = real.read(lambda books: books.claims.get(real.cast.village, key))
        assert (claim.state, len(claim.photos)) == (ClaimState.SUBMITTED, 1)


async def test_a_page_says_try_later_while_photos_are_away(tmp_path: Path, bucket: Bucket) -> None:
    async with real_house(tmp_path, **bucket.settings) as real:
        await real.claim("zhang", "申报 垃圾分类", jpeg(1))
        [path] = real.photos_of(1)
        li = await real.person("li")
        bucket.server.stop()
        assert "请稍后再试" in await li.page(path, status=503)
        assert "张三" in await li.page("/review")


async def test_what_is_forgotten_leaves_the_bucket_even_if_it_was_away_then(
    tmp_path: Path, bucket: Bucket
) -> None:
    async with real_house(tmp_path, **bucket.settings) as real:
        await real.claim("zhang", "申报 垃圾分类", jpeg(1))
        await real.claim("wang", "申报 垃圾分类", jpeg(2))
        keeper, [kept] = real.house.housekeeper, real.photos_of(2)
        village = real.cast.village
        real.clock.now = datetime.now(UTC) + timedelta(days=2)  # the storage has its own clock
        detached = real.photos_of(1)[0].rpartition("/")[2]
        real.read(lambda books: books.evidence.detach(village, ClaimKey(2026, 1), detached))
        bucket.server.stop()
        with pytest.raises(Exception, match="S3"):
            await keeper.drop_strays()
        bucket.server.start()
        assert len(bucket.objects()) == 2
        await keeper.sweep()
        sha256 = kept.rpartition("/")[2]
        assert bucket.objects() == [f"{sha256[:2]}/{sha256}"]
