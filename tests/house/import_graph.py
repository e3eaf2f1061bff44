"""Which modules import which, and which areas of the tree import which."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter

from tests.house.source import CODE, Module, imports, modules

NESTED = ("web/pages", "reports/render")
"""Folders whose subfolders are areas of their own."""

Graph = Mapping[str, set[str]]


def area(module: Module) -> str:
    """Return the area of a module: its folder of the second level, or of the third below `NESTED`."""
    folders = module.place.split("/")[:-1]
    depth = 3 if "/".join(folders[:2]) in NESTED else 2
    if len(folders) == 1:  # a module of the top folder is an area by itself
        return module.name
    return "/".join(folders[:depth])


@cache
def module_graph() -> dict[str, set[str]]:
    """Return which modules each module imports, inside functions and for type checking too."""
    known = {module.name: module for module in modules(*CODE, "migrations")}
    return {name: _resolved(module, known) for name, module in known.items()}


def _resolved(module: Module, known: Mapping[str, Module]) -> set[str]:
    """Count `from package import name` as an import of the package only where the name is no module of it."""
    named = imports(module) & known.keys()
    packages = {name for name in named if any(other.startswith(f"{name}.") for other in named)}
    return (named - {name for name in packages if not _takes_from(module, name, known)}) - {module.name}


def _takes_from(module: Module, package: str, known: Mapping[str, Module]) -> bool:
    nodes = [node for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom) and node.module == package]
    return any(f"{package}.{alias.name}" not in known for node in nodes for alias in node.names)


@cache
def area_graph() -> dict[str, set[str]]:
    """Return which areas each area imports."""
    known = {module.name: area(module) for module in modules(*CODE, "migrations")}
    graph: dict[str, set[str]] = defaultdict(set)
    for name, targets in module_graph().items():
        graph[known[name]] |= {known[target] for target in targets} - {known[name]}
    return graph


def cycle(graph: Graph) -> list[str]:
    """Return one cycle of a graph, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def reduced(graph: Graph) -> dict[str, set[str]]:
    """Return the graph without the arrows that a longer way of arrows repeats."""
    reach: dict[str, set[str]] = {}
    for node in TopologicalSorter(graph).static_order():
        targets = graph.get(node, set())
        reach[node] = targets.union(*(reach[target] for target in targets))
    return {
        node: {one for one in targets if not any(one in reach[other] for other in targets - {one})}
        for node, targets in graph.items()
    }
