#!/usr/bin/env python3
"""Checks the offices of the lexicon, and compares them with the reference files.

    python3 bench/offices.py [--reference DIR] [--offices DIR] [--states FILE] [--gaps]

Always: counts by level and basis; terms that overlap, end before they start or cannot be read, holders without
an end, a "known" date that is not the last; with --gaps also the spells without a holder.

Where the folder ../shared/data/reference exists: every leader of leaders_1950_2021.csv whose term reaches 1990, every
head of leaders_2022_10.csv, and every head of leaders_2026_08.json must be a holder of an office of that state at that
time. Every difference is a line; totals close each section. The exit status is 1 when a term is wrong in itself;
differences from the reference files, which contradict one another, do not fail.
"""

import argparse
import csv
import json
import pathlib
import re
import signal
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOP_LEVELS = {"head-of-state", "head-of-government", "supreme-leader", "party-leader", "governor-general"}
PLAIN = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ı": "i", "ß": "ss", "æ": "ae",
                       "ð": "d", "þ": "th", "Þ": "Th", "ə": "a", "Ə": "A", "ʻ": "", "ʼ": "", "š": "s", "'": "", "`": ""})
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
# States whose name in a reference file is not one of their names in the lexicon.
NAMES_2022 = {
    "Congo–Brazzaville (Republic of the Congo)": "COG", "Congo–Kinshasa (Democratic Republic of the Congo)": "COD",
    "Sahrawi Arab Democratic Republic": "ESH", "China (People's Republic of China)": "CHN", "Artsakh": "XNK",
    "North Korea (Democratic People's Republic of Korea)": "PRK", "South Korea (Republic of Korea)": "KOR",
    "Taiwan (Republic of China)": "TWN", "The Gambia": "GMB", "The Bahamas": "BHS", "Northern Cyprus": "XNC",
}
NAMES_2026 = {"uk": "GBR", "usa": "USA", "european_union": "EUR", "african_union": "AFU"}
# Labels of the 2022 file that stand for no one: an office in place of a person.
NO_PERSON = {"Pope", "Prime Minister of the United Arab Emirates"}
# Offices the 2022 file lists that are none of the state's: bodies abroad, and heads that rivals of the state name.
NOT_OF_STATE = {"Special Representative of the Secretary-General for Kosovo", "President of the Syrian National Coalition",
                "Prime Minister of the Syrian National Coalition", "Syrian Salvation Government"}


@dataclass
class Holder:
    name: str
    also: list
    start: str
    end: str
    known: bool
    basis: str

    def names(self):
        return [self.name, *self.also]


@dataclass
class Office:
    code: str
    title: str
    place: str
    level: list = field(default_factory=list)
    titles: list = field(default_factory=list)
    sector: str = ""
    holders: list = field(default_factory=list)


def read_offices(folder):
    """Reads every file of the folder; returns the offices by state, and what is wrong with lines."""
    offices, wrong = {}, []
    for path in sorted(folder.glob("*.txt")):
        office = None
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            place = f"{path.name}:{number}"
            if not line.strip() or line.startswith("#"):
                continue
            if not line.startswith(" "):
                code, _, title = line.partition("  ")
                office = Office(code, title.strip(), place)
                offices.setdefault(code, []).append(office)
                if code != path.stem:
                    wrong.append(f"{place}: {code} in the file of {path.stem}")
                continue
            key, _, value = line.strip().partition(": ")
            if office is None:
                wrong.append(f"{place}: a field before any office")
            elif key == "holder":
                holder = read_holder(value)
                if holder is None:
                    wrong.append(f"{place}: cannot read holder {value!r}")
                else:
                    office.holders.append(holder)
            elif key in ("level", "titles"):
                getattr(office, key).extend(v.strip() for v in value.split(";"))
            elif key == "sector":
                office.sector = value
            else:
                wrong.append(f"{place}: unknown field {key!r}")
    return offices, wrong


def read_holder(value):
    parts = [p.strip() for p in value.split("|")]
    if len(parts) != 4 or parts[3] not in ("reference", "corpus", "memory"):
        return None
    name, also = parts[0], []
    match = re.match(r"(.*?) \(also: (.*)\)$", name)
    if match:
        name, also = match.group(1), [a.strip() for a in match.group(2).split(";")]
    known = parts[2].startswith("known ")
    end = parts[2].removeprefix("known ")
    if not name or not DATE.match(parts[1]) or not DATE.match(end):
        return None
    return Holder(name, also, parts[1], end, known, parts[3])


def before(a, b):
    """Whether date a lies before date b, as far as the less precise of them tells."""
    shared = min(len(a), len(b))
    return a[:shared] < b[:shared]


