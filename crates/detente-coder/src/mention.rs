//! Mentions: which words of a sentence name actors, persons, places.

use std::cell::OnceCell;

use detente_grammar::{Deprel, Upos, Xpos};
use detente_lexicon::{ActorKind, Form, Lexicon, Meaning, Office, PlaceKind, UNKNOWN, WordId};
use jiff::civil::Date;
use smol_str::SmolStr;

use crate::{
    entity::Entity,
    syntax::{Syntax, Tok},
};

/// A name of the lexicon in a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// First token.
    pub first: Tok,
    /// Last token.
    pub last: Tok,
    /// What it means here.
    pub meaning: Meaning,
}

/// The names of a sentence.
#[derive(Debug, Default)]
pub struct Mentions {
    /// In order, not overlapping.
    pub all: Vec<Mention>,
    at: Vec<u16>,
    /// The numbers that each token has in names of roles.
    roles: Vec<RoleWord>,
    /// Whom the phrase of each token stands for, and the role that it ends or begins, once they were asked for.
    entities: Vec<OnceCell<Entity>>,
    roles_at: Vec<OnceCell<Option<(u32, Tok, Tok)>>>,
}

/// A token as a word of names of roles; [`UNKNOWN`] where it is in none.
#[derive(Clone, Copy, Debug)]
pub struct RoleWord {
    /// The token is a hyphen, which names pass over.
    pub is_hyphen: bool,
    /// Number of the word as it stands, or else of its lemma.
    pub word: WordId,
    /// Number of its lemma.
    pub lemma: WordId,
}

/// A surname with a title names a holder this many days around his term; alone, a head of state or government for
/// [`BARE_REACH`] days after it.
const SURNAME_REACH: i32 = 4 * 365;
const BARE_REACH: i32 = 365;
/// By so much a place fits its words better, where its country is named behind it.
const WITHIN: i32 = 100;

impl Mentions {
    /// Finds the names in a sentence; `day` is the article's date.
    pub fn find(syntax: &Syntax<'_>, lexicon: &Lexicon, day: Option<Date>) -> Mentions {
        let (ids, tokens) = word_ids(syntax, lexicon);
        let mut mentions = Mentions {
            all: Vec::new(),
            at: vec![0; syntax.len()],
            roles: role_words(syntax, lexicon),
            entities: vec![OnceCell::new(); syntax.len()],
            roles_at: vec![OnceCell::new(); syntax.len()],
        };
        // Cities that bear one name with others.
        let mut namesakes: Vec<(usize, &[Meaning])> = Vec::new();
        let mut at = 0;
        let mut end = ids.len();
        while at < ids.len() {
            let Some((length, meanings)) = longest_name(syntax, lexicon, &ids[at..end], &tokens[at..end]) else {
                (at, end) = (at + 1, ids.len());
                continue;
            };
            let (first, last) = (tokens[at], tokens[at + length - 1]);
            // Another name may stand for the same words: the one that fits best.
            // Of cities with one name the one in the country named behind it, "London, Ontario", else the larger one, which stands first.
            let within = (meanings.len() > 1)
                .then(|| country_behind(syntax, lexicon, &ids[at + length..], &tokens[at + length..]))
                .flatten()
                .filter(|country| !may_stand_for(lexicon, meanings, country));
            let rank = |fit: i32, meaning: Meaning| match meaning {
                Meaning::Place(number) => {
                    let is_within = within.is_some() && lexicon.places[number as usize].country == within;
                    (if is_within { fit + WITHIN } else { fit }, -i64::from(number))
                }
                _ => (fit, 0),
            };
            let best = meanings
                .iter()
                .filter_map(|&meaning| fitness(syntax, lexicon, meaning, first, last, day).map(|fit| (fit, meaning)))
                .max_by_key(|&(fit, meaning)| rank(fit, meaning));
            match best {
                Some((_, meaning)) => {
                    if matches!(meaning, Meaning::Place(_)) && meanings.len() > 1 && within.is_none() {
                        namesakes.push((mentions.all.len(), meanings));
                    }
                    mentions.all.push(Mention { first, last, meaning });
                    let number = mentions.all.len() as u16;
                    for tok in first..=last {
                        mentions.at[tok as usize] = number;
                    }
                    (at, end) = (at + length, ids.len());
                }
                // An office that nobody held then may begin with a name: "Ruritania PM".
                None if length > 1 => end = at + length - 1,
                None => (at, end) = (at + 1, ids.len()),
            }
        }
        for (number, meanings) in namesakes {
            mentions.settle(lexicon, number, meanings);
        }
        mentions.halve(syntax, lexicon);
        mentions
    }

