//! What acts and circumstances say of affairs: kind, parties, state, on whose word, when.

use std::collections::BTreeSet;

use detente_coder::{Act, Attribution, Coded, Epoch, Factuality, Party, Precision, Span, Standing, TextField};
use detente_lexicon::{ActorKind, Lexicon, Machine, Move, Need, Sides};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    phrase::Phrase,
    table::{Table, Told},
};

/// Sectors in which an actor acts for its state or organisation.
const OFFICIAL: [&str; 7] = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY", "IGO"];

/// Codes of actors that belong to no state.
const STATELESS: [&str; 4] = ["NGO", "IMG", "ISM", "MNC"];

/// One thing that an act or a circumstance says of one affair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saying {
    /// Number of the machine; the ledger keeps its kind.
    #[serde(skip)]
    pub machine: usize,
    /// The state that is said; nothing where the act is only noted.
    pub state: Option<String>,
    /// It shows by itself that there is such an affair.
    pub makes: bool,
    /// It lacks the subject that its step needs: it only may be of an affair that others make.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_vague: bool,
    /// Codes of those whose deed it is.
    pub movers: BTreeSet<String>,
    /// Codes of those it concerns, the one that acts first where that matters.
    pub parties: Vec<String>,
    /// What, beside the kind, tells its affair from others: parties, candidate or territory. Nothing where that is not known.
    pub key: Option<Vec<String>>,
    /// Words that tell the subject from others.
    pub topic: BTreeSet<String>,
    /// The subject in the words of the text.
    pub subject: Option<String>,
    /// Code of the territory that is named.
    pub territory: Option<String>,
    /// Code of the organisation that it concerns.
    pub organisation: Option<String>,
    /// Where it takes place.
    pub place: Option<String>,
    /// Where and when it is said.
    pub source: Source,
}

/// Where a saying stands, when it was so, and on whose word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Id of the act.
    pub act: Option<String>,
    /// When it was so.
    pub date: Option<Date>,
    /// How exactly that is known.
    pub precision: Precision,
    /// News or history.
    pub epoch: Epoch,
    /// Where it belongs in time: its own date, or that of the article.
    pub at: Option<Date>,
    /// On whose word.
    pub attribution: Attribution,
    /// The article.
    pub article: String,
    /// The field.
    pub field: TextField,
    /// The words.
    pub span: Span,
    /// When the article was published; the ledger keeps it with the article.
    #[serde(skip)]
    pub published: Option<Date>,
    /// It is one more report of the act: another one stands for all.
    #[serde(skip)]
    pub is_retold: bool,
    /// Where it belongs in time by its own words, where another report stands for all.
    #[serde(skip)]
    pub own_time: Option<(Epoch, Option<Date>)>,
}

/// An act below this confidence moves an affair that others show, and shows none by itself.
const DOUBTED: f32 = 0.40;

/// How many words a subject begins with.
const BEGINNING: usize = 5;

/// The sides of an act or a circumstance.
struct Cast<'a> {
    actors: &'a [Party],
    recipients: &'a [Party],
    thirds: &'a [Party],
    /// The actor only brings the others together.
    is_mediated: bool,
    /// Code of the state where it takes place.
    country: Option<&'a str>,
}

