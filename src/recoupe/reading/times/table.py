"""Compiles a language's time table: word classes, rules, joins, bounds, tenses.

A pattern is a regular expression in which a blank stands for the blanks of a text, `{class}` for a word of that class,
whose value is captured, and `{piece}` for a named part of a pattern. A rule is looked for only around its cues: the words
of the classes that it names under `cue`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from recoupe.errors import LanguageDataError
from recoupe.language import language, rules_hash
from recoupe.letters import unaccented
from recoupe.patterns import remembered
from recoupe.reading.times.build import JOINS, MEANINGS, build
from recoupe.reading.times.meaning import Meaning

BLANK = r"(?: {1,2}|\n)"
END = r"(?!\w|[.,]\d| ?[%€$£°])"
SLOT = re.compile(r"\{([a-z_]+)\}")
FIGURES: dict[str, tuple[str, Callable[[str], Any]]] = {
    "year": (r"(?:1\d|20)\d\d(?!\d)", int),
    "last_year": (r"(?:1\d|20)?\d\d(?!\d)", str),
    "century": (r"\d{1,2}", int),
    "ordinal": (r"\d{1,3}(?:ère|ème|eme|er|nde?|st|rd|th|e)", str),
    "yy": (r"'?\d\d(?!\d)", str),
    "numeric": (r"(?:3[01]|[12]\d|0?[1-9])(?!\d)", int),
    "iso_month": (r"(?:0[1-9]|1[0-2])", int),
    "iso_day": (r"(?:0[1-9]|[12]\d|3[01])", int),
    "hour": (r"(?:2[0-4]|[01]?\d)(?!\d)", int),
    "minute": (r"[0-5]\d(?!\d)", int),
    "decade": (r"(?:1\d|20)?\d0(?!\d)", int),
}
ALIASES = {
    "month_abbr": "month", "month_plain": "month", "month_name": "month",
    "iso_month": "month", "iso_day": "day", "weekdays": "weekday",
    "weekday_abbr": "weekday", "quarter_abbr": "quarter", "decade_word": "decade", "roman": "century", "hour_word": "hour",
    "unit_short": "unit", "unit_long": "unit", "unit_one": "unit", "unit_now": "unit", "unit_plural": "unit", "adjective": "unit",
    "offset_told": "offset", "direction_after": "direction", "this": "turn", "feast_common": "feast",
    "zone_2": "zone", "so_far": "shade", "n_2": "n",
}  # fmt: skip
LONGEST_FIGURE = 5
GROUP = re.compile(r"\(\?P<(\w+)>")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
FIGURE_CUES = (
    ("year", re.compile(r"(?:1\d|20)\d\d")),
    ("decade", re.compile(r"(?:(?:1\d|20)?\d0)s?")),
    ("clock", re.compile(r"\d{1,2}(?:h|h\d\d|am|pm)")),
    ("hhmm", re.compile(r"[012]\d[0-5]\d")),
    ("figure", re.compile(r"\d{1,2}")),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, compiled. only_after, unless_after: what must, what must not stand before its words; unless_before: after them.

    case: `small` where a capital inside a sentence makes its cue a name, `capital` where the cue must have one, `alone` where
    a capital after its words makes them one.
    """

    name: str
    order: int
    patterns: tuple[re.Pattern[str], ...]
    slots: Mapping[str, Callable[[str], Any]]
    means: str
    settings: Mapping[str, Any]
    only_after: re.Pattern[str] | None
    unless_after: re.Pattern[str] | None
    unless_before: re.Pattern[str] | None
    case: frozenset[str]

    def meaning(self, match: re.Match[str]) -> Meaning | None:
        values: dict[str, Any] = {}
        for name, words in match.groupdict().items():
            if words is not None:
                value = self.slots[name](words)
                if value is None:
                    return None
                values.setdefault(ALIASES.get(name, name), value)
        return build(self.means, {**self.settings, **values})


