"""Warnings of the type `ip4kb`, with the place in the document."""

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

_LOGGER = logging.getLogger(__name__)


def warn(message: str, location: str | nodes.Node) -> None:
    """Warn, so that `-W` fails the build and `suppress_warnings = ["ip4kb"]` is quiet."""
    _LOGGER.warning(message, type="ip4kb", location=location)


def warned(role: SphinxRole, error: Exception, title: str) -> nodes.Node:
    """Warn of what a role cannot link to; the title alone, in place of the link."""
    warn(str(error), role.get_location())
    return nodes.literal("", title)