/// Lists what the acts and circumstances of an article say.
pub fn of_article(coded: &Coded, tables: &[Table<'_>], lexicon: &Lexicon) -> Vec<Saying> {
    // An article without a date tells its news after the last thing that it recalls.
    let dates = coded.acts.iter().filter_map(|act| act.date).chain(coded.standings.iter().filter_map(|s| s.date));
    let day = coded.date.or_else(|| dates.max());
    let mut sayings = Vec::new();
    for act in &coded.acts {
        let told = Told::new(act, lexicon);
        for (number, table) in tables.iter().enumerate() {
            if let Some(step) = table.step(&told) {
                of_act(&told, step, number, table, day, lexicon, &mut sayings);
            }
        }
    }
    for standing in &coded.standings {
        if let Some(number) = tables.iter().position(|table| table.machine.kind == standing.kind) {
            of_standing(standing, number, &tables[number], day, lexicon, &mut sayings);
        }
    }
    sayings.iter_mut().for_each(|saying| saying.source.published = coded.date);
    sayings
}

fn of_act(
    told: &Told<'_>,
    step: &Move,
    machine: usize,
    table: &Table<'_>,
    day: Option<Date>,
    lexicon: &Lexicon,
    sayings: &mut Vec<Saying>,
) {
    let act = told.act;
    let state = match act.factuality {
        Factuality::Actual => step.state.clone(),
        unreal => step.unreal.iter().find(|(word, _)| word == unreal.as_str()).map(|(_, state)| state.clone()),
    };
    // What is only meant has no date yet: it is meant since the article says so.
    let is_deed = matches!(act.factuality, Factuality::Actual | Factuality::Denied);
    let (date, precision) = match (is_deed, act.date_reported) {
        (true, _) => (act.date, act.date_precision),
        (false, Some(day)) => (Some(day), Precision::Day),
        (false, None) => (None, Precision::Unknown),
    };
    let source = Source {
        act: Some(act.id.clone()),
        date,
        precision: if date.is_none() { Precision::Unknown } else { precision },
        epoch: act.epoch,
        at: date.or(if act.epoch == Epoch::New { day } else { None }),
        attribution: act.attribution.clone(),
        article: act.article.clone(),
        field: act.text_info.field,
        span: act.evidence,
        published: None,
        is_retold: false,
        own_time: None,
    };
    let (actors, recipients) = match step.turned {
        true => (&act.recipient, &act.actor),
        false => (&act.actor, &act.recipient),
    };
    let cast = Cast {
        actors,
        recipients,
        thirds: &act.third,
        is_mediated: act.mode.iter().any(|mode| mode == "third-party"),
        country: act.event_loc.as_ref().and_then(|place| place.country_code.as_deref()),
    };
    let is_past =
        act.epoch == Epoch::Background && state.as_ref().is_some_and(|state| table.machine.passing.contains(state));
    let territories = told.subject.territories().chain(told.evidence.territories());
    let draft = Saying {
        machine,
        makes: state.is_some() && !step.joins && !is_past && act.confidence >= DOUBTED,
        is_vague: false,
        state: state.map(Into::into),
        movers: BTreeSet::new(),
        parties: Vec::new(),
        key: None,
        topic: BTreeSet::new(),
        subject: None,
        territory: { territories }.next().map(|number| code_of(number, lexicon)),
        organisation: told.subject.organisations().next().map(str::to_owned),
        place: place(act),
        source,
    };
    for mut saying in cast.sayings(draft, table, told, lexicon) {
        if table.machine.subjects_apart {
            let parties = saying.parties.iter().cloned().collect();
            (saying.topic, saying.subject) = told.subject.topic(table, &parties);
        }
        if step.needs.contains(&Need::Subject) && saying.topic.is_empty() && saying.territory.is_none() {
            saying.makes = false;
            saying.is_vague = true;
        }
        sayings.push(saying);
    }
}

fn of_standing(
    standing: &Standing,
    machine: usize,
    table: &Table<'_>,
    day: Option<Date>,
    lexicon: &Lexicon,
    sayings: &mut Vec<Saying>,
) {
    let Machine { states, denied, .. } = table.machine;
    let said = standing.state.replace('-', " ");
    let state = match standing.factuality {
        Factuality::Actual => states.iter().find(|state| **state == said),
        Factuality::Denied => denied.iter().find(|(told, _)| *told == said).map(|(_, then)| then),
        _ => None,
    };
    let source = Source {
        act: None,
        date: standing.date,
        precision: if standing.date.is_none() { Precision::Unknown } else { standing.date_precision },
        epoch: Epoch::New,
        at: standing.date.or(day),
        attribution: standing.attribution.clone(),
        article: standing.article.clone(),
        field: standing.field,
        span: standing.evidence,
        published: None,
        is_retold: false,
        own_time: None,
    };
    let cast = Cast {
        actors: &standing.actor,
        recipients: &standing.recipient,
        thirds: &[],
        is_mediated: false,
        country: None,
    };
    let subject = Phrase::new(standing.subject.as_deref().unwrap_or(""), lexicon);
    let mut territories: Vec<u32> = standing
        .territory
        .iter()
        .filter_map(|code| lexicon.territories.iter().position(|territory| territory.code == code.as_str()))
        .map(|number| number as u32)
        .collect();
    if territories.is_empty() {
        territories.extend(subject.territories().next());
    }
    // A border has no name of its own. It is the matter where the subject begins with it: not "integrity within its borders".
    let (topic, words) = match table.machine.sides {
        Sides::Territory if territories.is_empty() => {
            let all = standing.subject.as_deref().unwrap_or("");
            let end = all.match_indices(' ').nth(BEGINNING - 1).map_or(all.len(), |(at, _)| at);
            let (mut topic, words) = Phrase::new(&all[..end], lexicon).topic(table, &BTreeSet::new());
            // "claims half of Freedonia": a part of it that has no name.
            if topic.is_empty() && !standing.actor.is_empty() && !standing.recipient.is_empty() {
                topic.insert("land".to_owned());
            }
            (topic, words)
        }
        _ => Default::default(),
    };
    // How it stood once says nothing of how it stands, but of what lasts, and where that was not long ago.
    let is_recent = standing.date.zip(day).is_some_and(|(then, now)| (now.year() - then.year()).abs() <= 1);
    let lasts = |state: &smol_str::SmolStr| {
        standing.epoch == Epoch::New
            || table.machine.lasting.contains(state)
            || is_recent && !table.machine.passing.contains(state)
    };
    let each = if table.machine.sides == Sides::Territory { territories.len().max(1) } else { 1 };
    for number in 0..each {
        let draft = Saying {
            machine,
            makes: state.is_some_and(lasts),
            is_vague: false,
            state: state.map(ToString::to_string),
            movers: BTreeSet::new(),
            parties: Vec::new(),
            key: None,
            topic: topic.clone(),
            subject: words.clone(),
            territory: territories.get(number).map(|&number| code_of(number, lexicon)),
            organisation: subject.organisations().next().map(str::to_owned),
            place: None,
            source: source.clone(),
        };
        let named: Vec<String> = subject.states().map(str::to_owned).collect();
        for mut saying in cast.of_sides(draft, table, &named, lexicon) {
            if table.machine.subjects_apart {
                let parties = saying.parties.iter().cloned().collect();
                (saying.topic, saying.subject) = subject.topic(table, &parties);
            }
            sayings.push(saying);
        }
    }
}

fn code_of(territory: u32, lexicon: &Lexicon) -> String {
    lexicon.territories[territory as usize].code.to_string()
}

fn place(act: &Act) -> Option<String> {
    act.event_loc.as_ref().map(|place| place.resolved_place.clone())
}

impl Cast<'_> {
    fn sayings(&self, draft: Saying, table: &Table<'_>, told: &Told<'_>, lexicon: &Lexicon) -> Vec<Saying> {
        let named: Vec<String> = told.subject.states().map(str::to_owned).collect();
        self.of_sides(draft, table, &named, lexicon)
    }

    /// One saying for each affair that the sides make, by the machine's notion of parties.
    fn of_sides(&self, draft: Saying, table: &Table<'_>, named: &[String], lexicon: &Lexicon) -> Vec<Saying> {
        let sectors: Vec<&str> = match table.machine.sectors.is_empty() {
            true => OFFICIAL.to_vec(),
            false => table.machine.sectors.iter().map(|sector| sector.as_str()).collect(),
        };
        let acting = |party: &Party| party.sector.first().is_none_or(|first| sectors.contains(&first.as_str()));
        let (actors, thirds) = match self.is_mediated {
            true => (Vec::new(), codes(self.thirds.iter())),
            false => (codes(self.actors.iter().filter(|party| acting(party))), codes(self.thirds.iter())),
        };
        let mut recipients = codes(self.recipients);
        recipients.retain(|code| !actors.contains(code));
        if self.is_mediated {
            recipients.extend(thirds.iter().filter(|code| !recipients.contains(code)).cloned().collect::<Vec<_>>());
        }
        let movers: BTreeSet<String> = if self.is_mediated { &recipients } else { &actors }.iter().cloned().collect();
        // "The dispute over the island": who has part in it is known.
        let is_known = table.machine.sides == Sides::Territory && draft.territory.is_some();
        if movers.is_empty() && !is_known {
            return Vec::new();
        }
        let draft = Saying { movers, ..draft };
        match table.machine.sides {
            Sides::Together if table.machine.third_is_party => {
                vec![self.presence(draft, &actors, &recipients, &thirds, named)]
            }
            Sides::Together => vec![together(draft, &actors, &recipients)],
            Sides::Pairs => pairs(&draft, &actors, &recipients),
            // Whoever do something jointly do it to others, and who these are is not told; two may do it to one another.
            Sides::Directed if recipients.is_empty() && (actors.len() > 2 || self.is_joint(&actors)) => Vec::new(),
            Sides::Directed if recipients.is_empty() && self.is_on_others() => Vec::new(),
            Sides::Directed => directed(&draft, &actors, &recipients),
            Sides::Membership => self.membership(&draft, table, &actors, &recipients, lexicon),
            Sides::Territory => vec![territory(draft, &actors, &recipients)],
        }
    }

    /// Tells whether a whole continent is acted upon, which has no code: "tariffs on African cotton" are no other state's.
    fn is_on_others(&self) -> bool {
        let is_named = |word: &str| {
            matches!(word, "African" | "European" | "Asian" | "Arab" | "Western" | "Caribbean" | "Latin" | "foreign")
        };
        !self.recipients.is_empty()
            && self
                .recipients
                .iter()
                .all(|party| party.code.is_none() && party.entity_text.split_whitespace().any(is_named))
    }

    /// Tells whether several act upon themselves alone, and not each upon the other.
    fn is_joint(&self, actors: &[String]) -> bool {
        let recipients = codes(self.recipients);
        actors.len() > 1 && !recipients.is_empty() && !actors.iter().all(|actor| recipients.contains(actor))
    }

    /// Whose forces they are and in whose country says more than against whom they stand.
    fn presence(
        &self,
        draft: Saying,
        actors: &[String],
        recipients: &[String],
        thirds: &[String],
        named: &[String],
    ) -> Saying {
        let mut others: Vec<String> = thirds.to_vec();
        others.extend(named.iter().filter(|code| !actors.contains(code)).cloned());
        if others.is_empty() {
            others.extend(recipients.iter().cloned());
        }
        match (actors, others.as_slice()) {
            ([_], []) => others.extend(self.country.map(str::to_owned)),
            // Two that draw back from one another are in nobody's country.
            (_, []) => return Saying { key: None, parties: actors.to_vec(), ..draft },
            _ => {}
        }
        together(draft, actors, &others)
    }

    fn membership(
        &self,
        draft: &Saying,
        table: &Table<'_>,
        actors: &[String],
        recipients: &[String],
        lexicon: &Lexicon,
    ) -> Vec<Saying> {
        let is_organisation =
            |code: &str| lexicon.actor(code).is_some_and(|actor| actor.kind == ActorKind::Organisation);
        let all = || actors.iter().chain(recipients);
        let thirds = codes(self.thirds);
        let organisation =
            all().chain(&thirds).find(|code| is_organisation(code)).cloned().or_else(|| draft.organisation.clone());
        // "Ruritania is in the bloc": which one, others may tell. What is done to a bid shows that there is one.
        let is_whole = organisation.is_some() || draft.source.act.is_some();
        let states = |list: &[String]| list.iter().filter(|code| !is_organisation(code)).cloned().collect::<Vec<_>>();
        let mut candidates = states(recipients);
        // Who joins or leaves by himself moves himself alone.
        let by_themselves = candidates.is_empty();
        if by_themselves {
            candidates = states(actors);
        }
        // Who wishes a candidate well is no party: only who stands in the way is.
        let is_wish = |state: &String| table.machine.wishes.iter().any(|wish| wish == state);
        let stand_in_the_way = !by_themselves && draft.state.as_ref().is_some_and(|state| !is_wish(state));
        let movers: Vec<String> = if stand_in_the_way { draft.movers.iter().cloned().collect() } else { Vec::new() };
        candidates
            .into_iter()
            .map(|candidate| {
                let mut parties = vec![candidate.clone()];
                parties.extend(organisation.clone().into_iter().chain(movers.iter().cloned()));
                sort_set(&mut parties);
                let whole = parties.len() > 1 && is_whole;
                Saying {
                    key: whole.then(|| vec![candidate]),
                    parties,
                    topic: organisation.iter().cloned().collect(),
                    organisation: organisation.clone(),
                    ..draft.clone()
                }
            })
            .collect()
    }
}

