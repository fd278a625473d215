"""Who does the units: this process, or several on this machine. Results come in any order.

Every worker computes on one thread: the same turn then gives the same bits wherever it is done,
and many turns are done faster by many workers than by many threads.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from trainer.errors import TrainerError
from trainer.evaluation.result import Done
from trainer.evaluation.units import Unit
from trainer.evaluation.work import Worker

AHEAD = 2  # units given out beyond those being done, so that no worker waits

MakeWorker = Callable[[], Worker]
Outcome = tuple[Unit, Done]


class Engine(Protocol):
    """Does units of work."""

    def run(self, units: Iterable[Unit]) -> Iterator[Outcome]:
        """Yield each unit once with what came of it, as they are finished."""


class OneAfterTheOther:
    """Does the work in this process."""

    def __init__(self, make_worker: MakeWorker) -> None:
        """Take how to build the worker."""
        self._make = make_worker

    def run(self, units: Iterable[Unit]) -> Iterator[Outcome]:
        """Yield each unit with what came of it, in order."""
        worker: Worker | None = None
        for unit in units:
            if worker is None:
                from threadpoolctl import threadpool_limits

                worker = self._make()
            with threadpool_limits(1):
                done = worker.do(unit.work)
            yield unit, done


class Processes:
    """Shares the work out among processes of this machine."""

    def __init__(self, make_worker: MakeWorker, workers: int) -> None:
        """Take how to build a worker; it must be picklable.

        Args:
            make_worker: Called once in every process.
            workers: How many processes.
        """
        self._make = make_worker
        self._workers = workers

    def run(self, units: Iterable[Unit]) -> Iterator[Outcome]:
        """Yield each unit with what came of it, as they are finished.

        Raises:
            TrainerError: A worker died, or could not be built.
        """
        pool = ProcessPoolExecutor(
            self._workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start,
            initargs=(self._make,),
        )
        waiting: dict[Future[Done], Unit] = {}
        try:
            for unit in units:
                waiting[pool.submit(_do, unit)] = unit
                if len(waiting) >= self._workers + AHEAD:
                    yield from _finished(waiting)
            while waiting:
                yield from _finished(waiting)
        except BrokenProcessPool as error:
            raise TrainerError(
                "a worker process was killed, perhaps for want of memory; try fewer --workers "
                "(with --checkpoint what was done is kept)"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _finished(waiting: dict[Future[Done], Unit]) -> Iterator[Outcome]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield waiting.pop(future), future.result()


_MAKE: MakeWorker | None = None
_WORKER: Worker | None = None


def _start(make_worker: MakeWorker) -> None:
    """Prepare a worker process."""
    global _MAKE
    os.environ["OMP_NUM_THREADS"] = "1"
    # Ctrl-C is for the process that gave out the work; it stops this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        # A killed parent cannot tell its workers to stop, and they would wait for ever.
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _MAKE = make_worker


def _end_with(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _do(unit: Unit) -> Done:
    global _WORKER
    if _WORKER is None:
        assert _MAKE is not None
        _WORKER = _MAKE()
    return _WORKER.do(unit.work)
