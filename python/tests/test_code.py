"""One text: its acts, what is said of it, what is wrong with it."""

import datetime
import json
import pickle
import threading
import time

import detente
import pyarrow
import pytest
from conftest import LEXICON

GERMAN = (
    "Die Minister beider Staaten trafen sich am Montag in der Hauptstadt und wollen sich im Frühjahr wieder treffen, "
    "hieß es."
)
TEXT = "Norway imposed sanctions on Finland on Friday. Finland called the step unfriendly."


def test_acts_are_the_programs(program, tmp_path):
    article = {"id": "a", "date": "2024-05-06", "title": "Oslo strikes", "source": "Wire", "text": TEXT}
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(article))
    lines = program("code", file).stdout.splitlines()
    acts = detente.code(TEXT, "2024-05-06", id="a", title="Oslo strikes", source="Wire")
    assert len(acts) >= 2
    assert [act.to_json() for act in acts] == lines
    assert [act.to_dict() for act in acts] == [json.loads(line) for line in lines]


def test_an_act_is_an_object():
    act = detente.code(TEXT, datetime.date(2024, 5, 6))[0]
    assert (act.type, act.actors, act.recipients) == ("SANCTION", ["NOR"], ["FIN"])
    assert act.date == datetime.date(2024, 5, 3)
    party = act.actor[0]
    assert TEXT[party.start : party.end] == party.entity_text == "Norway"
    assert TEXT[act.text_info.start : act.text_info.end] == "Norway imposed sanctions on Finland on Friday."
    assert pickle.loads(pickle.dumps(act)) == act
    with pytest.raises(AttributeError):
        act.type = "AID"


def test_an_article_without_a_name_is_called_by_its_words():
    one, same, other = detente.code(TEXT)[0], detente.code(TEXT)[0], detente.code("On Monday " + TEXT)[0]
    assert one.article == same.article != other.article


def test_a_lexicon_is_laid_over(coder):
    text = "Kestria imposed sanctions on Orsenia."
    assert [act.actors for act in coder.code(text)] == [["QKE"]]
    assert [act.actors for act in detente.code(text, lexicon=LEXICON)] == [["QKE"]]
    assert all(act.actors == [] for act in detente.code(text))


def test_a_wrong_lexicon_is_an_error(tmp_path, program):
    (tmp_path / "acts").mkdir()
    (tmp_path / "acts" / "wrong.txt").write_text("## NO SUCH TYPE\nRuritania sues Freedonia.\n")
    with pytest.raises(detente.LexiconError) as raised:
        detente.Coder(lexicon=tmp_path)
    article = tmp_path / "a.txt"
    article.write_text(TEXT)
    said = program("code", article, "--lexicon", tmp_path, check=False).stderr
    assert said.startswith(f"detente: {raised.value}")


def test_what_is_to_be_said_is_a_warning():
    with pytest.warns(detente.InputWarning, match="a: in German, not coded\n  hint: only English is coded"):
        assert detente.code(GERMAN, id="a") == []
    with pytest.warns(detente.InputWarning, match='the date "soon" is not understood'):
        detente.code(TEXT, date="soon")


def test_no_text_is_an_error():
    with pytest.raises(detente.InputError, match="no article text"):
        detente.code(" \n")
    with pytest.raises(detente.InputError, match="threads must be between 1 and 1024"):
        detente.Coder(threads=0)


def test_the_interpreter_is_free_while_articles_are_coded(chain_table):
    """Another thread is never kept waiting for as long as half of the call."""
    coder, big = detente.Coder(lexicon=LEXICON, threads=1), pyarrow.concat_tables([chain_table] * 20)
    stamps, is_done = [], threading.Event()

    def stamp():
        while not is_done.is_set():
            stamps.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=stamp)
    thread.start()
    try:
        start = time.perf_counter()
        coder.code_batch(big)
        end = time.perf_counter()
    finally:
        is_done.set()
        thread.join()
    within = [start, *(at for at in stamps if start < at < end), end]
    assert max(later - sooner for sooner, later in zip(within, within[1:])) < (end - start) / 2


def test_many_threads_share_a_coder(coder):
    wanted, found = coder.code(TEXT), []
    threads = [threading.Thread(target=lambda: found.append(coder.code(TEXT))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 8
