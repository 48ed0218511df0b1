"""The parser's arithmetic at less cost: what depends on a word alone is computed once a word, and products by numpy.

The parse is the same. A word's first vector is a function of its spelling and of the blank after it: spaCy's own layers compute
it, by a product that gives a row the same bits in whatever company it stands, so that nothing hangs on what was read before.
What mixes neighbours is computed anew, on one thread, by numpy's product, which is some three times faster than spaCy's.
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
        if not isinstance(model, Model):
            continue
        _multiply(model, blis=False)
        for node in list(model.walk()):
            if node.has_ref("embed") and node.layers and node.layers[0] is node.get_ref("embed"):
                _remember(node)


def _multiply(model: Model[Any, Any], *, blis: bool) -> None:
    """Chooses the product of a model's layers: numpy's, or spaCy's default. A GPU's, or Apple's, are left alone."""
    for node in model.walk():
        if type(node.ops) is NumpyOps:
            node.ops = NumpyOps(use_blis=blis)


def _remember(node: Model[Any, Any]) -> None:
    """Puts a memory in place of the layers that see one word at a time."""
    embed = node.layers[0]
    leaves = [layer for layer in embed.walk() if not layer.layers]
    if not {leaf.name for leaf in leaves} <= BY_WORD:
        return
    _multiply(embed, blis=True)
    columns = next(leaf.attrs["columns"] for leaf in leaves if leaf.name == "extract_features")
    words = Words(embed, (*columns, ORTH))
    node.layers[0] = Model("words", words.forward, dims={"nO": words.width})
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
