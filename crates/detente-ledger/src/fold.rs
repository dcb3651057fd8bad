//! The fold: sayings that concern one matter become one affair.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use detente_coder::{AttributionKind, Coded, Epoch, Precision, TextField};
use detente_lexicon::{Lexicon, Machine, Sides};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    affair::{Account, Affair, Entry},
    saying::{self, Saying, Source},
    table::Table,
};

/// Folds what articles were coded to into affairs.
///
/// The machines are those of the lexicon (`machines/`). The order of the articles makes no difference.
pub fn fold(coded: &[Coded], lexicon: &Lexicon) -> Vec<Affair> {
    let machines = Machines::new(lexicon);
    let sayings = coded.iter().flat_map(|coded| machines.sayings(coded)).collect();
    machines.fold(sayings, |_| true)
}

/// Folds what articles were coded to under names of the user's: in the order that they have under their
/// [uids](crate::store::uid), so to the affairs, with the ids, that a ledger of these articles has.
pub fn fold_named(coded: &[Coded], uids: &[String], lexicon: &Lexicon) -> Vec<Affair> {
    let machines = Machines::new(lexicon);
    let mut sayings: Vec<Saying> = Vec::new();
    for (coded, uid) in coded.iter().zip(uids) {
        sayings.extend(machines.sayings(coded).into_iter().map(|mut saying| {
            saying.source.article.clone_from(uid);
            saying
        }));
    }
    let mut affairs = machines.fold(sayings, |_| true);
    let names: BTreeMap<&str, &str> =
        coded.iter().zip(uids).map(|(coded, uid)| (uid.as_str(), coded.article.as_str())).collect();
    for entry in affairs.iter_mut().flat_map(|affair| &mut affair.entries) {
        if let Some(name) = names.get(entry.article.as_str()) {
            entry.article = (*name).to_owned();
        }
    }
    affairs
}

/// What an article says of one affair, taken out of it so that it can be folded elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The kind of affair.
    pub kind: String,
    /// What, beside the kind, tells the affair from others. Nothing where only what else the article says can tell: fold such a saying
    /// with all of its article's of its kind.
    pub key: Option<String>,
    /// The article.
    pub article: String,
    /// All that is said, as JSON.
    pub json: String,
}

/// A saying with the day on which its article was published, which a ledger keeps with the article: of what is said of one day,
/// the earlier report comes first.
#[derive(Serialize, Deserialize)]
struct Dated {
    published: Option<Date>,
    saying: Saying,
}

/// Takes apart what an article says of affairs.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn said(coded: &Coded, lexicon: &Lexicon) -> serde_json::Result<Vec<Said>> {
    let machines = Machines::new(lexicon);
    let said = |saying: Saying| {
        Ok(Said {
            kind: machines.kind(&saying).to_owned(),
            key: saying.key.as_ref().map(|key| key.join(" ")),
            article: saying.source.article.clone(),
            json: serde_json::to_string(&Dated { published: saying.source.published, saying })?,
        })
    };
    machines.sayings(coded).into_iter().map(said).collect()
}

/// Folds what was taken apart: the same affairs as [`fold`] gives, when all that is said of a kind and key is there.
///
/// # Errors
///
/// When something is no JSON of a saying.
pub fn fold_said<'s>(
    said: impl IntoIterator<Item = (&'s str, &'s str)>,
    lexicon: &Lexicon,
) -> serde_json::Result<Vec<Affair>> {
    let machines = Machines::new(lexicon);
    let mut sayings = Vec::new();
    for (kind, json) in said {
        if let Some(machine) = machines.number(kind) {
            let Dated { published, mut saying } = serde_json::from_str(json)?;
            saying.machine = machine;
            saying.source.published = published;
            sayings.push(saying);
        }
    }
    Ok(machines.fold(sayings, |_| true))
}

/// The machines of a lexicon, ready to read acts and to fold what they say.
pub(crate) struct Machines<'l> {
    tables: Vec<Table<'l>>,
    lexicon: &'l Lexicon,
}

