"""The domain `ip4kb`: a role for each kind of record, and the pages that show them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import ReferenceRole
from sphinx.util.nodes import make_refnode

from ip4kb.citing.address import SITE, address_of, anchor_of
from ip4kb.exceptions import Ip4kbError
from ip4kb.model.kind import Kind
from ip4kb.model.theme import Theme
from ip4kb.places import record_of
from ip4kb.queries.subjects import member, named, place_named
from ip4kb.sphinxext.answers import AttendanceDirective, TimelineDirective
from ip4kb.sphinxext.citations import BibliographyDirective, CiteRole
from ip4kb.sphinxext.parts import link, linked, records, words
from ip4kb.sphinxext.warned import warned

THEME = "theme"


class LinkRole(ReferenceRole, ABC):
    """Links to the page of what its target names, with a warning where nothing bears the name."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The link, or the bare text."""
        try:
            return [self.link(self.title if self.has_explicit_title else None)], []
        except Ip4kbError as error:
            return [warned(self, error, self.title)], []

    @abstractmethod
    def link(self, title: str | None) -> pending_xref:
        """The link, with its title or that of the target."""


class RecordRole(LinkRole):
    """Links to a record of one kind, by id, name, alias or code, or to a place in it."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._kind = kind

    def link(self, title: str | None) -> pending_xref:
        """The link; the record's name is its title where none is given."""
        name, mark, path = self.target.partition("#")
        record = named(records(), name, (self._kind,))
        return linked(place_named(records(), f"{record.id}{mark}{path}")[0], title)


class ThemeRole(LinkRole):
    """Links to what the declarations say on a theme."""

    def link(self, title: str | None) -> pending_xref:
        """The link; the theme's name is its title where none is given."""
        theme = member(Theme, self.target, THEME)
        return link(THEME, theme.value, title or words(theme))


class Ip4kbDomain(Domain):
    """The records, by kind, and the themes."""

    name = "ip4kb"
    label = "NATO and its Indo-Pacific partners"
    object_types: ClassVar[dict[str, ObjType]] = {kind: ObjType(kind, kind) for kind in [*map(str, Kind), THEME]}
    roles: ClassVar[dict[str, Any]] = {kind.value: RecordRole(kind) for kind in Kind} | {
        THEME: ThemeRole(),
        "cite": CiteRole(),
    }
    directives: ClassVar[dict[str, Any]] = {
        "attendance": AttendanceDirective,
        "timeline": TimelineDirective,
        "bibliography": BibliographyDirective,
    }
    initial_data: ClassVar[dict[str, Any]] = {"shown": {}}
    data_version = 1

    @property
    def shown(self) -> dict[tuple[str, str], tuple[str, str, str]]:
        """What pages of this project show: kind and id, and for each its name, page and anchor."""
        found: dict[tuple[str, str], tuple[str, str, str]] = self.data["shown"]
        return found

    def note_shown(self, kind: str, id: str, name: str, anchor: str) -> None:
        """Remember that the page being read shows a record, so that links and other projects find it."""
        self.shown[kind, id] = name, self.env.current_document.docname, anchor

    def clear_doc(self, docname: str) -> None:
        """Forget what a page showed."""
        for key in [key for key, (_, page, _) in self.shown.items() if page == docname]:
            del self.shown[key]

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        self.shown.update({key: found for key, found in otherdata["shown"].items() if found[1] in docnames})

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """A link within this project, where a page of it shows the record."""
        found = self.shown.get((typ, record_of(target)))
        if found is None:
            return None
        _, page, anchor = found
        return make_refnode(builder, fromdocname, page, anchor or anchor_of(target), contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Links within this project to what bears the id, whatever its kind."""
        links = (
            (f"ip4kb:{kind}", self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode))
            for kind in self.object_types
        )
        return [(role, found) for role, found in links if found is not None]

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """What the inventory of this project tells others, and its search finds."""
        for (kind, id), (name, page, anchor) in self.shown.items():
            yield id, name, kind, page, anchor, 1


def link_to_the_site(
    _app: Sphinx, _env: BuildEnvironment, node: pending_xref, contnode: nodes.Element
) -> nodes.reference | None:
    """Lead a link that neither this project nor its inventories resolve to the hosted documentation."""
    if node.get("refdomain") != Ip4kbDomain.name:
        return None
    target = node["reftarget"]
    address = f"{SITE}record/{THEME}/{target}.html" if node["reftype"] == THEME else address_of(records(), target)
    return nodes.reference("", "", contnode, refuri=address, internal=False)
