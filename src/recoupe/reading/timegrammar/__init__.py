"""Reads time expressions: a table of one language is compiled, matched, and resolved against a day of publication.

The engine knows no word of any language; the tables are `language/*/times/`. It works on plain text and its offsets.
"""

from recoupe.reading.timegrammar.narrative import Reading, read
from recoupe.reading.timegrammar.table import Grammar, grammar

__all__ = ["Grammar", "Reading", "grammar", "read"]
