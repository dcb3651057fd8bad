"""On a cluster: to the last act what one machine gives, also when a worker dies in the middle."""

import json
import pathlib
import sqlite3
import threading
import time

import detente
import detente.spark
import pyarrow
import pytest
from cluster import PATIENCE, Cluster, session
from conftest import LEXICON, ROOT
from detente import _detente
from pyspark import TaskContext

SCHEMA = "id string, source string, date string, title string, url string, text string"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        cluster.add_worker()
        cluster.add_worker()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="module")
def spark(cluster):
    spark = session(cluster)
    yield spark
    spark.stop()


@pytest.fixture(scope="module")
def articles(spark, chain):
    names = [column.split()[0] for column in SCHEMA.split(", ")]
    return spark.createDataFrame([[article.get(name) for name in names] for article in chain], SCHEMA).repartition(6, "id")


def json_of(df):
    return sorted(row.json for row in df.select("json").collect())


def test_acts_are_the_programs(articles, chain_acts):
    acts = detente.spark.code(articles, lexicon=LEXICON)
    assert json_of(acts) == sorted(chain_acts)
    first = acts.orderBy("id").first()
    act = detente.Act.from_json(first.json)
    assert (first.id, first.type, first.date, first.quad) == (act.id, act.type, act.date, act.quad_code)


@pytest.mark.parametrize("large", ["true", "false"])
def test_other_names_and_layouts(spark, articles, chain_acts, large):
    spark.conf.set("spark.sql.execution.arrow.useLargeVarTypes", large)
    renamed = articles.withColumnRenamed("text", "content")
    acts = detente.spark.code(renamed, columns={"text": "content"}, lexicon=LEXICON)
    assert json_of(acts) == sorted(chain_acts)


def test_near_duplicates_are_the_ledgers(spark, program, tmp_path):
    def text(first, last):
        return " ".join(f"Minister{number} met envoy{number * 7} in Oslo." for number in range(first, last))

    spans = [(0, 30), (2, 32), (5, 35), (14, 44), (100, 130), (101, 131), (0, 30), (200, 203), (200, 203), (300, 340)]
    found = [
        {"id": f"a{n}", "date": f"2024-05-{20 - n:02}", "source": f"Outlet {n}", "text": text(*span)}
        for n, span in enumerate(spans)
    ]
    file, path = tmp_path / "news.jsonl", tmp_path / "news.db"
    file.write_text("\n".join(map(json.dumps, found)))
    program("add", path, file)
    with sqlite3.connect(path) as ledger:
        near = ledger.execute(
            """SELECT min(one.uid, other.uid), max(one.uid, other.uid), likeness FROM near
               JOIN articles AS one ON one.text = near.one JOIN articles AS other ON other.text = near.other
               UNION SELECT one.uid, other.uid, 1.0 FROM articles AS one JOIN articles AS other
               ON one.text = other.text AND one.uid < other.uid"""
        ).fetchall()
        uids = dict(ledger.execute("SELECT name, uid FROM articles"))
    df = spark.createDataFrame([list(article.values()) for article in found], "id string, date string, source string, text string")
    pairs = [tuple(row) for row in detente.spark.near_duplicates(df.repartition(3)).collect()]
    assert sorted(pairs) == sorted(near)
    assert len(pairs) > 5

    kept = detente.spark.deduplicate(df.repartition(3))
    assert kept.columns == df.columns
    order = {article["id"]: (article["date"], uids[article["id"]]) for article in found}
    names = {uid: name for name, uid in uids.items()}
    later = {max(names[one], names[other], key=order.get) for one, other, _ in near}
    assert sorted(row.id for row in kept.collect()) == sorted(set(uids) - later)

    copies = detente.spark.deduplicate(df.unionByName(df)).collect()
    assert sorted(row.id for row in copies) == sorted(set(uids) - later)


def test_affairs_are_those_of_one_machine(articles, chain, coder, program):
    affairs = detente.spark.affairs(articles, lexicon=LEXICON)
    coded = pyarrow.table(coder.code_articles(pyarrow.Table.from_pylist(chain)))
    [batch] = coded.combine_chunks().to_batches()
    said = pyarrow.table(_detente.said(coder._coder, batch))
    [said] = said.combine_chunks().to_batches()
    folded = pyarrow.table(_detente.fold(coder._coder, said))
    assert folded.num_rows >= 5
    assert json_of(affairs) == sorted(folded.column("json").to_pylist())

    files = sorted((ROOT / "examples" / "chain").glob("*.jsonl"))
    brief = json.loads(program("brief", *files, "--format", "json", "--lexicon", LEXICON).stdout)

    def stand(affair):
        return affair["id"], affair["kind"], affair["parties"], affair["state"], affair["since"], len(affair["entries"])

    found = [json.loads(row.json) for row in affairs.select("json").collect()]
    assert sorted(map(stand, found)) == sorted(map(stand, brief["affairs"]))


@pytest.mark.parametrize("kind", ["json", "parquet"])
def test_a_ledger_takes_what_was_coded(articles, coder, program, ledger, tmp_path, kind):
    """Coded articles come into a ledger as they are: the same acts and affairs as from the texts themselves."""
    files = tmp_path / "coded"
    detente.spark.code_articles(articles, lexicon=LEXICON).write.format(kind).save(str(files))
    path = tmp_path / "spark.db"
    parts = sorted(files.glob("part-*"))
    arguments = ("add", path, *parts, "--lexicon", LEXICON, "--learned", "2023-01-01")
    added = program(*arguments, check=False)
    if kind == "parquet" and "--features parquet" in added.stderr:
        pytest.skip("the program is built without Parquet")
    assert added.returncode == 0, added.stderr

    def answers(path):
        def ask(command, *rest):
            return program(command, path, *rest, "--lexicon", LEXICON).stdout

        return ask("export"), ask("show", "--format", "json"), ask("timeline", "--format", "json")

    assert answers(path) == answers(ledger)
    [vintage] = detente.Ledger(path, lexicon=LEXICON).status()["vintages"]
    assert coder.vintage == (vintage["version"], vintage["lexicon"], vintage["model"])


def test_a_worker_dies_in_the_middle(cluster, spark, articles, chain_acts, tmp_path):
    """Half of the tasks wait until a worker with its executor is killed; the result is the same."""
    gate = tmp_path / "killed"

    def wait(batches):
        if TaskContext.get().partitionId() >= 2:
            until = time.monotonic() + PATIENCE
            while not pathlib.Path(gate).exists():
                assert time.monotonic() < until
                time.sleep(0.05)
        yield from batches

    found = []
    acts = detente.spark.code(articles.mapInArrow(wait, articles.schema), lexicon=LEXICON)
    job = threading.Thread(target=lambda: found.extend(json_of(acts)))
    job.start()

    tracker = spark.sparkContext.statusTracker()

    def has(condition):
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        return any(stage is not None and condition(stage) for stage in stages)

    until = time.monotonic() + PATIENCE
    while not has(lambda stage: stage.numCompletedTasks >= 2 and stage.numActiveTasks >= 2):
        assert time.monotonic() < until
        time.sleep(0.05)
    cluster.kill_worker(1)
    gate.touch()
    job.join(PATIENCE)
    assert not job.is_alive()
    assert found == sorted(chain_acts)
