//! What Detente knows of states, organisations, offices, places and acts.
//!
//! All knowledge stands in text files (`lexicon/`), one topic a file, that are read at start-up;
//! the files of the release are inside the binary, a user's folder is laid over them.
//!
//! ```
//! use detente_lexicon::{Lexicon, Meaning};
//!
//! let lexicon = Lexicon::builtin()?;
//! let meanings = lexicon.names.get("Soviet Union");
//! assert!(matches!(meanings[0], Meaning::Actor(actor, _) if lexicon.actors[actor as usize].code == "SUN"));
//! # Ok::<(), detente_lexicon::Error>(())
//! ```

mod actor;
mod check;
mod crosswalk;
mod date;
mod error;
mod machine;
mod names;
mod office;
mod place;
mod record;
mod rule;
mod sample;
mod source;
pub mod spelling;
mod words;

use std::{hash::Hash, path::Path, sync::OnceLock};

use jiff::civil::Date;
use smol_str::SmolStr;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use names::Gathered;

pub use actor::{Actor, ActorKind, Form, Role, RoleKind};
pub use crosswalk::{CameoCode, Crosswalk};
pub use error::Error;
pub use machine::{After, Machine, Move, Need, Sides, Term};
pub use names::{Fnv, FnvMap, Meaning, Names, UNKNOWN, WordId, is_plain, normal, words as name_words};
pub use office::{Basis, Holder, Office};
pub use place::{Area, Place, PlaceKind, Territory};
pub use rule::{Example, Expect, Section};
pub use sample::Sample;
pub use source::File;
pub use words::{Embedding, FITS_ANY, Words};

/// Codes of states whose persons put the family name first.
const FAMILY_NAME_FIRST: &[&str] = &["CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "HKG", "MAC"];

/// All that the lexicon's files say.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// States, organisations, groups, parties, media, agencies, firms, persons.
    pub actors: Vec<Actor>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Offices with their holders.
    pub offices: Vec<Office>,
    /// Places.
    pub places: Vec<Place>,
    /// Disputed territories.
    pub territories: Vec<Territory>,
    /// Codes of the states that are neighbours of each, by its code.
    pub borders: FnvMap<SmolStr, Vec<SmolStr>>,
    /// Word lists.
    pub words: Words,
    /// Examples and counter-examples of acts and circumstances.
    pub examples: Vec<Example>,
    /// State machines of affairs.
    pub machines: Vec<Machine>,
    /// What other systems call states, organisations and acts.
    pub crosswalk: Crosswalk,
    /// Sentences with marked sides; only read from a folder, none is inside the binary.
    pub samples: Vec<Sample>,
    /// Names of actors, holders, places and territories; capitals count.
    pub names: Names,
    /// Names of roles, in lower case.
    pub role_names: Names,
    codes: FnvMap<Box<str>, u32>,
    /// States that one half of a country's name stands for.
    halves: Vec<u32>,
    /// Offices by the code of their state or body.
    offices_of: FnvMap<SmolStr, Vec<u32>>,
    /// Holders by the key of their surname; made when first asked for.
    spellings: OnceLock<FnvMap<String, Vec<(u32, u16)>>>,
    fingerprint: u64,
}

impl Lexicon {
    /// The state that one half of a country's name stands for: "North" for North Korea.
    pub fn half(&self, name: &str) -> Option<&Actor> {
        let mut halves = self.halves.iter().map(|&number| &self.actors[number as usize]);
        halves.find(|actor| actor.half.as_ref().is_some_and(|(half, _)| half == name))
    }

    /// Tells whether news calls two states neighbours.
    pub fn are_neighbours(&self, one: &str, other: &str) -> bool {
        self.borders.get(one).is_some_and(|beside| beside.iter().any(|code| code == other))
    }

    /// Where the capital of a state lies: latitude and longitude, in degrees.
    pub fn capital_position(&self, code: &str) -> Option<(f32, f32)> {
        let names = self.actor(code)?.names.iter().filter(|(_, form)| *form == Form::Capital);
        names.flat_map(|(name, _)| self.names.get(name)).find_map(|meaning| match meaning {
            Meaning::Place(number) => {
                let place = &self.places[*number as usize];
                place.position.filter(|_| place.country.as_deref() == Some(code))
            }
            _ => None,
        })
    }

    /// Reads the files inside the binary.
    ///
    /// # Errors
    ///
    /// When a file has a mistake, with file and line.
    pub fn builtin() -> Result<Lexicon, Error> {
        Lexicon::read(&source::builtin())
    }

    /// Reads the files inside the binary and those of a folder over them.
    ///
    /// A record of the folder takes the place of the built-in one with the same code and title in the
    /// file of the same name; words and examples are added.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or a file has a mistake, with file and line.
    pub fn builtin_with_overlay(folder: &Path) -> Result<Lexicon, Error> {
        let mut files = source::builtin();
        files.extend(source::folder(folder)?);
        Lexicon::read(&files)
    }

