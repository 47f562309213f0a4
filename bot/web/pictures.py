"""Stored pictures as pages show them (图片): bytes and media type, small enough to send."""

import asyncio

from storage.photo_store import PhotoStore

_PNG: bytes = b"\x89PNG"


async def shown_picture(
    photos: PhotoStore, sha256: str, *, is_small: bool = False
) -> tuple[bytes, str] | None:
    """Return the bytes and media type of a stored picture; None when it is gone."""
    read = photos.read_thumbnail if is_small else photos.read_for_sending
    try:
        content = await asyncio.to_thread(read, sha256)
    except FileNotFoundError:
        return None
    return content, "image/png" if content.startswith(_PNG) else "image/jpeg"
