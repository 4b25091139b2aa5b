"""How Sphinx builds the site: nitpicky, offline, from the installed package."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

import ip4kb

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "ip4kb"
author = "ip4kb contributors"
project_copyright = "2026 ip4kb contributors"
release = importlib.metadata.version("ip4kb")
version = ".".join(release.split(".")[:2])
language = "en"
default_role = "code"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
]
exclude_patterns = ["_build", "_extra", "jupyter_execute"]
nitpicky = True
# Names that stand for others in a signature: type variables, and any of the nine kinds of record.
nitpick_ignore_regex = [("py:(class|obj)", r"(ip4kb\..*\.[DRT]|AnyRecord)")]
# Names that only type checkers import, so that Sphinx sees no module they belong to.
nitpick_ignore = [("py:class", name) for name in ("Chart", "Path", "pa.Table", "pd.DataFrame")]
python_use_unqualified_type_names = True
python_display_short_literal_types = True
toc_object_entries_show_parents = "hide"

# MyST and its notebooks. A page that has code cells runs them; an exception breaks the build.
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 60

# The reference of the public names.
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_default_options = {"members": True, "show-inheritance": True}
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

# Names of other projects, from inventories kept here, so that a build needs no network. They are plain text,
# version 1 of the format: on each line a name, its kind and its page. A missing
# name is a line to add.
_INVENTORIES = Path(__file__).parent / "_inventories"
intersphinx_mapping = {
    "python": ("https://docs.python.org/3", str(_INVENTORIES / "python.txt")),
}

html_theme = "pydata_sphinx_theme"
html_title = "ip4kb"
# Copied as they are: the JSON Schemas, which `python -m ip4kb.curation schema docs/_extra/schema` writes.
html_extra_path = ["_extra"]
html_baseurl = "https://ip4kb.readthedocs.io/"
html_show_sourcelink = False
html_sidebars = {"**": []}
html_theme_options = {
    "show_nav_level": 2,
    "navigation_with_keys": False,
    "show_prev_next": False,
}


def _to_public_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.reference | None:
    """Lead a reference to where a public class is defined (as annotations have it) to its public name."""
    target = node.get("reftarget", "")
    if node.get("refdomain") != "py" or not target.startswith("ip4kb."):
        return None
    # The public name is one of the target's last two parts: a class, or a class and its member.
    parts = target.split(".")
    for start in (-1, -2):
        if parts[start] in ip4kb.__all__:
            public = ".".join(["ip4kb", *parts[start:]])
            domain = env.domains.python_domain
            return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", public, node, contnode)
    return None


def _miss_public_names(_app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each public name that no page documents."""
    for name in ip4kb.__all__:
        if not name.startswith("__") and f"ip4kb.{name}" not in env.domains.python_domain.objects:
            logging.getLogger(__name__).warning("no page documents the public name ip4kb.%s", name)


def setup(app: Sphinx) -> None:
    """Register what this site adds to Sphinx."""
    app.connect("missing-reference", _to_public_name)
    app.connect("env-check-consistency", _miss_public_names)