    /// Reads, of the files inside the binary and of those of a folder over them, what it takes to ask a ledger: states and
    /// organisations, territories, word sets and machines; no other actors, offices, cities and rules, which are most of the lexicon.
    ///
    /// ```
    /// let lexicon = detente_lexicon::Lexicon::of_parties(None)?;
    /// assert!(lexicon.actor("NOR").is_some() && lexicon.offices.is_empty());
    /// # Ok::<(), detente_lexicon::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or a file has a mistake, with file and line.
    pub fn of_parties(overlay: Option<&Path>) -> Result<Lexicon, Error> {
        let mut files = source::builtin();
        if let Some(folder) = overlay {
            files.extend(source::folder(folder)?);
        }
        let parts = ["actors/states.txt", "actors/organisations.txt", "machines/", "places/territories", "words/"];
        // What only a coder asks for.
        let words = ["words/contexts.txt", "words/descriptions.txt", "words/nominalizations.txt"];
        files.retain(|file| {
            parts.iter().any(|part| file.path.starts_with(part)) && !words.contains(&file.path.as_ref())
        });
        Lexicon::read(&files)
    }

    /// Reads the files of a folder alone.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or a file has a mistake, with file and line.
    pub fn from_folder(folder: &Path) -> Result<Lexicon, Error> {
        Lexicon::read(&source::folder(folder)?)
    }

    /// Reads files that are in memory.
    ///
    /// # Errors
    ///
    /// When a file has a mistake, with file and line.
    pub fn from_files(files: &[File]) -> Result<Lexicon, Error> {
        Lexicon::read(files)
    }

    fn read(files: &[source::File]) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon {
            actors: Vec::new(),
            roles: Vec::new(),
            offices: Vec::new(),
            places: Vec::new(),
            territories: Vec::new(),
            borders: FnvMap::default(),
            words: Words::default(),
            examples: Vec::new(),
            samples: Vec::new(),
            machines: Vec::new(),
            crosswalk: Crosswalk::default(),
            names: Names::default(),
            role_names: Names::default(),
            codes: FnvMap::default(),
            halves: Vec::new(),
            offices_of: FnvMap::default(),
            spellings: OnceLock::new(),
            fingerprint: 0,
        };
        let (mut actors, mut roles, mut offices) = (Records(Vec::new()), Records(Vec::new()), Records(Vec::new()));
        let (mut territories, mut machines) = (Records(Vec::new()), Records(Vec::new()));
        for (number, file) in files.iter().enumerate() {
            lexicon.crosswalk.read(file)?;
            // What other systems call things changes exports alone.
            if !file.path.starts_with("codes/") {
                lexicon.fingerprint = xxh3_64_with_seed(file.path.as_bytes(), lexicon.fingerprint);
                lexicon.fingerprint = xxh3_64_with_seed(file.text.as_bytes(), lexicon.fingerprint);
            }
            actors.add(number, actor::actors(file)?);
            roles.add(number, actor::roles(file)?);
            offices.add(number, office::offices(file)?);
            lexicon.places.extend(place::places(file)?);
            territories.add(number, place::territories(file)?);
            lexicon.borders.extend(place::borders(file)?);
            lexicon.words.read(file)?;
            lexicon.examples.extend(rule::examples(file)?);
            lexicon.samples.extend(sample::samples(file)?);
            machines.add(number, machine::machine(file)?);
        }
        lexicon.actors = actors.merged(|actor| (actor.kind, actor.code.clone(), actor.title.clone()));
        lexicon.roles = roles.merged(|role| (role.sector.clone(), role.title.clone()));
        lexicon.offices = offices.merged(|office| (office.code.clone(), office.title.clone()));
        lexicon.territories = territories.merged(|territory| territory.code.clone());
        lexicon.machines = machines.merged(|machine| machine.kind.clone());
        machine::check(&lexicon.machines, &lexicon.words)?;
        lexicon.index();
        Ok(lexicon)
    }

    fn index(&mut self) {
        let mut role_names = Gathered::with_room(self.roles.len() * 2);
        for (number, role) in self.roles.iter().enumerate() {
            for name in std::iter::once(&role.title).chain(&role.variants) {
                role_names.add(&name.to_lowercase(), Meaning::Role(number as u32));
            }
        }
        self.role_names = role_names.finish();
        let mut names = Gathered::with_room((self.actors.len() + self.places.len()) * 4);
        for (number, actor) in self.actors.iter().enumerate() {
            let number = number as u32;
            if matches!(actor.kind, ActorKind::State | ActorKind::Organisation) {
                self.codes.entry(actor.code.as_str().into()).or_insert(number);
            }
            if actor.half.is_some() {
                self.halves.push(number);
            }
            for (name, form) in &actor.names {
                names.add(name, Meaning::Actor(number, *form));
            }
        }
        for (number, territory) in self.territories.iter().enumerate() {
            for name in &territory.names {
                names.add(strip_the(name), Meaning::Territory(number as u32, None));
            }
            for (part, parts) in territory.parts.iter().enumerate() {
                for name in parts {
                    names.add(strip_the(name), Meaning::Territory(number as u32, Some(part as u16)));
                }
            }
        }
        for (number, office) in self.offices.iter().enumerate() {
            self.offices_of.entry(office.code.clone()).or_default().push(number as u32);
        }
        for (number, office) in self.offices.iter().enumerate().filter(|(_, office)| !office.shared) {
            for (at, holder) in office.holders.iter().enumerate() {
                let (number, at) = (number as u32, at as u16);
                for name in &holder.names {
                    names.add(name, Meaning::Holder(number, at, true));
                    if let Some(surname) = surname_of(name, office, &self.role_names) {
                        names.add(surname, Meaning::Holder(number, at, false));
                    }
                }
            }
        }
        for (number, place) in self.places.iter().enumerate() {
            for name in &place.names {
                names.add(strip_the(name), Meaning::Place(number as u32));
            }
        }
        self.names = names.finish();
    }

    /// A hash of the files: the same for the same lexicon.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The state or organisation of a code.
    pub fn actor(&self, code: &str) -> Option<&Actor> {
        self.codes.get(code).map(|&number| &self.actors[number as usize])
    }

    /// The offices of a state or body.
    pub fn offices_of(&self, code: &str) -> impl Iterator<Item = &Office> {
        self.offices_of.get(code).into_iter().flatten().map(|&number| &self.offices[number as usize])
    }

    /// Holders whose surname may be another spelling of the given one: numbers of office and holder.
    pub fn similar_holders(&self, surname: &str) -> &[(u32, u16)] {
        let spellings = self.spellings.get_or_init(|| {
            let mut spellings: FnvMap<String, Vec<(u32, u16)>> = FnvMap::default();
            for (number, office) in self.offices.iter().enumerate().filter(|(_, office)| !office.shared) {
                for (at, holder) in office.holders.iter().enumerate() {
                    for surname in holder.names.iter().filter_map(|name| surname_of(name, office, &self.role_names)) {
                        spellings.entry(spelling::key(surname)).or_default().push((number as u32, at as u16));
                    }
                }
            }
            spellings
        });
        spellings.get(spelling::key(surname).as_str()).map_or(&[], Vec::as_slice)
    }

    /// The holder of a term.
    pub fn holder(&self, office: u32, holder: u16) -> (&Office, &Holder) {
        let office = &self.offices[office as usize];
        (office, &office.holders[holder as usize])
    }
}

