"""Whether somebody serves this installation: a flag in its data folder, held by every worker."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class Running(Exception):
    """A worker is serving, so that nothing under it may be exchanged."""


def serve(data_dir: Path) -> IO[bytes]:
    """Hold the flag as long as the answer is kept open; waits while data are brought back."""
    flag = _flag(data_dir)
    fcntl.flock(flag, fcntl.LOCK_SH)
    return flag


@contextmanager
def stopped(data_dir: Path) -> Iterator[None]:
    """Keep workers from starting for a while. Raises `Running` when one is there already."""
    with _flag(data_dir) as flag:
        try:
            fcntl.flock(flag, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Running from error
        yield


def _flag(data_dir: Path) -> IO[bytes]:
    data_dir.mkdir(parents=True, exist_ok=True)
    return (data_dir / "running.lock").open("ab")
