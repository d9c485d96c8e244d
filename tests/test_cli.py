"""The command line keeps its promises: what it prints, where, and with which exit code."""

from __future__ import annotations

import importlib
import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

from kg.cli import COMMANDS, main
from kg.cli.tables import Row, table

ROOT = Path(__file__).parent.parent
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A store with the sample article."""
    folder = tmp_path_factory.mktemp("built") / "store"
    assert main(["build", str(sample), "--store", str(folder)]) == 0
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process: exit code, stdout, stderr."""
    for name in ("KG_STORE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


# --- build


def test_build_says_what_it_found(run: Run, sample: Path, tmp_path: Path) -> None:
    code, out, err = run("build", sample, "--store", tmp_path / "store")
    assert (code, err) == (0, "")
    assert "articles in uz-cyrl  " in out
    assert lines(out)[-1].startswith("1 built, ")


def test_build_names_each_rejected_input_in_one_line_and_exits_1(run: Run, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    code, out, err = run("build", sample, tmp_path / "empty.txt", tmp_path / "none.txt", "--store", tmp_path / "store")
    assert code == 1
    assert lines(err) == [
        f"rejected: {tmp_path}/empty.txt: the file is empty",
        f"rejected: {tmp_path}/none.txt: there is no such file",
    ]
    assert "1 built, 2 rejected, " in out


def test_the_store_may_come_from_the_environment(
    run: Run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_STORE", str(tmp_path / "elsewhere"))
    assert run("build", sample)[0] == 0
    assert (tmp_path / "elsewhere").is_dir()
    assert run("query", "articles", "--format", "csv")[1].count("\r\n") == 2


# --- query


def test_query_without_a_name_lists_the_queries_with_what_they_answer(run: Run) -> None:
    code, out, _ = run("query")
    assert code == 0
    named = {line.split()[0] for line in lines(out)[1:]}
    assert {"articles", "leaders", "states", "meetings", "visits", "trade", "agreements", "evidence"} <= named
    assert all(len(line.split()) > 2 for line in lines(out)[1:])


def test_query_formats_are_for_machines(run: Run, built: Path) -> None:
    _, out, _ = run("query", "states", "--store", built, "--format", "json")
    assert {row["code"]["value"] for row in json.loads(out)["results"]["bindings"]} == {"KG", "KZ"}
    _, out, _ = run("query", "states", "--store", built, "--format", "csv")
    assert lines(out)[0].startswith("source,code")
    assert run("query", "states", "--store", built, "--format", "tsv")[1].startswith("?source\t?code")
    assert run("query", "states", "--store", built, "--format", "xml")[1].startswith("<?xml")


def test_query_table_names_the_leaders(run: Run, built: Path) -> None:
    code, out, err = run("query", "leaders", "--store", built)
    assert (code, err) == (0, "")
    assert "Kassym-Jomart Tokayev" in out
    assert "Sadyr Japarov" in out


def test_query_takes_parameters(run: Run, built: Path) -> None:
    assert "2 000 000 000" in run("query", "trade", "--param", "party=KZ", "--store", built)[1]
    assert run("query", "trade", "--param", "party=DE", "--store", built) == (0, "", "no rows\n")


def test_query_reads_a_file_and_standard_input(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sparql = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/elchi/ontology#Article> }"
    (tmp_path / "count.rq").write_text(sparql, encoding="utf-8")
    assert lines(run("query", tmp_path / "count.rq", "--store", built, "--format", "csv")[1]) == ["n", "1"]
    monkeypatch.setattr(sys, "stdin", io.StringIO(sparql))
    assert lines(run("query", "-", "--store", built, "--format", "csv")[1]) == ["n", "1"]


def test_construct_comes_as_turtle(run: Run, built: Path, tmp_path: Path) -> None:
    file = tmp_path / "construct.rq"
    file.write_text("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3", encoding="utf-8")
    code, out, _ = run("query", file, "--store", built, "--format", "nt")
    assert (code, len(lines(out))) == (0, 3)


# --- extract, explain


def test_extract_prints_the_promised_object(run: Run, sample: Path) -> None:
    code, out, err = run("extract", sample)
    told = json.loads(out)
    assert (code, err, out.count("\n")) == (0, "", 1)
    assert (told["language"], told["published"]) == ("uz-cyrl", "2025-08-22")
    assert told["text"].startswith(told["title"] + "\n")
    for mention in told["mentions"]:
        assert list(mention) == ["start", "end", "kind", "id", "label", "value"]
        assert told["text"][mention["start"] : mention["end"]].strip()
    trade = next(fact for fact in told["facts"] if fact["class"] == "TradeVolume")
    assert (trade["amount"], trade["currency"], trade["flow"]) == (2_000_000_000, "USD", "turnover")
    assert trade["party"] == ["https://w3id.org/elchi/id/state/KG", "https://w3id.org/elchi/id/state/KZ"]
    assert all({"start", "end", "rule"} <= set(place) for fact in told["facts"] for place in fact["evidence"])


def test_extract_reads_on_after_a_bad_file(run: Run, sample: Path, tmp_path: Path) -> None:
    code, out, err = run("extract", tmp_path / "none.txt", sample)
    assert (code, out.count("\n")) == (1, 1)
    assert err == f"{tmp_path}/none.txt: there is no such file\n"


def test_explain_marks_mentions_and_names_rules(run: Run, sample: Path) -> None:
    code, out, _ = run("explain", sample)
    assert code == 0
    assert "state/KZ]" in out
    told = json.loads(run("extract", sample)[1])
    assert all(place["rule"] in out for fact in told["facts"] for place in fact["evidence"])
    assert all(fact["class"] in out for fact in told["facts"])


# --- view, export, validate, remove, stats


def test_view_writes_one_file(run: Run, built: Path, tmp_path: Path) -> None:
    code, out, _ = run("view", "-o", tmp_path / "g.html", "--store", built)
    assert (code, [file.name for file in tmp_path.iterdir()]) == (0, ["g.html"])
    assert "g.html" in out
    assert "Japarov" in (tmp_path / "g.html").read_text(encoding="utf-8")


def test_export_goes_by_the_ending_and_is_the_same_twice(run: Run, built: Path, tmp_path: Path) -> None:
    for name in ("a.nq", "b.nq"):
        assert run("export", tmp_path / name, "--store", built)[0] == 0
    assert (tmp_path / "a.nq").read_bytes() == (tmp_path / "b.nq").read_bytes() != b""


def test_export_refuses_an_unknown_ending(run: Run, built: Path, tmp_path: Path) -> None:
    code, out, err = run("export", tmp_path / "a.docx", "--store", built)
    assert (code, out, err.count("\n"), list(tmp_path.iterdir())) == (1, "", 1, [])
    assert "a.docx" in err
    assert "ttl" in err


@pytest.mark.slow
def test_validate_finds_nothing_in_a_built_store(run: Run, built: Path) -> None:
    assert run("validate", "--store", built) == (0, f"no violations in {built}\n", "")


def test_remove_tells_what_lost_its_last_support(run: Run, sample: Path, tmp_path: Path) -> None:
    run("build", sample, "--store", tmp_path)
    code, out, _ = run("remove", sample, "none.txt", "--store", tmp_path)
    assert code == 1
    assert "lost their last support" in lines(out)[0]
    assert "  relation/KG-KZ.alliance" in lines(out)
    assert run("query", "articles", "--store", tmp_path)[2] == "no rows\n"


def test_stats_counts(run: Run, built: Path) -> None:
    code, out, _ = run("stats", "--store", built)
    assert code == 0
    counted = {tuple(line.split()[:2]) for line in lines(out)}
    assert {("articles", "1"), ("Tenure", "2"), ("TradeVolume", "1")} <= counted


# --- errors


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["query", "leaders", "--store", "nowhere"], 1, "nowhere"),
        (["query", "no_such_query", "--store", "STORE"], 1, "no_such_query"),
        (["query", "missing.rq", "--store", "STORE"], 1, "missing.rq"),
        (["query", "broken.rq", "--store", "STORE"], 1, "broken.rq"),
        (["query", "trade", "--param", "colour=red", "--store", "STORE"], 1, "colour"),
        (["query", "trade", "--format", "ttl", "--store", "STORE"], 1, "ttl"),
        (["view", "-o", "no/such/folder/g.html", "--store", "STORE"], 1, "no/such/folder/g.html"),
        (["export", "no/such/folder/g.nq", "--store", "STORE"], 1, "no/such/folder/g.nq"),
        (["remove", "none.txt", "--store", "STORE"], 1, "none.txt"),
        (["build"], 2, "SOURCE"),
        (["build", "--colour"], 2, "--colour"),
        (["query", "trade", "--param", "party", "--store", "STORE"], 2, "party"),
        (["query", "trade", "--format", "docx"], 2, "'--format' / '-f': 'docx' is not one of"),
        (["bild"], 2, "Did you mean 'build'? See kg --help"),
    ],
)
def test_an_error_is_one_sentence_on_stderr_that_names_the_input(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.rq").write_text("SELECT ?x WHERE { ?x", encoding="utf-8")
    got, out, err = run(*(str(built) if word == "STORE" else word for word in words))
    assert (got, out, err.count("\n")) == (code, "", 1)
    assert named in err
    assert not (tmp_path / "nowhere").exists()


def test_a_pipe_that_closes_early_is_no_error(built: Path) -> None:
    command = [sys.executable, "-m", "kg", "query", "evidence", "--format", "csv", "--store", built]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_all_scripts_are_printed_whatever_the_locale(sample: Path) -> None:
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-m", "kg", "explain", sample], env=env, capture_output=True, check=True)
    assert "Қозоғистон" in done.stdout.decode()


# --- help


def test_help_lists_the_commands_with_the_first_sentence_of_their_help(run: Run) -> None:
    for name, summary in COMMANDS.items():
        documentation = importlib.import_module(f"kg.cli.{name}").command.__doc__
        assert documentation.splitlines()[0] == summary
        assert f"  kg {name}" in documentation, f"{name} shows no example"
    out = run("--help")[1]
    assert all(summary[:40] in out for summary in COMMANDS.values())
    assert run()[1] == out


def test_the_documents_name_only_commands_that_exist_and_each_of_them() -> None:
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    shown = set(re.findall(r"^\$ (?:\.venv/bin/)?kg (\w+)", text, re.MULTILINE))
    assert shown <= set(COMMANDS)
    assert all(f"kg {name}" in text for name in set(COMMANDS) - {"stats"})


def test_each_command_has_help(run: Run) -> None:
    for name in COMMANDS:
        code, out, _ = run(name, "--help")
        assert code == 0
        assert "Examples:" in out


def test_importing_the_package_and_asking_for_help_are_quick() -> None:
    limits_s = {"import kg": 0.3, "import kg.cli; kg.cli.main(['--help'])": 1.5}
    for program, limit_s in limits_s.items():
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
        assert time.perf_counter() - start < limit_s * 3  # the machine of the tests may be busy


# --- tables


def drawn(columns: list[str], rows: list[Row], width: int | None) -> list[str]:
    console = Console(file=io.StringIO(), width=width or 1000)
    console.print(table(columns, rows, width=width))
    return [line.rstrip() for line in console.file.getvalue().splitlines()]  # type: ignore[attr-defined]


WIDE: Row = {
    "source": "archive/2025/08/kazinform-2025-08-22.txt",
    "volume": "https://w3id.org/elchi/id/trade/KG-KZ.turnover.2000000000USD",
    "from": None,
    "amount": Decimal(2_000_000_000),
}


def test_a_table_with_room_shows_all_columns_that_hold_something() -> None:
    head, row = drawn(list(WIDE), [WIDE], None)
    assert head.split() == ["source", "volume", "amount"]
    assert row.split("  ") == [WIDE["source"], "trade/KG-KZ.turnover.2000000000USD", "2 000 000 000"]


def test_a_narrow_table_drops_identifiers_first_and_keeps_the_end_of_paths() -> None:
    head, row, note = drawn(list(WIDE), [WIDE], 50)
    assert head.split() == ["source", "amount"]
    assert row.startswith("…")
    assert "kazinform-2025-08-22.txt  2 000 000 000" in row
    assert note == "not shown: volume; --format csv has all"


def test_what_has_no_room_as_a_table_comes_as_blocks() -> None:
    rows: list[Row] = [{f"column{i}": "a value of some length" for i in range(8)}] * 2
    shown = drawn(list(rows[0]), rows, 40)
    assert shown[0] == "column0  a value of some length"
    assert shown[8] == ""
    assert len(shown) == 17


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, drawn(list(WIDE), [WIDE, WIDE], width))) <= width


def test_at_most_six_of_the_last_columns_go_before_the_table_becomes_blocks() -> None:
    row: Row = dict.fromkeys("abcdefghij", "x" * 12)
    assert drawn(list(row), [row], 60)[0].split() == ["a", "b", "c", "d"]
    assert drawn(list(row), [row], 60)[-1].startswith("not shown: e, f, g, h, i, j")
    assert drawn(list(row), [row], 40)[0] == "a  xxxxxxxxxxxx"


def test_a_question_imports_nothing_that_reads_articles() -> None:
    code = "import sys, kg.cli.query; print(*(name for name in sys.modules if name.startswith('kg.extract')))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
