"""A build puts articles into the store whole or not at all, and the same articles always leave the same store."""

from __future__ import annotations

import importlib
from collections import Counter
from pathlib import Path

import pytest

import kg
from kg.build import Report
from kg.rdf import iri
from kg.store import Store

WORK = importlib.import_module("kg.build.work")
GEORGIAN = "პრეზიდენტები შეხვდნენ\nორი ქვეყნის პრეზიდენტები დედაქალაქში შეხვდნენ და ვაჭრობაზე ისაუბრეს."


@pytest.fixture
def store() -> Store:
    """An empty store in memory, without reference data: it opens at once."""
    return Store(seeds=[])


@pytest.fixture
def folder(tmp_path: Path, sample: Path) -> Path:
    """A good article among inputs that are none."""
    (tmp_path / "good.txt").write_bytes(sample.read_bytes())
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    return tmp_path


def test_bad_inputs_are_rejected_by_name_and_the_others_built(folder: Path, store: Store) -> None:
    report = kg.build([folder, folder / "missing.txt"], store)
    assert [built.source for built in report.built] == [(folder / "good.txt").as_posix()]
    assert {Path(rejected.source).name: rejected.reason for rejected in report.rejected} == {
        "empty.txt": "the file is empty",
        "picture.txt": "the file is not text, or in an encoding that cannot be told",
        "link.txt": "the link points to a file that is not there",
        "missing.txt": "there is no such file",
    }
    assert list(store.articles()) == [iri(report.built[0].article).value]


def test_the_sample_is_recognised_and_states_facts(sample: Path, store: Store) -> None:
    built = kg.build([sample], store).built[0]
    assert built.language == "uz-cyrl"
    assert built.facts["Meeting"] == 1
    assert built.facts["TradeVolume"] == 1
    assert built.mentions > 0


def test_building_twice_leaves_the_same_store(sample: Path, store: Store) -> None:
    kg.build([sample], store)
    once = store.dump()
    kg.build([sample], store)
    assert store.dump() == once


def test_the_order_of_the_inputs_does_not_matter(tmp_path: Path, sample: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(" date 2025-08-23 Қозоғистон ва Ўзбекистон президентлари учрашди\nАстана. Учрашув бўлди.", "utf-8")
    dumps = set()
    for inputs in ([sample, other], [other, sample]):
        store = Store(seeds=[])
        kg.build(inputs, store)
        dumps.add(store.dump())
    assert len(dumps) == 1


def test_removing_every_article_leaves_the_reference_data_alone(sample: Path) -> None:
    store = kg.open()
    seeds = store.dump()
    report = kg.build([sample], store)
    assert store.dump() != seeds
    for built in report.built:
        store.remove(built.article)
    assert store.dump() == seeds


def test_an_article_that_breaks_a_shape_is_rejected_whole(
    sample: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WORK, "check", lambda _: ["low is above amount", "no such office"])
    report = kg.build([sample], store)
    assert report.built == ()
    assert report.rejected[0].source == sample.as_posix()
    assert report.rejected[0].reason == "low is above amount; no such office"
    assert len(store.inner) == 0


def test_an_unknown_language_is_stored_without_facts_and_said_so(tmp_path: Path, store: Store) -> None:
    (tmp_path / "ka.txt").write_text(GEORGIAN, encoding="utf-8")
    report = kg.build([tmp_path], store)
    assert (report.built[0].language, report.built[0].facts) == (None, Counter())
    assert len(store.articles()) == 1
    assert len(report.warnings) == 1
    assert "ka.txt" in report.warnings[0]
    assert "uz-cyrl" in report.warnings[0]


def test_another_encoding_is_said(tmp_path: Path, store: Store) -> None:
    text = "Президент прибыл с официальным визитом в Бишкек.\nПереговоры прошли в резиденции, сообщает агентство."
    (tmp_path / "old.txt").write_bytes(text.encode("cp1251"))
    assert any("read as cp1251" in warning for warning in kg.build([tmp_path], store).warnings)


def test_the_same_article_in_two_files_is_one_and_said_so(tmp_path: Path, sample: Path, store: Store) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(sample.read_bytes())
    report = kg.build([tmp_path], store)
    assert len(report.built) == 2
    assert len(store.articles()) == 1
    assert any("b.txt: the same article as" in warning for warning in report.warnings)


def test_progress_is_told_before_each_input(folder: Path, store: Store) -> None:
    told: list[tuple[int, int, str]] = []
    kg.build([folder], store, progress=lambda done, of, file: told.append((done, of, Path(file).name)))
    assert told == [(0, 4, "empty.txt"), (1, 4, "good.txt"), (2, 4, "link.txt"), (3, 4, "picture.txt")]


def test_no_input_is_an_empty_report(store: Store) -> None:
    assert kg.build([], store) == Report()