    /// Leaves out ministers who are meant by their surname alone, where it is one of those that others in the article bear.
    pub fn leave_out(&mut self, syntax: &Syntax<'_>, lexicon: &Lexicon, strangers: &[SmolStr]) {
        let is_stranger = |mention: &Mention| match mention.meaning {
            Meaning::Holder(office, _, false) => {
                let office = &lexicon.offices[office as usize];
                strangers.iter().any(|name| name == syntax.form(mention.first))
                    && !office.level.as_deref().is_some_and(leads)
                    && title_before(syntax, mention.first).is_none()
            }
            _ => false,
        };
        if strangers.is_empty() || !self.all.iter().any(is_stranger) {
            return;
        }
        self.all.retain(|mention| !is_stranger(mention));
        self.at.fill(0);
        for (number, mention) in self.all.iter().enumerate() {
            self.at[mention.first as usize..=mention.last as usize].fill(number as u16 + 1);
        }
    }

    /// Finds states whose name is cut short since another shares its end: "North and South Korea".
    fn halve(&mut self, syntax: &Syntax<'_>, lexicon: &Lexicon) {
        let is_state = |meaning: &&Meaning| matches!(meaning, Meaning::Actor(n, _) if lexicon.actors[*n as usize].kind == ActorKind::State);
        let halves = self.all.iter().filter_map(|mention| {
            let first = mention.first.checked_sub(2)?;
            let is_cut = mention.last == mention.first + 1
                && syntax.form(mention.first - 1) == "and"
                && matches!(syntax.form(first), "North" | "South")
                && self.at[first as usize] == 0;
            if !is_cut {
                return None;
            }
            let name = format!("{} {}", syntax.form(first), syntax.form(mention.last));
            let meaning = *lexicon.names.get(&name).iter().find(is_state)?;
            Some(Mention { first, last: first, meaning })
        });
        let halves: Vec<Mention> = halves.collect();
        if halves.is_empty() {
            return;
        }
        self.all.extend(halves);
        self.all.sort_by_key(|mention| mention.first);
        for (number, mention) in (1..).zip(&self.all) {
            self.at[mention.first as usize..=mention.last as usize].fill(number);
        }
    }

    /// Of cities with one name the one in a state that the sentence names: "Cordoba, the Spanish agency said".
    fn settle(&mut self, lexicon: &Lexicon, number: usize, meanings: &[Meaning]) {
        let is_named = |meaning: &Meaning| {
            let Meaning::Place(place) = *meaning else { return false };
            let country = lexicon.places[place as usize].country.as_ref();
            self.all.iter().any(|mention| match mention.meaning {
                Meaning::Actor(state, _) => Some(&lexicon.actors[state as usize].code) == country,
                _ => false,
            })
        };
        let found = std::iter::once(&self.all[number].meaning).chain(meanings).copied().find(is_named);
        if let Some(meaning) = found {
            self.all[number].meaning = meaning;
        }
    }

    /// The name that a token belongs to.
    pub fn at(&self, tok: Tok) -> Option<&Mention> {
        match self.at.get(tok as usize) {
            None | Some(0) => None,
            Some(&number) => self.all.get(number as usize - 1),
        }
    }

    /// Whom the phrase of a token stands for, read once.
    pub(crate) fn entity(&self, tok: Tok, read: impl FnOnce() -> Entity) -> Entity {
        remembered(self.entities.get(tok as usize), read)
    }

