"""A seventh language is data: with a folder that holds its pack and its names, Turkish is read, by no other program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PACKS = Path(__file__).parent / "packs"
NEWS = """ date 2024-05-14 Yunanistan Başbakanı Miçotakis Ankara'da
Türkiye Cumhurbaşkanı Recep Tayyip Erdoğan, dün Ankara'da Yunanistan Başbakanı Kiryakos Miçotakis ile görüştü.
Türkiye ile Yunanistan arasındaki ticaret hacmi geçen yıl yaklaşık 5,8 milyar dolar oldu.
İki ülke enerji ve turizm alanında mutabakat zaptı imzaladı.
“Komşumuz Yunanistan ile konuşamayacağımız bir konu yok”, dedi Erdoğan.
"""
SPORT = """ date 2024-07-02 Galatasaray yeni bir golcü aldı
İstanbul kulübü, Macar golcü için 20 milyon avro ödedi ve bu transfer geçen yıl konuşulan bir konu olarak kaldı.
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is read from two Turkish articles with the folder given by its environment variable."""
    folder = tmp_path_factory.mktemp("turkish")
    (folder / "news.txt").write_text(NEWS, encoding="utf-8")
    (folder / "sport.txt").write_text(SPORT, encoding="utf-8")
    environment = {**os.environ, "KG_LANGUAGES": str(PACKS), "KG_CACHE": str(folder / "cache")}
    command = [sys.executable, "-m", "kg", "extract", str(folder / "news.txt"), str(folder / "sport.txt")]
    answer = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    articles = [json.loads(line) for line in answer.stdout.splitlines()]
    return {Path(item["source"]).stem: item for item in articles}


def test_its_language_is_recognised(found: dict[str, Any]) -> None:
    assert [item["language"] for item in found.values()] == ["tr", "tr"]


def facts(article: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [fact for fact in article["facts"] if fact["class"] == kind]


def keys(ids: list[str]) -> set[str]:
    return {id_.removeprefix("https://w3id.org/elchi/id/") for id_ in ids}


def test_leaders_are_found_with_their_offices(found: dict[str, Any]) -> None:
    tenures = {(fact["office"], *sorted(keys([fact["member"], fact["of"]]))) for fact in facts(found["news"], "Tenure")}
    assert ("head_of_state", "person/recep-tayyip-erdogan", "state/TR") in tenures
    assert ("head_of_government", "person/kiryakos-michotakis", "state/GR") in tenures


def test_the_meeting_is_found_with_its_place_and_day(found: dict[str, Any]) -> None:
    [meeting] = facts(found["news"], "Meeting")
    assert (meeting["kind"], meeting["status"], meeting["date"]) == ("bilateral", "held", "2024-05-13")
    assert {"state/GR", "state/TR", "person/recep-tayyip-erdogan"} <= keys(meeting["participant"])
    assert keys([meeting["place"]]) == {"place/ankara"}


def test_trade_is_found(found: dict[str, Any]) -> None:
    [volume] = facts(found["news"], "TradeVolume")
    assert keys(volume["party"]) == {"state/GR", "state/TR"}
    assert (volume["flow"], volume["amount"], volume["currency"]) == ("turnover", 5_800_000_000, "USD")
    assert (volume["period"], volume["qualifier"], volume["status"]) == ("2023", "approx", "actual")


def test_a_document_and_a_quotation_are_found(found: dict[str, Any]) -> None:
    assert [fact["kind"] for fact in facts(found["news"], "Agreement")] == ["memorandum"]
    assert [keys([fact["speaker"]]) for fact in facts(found["news"], "Statement")] == [{"person/recep-tayyip-erdogan"}]


def test_sport_states_nothing(found: dict[str, Any]) -> None:
    assert found["sport"]["facts"] == []
