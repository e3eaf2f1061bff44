"""The table of jobs; it belongs to no community's books, and its rows may be changed and deleted."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from web.models.identity import Base

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"


class Job(Base):
    """A job. `about` is a community's slug, or empty for the whole installation.

    `period` is a day or an hour: a kind has one job for each community and period. While it runs, `worker` holds it
    until `lease_until`; `told` is the text of its outcome.
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
