"""The layers of the package: a module imports only from rows above its own, and says so at its top."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

KG = Path(__file__).parent.parent / "kg"
ROWS = """
    errors paths normal cache
    article
    facts
    lang seeds
    text
    extract read
    rdf
    store
    check score view export
    build
    api serve
    cli
    __main__
"""
ROW = {part: row for row, parts in enumerate(ROWS.strip().splitlines()) for part in parts.split()}
RDF_PARTS = {"seeds", "rdf", "store", "check", "export", "serve"}
FILES = sorted(KG.rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    """The modules that a program imports, with the statements; not those that only its annotations name."""
    checks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    unused = {id(node) for check in checks for node in ast.walk(check)}
    for node in ast.walk(tree):
        if id(node) in unused:
            continue
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if node.module != "kg" else [f"kg.{alias.name}" for alias in node.names]
            yield from ((name, node) for name in names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(KG)))
def test_imports_point_upwards_and_stand_at_the_top(file: Path) -> None:
    part = file.relative_to(KG).parts[0].removesuffix(".py")
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inside = {id(node) for scope in ast.walk(tree) if isinstance(scope, ast.FunctionDef) for node in ast.walk(scope)}
    for module, node in imports(tree):
        where = f"{file.relative_to(KG)}:{node.lineno} imports {module}"
        package, *rest = module.split(".")
        if package == "kg" and part != "__init__" and rest not in ([], ["__version__"]):
            assert rest[0] == part or ROW[rest[0]] < ROW[part], f"{where}, which is not above it"
        assert package != "pyoxigraph" or part in RDF_PARTS, f"{where}, but RDF stays at the edge"
        assert id(node) not in inside, f"{where} inside a function"
        assert not any(alias.name == "*" for alias in getattr(node, "names", ())), f"{where} with a star"


def test_extractors_never_import_each_other() -> None:
    used = {file.stem: set(extract_modules(file)) for file in KG.glob("extract/*.py")}
    extractors = used.pop("__init__", set())
    clashes = {name: others & extractors for name, others in used.items() if name in extractors and others & extractors}
    assert clashes == {}


def extract_modules(file: Path) -> Iterator[str]:
    for module, _ in imports(ast.parse(file.read_text(encoding="utf-8"))):
        if module.startswith("kg.extract."):
            yield module.removeprefix("kg.extract.")
