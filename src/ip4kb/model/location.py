"""Where something is or takes place."""

import attrs

from ip4kb.model.field import Target, refers


@attrs.frozen(kw_only=True)
class Location:
    """A venue, city or country, as far as known.

    Attributes:
        city: The city.
        country: Slug of the country.
        venue: The building or site.
    """

    city: str | None = None
    country: str | None = attrs.field(default=None, metadata=refers(Target.COUNTRY))
    venue: str | None = None
