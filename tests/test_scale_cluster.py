"""The same job on a cluster: a worker that is killed in the middle loses nothing, and the output is that of one machine."""

from __future__ import annotations

import os
import signal
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from recoupe.scale import code
from recoupe.scale.coding import PIECE
from scale_stub import Stub, archive, work

pytest.importorskip("ray.data", reason='Ray is not installed: pip install "recoupe[ray]"')


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    import ray

    source, seen = archive(tmp_path / "in.jsonl", PIECE * 8), tmp_path / "seen"
    seen.mkdir()
    code(source, tmp_path / "one.jsonl", work())
    killed: list[int] = []

    def kill() -> None:
        parts = tmp_path / "many.jsonl.parts"
        while not (len(list(parts.glob("*[0-9].jsonl"))) >= 1 and list(seen.iterdir())):
            time.sleep(0.05)
        killed.append(int(min(path.name for path in seen.iterdir())))
        os.kill(killed[0], signal.SIGKILL)

    threading.Thread(target=kill, daemon=True).start()
    try:
        environment = {"env_vars": {"PYTHONPATH": str(Path(__file__).parent)}}
        ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False, runtime_env=environment)
        code(source, tmp_path / "many.jsonl", work(partial(Stub, 0.02, seen)), ray="local", workers=2)
    finally:
        ray.shutdown()
    assert len(killed) == 1
    assert len(list(seen.iterdir())) > 2, "another worker took its place"
    assert (tmp_path / "many.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
