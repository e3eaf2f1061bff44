"""Columns: one metadata with named constraints, and types that give the same Python values on both engines."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy import (
    UUID,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine

LARGEST = 1_000_000_000_000_000
"""No amount and no quantity passes this, so that no sum leaves 64 bits."""

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)


class Day(TypeDecorator[dt.date]):
    """A calendar day in the community's own zone, without a time."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Store a date on PostgreSQL, `YYYY-MM-DD` on SQLite."""
        return dialect.type_descriptor(Date() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: dt.date | str | None, dialect: Dialect) -> Any:
        """Take a date, or its text."""
        if dialect.name == "postgresql":
            return dt.date.fromisoformat(value) if isinstance(value, str) else value
        return value.isoformat() if isinstance(value, dt.date) else value

    def process_result_value(self, value: Any, _dialect: Dialect) -> dt.date | None:
        """Give a date back."""
        return dt.date.fromisoformat(value) if isinstance(value, str) else cast(dt.date | None, value)


class Instant(TypeDecorator[str]):
    """A moment of the database's clock in UTC, as it is hashed: `YYYY-MM-DDTHH:MM:SS.mmmZ`."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Store a timestamp to the millisecond on PostgreSQL, the text itself on SQLite."""
        if dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import TIMESTAMP  # only here: SQLite needs none of its dialect

            return TIMESTAMP(timezone=True, precision=3)  # type_descriptor() would drop the precision
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        """Take the text."""
        return value if value is None or dialect.name != "postgresql" else dt.datetime.fromisoformat(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> str | None:
        """Give the text back, whatever zone the connection is in."""
        return instant_text(value)


def instant_text(value: Any) -> str | None:
    """A moment as a driver gives it, as text: `YYYY-MM-DDTHH:MM:SS.mmmZ` in UTC."""
    if not isinstance(value, dt.datetime):
        return None if value is None else str(value)
    return value.astimezone(dt.UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


class Uid(TypeDecorator[str]):
    """A community's lasting name among all communities: a UUID in lower case, as text."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Store a UUID on PostgreSQL, its text on SQLite."""
        stored: TypeEngine[Any] = UUID(as_uuid=False) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(stored)


Number = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of up to 64 bits: an amount, or a number that identifies."""

Digest = LargeBinary
"""Bytes: 32 of them where they are a digest."""


def books_table(
    name: str, *items: SchemaItem, fill: int | None = None, changes: str = "", kept_by_database: bool = False
) -> Table:
    """A table of the books: strictly typed and kept in the order of its key on SQLite.

    `fill` is how full PostgreSQL packs a page, in per cent, where rows change often. The login that serves adds rows
    and changes none, but for the columns named in `changes`; where `kept_by_database`, triggers alone add them.
    """
    room: dict[str, Any] = {"postgresql_with": {"fillfactor": fill}} if fill else {}
    info = {"changes": tuple(changes.split()), "kept_by_database": kept_by_database}
    return Table(name, metadata, *items, sqlite_strict=True, sqlite_with_rowid=False, info=info, **room)


def community_number() -> Column[int]:
    """Say whose row it is; leads every primary key, is local to one database and never hashed."""
    return bigint_column("community_id", "The community whose books these are.", primary_key=True)


def bigint_column(name: str, doc: str, **options: Any) -> Column[int]:
    """A column of whole numbers, never null unless said."""
    return Column(name, Number, doc=doc, autoincrement=False, **{"nullable": False, **options})


def text_column(name: str, doc: str, **options: Any) -> Column[str]:
    """A column of text, never null unless said."""
    return Column(name, Text, doc=doc, **{"nullable": False, **options})


def digest(name: str, doc: str, **options: Any) -> Column[bytes]:
    """A column of bytes, never null unless said."""
    return Column(name, Digest, doc=doc, **{"nullable": False, **options})


def day(name: str, doc: str, **options: Any) -> Column[dt.date]:
    """A column of calendar days, never null unless said."""
    return Column(name, Day, doc=doc, **{"nullable": False, **options})


def instant(name: str, doc: str, **options: Any) -> Column[str]:
    """A column of moments, never null unless said."""
    return Column(name, Instant, doc=doc, **{"nullable": False, **options})


def check_constraint(name: str, condition: str) -> CheckConstraint:
    """A rule on one row, the same words on both engines."""
    return CheckConstraint(condition, name=name)


def check_on(dialect: str, name: str, condition: str) -> CheckConstraint:
    """A rule on one row in the words of one engine; the other engine's type says it already, or says it in its own."""
    return CheckConstraint(condition, name=name).ddl_if(dialect=dialect)


def json_checks(name: str, *, nullable: bool = False) -> tuple[CheckConstraint, CheckConstraint]:
    """Text that holds a JSON object (or null where the column allows it); text, because it is hashed as it stands."""
    # older SQLite finds null no valid JSON
    unless = f"{name} IS NULL OR " if nullable else ""
    return (
        check_on("sqlite", f"{name}_check", f"{unless}json_valid({name}) AND json_type({name}) = 'object'"),
        check_on("postgresql", f"{name}_check", f"json_typeof({name}::json) = 'object'"),
    )


def instant_check(name: str) -> CheckConstraint:
    """On SQLite, where an instant is text, the text has the one form that is hashed."""
    return check_on("sqlite", f"{name}_check", f"{name} GLOB '????-??-??T??:??:??.???Z'")


def foreign_key(
    columns: str, table: str, targets: str | None = None, *, deferred: bool = False
) -> ForeignKeyConstraint:
    """A key into another table of the same community; `deferred` lets the target come later in the transaction."""
    names = ["community_id", *columns.split()]
    named = ["community_id", *(targets or columns).split()]
    late: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"} if deferred else {}
    return ForeignKeyConstraint(names, [f"{table}.{name}" for name in named], **late)


def in_community() -> ForeignKeyConstraint:
    """The row's community exists; only root tables say it, every other reaches it through its keys."""
    return ForeignKeyConstraint(["community_id"], ["community.community_id"])


def index_where(name: str, condition: str, *columns: Column[Any], unique: bool = False) -> Index:
    """An index of only the rows that meet a condition."""
    where = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)
