//! Words of an act: what they name, and what is left of a subject without words that say nothing of it.

use std::{collections::BTreeSet, ops::Range};

use detente_lexicon::{ActorKind, Lexicon, Machine, Meaning, RoleKind, name_words};

use crate::table::Table;

/// Words of a subject that are looked at: what follows is another matter.
const LONGEST: usize = 20;

/// Words that tell when: what follows is where and how, and no more what a subject is about.
const WHEN: &[&str] =
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow"];

/// A text word by word.
#[derive(Debug)]
pub struct Phrase<'t> {
    text: &'t str,
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    bytes: Range<usize>,
    lemma: String,
    /// The word itself in lower case: "arms" is no plural.
    form: String,
    codes: Vec<String>,
    organisation: bool,
    territory: Option<u32>,
    /// It is of a person's title or name: who talks, not about what.
    person: bool,
}

impl<'t> Phrase<'t> {
    /// Reads the words of a text and the names among them.
    pub fn new(text: &'t str, lexicon: &Lexicon) -> Phrase<'t> {
        let mut words = Vec::new();
        let mut pieces: Vec<(u32, usize)> = Vec::new();
        for raw in text.split([' ', '-', '–', '\u{a0}', '/']) {
            let from = raw.as_ptr() as usize - text.as_ptr() as usize;
            let start = raw.find(|c: char| c.is_alphanumeric()).unwrap_or(raw.len());
            let end = raw.rfind(|c: char| c.is_alphanumeric() || c == '.').map_or(start, |at| at + 1);
            let Some(form) = raw.get(start..end.max(start)).filter(|form| !form.is_empty()) else { continue };
            pieces.extend(name_words(form).map(|piece| (lexicon.names.word(&piece), words.len())));
            words.push(Word {
                bytes: from + start..from + start + form.len(),
                lemma: lemma(form),
                form: bare(form),
                codes: Vec::new(),
                organisation: false,
                territory: None,
                person: false,
            });
        }
        let mut at = 0;
        while at < pieces.len() {
            let Some((count, meanings)) = lexicon.names.longest(pieces[at..].iter().map(|piece| piece.0)) else {
                at += 1;
                continue;
            };
            let (first, last) = (pieces[at].1, pieces[at + count - 1].1);
            // A name that is a state's and a province's of another is the state.
            let is_place = |meaning: &&Meaning| matches!(meaning, Meaning::Place(_));
            let is_actor = meanings.iter().any(|meaning| matches!(meaning, Meaning::Actor(..)));
            for word in &mut words[first..=last] {
                for &meaning in meanings.iter().filter(|meaning| !(is_actor && is_place(meaning))) {
                    word.mean(meaning, lexicon);
                }
            }
            at += count;
        }
        for word in &mut words {
            for &meaning in lexicon.role_names.get(&word.lemma) {
                word.mean(meaning, lexicon);
            }
        }
        // "Secretary Blinken": the name behind a title, and behind a name.
        for at in 1..words.len() {
            let follows = words[at - 1].person && words[at].codes.is_empty() && words[at].territory.is_none();
            let name = || text[words[at].bytes.clone()].starts_with(char::is_uppercase);
            let apart = || text[words[at - 1].bytes.end..words[at].bytes.start].contains([',', ';']);
            if follows && name() && !apart() && !possessive(&text[words[at - 1].bytes.start..words[at].bytes.start]) {
                words[at].person = true;
            }
        }
        Phrase { text, words }
    }

    /// Tells whether a term is among the words. What an organisation is called by says nothing of the matter: the *Treaty* in the
    /// name of an alliance.
    pub fn says(&self, term: &str) -> bool {
        let parts: Vec<&str> = term.split([' ', '-']).collect();
        let says = |(word, part): (&Word, &&str)| word.lemma == *part || word.form == *part;
        self.words
            .windows(parts.len())
            .any(|words| words.iter().zip(&parts).all(says) && !words.iter().all(|word| word.organisation))
    }

    /// Tells whether it names somebody and says no more: "the Republic of Freedonia", not "Freedonia's efforts".
    pub fn only_names(&self) -> bool {
        let named = |word: &Word| !word.codes.is_empty();
        self.words.iter().any(named)
            && self.words.iter().all(|word| named(word) || matches!(word.form.as_str(), "the" | "and" | "of"))
    }

    /// Codes of states that are named, in order.
    pub fn states(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|word| !word.organisation).flat_map(|word| &word.codes).map(String::as_str)
    }

    /// Codes of organisations that are named by a name of their own.
    pub fn organisations(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter(|word| word.organisation).flat_map(|word| &word.codes).map(String::as_str)
    }

    /// Numbers of the disputed territories that are named.
    pub fn territories(&self) -> impl Iterator<Item = u32> {
        self.words.iter().filter_map(|word| word.territory)
    }

