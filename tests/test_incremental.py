"""Building again: what is unchanged is skipped, what has changed is replaced, and the way there leaves no trace."""

from __future__ import annotations

import importlib
import random
from pathlib import Path

import pytest
from builds import fresh

import kg
from kg.build import Report, Settings
from kg.build.work import work as real_work
from kg.cli import main
from kg.paths import SEEDS
from kg.rdf import ONTOLOGY
from kg.store import Store

BUILD = importlib.import_module("kg.build")
WORK = importlib.import_module("kg.build.work")
TEXT = """ date 2025-03-0{day} Kazakhstan and Uzbekistan sign a plan
TASHKENT. The presidents of Kazakhstan and Uzbekistan met in Tashkent on 3 March and signed a plan of cooperation.
They said that trade between the two countries reached {amount} billion dollars in 2024. Ministers of energy and of
transport will meet again in Astana in autumn to see how the plan is kept, the press office of the president said.
"""


def article(folder: Path, name: str, *, day: int = 3, amount: int = 4, end: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(TEXT.format(day=day, amount=amount) + end, encoding="utf-8")
    return file


def build(folder: Path, store: Store, **settings: bool) -> Report:
    return kg.build([folder], store, settings=Settings(**settings))


def copies(store: Store) -> dict[str, str]:
    """The source of each copy with that of its original."""
    rows = store.query(
        f"SELECT ?a ?b {{ ?x <{ONTOLOGY}copyOf> ?y . ?x <{ONTOLOGY}sourceFile> ?a . ?y <{ONTOLOGY}sourceFile> ?b }}"
    )
    return {Path(str(row["a"])).name: Path(str(row["b"])).name for row in rows}


def test_what_is_unchanged_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article(tmp_path, "a.txt")
    store = Store(seeds=[])
    build(tmp_path, store)
    before = store.dump()
    monkeypatch.setattr(BUILD, "work", lambda _: pytest.fail("read again"))
    report = build(tmp_path, store)
    assert (report.built, report.unchanged, store.dump()) == ((), 1, before)


def test_what_has_changed_takes_the_place_of_what_it_was(tmp_path: Path) -> None:
    article(tmp_path, "a.txt", amount=4)
    article(tmp_path, "b.txt", day=4, amount=9, end="Another ending, of some length, about borders and rivers.")
    store = Store(seeds=[])
    build(tmp_path, store)
    article(tmp_path, "a.txt", amount=5)
    report = build(tmp_path, store, compare=True)
    assert (len(report.built), report.unchanged) == (1, 1)
    assert any("5000000000" in fact for fact in report.gained)
    assert any("4000000000" in fact for fact in report.lost)
    assert not set(report.gained) & set(report.lost)
    assert store.dump() == fresh(tmp_path)


def test_the_facts_of_a_first_build_are_all_gained(tmp_path: Path) -> None:
    article(tmp_path, "a.txt")
    store = Store(seeds=[])
    report = build(tmp_path, store, compare=True)
    facts = {row["fact"] for row in store.query(f"SELECT ?fact {{ ?article <{ONTOLOGY}reports> ?fact }}")}
    assert set(report.gained) == facts
    assert report.lost == ()


def test_what_has_vanished_stays_unless_it_is_pruned(tmp_path: Path) -> None:
    gone, outside = article(tmp_path / "in", "gone.txt"), article(tmp_path / "out", "kept.txt", day=5, amount=7)
    article(tmp_path / "in", "a.txt", day=6, amount=8)
    store = Store(seeds=[])
    kg.build([tmp_path], store)
    gone.unlink()
    assert build(tmp_path / "in", store).pruned == ()
    assert gone.as_posix() in store.articles().values()
    assert build(tmp_path / "in", store, prune=True).pruned == (gone.as_posix(),)
    assert outside.as_posix() in store.articles().values()
    assert store.dump() == fresh(tmp_path)


def test_an_unreadable_source_is_not_taken_for_a_vanished_one(tmp_path: Path) -> None:
    file = article(tmp_path, "a.txt")
    store = Store(seeds=[])
    build(tmp_path, store)
    file.write_bytes(b"")
    report = build(tmp_path, store, prune=True)
    assert (report.pruned, len(report.rejected), len(store.articles())) == ((), 1, 1)


def test_only_what_an_older_version_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article(tmp_path, "old.txt")
    store = Store(seeds=[])
    for module in (BUILD, WORK):
        monkeypatch.setattr(module, "version", lambda: "0123456789abcdef")
    build(tmp_path, store)
    monkeypatch.undo()
    article(tmp_path, "new.txt", day=4, amount=9)
    report = build(tmp_path, store)
    assert (len(report.built), report.unchanged, report.outdated) == (1, 1, 1)
    again: list[str] = []
    monkeypatch.setattr(BUILD, "work", lambda item: (again.append(item.source), real_work(item))[1])
    report = build(tmp_path, store, stale=True)
    assert [Path(source).name for source in again] == ["old.txt"]
    assert (len(report.built), report.unchanged, report.outdated) == (1, 1, 0)
    assert store.dump() == fresh(tmp_path)


def test_two_sources_of_one_text_are_one_article_that_names_both(tmp_path: Path) -> None:
    article(tmp_path, "b.txt")
    store = Store(seeds=[])
    build(tmp_path, store)
    first = article(tmp_path, "a.txt")
    report = build(tmp_path, store)
    assert any("a.txt: the same article as" in warning for warning in report.warnings)
    assert list(store.articles().values()) == [first.as_posix()]
    assert store.find((tmp_path / "b.txt").as_posix()) == store.find(first.as_posix())
    assert store.dump() == fresh(tmp_path)
    assert build(tmp_path, store).warnings == ()


def test_an_article_stays_while_one_source_has_its_text(tmp_path: Path) -> None:
    article(tmp_path, "a.txt")
    article(tmp_path, "b.txt")
    store = Store(seeds=[])
    build(tmp_path, store)
    article(tmp_path, "a.txt", amount=6)
    build(tmp_path, store)
    assert store.dump() == fresh(tmp_path)
    (tmp_path / "a.txt").unlink()
    build(tmp_path, store, prune=True)
    assert store.dump() == fresh(tmp_path)


def test_nearly_the_same_text_is_a_copy_of_the_earliest(tmp_path: Path) -> None:
    article(tmp_path, "first.txt", day=3)
    article(tmp_path, "second.txt", day=4, end="Agency")
    article(tmp_path, "third.txt", day=5, end="Another agency")
    (tmp_path / "other.txt").write_text("Rivers\n" + "Water of the two rivers is shared by all who live on them. " * 9)
    store = Store(seeds=[])
    build(tmp_path, store)
    assert copies(store) == {"second.txt": "first.txt", "third.txt": "first.txt"}
    store.remove((tmp_path / "first.txt").as_posix())
    assert copies(store) == {"third.txt": "second.txt"}


def test_an_earlier_text_that_comes_later_becomes_the_original(tmp_path: Path) -> None:
    store = Store(seeds=[])
    for day in (5, 4, 3):
        article(tmp_path, f"{day}.txt", day=day, end=f"Agency {day}")
        build(tmp_path, store)
    assert copies(store) == {"5.txt": "3.txt", "4.txt": "3.txt"}
    assert store.dump() == fresh(tmp_path)


@pytest.mark.parametrize("first", ["a", "b"])
def test_texts_with_quotations_are_compared_as_a_whole(tmp_path: Path, first: str) -> None:
    said = " ".join(f"“Item {n} is of use to both states,” President Kassym-Jomart Tokayev said." for n in range(9))
    for name in sorted("ab", key=lambda name: name != first):
        (tmp_path / f"{name}.txt").write_text(f"Talks\n{said}\nAgency {name}", encoding="utf-8")
    store = Store(seeds=[])
    build(tmp_path / f"{first}.txt", store)
    assert store.query("statements")
    build(tmp_path, store)
    assert len(copies(store)) == 1
    assert store.dump() == fresh(tmp_path)


def test_copies_are_no_support_of_their_own(tmp_path: Path) -> None:
    article(tmp_path, "first.txt", day=3)
    article(tmp_path, "second.txt", day=4, end="Agency")
    store = Store(seeds=[])
    build(tmp_path, store)
    (row,) = (row for row in store.query("support", **{"class": "TradeVolume"}) if row["articles"] == 2)
    assert row["origins"] == 1


@pytest.mark.parametrize("seed", range(4))
def test_any_history_of_a_folder_ends_in_the_store_of_a_first_build(tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)
    store = Store(seeds=[])
    names = [f"{name}.txt" for name in "abcde"]
    for _ in range(14):
        name = choose.choice(names)
        if choose.random() < 0.25:
            (tmp_path / name).unlink(missing_ok=True)
        else:
            end = choose.choice(["", "Agency", "Another agency of the region", "x y z " * 40])
            article(tmp_path, name, day=choose.randint(1, 4), amount=choose.choice([4, 5]), end=end)
        if choose.random() < 0.6 and any(tmp_path.iterdir()):
            build(tmp_path, store, prune=True)
    article(tmp_path, "f.txt", day=9)
    build(tmp_path, store, prune=True)
    assert store.dump() == fresh(tmp_path)


def test_the_command_counts_what_it_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article(tmp_path / "news", "a.txt")
    words = ["build", str(tmp_path / "news"), "--store", str(tmp_path / "store")]
    assert main([*words, "--diff"]) == 0
    assert "\n+ " in capsys.readouterr().out
    assert main(words) == 0
    assert capsys.readouterr().out.startswith("0 built, 1 unchanged, 0 facts")
    (tmp_path / "news" / "a.txt").unlink()
    article(tmp_path / "news", "b.txt", amount=6)
    assert main([*words, "--prune", "--diff", "--jobs", "2"]) == 0
    out = capsys.readouterr().out
    assert "1 built, 1 pruned" in out
    assert "\n- " in out


def test_the_example_articles_hold_no_copies() -> None:
    store = Store(seeds=[])
    kg.build([SEEDS / "articles"], store)
    assert copies(store) == {}
