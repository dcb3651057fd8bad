"""Tables: whatever speaks the Arrow PyCapsule interface, strings of every layout, other names of columns."""

import datetime
import warnings

import detente
import duckdb
import pandas
import polars
import pyarrow
import pytest
from conftest import LEXICON

LAYOUTS = {
    "utf8": pyarrow.string(),
    "large": pyarrow.large_string(),
    "view": pyarrow.string_view(),
    "dictionary": pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
    "dictionary of large": pyarrow.dictionary(pyarrow.int8(), pyarrow.large_string()),
}


def lines(acts):
    return pyarrow.table(acts).column("json").to_pylist()


def test_acts_are_the_programs(coder, chain_table, chain_acts):
    acts = pyarrow.table(coder.code_batch(chain_table))
    assert len(chain_acts) > 50
    assert acts.column("json").to_pylist() == chain_acts
    act = detente.Act.from_json(chain_acts[0])
    first = acts.slice(0, 1).to_pylist()[0]
    assert (first["id"], first["type"], first["actor"]) == (act.id, act.type, act.actor[0].code)
    assert first["date"] == act.date


def test_threads_change_nothing(chain_table, chain_acts):
    for threads in (1, 3):
        assert lines(detente.Coder(lexicon=LEXICON, threads=threads).code_batch(chain_table)) == chain_acts


@pytest.mark.parametrize("layout", LAYOUTS)
def test_strings_of_every_layout_read_the_same(coder, chain_table, chain_acts, layout):
    def cast(column):
        if not layout.startswith("dictionary"):
            return column.cast(LAYOUTS[layout])
        return pyarrow.chunked_array([column.cast(LAYOUTS[layout].value_type).combine_chunks().dictionary_encode()])

    columns = {name: cast(chain_table[name]) for name in chain_table.column_names}
    table = pyarrow.table(columns)
    if layout == "dictionary of large":
        kind = pyarrow.dictionary(pyarrow.int8(), pyarrow.large_string())
        table = pyarrow.table({name: column.cast(kind) for name, column in columns.items()})
        assert table.schema.field("text").type == kind
    else:
        assert table.schema.field("text").type == LAYOUTS[layout]
    assert lines(coder.code_batch(table)) == chain_acts


def test_batches_readers_and_slices(coder, chain_table, chain_acts):
    small = pyarrow.Table.from_batches(chain_table.to_batches(max_chunksize=7))
    assert lines(coder.code_batch(small)) == chain_acts
    assert lines(coder.code_batch(chain_table.to_reader(5))) == chain_acts
    [batch] = chain_table.combine_chunks().to_batches()
    assert lines(coder.code_batch(batch)) == chain_acts
    rest = lines(coder.code_batch(batch.slice(3)))
    assert rest and rest == [line for line in chain_acts if not any(f'"article":"{id}"' in line for id in batch["id"][:3].to_pylist())]


def test_polars(coder, chain, chain_acts):
    acts = polars.DataFrame(coder.code_batch(polars.DataFrame(chain)))
    assert acts["json"].to_list() == chain_acts
    assert acts.schema["date"] == polars.Date


def test_pandas(coder, chain, chain_acts):
    acts = pyarrow.table(coder.code_batch(pandas.DataFrame(chain))).to_pandas()
    assert list(acts["json"]) == chain_acts
    categories = pandas.DataFrame(chain).astype({"source": "category"})
    assert lines(coder.code_batch(categories)) == chain_acts


def test_duckdb(coder, chain_table, chain_acts):
    articles = duckdb.sql("SELECT * FROM chain_table")
    acts = coder.code_batch(articles)
    counted = duckdb.sql("SELECT count(*), count(DISTINCT id) FROM acts").fetchall()
    assert counted == [(len(chain_acts), len(chain_acts))]


def test_columns_have_other_names_and_dates(coder):
    day = datetime.date(2024, 5, 6)
    text = "Norway imposed sanctions on Finland on Friday."
    table = pyarrow.table({"Nr": [7], "Content": [text], "day": [day], "more": [1.5]})
    acts = pyarrow.table(coder.code_batch(table, columns={"id": "Nr", "text": "Content", "date": "day"}))
    [act] = acts.to_pylist()
    assert (act["article"], act["date"], act["date_reported"]) == ("7", datetime.date(2024, 5, 3), day)


def test_what_is_wrong_is_said(coder):
    with pytest.raises(detente.InputError, match='no column is named text, body, event_text; the columns are "words"'):
        coder.code_batch(pyarrow.table({"words": ["a"]}))
    with pytest.raises(detente.InputError, match='the column "text" holds Int64, not strings'):
        coder.code_batch(pyarrow.table({"text": [1]}))
    with pytest.raises(detente.InputError, match='no column is named "Body"'):
        coder.code_batch(pyarrow.table({"text": ["a"]}), columns={"text": "Body"})
    with pytest.raises((TypeError, ValueError)):
        coder.code_batch(["a"])


def test_a_bad_row_is_reported_and_the_rest_coded(coder):
    text = "Norway imposed sanctions on Finland."
    table = pyarrow.table({"id": ["a", None, "c"], "text": [None, " ", text]})
    with pytest.warns(detente.InputWarning) as warned:
        acts = pyarrow.table(coder.code_batch(table))
    assert acts.column("article").to_pylist() == ["c"]
    said = [str(one.message).splitlines()[0] for one in warned]
    assert said == ["a: no article text", "row 2: no article text"]


def test_no_rows_have_the_columns_of_acts(coder, chain_table):
    empty = coder.code_batch(chain_table.slice(0, 0))
    assert len(empty) == 0
    assert empty.column_names == coder.code_batch(chain_table).column_names
    assert pyarrow.table(empty).num_rows == 0


def test_coded_articles_keep_their_columns(coder, chain_table):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        coded = pyarrow.table(coder.code_articles(chain_table))
    assert coded.drop_columns(["coded"]).equals(chain_table)
    assert coded.column("coded").null_count == 0