    /// The role that a token ends or begins, read once.
    pub(crate) fn role_at(&self, tok: Tok, read: impl FnOnce() -> Option<(u32, Tok, Tok)>) -> Option<(u32, Tok, Tok)> {
        remembered(self.roles_at.get(tok as usize), read)
    }

    /// The tokens as words of names of roles.
    pub fn roles(&self) -> &[RoleWord] {
        &self.roles
    }
}

/// The country of the state or province named behind a comma: "Valencia, Spain", "London, Ontario".
fn country_behind(syntax: &Syntax<'_>, lexicon: &Lexicon, ids: &[WordId], tokens: &[Tok]) -> Option<SmolStr> {
    let (&comma, ids) = (tokens.first()?, ids.get(1..)?);
    if syntax.form(comma) != "," {
        return None;
    }
    let (_, meanings) = lexicon.names.longest(ids.iter().copied())?;
    meanings.iter().find_map(|meaning| match *meaning {
        Meaning::Actor(number, Form::Name) => Some(&lexicon.actors[number as usize])
            .filter(|actor| actor.kind == ActorKind::State)
            .map(|a| a.code.clone()),
        Meaning::Place(number) => {
            let place = &lexicon.places[number as usize];
            place.country.clone().filter(|_| place.kind != PlaceKind::City)
        }
        _ => None,
    })
}

/// Tells whether a name may stand for a state itself: "Moscow" for Russia.
fn may_stand_for(lexicon: &Lexicon, meanings: &[Meaning], state: &SmolStr) -> bool {
    let code = |meaning: &Meaning| match *meaning {
        Meaning::Actor(number, _) => Some(&lexicon.actors[number as usize].code),
        _ => None,
    };
    meanings.iter().filter_map(code).any(|code| code == state)
}

/// The longest name that begins a run of words, and what it may mean; a middle initial that the lexicon does not know is passed over.
fn longest_name<'l>(
    syntax: &Syntax<'_>,
    lexicon: &'l Lexicon,
    ids: &[WordId],
    tokens: &[Tok],
) -> Option<(usize, &'l [Meaning])> {
    let found = lexicon.names.longest(ids.iter().copied());
    let is_initial = |tok: Tok| {
        let form = syntax.form(tok).trim_end_matches('.');
        form.len() == 1 && form.starts_with(|c: char| c.is_ascii_uppercase())
    };
    if found.is_some_and(|(length, _)| length > 1) || !tokens.get(1).is_some_and(|&second| is_initial(second)) {
        return found;
    }
    let without = ids[..1].iter().chain(ids.get(2..)?).copied();
    lexicon
        .names
        .longest(without)
        .filter(|&(length, _)| length > 1)
        .map(|(length, meanings)| (length + 1, meanings))
        .or(found)
}

/// What a cell holds, or what is read now.
fn remembered<T: Clone>(cell: Option<&OnceCell<T>>, read: impl FnOnce() -> T) -> T {
    match cell {
        Some(cell) => cell.get_or_init(read).clone(),
        None => read(),
    }
}

/// Looks each token up among the words of names of roles.
fn role_words(syntax: &Syntax<'_>, lexicon: &Lexicon) -> Vec<RoleWord> {
    let names = &lexicon.role_names;
    let is_small = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase());
    let read = |tok: Tok| {
        let (form, lemma) = (syntax.form(tok), syntax.lemma(tok));
        let by_lemma = if is_small(lemma) { names.word(lemma) } else { names.word(&lemma.to_lowercase()) };
        let by_form = if form == lemma && is_small(form) {
            by_lemma
        } else if is_small(form) {
            names.word(form)
        } else {
            names.word(&detente_lexicon::normal(&form.to_lowercase()))
        };
        let word = if by_form == UNKNOWN { by_lemma } else { by_form };
        RoleWord { is_hyphen: form == "-", word, lemma: by_lemma }
    };
    (0..syntax.len() as Tok).map(read).collect()
}

