"""What the commands share: inputs and their refusals, the ledger, progress, and printing for people and for pipes."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from recoupe.errors import InputError, LedgerError
from recoupe.views.safe import one_line

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from recoupe.intake.sources import Collector
    from recoupe.ledger import Ledger
    from recoupe.model import Dispatch
    from recoupe.views.brief import Brief

REFUSED = 1
PIPED_WIDTH = 100


class Refusals:
    """Names each input that is refused as it comes, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def sift(self, taken: Iterable[Dispatch | InputError]) -> Iterator[Dispatch]:
        for one in taken:
            if isinstance(one, InputError):
                self.count += 1
                click.echo(one_line(f"refused: {one}"), err=True)
            else:
                for note in notes(one):
                    click.echo(one_line(f"note: {one.ref}: {note}"), err=True)
                yield one

    def end(self) -> None:
        if self.count:
            raise click.exceptions.Exit(REFUSED)


def notes(dispatch: Dispatch) -> Iterator[str]:
    """What a person should know of how a dispatch was taken."""
    extra = dispatch.extra
    if "encoding" in extra:
        yield f"not UTF-8, read as {extra['encoding']}"
    yield from (f"{doubt}: not believed" for doubt in extra.get("doubts", ()))
    if dispatch.status != "usable":
        yield f"{dispatch.status} by its source"
    counts = Counter(cut["kind"].replace("_", " ") for cut in extra.get("cut", ()))
    if counts:
        yield "left out: " + ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))


def collected(sources: tuple[str, ...], given: dict[str, Any]) -> Iterator[Dispatch | InputError]:
    """The dispatches of what a command is given, as its options say. Raises click.BadParameter where they say what cannot be."""
    return collector(given).collect(sources)


def collector(given: dict[str, Any]) -> Collector:
    """Takes dispatches as a command's options say. Raises click.BadParameter where they say what cannot be."""
    from recoupe.intake.draft import Given
    from recoupe.intake.rows import columns_of
    from recoupe.intake.sources import Collector
    from recoupe.intake.web import Fetching
    from recoupe.language import languages

    lang = given.get("lang")
    if lang and lang not in languages():
        raise click.BadParameter(f"{lang!r} is not read; {' and '.join(languages())} are", param_hint="--lang")
    said = Given(published=day(given.get("published"), "--published"), lang=lang, outlet=given.get("outlet"))
    try:
        columns = columns_of(given.get("map_") or "")
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--map") from None
    fetching = Fetching(allow_private=bool(given.get("allow_private")), user_agent=given.get("user_agent") or "")
    return Collector(given=said, stdin=sys.stdin.buffer, form=given.get("form"), columns=columns, fetching=fetching)


def added(kept: Ledger, dispatches: Iterable[Dispatch], moved: Callable[[], None] = lambda: None) -> tuple[int, int]:
    """Adds dispatches to a ledger, each reported when it is kept; how many were new, and how many were there already."""
    new = old = 0
    for dispatch in dispatches:
        if kept.add(dispatch):
            new += 1
            click.echo(f"added {named(dispatch)}")
        else:
            old += 1
        moved()
    return new, old


def day(value: str | None, option: str) -> str | None:
    from recoupe.intake.draft import iso

    try:
        return iso(value) if value else None
    except ValueError:
        raise click.BadParameter("a day as 2024-07-24 is expected", param_hint=option) from None


def open_ledger(path: str, *, there: bool = False) -> Ledger:
    """The ledger at a path. there: it must exist already, since a command that only looks makes none."""
    if not path:
        raise LedgerError("the ledger's name is empty; give a file with --ledger")
    if there and "://" not in path and not Path(path).exists():
        raise LedgerError(f"there is no ledger {path!r}; make one with `recoupe add --ledger {path} PATH...`")
    from recoupe.ledger import Ledger

    return Ledger(path)


def named(dispatch: Dispatch) -> str:
    """A dispatch on one line: id, day, outlet, title or first words."""
    title = dispatch.title or " ".join(dispatch.text[:200].split())[:70] + "…"
    parts = (dispatch.id, (dispatch.published or "undated")[:10], dispatch.outlet or dispatch.agency or dispatch.ref, title)
    return "  ".join(one_line(part) for part in parts if part)


def row(*cells: str | None) -> None:
    """One line of cells, for people and for `cut` alike."""
    click.echo("\t".join(one_line(cell or "-") for cell in cells))


def console_of(*, err: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=err, highlight=False, markup=False, emoji=False)


def show(what: RenderableType) -> None:
    """Prints in colour on a terminal; elsewhere as plain lines of one width, without blanks at their ends."""
    console = console_of()
    if console.is_terminal:
        console.print(what)
        return
    console.width = PIPED_WIDTH
    with console.capture() as captured:
        console.print(what)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


@contextmanager
def progress(what: str, sources: tuple[str, ...], *, shown: bool = True) -> Iterator[Callable[..., None]]:
    """A bar on standard error while a command works, where that is a terminal; yields what moves it, by one or more."""
    if not (shown and sys.stderr.isatty()):
        yield lambda count=1: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from recoupe.intake.sources import how_many

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console_of(err=True), transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        task = progress.add_task(what, total=how_many(sources))
        yield lambda count=1: progress.advance(task, count)


def brief_form(output: Path | None) -> str:
    """The form of a brief by the name of its file. Raises BadParameter for a name that promises another."""
    by_name = {".html": "html", ".htm": "html", ".md": "md", ".txt": "md", "": "md"}
    if output is None:
        return "terminal"
    if (form := by_name.get(output.suffix.lower())) is None:
        raise click.BadParameter(f"{output.name}: a brief is .html or .md; else say which with --format", param_hint="--output")
    return form


def put_brief(made: Brief, form: str, output: Path | None) -> None:
    """Prints or writes a brief."""
    if form == "terminal" and output is None:
        from recoupe.views.terminal import render_brief

        show(render_brief(made))
        return
    from recoupe.views.page import to_html, to_markdown

    write(to_html(made) if form == "html" else to_markdown(made), output)


def write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")


@contextmanager
def opened(output: Path | None, *, binary: bool) -> Iterator[BinaryIO]:
    """Where an export goes: a file, written whole or not at all, or standard output, which takes no bytes on a terminal."""
    if output is None:
        if binary and sys.stdout.isatty():
            raise click.UsageError("this format is no text: give a file with -o, or send it through a pipe")
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    aside = output.with_name(output.name + ".part")
    try:
        with aside.open("wb") as file:
            yield file
        aside.replace(output)
    finally:
        aside.unlink(missing_ok=True)