/// One saying of all sides.
fn together(draft: Saying, actors: &[String], others: &[String]) -> Saying {
    let mut parties: Vec<String> = actors.iter().chain(others).cloned().collect();
    sort_set(&mut parties);
    Saying { key: (parties.len() > 1).then(|| parties.clone()), parties, ..draft }
}

fn pairs(draft: &Saying, actors: &[String], recipients: &[String]) -> Vec<Saying> {
    let mut pairs: Vec<Vec<String>> = Vec::new();
    for (number, one) in actors.iter().enumerate() {
        let others = if recipients.is_empty() { &actors[number + 1..] } else { recipients };
        pairs.extend(others.iter().map(|other| vec![one.clone(), other.clone()]));
    }
    if actors.is_empty() && recipients.len() > 1 {
        pairs.push(recipients[..2].to_vec());
    }
    if pairs.is_empty() {
        return vec![Saying {
            parties: actors.iter().chain(recipients).cloned().collect(),
            key: None,
            ..draft.clone()
        }];
    }
    let pair = |mut parties: Vec<String>| {
        sort_set(&mut parties);
        let mut movers = draft.movers.clone();
        movers.retain(|code| parties.contains(code));
        Saying { key: Some(parties.clone()), parties, movers, ..draft.clone() }
    };
    pairs.into_iter().map(pair).collect()
}

