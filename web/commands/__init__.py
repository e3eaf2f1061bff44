"""The command line: `hourstead COMMAND`, one module for each command, found in this folder."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from typing import Any

import click

from ledger.core.errors import FieldsWrong, LedgerError

__all__ = ["main"]

OBJECTS_BEFORE_COLLECTION = 50_000
"""The objects of imports stay; a collection after every 700 objects, Python's default, would slow the start down."""


class Commands(click.Group):
    """Finds each command in the module of its name; modules that begin with an underscore are not commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all commands."""
        return sorted(_command_name(name) for _, name, _ in pkgutil.iter_modules(__path__) if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; only its module is imported, so that every command starts quickly."""
        if cmd_name not in self.list_commands(ctx):
            return None
        modules = [name for _, name, _ in pkgutil.iter_modules(__path__) if _command_name(name) == cmd_name]
        command: click.Command = importlib.import_module(f"{__name__}.{modules[0]}").command
        return command

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run a command; a refusal is printed on one line, with exit status 1."""
        gc.set_threshold(OBJECTS_BEFORE_COLLECTION)
        try:
            return super().main(args, *rest, **extra)
        except FieldsWrong as refusal:
            for field, message in refusal.fields.items():
                click.echo(f"hourstead: --{field.replace('_', '-')}: {message}", err=True)
        except LedgerError as refusal:
            click.echo(f"hourstead: {refusal.message}", err=True)
        sys.exit(1)


def _command_name(module: str) -> str:
    return module.rstrip("_").replace("_", "-")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="hourstead", message="%(prog)s %(version)s")
def main() -> None:
    """Keep the books of a community that lives on hours as well as money.

    Settings come from HOURSTEAD_DATABASE_URL and HOURSTEAD_DATA_DIR. What is done here is done by the operator,
    who is never anyone's second person.
    """
