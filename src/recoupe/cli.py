"""The command line: thin. It makes settings of options, hands them to the package, and prints what comes back.

Results go to standard output, all else to standard error. Exit codes: 0 done, 1 some inputs were refused (each is named) or
something was not there, 2 the command was not understood. Heavy modules are imported by the commands that need them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from recoupe import __version__
from recoupe.errors import InputError, LedgerError, RecoupeError
from recoupe.views.safe import visible

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from recoupe.ledger import Ledger
    from recoupe.model import Dispatch

F = TypeVar("F", bound=Callable[..., Any])
REFUSED, INTERRUPTED = 1, 130
PIPED_WIDTH = 100


def main() -> NoReturn:
    """The entry point: `cli` with an end for whatever stops it."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; what was reported as added is kept", err=True)
        code = INTERRUPTED
    except RecoupeError as error:
        click.echo(f"recoupe: {error}", err=True)
        code = REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains when it flushes at its end
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def examples(text: str) -> str:
    """Examples at the end of a command's help, as they stand."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in text.strip().splitlines())


def inputs(command: F) -> F:
    """The arguments and options of a command that takes dispatches."""
    options = (
        click.argument("sources", nargs=-1, required=True, metavar="PATH..."),
        click.option("--published", metavar="DATE", help="Day of publication (2024-07-24) of inputs that do not state one."),
        click.option("--lang", metavar="CODE", help="Language of inputs that do not state one: fr or en. Detected if not given."),
        click.option("--outlet", metavar="NAME", help="Outlet of inputs that do not state one."),
    )
    for option in reversed(options):
        command = option(command)
    return command


ledger_option = click.option(
    "--ledger",
    envvar="RECOUPE_LEDGER",
    default="recoupe.db",
    show_default=True,
    show_envvar=True,
    metavar="FILE",
    help="The ledger: one SQLite file.",
)
story_option = click.option("--story", metavar="ID", help="One story: its id, or a dispatch of it. All where not given.")
as_of_option = click.option("--as-of", metavar="DATE", help="As it stood on a day. [default: the last day of publication]")
output_option = click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")


@click.group(epilog=examples("recoupe demo\nrecoupe read dispatch.txt\nrecoupe add dispatches/\nrecoupe brief -o brief.html"))
@click.version_option(__version__, prog_name="recoupe", message="%(prog)s %(version)s")
def cli() -> None:
    """Reads news dispatches, French and English, and keeps a ledger in which every line is traced to its words."""


@cli.command(
    epilog=examples("""
recoupe read dispatch.txt
recoupe read --json dispatches/ > readings.jsonl
recoupe read --published 2024-07-25 --outlet "Le Fil" - < dispatch.txt
""")
)
@inputs
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, as `recoupe schema` describes it.")
def read(sources: tuple[str, ...], as_json: bool, **given: str | None) -> None:
    """Show what dispatches say: events, figures, statements, times, each with its words.

    PATH is a file (.txt, .jsonl, .html), a folder of them, or - for standard input.
    """
    import msgspec

    from recoupe.reading.pipeline import Reader
    from recoupe.views.reading import render_reading

    taken = _collected(sources, given)
    reader, refusals = Reader(), Refusals()
    with _progress("reading", sources, shown=not sys.stdout.isatty()) as advance:
        for dispatch in refusals.sift(taken):
            reading = reader.read(dispatch)
            if as_json:
                click.echo(msgspec.json.encode(reading))
            else:
                _show(render_reading(reading))
            advance()
    refusals.end()


@cli.command(
    epilog=examples("""
recoupe add dispatches/
recoupe add --ledger niger.db --outlet "Le Fil" *.txt
curl -s https://example.org/story.html | recoupe add -
""")
)
@inputs
@ledger_option
def add(sources: tuple[str, ...], ledger: str, **given: str | None) -> None:
    """Read dispatches and add them to the ledger.

    The same dispatch twice is one. What is reported as added is kept, whatever happens next: to go on after an interruption,
    give the same command again.
    """
    taken = _collected(sources, given)
    refusals, new, old = Refusals(), 0, 0
    with _ledger(ledger) as kept, _progress("adding", sources) as advance:
        for dispatch in refusals.sift(taken):
            if kept.add(dispatch):
                new += 1
                click.echo(f"added {_named(dispatch)}")
            else:
                old += 1
            advance()
    click.echo(f"{new} added, {old} already there, {refusals.count} refused: {ledger}", err=True)
    refusals.end()


@cli.command("list", epilog=examples("recoupe list\nrecoupe list --ledger niger.db | cut -f1"))
@ledger_option
def list_(ledger: str) -> None:
    """List the dispatches of the ledger: id, day, language, outlet, agency, group of copies, title."""
    with _ledger(ledger, there=True) as kept:
        for row in kept.list():
            cells = (row.id, (row.published or "")[:10], row.lang, row.outlet, row.agency, row.copy, row.title or row.ref)
            click.echo("\t".join(visible(cell or "-") for cell in cells))


@cli.command(
    epilog=examples("""