def months(date, last=False):
    year = int(date[:4])
    month = int(date[5:7]) if len(date) > 4 else (12 if last else 1)
    return year * 12 + month - 1


def words(name):
    name = re.sub(r"\(.*?\)", " ", name)
    name = re.sub(r"([a-z])([A-Z])", r"\1 \2", name).translate(PLAIN)
    name = unicodedata.normalize("NFD", name)
    name = "".join(c for c in name if not unicodedata.combining(c)).lower()
    parts = re.sub(r"[^a-z]", " ", name).split()
    return {p for p in parts if len(p) > 2 and p not in {"the", "ibn", "bin", "king", "prince", "acting", "sheikh", "von", "der"}}


def alike(a, b):
    """Whether two names share a word, spelled the same or nearly so."""
    return any(x == y or near(x, y) for x in words(a) for y in words(b))


def near(a, b):
    if a[0] != b[0] or abs(len(a) - len(b)) > 2 or min(len(a), len(b)) < 4:
        return False
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1] <= (1 if min(len(a), len(b)) < 7 else 2)


def check_terms(offices, gaps):
    """Returns the lines about terms that are wrong in themselves, and those about gaps."""
    wrong, empty = [], []
    for office in (o for group in offices.values() for o in group):
        where = f"{office.place} {office.code} {office.title}"
        if not office.titles or not office.sector or not office.level:
            wrong.append(f"{where}: no titles, sector or level")
        if not office.holders:
            wrong.append(f"{where}: no holder")
        for i, holder in enumerate(office.holders):
            if before(holder.end, holder.start):
                wrong.append(f"{where}: {holder.name} ends {holder.end} before {holder.start}")
            if i + 1 == len(office.holders):
                continue
            following = office.holders[i + 1]
            if holder.known:
                wrong.append(f"{where}: {holder.name} known {holder.end}, but {following.name} follows")
            if before(following.start, holder.end):
                wrong.append(f"{where}: {holder.name} to {holder.end} overlaps {following.name} from {following.start}")
            space = months(following.start) - months(holder.end, last=True)
            if space >= 2:
                empty.append(f"{where}: {space} months between {holder.name} {holder.end} and {following.name} {following.start}")
    return wrong, empty if gaps else [f"({len(empty)}: list them with --gaps)"] if empty else []


def read_states(path):
    """Returns the code of each Correlates of War number and of each name; a number may have had several states."""
    by_number, by_name, code = {}, {}, None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            code, _, title = line.partition("  ")
            by_name[title.strip().lower()] = code
        key, _, value = line.strip().partition(": ")
        if key == "names":
            for name in value.split(";"):
                by_name.setdefault(name.strip().lower(), code)
        elif key in ("cow", "gw") and code:
            by_number.setdefault(int(value.split()[0]), set()).add(code)
    return by_number, by_name


def heads(offices, codes):
    for code in codes:
        for office in offices.get(code, []):
            if TOP_LEVELS & set(office.level):
                yield office


def find(offices, codes, name, first, last, everywhere=False):
    """Holders of a top office alike in name whose term meets the months first to last."""
    pool = (o for c in codes for o in offices.get(c, [])) if everywhere else heads(offices, codes)
    found = []
    for office in pool:
        for holder in office.holders:
            # A "known" term has no end that contradicts a later sighting.
            end = last if holder.known else months(holder.end, last=True)
            if months(holder.start) <= last and end >= first and any(alike(n, name) for n in holder.names()):
                found.append((office, holder))
    return found


def compare_1950_2021(offices, path, by_number):
    lines, seen = [], Counter()
    for row in csv.DictReader(path.open(encoding="utf-8", errors="replace")):
        if not row["syear"] or (row["eyear"] and int(row["eyear"]) < 1990):
            continue
        seen["rows"] += 1
        number = int(row["ccode"])
        codes = by_number.get(number, set()) | ({"SRB"} if number == 345 else set())
        first = int(row["syear"]) * 12 + int(row["smonth"]) - 1
        last = int(row["eyear"]) * 12 + int(row["emonth"]) - 1 if row["eyear"] else 2021 * 12 + 2
        term = f"{row['syear']}-{int(row['smonth']):02}.." + (f"{row['eyear']}-{int(row['emonth']):02}" if row["eyear"] else "")
        where = f"{row['stateabb']} {row['leader']} {term}"
        found = find(offices, codes, row["leader"], max(first, 1990 * 12), last)
        if not found:
            seen["missing"] += 1
            lines.append(f"missing: {where}")
            continue
        seen["found"] += 1
        exact = [h for _, h in found if abs(months(h.start) - first) <= 1]
        if not exact:
            seen["start differs"] += 1
            best = min(found, key=lambda f: abs(months(f[1].start) - first))
            lines.append(f"start differs: {where}; {best[0].title}: {best[1].name} {best[1].start}..{best[1].end}")
    return lines, seen