    /// What the phrase is about: the words that tell one subject from another, and how the text puts it.
    pub fn topic(&self, table: &Table<'_>, parties: &BTreeSet<String>) -> (BTreeSet<String>, Option<String>) {
        let machine = table.machine;
        let mut topic = BTreeSet::new();
        let mut runs: Vec<(usize, Range<usize>)> = Vec::new();
        let mut last = None;
        let mut at = 0;
        let when = self.words.iter().skip(1).position(|word| WHEN.contains(&word.lemma.as_str()));
        let end = when.map_or(self.words.len(), |at| at + 1).min(LONGEST);
        while at < end {
            let (count, found) = match self.same(machine, at) {
                Some((count, name)) => (count, Some(name.to_owned())),
                None if machine.same.is_empty() && self.is_content(at, table, parties) => {
                    (1, Some(self.words[at].lemma.clone()))
                }
                None => (1, None),
            };
            if let Some(name) = found {
                topic.insert(name);
                let bytes = self.words[at].bytes.start..self.words[at + count - 1].bytes.end;
                match runs.last_mut() {
                    Some(run) if last == Some(at) => *run = (run.0 + count, run.1.start..bytes.end),
                    _ => runs.push((count, bytes)),
                }
                last = Some(at + count);
            }
            at += count;
        }
        // The longest run of telling words stands for the subject, rather a noun than what is done with it: "railway".
        let longest = runs.into_iter().rev().max_by_key(|run| (run.0, !self.text[run.1.clone()].ends_with("ing")));
        (topic, longest.map(|(_, bytes)| self.text[bytes].to_owned()))
    }

    /// The name of the group of words of the same meaning that stands here, and how many words it takes.
    fn same<'m>(&self, machine: &'m Machine, at: usize) -> Option<(usize, &'m str)> {
        let joined = self.words.get(at + 1).map(|next| format!("{} {}", self.words[at].lemma, next.lemma));
        machine.same.iter().find_map(|group| {
            let name = group.first()?;
            if joined.as_ref().is_some_and(|two| group.iter().any(|word| word == two)) {
                return Some((2, name.as_str()));
            }
            group.iter().any(|word| *word == self.words[at].lemma).then_some((1, name.as_str()))
        })
    }

    fn is_content(&self, at: usize, table: &Table<'_>, parties: &BTreeSet<String>) -> bool {
        let word = &self.words[at];
        if word.person || word.territory.is_some() || word.codes.iter().any(|code| parties.contains(code)) {
            return false;
        }
        if word.lemma.len() < 3 && word.codes.is_empty() || word.lemma.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
        let stems = [Some(word.lemma.as_str()), word.lemma.strip_suffix("ing"), word.lemma.strip_suffix("ed")];
        !stems.into_iter().flatten().any(|stem| table.is_plain(stem) || table.is_plain(&format!("{stem}e")))
    }
}

impl Word {
    fn mean(&mut self, meaning: Meaning, lexicon: &Lexicon) {
        let code = match meaning {
            Meaning::Actor(number, _) => {
                let actor = &lexicon.actors[number as usize];
                self.organisation |= actor.kind == ActorKind::Organisation;
                matches!(actor.kind, ActorKind::State | ActorKind::Organisation | ActorKind::Agency)
                    .then(|| actor.code.to_string())
            }
            Meaning::Holder(office, _, _) => {
                self.person = true;
                Some(lexicon.offices[office as usize].code.to_string())
            }
            Meaning::Place(number) => lexicon.places[number as usize].country.as_ref().map(ToString::to_string),
            Meaning::Territory(number, _) => {
                self.territory = Some(number);
                None
            }
            Meaning::Role(role) => {
                self.person |= matches!(lexicon.roles[role as usize].kind, RoleKind::Office | RoleKind::Person);
                None
            }
        };
        self.codes.extend(code);
    }
}

/// Tells whether a word ends in a possessive: what follows is another's.
fn possessive(word: &str) -> bool {
    let word = word.trim_end();
    ["'s", "’s", "s'", "s’"].iter().any(|end| word.ends_with(end))
}

/// The word in lower case without its possessive.
fn bare(form: &str) -> String {
    let lower = form.trim_end_matches('.').to_lowercase().replace('’', "'");
    lower.strip_suffix("'s").or(lower.strip_suffix('\'')).unwrap_or(&lower).to_owned()
}

/// The word in lower case without its plural and possessive: a subject has no tree any more.
pub fn lemma(form: &str) -> String {
    let bare = bare(form);
    if bare.len() > 4
        && let Some(stem) = bare.strip_suffix("ies")
    {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes"] {
        if bare.ends_with(ending) {
            return bare[..bare.len() - 2].to_owned();
        }
    }
    match bare.strip_suffix('s') {
        Some(stem) if bare.len() > 3 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => bare,
    }
}
