#!/bin/sh
# Scores the coder against gold files and writes docs/accuracy.md.
#
# usage: bench/accuracy.sh [FOLDER [PROGRAM]]
#
# FOLDER holds sentences.jsonl (sentences with the spans of an actor and a recipient and the type of the act) and gold.jsonl with
# articles.jsonl (articles with their acts and affairs); they are not part of this repository. Without the folder nothing is done.
# PROGRAM is a `detente` that is scored as it is; without it a release build is made.
set -eu
cd "$(dirname "$0")/.."

folder=${1:-../shared/data/gold}
if [ ! -d "$folder" ]; then
    echo "bench/accuracy.sh: no folder $folder; docs/accuracy.md is left as it is"
    exit 0
fi
if [ $# -ge 2 ]; then
    program=$2
else
    cargo build --release --quiet --package detente
    program=${CARGO_TARGET_DIR:-target}/release/detente
fi
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

for part in d e; do
    grep "\"id\": \"$part" bench/own_sentences.jsonl > "$work/own_$part.jsonl"
done

for file in sentences gold own_sentences own_d own_e own_articles own_demanding own_passages own_leads own_formats own_history own_affairs; do
    for half in all even odd; do
        case $file in
        own_?) set -- score "$work/$file.jsonl" ;;
        own_*) set -- score "bench/$file.jsonl" ;;
        *) set -- score "$folder/$file.jsonl" ;;
        esac
        [ "$half" = all ] || set -- "$@" --half "$half"
        "$program" "$@" > "$work/$file.$half.txt"
        "$program" "$@" --format json > "$work/$file.$half.json"
    done
done

python3 - "$work" "$("$program" --version)" "$(date -u +%F)" > "$work/page.md" <<'PYTHON'
import json, sys

work, version, day = sys.argv[1:]
HALVES = ["odd", "even", "all"]


def load(file):
    return {half: json.load(open(f"{work}/{file}.{half}.json", encoding="utf-8")) for half in HALVES}


def text(file, half):
    return open(f"{work}/{file}.{half}.txt", encoding="utf-8").read().rstrip("\n")


def of_acts(title, records, scores, *more):
    """The rows of a set of records with all their acts; `more` are rows before the last."""
    return [
        (f"**{title}**, acts", None, None, None),
        (f"(actor, type, recipient): F1, mean of micro and {records}", scores, lambda s: s["balanced_f1"], None),
        ("the same: precision", scores, lambda s: s["acts"]["precision"], None),
        ("the same: recall", scores, lambda s: s["acts"]["recall"], None),
        ("(actor, recipient): F1", scores, lambda s: s["pairs"]["f1"], None),
        *more,
        ("acts invented in texts without any", scores, lambda s: s["invented_there"], None),
    ]


