"""The link from a fact to the passage that says it."""

import attrs

from ip4kb.model.field import Target, identifier, phrase, positive, refers


@attrs.frozen(kw_only=True)
class Citation:
    """Where a source says what a record, or a part of it, states.

    Attributes:
        source: Id of the `Source`.
        supports: Names of the fields that the passage supports; empty in parts and claims means every fact they state.
        paragraph: Number of the passage among the non-empty lines of the digested text, from 1.
        number: The document's own label of the passage, such as `55` or `Article 5`.
        page: The page, as printed.
        phrase: At most 12 words, verbatim, to find the passage by.
        inferred: Whether the fact follows from the passage without standing in it word for word.
        via: Id of the `Source` in which the passage was read, where the original was not at hand.
    """

    source: str = attrs.field(metadata=refers(Target.SOURCE), validator=identifier)
    supports: tuple[str, ...] = ()
    paragraph: int | None = attrs.field(default=None, validator=positive)
    number: str | None = None
    page: str | None = None
    phrase: str | None = attrs.field(default=None, validator=phrase)
    inferred: bool = False
    via: str | None = attrs.field(default=None, metadata=refers(Target.SOURCE), validator=identifier)
