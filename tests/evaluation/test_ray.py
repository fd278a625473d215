"""A Ray cluster of two nodes on this machine, one of them killed half-way."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.evaluation.conftest import RulesOnly, write_lines
from tests.evaluation.test_engines import as_json, talks
from trainer.errors import UsageError
from trainer.evaluation import Progress, Settings, evaluate

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None, reason="the extra 'ray' is not installed"
    ),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Start a head that does no work and two nodes that do."""
    # The nodes' processes must find the tests' own worker.
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setenv("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
    from ray.cluster_utils import Cluster

    memory: dict[str, Any] = {"object_store_memory": 80 * 1024 * 1024}
    found = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, **memory})
    try:
        yield found, [found.add_node(num_cpus=1, **memory) for _ in range(2)]
    finally:
        import ray

        ray.shutdown()
        found.shutdown()  # type: ignore[no-untyped-call]


def test_a_node_is_killed_half_way_and_nothing_is_lost_or_counted_twice(
    cluster: Any, tmp_path: Path
) -> None:
    from trainer.evaluation.ray_engine import RayCluster

    made, nodes = cluster
    source = talks(tmp_path / "talks.jsonl", 120)
    expected = as_json(evaluate([source], RulesOnly()))
    killed: list[int] = []

    def kill_one_half_way(progress: Progress) -> None:
        if progress.done >= 420 and not killed:
            killed.append(progress.done)
            made.remove_node(nodes[0], allow_graceful=False)

    seen: list[Progress] = []

    def watch(progress: Progress) -> None:
        seen.append(progress)
        kill_one_half_way(progress)

    engine = RayCluster(RulesOnly(), made.address, 1)
    settings = Settings(checkpoint=tmp_path / "c.jsonl", on_progress=watch)
    assert as_json(evaluate([source], RulesOnly(), settings=settings, engine=engine)) == expected
    assert killed and killed[0] < seen[-1].done == 840
    units = [line for line in (tmp_path / "c.jsonl").read_text().splitlines() if '"unit"' in line]
    assert len(units) == len(set(units)) == len(seen)


def test_the_command_starts_a_cluster_of_its_own(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "t.jsonl", *({"id": n, "text": "Why?"} for n in range(150)))
    command = [str(Path(sys.executable).with_name("trainer")), "evaluate", str(source)]
    local, by_ray = (
        subprocess.run(
            [*command, "--scorer", "rules", "--format", "json", *more],
            capture_output=True,
            text=True,
            timeout=240,
            env={**os.environ, "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0"},
        )
        for more in ((), ("--engine", "ray", "--workers", "1"))
    )
    assert by_ray.returncode == 0, by_ray.stderr
    assert by_ray.stdout == local.stdout


def test_no_cluster_at_the_address_is_one_line(tmp_path: Path) -> None:
    from trainer.evaluation.ray_engine import RayCluster

    source = write_lines(tmp_path / "t.jsonl", {"id": 1, "text": "Why?"})
    with pytest.raises(UsageError, match="no Ray cluster answers there"):
        evaluate([source], RulesOnly(), engine=RayCluster(RulesOnly(), "localhost:1", 1))