impl<'l> Machines<'l> {
    pub fn new(lexicon: &'l Lexicon) -> Machines<'l> {
        Machines { tables: lexicon.machines.iter().map(|machine| Table::new(machine, lexicon)).collect(), lexicon }
    }

    /// What an article says of affairs.
    pub fn sayings(&self, coded: &Coded) -> Vec<Saying> {
        saying::of_article(coded, &self.tables, self.lexicon)
    }

    /// The number of the machine of a kind.
    pub fn number(&self, kind: &str) -> Option<usize> {
        self.tables.iter().position(|table| table.machine.kind == kind)
    }

    /// The kind of a saying.
    pub fn kind(&self, saying: &Saying) -> &'l str {
        &self.tables[saying.machine].machine.kind
    }

    /// Folds sayings into the affairs whose sayings are wanted, in order of parties, kind and subject.
    pub fn fold(&self, mut sayings: Vec<Saying>, is_wanted: impl Fn(&Saying) -> bool) -> Vec<Affair> {
        sayings.sort_by(|a, b| order(a).cmp(&order(b)));
        let mut affairs: Vec<Affair> = Vec::new();
        for matter in matters(&sayings, &self.tables) {
            if matter.sayings.iter().any(|saying| saying.makes && is_wanted(saying)) {
                affairs.extend(Folding::new(&self.tables[matter.machine], matter, self.lexicon).affair());
            }
        }
        affairs.sort_by(|a, b| (&a.parties, &a.kind, &a.subject, &a.id).cmp(&(&b.parties, &b.kind, &b.subject, &b.id)));
        affairs
    }
}

/// A hash of words, the same in every run.
fn id_of<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for word in words {
        for byte in word.bytes().chain([0x1f]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

/// Order of time, then of publication, then of the text: history without a date first, then what has none, then day by
/// day. Of the reports of one act the one that stands for all has the last word.
type Order<'s> =
    ((bool, Option<Date>, bool, bool, Option<Date>), (&'s str, bool, u32, u32), (usize, &'s [String], Option<&'s str>));

fn order(saying: &Saying) -> Order<'_> {
    let source = &saying.source;
    order_at(saying, source.epoch, source.at, source.is_retold, source.act.as_deref())
}

/// The order in which sayings would stand if each report stood for itself: it is the same whatever is one act with what.
fn own_order(saying: &Saying) -> Order<'_> {
    let source = &saying.source;
    let (epoch, at) = source.own_time.unwrap_or((source.epoch, source.at));
    order_at(saying, epoch, at, false, None)
}

fn order_at<'s>(
    saying: &'s Saying,
    epoch: Epoch,
    at: Option<Date>,
    is_retold: bool,
    act: Option<&'s str>,
) -> Order<'s> {
    let source = &saying.source;
    let is_news = epoch == Epoch::New;
    (
        (is_news || at.is_some(), at, is_news, !is_retold, source.published),
        (&source.article, source.field == TextField::Title, source.span.start, source.span.end),
        (saying.machine, &saying.parties, act),
    )
}

/// The sayings of one affair.
struct Matter<'s> {
    machine: usize,
    key: Vec<String>,
    /// Words of the subject.
    topic: BTreeSet<String>,
    /// In order of time.
    sayings: Vec<&'s Saying>,
}

