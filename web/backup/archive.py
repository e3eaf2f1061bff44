"""The file of a backup: a ZIP with the hash of every part in its manifest, and the manifest's hash in its comment."""

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
_CHUNK_SIZE = 1 << 20


class BackupDamaged(LedgerError):
    """A part of the backup is missing or changed."""

    slug = "backup-damaged"


@dataclass
class ArchiveWriter:
    """A backup being written; it hashes each part."""

    file: zipfile.ZipFile
    hashes: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one part."""
        digest = hashlib.sha256()
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        info._compresslevel = 1  # type: ignore[attr-defined]  # ZipFile sets its own level only for names, not for ZipInfo
        with self.file.open(info, "w", force_zip64=True) as part:
            for chunk in chunks:
                digest.update(chunk)
                part.write(chunk)
        self.hashes[name] = digest.hexdigest()

    def close(self, about: dict[str, Any]) -> None:
        """Write the manifest: `about` and the hashes of the parts."""
        manifest = json.dumps({**about, "parts": self.hashes}, ensure_ascii=False, indent=1).encode()
        self.file.writestr(MANIFEST, manifest)
        self.file.comment = SIGNATURE + hashlib.sha256(manifest).hexdigest().encode()


@contextmanager
def write_archive(path: Path) -> Iterator[ArchiveWriter]:
    """Write a backup, readable by its owner only; the file gets its name when it is complete and on the disk."""
    with atomic_files.open_atomic(path, atomic_files.PRIVATE) as file, zipfile.ZipFile(file, "w") as archive:
        yield ArchiveWriter(archive)


@dataclass(frozen=True)
class Backup:
    """A verified backup: its manifest, and its parts by name."""

    file: zipfile.ZipFile
    about: dict[str, Any]

    def names(self, folder: str) -> list[str]:
        """The names of the parts in a folder, in the order of writing."""
        return [name for name in self.about["parts"] if name.startswith(f"{folder}/")]

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a part."""
        with self.file.open(name) as part:
            yield from part

    def data(self, name: str) -> bytes:
        """The bytes of a part."""
        return self.file.read(name)


def is_backup(path: Path) -> bool:
    """Whether a file is a backup of Hourstead, intact or damaged."""
    try:
        with zipfile.ZipFile(path) as file:
            return file.comment.startswith(SIGNATURE)
    except (zipfile.BadZipFile, OSError):
        return False


@contextmanager
def open_archive(path: Path) -> Iterator[Backup]:
    """Open a backup and verify the hash of every part; BackupDamaged names the first damaged one."""
    with _damage_reported(str(path)):
        file = zipfile.ZipFile(path)
    with file:
        yield _verify(file)


def _verify(file: zipfile.ZipFile) -> Backup:
    with _damage_reported(MANIFEST):
        backup = Backup(file, _read_manifest(file))
    for name, part_hash in backup.about["parts"].items():
        with _damage_reported(name):
            if _is_outside(name) or _hash_part(file, name) != part_hash:
                raise damage_error(name)
    return backup


@contextmanager
def _damage_reported(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, RuntimeError, ValueError) as error:
        raise damage_error(name) from error


def _read_manifest(file: zipfile.ZipFile) -> dict[str, Any]:
    manifest = file.read(MANIFEST)
    if file.comment != SIGNATURE + hashlib.sha256(manifest).hexdigest().encode():
        raise damage_error(MANIFEST)
    about: dict[str, Any] = json.loads(manifest)
    return about


def _is_outside(name: str) -> bool:
    return PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts


def _hash_part(file: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with file.open(name) as part:
        while chunk := part.read(_CHUNK_SIZE):
            digest.update(chunk)
    return digest.hexdigest()


def damage_error(name: str) -> BackupDamaged:
    """The error that names a damaged part."""
    return BackupDamaged(make_message("The backup is not as it was written: %(part)s", part=name))
