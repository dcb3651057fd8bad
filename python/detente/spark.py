"""Detente on Apache Spark: code, deduplicate and fold into affairs on a cluster (docs/cluster.md).

Each function takes a data frame of articles with the columns of ``Coder.code_batch`` and returns a
data frame. The wheel must be installed on every worker; nothing else is shipped there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

import pyarrow
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from detente import _detente
from detente.coder import Coder
from detente.errors import InputError

#: Columns that `wording` adds.
_WORDING = ("article_uid", "article_day", "wording", "signature", "bands")


@lru_cache(maxsize=2)
def _coder(lexicon: str | None) -> Coder:
    # A task has one core, and a Python worker serves one task at a time.
    return Coder(lexicon, threads=1)


def _empty(df: DataFrame) -> pyarrow.Table:
    """The columns of a data frame without rows."""
    return to_arrow_schema(df.schema).empty_table()


def _mapped(df: DataFrame, work: Callable[[pyarrow.RecordBatch], object]) -> DataFrame:
    """Works on each batch; `work` gives anything that speaks the Arrow PyCapsule interface."""
    schema = from_arrow_schema(pyarrow.table(work(_empty(df))).schema)

    def map_batches(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            yield from pyarrow.table(work(batch)).to_batches()

    return df.mapInArrow(map_batches, schema)


def _lexicon(lexicon: str | os.PathLike[str] | None) -> str | None:
    return None if lexicon is None else os.fspath(lexicon)


def code(
    df: DataFrame,
    columns: Mapping[str, str] | None = None,
    *,
    lexicon: str | os.PathLike[str] | None = None,
) -> DataFrame:
    """The acts of articles, one a row: what ``detente code`` gives, with its line in the column ``json``.

    ``lexicon`` is a folder that every worker sees at the same place.
    """
    names, folder = dict(columns or {}), _lexicon(lexicon)
    return _mapped(df, lambda batch: _coder(folder).code_batch(batch, names))


def code_articles(
    df: DataFrame,
    columns: Mapping[str, str] | None = None,
    *,
    lexicon: str | os.PathLike[str] | None = None,
) -> DataFrame:
    """The articles with one column more, ``coded``: all that each is coded to.

    Write it to Parquet, and ``detente add`` takes it into a ledger without coding again.
    """
    names, folder = dict(columns or {}), _lexicon(lexicon)
    return _mapped(df, lambda batch: _coder(folder).code_articles(batch, names))


def near_duplicates(df: DataFrame, columns: Mapping[str, str] | None = None) -> DataFrame:
    """Pairs of articles that say the same or nearly the same: ``one``, ``other`` and ``likeness``.

    The articles are named by the uid that they have in ledgers. They are found by MinHash and bands,
    and judged from the same likeness on, as ledgers do it.
    """
    worded = _worded(df, columns).select(*_WORDING)
    return _pairs(worded.where(f.col("article_uid").isNotNull()).dropDuplicates(["article_uid"]))


def deduplicate(df: DataFrame, columns: Mapping[str, str] | None = None) -> DataFrame:
    """The articles without those that say nearly the same as an earlier one.

    Earlier is what was published on an earlier day; of one day, what has the lesser uid. An article
    without a date comes last. What cannot be read is kept, so that coding it tells why.
    """
    worded = _worded(df, columns)
    keys = worded.select(*_WORDING).where(f.col("article_uid").isNotNull()).dropDuplicates(["article_uid"]).cache()
    order = f.struct(f.coalesce(f.col("article_day"), f.lit("9999")), f.col("article_uid"))
    one = keys.select(f.col("article_uid").alias("one"), order.alias("order_one"))
    other = keys.select(f.col("article_uid").alias("other"), order.alias("order_other"))
    is_other_later = f.col("order_one") < f.col("order_other")
    later = _pairs(keys).join(one, "one").join(other, "other")
    later = later.select(f.when(is_other_later, f.col("other")).otherwise(f.col("one")).alias("article_uid")).distinct()
    kept = worded.join(later, "article_uid", "left_anti")
    # Of what is the very same article but for its name, one.
    copies = Window.partitionBy("article_uid").orderBy(f.xxhash64(*df.columns))
    is_first = f.col("article_uid").isNull() | (f.col("copy") == 1)
    return kept.withColumn("copy", f.row_number().over(copies)).where(is_first).select(*df.columns)


def _worded(df: DataFrame, columns: Mapping[str, str] | None) -> DataFrame:
    taken = sorted(set(_WORDING) & set(df.columns))
    if taken:
        raise InputError(f"the columns {', '.join(taken)} are there already", "rename them")
    names = dict(columns or {})
    return _mapped(df, lambda batch: _detente.wording(batch, names, threads=1))


def _pairs(articles: DataFrame) -> DataFrame:
    # Articles of the very same words stand behind one, so that no band holds them all.
    words = articles.groupBy("wording").agg(
        f.first("signature").alias("signature"), f.first("bands").alias("bands")
    )
    banded = words.where(f.col("signature").isNotNull()).select(
        "signature", "wording", f.explode("bands").alias("band")
    )
    one = banded.select("band", f.col("wording").alias("a"), f.col("signature").alias("one"))
    other = banded.select("band", f.col("wording").alias("b"), f.col("signature").alias("other"))
    met = one.join(other, "band").where(f.col("a") < f.col("b")).dropDuplicates(["a", "b"]).drop("band")
    alike = _mapped(met, lambda batch: _detente.likeness(_one_batch(batch)))
    alike = alike.where(f.col("likeness") >= _detente.NEAR).select("a", "b", "likeness")
    # Back to articles: each of the one wording with each of the other, and those of one wording with each other.
    left = articles.select(f.col("wording").alias("a"), f.col("article_uid").alias("left"))
    right = articles.select(f.col("wording").alias("b"), f.col("article_uid").alias("right"))
    near = alike.join(left, "a").join(right, "b").select("left", "right", "likeness")
    same = left.join(right, f.col("a") == f.col("b")).where(f.col("left") < f.col("right"))
    pairs = near.unionByName(same.select("left", "right", f.lit(1.0).alias("likeness")))
    return pairs.select(
        f.least("left", "right").alias("one"), f.greatest("left", "right").alias("other"), "likeness"
    )


def _one_batch(batch: pyarrow.RecordBatch | pyarrow.Table) -> pyarrow.RecordBatch:
    if isinstance(batch, pyarrow.RecordBatch):
        return batch
    batches = batch.combine_chunks().to_batches()
    return batches[0] if batches else pyarrow.RecordBatch.from_pylist([], schema=batch.schema)


def affairs(
    df: DataFrame,
    columns: Mapping[str, str] | None = None,
    *,
    lexicon: str | os.PathLike[str] | None = None,
) -> DataFrame:
    """Where matters stand after all articles: one row an affair, all of it as JSON in the column ``json``.

    Articles that :func:`code_articles` coded are not coded again. What they say is brought together by
    kind and pair (or candidate, or territory) and folded there, to what the program folds on one machine.
    """
    folder = _lexicon(lexicon)
    coded = df if "coded" in df.columns else code_articles(df, columns, lexicon=folder)
    said = _mapped(coded.select("coded"), lambda batch: _detente.said(_coder(folder)._coder, _one_batch(batch)))
    said = said.cache()
    groups = _groups(said)

    schema = from_arrow_schema(pyarrow.table(_fold(folder, _empty(said))).schema)

    def fold_group(group: pyarrow.Table) -> pyarrow.Table:
        # Spark asks for the layout of strings in which it hands them over.
        words = group.schema.field("said").type
        folded = pyarrow.table(_fold(folder, group))
        fields = [field.with_type(words) if pyarrow.types.is_string(field.type) else field for field in folded.schema]
        return folded.cast(pyarrow.schema(fields))

    return groups.groupBy("kind", "group").applyInArrow(fold_group, schema)


def _fold(folder: str | None, group: pyarrow.Table) -> _detente.Table:
    return _detente.fold(_coder(folder)._coder, _one_batch(group))


def _groups(said: DataFrame) -> DataFrame:
    """Numbers what has to be folded together: by key, and by article where a saying has no key of its own."""
    keyed = said.where(f.col("key").isNotNull())
    loose = said.where(f.col("key").isNull())
    # A saying without a key belongs to one of the keys that its article names: these are folded together.
    ties = (
        loose.select("kind", "article").distinct().join(keyed.select("kind", "article", "key").distinct(), ["kind", "article"])
    )
    parents: dict[tuple[str, str], str] = {}

    def root(kind: str, key: str) -> str:
        while (parent := parents.get((kind, key), key)) != key:
            key = parent
        return key

    homes: dict[tuple[str, str], str] = {}
    for kind, article, key in ties.orderBy("kind", "article", "key").toLocalIterator():
        home = homes.setdefault((kind, article), key)
        one, other = sorted((root(kind, home), root(kind, key)))
        parents[(kind, other)] = one
    session = said.sparkSession
    roots = [(kind, key, root(kind, key)) for kind, key in parents]
    of_key = session.createDataFrame(roots, "kind string, key string, root string")
    of_article = session.createDataFrame(
        [(kind, article, root(kind, key)) for (kind, article), key in homes.items()],
        "kind string, article string, root string",
    )
    keyed = keyed.join(of_key, ["kind", "key"], "left").withColumn("group", f.coalesce("root", "key"))
    loose = loose.join(of_article, ["kind", "article"], "inner").withColumn("group", f.col("root"))
    return keyed.select("kind", "said", "group").unionByName(loose.select("kind", "said", "group"))


__all__ = ["affairs", "code", "code_articles", "deduplicate", "near_duplicates"]
