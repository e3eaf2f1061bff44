"""Sign-ins go along with a community that moves: who had one has the same one there, unless the name is taken."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from ledger.database.unit_of_work import ReadUnit
from web.identity import logins
from web.models.identity import Login, Membership


class LoginTransfer:
    """Counts who can sign in there as before, and who needs a new link because the name is somebody's there."""

    def __init__(self) -> None:
        self.carried, self.left = 0, 0

    def __call__(self, books: ReadUnit, connection: Connection, number: int) -> None:
        """Take every login of the community's members along, within the move's own transaction."""
        query = select(Membership.party_id, Membership.since, *Login.__table__.columns).join(
            Login, Login.login_id == Membership.login_id
        )
        for row in books.connection.execute(query.where(Membership.community_id == books.community_id)).mappings():
            names = [row["user_name"], *([row["email"]] if row["email"] else [])]
            if any(logins.find(connection, name) for name in names):
                self.left += 1
                continue
            login = {column.name: row[column.name] for column in Login.__table__.columns if column.name != "login_id"}
            made = connection.execute(insert(Login).values(login)).inserted_primary_key
            member = {"community_id": number, "party_id": row["party_id"], "since": row["since"]}
            connection.execute(insert(Membership).values(member | {"login_id": made[0] if made else 0}))
            self.carried += 1
