"""What happened when: histograms, pairs of states, figures as series, and what there is to filter by."""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from sqlite3 import Row
from typing import Any

from kg.serve.explore.facts import OLDEST_FIRST, page
from kg.serve.explore.filters import Filters, listed
from kg.serve.explore.graph import known, nodes, number
from kg.serve.explore.labels import Labels
from kg.serve.params import Params
from kg.serve.snapshot import Snapshot

Json = dict[str, Any]
Chosen = tuple[str, str, list[object]]

MONTHS = 120
"""Up to so many months a histogram has a bin for each; beyond, one for each year."""

_PAIR = """fact.fact IN (
  SELECT fact FROM edge_fact JOIN link USING (edge) WHERE link.node = ? AND link.other = ?
  UNION SELECT same.fact FROM link AS one JOIN link AS two ON two.other = one.other
    JOIN node ON node.node = one.other JOIN fact AS same ON same.id = node.id
    WHERE one.node = ? AND two.node = ?)"""
"""The facts of the edges between two nodes, and the events that both are tied to."""


def timeline(snapshot: Snapshot, params: Params) -> Json:
    """How many facts there are in each month or year. Raises RequestError."""
    tables, condition, values = _scope(snapshot, params)
    where, more = Filters.of(params).timeless().where()
    rows = snapshot.index.execute(
        f"SELECT SUBSTR(fact.earliest, 1, 7) AS month, fact.class, COUNT(DISTINCT fact.fact) AS facts, "
        f"MIN(fact.earliest) AS earliest, MAX(fact.latest) AS latest FROM fact {tables} "
        f"WHERE {condition} AND {where} GROUP BY month, fact.class ORDER BY month, fact.class",
        [*values, *more]).fetchall()
    dated = [row for row in rows if row["month"]]
    months = sorted({row["month"] for row in dated})
    wide = bool(months) and _distance(months[0], months[-1]) > MONTHS
    bins: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in dated:
        bins[row["month"][:4] if wide else row["month"]][row["class"]] += row["facts"]
    return {
        "unit": "year" if wide else "month",
        "bins": [{"start": first, "end": last, "facts": bins[name].total(), "classes": dict(bins[name])}
                 for name in sorted(bins) for first, last in [_days(name)]],
        "undated": sum(row["facts"] for row in rows if not row["month"]),
        "earliest": min((row["earliest"] for row in dated), default=""),
        "latest": max((row["latest"] for row in dated), default=""),
    }


def facets(snapshot: Snapshot, params: Params) -> Json:
    """The values of each filter that the facts have, with how many of them. Raises RequestError."""
    tables, condition, values = _scope(snapshot, params)
    where, more = Filters.of(params).where()
    chosen = f"FROM fact {tables} WHERE {condition} AND {where}"

    def counted(columns: str) -> list[Json]:
        found = snapshot.index.execute(
            f"SELECT {columns}, COUNT(DISTINCT fact.fact) AS facts {chosen} GROUP BY 1, 2 ORDER BY facts DESC, 1, 2",
            [*values, *more])
        return [{"class": row[0], "value": row[1], "facts": row["facts"]} for row in found if row[1] not in ("", None)]

    def stated(column: str) -> list[Json]:
        found = snapshot.index.execute(
            f"SELECT {column} AS value, COUNT(DISTINCT report.fact) AS facts FROM report JOIN article USING (article) "
            f"WHERE report.fact IN (SELECT fact.fact {chosen}) AND {column} <> '' GROUP BY 1 ORDER BY facts DESC, 1",
            [*values, *more])
        return [dict(row) for row in found]

    publishers = stated("publisher")
    names = Labels(snapshot, params.one("lang")).of(each["value"] for each in publishers)
    return {
        "classes": [{"value": each["class"], "facts": each["facts"]} for each in counted("fact.class, fact.class")],
        "kinds": counted("fact.class, fact.kind"),
        "statuses": counted("fact.class, fact.status"),
        "publishers": [{**each, "label": names[each["value"]]} for each in publishers],
        "languages": stated("language"),
        "support": [{"value": each["value"], "facts": each["facts"]} for each in counted("'', fact.support")],
    }


