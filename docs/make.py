"""Writes the parts of the docs that the program itself says: docs/cli.md, docs/reading.schema.json, README's sample outputs.

python docs/make.py            writes them; the tests fail where they are not what the program says
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import msgspec

from recoupe.cli import cli
from recoupe.schema import reading_schema

DOCS = Path(__file__).parent
README = DOCS.parent / "README.md"
WIDTH = 100
SAMPLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.S)


def reference() -> str:
    """The help of every command, as Markdown."""
    parts = ["# The command line", "Made by `make docs` from the program's own help.", _help(cli, None, "recoupe")]
    with click.Context(cli, info_name="recoupe") as context:
        for name in cli.list_commands(context):
            command = cli.get_command(context, name)
            if command is not None:
                parts += [f"## recoupe {name}", _help(command, context, name)]
    return "\n\n".join(parts) + "\n"


def _help(command: click.Command, parent: click.Context | None, name: str) -> str:
    with click.Context(command, parent=parent, info_name=name, max_content_width=WIDTH, terminal_width=WIDTH) as context:
        return f"```text\n{command.get_help(context)}\n```"


def schema() -> str:
    """The JSON Schema of a reading."""
    return msgspec.json.format(msgspec.json.encode(reading_schema()), indent=2).decode() + "\n"


def samples(text: str) -> str:
    """The text with what each of its sample commands prints now. A command is run by the shell, where the project lies."""
    return SAMPLE.sub(lambda m: f"```console\n$ {m['command']}\n{_printed(m['command'])}```", text)


def _printed(command: str) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=DOCS.parent, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True
    )
    return done.stdout


def main() -> None:
    README.write_text(samples(README.read_text(encoding="utf-8")), encoding="utf-8")
    (DOCS / "cli.md").write_text(reference(), encoding="utf-8")
    (DOCS / "reading.schema.json").write_text(schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
