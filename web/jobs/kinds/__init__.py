"""Kinds of job, one module each, found in this folder: how often, for which communities, and what they do."""

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
"""The strftime format of a period; a kind has one job for each period."""


@dataclass(frozen=True)
class JobKind:
    """A kind of job: when it is due and what it does.

    `about` lists the communities it is due for (an empty slug: the whole installation); `run` returns the text of its
    outcome and raises if it fails.
    """

    slug: str
    title: str
    every: str
    about: Callable[[Engine, Settings], Iterable[str]]
    run: Callable[[Engine, Settings, Task], str]


@cache
def all_job_kinds() -> dict[str, JobKind]:
    """Every kind of job by its slug."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    kinds: list[JobKind] = [importlib.import_module(f"{__name__}.{name}").KIND for name in names]
    return {kind.slug: kind for kind in kinds}
