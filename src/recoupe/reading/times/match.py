"""Finds time expressions in a text: rules around their cues, the longest first, then neighbours joined and marks taken in."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from functools import cached_property

from recoupe.reading.layout import SAME_LENGTH
from recoupe.reading.times.meaning import Between, Bounded, Meaning, Shaded, family
from recoupe.reading.times.table import Grammar, Join, Mark, Rule

WORD = re.compile(r"\w+")
REACH = 8
LOOK_BACK = 40
DIGITS = frozenset("0123456789")
CODE = re.compile(r"(?:[^\W\d_](?<!mi)(?<!mid)(?<!pre)-|\d[.,/:]|[$€£#]|n[°o] ?)$")
NAME_AFTER = re.compile(r"[ -][A-ZÀ-Ý]")
LAST = ("day_2", "last_year")
Found = tuple[int, int, Rule, Meaning, int | None]


@dataclass(frozen=True)
class Expression:
    """One time expression: where it stands, the rules that read it, outermost first, and what it means.

    last: where the words of its second end begin («au 5 juin»), if it has two.
    """

    start: int
    end: int
    rule: str
    meaning: Meaning
    last: int | None = None

    @cached_property
    def family(self) -> str:
        return family(self.meaning)


def plain(text: str) -> str:
    """The text in small letters and plain typography, of the same length."""
    copy = text.translate(SAME_LENGTH)
    low = copy.lower()
    return low if len(low) == len(copy) else "".join(c.lower() if len(c.lower()) == 1 else c for c in copy)


def expressions(grammar: Grammar, text: str, low: str) -> list[Expression]:
    """Every time expression of a text, in order; no two overlap. low: the text as `plain` makes it."""
    chosen = _longest(_candidates(grammar, text, low))
    found = [Expression(start, end, rule.name, meaning, last) for start, end, rule, meaning, last in chosen]
    found = [_marked(item, grammar.shades, low, Shaded) for item in found]
    for join in grammar.joins:
        found = _joined(found, join, low)
    return [_marked(item, grammar.bounds, low, Bounded) for item in found if item.family != "part"]


def _candidates(grammar: Grammar, text: str, low: str) -> list[Found]:
    found: list[Found] = []
    cues, words = grammar.cues, WORD.findall(low)
    cued = [i for i, word in enumerate(words) if word in cues or word[0] in DIGITS]
    starts = [word.start() for word in WORD.finditer(low)] if cued else []
    for i in cued:
        for rule in grammar.rules_at(words[i]):
            match = _match(rule, text, low, starts[i], starts[max(0, i - REACH) : i + 1])
            if match is not None:
                meaning = rule.meaning(match)
                if meaning is not None:
                    last = next((match.start(g) for g in LAST if match.re.groupindex.get(g) and match[g]), None)
                    found.append((match.start(), match.end(), rule, meaning, last))
    return found


def _match(rule: Rule, text: str, low: str, cue: int, starts: list[int]) -> re.Match[str] | None:
    """The longest match of a rule that holds its cue."""
    capital = text[cue].isupper()
    if "capital" in rule.case and not capital:
        return None
    if "small" in rule.case and capital and not text[cue + 1 : cue + 2].isupper() and _inside_sentence(text, cue):
        return None
    for start in starts:
        for pattern in rule.patterns:
            match = pattern.match(low, start)
            if match is not None and match.end() > cue and _allowed(rule, text, low, match):
                return match
    return None


def _inside_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 3) : at].rstrip(" \u00a0\u202f-")
    return bool(before) and before[-1] not in '.!?…\n«"“:('


def _allowed(rule: Rule, text: str, low: str, match: re.Match[str]) -> bool:
    before = low[max(0, match.start() - LOOK_BACK) : match.start()]
    if low[match.start()].isdigit() and CODE.search(before[-5:]):
        return False
    if "alone" in rule.case and NAME_AFTER.match(text, match.end()):
        return False
    if rule.only_after is not None and not rule.only_after.search(before):
        return False
    if rule.unless_after is not None and rule.unless_after.search(before):
        return False
    return rule.unless_before is None or rule.unless_before.match(low, match.end()) is None


def _longest(found: list[Found]) -> list[Found]:
    """Of overlapping matches the longest; of equal ones that of the earlier rule. In order."""
    taken: list[tuple[int, int]] = []
    kept: list[Found] = []
    for item in sorted(found, key=lambda f: (f[0] - f[1], f[0], f[2].order)):
        at = bisect(taken, (item[0], item[1]))
        if (at == 0 or taken[at - 1][1] <= item[0]) and (at == len(taken) or item[1] <= taken[at][0]):
            taken.insert(at, (item[0], item[1]))
            kept.append(item)
    return sorted(kept, key=lambda f: f[0])


def _marked(item: Expression, marks: tuple[Mark, ...], low: str, make: type[Shaded] | type[Bounded]) -> Expression:
    """The expression with the words before it that shade or bound it."""
    before = low[max(0, item.start - LOOK_BACK) : item.start]
    for mark in marks:
        if item.family in mark.of:
            match = mark.prefix.search(before)
            if match is not None:
                start = item.start - len(match[0])
                return Expression(start, item.end, f"{mark.name}({item.rule})", make(item.meaning, mark.value), item.last)
    return item


def _joined(found: list[Expression], join: Join, low: str) -> list[Expression]:
    """Neighbours that the join makes one, from left to right."""
    out: list[Expression] = []
    for item in found:
        whole = _join(out[-1], item, join, low) if out else None
        if whole is None:
            out.append(item)
        else:
            out[-1] = whole
    return out


def _join(first: Expression, last: Expression, join: Join, low: str) -> Expression | None:
    """The two as one time, if the join makes them one."""
    if first.family not in join.left or last.family not in join.right or last.start - first.end > LOOK_BACK:
        return None
    if join.between.fullmatch(low, first.end, last.start) is None:
        return None
    prefix = join.prefix.search(low[max(0, first.start - LOOK_BACK) : first.start]) if join.prefix else None
    meaning = join.make(first.meaning, last.meaning)
    if meaning is None or (join.prefix and not prefix):
        return None
    start = first.start - (len(prefix[0]) if prefix else 0)
    name = f"{join.name}({first.rule},{last.rule})"
    return Expression(start, last.end, name, meaning, last.start if isinstance(meaning, Between) else None)
