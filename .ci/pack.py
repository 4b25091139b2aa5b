"""The records as the wheel has them: one file of JSON Lines a kind, a third as large as one file a record.

hatchling runs this when it builds a wheel. In the repository each record is a file of its own.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Puts the packs in the place of the records' files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write a pack for each kind; an editable install reads the files themselves."""
        if version == "editable":
            return
        data = Path(self.root) / "src/ip4kb/data"
        self._packs = tempfile.TemporaryDirectory()
        for folder in sorted(path for path in data.iterdir() if path.is_dir()):
            pack = Path(self._packs.name) / f"{folder.name}.jsonl"
            pack.write_bytes(b"".join(map(line, sorted(folder.glob("*.json")))))
            build_data["force_include"][str(pack)] = f"ip4kb/data/{pack.name}"

    def finalize(self, version: str, _build_data: dict[str, Any], _artifact_path: str) -> None:
        """Take the packs away."""
        if version != "editable":
            self._packs.cleanup()


def line(file: Path) -> bytes:
    """A record in one line."""
    record = json.loads(file.read_text("utf-8"))
    if next(iter(record)) != "id" or record["id"] != file.stem:
        msg = f"{file} does not begin with the id {file.stem!r}: run 'python -m ip4kb.curation format'"
        raise ValueError(msg)
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
