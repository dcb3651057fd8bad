//! How far two reviewers agree, field by field and type by type.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use detente_coder::EventType;
use serde::Serialize;

use super::{
    Judgement, Place, Reading, Verdict, cohen_kappa, effect::valid, judge::reviewer, judgement::sides,
    krippendorff_alpha, list::judgement_of, raw_agreement,
};
use crate::{Ledger, ask::Table, brief::printable, store::Error};

/// How far two reviewers agree.
///
/// A unit is an act that both judged, or an act of a passage that both coded blind; a passage in which neither found an act
/// is a unit too.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// The two.
    pub reviewers: [String; 2],
    /// Acts that both judged.
    pub acts: usize,
    /// Passages that both coded blind.
    pub passages: usize,
    /// Field by field.
    pub fields: Fields,
    /// Type by type: this type or another one.
    pub types: BTreeMap<String, OfType>,
    /// What they said of each unit.
    #[serde(skip)]
    pub units: Vec<Unit>,
}

/// Figures for each field; but for the first over units of which both say that there is an act.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fields {
    /// Whether there is an act.
    pub act: Figures,
    /// Who acts.
    pub actor: Figures,
    /// Its type.
    #[serde(rename = "type")]
    pub event: Figures,
    /// Who is acted upon.
    pub recipient: Figures,
    /// How far it took place.
    pub factuality: Figures,
    /// Its quad class.
    pub quad: Figures,
}

/// Figures of agreement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Units.
    pub n: usize,
    /// The share of units with the same label.
    pub agreement: Option<f64>,
    /// Cohen's kappa; nothing where it is not defined.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha, nominal; nothing where it is not defined.
    pub alpha: Option<f64>,
}

/// Figures of one type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct OfType {
    /// Units to which at least one gave the type.
    pub said: usize,
    /// Figures over all units: this type or another.
    #[serde(flatten)]
    pub figures: Figures,
}

/// What two reviewers said of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// The act, by its id, or the passage.
    pub what: String,
    /// The labels of the first reviewer; nothing where there is no act by his word.
    pub one: Option<Labels>,
    /// Those of the second one.
    pub other: Option<Labels>,
}

/// The labels of an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Labels {
    /// Codes of those who act.
    pub actor: String,
    /// Its type.
    #[serde(rename = "type")]
    pub event: String,
    /// Codes of those who are acted upon.
    pub recipient: String,
    /// How far it took place.
    pub factuality: String,
    /// Its quad class.
    pub quad: String,
}

/// The fields, as they are called, and how each is read off.
type Field = (&'static str, fn(&Labels) -> &str);

const FIELDS: [Field; 5] = [
    ("actor", |labels| &labels.actor),
    ("type", |labels| &labels.event),
    ("recipient", |labels| &labels.recipient),
    ("factuality", |labels| &labels.factuality),
    ("quad", |labels| &labels.quad),
];

impl Labels {
    fn of(reading: &Reading) -> Labels {
        Labels {
            actor: sides(&reading.actor).join(" "),
            event: reading.event.clone(),
            recipient: sides(&reading.recipient).join(" "),
            factuality: reading.factuality.to_string(),
            quad: reading.event_type().map_or(0, EventType::quad).to_string(),
        }
    }
}

impl Ledger {
    /// How far two reviewers agree, by the newest valid judgement of each. Settle the ledger before.
    ///
    /// # Errors
    ///
    /// When a reviewer has no name or judged nothing, both are one, or the ledger cannot be read.
    pub fn agreement(&self, one: &str, other: &str) -> Result<Agreement, Error> {
        let names = [reviewer(one)?, reviewer(other)?];
        if names[0] == names[1] {
            return Err(Error::Judgement(format!("{}: named twice; agreement is between two reviewers", names[0])));
        }
        let (judgements, found) = self.read(|connection| {
            let all: Vec<Judgement> = connection
                .prepare_cached("SELECT json FROM judgements ORDER BY id")?
                .query_map([], judgement_of)?
                .collect::<rusqlite::Result<_>>()?;
            let found: Vec<(String, String)> = connection
                .prepare_cached("SELECT judgement, act FROM reviewed ORDER BY act, judgement")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok((all, found))
        })?;
        let judgements = valid(judgements);
        for name in &names {
            if judgements.iter().all(|judgement| judgement.reviewer != *name) {
                return Err(Error::Unknown(format!("{name}: has judged nothing in {}", self.path().display())));
            }
        }
        let [a, b] = names.each_ref().map(|name| Said::of(name, &judgements, &found));
        let mut units = Vec::new();
        // Reports of one act are judged together: two judgements meet in one unit, however many reports they share.
        let mut met: BTreeSet<(&str, &str)> = BTreeSet::new();
        for (act, one) in &a.acts {
            let Some(other) = b.acts.get(act).filter(|other| met.insert((&one.id, &other.id))) else { continue };
            let labels = |judgement: &Judgement| judgement.readings.first().map(Labels::of);
            units.push(Unit { what: (*act).to_owned(), one: labels(one), other: labels(other) });
        }
        let acts = units.len();
        let mut passages = 0;
        for (place, one) in &a.passages {
            let Some(other) = b.passages.get(place) else { continue };
            passages += 1;
            let what = format!("{} {} {}-{}", place.article, place.field, place.start, place.end);
            units.extend(aligned(&one.readings, &other.readings).into_iter().map(|(one, other)| Unit {
                what: what.clone(),
                one: one.map(Labels::of),
                other: other.map(Labels::of),
            }));
        }
        Ok(Agreement::new(names, acts, passages, units))
    }
}

/// What one reviewer says of each act and passage: the newest judgement.
struct Said<'j> {
    acts: BTreeMap<&'j str, &'j Judgement>,
    passages: BTreeMap<&'j Place, &'j Judgement>,
}

