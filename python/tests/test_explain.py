"""Explanations: the program's words, a tree, a drawing."""

import json
import xml.etree.ElementTree

import detente
import pytest
from conftest import ROOT

SENTENCE = "Norway & Finland didn't sign the treaty, <b>Sweden's</b> minister said."


def test_the_text_is_the_programs(program):
    explanation = detente.explain(SENTENCE, "2024-05-03")
    assert str(explanation) == program("explain", SENTENCE, "--date", "2024-05-03").stdout
    assert explanation.acts and explanation.acts[0].factuality == "denied"


def test_the_tree_is_whole():
    [reading] = detente.explain("Norway imposed sanctions on Finland.").readings
    heads = [word["head"] for word in reading["words"]]
    assert heads.count(0) == 1
    for number in range(1, len(heads) + 1):
        seen = set()
        while number:
            assert number not in seen
            seen.add(number)
            number = heads[number - 1]


def test_it_draws_itself():
    drawn = detente.explain(SENTENCE)._repr_html_()
    # What stands in the sentence is words, never markup.
    root = xml.etree.ElementTree.fromstring(drawn)
    assert not root.findall(".//b[.=\"Sweden's\"]")
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Norway", "sign", "nsubj"} <= texts
    coloured = "".join(element.text or "" for element in root.iter("span"))
    assert "sign" in coloured and "Norway" in coloured
    nothing = detente.explain("It rained.")._repr_html_()
    assert "Acts\n  none" in nothing


def test_an_empty_sentence_is_an_error():
    with pytest.raises(detente.InputError, match="the sentence is empty"):
        detente.explain(" ")


def test_score_is_the_programs(program, tmp_path):
    data = ROOT / "crates" / "detente" / "tests" / "data"
    wanted = json.loads(program("score", data / "gold.jsonl", data / "week.jsonl", "--format", "json").stdout)
    assert detente.score(data / "gold.jsonl", data / "week.jsonl") == wanted
    (tmp_path / "none.jsonl").write_text("")
    with pytest.warns(detente.InputWarning, match="its text is not there\n  hint: name the file"):
        assert detente.score(data / "gold.jsonl", tmp_path / "none.jsonl") != wanted
    with pytest.raises(detente.InputError, match="cannot be read"):
        detente.score(tmp_path / "gold.jsonl")
