"""Migrations are numbered without a gap, in one line, and everything beside them is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

import migrations

FOLDER = Path(migrations.__file__).parent / "versions"
STEPS = sorted(FOLDER.glob("*.py"))


def test_migrations_are_numbered_from_one_without_a_gap() -> None:
    assert [path.stem[:5] for path in STEPS] == [f"{number:04}_" for number in range(1, len(STEPS) + 1)]
    assert [path.stem for path in STEPS if not re.fullmatch(r"\d{4}(_[a-z]+)+", path.stem)] == []


def test_migrations_form_one_line_with_one_head() -> None:
    steps = migrations.steps()
    line = [step.revision for step in steps.walk_revisions()]
    assert steps.get_heads() == [STEPS[-1].stem]
    assert migrations.newest_step() == STEPS[-1].stem
    assert line == [path.stem for path in reversed(STEPS)]


def test_each_migration_says_what_it_does_and_can_be_taken_back() -> None:
    for step in migrations.steps().walk_revisions():
        assert step.doc
        assert all(map(callable, (step.module.upgrade, step.module.downgrade)))


def test_every_sql_file_belongs_to_a_migration_and_is_named_in_it() -> None:
    for path in FOLDER.rglob("*.sql"):
        step = FOLDER / f"{path.relative_to(FOLDER).parts[0]}.py"
        assert f'"{path.stem}"' in step.read_text(encoding="utf-8"), path


def test_migrations_run_only_on_a_connection_that_is_handed_over() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER.parent))
    with pytest.raises(CommandError, match="hourstead init"):
        command.current(config)
