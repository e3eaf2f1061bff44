"""The tree as the house rules see it: files, modules, functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("ledger", "reports", "web")
NOT_OURS = {".git", ".venv", "var", "build", "vendor", "fonts", "__pycache__"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def place(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        return self.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def strings(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def files(*tops: str) -> list[Path]:
    """List the project's own files under some folders, or all of them."""
    places = [ROOT / top for top in tops] or [ROOT]
    found = (path for place in places for path in place.rglob("*") if path.is_file())
    return sorted(path for path in found if _is_ours(path))


def _is_ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    hidden = any((folder.startswith(".") and folder != ".ci") or folder.endswith(".egg-info") for folder in parts[:-1])
    return not hidden and NOT_OURS.isdisjoint(parts) and not path.name.startswith(".coverage")


def modules(*tops: str) -> list[Module]:
    """List the Python files under some folders."""
    return [_module(path) for path in files(*tops) if path.suffix == ".py"]


@cache
def _module(path: Path) -> Module:
    """Read and parse a file once."""
    return Module(path)


def imports(module: Module) -> set[str]:
    """Name every module a file imports, inside functions too; `from a import b` gives both a and a.b."""
    names: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(module, node)
            names.update([origin, *(f"{origin}.{alias.name}" for alias in node.names)])
    return names


def _origin(module: Module, node: ast.ImportFrom) -> str:
    """Spell a relative import out."""
    if not node.level:
        return node.module or ""
    package = module.name.split(".") if module.path.name == "__init__.py" else module.name.split(".")[:-1]
    steps = package[: len(package) - node.level + 1]
    return ".".join([*steps, node.module] if node.module else steps)


def lines_of(function: Function) -> int:
    """Count from `def` to the last line, without the docstring."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return length
    docstring = function.body[0]
    return length - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)
