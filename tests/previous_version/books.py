"""The books that the version before left, opened and restored by this one; and what each command says of them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from web.commands import main

HERE = Path(__file__).parent
FILE = HERE / "books.sqlite.gz"
BACKUP = HERE / "kept.backup"
SAID = HERE / "said.json"
"""What the version before said of the books: its verdicts, and a hash of everything else that it printed."""

HEADS = {"willow": "153", "elm": "6"}
"""Up to which number each community is read, so that what is added later changes nothing."""
REPORTS = ("budget-review", "sustainability", "trial-balance")
FORMATS = ("jsonl", "hledger", "beancount", "csv")
DAYS = ("2026-01-31", "2026-03-31", "2026-12-31")


@dataclass(frozen=True)
class Books:
    """Books at an address, with a data folder and a place for what is printed."""

    url: str
    folder: Path

    def run(self, *args: str | Path) -> Result:
        """Run a command; how it ended."""
        env = {"HOURSTEAD_DATABASE_URL": self.url, "HOURSTEAD_DATA_DIR": str(self.folder / "data")}
        return CliRunner().invoke(main, [str(arg) for arg in args], env=env)

    def does(self, *args: str | Path) -> str:
        """Run what must succeed; what it printed."""
        result = self.run(*args)
        assert result.exit_code == 0, result.output
        return result.stdout

    def data(self, *args: str | Path) -> Any:
        """Run what must succeed; what it printed, as JSON."""
        return json.loads(self.does(*args, "--json"))

    def written(self, end: str, *args: str | Path) -> bytes:
        """Run what writes a file; what is in it."""
        path = self.folder / f"out.{end}"
        self.does(*args, "--out", path)
        return path.read_bytes()


def unpacked(folder: Path) -> Books:
    """Unpack the database file of the version before, and bring its schema up to date as an upgrade does."""
    path = folder / "books.sqlite"
    path.write_bytes(gzip.decompress(FILE.read_bytes()))
    path.chmod(0o600)
    books = Books(f"sqlite:///{path}", folder)
    books.does("init")
    return books


def said_before() -> Any:
    """What the version before said."""
    return json.loads(SAID.read_text(encoding="utf-8"))


def balances(books: Books) -> dict[str, str]:
    """Hash what every account holds, at the end of some days."""
    asked = [("balance", "--community", slug, "--at", day, "--json") for slug in HEADS for day in DAYS]
    return {" ".join(command): hashed(books.does(*command).encode()) for command in asked}


def reports(books: Books, *forms: str) -> dict[str, str]:
    """Hash every report for a closed month, as JSON and in each form."""
    found = {}
    for kind in REPORTS:
        command = ("report", kind, "--community", "willow", "--period", "2026-03", "--at", HEADS["willow"])
        name = " ".join(command)
        for end in forms:
            path = books.folder / f"out.{end}"
            found[f"{name} json"] = hashed(books.does(*command, "--out", path, "--json").encode())
            found[f"{name} {end}"] = hashed(path.read_bytes())
    return found


def exports(books: Books, formats: Iterable[str] = FORMATS) -> dict[str, str]:
    """Hash every export, with and without the words of private entries."""
    asked = [
        ["export", format_, "--community", slug, "--at", HEADS[slug], *private]
        for slug in HEADS
        for format_ in formats
        for private in ([], ["--with-private"])
    ]
    return {" ".join(command): hashed(books.written(command[1], *command)) for command in asked}


def hashed(data: bytes) -> str:
    """Return the hash of what a command printed or wrote."""
    return sha256(data).hexdigest()
