"""Roles and directives with which a Sphinx project links and cites the record (the extra `sphinx`).

Put `"ip4kb.sphinxext"` into the `extensions` of `conf.py`. A role for each kind of record links to its page on the
hosted site: ``:ip4kb:summit:`the-hague-2025` `` in reStructuredText, ``{ip4kb:summit}`the-hague-2025` `` in MyST.
`ip4kb:cite` and `ip4kb:bibliography` cite what stands behind a fact, `ip4kb:attendance` and `ip4kb:timeline` make the
tables that the questions of the same names answer. An id or name that nobody bears is a warning with the close match.
"""

from typing import TYPE_CHECKING

from ip4kb import __version__
from ip4kb.extras import require

require("sphinx", "sphinx", "ip4kb.sphinxext")

from ip4kb.sphinxext.citations import link_to_bibliographies  # noqa: E402 (without Sphinx it cannot be imported)
from ip4kb.sphinxext.domain import Ip4kbDomain, link_to_the_site  # noqa: E402 (likewise)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_AFTER_INTERSPHINX = 900


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Add the domain `ip4kb` to a Sphinx project."""
    app.add_domain(Ip4kbDomain)
    app.connect("doctree-read", link_to_bibliographies)
    app.connect("missing-reference", link_to_the_site, priority=_AFTER_INTERSPHINX)
    return {"version": __version__, "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