/// Brings together what concerns one affair.
fn matters<'s>(sayings: &'s [Saying], tables: &[Table<'_>]) -> Vec<Matter<'s>> {
    let mut by_key: BTreeMap<(usize, &Vec<String>), Vec<usize>> = BTreeMap::new();
    for (number, saying) in sayings.iter().enumerate() {
        if let (true, Some(key)) = (saying.makes, &saying.key) {
            by_key.entry((saying.machine, key)).or_default().push(number);
        }
    }
    let mut matters: Vec<Matter<'s>> = Vec::new();
    for ((machine, key), numbers) in by_key {
        for (topic, numbers) in clusters(sayings, numbers) {
            let sayings = numbers.into_iter().map(|number| &sayings[number]).collect();
            matters.push(Matter { machine, key: key.clone(), topic, sayings });
        }
    }
    let places = Places::of(&matters);
    let joined: Vec<(usize, &'s Saying)> = sayings
        .iter()
        .filter(|saying| !(saying.makes && saying.key.is_some()))
        .filter_map(|saying| Some((the_matter_of(saying, &matters, &places, tables)?, saying)))
        .collect();
    for (matter, saying) in joined {
        matters[matter].sayings.push(saying);
    }
    for matter in &mut matters {
        matter.sayings.sort_by(|a, b| order(a).cmp(&order(b)));
    }
    matters
}

impl<'s> Matter<'s> {
    /// The sayings, but of what several reports of one act say alike only the word of the one that stands for all, else the
    /// first; and of an act that brings a state no report that only notes it.
    fn said_once(&self) -> Vec<&'s Saying> {
        let mut numbers: Vec<usize> = (0..self.sayings.len()).collect();
        numbers.sort_by_key(|&number| (self.sayings[number].state.is_none(), self.sayings[number].source.is_retold));
        let mut said: BTreeMap<&str, BTreeSet<Option<&str>>> = BTreeMap::new();
        numbers.retain(|&number| {
            let saying = self.sayings[number];
            let Some(act) = saying.source.act.as_deref() else { return true };
            let known = said.entry(act).or_default();
            (saying.state.is_some() || known.is_empty()) && known.insert(saying.state.as_deref())
        });
        numbers.sort_unstable();
        numbers.into_iter().map(|number| self.sayings[number]).collect()
    }
}

/// Where the matters of a key and those that an article makes stand in a list.
struct Places<'m> {
    by_key: BTreeMap<(usize, &'m [String]), Vec<usize>>,
    by_article: BTreeMap<(usize, &'m str), BTreeSet<usize>>,
}

impl<'m> Places<'m> {
    fn of(matters: &'m [Matter<'_>]) -> Places<'m> {
        let mut places = Places { by_key: BTreeMap::new(), by_article: BTreeMap::new() };
        for (number, matter) in matters.iter().enumerate() {
            places.by_key.entry((matter.machine, &matter.key)).or_default().push(number);
            for saying in &matter.sayings {
                places.by_article.entry((matter.machine, &saying.source.article)).or_default().insert(number);
            }
        }
        places
    }
}

/// Parts sayings of the same parties by their subjects: two are one when one subject holds the other, or half of it.
fn clusters(sayings: &[Saying], numbers: Vec<usize>) -> Vec<(BTreeSet<String>, Vec<usize>)> {
    let mut by_topic: BTreeMap<&BTreeSet<String>, Vec<usize>> = BTreeMap::new();
    for number in numbers {
        by_topic.entry(&sayings[number].topic).or_default().push(number);
    }
    let mut silent = by_topic.remove(&BTreeSet::new()).unwrap_or_default();
    // Topics that are one, with their sayings.
    let mut groups: Vec<(Vec<&BTreeSet<String>>, Vec<usize>)> = Vec::new();
    for (topic, numbers) in by_topic {
        let (one, mut rest): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(topics, _)| topics.iter().any(|known| is_akin(known, topic)));
        let mut joined = (vec![topic], numbers);
        for (topics, numbers) in one {
            joined.0.extend(topics);
            joined.1.extend(numbers);
        }
        rest.push(joined);
        groups = rest;
    }
    let words = |topics: Vec<&BTreeSet<String>>| topics.into_iter().flatten().cloned().collect();
    let mut clusters: Vec<(BTreeSet<String>, Vec<usize>)> =
        groups.into_iter().map(|(topics, numbers)| (words(topics), numbers)).collect();
    // "Talks are going on", where there are two kinds of them: about either.
    if clusters.len() > 1 {
        silent.retain(|&number| sayings[number].source.act.is_some());
    }
    match (clusters.as_mut_slice(), silent.is_empty()) {
        (_, true) => {}
        ([only], false) => only.1.extend(silent),
        _ => clusters.push((BTreeSet::new(), silent)),
    }
    for (_, numbers) in &mut clusters {
        numbers.sort_unstable();
    }
    clusters
}

