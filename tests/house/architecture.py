"""The diagrams of docs/architecture.md, drawn from the imports: `python -m tests.house.architecture` writes them."""

from __future__ import annotations

import re
from collections import defaultdict

from tests.house.import_graph import Graph, area_graph, reduced
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "architecture.md"
OWN_NODES = ("ledger/models", "web/models")
"""Folders that the diagram of the packages shows apart, for migrations import nothing else of their packages."""
MARKED = re.compile(r"(<!-- diagram: (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def drawn(page: str) -> str:
    """Return the page with each diagram drawn anew between its markers."""
    areas = area_graph()
    return MARKED.sub(lambda match: match[1] + diagram(areas, match[2]) + match[4], page)


def diagram(areas: Graph, subject: str) -> str:
    """Draw the packages (subject `packages`) or the folders of one package, as a mermaid flowchart."""
    graph = between_packages(areas) if subject == "packages" else within(areas, subject)
    arrows = [f"  {_node(one)} --> {_node(two)}" for one in sorted(graph) for two in sorted(reduced(graph)[one])]
    return "\n".join(["```mermaid", "flowchart TD", *arrows, "```", ""])


def between_packages(areas: Graph) -> dict[str, set[str]]:
    """Return which packages import which."""
    graph: dict[str, set[str]] = defaultdict(set)
    for area, targets in areas.items():
        graph[_package(area)] |= {_package(target) for target in targets} - {_package(area)}
    return graph


def _package(area: str) -> str:
    return area if area in OWN_NODES else re.split(r"[./]", area)[0]


def within(areas: Graph, package: str) -> dict[str, set[str]]:
    """Return which folders of a package import which; modules beside the folders count as folders."""
    prefix = re.compile(rf"{package}[./]")
    graph = {
        prefix.sub("", area, count=1): {prefix.sub("", target, count=1) for target in targets if prefix.match(target)}
        for area, targets in areas.items()
        if prefix.match(area)
    }
    return {area: targets - {package} for area, targets in graph.items()}


def _node(name: str) -> str:
    """Give a node a name that mermaid accepts."""
    return f"{name.replace('/', '_')}[{name}]" if "/" in name else name


def main() -> None:
    """Write the diagrams into the page."""
    PAGE.write_text(drawn(PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
