"""The graph of who did what to whom as GEXF 1.2, for Gephi."""

from __future__ import annotations

import re
from typing import BinaryIO

import networkx as nx

from recoupe.export.bundle import Bundle
from recoupe.export.graph import graph


def write(bundle: Bundle, out: BinaryIO) -> None:
    """Writes the graph, without the day on which it was written."""
    text = "\n".join(nx.generate_gexf(graph(bundle)))
    out.write(re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1).encode() + b"\n")
