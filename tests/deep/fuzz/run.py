"""Fuzz one target, in a process of its own: `python run.py TARGET RECORDS`, and then what libFuzzer takes."""

import importlib
import pkgutil
import shlex
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ip4kb"]):
    import ip4kb

    for module in pkgutil.walk_packages(ip4kb.__path__, "ip4kb."):
        if not module.name.startswith("ip4kb.sphinxext") and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    import targets

name, records, *options = sys.argv[1:]
targets.prepare(Path(records))
# To merge, libFuzzer starts itself anew by its first argument, which it hands to a shell as it is.
itself = shlex.join([sys.executable, *sys.argv[:3]])
atheris.Setup([itself, *options], targets.TARGETS[name])
atheris.Fuzz()
