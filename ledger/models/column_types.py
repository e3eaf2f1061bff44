"""Column types with the same Python values on both engines, and helpers that declare columns and constraints."""

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
"""The largest amount and quantity, so that no sum exceeds 64 bits."""

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
    """A calendar date in the community's time zone."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Store a date on PostgreSQL, `YYYY-MM-DD` on SQLite."""
        return dialect.type_descriptor(Date() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: dt.date | str | None, dialect: Dialect) -> Any:
        """Accept a date or its ISO text."""
        if dialect.name == "postgresql":
            return dt.date.fromisoformat(value) if isinstance(value, str) else value
        return value.isoformat() if isinstance(value, dt.date) else value

    def process_result_value(self, value: Any, _dialect: Dialect) -> dt.date | None:
        """Return a date."""
        return dt.date.fromisoformat(value) if isinstance(value, str) else cast(dt.date | None, value)


class Instant(TypeDecorator[str]):
    """A UTC timestamp of the database's clock, as the text that is hashed: `YYYY-MM-DDTHH:MM:SS.mmmZ`."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Store a timestamp to the millisecond on PostgreSQL, the text itself on SQLite."""
        if dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import TIMESTAMP  # only here: SQLite needs none of its dialect

            return TIMESTAMP(timezone=True, precision=3)  # type_descriptor() would drop the precision
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        """Accept the text."""
        return value if value is None or dialect.name != "postgresql" else dt.datetime.fromisoformat(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> str | None:
        """Return the text, in UTC whatever the connection's time zone."""
        return instant_text(value)


def instant_text(value: Any) -> str | None:
    """A timestamp from the driver as text: `YYYY-MM-DDTHH:MM:SS.mmmZ` in UTC."""
    if not isinstance(value, dt.datetime):
        return None if value is None else str(value)
    return value.astimezone(dt.UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


class Uid(TypeDecorator[str]):
    """A community's globally unique id: a UUID in lower case, as text."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Store a UUID on PostgreSQL, its text on SQLite."""
        stored: TypeEngine[Any] = UUID(as_uuid=False) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(stored)


Number = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of up to 64 bits: an amount or an id."""


def books_table(
    name: str, *items: SchemaItem, fill: int | None = None, changes: str = "", kept_by_database: bool = False
) -> Table:
    """A table of the books; on SQLite STRICT and WITHOUT ROWID.

    `fill` is PostgreSQL's fillfactor in per cent, for rows that change often. The app login may insert rows, and update
    only the columns in `changes`; if `kept_by_database`, only triggers insert rows.
    """
    storage: dict[str, Any] = {"postgresql_with": {"fillfactor": fill}} if fill else {}
    info = {"changes": tuple(changes.split()), "kept_by_database": kept_by_database}
    return Table(name, metadata, *items, sqlite_strict=True, sqlite_with_rowid=False, info=info, **storage)


def community_id_column() -> Column[int]:
    """The community of the row: first column of every primary key, local to the database, never hashed."""
    return bigint_column("community_id", "The community whose books these are.", primary_key=True)


def bigint_column(name: str, doc: str, **options: Any) -> Column[int]:
    """A column of whole numbers; NOT NULL by default."""
    return Column(name, Number, doc=doc, autoincrement=False, **{"nullable": False, **options})


def text_column(name: str, doc: str, **options: Any) -> Column[str]:
    """A column of text; NOT NULL by default."""
    return Column(name, Text, doc=doc, **{"nullable": False, **options})


def bytes_column(name: str, doc: str, **options: Any) -> Column[bytes]:
    """A column of bytes; NOT NULL by default."""
    return Column(name, LargeBinary, doc=doc, **{"nullable": False, **options})


def day_column(name: str, doc: str, **options: Any) -> Column[dt.date]:
    """A column of calendar dates; NOT NULL by default."""
    return Column(name, Day, doc=doc, **{"nullable": False, **options})


def instant_column(name: str, doc: str, **options: Any) -> Column[str]:
    """A column of timestamps; NOT NULL by default."""
    return Column(name, Instant, doc=doc, **{"nullable": False, **options})


def check_constraint(name: str, condition: str) -> CheckConstraint:
    """A CHECK on one row, with the same SQL on both engines."""
    return CheckConstraint(condition, name=name)


def engine_check(dialect: str, name: str, condition: str) -> CheckConstraint:
    """A CHECK on one engine only; on the other the column type ensures it, or a CHECK with its own SQL."""
    return CheckConstraint(condition, name=name).ddl_if(dialect=dialect)


def json_checks(name: str, *, nullable: bool = False) -> tuple[CheckConstraint, CheckConstraint]:
    """CHECKs for a text column with a JSON object. Text and not JSON, because it is hashed as stored."""
    # in older SQLite json_valid(NULL) is false
    null_or = f"{name} IS NULL OR " if nullable else ""
    return (
        engine_check("sqlite", f"{name}_check", f"{null_or}json_valid({name}) AND json_type({name}) = 'object'"),
        engine_check("postgresql", f"{name}_check", f"json_typeof({name}::json) = 'object'"),
    )


def instant_check(name: str) -> CheckConstraint:
    """A CHECK of the timestamp's format on SQLite, where it is text."""
    return engine_check("sqlite", f"{name}_check", f"{name} GLOB '????-??-??T??:??:??.???Z'")


def foreign_key(
    columns: str, table: str, targets: str | None = None, *, deferred: bool = False
) -> ForeignKeyConstraint:
    """A foreign key within the community; if `deferred`, the target may be inserted later in the transaction."""
    source_columns = ["community_id", *columns.split()]
    target_columns = ["community_id", *(targets or columns).split()]
    options: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"} if deferred else {}
    return ForeignKeyConstraint(source_columns, [f"{table}.{name}" for name in target_columns], **options)


def community_foreign_key() -> ForeignKeyConstraint:
    """A foreign key to community; only for tables that have no other foreign key to rely on."""
    return ForeignKeyConstraint(["community_id"], ["community.community_id"])


def partial_index(name: str, condition: str, *columns: Column[Any], unique: bool = False) -> Index:
    """An index of the rows that meet a condition."""
    where = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)
