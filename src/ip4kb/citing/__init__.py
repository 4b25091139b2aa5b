"""What to cite: entries in CSL-JSON, and from them BibTeX, RIS and text."""