sentences, articles = load("sentences"), load("gold")
own, usual, older = load("own_sentences"), load("own_d"), load("own_e")
news, demanding, history = load("own_articles"), load("own_demanding"), load("own_history")
passages, leads, formats = load("own_passages"), load("own_leads"), load("own_formats")
matters = load("own_affairs")
MEASURES = [
    ("**Sentences**", None, None, None),
    ("right type, of all pairs", sentences, lambda s: s["right"]["share"], (0.60, 0.76)),
    ("right type, of the pairs found", sentences, lambda s: s["right_of_found"]["share"], (0.80, 0.88)),
    ("pairs found", sentences, lambda s: s["found"]["share"], None),
    ("right quad class, of the pairs found", sentences, lambda s: s["quad_of_found"]["share"], None),
    ("**Sentences of our own**", None, None, None),
    ("(actor, type, recipient): F1", own, lambda s: s["acts"]["f1"], None),
    ("the same: precision", own, lambda s: s["acts"]["precision"], None),
    ("the same: recall", own, lambda s: s["acts"]["recall"], None),
    ("a usual day of an agency: F1", usual, lambda s: s["acts"]["f1"], None),
    ("years 2000 to 2012: F1", older, lambda s: s["acts"]["f1"], None),
    ("**Articles of our own**, acts", None, None, None),
    ("(actor, type, recipient): F1, mean of micro and articles", news, lambda s: s["balanced_f1"], None),
    ("the same: precision", news, lambda s: s["acts"]["precision"], None),
    ("the same: recall", news, lambda s: s["acts"]["recall"], None),
    ("factuality right", news, lambda s: s["factuality"]["share"], None),
    ("the same, of acts that are not actual", news, lambda s: s["factuality_not_actual"]["share"], None),
    ("new or background right", news, lambda s: s["epoch"]["share"], None),
    ("the same, of background acts", news, lambda s: s["epoch_background"]["share"], None),
    ("acts invented in texts without any", news, lambda s: s["invented_there"], None),
    *of_acts("Demanding articles of our own", "articles", demanding),
    *of_acts("Passages of our own", "passages", passages, ("new or background right", passages, lambda s: s["epoch"]["share"], None)),
    *of_acts("Leads of our own", "passages", leads),
    *of_acts("Other formats of our own", "texts", formats),
    ("**News and history of our own**", None, None, None),
    ("new or background right", history, lambda s: s["epoch"]["share"], None),
    ("the same, of background acts", history, lambda s: s["epoch_background"]["share"], None),
    ("**Articles**, acts", None, None, None),
    ("(actor, type, recipient): F1, mean of micro and articles", articles, lambda s: s["balanced_f1"], (0.60, 0.75)),
    ("the same: precision", articles, lambda s: s["acts"]["precision"], (0.70, None)),
    ("the same: recall", articles, lambda s: s["acts"]["recall"], None),
    ("(actor, recipient): F1", articles, lambda s: s["pairs"]["f1"], None),
    ("factuality right", articles, lambda s: s["factuality"]["share"], (0.92, 0.96)),
    ("the same, of acts that are not actual", articles, lambda s: s["factuality_not_actual"]["share"], (0.60, 0.85)),
    ("new or background right", articles, lambda s: s["epoch"]["share"], (0.92, 0.96)),
    ("the same, of background acts", articles, lambda s: s["epoch_background"]["share"], (0.60, 0.85)),
    ("acts invented in texts without any", articles, lambda s: s["invented_there"], (1, 0)),
    ("**Articles**, affairs", None, None, None),
    ("(kind, parties): F1", articles, lambda s: s["affairs"]["affairs"]["f1"], (0.55, 0.75)),
    ("state right where matched", articles, lambda s: s["affairs"]["state"]["share"], (0.75, 0.90)),
    ("**Articles of our own**, affairs", None, None, None),
    ("(kind, parties): F1", matters, lambda s: s["affairs"]["affairs"]["f1"], None),
    ("the same: precision", matters, lambda s: s["affairs"]["affairs"]["precision"], None),
    ("the same: recall", matters, lambda s: s["affairs"]["affairs"]["recall"], None),
    ("state right where matched", matters, lambda s: s["affairs"]["state"]["share"], None),
]


def write(value):
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"


def aim(value):
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:.2f}"