impl Holder {
    /// Days between the day and the term; 0 within it.
    pub fn days_from(&self, day: Date) -> i32 {
        let days = |from: Date, to: Date| from.until(to).map_or(i32::MAX, |span| span.get_days());
        match (self.from, self.to) {
            (Some(from), _) if day < from => days(day, from),
            (_, Some(to)) if day > to => {
                if self.open {
                    days(to, day) / 4
                } else {
                    days(to, day)
                }
            }
            _ => 0,
        }
    }
}

/// The family name of a person of a state.
pub fn surname<'n>(name: &'n str, code: &str) -> Option<&'n str> {
    let mut parts = name.split(' ');
    let first = parts.next()?;
    let last = parts.next_back()?;
    if FAMILY_NAME_FIRST.contains(&code) {
        return Some(first);
    }
    if matches!(last, "Jr." | "Jr" | "Sr." | "II" | "III" | "IV" | "V" | "VI" | "VIII" | "XVI") {
        return name.rsplit(' ').nth(1);
    }
    // Particles belong to the name: "bin Salman", "von der Leyen", "al-Assad" is one word.
    let particles = [
        "bin", "al", "van", "von", "der", "de", "da", "dos", "del", "di", "Al", "Van", "De", "La", "Le", "el", "El",
        "ben", "Ben", "ibn", "bint",
    ];
    let mut at = name.len() - last.len();
    loop {
        let before = name[..at].trim_end();
        let word = before.rsplit(' ').next().unwrap_or("");
        if word.is_empty() || !particles.contains(&word) || before.len() == word.len() {
            return Some(&name[at..]);
        }
        at = before.len() - word.len();
    }
}

fn strip_the(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

/// The family name of a holder; a title at its place is none.
fn surname_of<'n>(name: &'n str, office: &Office, roles: &Names) -> Option<&'n str> {
    surname(name, &office.code).filter(|word| roles.get(&word.to_lowercase()).is_empty())
}

/// Records of one kind, each with the number of its file.
struct Records<T>(Vec<(usize, T)>);

impl<T> Records<T> {
    fn add(&mut self, file: usize, records: impl IntoIterator<Item = T>) {
        self.0.extend(records.into_iter().map(|record| (file, record)));
    }

    /// All of them in order; one with the key of a record of an earlier file takes its place.
    fn merged<K: Hash + Eq>(self, key: impl Fn(&T) -> K) -> Vec<T> {
        let mut all: Vec<T> = Vec::with_capacity(self.0.len());
        let mut known: FnvMap<K, (usize, usize)> = FnvMap::default();
        for (file, record) in self.0 {
            let &mut (first, at) = known.entry(key(&record)).or_insert((file, all.len()));
            if first < file {
                all[at] = record;
            } else {
                all.push(record);
            }
        }
        all
    }
}
