"""Where this village's photos lie (照片库): by its settings, a folder or a bucket."""

from bot.gateways.message import PhotoGone
from bot.settings import Settings
from domain.evidence import PhotoFault, PhotoRefused
from schedules.logs import Log
from storage.bucket import BucketVault
from storage.photo_store import PhotoStore
from storage.vault import FolderVault, Vault, VaultAway

log = Log("photos")


def vault_of(settings: Settings) -> Vault:
    """Return the vault of the settings; nothing is opened yet."""
    return away_vault(settings) or FolderVault(settings.photos)


def away_vault(settings: Settings) -> BucketVault | None:
    """Return the vault on another machine, None where photos lie in the data folder."""
    return BucketVault(settings.bucket) if settings.bucket else None


def photos_of(settings: Settings) -> PhotoStore:
    """Return the photos of the settings."""
    return PhotoStore(vault_of(settings))


def photo_refusal(error: PhotoGone | PhotoRefused | VaultAway) -> PhotoRefused:
    """Return what is said of a photo that could not be had or stored."""
    if isinstance(error, PhotoRefused):
        return error
    if isinstance(error, VaultAway):
        log.warning("photo not stored", reason=str(error))
        return PhotoRefused(PhotoFault.NOT_KEPT)
    return PhotoRefused(PhotoFault.GONE)