print(f"""# Accuracy

Written by `bench/accuracy.sh` on {day} with {version}, from `detente score sentences.jsonl` and `detente score gold.jsonl`, each with
`--half odd`, `--half even` and neither. The gold files are not part of the repository.

- **Sentences**: {sentences['all']['found']['of']:,} sentences of news, each with an actor and a recipient marked and the PLOVER type of what one does to the other.
  A pair is found when an act has its two sides where they are marked.
- **Sentences of our own**: {own['all']['acts']['gold']} sentences of `bench/own_sentences.jsonl`, each with one main act between two states, written for this test by writers who
  knew the ontology and not the coder. What was wrong of the first 130 was looked at since, and of twelve more; the last 260 (a usual day, 2000 to 2012) were scored and not looked at.
- **Articles of our own**: {news['all']['articles']} articles of `bench/own_articles.jsonl` with all acts between states and organisations, written and annotated in the same
  manner by one writer each. What is missing in the first thirty (`f`) was looked at since; the next thirty (`g`) were scored and not looked at; the last 24 (`u`: encyclopaedic news, agencies, releases) were not when they were first scored (0.643), and have been since.
- **Demanding articles of our own**: {demanding['all']['articles']} articles of `bench/own_demanding.jsonl`, written and annotated in the same manner by four writers who were asked for the clutter of real news: who acts is often named sentences
  before, meetings of *both* and *the two* count for each pair, verbs are seldom the usual ones, and every act that could be meant is listed. What is missing in `o`, `p` and `r` was looked at since; `q` was scored and not looked at.
- **Passages of our own**: {passages['all']['articles']} passages of one to five sentences of `bench/own_passages.jsonl`, written and annotated in the same manner by eight writers who were asked for the press's own turns of
  phrase, no two passages alike: conflict, diplomacy, sanctions, back references, history, denials and plans, releases, and look-alikes without acts. What is wrong in the even half was looked at since; the odd half was scored and not looked at.
- **Leads of our own**: {leads['all']['articles']} leads and short reports of `bench/own_leads.jsonl`, as agencies file them on a usual day, written and annotated in the same manner by four writers. What is wrong in the even half (conflict;
  economy) was looked at since; the odd half (diplomacy; reports of three to five sentences) was scored and not looked at.
- **Other formats of our own**: {formats['all']['articles']} texts of `bench/own_formats.jsonl`, twelve each of running accounts, chronologies, transcripts, posts and newsletters, state agencies, documents of organisations, alerts and
  round-ups, the trade press, regional papers, analyses, communiqués and inside pages, written and annotated in the same manner by six writers, who listed all that could be meant. What is wrong in the even half was looked at since; the odd half was scored and not looked at (F1 0.315 at first).
- **News and history of our own**: {history['all']['articles']} articles of `bench/own_history.jsonl`, each with news and with acts recalled beside it. Not every act of them is listed, so only
  epochs are scored. The acts whose epoch was wrong were looked at once: before, of those recalled 0.685 were told as such (50 of 73).
- **Affairs of our own**: {matters['all']['articles']} articles of `bench/own_affairs.jsonl` with all affairs that they tell of, news or background, in whatever words: {matters['all']['affairs']['affairs']['gold']}, six an article,
  written and annotated in the same manner by six writers. What is missing in the even half was looked at since; the odd half was scored and not looked at.
- **Articles**: {articles['all']['articles']} articles with all acts between states and organisations, and the affairs in which these stand, annotated twice.
  The two annotations agree at F1 0.93 on acts; what only one of them holds counts neither way. Both were made in
  the same manner, so that figure is no human ceiling.

Records count from 0. The even half was looked at while rules were written and models were made; of the odd half about twenty sentences in a first look, some wrong acts of articles, the gold acts of its articles, listed once by mistake, and the scores, which also helped to choose the models' thresholds. **Odd is the more honest column, but no untouched one**; one article of the even half was a requirement to be met.
No sentence of either is in the lexicon, and nothing is trained on them.

## Against the aims

| figure | odd | even | all | at least | aim | odd half |
|---|---|---|---|---|---|---|""")
short = []
for name, scores, read, aims in MEASURES:
    if scores is None:
        print(f"| {name} | | | | | | |")
        continue
    values = [read(scores[half]) for half in HALVES]
    least, best = aims or (None, None)
    honest, verdict = values[0], ""
    if aims and honest is None:
        verdict = "nothing to count"
    elif aims:
        fewer = isinstance(honest, int)
        reaches = lambda bound: bound is not None and (honest <= bound if fewer else honest >= bound)
        verdict = "aim" if reaches(best) else "enough" if reaches(least) else "**falls short**"
    if verdict == "**falls short**":
        short.append(f"{name} ({write(honest)}, at least {aim(least)})")
    print(f"| {name} | {' | '.join(map(write, values))} | {aim(least)} | {aim(best)} | {verdict} |")

if short:
    print("\nOn the odd half these fall short: " + "; ".join(short) + ".")
counts = articles["odd"]
print(f"""
Some shares rest on few acts: on the odd half, {counts['factuality_not_actual']['of']} matched acts are not actual and {counts['epoch_background']['of']} are background, and
{counts['affairs']['state']['of']} affairs are matched.
""")
for title, file in [("Sentences", "sentences"), ("Articles", "gold")]:
    for half, name in [("odd", "odd half"), ("all", "all")]:
        print(f"## {title}, {name}\n\n```\n{text(file, half)}\n```\n")
PYTHON
sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' "$work/page.md" > docs/accuracy.md
echo "docs/accuracy.md"
