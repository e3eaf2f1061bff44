"""A backup's file: a ZIP with a hash of every part in its list, and the list's own hash in its comment."""

from __future__ import annotations

import hashlib
import json
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from ledger.core.errors import LedgerError
from ledger.core.messages import make_message
from web.backup import atomic_files

MANIFEST = "list.json"
SIGNATURE = b"hourstead-backup-1 "
_STRETCH = 1 << 20


class BackupDamaged(LedgerError):
    """A backup is used only when every part of it is as it was written."""

    slug = "backup-damaged"


@dataclass
class ArchiveWriter:
    """A backup being written: each part is hashed as it goes in."""

    file: zipfile.ZipFile
    hashes: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one part."""
        digest = hashlib.sha256()
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        info._compresslevel = 1  # type: ignore[attr-defined]  # ZipFile hands its own to new names only
        with self.file.open(info, "w", force_zip64=True) as part:
            for chunk in chunks:
                digest.update(chunk)
                part.write(chunk)
        self.hashes[name] = digest.hexdigest()

    def close(self, about: dict[str, Any]) -> None:
        """Write the list of parts, with what the backup says of itself."""
        listed = json.dumps({**about, "parts": self.hashes}, ensure_ascii=False, indent=1).encode()
        self.file.writestr(MANIFEST, listed)
        self.file.comment = SIGNATURE + hashlib.sha256(listed).hexdigest().encode()


@contextmanager
def write_archive(path: Path) -> Iterator[ArchiveWriter]:
    """Write a backup, for its owner's eyes only; it gets its name when it is whole and on the disk."""
    with atomic_files.open_atomic(path, atomic_files.PRIVATE) as file, zipfile.ZipFile(file, "w") as made:
        yield ArchiveWriter(made)


@dataclass(frozen=True)
class Backup:
    """A backup that was found whole: what it says of itself, and its parts by name."""

    file: zipfile.ZipFile
    about: dict[str, Any]

    def names(self, folder: str) -> list[str]:
        """The parts in one of its folders, in the order in which they were written."""
        return [name for name in self.about["parts"] if name.startswith(f"{folder}/")]

    def lines(self, name: str) -> Iterator[bytes]:
        """A part, line by line."""
        with self.file.open(name) as part:
            yield from part

    def data(self, name: str) -> bytes:
        """A part as a whole."""
        return self.file.read(name)


def is_backup(path: Path) -> bool:
    """Whether a file is a backup of ours, whole or not."""
    try:
        with zipfile.ZipFile(path) as file:
            return file.comment.startswith(SIGNATURE)
    except (zipfile.BadZipFile, OSError):
        return False


@contextmanager
def open_archive(path: Path) -> Iterator[Backup]:
    """Open a backup after every part was hashed again; BackupDamaged names the first that is not as it was written."""
    with _whole(str(path)):
        file = zipfile.ZipFile(path)
    with file:
        yield _checked(file)


def _checked(file: zipfile.ZipFile) -> Backup:
    with _whole(MANIFEST):
        backup = Backup(file, _listed(file))
    for name, kept in backup.about["parts"].items():
        with _whole(name):
            if _is_outside(name) or _hashed(file, name) != kept:
                raise damage_error(name)
    return backup


@contextmanager
def _whole(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, RuntimeError, ValueError) as error:
        raise damage_error(name) from error


def _listed(file: zipfile.ZipFile) -> dict[str, Any]:
    listed = file.read(MANIFEST)
    if file.comment != SIGNATURE + hashlib.sha256(listed).hexdigest().encode():
        raise damage_error(MANIFEST)
    about: dict[str, Any] = json.loads(listed)
    return about


def _is_outside(name: str) -> bool:
    return PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts


def _hashed(file: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with file.open(name) as part:
        while chunk := part.read(_STRETCH):
            digest.update(chunk)
    return digest.hexdigest()


def damage_error(name: str) -> BackupDamaged:
    """The refusal that names what is not as it was written."""
    return BackupDamaged(make_message("The backup is not as it was written: %(part)s", part=name))
