"""Files, folders, addresses and standard input, as dispatches in the order of their names. What cannot be taken comes as the
InputError that says why, in its place, and the rest goes on.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from recoupe.errors import InputError, UnreadableInput
from recoupe.intake.draft import Draft, Given
from recoupe.intake.formats import SUFFIXES, reader, recognised
from recoupe.intake.inputs import Input, buffered
from recoupe.intake.take import finish
from recoupe.intake.web.address import is_address
from recoupe.intake.web.fetching import Fetched, Fetching, document
from recoupe.model import Dispatch
from recoupe.settings import Settings

STDIN = "-"


@dataclass
class Collector:
    """Walks what it is given. form, outlet: the format of all of it, and whose feed it is, where a person says so; columns: see
    `rows`; fetching: how addresses are asked; now: the moment of the run, which embargoes and future dates are held against.
    described: text files that a JSON Lines file beside them has spoken for.
    """

    given: Given = field(default_factory=Given)
    settings: Settings = field(default_factory=Settings)
    stdin: BinaryIO | None = None
    form: str | None = None
    outlet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fetching: Fetching = field(default_factory=Fetching)
    now: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    described: set[Path] = field(default_factory=set)

    def collect(self, sources: Iterable[str | Path]) -> Iterator[Dispatch | InputError]:
        """Every dispatch of the sources: paths of files and folders, addresses, or "-" for standard input."""
        for source in sources:
            for draft in self.drafts(source):
                yield draft if isinstance(draft, InputError) else self.finished(draft)

    def drafts(self, source: str | Path) -> Iterator[Draft | InputError]:
        """The drafts of a source. What cannot be taken comes in its place as the error that says why."""
        try:
            if source == STDIN:
                yield from self._read(self._input(self.stdin or io.BytesIO(), "stdin", "standard input"))
            elif is_address(str(source)):
                yield from self.fetched(document(str(source), self._fetching()))
            elif "://" in str(source):
                raise UnreadableInput("only http and https addresses are read", source=str(source))
            elif not str(source):
                raise UnreadableInput("an empty name is no file", source="")
            elif Path(source).is_dir():
                yield from self._folder(Path(source))
            else:
                yield from self._file(Path(source), Path(source).name)
        except InputError as error:
            yield error
        except OSError as error:
            yield UnreadableInput(error.strerror or str(error), source=str(source))

    def fetched(self, answer: Fetched) -> Iterator[Draft | InputError]:
        """The drafts of what was fetched."""
        given = self._input(io.BytesIO(answer.body), answer.url, answer.url)
        yield from self._read(replace(given, url=answer.url, charset=answer.charset))

    def finished(self, draft: Draft) -> Dispatch | InputError:
        """The dispatch of a draft, or why it is none."""
        try:
            return finish(draft, self.given, self.settings, today=self.now.date())
        except InputError as error:
            return error

    def _folder(self, folder: Path) -> Iterator[Draft | InputError]:
        """JSON Lines first, since they may describe text files; then the rest by name. Hidden and other files are left."""
        paths = [path for path in _files(folder) if path.suffix.lower() in SUFFIXES]
        if not paths:
            yield UnreadableInput(f"nothing to read in this folder ({', '.join(SUFFIXES)})", source=str(folder))
        for path in sorted(paths, key=lambda path: (SUFFIXES[path.suffix.lower()] != "jsonl", path.as_posix())):
            if path.resolve() not in self.described:
                try:
                    yield from self._file(path, path.relative_to(folder).as_posix())
                except InputError as error:
                    yield error
                except OSError as error:
                    yield UnreadableInput(error.strerror or str(error), source=str(path))

    def _file(self, path: Path, ref: str) -> Iterator[Draft | InputError]:
        if not path.exists():
            raise UnreadableInput("there is no such file or folder", source=str(path))
        with path.open("rb") as stream:
            yield from self._read(replace(self._input(stream, ref, str(path)), folder=path.parent))

    def _input(self, stream: BinaryIO, ref: str, source: str) -> Input:
        return Input(
            stream=buffered(stream), ref=ref, source=source, form=self.form, outlet=self.outlet, columns=self.columns,
            longest=self.settings.max_bytes, now=self.now,
        )  # fmt: skip

    def _fetching(self) -> Fetching:
        return replace(self.fetching, longest=self.settings.max_bytes)

    def _read(self, given: Input) -> Iterator[Draft | InputError]:
        """The drafts of an input, and of those that lie in it."""
        try:
            for found in reader(recognised(given))(given):
                if isinstance(found, Input):
                    yield from self._read(found)
                else:
                    yield self._known(found, given) if isinstance(found, Draft) else found
        except InputError as error:
            yield error

    def _known(self, draft: Draft, given: Input) -> Draft:
        if given.folder and isinstance(draft.extra.get("file"), str):
            self.described.add((given.folder / draft.extra["file"]).resolve())
        return replace(draft, extra={**given.known, **draft.extra}) if given.known else draft


def how_many(sources: Iterable[str | Path]) -> int | None:
    """How many dispatches the sources hold at most, by counting files and lines; None where that cannot be told."""
    total = 0
    for source in sources:
        path = Path(source)
        if source == STDIN or not path.exists():
            return None
        for file in _files(path) if path.is_dir() else [path]:
            kind = SUFFIXES.get(file.suffix.lower())
            if kind == "jsonl":
                with file.open("rb") as stream:
                    total += sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
            elif kind not in (None, "plain", "html"):
                return None
            else:
                total += kind is not None or not path.is_dir()
    return total


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (path for name in names if not name.startswith(".") and (path := Path(root) / name).is_file())
