"""Files to read from: UTF-8, one entry to a line, a stretch at a time, never whole in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ledger.core.errors import LedgerError
from ledger.core.messages import make_message
from ledger.exchange.imports.line_parser import LineWrong, from_json, parsed
from ledger.exchange.imports.result import Refused
from ledger.exchange.journal_line import JournalLine

LONGEST_LINE = 4 * 1024 * 1024
"""In bytes; an entry with thousands of postings fits."""


class FileUnread(LedgerError):
    """A file that is imported exists and can be read."""

    slug = "file-unread"


@dataclass(frozen=True)
class NumberedLine:
    """A journal line with its place in the file, and which part of the file is read by then."""

    number: int
    line: JournalLine
    done: float


def journal_lines(path: Path) -> Iterator[NumberedLine | Refused]:
    """The entries of a journal file in their order, each read or refused; blank lines are passed over."""
    try:
        size = max(path.stat().st_size, 1)
        with path.open("rb") as file:
            number = 0
            while raw := file.readline(LONGEST_LINE):
                number += 1
                if raw.strip():
                    yield _line(raw, number, min(file.tell() / size, 1.0))
    except OSError as error:
        raise FileUnread(
            make_message("The file cannot be read: %(reason)s", reason=error.strerror or str(error))
        ) from error


def _line(raw: bytes, number: int, done: float) -> NumberedLine | Refused:
    said = None
    try:
        if len(raw) >= LONGEST_LINE:
            raise LineWrong(make_message("The line is longer than %(bytes)s bytes.", bytes=LONGEST_LINE))
        said = parsed(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
        return NumberedLine(number, from_json(said), done)
    except UnicodeDecodeError:
        return Refused(number, None, make_message("The line is not UTF-8."))
    except LedgerError as refusal:
        return Refused(number, key_in(said), refusal.message)


def key_in(said: object) -> str | None:
    """The key that a line seems to have, to name it in a refusal."""
    key = said.get("key") if isinstance(said, dict) else None
    return key if isinstance(key, str) else None


def read_text(path: Path) -> str:
    """The whole text of a file that is small by nature, such as a community's registers."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileUnread(
            make_message("The file cannot be read: %(reason)s", reason=error.strerror or str(error))
        ) from error
    except UnicodeDecodeError as error:
        raise FileUnread(make_message("The file is not UTF-8.")) from error
