"""The traces of docs/architecture.md: who calls whom, from the edge to the database, checked against the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tests.house.source import ROOT, Function, Module, imports

BLOCK = re.compile(r"^```trace\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^(?P<indent> *)(?P<file>\S+\.py) +(?P<function>[\w.]+) +\S.*$")


@dataclass(frozen=True)
class Step:
    """One line of a trace: how deep it is, its file, its function (`Class.method` for a method)."""

    depth: int
    file: str
    function: str

    @cached_property
    def module(self) -> Module:
        """The parsed file."""
        return Module(ROOT / self.file)

    @property
    def last_name(self) -> str:
        """The name by which code calls it."""
        return self.function.rpartition(".")[2]

    def is_there(self) -> bool:
        """Whether the file and the function exist."""
        return (ROOT / self.file).exists() and self.function in set(_functions(self.module.tree))

    def calls(self, other: Step) -> bool:
        """Whether this step names the other, itself or by way of functions of its own file.

        A plain name has to be imported from the other file; an attribute may belong to whatever is handed in.
        """
        names, attributes = _reach(self.module, self.last_name)
        is_imported = other.module.name in imports(self.module)
        return other.last_name in attributes or (is_imported and other.last_name in names)


def traces(page: str) -> Iterator[list[Step]]:
    """Read the traces of a page; a line that is no step is an error."""
    for block in BLOCK.findall(page):
        yield [_step(line) for line in block.splitlines()]


def _step(line: str) -> Step:
    parts = LINE.match(line)
    if parts is None:
        raise ValueError(f"not a step of a trace: {line!r}")
    return Step(len(parts["indent"]) // 2, parts["file"], parts["function"])


def callers(trace: list[Step]) -> Iterator[tuple[Step, Step]]:
    """Pair each step but the first with its caller: the nearest line above that is indented less."""
    for place, step in enumerate(trace[1:], start=1):
        yield next(one for one in reversed(trace[:place]) if one.depth < step.depth), step


def _functions(tree: ast.AST, prefix: str = "") -> Iterator[str]:
    """Name all functions, with the classes and functions around them."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | Function):
            yield prefix + node.name
            yield from _functions(node, f"{prefix}{node.name}.")


def _reach(module: Module, start: str) -> tuple[set[str], set[str]]:
    """Return names and attributes that a function uses, itself or by way of functions of the same file."""
    bodies = {function.name: function for function in module.functions()}
    waiting, names, attributes = [start], set[str](), set[str]()
    while waiting:
        body = bodies.pop(waiting.pop(), None)
        nodes = [] if body is None else list(ast.walk(body))
        names |= {node.id for node in nodes if isinstance(node, ast.Name)}
        attributes |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        waiting += [name for name in names | attributes if name in bodies]
    return names, attributes
