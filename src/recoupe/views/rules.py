"""What a rule's own table says of it: the words that it reads and those that it leaves, as they stand beside the rule.

The name of a rule is `stage.language.names`; names may be nested, as in `times.fr.since(early(month))`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from recoupe.language import language, languages

TABLES = {"times": "times", "figures": "figures", "events": "frames", "statements": "cues"}
NAME = re.compile(r"[\w-]+")
DESCRIBING = ("type", "force", "means", "bound")
READ = ("examples", "before", "after", "around")


@dataclass(frozen=True, slots=True)
class RuleNote:
    """One named rule: what its table says that it makes, words that it reads, and words that it leaves."""

    name: str
    makes: tuple[str, ...]
    examples: tuple[str, ...]
    leaves: tuple[str, ...]


def rule_notes(rule: str) -> tuple[RuleNote, ...]:
    """The notes on a rule, the outermost first; none for what is no rule of a table."""
    stage, _, rest = rule.partition(".")
    code, _, names = rest.partition(".")
    if stage not in TABLES or code not in languages():
        return ()
    known = _known(TABLES[stage], code)
    whole = [known[names]] if names in known else [known[name] for name in NAME.findall(names) if name in known]
    return tuple(note for note in whole if note.examples or note.makes)


@cache
def _known(table: str, code: str) -> Mapping[str, RuleNote]:
    notes = {note.name: note for note in _walk(language(code).table(table), ())}
    return {name.rpartition(".")[2]: note for name, note in notes.items()} | notes


def _walk(value: Any, path: tuple[str, ...]) -> Iterator[RuleNote]:
    """Every named rule of a table: an item of a list that has a name, or a table that has examples, by its path."""
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, ())
    elif isinstance(value, dict):
        name = value.get("name") or ".".join(path)
        if isinstance(name, str) and name and ("name" in value or any(key in value for key in READ)):
            makes = tuple(f"{key} {value[key]}" for key in DESCRIBING if isinstance(value.get(key), str))
            read = tuple(words for key in READ for words in _strings(value.get(key)))
            yield RuleNote(name, makes, read, _strings(value.get("not")))
        for key, part in value.items():
            yield from _walk(part, (*path, key))


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(part for part in value if isinstance(part, str)) if isinstance(value, list) else ()
