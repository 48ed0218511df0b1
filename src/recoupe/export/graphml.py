"""The graph of who did what to whom as GraphML, for yEd, Cytoscape and igraph."""

from __future__ import annotations

from typing import BinaryIO

import networkx as nx

from recoupe.export.bundle import Bundle
from recoupe.export.graph import graph


def write(bundle: Bundle, out: BinaryIO) -> None:
    """Writes the graph."""
    out.write("\n".join(nx.generate_graphml(graph(bundle))).encode() + b"\n")
