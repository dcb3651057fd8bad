"""Explanations: the program's words, a tree, a drawing."""

import json
import xml.etree.ElementTree

import detente
import pytest

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
    gold = tmp_path / "gold.jsonl"
    article = {"id": "a", "text": "Norway imposed sanctions on Finland."}
    [act] = detente.code(article["text"], id="a")
    gold.write_text(json.dumps({"id": "a", "acts": [act.to_dict()], "affairs": []}) + "\n" + json.dumps({"id": "b", "acts": [], "affairs": []}))
    (tmp_path / "articles.jsonl").write_text(json.dumps(article))
    with pytest.warns(detente.InputWarning, match="b: its text is not there"):
        found = detente.score(gold)
    wanted = program("score", gold, "--format", "json", check=False).stdout
    assert found == json.loads(wanted)
    with pytest.raises(detente.InputError, match="cannot be read"):
        detente.score(tmp_path / "none.jsonl")
