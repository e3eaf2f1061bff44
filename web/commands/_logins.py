"""PostgreSQL's logins: giving them their rights, and saying which can do more to the books than serving needs."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from ledger.core.errors import LedgerError
from ledger.core.messages import N_, Message, make_message
from ledger.database import file_permissions
from ledger.database.unit_of_work import read_transaction, write_transaction
from migrations import grants

_CAN = {
    "superuser": N_("The login “%(login)s” is a superuser: nothing in the database holds it back."),
    "walls": N_("The login “%(login)s” sees past the walls between communities (BYPASSRLS)."),
    "logins": N_("The login “%(login)s” can make logins, and so one that may do anything (CREATEROLE)."),
    "owner": N_("The login “%(login)s” owns the tables: it can switch their guards off."),
    "rows": N_("The login “%(login)s” can delete rows of the books."),
    "tables": N_("The login “%(login)s” can make tables. Run as the database's owner: %(sql)s"),
    "temporary": N_("The login “%(login)s” can make temporary tables. Run as the database's owner: %(sql)s"),
}
_SQL = {
    "tables": "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "temporary": "REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",
}
_OPEN = N_("Others on this machine can read the books. Run: chmod 600 %(path)s")


class LoginUnfit(LedgerError):
    """The login that serves can add to the books, and can change neither what stands nor its guards."""

    slug = "login-unfit"


def grant_rights(engine: Engine, given: dict[str, str | None]) -> None:
    """Give each login named the rights of its task, and all of them or none; LoginUnfit where one could do more."""
    with write_transaction(engine) as connection:
        for task, login in given.items():
            if login is not None:
                _give(connection, login, task)


def _give(connection: Connection, login: str, task: str) -> None:
    if connection.dialect.name != "postgresql":
        raise LoginUnfit(make_message("SQLite knows no logins. Keep the books in PostgreSQL for that."))
    if grants.powers_of(connection, login) is None:
        raise LoginUnfit(
            make_message(
                "PostgreSQL knows no login “%(login)s”. Make it first: %(sql)s", login=login, sql=_created(login)
            )
        )
    grants.grant(connection, login, task)
    too_much = _too_much(connection, login)
    if too_much:
        raise LoginUnfit(too_much[0])


def _created(login: str) -> str:
    return f"createuser --pwprompt {login}"


def restrict_file(engine: Engine) -> None:
    """Take everyone else's rights on the file that SQLite keeps the books in, as earlier versions left it."""
    path = file_permissions.database_path(engine.url)
    if path is not None:
        file_permissions.remove_others_access(path)


def find_dangers(engine: Engine) -> list[Message]:
    """What whoever breaks into this server could do to the books, beyond what the settings of the books prevent."""
    if engine.dialect.name == "sqlite":
        path = file_permissions.database_path(engine.url)
        return (
            [make_message(_OPEN, path=str(path))]
            if path is not None and file_permissions.is_accessible_to_others(path)
            else []
        )
    with read_transaction(engine) as connection:
        return _too_much(connection, str(connection.exec_driver_sql("SELECT current_user").scalar_one()))


def _too_much(connection: Connection, login: str) -> list[Message]:
    powers = grants.powers_of(connection, login)
    named = powers.named() if powers else []
    telling = [name for name in named if name in ("superuser", "owner")] or named
    database = str(connection.engine.url.database)
    return [make_message(_CAN[name], login=login, sql=_SQL.get(name, "").format(database=database)) for name in telling]
