"""A ledger answers as the program does."""

import datetime
import json

import detente
import pyarrow
import pytest
from conftest import LEXICON

PAIR = ("Orsenia", "Kestria")


@pytest.fixture(scope="module")
def asked(ledger):
    return detente.Ledger(ledger, lexicon=LEXICON)


@pytest.fixture
def answer(program, ledger):
    def ask(command, *arguments):
        done = program(command, ledger, *arguments, "--format", "json", "--lexicon", LEXICON)
        return json.loads(done.stdout)

    return ask


def test_status(asked, answer):
    status = asked.status()
    assert status == answer("status")
    assert status["articles"] == 35


def test_show(asked, answer, program, ledger):
    for times in ({}, {"as_of": "2022-04-10"}, {"as_of": datetime.date(2022, 4, 10)}, {"known_by": "2020-01-01"}):
        options = [word for name, day in times.items() for word in (f"--{name.replace('_', '-')}", str(day))]
        shown, wanted = asked.show(*PAIR, **times), answer("show", *PAIR, *options)
        assert (shown.affairs, shown.acts) == (wanted["affairs"], wanted["acts"])
    text = program("show", ledger, *PAIR, "--lexicon", LEXICON).stdout
    assert str(asked.show(*PAIR)).split() == text.split()


def test_affairs(asked, answer):
    affairs = pyarrow.table(asked.affairs(*PAIR)).to_pylist()
    wanted = answer("show", *PAIR)["affairs"]
    assert [json.loads(affair["json"]) for affair in affairs] == wanted
    assert wanted and affairs[0]["parties"] == ";".join(wanted[0]["parties"])
    one = asked.affair(affairs[0]["id"])
    assert [affair["id"] for affair in one.affairs] == [affairs[0]["id"]]
    assert one.acts == answer("show", affairs[0]["id"])["acts"]


def test_acts(asked, program, ledger):
    acts = pyarrow.table(asked.acts("QKE"))
    exported = program("export", ledger, "QKE", "--all", "--lexicon", LEXICON).stdout.splitlines()
    assert acts.column("json").to_pylist() == exported
    within = pyarrow.table(asked.acts("QKE", start="2022-03-01", until="2022-03-31"))
    days = within.column("day").to_pylist()
    assert days and all(day.year == 2022 and day.month == 3 for day in days)
    assert 0 < within.num_rows < acts.num_rows
    assert max(acts.column("reports").to_pylist()) > 1
    assert pyarrow.table(asked.acts("QKE", latest=3)).num_rows == 3


def test_count(asked, answer):
    counted = pyarrow.table(asked.count(*PAIR, period="month", by="quad"))
    wanted = answer("count", *PAIR, "--period", "month", "--by", "quad")["rows"]
    assert counted.column("acts").to_pylist() == [row["acts"] for row in wanted]
    assert [list(row.values())[2:6] for row in counted.to_pylist()] == [row["groups"] for row in wanted]
    assert sum(counted.column("material_conflict").to_pylist()) > 0
    directed = pyarrow.table(asked.count(*PAIR, period="year", directed=True))
    assert sum(directed.column("acts").to_pylist()) < sum(counted.column("acts").to_pylist())
    assert pyarrow.table(asked.count(by="type", period="day")).num_columns == 19


def test_timeline_and_search(asked, answer):
    timeline = pyarrow.table(asked.timeline(*PAIR))
    assert timeline.column("id").to_pylist() == [event["id"] for event in answer("timeline", *PAIR)["events"]]
    hits = pyarrow.table(asked.search("treaty", *PAIR, most=5))
    wanted = answer("search", "treaty", "--of", PAIR[0], "--of", PAIR[1], "--limit", 5)["hits"]
    assert list(dict.fromkeys(hits.column("text").to_pylist())) == [hit["text"] for hit in wanted]


def test_what_is_wrong_is_said(asked, tmp_path):
    with pytest.raises(detente.LedgerError, match="Atlantis: no state or organisation of that code or name is known"):
        asked.acts("Atlantis")
    with pytest.raises(detente.InputError, match="more than two states are named"):
        asked.acts("Norway", "Finland", "Kestria")
    with pytest.raises(detente.InputError, match='the date "soon" is not understood'):
        asked.acts(start="soon")
    with pytest.raises(detente.InputError, match='no period is named "week"'):
        asked.count(period="week")
    with pytest.raises(detente.InputError, match="a direction needs a pair"):
        asked.count("QKE", directed=True)
    broken = tmp_path / "broken.db"
    broken.write_text("no ledger")
    with pytest.raises(OSError, match="is no ledger of Detente"):
        detente.Ledger(broken)
