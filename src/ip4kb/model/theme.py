"""What records are about: one vocabulary for the whole knowledge base."""

from enum import StrEnum
from typing import Final


class Theme(StrEnum):
    """A subject of provisions, silences, developments, initiatives, claims and disagreements."""

    POLITICAL_DIALOGUE = "political-dialogue"
    """Talks, visits and consultations, and where a party stands in politics, so far as no other theme fits better."""
    PARTNERSHIP_PROGRAMME = "partnership-programme"
    """The programmes and frameworks under which NATO works with partners, and how they are put into practice."""
    REPRESENTATION = "representation"
    """Who came to a gathering and at what rank; ambassadors, missions and liaison offices, too."""
    IP4_FORMAT = "ip4-format"
    """The four as a group, their meetings, NATO's with them, and the format's future; one of the four is not this."""
    PARTNERS_NAMED = "partners-named"
    """How a text speaks of NATO's partners, above all whether it names the four; their region is `indo-pacific`."""
    INDO_PACIFIC = "indo-pacific"
    """The region, its tie to the security of the Euro-Atlantic, and what outsiders, NATO among them, seek there."""
    CHINA = "china"
    """What the People's Republic of China does, and how others judge and meet it; Taiwan is `taiwan`."""
    RUSSIA = "russia"
    """What Russia does, and how others judge and meet it; help for Ukraine is `support-for-ukraine`."""
    DPRK = "dprk"
    """The weapons and threats of the Democratic People's Republic of Korea, and its part in Russia's war."""
    TAIWAN = "taiwan"
    """Taiwan and the Taiwan Strait."""
    UKRAINE_MEMBERSHIP = "ukraine-membership"
    """Whether and how Ukraine becomes a member of NATO; Georgia's way too where a text takes the two together."""
    SUPPORT_FOR_UKRAINE = "support-for-ukraine"
    """Arms, training, money and other help for Ukraine, sanctions against Russia for its sake, and the war itself."""
    US_POLICY = "us-policy"
    """What the United States does and wants, and what this means for others."""
    CYBER_DEFENCE = "cyber-defence"
    """The defence of networks and systems, and cooperation and exercises in it."""
    DISINFORMATION = "disinformation"
    """False or hostile information, and what is done against it; strategic communications included."""
    EMERGING_TECHNOLOGY = "emerging-technology"
    """New and disruptive technologies, such as artificial intelligence, quantum technologies and hypersonics."""
    SPACE = "space"
    """Outer space as a field of security."""
    MARITIME_SECURITY = "maritime-security"
    """Security at sea, such as piracy, freedom of navigation, naval voyages and exercises."""
    ARMS_CONTROL = "arms-control"
    """Disarmament, non-proliferation, the ban of weapons, and the clearing of mines and unexploded ordnance."""
    CLIMATE = "climate"
    """Climate change as a matter of security, and what armed forces do about it."""
    SCIENCE = "science"
    """Research as such, as in NATO's science programmes; what a technology does is `emerging-technology`."""
    WOMEN_PEACE_SECURITY = "women-peace-security"
    """Women's part in peace, and violence against them; an agenda of the Security Council's resolution 1325 (2000)."""
    DEFENCE_INDUSTRY = "defence-industry"
    """The making, selling and joint development of arms, and their supply chains."""
    DEFENCE_SPENDING = "defence-spending"
    """How much is spent on defence, and the goals for it; the price of one purchase is not this."""
    ECONOMIC_SECURITY = "economic-security"
    """Trade, supply chains, coercion and dependence so far as security hangs on them; arms are `defence-industry`."""
    INTEROPERABILITY = "interoperability"
    """Whether forces can work together, and the standards, exercises and certificates that help them to."""
    OPERATIONS = "operations"
    """Operations and missions, such as those in Afghanistan, Bosnia or Iraq, and forces sent to them."""
    INTELLIGENCE = "intelligence"
    """Who shares intelligence and classified information with whom, and how it is kept safe."""
    COLLECTIVE_DEFENCE = "collective-defence"
    """The defence of one by all, as in Article 5 of the North Atlantic Treaty, and how far it reaches; deterrence."""


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
