"""The formats of answers, and how one is chosen from what a client accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat

from kg.errors import RequestError

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+/[\w!#$&^.+*-]+)\s*((?:;[^,]*)?)")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Format:
    """A format: its name in ``?format=`` and as a suffix, its media type, and others under which it is asked for."""

    name: str
    media: str
    also: tuple[str, ...]
    inner: QueryResultsFormat | RdfFormat
    row: bytes = b""


RESULTS = (
    Format("json", "application/sparql-results+json", ("application/json",), QueryResultsFormat.JSON, b"},{"),
    Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml"), QueryResultsFormat.XML,
           b"<result>"),
    Format("csv", "text/csv", (), QueryResultsFormat.CSV, b"\n"),
    Format("tsv", "text/tab-separated-values", (), QueryResultsFormat.TSV, b"\n"),
)
"""Of SELECT and ASK, with what stands between two rows: counting these never counts too few rows."""

GRAPHS = (
    Format("ttl", "text/turtle", ("application/x-turtle",), RdfFormat.TURTLE),
    Format("nt", "application/n-triples", ("text/plain",), RdfFormat.N_TRIPLES),
    Format("jsonld", "application/ld+json", ("application/json",), RdfFormat.JSON_LD),
    Format("xml", "application/rdf+xml", ("application/xml", "text/xml"), RdfFormat.RDF_XML),
    Format("trig", "application/trig", (), RdfFormat.TRIG),
    Format("nq", "application/n-quads", (), RdfFormat.N_QUADS),
)
"""Of CONSTRUCT, DESCRIBE and graphs."""


def media_type(header: str) -> str:
    """The media type of a Content-Type header, without its parameters.

    >>> media_type("Text/CSV; charset=utf-8")
    'text/csv'
    """
    return header.partition(";")[0].strip().lower()


def quality(accept: str, media: str) -> float:
    """How much a client wants a media type, from 0 to 1: the most specific range that fits decides.

    >>> quality("text/*;q=0.5, text/csv, */*;q=0.1", "text/csv"), quality("text/*;q=0.5", "text/csv")
    (1.0, 0.5)
    >>> quality("", "text/csv"), quality("text/html", "text/csv"), quality("text/csv;q=0, */*", "text/csv")
    (1.0, 0.0, 0.0)
    """
    if not accept.strip():
        return 1.0
    best = (0, 0.0)
    for found in _RANGE.finditer(accept):
        wanted, rest = found[1].lower(), found[2]
        weight = _QUALITY.search(rest)
        value = min(1.0, float(weight[1])) if weight else 1.0
        fits = (media, media.partition("/")[0] + "/*", "*/*")
        if wanted in fits:
            best = max(best, (3 - fits.index(wanted), value))
    return best[1]


def choose(offers: Sequence[Format], accept: str, name: str = "") -> Format:
    """The format that is named, or that the client wants most; of equals the first. Raises RequestError (400, 406).

    >>> choose(RESULTS, "text/csv;q=0.4, application/xml").name, choose(RESULTS, "", "tsv").name
    ('xml', 'tsv')
    """
    if name:
        for offer in offers:
            if offer.name == name:
                return offer
        raise RequestError(name, f"is not a format of this answer; it has {', '.join(offer.name for offer in offers)}")
    wants = [max(quality(accept, media) for media in (offer.media, *offer.also)) for offer in offers]
    if max(wants) <= 0:
        known = ", ".join(offer.media for offer in offers)
        raise RequestError(accept, f"is accepted, but this answer has only {known}", 406)
    return offers[wants.index(max(wants))]
