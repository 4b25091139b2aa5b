"""What is measured: ip4kb, and what other libraries of curated data do for the same questions."""

from __future__ import annotations

from typing import Final

import attrs


@attrs.frozen
class Contestant:
    """A library and what is asked of it.

    Attributes:
        start: A program that ends with the first record in hand.
        setup: What is done before the questions, and not timed.
        questions: Expressions, by what they ask for; each is asked again and again.
        once: Expressions that are asked once in a process, after those.
    """

    start: str
    setup: str
    questions: dict[str, str]
    once: dict[str, str] = attrs.field(factory=dict)

    @property
    def asked(self) -> dict[str, str]:
        """All expressions, by what they ask for."""
        return self.questions | self.once


BARE: Final = "a bare interpreter"
CATTRS: Final = "import cattrs"
JSON: Final = "json.loads of all records"
FIRST: Final = "the first record"
BY_ID: Final = "a record by its id"
BY_NAME: Final = "a record by a name"
MISS: Final = "a name that nothing has"
FRAME: Final = "a data frame"
FORMATS: Final = ("json", "jsonl", "csv", "sqlite", "parquet", "graphml", "json-ld")

_MISSED: Final = """
def missed(ask):
    try:
        return ask()
    except Exception:
        return None
"""

STARTS: Final = {
    BARE: "pass",
    CATTRS: "import cattrs",
    "import json": "import json",
    JSON: "import json, sys; [json.loads(line) for path in sys.argv[1:] for line in open(path, 'rb')]",
    "import ip4kb": "import ip4kb",
    FIRST: "import ip4kb; ip4kb.partners['japan']",
    "everything loaded": "import ip4kb; [getattr(ip4kb, kind.collection) for kind in ip4kb.Kind]",
    "everything loaded, all rules run": "import ip4kb; ip4kb.preload()",
    "the first answer": "import ip4kb; ip4kb.attendance('the-hague-2025')",
}
"""Programs, each timed as a process of its own and given the paths of the packs; the first ones are to compare with."""

_READY: Final = """
import json, pathlib, tempfile, ip4kb, pandas
from ip4kb.shelves import Bundle
from ip4kb.store import Library

whole = ip4kb.search('nato')
partners = ip4kb.partners
folder = tempfile.TemporaryDirectory()
path = pathlib.Path(folder.name)
lines = [line for pack in pathlib.Path(ip4kb.__file__).parent.glob('data/*.jsonl') for line in pack.open('rb')]

def sources(count):
    ids = set(ip4kb.sources.ids[:count])
    assert len(ids) == count
    return ip4kb.sources.where(lambda source: source.id in ids)

few, some, many = sources(400), sources(800), sources(1500)

def read_again():
    library = Library(Bundle())
    for kind in ip4kb.Kind:
        collection = library.collection(kind)
        collection.lookup(collection.ids[0])
"""

IP4KB: Final = Contestant(
    start=STARTS[FIRST],
    setup=_READY + _MISSED,
    questions={
        BY_ID: "ip4kb.partners['japan']",
        BY_NAME: "ip4kb.partners.lookup('ROK')",
        "a record by its id, of a collection in hand": "partners['japan']",
        "a record by an alias, of a collection in hand": "partners.lookup('ROK')",
        "a record of any kind by its id": "ip4kb.find('the-hague-2025')",
        MISS: "missed(lambda: ip4kb.partners.lookup('Atlantis'))",
        "a miss among 800 names, half of them titles": "missed(lambda: few.lookup('frassinetti-2025'))",
        "a miss among 3,000 names, half of them titles": "missed(lambda: many.lookup('frassinetti-2025'))",
        "a miss among 800 ids": "missed(lambda: some['frassinetti-2025'])",
        "a miss among all ids": "missed(lambda: ip4kb.find('the-hage-2025'))",
        "attendance of a summit": "ip4kb.attendance('the-hague-2025')",
        "timeline of a partner": "ip4kb.timeline('japan')",
        "compare two declarations": (
            "ip4kb.compare('washington-summit-declaration-2024', 'the-hague-summit-declaration-2025')"
        ),
        "evidence behind a summit": "ip4kb.evidence('the-hague-2025')",
        "search two words": "ip4kb.search('liaison office')",
        "cite a summit as BibTeX": "ip4kb.cite('the-hague-2025', style='bibtex')",
        "as known on a day": "ip4kb.as_known_on('2024-07-11')",
        "json.loads of all records, in hand": "[json.loads(line) for line in lines]",
        "all records read again, and their names indexed": "read_again()",
        "HTML of the largest table": "whole._repr_html_()",
        FRAME: "whole.to_pandas()",
    },
    once={f"export to {name}": f"ip4kb.export('{name}', path / 'ip4kb.{name}')" for name in FORMATS},
)

PEERS: Final = {
    "pycountry": Contestant(
        start="import pycountry; pycountry.countries.get(alpha_2='JP')",
        setup=f"import pandas, pycountry\n{_MISSED}",
        questions={
            BY_ID: "pycountry.countries.get(alpha_2='JP')",
            BY_NAME: "pycountry.countries.lookup('Japan')",
            MISS: "missed(lambda: pycountry.countries.lookup('Atlantis'))",
            FRAME: "pandas.DataFrame.from_records([dict(country) for country in pycountry.countries])",
        },
    ),
    "particle": Contestant(
        start="from particle import Particle; Particle.from_pdgid(211)",
        setup=f"import pandas\nfrom particle import Particle\n{_MISSED}",
        questions={
            BY_ID: "Particle.from_pdgid(211)",
            BY_NAME: "Particle.from_name('pi+')",
            MISS: "missed(lambda: Particle.from_name('atlantis'))",
            FRAME: "pandas.DataFrame(Particle.to_dict())",
        },
    ),
    "mendeleev": Contestant(
        start="from mendeleev import element; element('Fe')",
        setup=f"from mendeleev import element\nfrom mendeleev.fetch import fetch_table\n{_MISSED}",
        questions={
            BY_ID: "element('Fe')",
            BY_NAME: "element('Iron')",
            MISS: "missed(lambda: element('Atlantis'))",
            FRAME: "fetch_table('elements')",
        },
    ),
    "country_converter": Contestant(
        start="import country_converter; country_converter.CountryConverter().convert('JP', to='name_short')",
        setup=(
            "import logging, country_converter\nlogging.disable()\nconverter = country_converter.CountryConverter()\n"
            + _MISSED
        ),
        questions={
            BY_ID: "converter.convert('JP', to='name_short')",
            BY_NAME: "converter.convert('Japan', to='ISO2')",
            MISS: "missed(lambda: converter.convert('Atlantis', to='ISO2'))",
            FRAME: "converter.data.copy()",
        },
    ),
    "followthemoney": Contestant(
        start="from followthemoney import model; model.get('Person')",
        setup=f"from followthemoney import model\nfrom followthemoney.types import registry\n{_MISSED}",
        questions={
            BY_ID: "model.get('Person')",
            BY_NAME: "registry.country.clean('Japan')",
            MISS: "missed(lambda: registry.country.clean('Atlantis'))",
        },
    ),
}
