"""Loads what `detente code --format ...` wrote with public readers, and checks that it says what the acts say.

usage: bench/exports.py FOLDER

FOLDER holds acts.jsonl, acts.csv, acts.polecat, acts.icews, acts.gdelt, acts.gexf and acts.graphml of the same articles, as
bench/exports.sh writes them. A reader that is not installed is named and skipped; the exit status is 1 where a check fails.
"""

import collections
import importlib
import json
import sys
from pathlib import Path

folder = Path(sys.argv[1])
acts = [json.loads(line) for line in (folder / "acts.jsonl").open(encoding="utf-8")]


def reader(name):
    """Imports a reader, or says that it is not there."""
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name}: not installed, skipped")
        return None


def pairs(act):
    """Directed pairs of codes."""
    actors = [party["code"] for party in act["actor"]]
    recipients = [party["code"] for party in act["recipient"]]
    if not recipients and len(actors) > 1:
        return [(a, b) for i, a in enumerate(actors) for j, b in enumerate(actors) if i != j]
    return [(a, b) for a in actors or [None] for b in recipients or [None]]


told = [act for act in acts if act["factuality"] == "actual" and act["epoch"] == "new"]
dated = [act for act in told if act["date"] or act["date_reported"]]

if pandas := reader("pandas"):
    text = {"dtype": str, "keep_default_na": False}
    table = pandas.read_csv(folder / "acts.csv", **text)
    assert len(table) == sum(len(pairs(act)) for act in acts), len(table)
    assert set(table["act"]) == {act["id"] for act in acts}
    assert table["id"].is_unique
    evidence = dict(zip(table["act"], table["evidence"]))
    assert all(evidence[act["id"]] == act["event_text"] for act in acts)
    print(f"pandas {pandas.__version__}: CSV, {len(table)} rows of {len(acts)} acts")

    polecat = pandas.read_csv(folder / "acts.polecat", sep="\t", na_values=["None"], keep_default_na=False)
    assert polecat.shape == (sum(len(pairs(act)) for act in dated), 40), polecat.shape
    assert polecat["Intensity"].between(-10, 10).all()
    assert polecat["Actor COW"].dropna().map(float.is_integer).all()
    pandas.to_datetime(polecat["Event Date"], format="%Y-%m-%d")
    print(f"pandas {pandas.__version__}: POLECAT, {len(polecat)} rows")

    icews = pandas.read_csv(folder / "acts.icews", sep="\t", dtype={"CAMEO Code": str}, keep_default_na=False)
    both = [pair for act in dated for pair in pairs(act) if act["actor"] and (act["recipient"] or len(act["actor"]) > 1)]
    assert icews.shape == (len(both), 20), icews.shape
    assert icews["CAMEO Code"].str.fullmatch(r"\d{3,4}").all()
    print(f"pandas {pandas.__version__}: ICEWS, {len(icews)} rows")

if reader("py_gdelt"):
    from py_gdelt.models import Event
    from py_gdelt.parsers.events import EventsParser

    rows = list(EventsParser().parse((folder / "acts.gdelt").read_bytes()))
    expected = sum(len([p for p in pairs(act)]) for act in dated if act["actor"] or act["recipient"])
    assert len(rows) == expected, (len(rows), expected)
    events = [Event.from_raw(row) for row in rows]
    assert all(event.event_code[:2] == event.event_root_code for event in events)
    assert len({event.global_event_id for event in events}) == len(events)
    print(f"gdelt-py: GDELT, {len(events)} rows")

if networkx := reader("networkx"):
    graphs = {
        "GEXF": networkx.read_gexf(folder / "acts.gexf"),
        "GraphML": networkx.read_graphml(folder / "acts.graphml"),
    }
    for name, graph in graphs.items():
        assert graph.is_directed()
        weight = sum(int(edge["acts"]) for _, _, edge in graph.edges(data=True))
        print(f"networkx {networkx.__version__}: {name}, {graph.number_of_nodes()} states, {weight} acts")
    # What is read back of each edge is what the acts between its states add up to, and no such act is missing.
    ties = collections.Counter(pair for act in told for pair in pairs(act) if None not in pair and pair[0] != pair[1])
    scales = collections.Counter()
    for act in told:
        scales.update({pair: act["event_scale"] for pair in pairs(act)})
    for name, graph in graphs.items():
        edges = {(one, other): edge for one, other, edge in graph.edges(data=True)}
        assert {pair: int(edge["acts"]) for pair, edge in edges.items()} == {
            pair: count for pair, count in ties.items() if set(pair) <= set(graph)
        }, name
        for pair, edge in edges.items():
            assert int(edge["cooperation"]) + int(edge["conflict"]) == ties[pair], (name, pair)
            assert abs(float(edge["mean_scale"]) - scales[pair] / ties[pair]) < 0.001, (name, pair)
