"""Times a cluster of two workers with one core each and the program with two threads, in turn; see bench/spark.sh."""

import json
import pathlib
import statistics
import sys
import tempfile

import detente.spark
from cluster import Cluster, session
from python import NAMES, THREADS, articles, run, timed

ROUNDS = 3
PARTITIONS = 16


def main(program, *files):
    few = articles(files)
    many = [{**article, "id": f"{article['id']}-{copy}"} for copy in range(10) for article in few]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        cluster = Cluster(folder)
        try:
            cluster.add_worker()
            cluster.add_worker()
            spark = session(cluster, **{"spark.sql.execution.arrow.maxRecordsPerBatch": "1000"})

            def of(records, name):
                rows = [[record.get(column) for column in NAMES] for record in records]
                df = spark.createDataFrame(rows, ", ".join(f"{column} string" for column in NAMES))
                df.repartition(PARTITIONS).write.parquet(str(folder / name))
                (folder / f"{name}.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
                return spark.read.parquet(str(folder / name))

            def code(df, name):
                detente.spark.code(df).write.mode("overwrite").parquet(str(folder / name))
                return spark.read.parquet(str(folder / name)).count()

            small, large = of(few, "few"), of(many, "many")
            of(few[:1], "one")
            code(small, "acts")
            ratios, growths, per_million = [], [], []
            for _ in range(ROUNDS):
                start_up, _ = timed(lambda: run(program, folder / "one.jsonl"))
                of_program, lines = timed(lambda: run(program, folder / "many.jsonl"))
                short, _ = timed(lambda: code(small, "acts"))
                long, acts = timed(lambda: code(large, "acts"))
                assert acts == len(lines.splitlines())
                # What a job costs before its first article is in both sizes.
                of_spark = (long - short) / (len(many) - len(few))
                ratios.append((of_program - start_up) / len(many) / of_spark)
                growths.append(long / len(many) / (short / len(few)))
                per_million.append(of_spark * 2 * 1_000_000 / 3600)
            spark.stop()
        finally:
            cluster.stop()
    words = sum(len(article["text"].split()) for article in few) / len(few)
    print(f"{len(many)} articles of {words:.0f} words, two workers of one core, median of {ROUNDS} rounds")
    print(f"Spark against the program on {THREADS} threads, start-up aside: {statistics.median(ratios):.2f}")
    print(f"time per article, 10 times the input: {statistics.median(growths):.2f}")
    print(f"core hours per million articles: {statistics.median(per_million):.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