@dataclass(frozen=True, slots=True)
class Join:
    """Two neighbours that are one time. prefix: what stands before the first of them, or None where nothing need stand."""

    name: str
    left: frozenset[str]
    right: frozenset[str]
    between: re.Pattern[str]
    prefix: re.Pattern[str] | None
    make: Callable[[Meaning, Meaning], Meaning | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words before a time that shade or bound it."""

    name: str
    value: str
    of: frozenset[str]
    prefix: re.Pattern[str]


@dataclass(frozen=True)
class Grammar:
    """One language's time table, compiled."""

    code: str
    cues: Mapping[str, tuple[Rule, ...]]
    shades: tuple[Mark, ...]
    joins: tuple[Join, ...]
    bounds: tuple[Mark, ...]
    tenses: re.Pattern[str]
    complement: re.Pattern[str]
    event_before: re.Pattern[str]
    event_after: re.Pattern[str]
    coordination: re.Pattern[str]
    apposition: re.Pattern[str]
    abbreviations: frozenset[str]

    def rules_at(self, token: str) -> tuple[Rule, ...]:
        """The rules that this word may be the cue of."""
        found = self.cues.get(token, ())
        if not token[0].isdigit() or len(token) > LONGEST_FIGURE:
            return found
        shapes = [f"#{name}" for name, shape in FIGURE_CUES if shape.fullmatch(token)]
        return sum((self.cues.get(shape, ()) for shape in shapes), found)


@cache
def grammar(code: str) -> Grammar:
    """The time grammar of a language. Raises LanguageDataError where its table says what the engine does not know."""
    table = language(code).table("times")
    with remembered(f"times-{code}", rules_hash()):
        return _Compiler(code, table).grammar()


@dataclass
class _Compiler:
    code: str
    table: Mapping[str, Any]

    def __post_init__(self) -> None:
        self.words: dict[str, dict[str, Any]] = {k: _spellings(v) for k, v in self.table["words"].items()}
        self.pieces: dict[str, str] = self.table["pieces"]
        number, also = _either(self.words["number"]), self.pieces["number_and"]
        self.number = rf"(?:\d{{1,3}}(?:[.,]\d)?(?!\d)|(?:{number})(?:(?: |-)(?:{also})?(?:{number})){{0,4}})"

    def grammar(self) -> Grammar:
        cues: dict[str, list[Rule]] = {}
        for order, row in enumerate(self.table["rule"]):
            rule = self.rule(order, row)
            for token in self.cue_tokens(row):
                if rule not in cues.setdefault(token, []):
                    cues[token].append(rule)
        context = self.table["context"]
        tenses = "|".join(f"(?P<{name}>{self.bare(pattern)})" for name, pattern in context["tenses"].items())
        return Grammar(
            code=self.code,
            cues={token: tuple(rules) for token, rules in cues.items()},
            shades=tuple(self.mark(row) for row in self.table["shade"]),
            joins=tuple(self.join(row) for row in self.table["join"]),
            bounds=tuple(self.mark(row) for row in self.table["bound"]),
            tenses=re.compile(rf"(?P<stop>[,;:()])|(?<!\w)(?:{tenses})(?!\w)"),
            complement=self.before(context["complement"]),
            event_before=self.before(context["event_before"]),
            event_after=re.compile(self.bare(context["event_after"])),
            coordination=re.compile(self.bare(context["coordination"])),
            apposition=re.compile(self.bare(context["apposition"])),
            abbreviations=frozenset(language(self.code).info["abbreviations"]),
        )

    def rule(self, order: int, row: Mapping[str, Any]) -> Rule:
        if row["means"] not in MEANINGS:
            raise LanguageDataError(f"{self.code}/times: rule {row['name']!r} means {row['means']!r}, which is not known")
        slots: dict[str, Callable[[str], Any]] = {}
        return Rule(
            name=row["name"],
            order=order,
            patterns=tuple(re.compile(self.expand(pattern, slots) + END) for pattern in row["pattern"]),
            slots=slots,
            means=row["means"],
            settings=row.get("set", {}),
            only_after=self.before(row["only_after"]) if "only_after" in row else None,
            unless_after=self.before(row["unless_after"]) if "unless_after" in row else None,
            unless_before=re.compile(self.bare(row["unless_before"])) if "unless_before" in row else None,
            case=frozenset(row.get("case", ())),
        )

    def expand(self, pattern: str, slots: dict[str, Callable[[str], Any]]) -> str:
        """The pattern as a regular expression; the reader of each captured slot is added to `slots`."""
        seen: dict[str, int] = {}

        def slot(match: re.Match[str]) -> str:
            name = match[1]
            if name in self.pieces and name not in self.words:
                return f"(?:{SLOT.sub(slot, self.pieces[name])})"
            expression, read = self.slot(name)
            seen[name] = seen.get(name, 0) + 1
            group = name if seen[name] == 1 else f"{name}_{seen[name]}"
            slots[group] = read
            return f"(?P<{group}>{expression})"

        for group in GROUP.findall(pattern):
            slots[group] = self.slot(group)[1]
        return SLOT.sub(slot, pattern).replace(" ", BLANK)

    def slot(self, name: str) -> tuple[str, Callable[[str], Any]]:
        if name == "n":
            return self.number, self.read_number
        if name == "roman":
            return "[ivxl]{1,6}", read_roman
        if name == "event":
            return self.bare(self.table["context"]["event"]), str
        if name in FIGURES and name not in self.words:
            return FIGURES[name]
        if name not in self.words:
            raise LanguageDataError(f"{self.code}/times: there is no word class or piece {name!r}")
        words = self.words[name]
        expression = _either(words)
        if name in FIGURES:
            return rf"(?:{expression}|{FIGURES[name][0]})", lambda said: words[said] if said in words else FIGURES[name][1](said)
        if name == "day":
            return rf"(?:{expression}|{FIGURES['numeric'][0]})", lambda said: words[said] if said in words else int(said)
        return f"(?:{expression})", lambda said: words.get(re.sub(r"\s+", " ", said))

    def read_number(self, said: str) -> float | None:
        if said[0].isdigit():
            return float(said.replace(",", "."))
        if said in self.words["number"]:
            return float(self.words["number"][said])
        total = 0
        for word in re.findall(r"\w+", said):
            value = self.words["number"].get(word)
            if value is None:
                continue
            if value >= 100 or (value == 20 and total == 4):
                total = max(total, 1) * value
            else:
                total += value
        return float(total)

    def bare(self, pattern: str) -> str:
        """A pattern without captures."""
        return re.sub(r"\(\?P<\w+?>", "(?:", self.expand(pattern, {}))

    def before(self, pattern: str) -> re.Pattern[str]:
        """A pattern that must end where the words before a time end."""
        return re.compile(rf"(?<!\w)(?:{self.expand(pattern, {})})$")

    def mark(self, row: Mapping[str, Any]) -> Mark:
        return Mark(row["name"], row["is"], frozenset(row["of"]), self.before(row["prefix"]))

    def join(self, row: Mapping[str, Any]) -> Join:
        return Join(
            name=row["name"],
            left=frozenset(row["left"]),
            right=frozenset(row["right"]),
            between=re.compile(self.bare(row["between"])),
            prefix=self.before(row["prefix"]) if "prefix" in row else None,
            make=JOINS[row["means"]],
        )

    def cue_tokens(self, row: Mapping[str, Any]) -> list[str]:
        """The words at which a rule is tried: `{class}` for the last words of a class, `#name` for figures of that shape."""
        tokens: list[str] = []
        for cue in row["cue"]:
            if cue.startswith("#"):
                tokens.append(cue)
            elif cue.startswith("{"):
                tokens += [re.findall(r"\w+", word)[-1] for word in self.words[cue.strip("{}")]]
            else:
                tokens += re.findall(r"\w+", cue)
        return tokens


def read_roman(said: str) -> int | None:
    """A Roman numeral up to 89, in small letters."""
    values = [ROMAN[letter] for letter in said]
    return sum(-value if value < max([0, *values[i + 1 :]]) else value for i, value in enumerate(values))


def _spellings(words: Mapping[str, Any]) -> dict[str, Any]:
    """The words and the same words without accents, as capitals are often written."""
    plain = {unaccented(word): value for word, value in words.items()}
    return {**plain, **words}


def _either(words: Mapping[str, Any]) -> str:
    """An expression for any of the words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=lambda word: (-len(word), word)))