def compare_2022(offices, path, by_name):
    lines, seen = [], Counter()
    for row in csv.DictReader(path.open(encoding="utf-8")):
        if row["positionlabel"] in NOT_OF_STATE or row["officeholderlabel"] in NO_PERSON:
            seen["not compared"] += 1
            continue
        seen["rows"] += 1
        country = row["country"]
        code = NAMES_2022.get(country) or by_name.get(country.lower()) or by_name.get(country.lower().removeprefix("the "))
        where = f"{country}: {row['positionlabel']}: {row['officeholderlabel']} {row['start_year']}..{row['end_year']}"
        if not code:
            seen["no such state"] += 1
            lines.append(f"no such state: {where}")
            continue
        first = int(row["start_year"] or 2021) * 12
        last = int(row["end_year"] or 2022) * 12 + 11
        found = find(offices, [code], row["officeholderlabel"], max(first, 2021 * 12), last, everywhere=True)
        if not found:
            seen["missing"] += 1
            lines.append(f"missing: {code} {where}")
        elif row["start_year"] and not any(h.start.startswith(row["start_year"]) for _, h in found):
            seen["start differs"] += 1
            office, holder = found[0]
            lines.append(f"start differs: {code} {where}; {office.title}: {holder.name} {holder.start}")
        else:
            seen["found"] += 1
    return lines, seen


def compare_2026(offices, path, by_name):
    lines, seen = [], Counter()
    data = json.loads(path.read_text(encoding="utf-8"))
    when = months(data["snapshot_date"])
    for country, record in data["countries"].items():
        code = NAMES_2026.get(country) or by_name.get(country.replace("_", " "))
        for position, entry in record["positions"].items():
            name = ((entry or {}).get("current_holder") or {}).get("name_en")
            if not name:
                seen["empty"] += 1
                continue
            seen["rows"] += 1
            since = entry["current_holder"].get("since")
            where = f"{code} {position}: {name} since {since}"
            found = find(offices, [code], name, when, when, everywhere=True)
            if not found:
                seen["missing"] += 1
                lines.append(f"missing: {where}")
                continue
            seen["found"] += 1
            if since and not any(h.start == since for _, h in found):
                seen["start differs"] += 1
                office, holder = found[0]
                lines.append(f"start differs: {where}; {office.title}: {holder.name} {holder.start}")
    return lines, seen


def section(title, lines, seen=None):
    print(f"\n== {title}")
    for line in lines:
        print(line)
    if seen is not None:
        print("total: " + ", ".join(f"{count} {what}" for what, count in seen.items()))
    elif not lines:
        print("none")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--offices", type=pathlib.Path, default=ROOT / "lexicon/offices")
    parser.add_argument("--states", type=pathlib.Path, default=ROOT / "lexicon/actors/states.txt")
    parser.add_argument("--reference", type=pathlib.Path, default=ROOT.parent / "shared/data/reference")
    parser.add_argument("--gaps", action="store_true", help="list the spells without a holder")
    options = parser.parse_args()

    offices, wrong = read_offices(options.offices)
    every = [o for group in offices.values() for o in group]
    print(f"{len(offices)} states and organisations, {len(every)} offices, {sum(len(o.holders) for o in every)} holders")
    print("by basis: " + ", ".join(f"{n} {b}" for b, n in Counter(h.basis for o in every for h in o.holders).most_common()))
    print("offices by level: " + ", ".join(f"{n} {l}" for l, n in Counter(l for o in every for l in o.level).most_common()))
    terms, empty = check_terms(offices, options.gaps)
    wrong += terms
    section("Wrong in itself", wrong)
    section("Spells of two months or more without a holder", empty)

    if not options.reference.is_dir():
        print(f"\nno reference files at {options.reference}: nothing compared")
        return 1 if wrong else 0
    by_number, by_name = read_states(options.states)
    for title, name, compare, key in (
        ("Leaders 1990 to March 2021 (leaders_1950_2021.csv)", "leaders_1950_2021.csv", compare_1950_2021, by_number),
        ("Heads in October 2022 (leaders_2022_10.csv)", "leaders_2022_10.csv", compare_2022, by_name),
        ("Heads on 22 August 2026 (leaders_2026_08.json)", "leaders_2026_08.json", compare_2026, by_name),
    ):
        lines, seen = compare(offices, options.reference / name, key)
        section(title, lines, seen)
    return 1 if wrong else 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
