"""Keep what a person typed as the subject as a text of its own; going down is refused once there is one."""

from __future__ import annotations

from pathlib import Path

from migrations import sql_files

revision = "0008_keep_subjects"
down_revision = "0007_check_lines_once"


def upgrade() -> None:
    sql_files.run(Path(__file__).with_suffix(""), "up")


def downgrade() -> None:
    sql_files.run(Path(__file__).with_suffix(""), "down")