impl<'j> Said<'j> {
    fn of(name: &str, judgements: &'j [Judgement], found: &'j [(String, String)]) -> Said<'j> {
        let own: HashMap<&str, &Judgement> = judgements
            .iter()
            .filter(|judgement| judgement.reviewer == name)
            .map(|judgement| (judgement.id.as_str(), judgement))
            .collect();
        let mut said = Said { acts: BTreeMap::new(), passages: BTreeMap::new() };
        for (id, act) in found {
            if let Some(judgement) = own.get(id.as_str()) {
                newest(said.acts.entry(act).or_insert(judgement), judgement);
            }
        }
        for judgement in own.values().filter(|judgement| judgement.verdict == Verdict::Coded) {
            if let Some(place) = &judgement.passage {
                newest(said.passages.entry(place).or_insert(judgement), judgement);
            }
        }
        said
    }
}

fn newest<'j>(known: &mut &'j Judgement, judgement: &'j Judgement) {
    if judgement.age() > known.age() {
        *known = judgement;
    }
}

/// Brings together what two reviewers found in one passage: acts of the same words, of these first those of the same sides
/// and type. Where neither found any, that is one unit.
fn aligned<'r>(ones: &'r [Reading], others: &'r [Reading]) -> Vec<(Option<&'r Reading>, Option<&'r Reading>)> {
    if ones.is_empty() && others.is_empty() {
        return vec![(None, None)];
    }
    let mut likely = Vec::new();
    for (i, one) in ones.iter().enumerate() {
        for (j, other) in others.iter().enumerate() {
            let same_sides =
                sides(&one.actor) == sides(&other.actor) && sides(&one.recipient) == sides(&other.recipient);
            let same_type = one.event == other.event;
            let shared =
                one.evidence.end.min(other.evidence.end).saturating_sub(one.evidence.start.max(other.evidence.start));
            if shared > 0 || same_sides && same_type {
                likely.push((std::cmp::Reverse((same_sides, same_type, shared)), i, j));
            }
        }
    }
    likely.sort_unstable();
    let (mut free_ones, mut free_others): (BTreeSet<usize>, BTreeSet<usize>) =
        ((0..ones.len()).collect(), (0..others.len()).collect());
    let mut pairs = Vec::new();
    for (_, i, j) in likely {
        if free_ones.contains(&i) && free_others.contains(&j) {
            free_ones.remove(&i);
            free_others.remove(&j);
            pairs.push((Some(&ones[i]), Some(&others[j])));
        }
    }
    pairs.extend(free_ones.into_iter().map(|i| (Some(&ones[i]), None)));
    pairs.extend(free_others.into_iter().map(|j| (None, Some(&others[j]))));
    pairs
}

