"""The command line: thin. It makes settings of options, hands them to the package, and prints what comes back.

Results go to standard output, all else to standard error. Exit codes: 0 done, 1 some inputs were refused (each is named) or
something was not there, 2 the command was not understood. Heavy modules are imported by the commands that need them.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from recoupe import __version__
from recoupe.errors import RecoupeError
from recoupe.export.formats import FORMATS
from recoupe.options import as_of_option, described, examples, inputs, ledger_option, output_option, story_option
from recoupe.shell import (
    REFUSED,
    Refusals,
    added,
    brief_form,
    collected,
    collector,
    day,
    named,
    open_ledger,
    opened,
    progress,
    put_brief,
    row,
    show,
)

INTERRUPTED = 130
BRIEFS = ("md", "html")


def main() -> NoReturn:
    """The entry point: `cli` with an end for whatever stops it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character still shows the rest
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
    except OSError as error:
        click.echo(f"recoupe: {error.filename or 'output'}: {error.strerror or error}", err=True)
        code = REFUSED
    sys.exit(code if isinstance(code, int) else 0)


@click.group(epilog=examples("recoupe demo\nrecoupe read dispatch.txt\nrecoupe add dispatches/\nrecoupe brief -o brief.html"))
@click.version_option(__version__, prog_name="recoupe", message="%(prog)s %(version)s")
def cli() -> None:
    """Reads news dispatches, French and English, and keeps a ledger in which every line is traced to its words."""


@cli.command(
    epilog=examples("""
recoupe read dispatch.txt
recoupe read --json dispatches/ > readings.jsonl
recoupe read --published 2024-07-25 --outlet "Le Fil" - < dispatch.txt
recoupe read https://lefil.example/2024/07/25/agadez
recoupe read --map text=body,published=date archive.csv
""")
)
@inputs
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, as `recoupe schema` describes it.")
def read(sources: tuple[str, ...], as_json: bool, **given: Any) -> None:
    """Show what dispatches say: events, figures, statements, times, each with its words.

    PATH is a file (plain text, HTML, RSS, Atom, NewsML-G2, ninjs, JSON, JSON Lines, CSV, Parquet, WARC, zip, gzip), a folder of
    them, the address of a page or a feed, or - for standard input. docs/intake.md has a command for each.
    """
    import msgspec

    from recoupe.reading.pipeline import Reader
    from recoupe.views.reading import render_reading

    taken = collected(sources, given)
    reader, refusals = Reader(), Refusals()
    with progress("reading", sources, shown=not sys.stdout.isatty()) as advance:
        for dispatch in refusals.sift(taken):
            reading = reader.read(dispatch)
            if as_json:
                click.echo(msgspec.json.encode(reading))
            else:
                show(render_reading(reading))
            advance()
    refusals.end()


@cli.command(
    epilog=examples("""
recoupe add dispatches/
recoupe add --ledger niger.db --outlet "Le Fil" *.txt
curl -s https://example.org/story.html | recoupe add -
recoupe add https://lefil.example/feed.xml crawl.warc.gz wire.zip
""")
)
@inputs
@ledger_option
def add(sources: tuple[str, ...], ledger: str, **given: Any) -> None:
    """Read dispatches and add them to the ledger.

    The same dispatch twice is one. What is reported as added is kept, whatever happens next: to go on after an interruption,
    give the same command again.
    """
    taken, refusals = collected(sources, given), Refusals()
    with open_ledger(ledger) as kept, progress("adding", sources) as advance:
        new, old = added(kept, refusals.sift(taken), advance)
    click.echo(f"{new} added, {old} already there, {refusals.count} refused: {ledger}", err=True)
    refusals.end()


@cli.command(
    epilog=examples("""
recoupe watch feeds.toml
recoupe watch --once --ledger niger.db feeds.toml
recoupe watch --import subscriptions.opml feeds.toml
recoupe watch --status feeds.toml
""")
)
@click.argument("feeds", metavar="FEEDS", type=click.Path(dir_okay=False, path_type=Path))
@ledger_option
@click.option("--once", is_flag=True, help="Look once at each feed that is due, and end: for cron.")
@click.option("--status", is_flag=True, help="Print what is known of each feed, and end: last look, items, failures, problem.")
@click.option(
    "--import", "opml", type=click.Path(dir_okay=False, path_type=Path), help="Add the feeds of an OPML list to FEEDS, and end."
)
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), help="Memory of the watch. [default: FEEDS.state.db]")
@click.option("--allow-private", is_flag=True, help="Fetch addresses inside private networks too.")
@click.option("--user-agent", metavar="TEXT", help="How to name yourself to servers. [default: what FEEDS says, else Recoupe]")
def watch(feeds: Path, ledger: str, once: bool, status: bool, opml: Path | None, state: Path | None, **fetching: Any) -> None:
    """Watch RSS and Atom feeds, and add what is new in them to the ledger.

    FEEDS is a TOML list (docs/intake.md) or an OPML list. A feed is asked when it is due; each item is taken once, whatever
    stops the watch; a feed that fails is named, and stops nothing.
    """
    from recoupe import watching

    if opml:
        watching.import_feeds(opml, feeds)
    elif status:
        watching.print_status(feeds, state)
    else:
        watching.watch(feeds, state, ledger, once=once, **fetching)