/// The numbers of the sentence's words, and the token of each: a token may be several words.
fn word_ids(syntax: &Syntax<'_>, lexicon: &Lexicon) -> (Vec<WordId>, Vec<Tok>) {
    let mut ids = Vec::with_capacity(syntax.len());
    let mut tokens = Vec::with_capacity(syntax.len());
    for tok in 0..syntax.len() as Tok {
        let form = syntax.form(tok);
        if matches!(form, "-" | "–" | "." | "'") {
            // Hyphens join the words of a name; a stop may be torn off an abbreviation.
            continue;
        }
        if detente_lexicon::is_plain(form) && !(form.len() > 3 && form.bytes().all(|byte| byte.is_ascii_uppercase())) {
            ids.push(lexicon.names.word(form));
            tokens.push(tok);
            continue;
        }
        for word in detente_lexicon::name_words(form) {
            let mut id = lexicon.names.word(&word);
            if id == UNKNOWN && word.len() > 3 && word.bytes().all(|b| b.is_ascii_uppercase()) {
                let title = word[..1].to_owned() + &word[1..].to_ascii_lowercase();
                id = lexicon.names.word(&title);
            }
            ids.push(id);
            tokens.push(tok);
        }
    }
    (ids, tokens)
}

/// How well a meaning fits its words; nothing where it cannot be.
fn fitness(
    syntax: &Syntax<'_>,
    lexicon: &Lexicon,
    meaning: Meaning,
    first: Tok,
    last: Tok,
    day: Option<Date>,
) -> Option<i32> {
    let single = first == last;
    let token = syntax.token(first);
    let form = syntax.form(first);
    let is_name = form.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    // A word of a longer unknown name is no name of its own: "Jordan Smith", "Mount Lebanon Street".
    let in_longer_name = || {
        // "Peru-Chile talks": two states, though the tree makes one name of them.
        let is_state = |tok: Tok| {
            lexicon.names.get(syntax.form(tok)).iter().any(|meaning| {
                matches!(meaning, Meaning::Actor(n, Form::Name) if lexicon.actors[*n as usize].kind == ActorKind::State)
            })
        };
        let paired = |one: Tok, other: Tok| {
            one.abs_diff(other) == 2
                && matches!(syntax.form(one.min(other) + 1), "-" | "–" | "/")
                && is_state(one)
                && is_state(other)
        };
        let joined = |tok: Tok| {
            matches!(syntax.rel(tok), Deprel::Flat)
                && syntax.head(tok).is_some_and(|h| (h < first || h > last) && !paired(tok, h))
        };
        single
            && (joined(first)
                || syntax.kids(first).iter().any(|&kid| {
                    syntax.rel(kid) == Deprel::Flat
                        && syntax.token(kid).upos == Upos::Propn
                        && (kid < first || kid > last)
                        && !paired(first, kid)
                }))
    };
    match meaning {
        Meaning::Actor(number, form_of) => {
            let actor = &lexicon.actors[number as usize];
            if !is_name
                && actor.kind != ActorKind::Firm
                && !form.chars().any(char::is_uppercase)
                && single
                && form.len() < 5
            {
                return None;
            }
            if let (Some(day), Some(to)) = (day, actor.to) {
                // A dissolved state is still named as history; a person's role is over.
                if actor.kind == ActorKind::Person && day > to && days(to, day) > SURNAME_REACH {
                    return None;
                }
            }
            // "Assistant Secretary Sison" is in no opposition.
            let is_official = || {
                title_before(syntax, first)
                    .is_some_and(|title| OF_GOVERNMENTS.iter().any(|known| title.eq_ignore_ascii_case(known)))
            };
            if actor.kind == ActorKind::Person && single && (is_official() || partner_name(syntax, first, last)) {
                return None;
            }
            if matches!(form_of, Form::Capital | Form::Seat) && lends_its_name(syntax, last) {
                return None;
            }
            // Bonn and Saigon no longer speak for a state.
            if matches!(form_of, Form::Capital | Form::Seat)
                && actor.to.is_some_and(|to| day.is_none_or(|day| day > to))
            {
                return None;
            }
            // "the National Congress" is another's.
            if actor.kind == ActorKind::Agency && single && partner_name(syntax, first, last) {
                return None;
            }
            if single && is_of_continent(syntax, first) {
                return None;
            }
            let is_body =
                matches!(actor.kind, ActorKind::Organisation | ActorKind::Agency | ActorKind::Party | ActorKind::Ngo);
            if is_body && ends_longer_name(syntax, lexicon, first, last) {
                return None;
            }
            if in_longer_name() && form_of != Form::Adjective && !matches!(actor.kind, ActorKind::Agency) {
                return None;
            }
            // "the Indian army" is no doubtful name: what stands before a noun as an adjective is one.
            let adjective = form_of == Form::Adjective && is_name && token.upos == Upos::Adj;
            if single && !adjective && actor.ambiguous.iter().any(|name| name == form) && token.upos != Upos::Propn {
                return None;
            }
            let base = match (actor.kind, form_of) {
                (ActorKind::State, Form::Name) => 100,
                (ActorKind::State, Form::Adjective | Form::Demonym) => {
                    // "Polish", "Turkey": an adjective or noun that is a common word.
                    if token.upos == Upos::Verb { return None } else { 95 }
                }
                (ActorKind::Organisation, _) => 90,
                (ActorKind::State, _) => 85,
                (ActorKind::Agency, _) => 88,
                (ActorKind::Group | ActorKind::Party | ActorKind::Ngo, _) => 80,
                (ActorKind::Media, _) => 78,
                (ActorKind::Person, _) => 75,
                (ActorKind::Firm, _) => 60,
            };
            let dissolved = i32::from(actor.to.is_some() && actor.kind == ActorKind::State);
            let form_fit = match form_of {
                Form::Adjective if token.upos == Upos::Adj || matches!(syntax.rel(first), Deprel::Amod) => 3,
                Form::Demonym
                    if matches!(token.upos, Upos::Noun | Upos::Propn)
                        && !matches!(syntax.rel(first), Deprel::Amod | Deprel::Compound) =>
                {
                    4
                }
                _ => 0,
            };
            Some(base + form_fit - dissolved)
        }
        Meaning::Holder(office, holder, full) => {
            if !is_name || token.upos == Upos::Verb {
                return None;
            }
            let (office, holder) = lexicon.holder(office, holder);
            let distance = day.map(|day| holder.days_from(day));
            if full && !single {
                // Where the news has no date, the latest of his offices.
                let latest = || holder.from.map_or(0, |from| (i32::from(from.year() - 1946) / 4).clamp(0, 20));
                let near = distance.map_or_else(latest, |d| if d == 0 { 21 } else { 20 - (d / 400).min(20) });
                let started = match (day, holder.from) {
                    (Some(day), Some(from)) if day < from => 5,
                    _ => 0,
                };
                // "Zimbabwean President Robert Mugabe" is not the African Union's.
                let stated = if names_before(syntax, lexicon, first, &office.code) { 25 } else { 0 };
                return Some(110 + near - started + stated);
            }
            if !matches!(token.upos, Upos::Propn) || (single && partner_name(syntax, first, last)) {
                return None;
            }
            if single && is_half_of_name(syntax, first) {
                return None;
            }
            // Without a title only those whom everybody knows go by their surname, and only in office.
            let is_known = |level: &str| match level {
                "foreign-minister" | "defence-minister" | "spokesperson" | "deputy-head-of-state" => {
                    distance == Some(0)
                }
                level => leads(level),
            };
            let heads = office.level.as_deref().is_some_and(is_known) && !lexicon.words.surnames.contains(form);
            let to_come = day.zip(holder.from).is_some_and(|(day, from)| day < from);
            let title = title_before(syntax, first);
            if title.is_some_and(|title| !bears(office, title)) {
                return None;
            }
            if title.is_none()
                && (!heads || to_come || crate::when::is_time_word(form) || distance.is_some_and(|d| d > BARE_REACH))
            {
                return None;
            }
            match distance {
                Some(distance) if distance > SURNAME_REACH => None,
                Some(distance) => Some(70 - distance / 100),
                // Without a date a surname alone names the latest holder, if a title stands with it.
                None => {
                    let year = holder.to.or(holder.from).map_or(0, |d| i32::from(d.year()) - 1990);
                    Some(30 + year.min(39) / 2)
                }
            }
        }
        Meaning::Place(number) => {
            if !is_name || (single && !matches!(token.upos, Upos::Propn)) || in_longer_name() {
                return None;
            }
            if matches!(token.xpos, Xpos::Cd) || lends_its_name(syntax, last) {
                return None;
            }
            let place = &lexicon.places[number as usize];
            // Cities lend their names to people: what speaks or owns is rather a person.
            if single
                && place.kind == PlaceKind::City
                && matches!(syntax.rel(first), Deprel::Nsubj | Deprel::NmodPoss)
                && syntax.case(first).is_none()
            {
                return None;
            }
            let place_first = syntax.case(first).is_some_and(|c| matches!(c, "in" | "at" | "near" | "from" | "to"));
            Some(40 + i32::from(place_first) * 10 - place.kind as i32 - (number.min(60_000) / 10_000) as i32)
        }
        Meaning::Territory(..) => is_name.then_some(92),
        Meaning::Role(_) => None,
    }
}

