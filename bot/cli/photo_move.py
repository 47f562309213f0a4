"""Moving the photos (照片搬家): what ``jifen photos move`` does."""

from dataclasses import dataclass
from typing import Any

from bot.cli.office import CommandFailed, Office
from bot.cli.output import Advance
from bot.cli.proving import Proof, prove
from bot.replies import operations_cli as words
from bot.vaults import away_vault
from storage.photo_store import PhotoStore
from storage.vault import FolderVault
from storage.vault_move import Carried, carry


@dataclass(frozen=True, slots=True)
class PhotosMoved:
    """What was carried over, and the proof of the books against the new place."""

    carried: Carried
    proof: Proof

    @property
    def facts(self) -> dict[str, Any]:
        """What ``--json`` tells."""
        told = {"moved": self.carried.moved, "there_before": self.carried.there_before}
        return {**told, "damaged": list(self.carried.damaged), **self.proof.facts}

    @property
    def is_clean(self) -> bool:
        """Whether every photo that the books name lies in the new place."""
        return self.proof.is_clean and not self.carried.damaged


def move_photos(at: Office, *, is_back: bool, on_photo: Advance) -> PhotosMoved:
    """Carry all photos from the folder into the bucket of the settings, or back.

    Raises:
        CommandFailed: The settings name no bucket.
        VaultAway: The bucket does not answer.

    """
    bucket = away_vault(at.settings)
    if bucket is None:
        raise CommandFailed(words.PHOTOS_NO_BUCKET)
    folder = FolderVault(at.settings.photos)
    source, target = (bucket, folder) if is_back else (folder, bucket)
    carried = carry(source, target, on_photo=on_photo)
    proof = prove(at, None, on_photo=lambda _done, _of: None, photos=PhotoStore(target))
    return PhotosMoved(carried, proof)
