"""The table of jobs; like logins it belongs to no community's books, and its rows may be changed and deleted."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from web.models.identity import Base

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"


class Job(Base):
    """One piece of work. `about` is a community's short name, or empty for the whole installation.

    `period` says for when (a day, an hour): of one kind about one community in one period there is one. While it runs,
    `worker` holds it until `lease_until`; `told` is what became of it.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
        UniqueConstraint("kind", "about", "period"),
        Index(None, "state", "due_at"),
    )

    job_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    about: Mapped[str]
    period: Mapped[str]
    state: Mapped[str]
    tries: Mapped[int]
    filed_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    worker: Mapped[str | None]
    lease_until: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    told: Mapped[str | None]
