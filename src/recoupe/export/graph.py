"""Who did what to whom as a directed graph: actors as nodes, an edge for each pair, type and status, weighted by occurrences."""

from __future__ import annotations

import networkx as nx

from recoupe.export.bundle import Bundle
from recoupe.export.coded import coded
from recoupe.model import Actor
from recoupe.ontology import types
from recoupe.views.safe import one_line


def graph(bundle: Bundle) -> nx.MultiDiGraph:
    """The graph of a ledger: the same ledger gives the same graph, nodes and edges in the same order."""
    made = nx.MultiDiGraph(name="Recoupe")
    for row in coded(bundle):
        told = row.occurrence
        for actor in row.actors:
            for recipient in row.recipients:
                a, b = _node(made, actor), _node(made, recipient)
                key = f"{told.type} {told.status}"
                if made.has_edge(a, b, key):
                    edge = made.edges[a, b, key]
                    edge["weight"] += 1
                    edge["occurrences"] += f" {told.id}"
                    edge["start"] = min(filter(None, (edge["start"], told.start)), default="")
                    edge["end"] = max(filter(None, (edge["end"], told.end)), default="")
                    continue
                made.add_edge(
                    a, b, key, label=told.type, type=told.type, status=told.status, quad=types()[told.type].quad, weight=1,
                    occurrences=told.id, start=told.start or "", end=told.end or "",
                )  # fmt: skip
    return made


def _node(made: nx.MultiDiGraph, actor: Actor) -> str:
    name = one_line(actor.name)
    key = f"{name} ({actor.country})" if actor.country else name
    if key not in made:
        made.add_node(key, label=name, kind=actor.kind, country=actor.country or "", sector=(*actor.sectors, "")[0])
    return key
