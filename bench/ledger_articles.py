"""Writes made-up articles for the measurements of the ledger, one JSON record a line, the same in every run.

    python3 bench/ledger_articles.py 100000 > articles.jsonl
    python3 bench/ledger_articles.py 2000 --labels origins.tsv > articles.jsonl

Of every twenty articles two are another outlet's edit of an earlier one, from a sentence moved to the text cut by
half, and one is a later story that repeats its background. --labels writes for each article the one whose text it is
an edit of: its own name where it is of nobody's.
"""

import argparse
import datetime
import json
import random

STATES = [
    ("Kenya", "Kenyan", "Nairobi"), ("Tanzania", "Tanzanian", "Dodoma"), ("Ghana", "Ghanaian", "Accra"),
    ("Togo", "Togolese", "Lome"), ("Norway", "Norwegian", "Oslo"), ("Finland", "Finnish", "Helsinki"),
    ("Peru", "Peruvian", "Lima"), ("Chile", "Chilean", "Santiago"), ("Bolivia", "Bolivian", "La Paz"),
    ("Turkey", "Turkish", "Ankara"), ("Armenia", "Armenian", "Yerevan"), ("Georgia", "Georgian", "Tbilisi"),
    ("Egypt", "Egyptian", "Cairo"), ("Sudan", "Sudanese", "Khartoum"), ("Ethiopia", "Ethiopian", "Addis Ababa"),
    ("Vietnam", "Vietnamese", "Hanoi"), ("Cambodia", "Cambodian", "Phnom Penh"), ("Thailand", "Thai", "Bangkok"),
    ("Japan", "Japanese", "Tokyo"), ("Australia", "Australian", "Canberra"), ("India", "Indian", "New Delhi"),
    ("Nepal", "Nepalese", "Kathmandu"), ("Poland", "Polish", "Warsaw"), ("Hungary", "Hungarian", "Budapest"),
]
SUBJECTS = [
    "a border treaty", "fishing rights", "the shared river", "a customs union", "a gas pipeline", "visa rules",
    "the return of prisoners", "an air corridor", "the mountain railway", "grain exports", "a free trade zone",
    "the northern crossing", "debt relief", "electricity supplies", "maritime patrols", "cattle theft",
]
LEADS = [
    "{a} and {b} held talks on {s} in {ac} on {day}.",
    "{a} suspended talks with {b} on {s} on {day}, the {aj} foreign ministry said.",
    "{a} imposed sanctions on {b} over {s} on {day}.",
    "{a} lifted its sanctions on {b} on {day} after months of argument over {s}.",
    "{a} and {b} signed an agreement on {s} in {bc} on {day}.",
    "{a} expelled two {bj} diplomats on {day} in a quarrel over {s}.",
    "{a} accused {b} on {day} of breaking its word on {s}.",
    "{a} resumed negotiations with {b} on {s} on {day}.",
    "{a} recalled its ambassador to {b} on {day} because of {s}.",
    "{a} demanded on {day} that {b} return to the negotiations on {s}.",
    "{a} sent emergency aid to {b} on {day}, putting the dispute over {s} aside.",
    "{a} rejected a {bj} proposal on {s} on {day}.",
    "{a} praised {b} on {day} for its patience over {s}.",
    "{a} sent troops to its frontier with {b} on {day} as the dispute over {s} grew.",
]
QUOTES = [
    '"We have waited {n} days for an answer from {bc}," {p}, the {aj} envoy, told reporters.',
    "{p}, an adviser to the {aj} government, said the decision had been taken after {n} hours of thought.",
    '"This is a matter of respect between neighbours," said {p}, who speaks for the {aj} foreign ministry.',
    "A {bj} official, {p}, called the step regrettable and asked for calm in a letter of {n} lines.",
    "The {bj} government said through its spokesman {p} that it would answer within {n} days.",
    "{p}, who was in the room in {ac}, described the mood of the {n} delegates as sober and practical.",
    "The {bj} foreign ministry accused {a} of acting in haste, and named {p} as the one to blame.",
]
BACKGROUND = [
    "Relations between {a} and {b} have been uneven for years, and {s} was never far from the agenda.",
    "{a} and {b} first took up {s} under earlier governments, in a memorandum of {n} pages that {p} keeps framed.",
    "Traders such as {p} say that they have learned to live with the uncertainty over {s} for {n} seasons.",
    "The two governments set up a joint commission on {s} under {p}, which has met {n} times.",
    "{p}, a farmer on the road between {ac} and {bc}, lost {n} sacks of seed and was among the first to feel it.",
    "An earlier attempt to settle {s} failed after {n} meetings when {p} would not move first.",
    "{p} of the university in {bc} puts the odds that {s} is settled before the elections at {n} in a thousand.",
    "{p} keeps a shop of {n} shelves near the market in {ac} and hopes that prices will come down again.",
    "Weather has made matters worse this season, with {n} millimetres of rain, and {p} brought the harvest in late.",
    "Parliament in {bc} is to debate {s} for {n} hours when {p}, its speaker, comes back from recess.",
]
OUTLETS = ["Morning Ledger", "Harbour Times", "Capital Wire", "Evening Post", "Provincial Gazette", "Radio Meridian"]
EXTRA = [
    "Our reporter in {bc} saw long lines of lorries at the crossing.",
    "Markets in both capitals hardly moved on the news.",
    "No date was given for a further meeting.",
    "Church bells rang in {ac} as they do every week at that hour.",
]
FIRST = ["Ada", "Bram", "Celia", "Dario", "Edda", "Filip", "Greta", "Hugo", "Ines", "Jonas", "Klara", "Leo", "Mira", "Nils"]
LAST = ["Abara", "Brandt", "Costin", "Dussel", "Ekwe", "Farkas", "Grunow", "Hollis", "Ilves", "Jurado", "Kessler", "Lund",
        "Moreau", "Nyland", "Okoro", "Pellet", "Quist", "Rusu", "Sandoz", "Tallis", "Urban", "Vasko", "Wendt", "Zeller"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def story(rng, date):
    a, b = rng.sample(STATES, 2)
    subject = rng.choice(SUBJECTS)
    words = dict(a=a[0], aj=a[1], ac=a[2], b=b[0], bj=b[1], bc=b[2], s=subject, day=DAYS[date.weekday()])
    sentences = [rng.choice(LEADS)] + rng.sample(QUOTES, 2) + rng.sample(BACKGROUND, 4)
    closing = "The file on {s} now fills {n} pages, {p} of the archive in {ac} said."
    return words, [filled(rng, words, s) for s in sentences + [closing]]


def filled(rng, words, sentence):
    person = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    return sentence.format(**words, p=person, n=rng.randrange(3, 1000))


def edited(rng, words, sentences):
    """The same text as another desk runs it: cut, moved, with a sentence of its own."""
    out = list(sentences)
    if rng.random() < 0.7:
        del out[-1]
    if rng.random() < 0.2:
        del out[rng.randrange(4, len(out)):]
    if rng.random() < 0.5:
        out.insert(rng.randrange(2, len(out)), rng.choice(EXTRA).format(**words))
    if rng.random() < 0.4:
        out[0] = out[0].replace(" on " + words["day"], "", 1)
    if rng.random() < 0.4:
        out[1], out[2] = out[2], out[1]
    return out


def later(rng, words, sentences):
    """Another story of the same matter: new lead and voices, the old background."""
    lead, *quotes = [filled(rng, words, s) for s in [rng.choice(LEADS)] + rng.sample(QUOTES, 3)]
    return [lead] + quotes + sentences[3:5] + [rng.choice(EXTRA).format(**words)]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("count", type=int)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--labels")
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    first = datetime.date(2014, 1, 1)
    recent, labels = [], []
    for number in range(options.count):
        date = first + datetime.timedelta(days=number * 3650 // options.count)
        name = f"m{options.seed}-{number:06d}"
        turn = number % 20
        if turn in (7, 13) and recent:
            origin, words, sentences = rng.choice(recent)
            text = edited(rng, words, sentences)
            labels.append((name, origin))
        elif turn == 17 and recent:
            _, words, sentences = rng.choice(recent)
            text = later(rng, dict(words, day=DAYS[date.weekday()]), sentences)
            labels.append((name, name))
        else:
            words, text = story(rng, date)
            recent = (recent + [(name, words, text)])[-8:]
            labels.append((name, name))
        record = {
            "id": name, "title": text[0].rstrip("."), "date": date.isoformat(), "source": rng.choice(OUTLETS),
            "text": "\n\n".join([" ".join(text[:3]), " ".join(text[3:])]),
        }
        print(json.dumps(record))
    if options.labels:
        with open(options.labels, "w") as out:
            out.writelines(f"{name}\t{origin}\n" for name, origin in labels)


main()