def pair(snapshot: Snapshot, params: Params) -> Json:
    """Everything between two things: a timeline and the series of their trade. Raises RequestError."""
    ends = [number(snapshot, params.one(name)) for name in ("a", "b")]
    labels = Labels(snapshot, params.one("lang"))
    chosen: Chosen = ("", _PAIR, [*ends, *ends])
    found = page(snapshot, params, chosen, OLDEST_FIRST)
    counts = snapshot.index.execute(
        f"SELECT class, COUNT(*) AS facts FROM fact WHERE {_PAIR} GROUP BY class ORDER BY facts DESC, class", chosen[2])
    figures = snapshot.index.execute(
        f"SELECT * FROM fact WHERE {_PAIR} AND class = 'TradeVolume' {OLDEST_FIRST}", chosen[2]).fetchall()
    one, other = (nodes(snapshot, [end], labels)[0] for end in ends)
    return {"a": one, "b": other, "counts": [dict(row) for row in counts], "timeline": found["facts"],
            "trade": _series(snapshot, figures), "total": found["total"], "more": found["more"]}


def trade_series(snapshot: Snapshot, params: Params) -> Json:
    """The figures of one party with each of its partners. Raises RequestError."""
    node = number(snapshot, params.one("id"))
    rows = snapshot.index.execute(
        "SELECT fact.*, other.id AS partner FROM link JOIN edge_fact USING (edge) JOIN fact USING (fact) "
        "JOIN node AS other ON other.node = link.other WHERE link.node = ? AND fact.class = 'TradeVolume' "
        f"AND other.class IN ('State', 'Organization') {OLDEST_FIRST}", [node]).fetchall()
    names = Labels(snapshot, params.one("lang")).of(row["partner"] for row in rows)
    by_partner: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_partner[row["partner"]].append(row)
    ranked = sorted(by_partner.items(), key=lambda item: (-len(item[1]), item[0]))
    return {"series": [{"partner": {"id": id_, "label": names[id_]}, **series}
                       for id_, found in ranked for series in _series(snapshot, found)]}


def _series(snapshot: Snapshot, rows: list[Row]) -> list[Json]:
    """Figures with a period as points in time, one series for each flow, direction and currency."""
    series: defaultdict[tuple[str, str, str, str], list[Json]] = defaultdict(list)
    for row in rows:
        values = _figure(snapshot, row["id"])
        if values.get("amount") and row["earliest"]:
            key = (row["kind"], values.get("from", ""), values.get("to", ""), values.get("currency", ""))
            series[key].append({
                "period": row["date"], "start": row["earliest"], "end": row["latest"], "amount": values["amount"],
                "low": values.get("low", ""), "high": values.get("high", ""), "qualifier": values.get("qualifier", ""),
                "status": row["status"], "fact": row["id"], "articles": row["articles"],
                "conflict": bool(row["conflict"]),
            })
    return [{"flow": flow, "from": source, "to": target, "currency": currency, "points": points}
            for (flow, source, target, currency), points in sorted(series.items())]


def _figure(snapshot: Snapshot, id_: str) -> Mapping[str, str]:
    """The values of a figure, one of each property."""
    return snapshot.texts(id_) | snapshot.links(id_)


def _scope(snapshot: Snapshot, params: Params) -> Chosen:
    """Of which facts: those of a node, of two, among some nodes, or all. Raises RequestError."""
    if params.one("other"):
        ends = [number(snapshot, params.one(name)) for name in ("id", "other")]
        return "", _PAIR, [*ends, *ends]
    if params.one("id"):
        return "JOIN part USING (fact)", "part.node = ?", [number(snapshot, params.one("id"))]
    if ids := params.all("ids"):
        rows = listed(known(snapshot, ids))
        chosen = "(SELECT value FROM json_each(?))"
        return ("JOIN edge_fact USING (fact) JOIN edge USING (edge)",
                f"edge.source IN {chosen} AND edge.target IN {chosen}", [rows, rows])
    return "", "1", []


def _distance(first: str, last: str) -> int:
    return 12 * (int(last[:4]) - int(first[:4])) + int(last[5:7]) - int(first[5:7])


def _days(name: str) -> tuple[str, str]:
    """The first and the last day of a month or a year.

    >>> _days("2024-02"), _days("2024")
    (('2024-02-01', '2024-02-29'), ('2024-01-01', '2024-12-31'))
    """
    if len(name) == 4:
        return f"{name}-01-01", f"{name}-12-31"
    year, month = int(name[:4]), int(name[5:7])
    return f"{name}-01", date(year, month, calendar.monthrange(year, month)[1]).isoformat()