fn is_akin(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let both = a.intersection(b).count();
    let either = a.len() + b.len() - both;
    both > 0 && (both == a.len().min(b.len()) || 2 * both >= either)
}

/// The one affair that a saying can mean which makes none by itself.
fn the_matter_of(saying: &Saying, matters: &[Matter<'_>], places: &Places<'_>, tables: &[Table<'_>]) -> Option<usize> {
    let sides = tables[saying.machine].machine.sides;
    let concerns = |matter: &Matter<'_>| {
        let parties = || matter.sayings.iter().flat_map(|known| &known.parties);
        !saying.parties.is_empty()
            && match sides {
                Sides::Directed => parties().next() == saying.parties.first(),
                Sides::Territory => saying.parties.iter().any(|code| parties().any(|known| known == code)),
                _ => saying.parties.iter().all(|code| parties().any(|known| known == code)),
            }
    };
    let open: Vec<usize> = match &saying.key {
        Some(key) => places.by_key.get(&(saying.machine, key.as_slice())).cloned().unwrap_or_default(),
        None => {
            let in_article = places.by_article.get(&(saying.machine, saying.source.article.as_str()));
            let concerned = in_article.into_iter().flatten().copied();
            concerned.filter(|&number| concerns(&matters[number])).collect()
        }
    };
    let akin: Vec<usize> =
        open.iter().copied().filter(|&number| is_akin(&matters[number].topic, &saying.topic)).collect();
    match (akin.as_slice(), open.as_slice()) {
        ([only], _) => Some(*only),
        ([], [only]) if saying.topic.is_empty() || matters[*only].topic.is_empty() => Some(*only),
        _ => None,
    }
}

/// An affair in the making.
struct Folding<'t, 's, 'l> {
    machine: &'l Machine,
    table: &'t Table<'l>,
    matter: Matter<'s>,
    lexicon: &'l Lexicon,
    state: Option<String>,
    since: Option<Date>,
    precision: Precision,
    /// Whose deed brought the state, and when.
    movers: BTreeSet<String>,
    moved_at: Option<Date>,
    moved_by_news: bool,
    entries: Vec<Entry>,
    /// By whom: the state, the act, when, and whether it is news.
    accounts: BTreeMap<String, Telling>,
}

/// The last that one side says.
struct Telling {
    state: String,
    act: Option<String>,
    at: Option<Date>,
    is_news: bool,
}

