"""The same work on a Ray cluster: an existing one, or one started here. Optional extra ``ray``.

A unit is a task without a memory: when its node dies Ray does it again on another, and a unit that
came back once is never taken twice. Recordings are read by the node that does the unit, so they
must be under the same path on all of them.
"""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Iterable, Iterator
from typing import Any

import ray

from trainer.errors import TrainerError, UsageError
from trainer.evaluation.engines import AHEAD, MakeWorker, Outcome
from trainer.evaluation.result import Done
from trainer.evaluation.units import Unit
from trainer.evaluation.work import Worker

_NO_CLUSTER = (
    "--address {}: no Ray cluster answers there; give what 'ray start --head' said, "
    "such as HOST:6379, or auto"
)
_HOST_AND_PORT = re.compile(r"(?:ray://)?(?P<host>[^/:]+):(?P<port>\d+)")
_KNOCK_S = 10.0
_ONE_THREAD = {"OMP_NUM_THREADS": "1"}
_WORKERS: dict[str, Worker] = {}  # in a process of the cluster: what it has built so far


class RayCluster:
    """Shares the work out over a Ray cluster, one task a unit."""

    def __init__(self, make_worker: MakeWorker, address: str | None, workers: int) -> None:
        """Take how to build a worker.

        Args:
            make_worker: Sent to the cluster, so it must be picklable.
            address: Of a running cluster; None starts one here.
            workers: Processors of the one started here.
        """
        self._make = make_worker
        self._address = address
        self._workers = workers

    def run(self, units: Iterable[Unit]) -> Iterator[Outcome]:
        """Yield each unit with what came of it, as they are finished.

        Raises:
            UsageError: There is no cluster at the address.
            TrainerError: The cluster went away.
        """
        own = not ray.is_initialized()
        if own:
            self._join()
        task = ray.remote(_do).options(
            num_cpus=1, max_retries=-1, runtime_env={"env_vars": _ONE_THREAD}
        )
        try:
            yield from self._given_out(task, units)
        except ray.exceptions.RayTaskError as error:
            raise error.cause if isinstance(error.cause, TrainerError) else error from error
        except ray.exceptions.RayError as error:
            raise TrainerError(
                f"the Ray cluster failed ({type(error).__name__}); with --checkpoint what was "
                "done is kept, run again to go on"
            ) from error
        finally:
            if own:
                ray.shutdown()

    def _join(self) -> None:
        cpus = None if self._address else self._workers
        if self._address and (place := _HOST_AND_PORT.fullmatch(self._address)):
            _refuse_unless_answering(self._address, place["host"], int(place["port"]))
        try:
            ray.init(
                address=self._address,
                num_cpus=cpus,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        except (ConnectionError, ValueError) as error:
            raise UsageError(_NO_CLUSTER.format(self._address)) from error

    def _given_out(self, task: Any, units: Iterable[Unit]) -> Iterator[Outcome]:
        make = ray.put(self._make)
        waiting: dict[Any, Unit] = {}
        for unit in units:
            waiting[task.remote(make, unit)] = unit
            while len(waiting) >= _processors() + AHEAD:
                yield from _finished(waiting)
        while waiting:
            yield from _finished(waiting)


def _refuse_unless_answering(address: str, host: str, port: int) -> None:
    """Knock first: Ray itself tries an address that nobody answers at for minutes."""
    try:
        socket.create_connection((host, port), timeout=_KNOCK_S).close()
    except OSError as error:
        raise UsageError(_NO_CLUSTER.format(address)) from error


def _finished(waiting: dict[Any, Unit]) -> Iterator[Outcome]:
    ready, _ = ray.wait(list(waiting), num_returns=1)
    for each in ready:
        done: Done = ray.get(each)
        yield waiting.pop(each), done


def _processors() -> int:
    resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    return max(1, int(resources.get("CPU", 1)))


def _do(make_worker: MakeWorker, unit: Unit) -> Done:
    name = repr(make_worker)
    if name not in _WORKERS:
        _WORKERS[name] = make_worker()
    return _WORKERS[name].do(unit.work)
