"""Settings: the environment and ``.env``, prefix ``JIFEN_``."""

import ipaddress
import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.bucket import BucketAddress
from storage.engine import sqlite_url

SECRET_BYTES = 32


class Settings(BaseSettings):
    """What an operator may set; every one has a default that works on one laptop."""

    model_config = SettingsConfigDict(env_prefix="JIFEN_", env_file=".env", extra="ignore")

    database_url: str = Field(default="", description="SQLite in the data folder when empty")
    data_dir: Path = Field(default=Path("var"), description="Database, photos, backups, secret")
    photos_url: str = Field(
        default="",
        pattern=r"^(s3://[a-z0-9][a-z0-9.-]{1,62}(/\S*)?)?$",
        description="s3://bucket or s3://bucket/folder; a folder in the data folder when empty",
    )
    s3_endpoint: str = Field(
        default="", pattern=r"^(https?://\S+)?$", description="Whose storage; Amazon's when empty"
    )
    s3_region: str = ""
    s3_access_key: str = ""
    s3_secret_key: SecretStr = SecretStr("")
    s3_addressing: Literal["path", "virtual"] = "path"
    backups_dir: Path | None = Field(default=None, description="backups/ in the data folder")
    backups_kept: int = Field(default=7, ge=0, le=366, description="0 makes none by itself")
    backup_hour: int = Field(default=2, ge=0, le=23, description="From when the night's is made")
    backup_photos: Literal["on", "off"] = "on"
    wechaty_endpoint: str = Field(
        default="", pattern=r"^(\S+:\d{1,5})?$", description="host:port of the Wechaty service"
    )
    wechaty_token: SecretStr = SecretStr("")
    wechaty_tls: str = Field(default="on", description="on, off, or the path of a CA file")
    wechaty_account: str = Field(default="bot", description="A short name for this account")
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    trusted_proxies: str = Field(
        default="127.0.0.0/8,::1/128",
        description="Addresses and networks that are believed when they name a visitor",
    )
    base_url: str = Field(default="", description="The address people open, for links")
    secret_key: SecretStr = SecretStr("")
    pacing: Literal["on", "off"] = "on"
    keep_unread: Literal["on", "off"] = "on"

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        _networks(value)
        return value

    @property
    def proxies(self) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
        """The networks of the proxies that are believed."""
        return _networks(self.trusted_proxies)

    @property
    def database(self) -> str:
        """The database address in use."""
        return self.database_url or sqlite_url(self.data_dir / "jifen.db")

    @property
    def photos(self) -> Path:
        """The folder of the photos, unless they lie in a bucket."""
        return self.data_dir / "photos"

    @property
    def backups(self) -> Path:
        """The folder of the backups."""
        return self.backups_dir or self.data_dir / "backups"

    @property
    def bucket(self) -> BucketAddress | None:
        """Where photos lie if it is not the folder."""
        if not self.photos_url:
            return None
        return BucketAddress(
            self.photos_url,
            self.s3_endpoint,
            self.s3_region,
            self.s3_access_key,
            self.s3_secret_key.get_secret_value(),
            is_virtual=self.s3_addressing == "virtual",
        )

    @property
    def site(self) -> str:
        """The address people open, without a slash at the end."""
        return (self.base_url or f"http://{self.http_host}:{self.http_port}").rstrip("/")

    @property
    def has_gateway(self) -> bool:
        """Whether a WeChat gateway is configured."""
        return bool(self.wechaty_endpoint)

    def secret(self) -> bytes:
        """Return the secret behind codes, links and cookies, made on first use.

        Without ``JIFEN_SECRET_KEY`` it lies in the data folder, readable by the
        owner alone; several processes on one database need the setting.
        """
        given = self.secret_key.get_secret_value()
        if given:
            return given.encode()
        path = self.data_dir / "secret.key"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".part")
            fresh.touch(mode=0o600)
            fresh.write_bytes(secrets.token_hex(SECRET_BYTES).encode())
            fresh.replace(path)
        return path.read_bytes()


def _networks(listed: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    return tuple(ipaddress.ip_network(one.strip()) for one in listed.split(",") if one.strip())