@cli.command("list", epilog=examples("recoupe list\nrecoupe list --ledger niger.db | cut -f1"))
@ledger_option
def list_(ledger: str) -> None:
    """List the dispatches of the ledger: id, day, language, outlet, agency, story, group of copies, title."""
    with open_ledger(ledger, there=True) as kept:
        for held in kept.list():
            published = (held.published or "")[:10]
            row(held.id, published, held.lang, held.outlet, held.agency, held.story, held.copy, held.title or held.ref)


@cli.command(
    epilog=examples("""
recoupe brief
recoupe brief --lang fr --format md > note.md
recoupe brief --format html -o brief.html
recoupe brief --since 2024-07-01 --actor Niger --type RETREAT
recoupe brief --changes 2024-07-15
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
@click.option("--since", metavar="DATE", help="Only what happened, is due, or was reported on this day or later.")
@click.option("--until", metavar="DATE", help="Only what happened, is due, or was reported on this day or earlier.")
@click.option("--actor", "actors", multiple=True, metavar="NAME", help="Only what this person, body or country does or says.")
@click.option("--place", "places", multiple=True, metavar="NAME", help="Only what is told of this place or country.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Only events of this type (RETREAT) and what they hold.")
@click.option("--changes", metavar="DATE", help="Only what the dispatches published after this day changed.")
def brief(
    ledger: str,
    story: str | None,
    as_of: str | None,
    form: str | None,
    lang: str,
    output: Path | None,
    since: str | None,
    until: str | None,
    changes: str | None,
    **asked: tuple[str, ...],
) -> None:
    """Print the brief of a story: timeline, figures, commitments, disagreements, statements, sources, each with its words.

    --actor, --place and --type may be given more than once: any of them.
    """
    from recoupe.ontology import types as known
    from recoupe.views.brief import make_brief
    from recoupe.views.focus import Focus

    unknown = [kind for kind in asked["types"] if kind.upper() not in known()]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is no type of event; these are: {', '.join(known())}", param_hint="--type")
    form = form or brief_form(output)
    focus = Focus(day(since, "--since"), day(until, "--until"), **asked)
    with open_ledger(ledger, there=True) as kept:
        made = make_brief(
            kept, lang=lang, story=story, as_of=day(as_of, "--as-of"), focus=focus, changes=day(changes, "--changes")
        )
    put_brief(made, form, output)


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

    with open_ledger(ledger, there=True) as kept:
        show(render_explanation(kept.explain(id_), kept.get))


@cli.command(
    epilog=examples("""
recoupe export json > ledger.json
recoupe export csv --table commitments -o commitments.csv
recoupe export xlsx -o niger.xlsx
recoupe export geojson --story 3f2a9c0d | jq .features[0]
""")
)
@click.argument("form", metavar="FORMAT", type=click.Choice([*FORMATS, *BRIEFS]))
@ledger_option
@story_option
@as_of_option
@click.option("--table", metavar="NAME", help="csv and parquet: occurrences (the default), series, commitments, reports, …")
@click.option("--bom/--no-bom", default=None, help="csv: the mark that Excel needs. [default: in a file, not in a pipe]")
@click.option("--lang", type=click.Choice(["en", "fr"]), help="md and html: language of the brief.")
@output_option
def export(form: str, ledger: str, story: str | None, as_of: str | None, output: Path | None, **options: Any) -> None:
    """Write the ledger in a format of the trade. docs/exports.md has what each holds."""
    from recoupe.export.bundle import Bundle
    from recoupe.export.formats import export as write_export

    until = day(as_of, "--as-of")
    with open_ledger(ledger, there=True) as kept:
        if form in BRIEFS:
            from recoupe.views.brief import make_brief

            put_brief(make_brief(kept, lang=options["lang"] or "en", story=story, as_of=until), form, output)
            return
        bundle = Bundle.of(kept, as_of=until, story=story)
    if form == "csv" and options["bom"] is None:
        options["bom"] = output is not None
    with opened(output, binary=not FORMATS[form].text) as out:
        write_export(bundle, form, out, **options)


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
    with open_ledger(ledger, there=True) as kept:
        found = kept.find(" ".join(words))
    for dispatch in found:
        click.echo(named(dispatch))
    if not found:
        raise click.exceptions.Exit(REFUSED)


@cli.command(epilog=examples("recoupe check\nrecoupe check --as-of 2024-10-01 || echo 'look at it'"))
@ledger_option
@as_of_option
def check(ledger: str, as_of: str | None) -> None:
    """Print disagreements, and commitments overdue, missed or broken. Exit code 1 where there are any, for use in scripts."""
    with open_ledger(ledger, there=True) as kept:
        disagreements, commitments = kept.check(as_of=day(as_of, "--as-of"))
    for one in disagreements:
        sides = " | ".join(f"{side.value} ({side.independent_sources})" for side in one.sides)
        row(one.id, "disagreement", one.field, sides, one.about)
    for due in commitments:
        row(due.id, due.status, due.due_end, ", ".join(due.who), due.what)
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
    with open_ledger(ledger, there=True) as kept:
        made = kept.judge(verb, *targets, who=who, why=why, field=field, value=value)
    click.echo(f"judged {made.id}: {verb} {' '.join(targets)}")


@cli.command(
    epilog=examples("""
recoupe serve recoupe.db
recoupe serve recoupe.db --open
recoupe serve recoupe.db --host 0.0.0.0 --name news.example.org
""")
)
@click.argument("ledger", default="recoupe.db", metavar="[LEDGER]", envvar="RECOUPE_LEDGER")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen. Another than this machine needs a token.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port to listen on.")
@click.option("--token", metavar="WORDS", help="What callers must show. [default: made up where others can reach the page]")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A host name that the page may be opened by.")
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
def serve(ledger: str, host: str, port: int, token: str | None, names: tuple[str, ...], opens: bool) -> None:
    """Open the ledger as web pages and an HTTP API on this machine, until interrupted.

    LEDGER is recoupe.db where none is named, and is made where there is none yet.
    """
    from recoupe.web.serving import serve as answer

    answer(ledger, host=host, port=port, token=token, names=names, opens=opens, tell=lambda line: click.echo(line, err=True))


@cli.command(
    epilog=examples("""
recoupe code archive.jsonl readings.jsonl
recoupe code --workers 8 --map text=body,published=date archive.parquet readings.parquet
recoupe code --ray auto --workers 64 /shared/crawl.warc.gz /shared/readings.jsonl
""")
)
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.argument("output", metavar="OUT", type=click.Path(dir_okay=False, path_type=Path))
@described
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="How many processes read.")
@click.option("--ray", metavar="ADDRESS", help="Read on a Ray cluster (auto, local, ray://HOST:PORT); IN and OUT must be shared.")
@click.option("--skim", is_flag=True, help="Parse only sentences whose words may tell something: faster, a little less found.")
@click.option("--restart", is_flag=True, help="Begin anew, whatever is there.")
def code(source: Path, output: Path, workers: int, ray: str | None, skim: bool, restart: bool, **given: Any) -> None:
    """Read an archive: JSON Lines, Parquet, WARC, or whatever `read` takes, into OUT (.jsonl or .parquet), in its order.

    Stopped at any point, the same command goes on where it was. What cannot be read is named, with the reason, in
    OUT.refused.jsonl. docs/performance.md says what to expect of time and memory.
    """
    from recoupe.scale import Progress, Work
    from recoupe.scale import code as run

    with progress("reading", (str(source),)) as advance:
        told = Progress(each=advance)
        run(source, output, Work(collector(given), skim=skim), workers=workers, ray=ray, restart=restart, progress=told)
    resumed = f" ({told.resumed} taken over from an earlier run)" if told.resumed else ""
    click.echo(f"{told.read + told.resumed - told.refused} read into {output}{resumed}", err=True)
    if told.refused:
        click.echo(f"{told.refused} refused: {output}.refused.jsonl says why", err=True)
        raise click.exceptions.Exit(REFUSED)


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
    with as_file(files("recoupe") / "examples" / "niger-2024") as folder, open_ledger(str(ledger)) as kept:
        with progress("reading the example dispatches", (str(folder),)) as advance:
            for dispatch in Refusals().sift(collected((str(folder),), {})):
                kept.add(dispatch)
                advance()
        made = make_brief(kept, lang=lang)
    put_brief(made, "terminal", None)
    put_brief(made, "html", page)
    told = (
        ("The same as a page:  ", page),
        ("The ledger behind it:", f"recoupe explain --ledger {ledger} ID"),
        ("To look around in it:", f"recoupe serve {ledger} --open"),
    )
    click.echo("\n" + "\n".join(f"{what} {where}" for what, where in told), err=True)
