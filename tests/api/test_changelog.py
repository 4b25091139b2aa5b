"""The changelog is read section by section."""

from __future__ import annotations

from changelog import sections

TEXT = """# Changelog

About it.

## [0.2.0] - Unreleased

### Data

- One.

### Changed

- `ip4kb.find(id)` takes `id` alone, and `Table.to_records`
  is not a name.

## [0.1.0] - 2026-11-21

### Added

- All.
"""


def test_each_version_has_its_section_the_newest_first() -> None:
    new, old = sections(TEXT)
    assert (new.version, new.date, old.version, old.date) == ("0.2.0", "Unreleased", "0.1.0", "2026-11-21")
    assert new.part("Data") == "- One."
    assert old.text == old.part("Added").join(["### Added\n\n", ""])
    assert old.part("Data") == ""


def test_names_stand_in_backticks() -> None:
    new, _ = sections(TEXT)
    assert {"find", "id"} <= new.named("Changed", "Removed")
    assert new.named("Data") == set()
