"""The parser's arithmetic at less cost: what depends on a word alone is computed once a word, and a text's products by numpy.

The parse is the same, alone or among others. A word's first vector is a function of its spelling and of the blank after it:
spaCy's own layers compute it, by a product that gives a row the same bits in whatever company it stands. What mixes
neighbours is computed a text at a time, on one thread, by numpy's product, which is some three times faster than spaCy's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.attrs import ORTH
from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

KEPT = 16_000  # words a memory: 10 MB
BY_WORD = frozenset(
    (
        "extract_features",
        "list2ragged",
        "ragged2list",
        "ints-getitem",
        "hashembed",
        "static_vectors",
        "maxout",
        "layernorm",
        "dropout",
    )
)


def quicken(pipeline: Pipeline) -> None:
    """Makes a pipeline's statistical parts cheaper where they are built as spaCy builds them, and leaves others as they are."""
    for _, component in pipeline.pipeline:
        model = getattr(component, "model", None)
        for node in list(model.walk()) if isinstance(model, Model) else ():
            if node.has_ref("embed") and len(node.layers) == 2 and node.layers[0] is node.get_ref("embed"):
                _quicken(node)


def _quicken(node: Model[Any, Any]) -> None:
    """Puts a memory in place of the layers that see one word at a time, and has those that mix words take one text at a time."""
    embed, encode = node.layers
    leaves = [layer for layer in embed.walk() if not layer.layers]
    if not {leaf.name for leaf in leaves} <= BY_WORD or any(type(layer.ops) is not NumpyOps for layer in node.walk()):
        return
    columns = next(leaf.attrs["columns"] for leaf in leaves if leaf.name == "extract_features")
    words = Words(embed, (*columns, ORTH))
    for layer in encode.walk():
        layer.ops = NumpyOps(use_blis=False)
    node.layers[0] = Model("words", words.forward, dims={"nO": words.width})
    node.layers[1] = Model("apart", lambda model, texts, is_train: ([encode.predict([text])[0] for text in texts], None))
    node.set_ref("embed", node.layers[0])


class Words:
    """Vectors of words, by the attributes that they are a function of. When full it begins anew."""

    def __init__(self, embed: Model[list[Doc], Any], attributes: Sequence[int]) -> None:
        self.embed = embed
        self.attributes: list[int | str] = list(attributes)
        self.width: int = embed.get_dim("nO")
        self.known: dict[bytes, bytes] = {}

    def forward(self, model: Any, docs: list[Doc], is_train: bool) -> tuple[list[Any], Any]:
        return [self.vectors(doc) for doc in docs], None

    def vectors(self, doc: Doc) -> Any:
        """One row a token."""
        if not len(doc):
            return np.zeros((0, self.width), dtype=np.float32)
        rows = np.ascontiguousarray(doc.to_array(self.attributes))
        keys = rows.view(f"V{rows.shape[1] * rows.itemsize}").ravel().tolist()
        known = self.known
        if not all(map(known.__contains__, keys)):
            if len(known) > KEPT:
                known = self.known = {}
            known.update(zip(keys, (row.tobytes() for row in self.embed.predict([doc])[0]), strict=True))
        return np.frombuffer(bytearray(b"".join([known[key] for key in keys])), dtype=np.float32).reshape(-1, self.width)