fn directed(draft: &Saying, actors: &[String], recipients: &[String]) -> Vec<Saying> {
    let recipients = if recipients.is_empty() { actors } else { recipients };
    let mut sayings = Vec::new();
    for actor in actors {
        for recipient in recipients.iter().filter(|recipient| *recipient != actor) {
            let parties = vec![actor.clone(), recipient.clone()];
            let movers = BTreeSet::from([actor.clone()]);
            sayings.push(Saying { key: Some(parties.clone()), parties, movers, ..draft.clone() });
        }
    }
    if sayings.is_empty() {
        sayings.push(Saying { parties: actors.to_vec(), key: None, ..draft.clone() });
    }
    sayings
}

/// A matter of a territory, or of what lies between two sides and has no name of its own: their border.
fn territory(draft: Saying, actors: &[String], recipients: &[String]) -> Saying {
    let parties: Vec<String> = actors.iter().chain(recipients).cloned().collect();
    let key = match (&draft.territory, parties.as_slice()) {
        (Some(code), _) => Some(vec![code.clone()]),
        (None, [_, _]) if !draft.topic.is_empty() => {
            let mut sides = parties.clone();
            sort_set(&mut sides);
            Some(draft.topic.iter().cloned().chain(sides).collect())
        }
        _ => None,
    };
    Saying { parties, key, ..draft }
}

/// The codes of states and organisations, each once.
fn codes<'a>(parties: impl IntoIterator<Item = &'a Party>) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for code in parties.into_iter().filter_map(|party| party.code.as_ref()) {
        if !code.is_empty() && !STATELESS.contains(&code.as_str()) && !codes.contains(code) {
            codes.push(code.clone());
        }
    }
    codes
}

fn sort_set(codes: &mut Vec<String>) {
    codes.sort();
    codes.dedup();
}
