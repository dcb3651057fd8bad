"""What the tests share: the program, the articles of examples/, a ledger of them."""

import json
import os
import pathlib
import subprocess

import detente
import pyarrow
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHAIN = ROOT / "examples" / "chain"
LEXICON = CHAIN / "lexicon"


@pytest.fixture(scope="session")
def program():
    """The program, as PROGRAM names it or as it was built last."""
    named = os.environ.get("PROGRAM")
    built = [ROOT / "target" / profile / "detente" for profile in ("release", "quick", "debug")]
    found = [path for path in ([ROOT / named] if named else built) if path.exists()]
    assert found, "build the program first: cargo build -p detente"

    def run(*arguments, check=True):
        done = subprocess.run([str(found[0]), *map(str, arguments)], capture_output=True, text=True)
        assert not check or done.returncode == 0, done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def coder():
    return detente.Coder(lexicon=LEXICON)


def records(*files):
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


@pytest.fixture(scope="session")
def chain():
    """The thirty-five articles of the chain."""
    return records(*sorted(CHAIN.glob("*.jsonl")))


@pytest.fixture(scope="session")
def chain_table(chain):
    return pyarrow.Table.from_pylist(chain)


@pytest.fixture(scope="session")
def chain_acts(program):
    """The lines of `detente code` for the chain."""
    files = sorted(CHAIN.glob("*.jsonl"))
    return program("code", *files, "--lexicon", LEXICON).stdout.splitlines()


@pytest.fixture(scope="session")
def ledger(program, tmp_path_factory):
    """A ledger of the chain."""
    path = tmp_path_factory.mktemp("ledger") / "chain.db"
    files = sorted(CHAIN.glob("*.jsonl"))
    program("add", path, *files, "--lexicon", LEXICON, "--learned", "2023-01-01")
    return path