impl Figures {
    fn of(labels: &[(&str, &str)]) -> Figures {
        let units: Vec<Vec<&str>> = labels.iter().map(|(one, other)| vec![*one, *other]).collect();
        Figures {
            n: labels.len(),
            agreement: raw_agreement(labels),
            kappa: cohen_kappa(labels),
            alpha: krippendorff_alpha(&units),
        }
    }
}

impl Agreement {
    fn new(reviewers: [String; 2], acts: usize, passages: usize, units: Vec<Unit>) -> Agreement {
        let is_act = |labels: &Option<Labels>| if labels.is_some() { "act" } else { "none" };
        let there: Vec<(&str, &str)> = units.iter().map(|unit| (is_act(&unit.one), is_act(&unit.other))).collect();
        let both: Vec<(&Labels, &Labels)> =
            units.iter().filter_map(|unit| Option::zip(unit.one.as_ref(), unit.other.as_ref())).collect();
        let field = |of: fn(&Labels) -> &str| -> Figures {
            Figures::of(&both.iter().map(|(one, other)| (of(one), of(other))).collect::<Vec<_>>())
        };
        let [actor, event, recipient, factuality, quad] = FIELDS.map(|(_, of)| field(of));
        let fields = Fields { act: Figures::of(&there), actor, event, recipient, factuality, quad };
        let said: BTreeSet<&str> =
            both.iter().flat_map(|(one, other)| [one.event.as_str(), other.event.as_str()]).collect();
        let of_type = |name: &str| {
            let is = |labels: &Labels| if labels.event == name { "it" } else { "another" };
            let labels: Vec<(&str, &str)> = both.iter().map(|(one, other)| (is(one), is(other))).collect();
            let said = labels.iter().filter(|(one, other)| *one == "it" || *other == "it").count();
            OfType { said, figures: Figures::of(&labels) }
        };
        let types = said.into_iter().map(|name| (name.to_owned(), of_type(name))).collect();
        Agreement { reviewers, acts, passages, fields, types, units }
    }

    /// The figures as rows.
    pub fn table(&self) -> Table {
        let mut table = Table::new(&["of", "n", "agreement", "kappa", "alpha"]);
        for (name, figures) in self.rows() {
            let mut row = vec![name, figures.n.to_string()];
            row.extend([figures.agreement, figures.kappa, figures.alpha].map(shown));
            table.rows.push(row);
        }
        table
    }

    fn rows(&self) -> Vec<(String, Figures)> {
        let Fields { act, actor, event, recipient, factuality, quad } = self.fields;
        let fields = [
            ("act", act),
            ("actor", actor),
            ("type", event),
            ("recipient", recipient),
            ("factuality", factuality),
            ("quad", quad),
        ];
        let fields = fields.into_iter().map(|(name, figures)| (name.to_owned(), figures));
        fields.chain(self.types.iter().map(|(name, of)| (format!("type {name}"), of.figures))).collect()
    }

    /// The labels themselves, one row for each unit and field, for figures of one's own.
    pub fn labels(&self) -> Table {
        let mut table = Table::new(&["unit", "what", "field", "one", "other"]);
        for (number, unit) in self.units.iter().enumerate() {
            let mut row = |field: &str, one: &str, other: &str| {
                let cells = [&(number + 1).to_string(), &unit.what, field, one, other];
                table.rows.push(cells.map(str::to_owned).to_vec());
            };
            let is_act = |labels: &Option<Labels>| if labels.is_some() { "act" } else { "none" };
            row("act", is_act(&unit.one), is_act(&unit.other));
            if let (Some(one), Some(other)) = (&unit.one, &unit.other) {
                for (name, of) in FIELDS {
                    row(name, of(one), of(other));
                }
            }
        }
        table
    }

    /// Writes the figures for a terminal.
    pub fn text(&self) -> String {
        let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let [one, other] = &self.reviewers;
        let head = format!(
            "{one} and {other}: {} that both judged, {} that both coded blind",
            counted(self.acts, "act"),
            counted(self.passages, "passage")
        );
        let mut text = printable(&head);
        text.push_str("\n\n");
        text.push_str(&self.table().text());
        text
    }
}

fn shown(figure: Option<f64>) -> String {
    figure.map_or_else(String::new, |figure| format!("{figure:.3}"))
}
