"""The brief in a terminal, printed by a Rich console. Words of dispatches are never read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from recoupe.views.lines import Brief, Course, Dispute, Line, Pledge, Voice
from recoupe.views.quotes import Quote
from recoupe.views.safe import visible

SHADES = {"done": ("●", "green"), "ahead": ("○", "cyan"), "denied": ("✕", "red"), "contested": ("◐", "yellow")}
STATES = {"met": "green", "met_early": "green", "met_late": "yellow", "overdue": "red", "missed": "red", "broken": "red"}
QUOTES, SPEECHES, VOICES = 2, 2, 10


def render_brief(brief: Brief) -> RenderableType:
    """The brief, to be printed by a Rich console."""
    return Group(*_parts(brief))


def _parts(brief: Brief) -> Iterator[RenderableType]:
    say = brief.say
    yield Rule(Text(visible(brief.title), style="bold"), align="left")
    yield Text(" · ".join(part for part in (brief.period, *brief.counts) if part), style="dim")
    if not brief.sources:
        yield Text(say.say("empty"))
        return
    if brief.headline:
        yield from _section(say("sections", "headline"))
        for what, state in brief.headline:
            yield _line(Text("▪ ", style="bold"), Text(visible(what)), Text(f"  {visible(state)}", style="bold"))
    lists: tuple[tuple[str, Iterable[RenderableType]], ...] = (
        ("timeline", _timeline(brief)),
        ("figures", (part for course in brief.courses for part in _course(brief, course))),
        ("commitments", _pledges(brief)),
        ("disagreements", (part for dispute in brief.disputes for part in _dispute(brief, dispute))),
        ("statements", _voices(brief, brief.voices)),
        ("sources", _sources(brief)),
    )
    for name, rows in lists:
        found = list(rows)
        if found:
            yield from _section(say("sections", name))
            yield from found
    yield Text()
    yield Text(say.say("foot"), style="dim italic")


def _section(title: str) -> Iterator[RenderableType]:
    yield Text()
    yield Rule(Text(title, style="bold magenta"), align="left", style="dim", characters="─")


def _timeline(brief: Brief) -> Iterator[RenderableType]:
    """The main lines; how many stand behind them."""
    for line in brief.timeline:
        if line.main:
            yield from _event(brief, line)
    behind = sum(not line.main for line in brief.timeline)
    if behind:
        yield Text(f"{brief.say.count('more', behind)} ({brief.say.say('background')})", style="dim")


def _event(brief: Brief, line: Line) -> Iterator[RenderableType]:
    sign, style = SHADES[line.shade]
    head = Text.assemble((f"{sign} ", style), (f"{line.when}  ", "bold"), (line.what, style))
    for part in (line.who, line.where):
        if part:
            head.append(f" · {visible(part)}")
    yield head.append("  " + ", ".join(part for part in (line.status, line.weight) if part), style="dim").append(
        f"  {line.id}", style="dim"
    )
    yield from _quotes(brief, line.quotes)


def _course(brief: Brief, course: Course) -> Iterator[RenderableType]:
    yield Text.assemble((visible(course.title), "bold yellow"), (f"  {course.id}", "dim"))
    for value in course.values:
        said = Text(visible(value.said), style="dim strike" if value.replaced else "bold")
        yield Padding(_line(Text(f"{value.when:>18}  "), said), (0, 0, 0, 2))
        yield from _quotes(brief, value.quotes, indent=6)
    for text, agrees in course.checks:
        sign, style = ("✓", "green") if agrees else ("≠", "red")
        verdict = brief.say.say("agrees" if agrees else "disagrees")
        yield Padding(Text(f"{sign} {text}: {verdict}", style=style), (0, 0, 0, 4))


def _pledges(brief: Brief) -> Iterator[RenderableType]:
    """Those that have a date or an outcome; how many more there are."""
    for pledge in brief.pledges:
        if pledge.main:
            yield from _pledge(brief, pledge)
    more = sum(not pledge.main for pledge in brief.pledges)
    if more:
        yield Text(f"{brief.say.count('more', more)} ({brief.say.table['no_date']})", style="dim")


def _pledge(brief: Brief, pledge: Pledge) -> Iterator[RenderableType]:
    say = brief.say
    due = say.say("due", pledge.due) if pledge.due else ""
    facts = " · ".join(part for part in (pledge.who, pledge.kind, due) if part)
    state = Text(pledge.status, style=f"bold {STATES.get(pledge.state, 'cyan')}")
    yield _line(Text("▪ "), Text(visible(facts), style="bold"), Text("  "), state, Text(f"  {pledge.id}", style="dim"))
    yield from _quotes(brief, pledge.quotes)
    if pledge.outcome_quotes:
        yield Padding(Text(f"→ {say.say('outcome')}: {visible(pledge.outcome)}", style="green"), (0, 0, 0, 4))
        yield from _quotes(brief, pledge.outcome_quotes, indent=6)


def _dispute(brief: Brief, dispute: Dispute) -> Iterator[RenderableType]:
    about = f"{dispute.field}: {dispute.about}  ({dispute.scope})"
    yield _line(Text("≠ ", style="red"), Text(visible(about), style="bold"), Text(f"  {dispute.id}", style="dim"))
    for side in dispute.sides:
        yield Padding(_line(Text(visible(side.value), style="yellow"), Text(f"  {side.weight}", style="dim")), (0, 0, 0, 4))
        yield from _quotes(brief, side.quotes, indent=6)
    if dispute.note:
        yield Padding(Text(visible(dispute.note), style="dim"), (0, 0, 0, 4))


def _voices(brief: Brief, voices: Sequence[Voice]) -> Iterator[RenderableType]:
    for voice in voices[:VOICES]:
        yield Text(visible(voice.speaker), style="bold")
        for speech in voice.speeches[:SPEECHES]:
            yield from _quotes(brief, (speech.quote,), lead=f"{speech.how} · {speech.when}: ")
        if len(voice.speeches) > SPEECHES:
            yield Padding(Text(brief.say.count("more", len(voice.speeches) - SPEECHES), style="dim"), (0, 0, 0, 4))
    if len(voices) > VOICES:
        yield Text(brief.say.count("more", len(voices) - VOICES), style="dim")


def _sources(brief: Brief) -> Iterator[RenderableType]:
    for source in brief.sources:
        facts = (source.outlet, source.agency, source.copy)
        head = Text(f"{source.id[:8]}  {source.when:>18}  ", style="dim")
        named = " · ".join(part for part in facts if part)
        yield head.append(visible(named), style="default").append(f"  {visible(source.title)}", style="dim italic")


def _quotes(brief: Brief, quotes: Sequence[Quote], *, indent: int = 4, lead: str = "") -> Iterator[RenderableType]:
    """Each on its own: the words in their sentence, then who printed them."""
    for quote in quotes[:QUOTES]:
        left, right = brief.say.table["quotes"]
        text = Text.assemble(
            (lead + left, "dim"),
            (visible(quote.before), "dim"),
            (visible(quote.words), "italic"),
            (visible(quote.after) + right, "dim"),
        )
        printed = ", ".join((quote.outlet, *(f"= {outlet}" for outlet in quote.also)))
        yield Padding(text.append(f" — {visible(printed)}", style="blue"), (0, 0, 0, indent))
    if len(quotes) > QUOTES:
        yield Padding(Text(brief.say.count("more", len(quotes) - QUOTES), style="dim"), (0, 0, 0, indent))


def _line(*parts: Text) -> Text:
    return Text().join(parts)