recoupe brief
recoupe brief --lang fr --format md > note.md
recoupe brief --format html -o brief.html
""")
)
@ledger_option
@story_option
@as_of_option
@click.option(
    "--format", "form", type=click.Choice(["terminal", "md", "html"]), help="[default: by the output's name, else terminal]"
)
@click.option("--lang", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Language of the brief.")
@output_option
def brief(ledger: str, story: str | None, as_of: str | None, form: str | None, lang: str, output: Path | None) -> None:
    """Print the brief of a story: timeline, figures, commitments, disagreements, statements, sources, each with its words."""
    from recoupe.views.brief import make_brief

    with _ledger(ledger, there=True) as kept:
        made = make_brief(kept, lang=lang, story=story, as_of=_day(as_of, "--as-of"))
    by_name = {".html": "html", ".htm": "html", ".md": "md"}
    _brief(made, form or by_name.get(output.suffix.lower() if output else "", "terminal"), output)


@cli.command(
    epilog=examples("""
recoupe explain o1f2e3d4c5b6
recoupe explain 3f2a9c0d/e4
""")
)
@click.argument("id_", metavar="ID")
@ledger_option
def explain(id_: str, ledger: str) -> None:
    """Print what an id stands for: its words, the rules that read them, what was passed over, and why.

    ID is that of an occurrence, a series, a commitment, a disagreement, a group of copies or a dispatch, or DISPATCH/ITEM
    for an item of a reading, as the brief and the export print them.
    """
    from recoupe.views.explain import render_explanation

    with _ledger(ledger, there=True) as kept:
        _show(render_explanation(kept.explain(id_)))


@cli.command(epilog=examples("recoupe export json\nrecoupe export json -o ledger.json"))
@click.argument("form", metavar="FORMAT", type=click.Choice(["json"]))
@ledger_option
@story_option
@as_of_option
@output_option
def export(form: str, ledger: str, story: str | None, as_of: str | None, output: Path | None) -> None:
    """Print the whole ledger as data. FORMAT: json."""
    import msgspec

    with _ledger(ledger, there=True) as kept:
        data = msgspec.json.encode(kept.export(as_of=_day(as_of, "--as-of"), story=story))
    _write(msgspec.json.format(data, indent=2).decode(), output)


@cli.command(epilog=examples("recoupe schema > reading.schema.json"))
def schema() -> None:
    """Print the JSON Schema of one line of `recoupe read --json`."""
    import msgspec

    from recoupe.schema import reading_schema

    click.echo(msgspec.json.format(msgspec.json.encode(reading_schema()), indent=2))


@cli.command(epilog=examples("recoupe find retrait Agadez\nrecoupe find --ledger niger.db Ekman"))
@click.argument("words", nargs=-1, required=True)
@ledger_option
def find(words: tuple[str, ...], ledger: str) -> None:
    """List the dispatches that hold all these words, best first. Exit code 1 where there are none."""
    with _ledger(ledger, there=True) as kept:
        found = kept.find(" ".join(words))
    for dispatch in found:
        click.echo(_named(dispatch))
    if not found:
        raise click.exceptions.Exit(REFUSED)


@cli.command(epilog=examples("recoupe check\nrecoupe check --as-of 2024-10-01 || echo 'look at it'"))
@ledger_option
@as_of_option
def check(ledger: str, as_of: str | None) -> None:
    """Print disagreements, and commitments overdue, missed or broken. Exit code 1 where there are any, for use in scripts."""
    with _ledger(ledger, there=True) as kept:
        disagreements, commitments = kept.check(as_of=_day(as_of, "--as-of"))
    for one in disagreements:
        sides = " | ".join(f"{side.value} ({side.independent_sources})" for side in one.sides)
        click.echo(visible(f"{one.id}\tdisagreement\t{one.field}\t{sides}\t{one.about}"))
    for due in commitments:
        click.echo(visible(f"{due.id}\t{due.status}\t{due.due_end or '-'}\t{', '.join(due.who) or '-'}\t{due.what}"))
    if disagreements or commitments:
        raise click.exceptions.Exit(REFUSED)


@cli.command(
    epilog=examples("""
