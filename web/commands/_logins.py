"""PostgreSQL logins: grants their rights, and finds those that can do more to the books than serving needs."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from ledger.core.errors import LedgerError
from ledger.core.messages import N_, Message, make_message
from ledger.database import file_permissions
from ledger.database.unit_of_work import read_transaction, write_transaction
from migrations import grants

_DANGERS = {
    "superuser": N_("The login “%(login)s” is a superuser: nothing in the database holds it back."),
    "walls": N_("The login “%(login)s” sees past the walls between communities (BYPASSRLS)."),
    "logins": N_("The login “%(login)s” can make logins, and so one that may do anything (CREATEROLE)."),
    "owner": N_("The login “%(login)s” owns the tables: it can switch their guards off."),
    "rows": N_("The login “%(login)s” can delete rows of the books."),
    "tables": N_("The login “%(login)s” can make tables. Run as the database's owner: %(sql)s"),
    "temporary": N_("The login “%(login)s” can make temporary tables. Run as the database's owner: %(sql)s"),
}
_REMEDIES = {
    "tables": "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "temporary": "REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",
}
_FILE_READABLE = N_("Others on this machine can read the books. Run: chmod 600 %(path)s")


class LoginUnfit(LedgerError):
    """The login could change recorded rows or disable the guards of the books."""

    slug = "login-unfit"


def grant_rights(engine: Engine, logins_by_task: dict[str, str | None]) -> None:
    """Grant each login the rights of its task, all of them or none; LoginUnfit if a login could do more."""
    with write_transaction(engine) as connection:
        for task, login_name in logins_by_task.items():
            if login_name is not None:
                _grant(connection, login_name, task)


def _grant(connection: Connection, login_name: str, task: str) -> None:
    if connection.dialect.name != "postgresql":
        raise LoginUnfit(make_message("SQLite knows no logins. Keep the books in PostgreSQL for that."))
    if grants.powers_of(connection, login_name) is None:
        raise LoginUnfit(
            make_message(
                "PostgreSQL knows no login “%(login)s”. Make it first: %(sql)s",
                login=login_name,
                sql=f"createuser --pwprompt {login_name}",
            )
        )
    grants.grant(connection, login_name, task)
    dangers = _login_dangers(connection, login_name)
    if dangers:
        raise LoginUnfit(dangers[0])


def restrict_file(engine: Engine) -> None:
    """Remove the access of other users to the SQLite file, which earlier versions left readable."""
    path = file_permissions.database_path(engine.url)
    if path is not None:
        file_permissions.remove_others_access(path)


def find_dangers(engine: Engine) -> list[Message]:
    """What an intruder on this server could do to the books, because of the rights of the login or the file."""
    if engine.dialect.name == "sqlite":
        path = file_permissions.database_path(engine.url)
        return (
            [make_message(_FILE_READABLE, path=str(path))]
            if path is not None and file_permissions.is_accessible_to_others(path)
            else []
        )
    with read_transaction(engine) as connection:
        return _login_dangers(connection, str(connection.exec_driver_sql("SELECT current_user").scalar_one()))


def _login_dangers(connection: Connection, login_name: str) -> list[Message]:
    powers = grants.powers_of(connection, login_name)
    names = powers.named() if powers else []
    decisive = [name for name in names if name in ("superuser", "owner")] or names
    database = str(connection.engine.url.database)
    return [
        make_message(_DANGERS[name], login=login_name, sql=_REMEDIES.get(name, "").format(database=database))
        for name in decisive
    ]
