"""The built package works by itself: all data files travel in it, and every package that it imports is declared."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def run(*words: str | Path, cwd: Path) -> str:
    """What a program prints; it must succeed, and must not see the checkout."""
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "KG_STORE", "KG_BASE"}}
    done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_wheel_works_in_an_environment_of_its_own(tmp_path: Path, sample: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    wheel = next(tmp_path.glob("elchi-*.whl"))
    home = tmp_path / "env"
    venv.create(home)
    pip = (sys.executable, "-m", "pip", "--python", home / "bin/python")
    run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    # The dependencies come from the environment of the tests, which spares a download of each; that they are declared
    # is what the other test is for. A path file inside a path file is not followed: the checkout stays unseen.
    site = next(home.glob("lib/python*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"])
    kg = home / "bin/kg"
    assert run(kg, "--version", cwd=tmp_path) == f"elchi {PROJECT['version']}\n"
    where = run(home / "bin/python", "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    assert where.startswith(str(home))
    run(kg, "build", sample, cwd=tmp_path)
    answer = json.loads(run(kg, "query", "leaders", "--format", "json", cwd=tmp_path))
    assert {row["of"]["value"] for row in answer["results"]["bindings"] if "of" in row} == {"KG", "KZ"}
    run(kg, "view", cwd=tmp_path)
    assert (tmp_path / "graph.html").stat().st_size > 100_000


def test_every_package_that_is_imported_is_declared() -> None:
    declared = {_normal(re.split(r"[<>=\[ ]", text)[0]) for text in PROJECT["dependencies"]}
    for file in ROOT.glob("kg/**/*.py"):
        for module in _imported(ast.parse(file.read_text(encoding="utf-8"))):
            if module not in sys.stdlib_module_names and module != "kg":
                names = {_normal(name) for name in packages_distributions().get(module, [module])}
                assert names & declared, f"{file.relative_to(ROOT)} imports {module}"


def _imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
