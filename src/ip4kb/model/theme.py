"""What records are about: one vocabulary for the whole knowledge base."""

from enum import StrEnum
from typing import Final


class Theme(StrEnum):
    """A subject of provisions, silences, developments, initiatives, claims and disagreements."""

    POLITICAL_DIALOGUE = "political-dialogue"
    PARTNERSHIP_PROGRAMME = "partnership-programme"
    REPRESENTATION = "representation"
    IP4_FORMAT = "ip4-format"
    PARTNERS_NAMED = "partners-named"
    INDO_PACIFIC = "indo-pacific"
    CHINA = "china"
    RUSSIA = "russia"
    DPRK = "dprk"
    TAIWAN = "taiwan"
    UKRAINE_MEMBERSHIP = "ukraine-membership"
    SUPPORT_FOR_UKRAINE = "support-for-ukraine"
    US_POLICY = "us-policy"
    CYBER_DEFENCE = "cyber-defence"
    DISINFORMATION = "disinformation"
    EMERGING_TECHNOLOGY = "emerging-technology"
    SPACE = "space"
    MARITIME_SECURITY = "maritime-security"
    ARMS_CONTROL = "arms-control"
    CLIMATE = "climate"
    SCIENCE = "science"
    WOMEN_PEACE_SECURITY = "women-peace-security"
    DEFENCE_INDUSTRY = "defence-industry"
    DEFENCE_SPENDING = "defence-spending"
    ECONOMIC_SECURITY = "economic-security"
    INTEROPERABILITY = "interoperability"
    OPERATIONS = "operations"
    INTELLIGENCE = "intelligence"
    COLLECTIVE_DEFENCE = "collective-defence"


CODED_THEMES: Final[tuple[Theme, ...]] = (
    Theme.CHINA,
    Theme.RUSSIA,
    Theme.DPRK,
    Theme.UKRAINE_MEMBERSHIP,
    Theme.INDO_PACIFIC,
    Theme.PARTNERS_NAMED,
    Theme.CYBER_DEFENCE,
    Theme.DISINFORMATION,
    Theme.EMERGING_TECHNOLOGY,
    Theme.CLIMATE,
    Theme.DEFENCE_SPENDING,
)
"""The themes on which NATO summit texts are coded; a text with neither provision nor silence on one is not coded."""
