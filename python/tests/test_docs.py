"""What the documents show runs: doctests of the package and of docs/python.md, the notebook."""

import doctest
import pathlib

import detente
import detente.acts
import detente.coder
import detente.errors
import detente.explanation
import detente.ledger
import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

MODULES = [detente, detente.acts, detente.coder, detente.errors, detente.explanation, detente.ledger]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_examples_of_the_package(module):
    found = doctest.testmod(module)
    assert found.failed == 0
    assert found.attempted > 0 or module is detente.explanation


def test_examples_of_the_page(ledger, monkeypatch):
    monkeypatch.chdir(ROOT)
    names = {"LEDGER": str(ledger)}
    found = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False, globs=names)
    assert found.failed == 0 and found.attempted > 10


def test_the_notebook_runs():
    for path in sorted((ROOT / "python" / "examples").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        assert all(not cell.get("outputs") for cell in notebook.cells), "strip the outputs"
        NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
        shown = [output for cell in notebook.cells for output in cell.get("outputs", [])]
        kinds = {kind for output in shown for kind in output.get("data", {})}
        assert {"text/html", "image/png"} <= kinds


def test_the_stubs_name_what_is_there():
    import ast

    from detente import _detente

    stub = ast.parse(pathlib.Path(detente.__file__).with_name("_detente.pyi").read_text())
    found = {node.name: node for node in stub.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
    there = {name for name in vars(_detente) if not name.startswith("_") and name != "NEAR"}
    assert set(found) == there
    for name, node in found.items():
        if isinstance(node, ast.ClassDef):
            stubbed = {member.name for member in node.body if isinstance(member, ast.FunctionDef)}
            real = {member for member in vars(getattr(_detente, name)) if not member.startswith("__")}
            assert {member for member in stubbed if not member.startswith("__")} == real
