"""The documentation of ip4brief, built with Sphinx."""

project = "ip4brief"
author = "ip4kb contributors"
language = "en"
extensions = ["myst_parser", "ip4kb.sphinxext"]
html_title = "ip4brief"
html_show_copyright = False
