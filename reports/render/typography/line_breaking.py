"""Line breaking: left-aligned, broken at spaces, no hyphenation, no single short word on the last line.

Text is literal: brackets and ampersands have no special meaning.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, TypeAlias

from reports.render.typography import fonts
from reports.render.typography.fonts import TextRun
from reports.render.typography.lengths import total_length
from reports.render.typography.style import TextStyle
from reports.story.elements import Strong, Text

Line: TypeAlias = tuple[TextRun, ...]
Piece: TypeAlias = tuple[str, str]
Word: TypeAlias = tuple[Piece, ...]

SHORT: Final = 12
CLOSE: Final = 4.0
TAIL: Final = 3


def plain_text(text: Text) -> str:
    """The text as one string, without bold."""
    return text if isinstance(text, str) else "".join(part if isinstance(part, str) else part.text for part in text)


def all_strong(text: Text) -> Text:
    """The whole text in bold."""
    return (Strong(plain_text(text)),) if text else ""


@lru_cache(4096)
def break_lines(text: Text, text_style: TextStyle, width: float) -> tuple[Line, ...]:
    """Break a text into lines of a width."""
    rows: list[list[Word]] = [[]]
    for word in _fitting(_glued(_words(text, text_style), text_style.size, width), text_style.size, width):
        if rows[-1] and not _fits([*rows[-1], word], text_style.size, width):
            rows.append([])
        rows[-1].append(word)
    _keep_company(rows, text_style.size, width)
    return tuple(_line(row, text_style.size) for row in rows if row)


def widest_word(text: Text, text_style: TextStyle) -> float:
    """The width of the widest word: below it, a word must be broken."""
    return max((_width([word], text_style.size) for word in _words(text, text_style)), default=0.0)


def text_width(text: Text, text_style: TextStyle) -> float:
    """The width of the text on one line."""
    return _width(_words(text, text_style), text_style.size)


def _words(text: Text, text_style: TextStyle) -> list[Word]:
    """The words as pieces (font, letters); a word may be bold in part."""
    words: list[list[Piece]] = [[]]
    for part in (text,) if isinstance(text, str) else text:
        letters, face = (part, text_style.face) if isinstance(part, str) else (part.text, text_style.strong)
        first, *rest = fonts.clean(letters).split(" ")
        words[-1].append((face, first))
        words.extend([(face, letters)] for letters in rest)
    return [word for pieces in words if (word := tuple(piece for piece in pieces if piece[1]))]


def _fitting(words: Iterable[Word], size: float, width: float) -> Iterator[Word]:
    """The words, with those wider than a line cut at the line's end."""
    for word in words:
        if _width([word], size) <= width:
            yield word
        else:
            yield from _cut(word, size, width)


def _cut(word: Word, size: float, width: float) -> Iterator[Word]:
    piece: Word = ()
    for face, letters in word:
        for letter in letters:
            longer = _join((*piece, (face, letter)))
            if piece and not unicodedata.combining(letter) and _width([longer], size) > width:
                yield piece
                longer = ((face, letter),)
            piece = longer
    yield piece


def _join(pieces: Word) -> Word:
    joined: list[Piece] = []
    for face, letters in pieces:
        if joined and joined[-1][0] == face:
            joined[-1] = (face, joined[-1][1] + letters)
        else:
            joined.append((face, letters))
    return tuple(joined)


def _line(words: list[Word], size: float) -> Line:
    pieces: list[Piece] = []
    for word in words:
        if pieces:
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + " ")
        pieces.extend(word)
    return tuple(run for face, letters in _join(tuple(pieces)) for run in fonts.text_runs(letters, face, size))


def _width(words: list[Word], size: float) -> float:
    spaces = total_length(fonts.text_width(" ", word[-1][0], size) for word in words[:-1])
    return spaces + total_length(fonts.text_width(letters, face, size) for word in words for face, letters in word)


def _fits(words: list[Word], size: float, width: float) -> bool:
    """Whether words fit on a line. Close cases are measured exactly, with kerning across spaces."""
    over = _width(words, size) - width
    return over <= 0 or (over < CLOSE and total_length(run.width for run in _line(words, size)) <= width)


def _glued(words: list[Word], size: float, width: float) -> Iterator[Word]:
    """The words, with a very short last word of a sentence glued to the word before it."""
    pending: Word = ()
    is_glued = False
    for word in words:
        letters = "".join(letters for _, letters in word)
        both: Word = (*pending, (pending[-1][0], " "), *word) if pending else word
        if (
            pending
            and not is_glued
            and len(letters) <= TAIL
            and letters[-1] in ".!?"
            and _width([both], size) < width / 2
        ):
            pending, is_glued = both, True
            continue
        if pending:
            yield pending
        pending, is_glued = word, False
    if pending:
        yield pending


def _keep_company(rows: list[list[Word]], size: float, width: float) -> None:
    """Move a word down where the last line would be a single short word."""
    if len(rows) < 2 or len(rows[-1]) > 1 or len(rows[-2]) < 4:
        return
    alone, above = rows[-1][0], rows[-2][-1]
    if sum(len(letters) for _, letters in alone) <= SHORT and _fits([above, alone], size, width):
        rows[-1].insert(0, rows[-2].pop())