impl<'t, 's, 'l> Folding<'t, 's, 'l> {
    fn new(table: &'t Table<'l>, matter: Matter<'s>, lexicon: &'l Lexicon) -> Folding<'t, 's, 'l> {
        Folding {
            machine: table.machine,
            table,
            matter,
            lexicon,
            state: None,
            since: None,
            precision: Precision::Unknown,
            movers: BTreeSet::new(),
            moved_at: None,
            moved_by_news: false,
            entries: Vec::new(),
            accounts: BTreeMap::new(),
        }
    }

    /// Runs the machine over the sayings.
    fn affair(mut self) -> Option<Affair> {
        for saying in self.matter.said_once() {
            self.enter(saying);
        }
        let state = self.state.clone()?;
        let sayings = &self.matter.sayings;
        // The subject of fewest words; of equals what has a name in it, then what holds most of the words.
        let wordings = sayings.iter().filter(|saying| saying.makes && !saying.topic.is_empty()).filter_map(|saying| {
            let subject = saying.subject.as_ref()?;
            let words = Reverse(subject.split_whitespace().count());
            Some((saying.topic.len(), !subject.contains(char::is_uppercase), words, subject.len(), subject))
        });
        let subject = wordings.min().map(|(.., subject)| subject.clone());
        let territory = sayings
            .iter()
            .find_map(|saying| saying.territory.as_deref())
            .filter(|_| self.table.machine.subjects_apart || self.machine.sides == Sides::Territory)
            .and_then(|code| self.lexicon.territories.iter().find(|territory| territory.code == code));
        let organisation = sayings.iter().find_map(|saying| saying.organisation.clone());
        let organisation = organisation.filter(|_| self.machine.sides == Sides::Membership);
        let name = |code: String| self.lexicon.actor(&code).map_or(code.clone(), |actor| actor.title.to_string());
        let object = territory.map(|territory| territory.title.to_string()).or(organisation.map(name));
        let claim = territory.filter(|_| self.machine.sides == Sides::Territory);
        let parts = claim
            .map_or(Vec::new(), |t| t.parts.iter().filter_map(|part| part.first()).map(ToString::to_string).collect());
        let holder = claim.and_then(|territory| territory.holder.as_ref()).map(ToString::to_string);
        let parties = self.parties(claim);
        let claimants = claim.map_or(Vec::new(), |territory| {
            let known = |code: &&String| {
                territory.claimants.iter().any(|claimant| claimant == code.as_str()) || self.is_claimant(code)
            };
            parties.iter().filter(|code| Some(*code) != holder.as_ref()).filter(known).cloned().collect()
        });
        let (id, aliases) = self.ids();
        Some(Affair {
            id,
            aliases,
            key: self.matter.key.clone(),
            kind: self.machine.kind.to_string(),
            place: self.matter.sayings.iter().find_map(|saying| saying.place.clone()),
            parties,
            subject,
            object,
            parts,
            since: self.since,
            since_precision: self.precision,
            claimants,
            holder,
            next: self.machine.next_states(&state).map(ToString::to_string).collect(),
            accounts: self.differing(&state),
            entries: self.entries,
            state,
        })
    }

    fn enter(&mut self, saying: &Saying) {
        let source = &saying.source;
        let is_news = source.epoch == Epoch::New;
        let mut moved = false;
        let mut shown = self.state.clone();
        if let Some(said) = &saying.state {
            let next = self.machine.next(self.state.as_deref(), said).to_owned();
            if saying.is_vague && self.state.as_ref().is_some_and(|state| *state != next) {
                // It may be of another matter: it does not move this one.
            } else if self.is_claim_only(saying, said) {
                shown = Some(said.clone());
            } else {
                if self.state.as_ref() != Some(&next) {
                    moved = true;
                    self.state = Some(next.clone());
                    (self.since, self.precision) = (source.date, source.precision);
                    self.movers = saying.movers.clone();
                } else if *said == next {
                    self.movers.extend(saying.movers.iter().cloned());
                    moved = self.is_nearer(source);
                    if moved {
                        (self.since, self.precision) = (source.date, source.precision);
                        self.entries
                            .iter_mut()
                            .rev()
                            .find(|entry| entry.moved)
                            .into_iter()
                            .for_each(|e| e.moved = false);
                    }
                }
                (self.moved_at, self.moved_by_news) = (source.at, is_news);
                shown = Some(next);
            }
            if let Some(told) = shown.clone() {
                for by in speakers(saying) {
                    let telling = Telling { state: told.clone(), act: source.act.clone(), at: source.at, is_news };
                    self.accounts.insert(by, telling);
                }
            }
        }
        self.entries.push(Entry {
            act: source.act.clone(),
            state: shown,
            date: source.date,
            date_precision: source.precision,
            attribution: source.attribution.clone(),
            article: source.article.clone(),
            field: source.field,
            start: source.span.start,
            end: source.span.end,
            movers: saying.movers.iter().cloned().collect(),
            moved,
        });
    }

    /// Tells whether a date lies within that of the last turn and says more exactly when it was: a day of that month, or that of the deed
    /// where a circumstance of the same day's news told the state first.
    fn is_nearer(&self, source: &Source) -> bool {
        let (Some(since), Some(date)) = (self.since, source.date) else {
            let is_deed = source.act.is_some() && source.date.is_some();
            return self.since.is_none() && is_deed && source.at == self.moved_at;
        };
        let last = match self.precision {
            Precision::Year => since.last_of_year(),
            Precision::Month => since.last_of_month(),
            Precision::Day | Precision::Unknown => return false,
        };
        source.precision < self.precision && (since..=last).contains(&date)
    }

    /// Tells whether a side only says so: what another side ended, it cannot open alone.
    fn is_claim_only(&self, saying: &Saying, said: &str) -> bool {
        let speakers = speakers(saying);
        self.state.as_deref().is_some_and(|state| state != said && !self.machine.together.iter().any(|t| t == state))
            && self.machine.together.iter().any(|state| state == said)
            && speakers.len() < 2
            && !speakers.iter().any(|by| self.movers.contains(by))
    }

    /// The accounts of the sides that contradict the state and are not outdated, beside that of the one who brought it.
    fn differing(&self, state: &str) -> Vec<Account> {
        let is_current = |telling: &Telling| {
            telling.is_news >= self.moved_by_news
                && !matches!((telling.at, self.moved_at), (Some(told), Some(moved)) if told < moved)
        };
        let counts = |by: &str, telling: &Telling| {
            self.movers.contains(by)
                || is_current(telling) && !self.machine.wishes.iter().any(|wish| *wish == telling.state)
        };
        let accounts: BTreeSet<Account> = self
            .accounts
            .iter()
            .filter(|(by, telling)| counts(by, telling))
            .map(|(by, telling)| Account { by: by.clone(), state: telling.state.clone(), act: telling.act.clone() })
            .collect();
        match accounts.iter().any(|account| account.state != state) {
            true => accounts.into_iter().collect(),
            false => Vec::new(),
        }
    }

    fn is_claimant(&self, code: &str) -> bool {
        self.matter.sayings.iter().any(|saying| saying.source.act.is_none() && saying.movers.contains(code))
    }

    fn parties(&self, claim: Option<&detente_lexicon::Territory>) -> Vec<String> {
        let mut parties: Vec<String> = Vec::new();
        for code in self.matter.sayings.iter().filter(|saying| saying.key.is_some()).flat_map(|saying| &saying.parties)
        {
            if !parties.contains(code) {
                parties.push(code.clone());
            }
        }
        if let Some(territory) = claim {
            let claimants = || territory.claimants.iter().map(ToString::to_string);
            // A state that no longer is has passed its claim on; others that speak of it are no parties.
            parties.retain(|code| {
                claimants().chain(territory.holder.as_ref().map(ToString::to_string)).any(|known| known == *code)
                    || self.is_claimant(code)
            });
            parties.extend(territory.holder.as_ref().map(ToString::to_string));
            if parties.iter().collect::<BTreeSet<_>>().len() < 2 {
                parties.extend(claimants());
            }
        }
        if self.machine.sides != Sides::Directed {
            parties.sort();
            parties.dedup();
        }
        parties
    }

    /// The id that the first subject gives, and those that the others give: an affair stays to be found by the id that it
    /// had while less was known.
    fn ids(&self) -> (String, Vec<String>) {
        let named = |topic: &BTreeSet<String>| {
            let key = self.matter.key.iter().chain(topic).map(String::as_str);
            id_of(std::iter::once(self.machine.kind.as_str()).chain(key))
        };
        let makers = || self.matter.sayings.iter().filter(|saying| saying.makes && saying.key.is_some());
        let first = makers().min_by(|a, b| {
            (a.topic.is_empty(), own_order(a), &a.topic).cmp(&(b.topic.is_empty(), own_order(b), &b.topic))
        });
        let id = first.map_or_else(String::new, |saying| named(&saying.topic));
        let topics: BTreeSet<&BTreeSet<String>> = makers().map(|saying| &saying.topic).collect();
        let aliases = topics.into_iter().map(named).filter(|other| *other != id).collect();
        (id, aliases)
    }
}

/// On whose word a saying stands: that of its speaker, else of those whose deed it is.
fn speakers(saying: &Saying) -> Vec<String> {
    let attribution = &saying.source.attribution;
    match (attribution.kind, attribution.code.as_ref().or(attribution.speaker.as_ref())) {
        (AttributionKind::Statement | AttributionKind::Quotation, Some(by)) => vec![by.clone()],
        _ => saying.movers.iter().cloned().collect(),
    }
}
