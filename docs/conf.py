"""How Sphinx builds the site: nitpicky, offline, from the installed package."""

from __future__ import annotations

import hashlib
import html
import importlib.metadata
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.util import logging

import ip4kb

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS / "_ext"))

from inventories import ADDRESSES, FOLDER  # noqa: E402 (found only now)

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "ip4kb"
author = "ip4kb contributors"
project_copyright = "2026 ip4kb contributors"
release = importlib.metadata.version("ip4kb")
version = ".".join(release.split(".")[:2])
language = "en"
smartquotes = False
default_role = "code"

extensions = [
    "ip4kb.sphinxext",
    "record_pages",
    "codebook",
    "measurements",
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
    "sphinx_design",
    "notfound.extension",
    "sphinx_sitemap",
]
templates_path = ["_templates"]
exclude_patterns = ["_build", "_extra", "jupyter_execute"]
nitpicky = True
# Type variables, which no page documents.
nitpick_ignore_regex = [("py:(class|obj)", r"ip4kb\..*\.[DRT]")]
python_use_unqualified_type_names = True
python_display_short_literal_types = True
maximum_signature_line_length = 80
toc_object_entries_show_parents = "hide"

# MyST and its notebooks. A page that has code cells runs them, unless it was run before; an exception
# breaks the build.
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "cache"
# Kept for this very library and data: another wheel has other digests in its list of files.
_INSTALLED = importlib.metadata.distribution("ip4kb").read_text("RECORD") or ""
nb_execution_cache_path = str(DOCS / "_build" / "executed" / hashlib.sha256(_INSTALLED.encode()).hexdigest()[:16])
nb_execution_raise_on_error = True
nb_execution_timeout = 60

# The reference of the public names.
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_default_options = {"members": True}
autosummary_generate = False
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

# Names of other projects, from inventories kept here, so that a build needs no network.
intersphinx_mapping = {name: (address, str(FOLDER / f"{name}.txt")) for name, address in ADDRESSES.items()}
# Names as annotations have them that only type checkers import, so that Sphinx does not see where they come from.
_WHOLE_NAMES = {
    "AnyRecord": "ip4kb.Record",
    "Chart": "altair.Chart",
    "Path": "pathlib.Path",
    "pa.Table": "pyarrow.Table",
    "pd.DataFrame": "pandas.DataFrame",
}

html_theme = "pydata_sphinx_theme"
html_title = "ip4kb"
# Read the Docs puts language and version into the address of the root.
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "https://ip4kb.readthedocs.io/")
_ROOT = urlsplit(html_baseurl).path
# Copied as they are: the JSON Schemas, which `python -m ip4kb.curation schema docs/_extra/schema` writes.
html_extra_path = ["_extra"]
html_static_path = ["_static"]
html_css_files = ["site.css", "reference.css", "record.css"]
html_js_files = ["sortable.js"]
html_search_scorer = str(DOCS / "_static" / "scorer.js")
# For a summary of each, the reader's browser would fetch every page that a search finds.
html_show_search_summary = False
html_favicon = "_static/favicon.svg"
html_show_sourcelink = False
html_copy_source = False
# One module needs no index.
html_domain_indices = False
# The page 404.html is served at any depth, so its links start at the root; the sitemap leaves out what is no answer.
notfound_urls_prefix = _ROOT
notfound_context = {
    "title": "This page does not exist",
    "body": f"""<h1>This page does not exist</h1>
<p>Nothing stands at this address. A page of the record has the address of its kind and id, such as
<code>record/summit/the-hague-2025.html</code>.</p>
<ul>
<li><a href="{_ROOT}search.html">Search the site</a></li>
<li><a href="{_ROOT}record/index.html">The record</a>, kind by kind</li>
<li><a href="{_ROOT}index.html">The start page</a></li>
</ul>""",
}
sitemap_url_scheme = "{link}"
sitemap_excludes = ["404.html", "search.html"]
# Guides, explanations and the like show the pages beside them; pages at the top and wide answers have no sidebar.
html_sidebars: dict[str, list[str]] = {"*": [], "notebooks/*": [], "record/**": []}
# Else the theme's script complains on a reader's first visit.
html_context = {"default_mode": "auto"}
html_theme_options = {
    "show_nav_level": 2,
    "header_links_before_dropdown": 8,
    "navbar_persistent": ["search-button"],
    "navigation_with_keys": False,
    "show_prev_next": False,
    # No room for the advertisements of a host.
    "primary_sidebar_end": [],
}


def _to_public_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.reference | None:
    """Lead a reference to where a public class is defined (as annotations have it) to its public name."""
    target = node["reftarget"] = _WHOLE_NAMES.get(node.get("reftarget", ""), node.get("reftarget", ""))
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
        if f"ip4kb.{name}" not in env.domains.python_domain.objects:
            logging.getLogger(__name__).warning("no page documents the public name ip4kb.%s", name)


def _tell_pictures(app: Sphinx, doctree: nodes.document, _page: str) -> None:
    """Give a picture of a notebook the words that it holds for those who do not see it."""
    for picture in doctree.findall(nodes.image):
        if "alt" not in picture and picture["uri"].endswith(".svg"):
            drawn = Path(app.srcdir, picture["uri"]).read_text("utf-8")
            picture["alt"] = html.unescape(drawn.partition('aria-label="')[2].partition('"')[0])


def _mark_parameters(
    _app: Sphinx, _pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Say that the parameters of a signature, one a line, are no list of definitions, as Sphinx writes them."""
    opening = '\n<dd><em class="sig-param">'
    context["body"] = context.get("body", "").replace(f"<dl>{opening}", f'<dl role="presentation">{opening}')


def setup(app: Sphinx) -> None:
    """Register what this site adds to Sphinx."""
    # Before intersphinx, which is to see the whole names.
    app.connect("missing-reference", _to_public_name, priority=400)
    app.connect("doctree-resolved", _tell_pictures)
    app.connect("env-check-consistency", _miss_public_names)
    app.connect("html-page-context", _mark_parameters)
