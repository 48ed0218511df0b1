"""What one run keeps for the next: files in a folder of the user's that may be deleted at any time.

Nothing depends on a kept file: without one, or where the folder cannot be written, the same thing is made anew.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path


def cache_folder() -> Path:
    """XDG_CACHE_HOME or the system's own place for such files, and in it our folder. It may not exist yet."""
    if given := os.environ.get("XDG_CACHE_HOME"):
        return Path(given) / "recoupe"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "recoupe" / "cache"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "recoupe"


def keep(kind: str, fingerprint: str, write: Callable[[Path], object]) -> bool:
    """Keeps what `write` puts in the file it is given, whole or not at all; drops what has another fingerprint of its kind.

    False where it could not be written: an OSError of the folder's or of `write`'s.
    """
    path = kept_at(kind, fingerprint)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    except OSError:
        return False
    os.close(handle)
    aside = Path(name)
    try:
        write(aside)
        os.replace(aside, path)
        for other in path.parent.glob(f"{kind}~*"):
            if other != path:
                other.unlink(missing_ok=True)
    except OSError:
        return False
    finally:
        aside.unlink(missing_ok=True)
    return True


def kept(kind: str, fingerprint: str) -> bytes | None:
    """What was kept under that name, or None."""
    try:
        return kept_at(kind, fingerprint).read_bytes()
    except OSError:
        return None


def kept_at(kind: str, fingerprint: str) -> Path:
    """Where a kept file lies."""
    return cache_folder() / f"{kind}~{fingerprint}"
