"""Exports are written whole or not at all: beside their place first, and then put there by one rename."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from ip4kb.exceptions import ExportError


def write_file(path: Path, content: bytes) -> None:
    """Write a file; one that is there is replaced.

    Raises:
        ExportError: If it cannot be written; what was there is as it was.
    """
    with _beside(path) as draft:
        if path.is_dir():
            msg = f"{path} is a folder, but this format is one file; name a file."
            raise ExportError(msg)
        _write(draft, content)


def write_folder(path: Path, files: Sequence[tuple[str, bytes]]) -> None:
    """Write a folder of files, each given by its name.

    Raises:
        ExportError: If it cannot be written, or something is there; that is as it was.
    """
    with _beside(path) as draft:
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            msg = f"{path} is there already; this format is a folder: name a new one, or one that is empty."
            raise ExportError(msg)
        draft.mkdir()
        for name, content in files:
            place = draft / name
            place.parent.mkdir(exist_ok=True)
            _write(place, content)


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A new path beside the one that is wanted, renamed to it when all went well."""
    draft = None
    try:
        place = Path(os.path.realpath(path))
        draft = place.with_name(f".ip4kb-{secrets.token_hex(8)}.part")
        yield draft
        draft.replace(place)
    except ExportError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        msg = f"{path} cannot be written: {reason}. What was there is as it was; mend the cause or name another path."
        raise ExportError(msg) from error
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
            with contextlib.suppress(OSError):
                draft.unlink()


def _write(path: Path, content: bytes) -> None:
    """Write a new file down to the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
