"""Called by bench/compare.sh: compares Detente, UDPipe 1 and spaCy on the same articles.

usage: bench/compare.py METER NEWS.jsonl [MODEL.udpipe]
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from speed import ROUNDS, processor_seconds, records, start_seconds

METER, NEWS, MODEL = (sys.argv[1:] + [""])[:3]

# Sentences a second as their authors or users published them, on machines of their time.
PUBLISHED = [
    ("PETRARCH, from trees to events, parsing aside", "150-250"),
    ("Stanford CoreNLP, tags and trees alone", "2-5"),
]


def timed(work):
    begun = time.process_time()
    words = work()
    return time.process_time() - begun, words


def udpipe(text):
    from ufal.udpipe import Model, Pipeline, ProcessingError

    model = Model.load(MODEL)
    pipeline = Pipeline(model, "tokenize", Pipeline.DEFAULT, Pipeline.DEFAULT, "conllu")

    def work():
        error = ProcessingError()
        out = pipeline.process("\n\n".join(text), error)
        return sum(line[:1].isdigit() for line in out.splitlines())

    # The pipeline knows the model's address alone.
    work.model = model
    return work


def spacy(text):
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    nlp = spacy.blank("en")
    nlp.max_length = 10**9
    tagger, parser = nlp.add_pipe("tagger"), nlp.add_pipe("parser")
    words = ["Norway", "imposed", "sanctions", "on", "Finland", "."]
    tags = ["NNP", "VBD", "NNS", "IN", "NNP", "."]
    heads, deps = [1, 1, 1, 4, 1, 1], ["nsubj", "ROOT", "obj", "case", "obl", "punct"]
    example = Example(Doc(nlp.vocab, words), Doc(nlp.vocab, words, tags=tags, heads=heads, deps=deps))
    for tag in "CC CD DT JJ JJR JJS MD NN PRP PRP$ RB TO VB VBG VBN VBP VBZ WDT WP WRB , : `` ''".split():
        tagger.add_label(tag)
    for dep in "acl advcl advmod amod appos aux cc ccomp compound conj cop det iobj mark nmod nummod xcomp".split():
        parser.add_label(dep)
    nlp.initialize(lambda: [example])
    return lambda: sum(len(doc) for doc in nlp.pipe(text, batch_size=64))


def main():
    articles = records([NEWS])
    text = [part for article in articles for part in article["text"].split("\n") if part.strip()]
    with tempfile.TemporaryDirectory() as folder:
        start = start_seconds(METER, Path(folder))
    engines = {}
    if MODEL:
        engines["UDPipe 1, tags and trees alone"] = udpipe(text)
    engines["spaCy, a small tagger and parser of random weights, tags and trees alone"] = spacy(text)
    seconds = {name: [] for name in ["Detente, raw text to acts", *engines]}
    words = {}
    for _ in range(ROUNDS):
        took, _, told = processor_seconds([METER, NEWS])
        seconds["Detente, raw text to acts"].append(took - start)
        for name, work in engines.items():
            took, words[name] = timed(work)
            seconds[name].append(took)
    told = json.loads(told)
    sentences = told["sentences"]
    print(f"{len(articles)} articles, {sentences} sentences, {told['words'] / sentences:.1f} words each; "
          f"Detente parses {100 * told['parsed'] / sentences:.0f} % of them")
    fastest = statistics.median(seconds["Detente, raw text to acts"])
    for name, took in seconds.items():
        took = statistics.median(took)
        times = "" if name.startswith("Detente") else f"; Detente is {took / fastest:.1f} times as fast"
        print(f"{name}: {sentences / took:,.0f} sentences/s of a processor{times}")
    for name, rate in PUBLISHED:
        print(f"{name}: {rate} sentences/s, as published")


if __name__ == "__main__":
    main()
