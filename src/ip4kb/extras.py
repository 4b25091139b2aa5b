"""Libraries that only some questions need."""

from importlib import import_module
from typing import Any

from ip4kb.exceptions import MissingLibraryError


def require(library: str, extra: str, what_for: str) -> Any:
    """The library, imported; `extra` is the one of ip4kb that brings it.

    Raises:
        MissingLibraryError: If it is not installed.
    """
    try:
        return import_module(library)
    except ImportError as error:
        msg = f"{what_for} needs {library}, which is not installed; run: python -m pip install 'ip4kb[{extra}]'"
        raise MissingLibraryError(msg) from error