recoupe judge correct o1f2e3d4c5b6 --field type --value AGREE --who "A. Diallo" --why "a signature, no visit"
recoupe judge merge o1f2e3d4c5b6 o6b5c4d3e2f1 --who "A. Diallo"
recoupe judge undo j1f2e3d4c5b6 --who "A. Diallo"
""")
)
@click.argument("verb", type=click.Choice(["accept", "reject", "correct", "merge", "split", "tie", "untie", "undo"]))
@click.argument("targets", nargs=-1, required=True, metavar="ID...")
@click.option("--who", required=True, metavar="NAME", help="Who judges.")
@click.option("--why", default="", metavar="TEXT", help="Why.")
@click.option("--field", metavar="NAME", help="The field to correct.")
@click.option("--value", metavar="VALUE", help="What it should be.")
@ledger_option
def judge(verb: Any, targets: tuple[str, ...], who: str, why: str, field: str | None, value: str | None, ledger: str) -> None:
    """Record what a person decided. It is a row that is added, which a further one undoes; all that follows from it changes."""
    with _ledger(ledger, there=True) as kept:
        made = kept.judge(verb, *targets, who=who, why=why, field=field, value=value)
    click.echo(f"judged {made.id}: {verb} {' '.join(targets)}")


@cli.command(epilog=examples("recoupe demo\nrecoupe demo --lang fr -o /tmp/demo"))
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("recoupe-demo"),
    show_default=True,
    help="Folder of the demo's ledger and page.",
)
@click.option("--lang", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Language of the brief.")
def demo(output: Path, lang: str) -> None:
    """Read the example dispatches into a ledger, print the brief, and write it as a web page."""
    from importlib.resources import as_file, files

    from recoupe.views.brief import make_brief

    output.mkdir(parents=True, exist_ok=True)
    ledger, page = output / "niger-2024.db", output / "brief.html"
    ledger.unlink(missing_ok=True)
    with as_file(files("recoupe") / "examples" / "niger-2024") as folder, _ledger(str(ledger)) as kept:
        with _progress("reading the example dispatches", (str(folder),)) as advance:
            for dispatch in Refusals().sift(_collected((str(folder),), {})):
                kept.add(dispatch)
                advance()
        made = make_brief(kept, lang=lang)
    _brief(made, "terminal", None)
    _brief(made, "html", page)
    click.echo(f"\nThe same as a page:   {page}\nThe ledger behind it: recoupe explain --ledger {ledger} ID", err=True)


class Refusals:
    """Names each input that is refused as it comes, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def sift(self, taken: Iterable[Dispatch | InputError]) -> Iterator[Dispatch]:
        for one in taken:
            if isinstance(one, InputError):
                self.count += 1
                click.echo(visible(f"refused: {one}"), err=True)
            else:
                if "encoding" in one.extra:
                    click.echo(visible(f"note: {one.ref}: not UTF-8, read as {one.extra['encoding']}"), err=True)
                yield one

    def end(self) -> None:
        if self.count:
            raise click.exceptions.Exit(REFUSED)


def _collected(sources: tuple[str, ...], given: dict[str, str | None]) -> Iterator[Dispatch | InputError]:
    from recoupe.intake.draft import Given
    from recoupe.intake.sources import Collector
    from recoupe.language import languages

    lang = given.get("lang")
    if lang and lang not in languages():
        raise click.BadParameter(f"{lang!r} is not read; {' and '.join(languages())} are", param_hint="--lang")
    said = Given(published=_day(given.get("published"), "--published"), lang=lang, outlet=given.get("outlet"))
    return Collector(given=said, stdin=sys.stdin.buffer).collect(sources)


def _day(value: str | None, option: str) -> str | None:
    from recoupe.intake.draft import iso

    try:
        return iso(value) if value else None
    except ValueError:
        raise click.BadParameter("a day as 2024-07-24 is expected", param_hint=option) from None


def _ledger(path: str, *, there: bool = False) -> Ledger:
    """The ledger at a path. there: it must exist already, since a command that only looks makes none."""
    if there and "://" not in path and not Path(path).exists():
        raise LedgerError(f"there is no ledger {path!r}; make one with `recoupe add --ledger {path} PATH...`")
    from recoupe.ledger import Ledger

    return Ledger(path)


def _named(dispatch: Dispatch) -> str:
    """A dispatch on one line: id, day, outlet, title or first words."""
    title = dispatch.title or " ".join(dispatch.text[:200].split())[:70] + "…"
    parts = (dispatch.id, (dispatch.published or "undated")[:10], dispatch.outlet or dispatch.agency or dispatch.ref, title)
    return visible("  ".join(part for part in parts if part))


def _console(*, err: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=err, highlight=False, markup=False, emoji=False)


def _show(what: RenderableType) -> None:
    """Prints in colour on a terminal; elsewhere as plain lines of one width, without blanks at their ends."""
    console = _console()
    if console.is_terminal:
        console.print(what)
        return
    console.width = PIPED_WIDTH
    with console.capture() as captured:
        console.print(what)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))


@contextmanager
def _progress(what: str, sources: tuple[str, ...], *, shown: bool = True) -> Iterator[Callable[[], None]]:
    """A bar on standard error while a command works, where that is a terminal; yields what moves it by one."""
    if not (shown and sys.stderr.isatty()):
        yield lambda: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from recoupe.intake.sources import how_many

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=_console(err=True), transient=True, redirect_stdout=sys.stdout.isatty()) as progress:
        task = progress.add_task(what, total=how_many(sources))
        yield lambda: progress.advance(task)


def _brief(made: Any, form: str, output: Path | None) -> None:
    """Prints or writes a brief."""
    if form == "terminal" and output is None:
        from recoupe.views.terminal import render_brief

        _show(render_brief(made))
        return
    from recoupe.views.page import to_html, to_markdown

    _write(to_html(made) if form == "html" else to_markdown(made), output)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")
