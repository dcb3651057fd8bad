"""Compares the figures of agreement with those of public packages (scikit-learn, krippendorff) on the same labels.

    python3 bench/agreement_figures.py cases > crates/detente-ledger/tests/agreement.json
    python3 bench/agreement_figures.py compare FIGURES.json LABELS.csv

`cases` makes labels, the same in every run, with the packages' figures: a test compares its own with them. `compare`
reads what `detente review agreement` and `detente review agreement --labels` write, and fails where a figure differs.
"""

import csv
import json
import math
import random
import sys
import warnings

import krippendorff
import sklearn
from sklearn.metrics import cohen_kappa_score

TYPES = ["AGREE", "CONSULT", "SUPPORT", "SANCTION", "ACCUSE", "REQUEST"]


def kappa(pairs):
    """Cohen's kappa, or None where scikit-learn gives none."""
    if not pairs:
        return None
    ones, others = zip(*pairs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figure = float(cohen_kappa_score(ones, others))
    return None if math.isnan(figure) else figure


def alpha(units):
    """Krippendorff's alpha, or None where it is not defined."""
    given = {label for unit in units for label in unit if label is not None}
    pairable = [unit for unit in units if sum(label is not None for label in unit) > 1]
    if not pairable or len({label for unit in pairable for label in unit if label is not None}) < 2:
        return None
    numbers = {label: number for number, label in enumerate(sorted(given))}
    raters = max(len(unit) for unit in units)
    data = [
        [numbers[unit[rater]] if rater < len(unit) and unit[rater] is not None else math.nan for unit in units]
        for rater in range(raters)
    ]
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))


def cases():
    chance = random.Random(7)
    made = []
    for number in range(40):
        raters = 2 if number % 4 else 3
        labels = TYPES[: chance.randint(1, len(TYPES))]
        missing = 0.2 if number % 5 == 0 else 0.0
        alike = chance.random()
        units = []
        for _ in range(chance.randint(1, 60)):
            true = chance.choice(labels)
            unit = [true if chance.random() < alike else chance.choice(labels) for _ in range(raters)]
            units.append([None if chance.random() < missing else label for label in unit])
        of_two = raters == 2 and not missing
        made.append({
            "units": units,
            "alpha": alpha(units),
            "kappa_of_two": of_two,
            "kappa": kappa([tuple(unit) for unit in units]) if of_two else None,
        })
    return made


def compare(figures, labels):
    with open(figures, encoding="utf-8") as file:
        figures = json.load(file)
    by_field = {}
    with open(labels, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_field.setdefault(row["field"], []).append((row["one"], row["other"]))
    types = by_field.get("type", [])
    wanted = {("fields", field): pairs for field, pairs in by_field.items()}
    for name in figures["types"]:
        wanted["types", name] = [(str(one == name), str(other == name)) for one, other in types]
    wrong = 0
    print(f"{'of':<18} {'n':>5} {'kappa':>10} {'alpha':>10}")
    for (group, name), pairs in wanted.items():
        own = figures[group][name]
        theirs = {
            "n": len(pairs),
            "agreement": sum(one == other for one, other in pairs) / len(pairs),
            "kappa": kappa(pairs),
            "alpha": alpha([list(pair) for pair in pairs]),
        }
        for what, figure in theirs.items():
            same = own[what] == figure if None in (own[what], figure) else abs(own[what] - figure) < 1e-9
            if not same:
                wrong += 1
                print(f"{group} {name}: {what} is {own[what]}, the package says {figure}", file=sys.stderr)
        shown = [("-" if theirs[what] is None else f"{theirs[what]:.6f}") for what in ("kappa", "alpha")]
        print(f"{name:<18} {len(pairs):>5} {shown[0]:>10} {shown[1]:>10}")
    print(f"{len(wanted)} rows compared with scikit-learn {sklearn.__version__} and krippendorff, {wrong} figures differ")
    return wrong


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["cases"]:
            json.dump(cases(), sys.stdout, separators=(",", ":"))
            print()
        case ["compare", figures, labels]:
            sys.exit(1 if compare(figures, labels) else 0)
        case _:
            sys.exit(__doc__)
