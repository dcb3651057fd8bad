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
    '"We have waited long enough for an answer from {bc}," the {aj} foreign minister told reporters.',
    "The {aj} foreign minister said the decision had been taken after long thought in {ac}.",
    '"This is a matter of respect between neighbours," a spokesman for the {aj} government said.',
    "A {bj} official in {bc} called the step regrettable and asked for calm.",
    "The {bj} government said that it would answer in its own time.",
    "Officials in {ac} described the mood in the room as sober and practical.",
    "The {bj} foreign ministry accused {a} of acting in haste.",
]
BACKGROUND = [
    "Relations between {a} and {b} have been uneven for years, and {s} was never far from the agenda.",
    "{a} and {b} first took up {s} under earlier governments, without much to show for it.",
    "Traders on both sides say that they have learned to live with the uncertainty over {s}.",
    "The two governments set up a joint commission on {s}, which has met only twice.",
    "Farmers along the road between {ac} and {bc} were among the first to feel the effects.",
    "An earlier attempt to settle {s} failed when neither side would move first.",
    "Analysts at the university in {bc} doubt that {s} can be settled before the next elections.",
    "Shopkeepers near the market in {ac} said they hoped that prices would come down again.",
    "Weather has made matters worse this season, and the harvest came in late.",
    "Parliament in {bc} is to debate {s} when it comes back from its recess.",
]
OUTLETS = ["Morning Ledger", "Harbour Times", "Capital Wire", "Evening Post", "Provincial Gazette", "Radio Meridian"]
EXTRA = [
    "Our reporter in {bc} saw long lines of lorries at the crossing.",
    "Markets in both capitals hardly moved on the news.",
    "No date was given for a further meeting.",
    "Church bells rang in {ac} as they do every week at that hour.",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def story(rng, date):
    a, b = rng.sample(STATES, 2)
    subject = rng.choice(SUBJECTS)
    words = dict(a=a[0], aj=a[1], ac=a[2], b=b[0], bj=b[1], bc=b[2], s=subject, day=DAYS[date.weekday()])
    lead = rng.choice(LEADS)
    sentences = [lead] + rng.sample(QUOTES, 2) + rng.sample(BACKGROUND, 4)
    number = rng.randrange(10_000)
    closing = f"The file on {subject} now fills {number} pages, an archivist in {a[2]} said."
    return words, [s.format(**words) for s in sentences] + [closing]


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
    lead, *quotes = [s.format(**words) for s in [rng.choice(LEADS)] + rng.sample(QUOTES, 3)]
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
