"""Settings: read once from `HOURSTEAD_*` variables and checked; an invalid one stops the start with a message."""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ledger.core.errors import LedgerError
from ledger.core.messages import make_message

PREFIX = "HOURSTEAD_"
SHORTEST_SECRET = 32
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class SettingWrong(LedgerError):
    """A setting is missing, malformed or unsafe."""

    slug = "setting-wrong"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of this installation. Sizes are in bytes; `public_url` is the address that people type."""

    database_url: str
    data_dir: Path
    secret_key: str = field(repr=False)
    old_secret_keys: tuple[str, ...] = field(default=(), repr=False)
    public_url: str = "http://127.0.0.1:8000"
    trusted_hosts: tuple[str, ...] = LOOPBACK
    secure_cookies: bool = False
    proxy_hops: int = 0
    max_content_length: int = 4 * 1024 * 1024
    max_form_memory_size: int = 512 * 1024
    max_form_parts: int = 2000
    language: str = "en"
    backup_dir: Path | None = None
    """The folder of the nightly backup; None for no backup."""
    backup_days: int = 30
    workshop: bool = False
    """Show the style guide and the pseudo-languages, for demos, tests and translators."""

    def __post_init__(self) -> None:
        if len(self.secret_key) < SHORTEST_SECRET:
            raise SettingWrong(
                make_message("The secret key needs at least %(length)s characters.", length=SHORTEST_SECRET)
            )
        if urlsplit(self.public_url).scheme not in {"http", "https"} or not urlsplit(self.public_url).hostname:
            raise SettingWrong(
                make_message("HOURSTEAD_PUBLIC_URL must be a web address, not “%(url)s”.", url=self.public_url)
            )
        if not self.trusted_hosts:
            raise SettingWrong(make_message("HOURSTEAD_TRUSTED_HOSTS must name at least one host."))
        if min(self.proxy_hops, self.max_content_length, self.max_form_memory_size, self.max_form_parts) < 0:
            raise SettingWrong(make_message("A size or a count in the settings is below nought."))

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, *, listening: str = "") -> Settings:
        """The settings of the environment; creates the data folder and its secret key if they are missing.

        `listening` is the address of a server about to start: the public URL if none is set.
        """
        variables = _Variables(
            {k: v for k, v in (os.environ if environ is None else environ).items() if k.startswith(PREFIX)}
        )
        data_dir = Path(variables.text("DATA_DIR") or default_data_dir()).expanduser()
        url = variables.text("PUBLIC_URL") or listening or cls.public_url
        host = urlsplit(url).hostname or ""
        return cls(
            database_url=variables.text("DATABASE_URL") or f"sqlite:///{data_dir / 'hourstead.db'}",
            data_dir=_make_folder(data_dir),
            secret_key=variables.text("SECRET_KEY") or load_secret(data_dir),
            old_secret_keys=variables.items("OLD_SECRET_KEYS"),
            public_url=url.rstrip("/"),
            trusted_hosts=variables.items("TRUSTED_HOSTS") or tuple(dict.fromkeys((host, *LOOPBACK))),
            secure_cookies=variables.boolean("SECURE_COOKIES", default=url.startswith("https:")),
            proxy_hops=variables.integer("PROXY_HOPS", cls.proxy_hops),
            max_content_length=variables.integer("MAX_CONTENT_LENGTH", cls.max_content_length),
            max_form_memory_size=variables.integer("MAX_FORM_MEMORY_SIZE", cls.max_form_memory_size),
            max_form_parts=variables.integer("MAX_FORM_PARTS", cls.max_form_parts),
            language=variables.text("LANGUAGE") or cls.language,
            backup_dir=variables.folder("BACKUP_DIR"),
            backup_days=variables.integer("BACKUP_DAYS", cls.backup_days),
            workshop=variables.boolean("WORKSHOP", default=False),
        )

    def environment(self) -> dict[str, str]:
        """Environment variables that give a child process the same database, secret and address."""
        return {
            f"{PREFIX}DATABASE_URL": self.database_url,
            f"{PREFIX}DATA_DIR": str(self.data_dir),
            f"{PREFIX}SECRET_KEY": self.secret_key,
            f"{PREFIX}PUBLIC_URL": self.public_url,
            f"{PREFIX}BACKUP_DIR": str(self.backup_dir or ""),
            f"{PREFIX}BACKUP_DAYS": str(self.backup_days),
        }


@dataclass(frozen=True)
class _Variables:
    """The `HOURSTEAD_*` variables of the environment, read by type."""

    values: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.values.get(PREFIX + name, "").strip()

    def folder(self, name: str) -> Path | None:
        value = self.text(name)
        return Path(value).expanduser().resolve() if value else None

    def items(self, name: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text(name).split(",") if part.strip())

    def integer(self, name: str, default: int) -> int:
        value = self.text(name)
        if value and not value.isdecimal():
            raise SettingWrong(
                make_message("%(name)s must be a whole number, not “%(value)s”.", name=PREFIX + name, value=value)
            )
        return int(value) if value else default

    def boolean(self, name: str, *, default: bool) -> bool:
        value = self.text(name).casefold()
        if value not in TRUE | FALSE:
            raise SettingWrong(
                make_message("%(name)s must be yes or no, not “%(value)s”.", name=PREFIX + name, value=value)
            )
        return value in TRUE if value else default


def default_data_dir() -> Path:
    """The usual folder for application data on this operating system."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Hourstead"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Hourstead"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "hourstead"


def _make_folder(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingWrong(make_message("The data folder cannot be made: %(reason)s", reason=str(error))) from error
    return folder


def load_secret(data_dir: Path) -> str:
    """The key that signs sessions: read from the data folder, or created there, readable by its owner only."""
    path = _make_folder(data_dir) / "secret_key"
    if not path.exists():
        _write_secret(path)
    return _read_secret(path)


def _write_secret(path: Path) -> None:
    """Write the secret to a draft file and link it to its name, so that two starts at once use the same secret."""
    draft = path.with_name(f"secret_key.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _read_secret(path: Path) -> str:
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingWrong(make_message("Others can read the secret key file. Run: chmod 600 %(path)s", path=str(path)))
    return path.read_text(encoding="ascii").strip()
