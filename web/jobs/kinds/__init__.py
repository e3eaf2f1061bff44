"""Kinds of job, one file each, found by walking: how often, about what, and what is done."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Engine

from web.jobs.queue import Task
from web.settings import Settings

DAILY, HOURLY = "%Y-%m-%d", "%Y-%m-%dT%H"
"""How a period is written: one job for each."""


@dataclass(frozen=True)
class JobKind:
    """How a kind of job is due and done.

    `about` lists the communities it is due for (an empty name: the whole installation); `run` gives what came of it,
    and raises where it did not succeed.
    """

    slug: str
    title: str
    every: str
    about: Callable[[Engine, Settings], Iterable[str]]
    run: Callable[[Engine, Settings, Task], str]


@cache
def all_job_kinds() -> dict[str, JobKind]:
    """Every kind of job by its slug."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    kinds: list[JobKind] = [importlib.import_module(f"{__name__}.{name}").KIND for name in names]
    return {kind.slug: kind for kind in kinds}
