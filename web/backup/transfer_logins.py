"""Copies the logins of a community that moves to another database, unless a user name or address is taken there."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from ledger.database.unit_of_work import ReadUnit
from web.identity import logins
from web.models.identity import Login, Membership


class LoginTransfer:
    """Copies logins; counts members whose login is copied, and those who need a new link because the name is taken."""

    def __init__(self) -> None:
        self.copied, self.skipped = 0, 0

    def __call__(self, books: ReadUnit, connection: Connection, community_id: int) -> None:
        """Copy every login of the community's members, in the transaction of the transfer."""
        query = select(Membership.party_id, Membership.since, *Login.__table__.columns).join(
            Login, Login.login_id == Membership.login_id
        )
        for row in books.connection.execute(query.where(Membership.community_id == books.community_id)).mappings():
            names = [row["user_name"], *([row["email"]] if row["email"] else [])]
            if any(logins.find(connection, name) for name in names):
                self.skipped += 1
                continue
            login = {column.name: row[column.name] for column in Login.__table__.columns if column.name != "login_id"}
            new_key = connection.execute(insert(Login).values(login)).inserted_primary_key
            member = {"community_id": community_id, "party_id": row["party_id"], "since": row["since"]}
            connection.execute(insert(Membership).values(member | {"login_id": new_key[0] if new_key else 0}))
            self.copied += 1
