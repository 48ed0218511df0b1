"""Options that commands share, and how the examples in their help are set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def examples(text: str) -> str:
    """Examples at the end of a command's help, as they stand."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in text.strip().splitlines())


INPUTS = ("plain", "html", "feed", "newsml", "ninjs", "json", "jsonl", "csv", "parquet", "warc", "zip", "gzip")


def inputs(command: F) -> F:
    """The arguments and options of a command that takes dispatches."""
    return click.argument("sources", nargs=-1, required=True, metavar="PATH...")(described(command))


def described(command: F) -> F:
    """The options that say what inputs are."""
    options = (
        click.option(
            "--format", "form", type=click.Choice(INPUTS), help="Format of the inputs. [default: told by their content]"
        ),
        click.option(
            "--map", "map_", metavar="NAME=COLUMN,...", help="Which column of a table holds what: text=body,published=date."
        ),
        click.option("--allow-private", is_flag=True, help="Fetch addresses inside private networks too."),
        click.option("--user-agent", metavar="TEXT", help="How to name yourself to servers. [default: Recoupe, its version]"),
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
    help="The ledger: one SQLite file, or the postgresql:// address of a team's.",
)
story_option = click.option("--story", metavar="ID", help="One story: its id, or a dispatch of it. All where not given.")
as_of_option = click.option("--as-of", metavar="DATE", help="As it stood on a day. [default: the last day of publication]")
output_option = click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
