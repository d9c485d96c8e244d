"""A small graph made by hand: what the seed article states, and an illustrative second report of the same session."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.article import Article, EntityId, Extraction, Mention
from kg.facts import (
    Agreement,
    Evidence,
    Meeting,
    Relation,
    Statement,
    Tenure,
    Topic,
    TradeVolume,
    Visit,
    When,
)
from kg.paths import SEEDS
from kg.rdf import BASE, quads
from kg.store import Store

KZ, KG = EntityId("state/KZ"), EntityId("state/KG")
TOKAYEV, JAPAROV = EntityId("person/kassym-jomart-tokayev"), EntityId("person/sadyr-japarov")
ENVOY = EntityId("person/nurlan-akimov")
COUNCIL = EntityId("body/supreme-interstate-council")
KAZINFORM, AKORDA = EntityId("publisher/kazinform"), EntityId("publisher/akorda")
SCO = EntityId("organization/SCO")
BISHKEK = EntityId("place/bishkek")

NAMES = {
    KZ: ("state", "Kazakhstan"),
    KG: ("state", "Kyrgyzstan"),
    TOKAYEV: ("person", "Kassym-Jomart Tokayev"),
    JAPAROV: ("person", "Sadyr Japarov"),
    ENVOY: ("person", "Nurlan Akimov"),
    BISHKEK: ("place", "Bishkek"),
    SCO: ("organization", "Shanghai Cooperation Organisation"),
}

SEED_TURTLE = """
@base <https://w3id.org/elchi/id/> .
@prefix kg: <https://w3id.org/elchi/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<state/KZ> a kg:State ; skos:prefLabel "Kazakhstan"@en , "Қозоғистон"@uz-cyrl .
<state/KG> a kg:State ; skos:prefLabel "Kyrgyzstan"@en .
<person/kassym-jomart-tokayev> a kg:Person ; skos:prefLabel "Kassym-Jomart Tokayev"@en .
<tenure/kassym-jomart-tokayev.head_of_state.KZ.2019> a kg:Tenure ; kg:member <person/kassym-jomart-tokayev> ;
    kg:office kg:office-head_of_state ; kg:of <state/KZ> ; kg:start "2019-03-20"^^xsd:date .