/// Tells whether an office of a level leads a state or an organisation.
fn leads(level: &str) -> bool {
    level.starts_with("head-of") || level == "supreme-leader"
}

/// Tells whether an adjective is part of a continent's: "South American".
fn is_of_continent(syntax: &Syntax<'_>, tok: Tok) -> bool {
    let before = tok.checked_sub(1).map(|before| syntax.form(before));
    matches!(syntax.form(tok), "American" | "Americans" | "America")
        && matches!(before, Some("South" | "North" | "Central" | "Latin"))
}

/// Tells whether a city only lends its name to a thing: "the Paris Agreement", "the Kennedy Space Center".
fn lends_its_name(syntax: &Syntax<'_>, last: Tok) -> bool {
    const THINGS: &[&str] = &[
        "accord",
        "accords",
        "agreement",
        "agreements",
        "center",
        "centre",
        "club",
        "communique",
        "convention",
        "conventions",
        "declaration",
        "exchange",
        "festival",
        "format",
        "games",
        "institute",
        "marathon",
        "olympics",
        "orchestra",
        "pact",
        "philharmonic",
        "post",
        "process",
        "protocol",
        "review",
        "stock",
        "times",
        "treaty",
        "university",
        "wall",
    ];
    let head = syntax.head(last).filter(|&head| last < head && syntax.rel(last) == Deprel::Compound);
    head.is_some_and(|head| {
        let form = syntax.form(head);
        form.starts_with(char::is_uppercase) && THINGS.iter().any(|thing| form.eq_ignore_ascii_case(thing))
    })
}

