"""A reader that reads nothing, quickly or slowly, and what a job of it is made of."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from recoupe.intake.sources import Collector
from recoupe.model import Dispatch, ReaderInfo, Reading
from recoupe.scale import Work

INFO = ReaderInfo(version="stub", models={}, rules="none")
DEADLY = "Ce texte tue le processus qui le lit."
BROKEN = "Ce texte fait échouer la lecture."


class Stub:
    """Gives each dispatch an empty reading. pause: seconds a dispatch; trace: a folder where each process leaves its number."""

    def __init__(self, pause: float = 0, trace: Path | None = None) -> None:
        self.pause = pause
        if trace is not None:
            (trace / str(os.getpid())).touch()

    def read(self, dispatch: Dispatch) -> Reading:
        time.sleep(self.pause)
        if dispatch.text == DEADLY:
            os.kill(os.getpid(), signal.SIGKILL)
        if dispatch.text == BROKEN:
            raise RuntimeError("no way through")
        return Reading(reader=INFO, dispatch=dispatch)

    def read_many(self, dispatches: Iterable[Dispatch]) -> Iterator[Reading]:
        yield from map(self.read, dispatches)


def work(make: Callable[[], Any] = Stub) -> Work:
    return Work(Collector(), read_with=make)


def archive(path: Path, count: int, *, extra: Iterable[str] = ()) -> Path:
    """A file of that many dispatches, with further lines in its middle."""
    rows = [
        {"id": f"d{n}", "lang": "fr", "text": f"Le marché numéro {n} a rouvert.", "published": "2024-07-10"} for n in range(count)
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join([*lines[: count // 2], *extra, *lines[count // 2 :]]) + "\n", encoding="utf-8")
    return path


def dies(at: int, do: Callable[[], object], listen: Callable[[Callable[[], None]], None]) -> bool:
    """Does something in a process of its own that is killed at a step, as nothing can prevent. False where it ended before.

    listen: has a function called at each step.
    """
    child = os.fork()
    if child == 0:
        left = at

        def step() -> None:
            nonlocal left
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            listen(step)
            do()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def touching(folder: Path) -> Callable[[Callable[[], None]], None]:
    """Steps are what a process does to the files of a folder."""

    def listen(step: Callable[[], None]) -> None:
        def heard(event: str, arguments: tuple[object, ...]) -> None:
            if event.split(".")[0] in ("open", "os", "shutil") and any(str(folder) in str(a) for a in arguments):
                step()

        sys.addaudithook(heard)

    return listen
