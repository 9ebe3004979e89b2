"""CPU time of pages and of the bare SQL behind them, all in one run and taking turns."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from flask import Flask

from models import db
from tests.statements import counted

ROUNDS = 15
FIRST = 2  # rounds that fill caches and are not counted


@dataclass
class Figure:
    """What one page cost: CPU of each round in milliseconds, statements and bytes of the last."""

    name: str
    rounds: list[float] = field(default_factory=list)
    statements: int = 0
    size: int = 0
    beside: str = ""  # the name of the bare SQL that fetches the same rows

    @property
    def cpu(self) -> float:
        """The median of the rounds."""
        return median(self.rounds)


@contextmanager
def cpu_into(figure: Figure) -> Iterator[None]:
    """Add the CPU time of this process that passes meanwhile."""
    begin = time.process_time()
    yield
    figure.rounds.append((time.process_time() - begin) * 1000)


@dataclass(frozen=True)
class Job:
    """Something to measure: it runs in an application context of its own and tells its size.

    Flask-Login and `g` stay with the context: in a shared one the second person would be the first.
    """

    app: Flask
    run: Callable[[], int]

    def __call__(self) -> int:
        with self.app.app_context():
            return self.run()

    def statements(self) -> int:
        """How many statements it sends."""
        with self.app.app_context(), counted() as found:
            self()
        return len(found)


def take_turns(
    jobs: Mapping[str, Job], beside: Mapping[str, str], rounds: int = ROUNDS
) -> dict[str, Figure]:
    """Run every job in every round, so that a busy machine is busy for all of them alike."""
    figures = {name: Figure(name, beside=beside.get(name, "")) for name in jobs}
    for one in range(FIRST + rounds):
        for name, job in jobs.items():
            gc.collect()
            with cpu_into(figures[name]):
                figures[name].size = job()
        if one < FIRST:
            for figure in figures.values():
                figure.rounds.clear()
    for name, job in jobs.items():
        figures[name].statements = job.statements()
    return figures


def bare(queries: Sequence[Any]) -> Callable[[], int]:
    """A job that sends these statements as text and fetches their rows, and nothing more."""
    texts = [
        str(query.compile(db.engine, compile_kwargs={"literal_binds": True})) for query in queries
    ]
    connection = db.engine.raw_connection()

    def job() -> int:
        cursor = connection.cursor()
        size = 0
        for text in texts:
            cursor.execute(text)
            size += len(cursor.fetchall())
        cursor.close()
        connection.rollback()
        return size

    return job
