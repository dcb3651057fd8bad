"""Times UDPipe 1 on the text that `detente-grammar speed` is timed on, with a model trained on EWT by a reduced recipe.

usage: python3 bench/grammar_udpipe.py EWT_TRAIN.conllu TEXT [MODEL.udpipe]

Needs the package ufal.udpipe. The model is trained (about a quarter of an hour) unless MODEL.udpipe exists; it is written there.
UDPipe's speed does not depend on how long it was trained, so the reduced recipe serves.
"""

import os
import sys
import time

from ufal.udpipe import InputFormat, Model, Pipeline, ProcessingError, Sentence, Trainer


def read(name):
    with open(name, encoding="utf-8") as lines:
        return lines.read()


def sentences(name):
    reader = InputFormat.newConlluInputFormat()
    reader.setText(read(name))
    found = []
    sentence = Sentence()
    while reader.nextSentence(sentence):
        found.append(sentence)
        sentence = Sentence()
    return found


def train(treebank, out):
    error = ProcessingError()
    model = Trainer.train(
        "morphodita_parsito",
        sentences(treebank),
        [],
        "epochs=4",
        "models=1;iterations=3",
        "iterations=4;hidden_layer=100;embedding_upostag=20;embedding_feats=20;embedding_xpostag=0;embedding_form=50;"
        "embedding_lemma=0;embedding_deprel=20;learning_rate=0.01;learning_rate_final=0.001;l2=0.5;"
        "transition_system=projective;transition_oracle=dynamic;structured_interval=0",
        error,
    )
    if error.occurred():
        sys.exit(error.message)
    with open(out, "wb") as file:
        file.write(model if isinstance(model, bytes) else model.encode("latin-1"))


def main():
    treebank, text = sys.argv[1:3]
    name = sys.argv[3] if len(sys.argv) > 3 else "ewt.udpipe"
    if not os.path.exists(name):
        begin = time.time()
        train(treebank, name)
        print(f"trained in {time.time() - begin:.0f} s")
    model = Model.load(name)
    # A sample: UDPipe is slow.
    paragraphs = "\n\n".join(read(text).splitlines()[:400])
    pipeline = Pipeline(model, "tokenize", Pipeline.DEFAULT, Pipeline.DEFAULT, "conllu")
    error = ProcessingError()
    begin = time.process_time()
    result = pipeline.process(paragraphs, error)
    seconds = time.process_time() - begin
    words = sum(line[:1].isdigit() and "-" not in line.split("\t")[0] for line in result.splitlines())
    print(f"{words} words in {seconds:.1f} s of processor time: {words / seconds:.0f} words/s from raw text")


if __name__ == "__main__":
    main()
