"""The exceptions that Recoupe raises.

RecoupeError
├── InputError              a dispatch, a file or a line that cannot be taken: names the input and the place
│   ├── UnreadableInput     bytes that are no text, an unknown format, a file that is absent
│   ├── MalformedInput      text that breaks the rules of its format
│   └── UnknownLanguage     a language that is not read
├── LanguageDataError       a rule file that breaks its own rules
├── LedgerError             a ledger that cannot be opened, or an id that it does not hold
├── JobError                an archive's reading that cannot begin, or go on
└── ExportError             a format that is not there, or does not take what is asked of it
"""

from __future__ import annotations


class RecoupeError(Exception):
    """Base of all that this package raises on purpose."""


class InputError(RecoupeError):
    """An input that cannot be taken. `source` names it, `place` says where in it (a line number, a key)."""

    def __init__(self, reason: str, *, source: str = "", place: str = "") -> None:
        self.reason, self.source, self.place = reason, source, place
        super().__init__(": ".join(part for part in (source, place, reason) if part))


class UnreadableInput(InputError):
    """Bytes that are no text, an unknown format, or a path that does not exist."""


class MalformedInput(InputError):
    """Text that breaks the rules of its format."""


class UnknownLanguage(InputError):
    """A dispatch in a language that is not read."""


class LanguageDataError(RecoupeError):
    """A rule file that breaks its own rules: names the file and the rule."""


class LedgerError(RecoupeError):
    """A ledger that cannot be opened, or an id that it does not hold."""


class JobError(RecoupeError):
    """An archive's reading that cannot begin, or go on: says what to do."""


class ExportError(RecoupeError):
    """A format that is not there, that does not take an option, or that needs a package which is absent."""