/// Titles of those who govern.
const OF_GOVERNMENTS: &[&str] = &["minister", "chancellor", "premier", "secretary", "pm"];

/// The title right before a surname: "President" of "President Bush".
fn title_before<'s>(syntax: &Syntax<'s>, first: Tok) -> Option<&'s str> {
    const TITLES: &[&str] = &[
        "president",
        "minister",
        "chancellor",
        "premier",
        "secretary",
        "king",
        "queen",
        "emir",
        "sheikh",
        "general",
        "mr",
        "mrs",
        "ms",
        "pm",
    ];
    let title = syntax.form(first.checked_sub(1)?).trim_end_matches('.');
    let is_one = TITLES.iter().any(|known| title.eq_ignore_ascii_case(known));
    (is_one && title.starts_with(char::is_uppercase)).then_some(title)
}

/// Tells whether who has an office is called by a title.
fn bears(office: &Office, title: &str) -> bool {
    let is_of_any = |known: &&str| title.eq_ignore_ascii_case(known);
    // "Secretary Lee" may be deputy secretary of state.
    let is_last = |words: &str| words.rsplit(' ').next().is_some_and(|word| word.eq_ignore_ascii_case(title));
    let last = |words: &str| is_last(words) || words.split(" of ").next().is_some_and(is_last);
    ["mr", "mrs", "ms", "general", "sheikh"].iter().any(is_of_any)
        || last(&office.title)
        || office.titles.iter().any(|known| last(known))
}

