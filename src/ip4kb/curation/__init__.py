"""Tools of those who write records: `python -m ip4kb.curation`."""