<publisher/kazinform> a kg:Publisher ; skos:prefLabel "Kazinform"@en .
<publisher/akorda> a kg:Publisher ; skos:prefLabel "Akorda"@en .
<body/supreme-interstate-council> a kg:Body ; skos:prefLabel "Supreme Interstate Council"@en .
<place/bishkek> a kg:Place ; skos:prefLabel "Bishkek"@en .
"""

_FILE = "kazinform-2025-08-22.txt"


def seed_article() -> Article:
    """The seed article, as the reader and parser give it."""
    first, body = (SEEDS / "articles" / _FILE).read_text(encoding="utf-8").split("\n", 1)
    headline = first.split(maxsplit=2)[2]
    return Article(
        source=f"seeds/articles/{_FILE}", headline=headline, text=f"{headline}\n{body}", published=date(2025, 8, 22),
        language="uz-cyrl", publisher=KAZINFORM, dateline=BISHKEK, relayed_from=AKORDA,
    )


def at(article: Article, exact: str, rule: str, **more: Any) -> Evidence:
    """The first place where an article prints these words."""
    start = article.text.index(exact)
    return Evidence(start=start, end=start + len(exact), rule=rule, **more)


def mentions(article: Article, printed: dict[str, EntityId]) -> tuple[Mention, ...]:
    """Every place where the article prints one of these names."""
    found = []
    for text, id_ in printed.items():
        start = article.text.find(text)
        while start >= 0:
            kind, label = NAMES[id_]
            found.append(Mention(start=start, end=start + len(text), kind=kind, id=id_, label=label))
            start = article.text.find(text, start + 1)
    return tuple(sorted(found, key=lambda mention: mention.start))


def seed() -> Extraction:
    """What the seed article states."""
    a = seed_article()
    pair = (KG, KZ)
    quotes = [part.split("”")[0] for part in a.text.split("“")[1:]]
    facts = (
        Tenure(evidence=(at(a, "Қозоғистон ва Қирғизистон президентлари", "plural"),), member=TOKAYEV,
               office="head_of_state", of=KZ),
        Tenure(evidence=(at(a, "Қозоғистон ва Қирғизистон президентлари", "plural"),), member=JAPAROV,
               office="head_of_state", of=KG),
        Meeting(evidence=(at(a, "Олий давлатлараро кенгашнинг еттинчи мажлиси бўлиб ўтди", "session"),),
                kind="council_session", participant=(KG, KZ, TOKAYEV, JAPAROV), chair=(JAPAROV, TOKAYEV),
                place=BISHKEK, country=KG, ordinal=7, body=COUNCIL),
        Visit(evidence=(at(a, "расмий ташрифдан", "visit"),), visitor=TOKAYEV, destination=KG, kind="official"),
        TradeVolume(
            evidence=(at(a, "2 миллиард долларга етди", "turnover"),
                      at(a, "қарийб 2 миллиард долларга етди", "turnover", qualifier="approx", speaker=TOKAYEV)),
            party=pair, flow="turnover", amount=Decimal("2E+9"), low=Decimal("1.8E+9"), high=Decimal("2.2E+9"),
            currency="USD", qualifier="approx"),
        Agreement(evidence=(at(a, "тарихий шартнома имзолаган эдик", "signed"),), party=pair, kind="treaty",
                  title="иттифоқчилик муносабатларини чуқурлаштириш ва кенгайтириш бўйича", date=When("2024")),
        Relation(evidence=(at(a, "иттифоқчилик руҳида", "named"),), party=pair, kind="alliance"),
        Relation(evidence=(at(a, "стратегик ҳамкорларидан", "named"),), party=pair, kind="strategic_partnership"),
        Statement(evidence=(at(a, quotes[0], "after"),), speaker=TOKAYEV, text=quotes[0], about=(KG,)),
        Statement(evidence=(at(a, quotes[1], "after"),), speaker=TOKAYEV, text=quotes[1]),
        Statement(evidence=(at(a, quotes[2], "after"),), speaker=JAPAROV, text=quotes[2], addressee=TOKAYEV),
        *(Topic(evidence=(at(a, word, "list"),), topic=topic) for topic, word in (
            ("culture", "маданий-гуманитар"), ("energy", "сув-энергетика"), ("investment", "Инвестициявий"),
            ("trade", "савдо-иқтисодий"), ("transport", "транспорт-транзит"), ("water", "сув-энергетика"))),
    )
    printed = {"Қозоғистон": KZ, "Қирғизистон": KG, "Қасим-Жомарт Тоқаев": TOKAYEV, "Садир Жапаров": JAPAROV,
               "BISHKEK": BISHKEK}
    return Extraction(article=a, mentions=mentions(a, printed), facts=facts)


def other() -> Extraction:
    """A second report of the session, illustrative: it tells the figure otherwise, and announces more."""
    text = (
        "Trade of Kazakhstan and Kyrgyzstan exceeds $2.5 billion\n"
        "Kassym-Jomart Tokayev met Sadyr Japarov in Bishkek on August 22. Turnover exceeded $2.5 billion in 2024. "
        "Kazakhstan exported goods for $1 billion to Kyrgyzstan in January-June 2024. "
        "Sadyr Japarov will visit Kazakhstan in 2026. The sides will sign a memorandum. "
        "Nurlan Akimov, of the secretariat of the Shanghai Cooperation Organisation, was present. "
        "Loans of $30 million came to Kyrgyzstan."
    )
    a = Article(source="news/session.txt", headline=text.split("\n", 1)[0], text=text, published=date(2025, 8, 23),
                language="en", publisher=AKORDA)
    pair = (KG, KZ)
    facts = (
        Tenure(evidence=(at(a, "Kassym-Jomart Tokayev", "known"),), member=TOKAYEV, office="head_of_state", of=KZ),
        Meeting(evidence=(at(a, "Kassym-Jomart Tokayev met Sadyr Japarov in Bishkek", "met"),), kind="bilateral",
                participant=(KG, KZ, TOKAYEV, JAPAROV, SCO), place=BISHKEK, country=KG, date=When("2025-08-22")),
        Visit(evidence=(at(a, "Sadyr Japarov will visit Kazakhstan in 2026", "visit"),), visitor=JAPAROV,
              destination=KZ, date=When("2026"), status="planned"),
        TradeVolume(evidence=(at(a, "exceeds $2.5 billion", "turnover", qualifier="at_least"),
                              at(a, "Turnover exceeded $2.5 billion in 2024", "turnover", qualifier="at_least")),
                    party=pair, flow="turnover", amount=Decimal(2500000000), low=Decimal(2500000000), currency="USD",
                    period=When("2024"), qualifier="at_least"),
        TradeVolume(evidence=(at(a, "Kazakhstan exported goods for $1 billion to Kyrgyzstan", "directed"),),
                    party=pair, from_=KZ, to=KG, flow="export", amount=Decimal(1000000000), currency="USD",
                    period=When("2024-01", "2024-06")),
        TradeVolume(evidence=(at(a, "Loans of $30 million", "loan"),), party=(KG,), to=KG, flow="loan",
                    amount=Decimal("30000000.50"), currency="USD"),
        Agreement(evidence=(at(a, "will sign a memorandum", "signed"),), party=pair, kind="memorandum",
                  status="planned"),
        Relation(evidence=(at(a, "Kazakhstan and Kyrgyzstan", "named"),), party=pair, kind="alliance"),
        Topic(evidence=(at(a, "Trade", "list"),), topic="trade"),
    )
    printed = {"Kazakhstan": KZ, "Kyrgyzstan": KG, "Kassym-Jomart Tokayev": TOKAYEV, "Sadyr Japarov": JAPAROV,
               "Bishkek": BISHKEK, "Nurlan Akimov": ENVOY, "Shanghai Cooperation Organisation": SCO}
    return Extraction(article=a, mentions=mentions(a, printed), facts=facts)


def store() -> Store:
    """Both articles on hand-made seeds, in memory."""
    made = Store(seeds=[])
    made.replace(seed_quads())
    made.replace(quads(seed()))
    made.replace(quads(other()))
    return made


def seed_quads() -> list[ox.Quad]:
    """The hand-made seeds as a graph of their own."""
    graph = ox.NamedNode(BASE + "graph/seeds")
    parsed = ox.parse(SEED_TURTLE, format=ox.RdfFormat.TURTLE, base_iri=BASE)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed]