/// The word in capitals right before a name.
fn capital_before(syntax: &Syntax<'_>, first: Tok) -> Option<Tok> {
    first.checked_sub(1).filter(|&before| {
        let form = syntax.form(before);
        form.len() > 2 && form.starts_with(char::is_uppercase) && !form.ends_with('.')
    })
}

/// Tells whether the word before a name is tied to one of the name's words as a part of it.
fn hangs_within(syntax: &Syntax<'_>, before: Tok, first: Tok, last: Tok) -> bool {
    matches!(syntax.rel(before), Deprel::Compound | Deprel::Flat | Deprel::NmodDesc | Deprel::Amod)
        && syntax.head(before).is_some_and(|head| first <= head && head <= last)
}

/// Tells whether a word is joined to another name by a hyphen: "Kok-Tash" is nobody called Kok.
fn is_half_of_name(syntax: &Syntax<'_>, tok: Tok) -> bool {
    let is_at = |at: Option<Tok>, fits: &dyn Fn(&str) -> bool| {
        at.filter(|&at| usize::from(at) < syntax.len()).is_some_and(|at| fits(syntax.form(at)))
    };
    let is_name = |form: &str| form.starts_with(char::is_uppercase);
    let joined = |hyphen: Option<Tok>, name: Option<Tok>| is_at(hyphen, &|form| form == "-") && is_at(name, &is_name);
    joined(Some(tok + 1), Some(tok + 2)) || joined(tok.checked_sub(1), tok.checked_sub(2))
}

/// Tells whether another name stands right before a surname, so that it is someone else's: "Jordan Smith", "Judge Smith".
fn partner_name(syntax: &Syntax<'_>, first: Tok, last: Tok) -> bool {
    let before = capital_before(syntax, first);
    let is_name = |before: Tok| {
        hangs_within(syntax, before, first, first)
            || syntax.rel(first) == Deprel::Flat && syntax.head(first) == Some(before)
    };
    if before.is_some_and(is_name) {
        return title_before(syntax, first).is_none();
    }
    let after = last + 1;
    (after as usize) < syntax.len()
        && syntax.token(after).upos == Upos::Propn
        && syntax.rel(after) == Deprel::Flat
        && syntax.head(after) == Some(first)
}

/// Tells whether the name of a body is but the end of another's: "the National Security Council", "the Amazon Fund".
fn ends_longer_name(syntax: &Syntax<'_>, lexicon: &Lexicon, first: Tok, last: Tok) -> bool {
    let Some(before) = capital_before(syntax, first) else { return false };
    let is_letters = syntax.form(last).chars().all(char::is_uppercase);
    // "the UN Security Council", "the Norwegian Foreign Ministry": whose it is.
    let owns = |meaning: &Meaning| {
        matches!(meaning, Meaning::Actor(number, _) if matches!(
            lexicon.actors[*number as usize].kind,
            ActorKind::State | ActorKind::Organisation
        ))
    };
    // "Opposition Labour leaders", where a sentence begins.
    let begins = before == 0 && syntax.token(before).upos != Upos::Propn;
    hangs_within(syntax, before, first, last)
        && !is_letters
        && !begins
        && !lexicon.names.get(syntax.form(before)).iter().any(owns)
        && title_before(syntax, first).is_none()
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}
/// Tells whether the words before a name, of the same phrase, name the actor with this code.
fn names_before(syntax: &Syntax<'_>, lexicon: &Lexicon, first: Tok, code: &str) -> bool {
    (first.saturating_sub(5)..first)
        .rev()
        .take_while(|&tok| matches!(syntax.token(tok).upos, Upos::Propn | Upos::Adj | Upos::Noun))
        .flat_map(|tok| lexicon.names.get(syntax.form(tok)))
        .any(|meaning| matches!(meaning, Meaning::Actor(number, _) if lexicon.actors[*number as usize].code == code))
}
