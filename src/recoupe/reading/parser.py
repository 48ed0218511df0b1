"""The statistical parser: one spaCy pipeline a language, loaded once, with sentence breaks set by `layout`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import Any, cast

import numpy as np
import spacy
from spacy.language import Language as Pipeline
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex
from spacy.vocab import Vocab
from threadpoolctl import ThreadpoolController

from recoupe.errors import UnknownLanguage
from recoupe.language import Language
from recoupe.patterns import remembered
from recoupe.reading.arithmetic import quicken
from recoupe.reading.layout import breaks, parsed_copy
from recoupe.settings import Settings

GLUED = (
    r"(?<=[a-zà-ÿ]{2})\.(?=[A-ZÀ-Ý][a-zà-ÿ'])",
    r"(?<=\bM)\.(?=[A-ZÀ-Ý][a-zà-ÿ])",
    r"(?<=\d)[«»\"]",
    r"(?<=\w)[«»]",
    r"[«»](?=\w)",
)


@dataclass
class Parser:
    """Loads a language's pipeline at its first text, and parses texts whose offsets stay those of the original."""

    settings: Settings
    loaded: dict[str, Pipeline] = field(default_factory=dict)
    threads: ThreadpoolController = field(default_factory=ThreadpoolController)

    def pipeline(self, code: str) -> Pipeline:
        """The pipeline of a language. Raises UnknownLanguage where no model is set or installed for it."""
        if code not in self.loaded:
            name = self.settings.models.get(code)
            if name is None or not spacy.util.is_package(name):
                raise UnknownLanguage(f"no parser for language {code!r}: {name or 'no model'} is not installed")
            with remembered(name, f"{version('spacy')}-{version(name)}"):
                pipeline = spacy.load(name)
            pipeline.max_length = max(pipeline.max_length, self.settings.max_chars * 2)
            infixes = [*GLUED, *(pipeline.Defaults.infixes or [])]
            tokenizer = pipeline.tokenizer
            if isinstance(tokenizer, Tokenizer):
                tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
            quicken(pipeline)
            self.loaded[code] = pipeline
        return self.loaded[code]

    def model(self, code: str) -> str:
        """Name and version of a language's pipeline."""
        meta = self.pipeline(code).meta
        return f"{self.settings.models[code]} {meta['version']}"

    def parse(self, text: str, language: Language, extra_breaks: tuple[int, ...] = ()) -> Doc:
        """A parsed document with the offsets of `text`. extra_breaks: offsets that begin a sentence whatever stands there."""
        (doc,) = self.parse_all([(text, extra_breaks)], language)
        return doc

    def parse_all(self, texts: Sequence[tuple[str, tuple[int, ...]]], language: Language) -> list[Doc]:
        """Parsed documents of several texts, each with its extra breaks: at less cost than one by one, and the same."""
        pipeline = self.pipeline(language.code)
        abbreviations = frozenset(language.info["abbreviations"])
        docs = []
        for text, extra_breaks in texts:
            copy = parsed_copy(text)
            docs.append(pipeline.make_doc(copy))
            _set_breaks(docs[-1], sorted({*breaks(copy, abbreviations), *extra_breaks}))
        with self.threads.limit(limits=1, user_api="blas"):  # more threads would round otherwise, and gain nothing
            for _, component in pipeline.pipeline:
                many = getattr(component, "pipe", None)
                docs = list(many(docs, batch_size=len(docs)) if many else map(component, docs))
        return docs


@cache
def no_words() -> Doc:
    """The document of a text that is not parsed."""
    return Doc(Vocab())


def _set_breaks(doc: Doc, starts: list[int]) -> None:
    """A sentence begins at the first token that is not blank at or after each offset, and nowhere else."""
    waiting = iter(starts)
    start = next(waiting, None)
    marks = []  # set all at once: a token's own setter looks through the whole document
    for token in doc:
        begins = token.i == 0
        while start is not None and token.idx + len(token) > start and not token.is_space:
            begins, start = True, next(waiting, None)
        marks.append(1 if begins else -1)
    doc.from_array(["SENT_START"], cast(Any, np.array(marks, dtype=np.int64).astype(np.uint64)))
