"""Where this village's photos lie (照片库): by its settings, a folder or a bucket."""

from bot.settings import Settings
from storage.bucket import BucketVault
from storage.photo_store import PhotoStore
from storage.vault import FolderVault, Vault


def vault_of(settings: Settings) -> Vault:
    """Return the vault of the settings; nothing is opened yet."""
    return away_vault(settings) or FolderVault(settings.photos)


def away_vault(settings: Settings) -> BucketVault | None:
    """Return the vault on another machine, None where photos lie in the data folder."""
    return BucketVault(settings.bucket) if settings.bucket else None


def photos_of(settings: Settings) -> PhotoStore:
    """Return the photos of the settings."""
    return PhotoStore(vault_of(settings))
