//! Which acts of several articles are one act, and which speak against one another.
//!
//! Acts of one pair and type are judged together, in an order that does not depend on when they were added. The first
//! report of an act leads; a later one is a report of the same act when sides, reality and subject agree with the
//! leader's and the days are close. Days are as close as they are known: a day that the article names must agree, one
//! that is only the day of publication may lag.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
};

use detente_coder::{Act, Epoch, Factuality, Party, Precision};
use jiff::civil::Date;

use super::intake::{Notice, side};

/// Days by which the report of an act may lag behind it.
const LAG: i32 = 3;

/// Days between an act and its denial.
const DENIAL: i32 = 14;

/// Days between a report and its correction.
const CORRECTION: i32 = 30;

/// The share of the words of the shorter subject that reports of one act have in common.
const ALIKE: f32 = 0.5;

/// Words that say nothing of what an act is about.
const EMPTY: &[&str] = &[
    "the", "a", "an", "of", "on", "in", "to", "with", "and", "for", "its", "his", "her", "their", "that", "by", "at",
    "from", "over", "has", "have", "had", "was", "is", "were", "been", "be", "it", "as", "not",
];

/// Words by which a correction tells what an earlier report said: what follows them is no report of its own.
const EARLIER: &[&str] = &[
    "earlier report",
    "earlier story",
    "earlier article",
    "earlier version",
    "previous report",
    "previous version",
    "our report",
    "incorrectly",
    "mistakenly",
    "erroneously",
    "wrongly",
    "in error",
    "was wrong",
    "were wrong",
];

/// Letters in which forms of one word agree.
const STEM: usize = 6;

/// An act as it is judged.
#[derive(Debug)]
pub struct Report {
    /// The act; its `lemmas` are filled in.
    pub act: Act,
    /// The day to which it belongs.
    pub day: Option<Date>,
    /// The day of its article.
    pub published: Option<Date>,
    /// The outlet of its article.
    pub outlet: Option<String>,
    /// What its article says of itself.
    pub notice: Option<Notice>,
    /// In which words.
    pub notice_words: Option<String>,
    /// Number of its article's words.
    pub text: i64,
    /// The user said that it is a report of nothing else.
    pub is_split: bool,
    /// A reviewer judged this very report.
    pub is_judged: bool,
}

/// What came of judging acts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// Act, the act of which it is one more report, and why.
    pub merges: Vec<(String, String, String)>,
    /// Act, the act that speaks against it, and how.
    pub corrections: BTreeSet<(String, String, Against)>,
}

impl Judgement {
    /// Acts that were corrected or taken back.
    fn withdrawn(&self) -> HashSet<&str> {
        let is_back = |how: Against| how != Against::Denied;
        self.corrections.iter().filter(|(_, _, how)| is_back(*how)).map(|(act, ..)| act.as_str()).collect()
    }
}

/// How one act speaks against another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Against {
    /// A side or a source says that it did not take place.
    Denied,
    /// The outlet put its report right.
    Corrected,
    /// The outlet took its report back.
    Retracted,
}

impl Against {
    /// The word in the ledger.
    pub fn as_str(self) -> &'static str {
        match self {
            Against::Denied => "denied",
            Against::Corrected => "corrected",
            Against::Retracted => "retracted",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Against> {
        [Against::Denied, Against::Corrected, Against::Retracted].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Texts that say nearly the same, by number.
#[derive(Debug, Default)]
pub struct Near(HashMap<i64, Vec<i64>>);

impl Near {
    /// Notes that two texts say nearly the same.
    pub fn add(&mut self, one: i64, other: i64) {
        self.0.entry(one).or_default().push(other);
        self.0.entry(other).or_default().push(one);
    }

    /// The text itself and those that say nearly the same.
    fn of(&self, text: i64) -> impl Iterator<Item = i64> {
        std::iter::once(text).chain(self.0.get(&text).into_iter().flatten().copied())
    }

    fn has(&self, one: i64, other: i64) -> bool {
        one == other || self.0.get(&one).is_some_and(|known| known.contains(&other))
    }
}

/// Judges the acts of one pair and type.
pub fn judge(mut reports: Vec<Report>, near: &Near) -> Judgement {
    reports.sort_by(|a, b| order(a).cmp(&order(b)));
    let told: Vec<Told<'_>> = reports.iter().map(Told::new).collect();
    let mut judgement = Judgement::default();
    corrections(&told, near, &mut judgement.corrections);
    // What was taken back backs nothing else up.
    let withdrawn = judgement.withdrawn();
    let standing = told.iter().filter(|told| !withdrawn.contains(told.report.act.id.as_str()));
    for group in groups(standing, near).iter().filter(|group| group.len() > 1) {
        let leader = &group[0].0.report.act.id;
        let Some(best) = best(group.iter().map(|(told, _)| told.report)) else { continue };
        for (told, why) in group {
            let id = &told.report.act.id;
            if *id == best.act.id {
                continue;
            }
            // The leader's own row tells why the best report is one with it.
            let why = match id == leader {
                true => group.iter().find(|(told, _)| told.report.act.id == best.act.id).map_or("", |(_, why)| why),
                false => why,
            };
            judgement.merges.push((id.clone(), best.act.id.clone(), why.to_owned()));
        }
    }
    judgement.merges.sort();
    judgement
}

/// The report that stands for all reports of one act.
pub fn best<'r>(reports: impl IntoIterator<Item = &'r Report>) -> Option<&'r Report> {
    reports.into_iter().max_by(|a, b| worth(a).cmp(&worth(b)))
}

/// The first report of an act, with which the others are compared.
pub fn leader(reports: &[Report]) -> Option<&Report> {
    reports.iter().min_by(|a, b| order(a).cmp(&order(b)))
}

/// Ids of the reports of each act of one pair and type. A report that was taken back is with those that still tell the act.
pub fn reports_of_each(mut reports: Vec<Report>, near: &Near) -> Vec<Vec<String>> {
    reports.sort_by(|a, b| order(a).cmp(&order(b)));
    let told: Vec<Told<'_>> = reports.iter().map(Told::new).collect();
    let mut judgement = Judgement::default();
    corrections(&told, near, &mut judgement.corrections);
    let withdrawn = judgement.withdrawn();
    let (back, standing): (Vec<_>, Vec<_>) =
        told.iter().partition(|told| withdrawn.contains(told.report.act.id.as_str()));
    let groups = groups(standing.into_iter(), near);
    let id = |told: &Told<'_>| told.report.act.id.clone();
    let mut ids: Vec<Vec<String>> =
        groups.iter().map(|group| group.iter().map(|(told, _)| id(told)).collect()).collect();
    for told in back {
        match groups.iter().position(|group| told.same_as(group[0].0, near).is_some()) {
            Some(number) => ids[number].push(id(told)),
            None => ids.push(vec![id(told)]),
        }
    }
    ids
}

/// Reports of one act each, the leader first, with why each of the others is one with it.
type Groups<'t> = Vec<Vec<(&'t Told<'t>, String)>>;

fn groups<'t>(standing: impl Iterator<Item = &'t Told<'t>>, near: &Near) -> Groups<'t> {
    let mut groups: Groups<'t> = Vec::new();
    // Groups by the leader's day, so that a report meets those of its days alone.
    let mut by_day: BTreeMap<Option<Date>, Vec<usize>> = BTreeMap::new();
    let mut by_text: HashMap<i64, Vec<usize>> = HashMap::new();
    for told in standing {
        let found = candidates(told, &by_day, &by_text, near)
            .into_iter()
            .find_map(|number| Some((number, told.same_as(groups[number][0].0, near)?)));
        let number = match found {
            Some((number, why)) => {
                groups[number].push((told, why));
                number
            }
            None => {
                by_day.entry(told.report.day).or_default().push(groups.len());
                groups.push(vec![(told, String::new())]);
                groups.len() - 1
            }
        };
        by_text.entry(told.report.text).or_default().push(number);
    }
    groups
}

/// Groups whose leader may be the same act, the first one first.
fn candidates(
    told: &Told<'_>,
    by_day: &BTreeMap<Option<Date>, Vec<usize>>,
    by_text: &HashMap<i64, Vec<usize>>,
    near: &Near,
) -> BTreeSet<usize> {
    let mut numbers = BTreeSet::new();
    if let Some(day) = told.report.day {
        let from = day.saturating_sub(jiff::Span::new().days(LAG));
        numbers.extend(by_day.range(Some(from)..=Some(day)).flat_map(|(_, numbers)| numbers));
    }
    numbers.extend(near.of(told.report.text).filter_map(|text| by_text.get(&text)).flatten());
    numbers
}

/// Order of time, then of what is certain, then of ids: never of arrival.
fn order(report: &Report) -> (bool, Option<Date>, bool, Option<Date>, &str, &str) {
    let act = &report.act;
    (report.day.is_none(), report.day, !has_own_day(act), report.published, &act.article, &act.id)
}

/// Whether a reviewer judged it, how much it tells, how sure it is, and where it stands among equals.
type Worth<'r> = (bool, u8, i64, Reverse<(Option<Date>, &'r str, &'r str)>);

/// How much a report tells: the best one stands for the act, of equals the first one. What a reviewer judged stays what is shown
/// when later reports come.
fn worth(report: &Report) -> Worth<'_> {
    let act = &report.act;
    // What counts more stands first.
    let told = [
        act.epoch == Epoch::New,
        has_own_day(act),
        act.date_precision == Precision::Day,
        !act.recipient.is_empty() || act.actor.len() > 1,
        act.subject.is_some(),
    ];
    let told = told.into_iter().fold(0, |sum, is_told| sum * 2 + u8::from(is_told));
    let confidence = (f64::from(act.confidence) * 100.0) as i64;
    (report.is_judged, told, confidence, Reverse((report.published, &act.article, &act.id)))
}

/// The article names the day.
fn has_own_day(act: &Act) -> bool {
    act.date_precision == Precision::Day && act.cues.iter().any(|cue| cue.kind == "date")
}

/// A report with what tells it from others.
struct Told<'r> {
    report: &'r Report,
    words: BTreeSet<String>,
    actors: BTreeSet<String>,
    recipients: BTreeSet<String>,
}

impl Told<'_> {
    fn new(report: &Report) -> Told<'_> {
        let sides = |parties: &[Party]| parties.iter().map(side).collect();
        let act = &report.act;
        Told { report, words: telling_words(act), actors: sides(&act.actor), recipients: sides(&act.recipient) }
    }

    /// Why this is one more report of an act; nothing where it is another.
    fn same_as(&self, leader: &Told<'_>, near: &Near) -> Option<String> {
        let (a, b) = (&self.report.act, &leader.report.act);
        if a.article == b.article || self.report.is_split || leader.report.is_split {
            return None;
        }
        if a.factuality != b.factuality || !self.same_sides(leader) || !agree(&a.about, &b.about) {
            return None;
        }
        let is_near = near.has(self.report.text, leader.report.text);
        if is_near && a.event_text == b.event_text {
            return Some("same words in a near-duplicate article".to_owned());
        }
        let modes = |act: &Act| act.mode.iter().cloned().collect::<BTreeSet<_>>();
        let (modes_a, modes_b) = (modes(a), modes(b));
        if !modes_a.is_empty() && !modes_b.is_empty() && modes_a.is_disjoint(&modes_b) {
            return None;
        }
        let alike = self.likeness(leader);
        let days = match (self.report.day, leader.report.day) {
            (Some(one), Some(other)) => Some(days_between(one, other)),
            _ => None,
        };
        let exact = a.date_precision == b.date_precision
            || matches!((a.date_precision, b.date_precision), (Precision::Day, Precision::Unknown))
            || matches!((a.date_precision, b.date_precision), (Precision::Unknown, Precision::Day));
        let lag = if has_own_day(a) && has_own_day(b) { 0 } else { LAG };
        match days {
            Some(days) if exact && days <= lag && alike >= ALIKE => {
                let when = match days {
                    0 => "same day".to_owned(),
                    1 => "a day apart".to_owned(),
                    _ => format!("{days} days apart"),
                };
                Some(format!("{when}, same sides and type, {:.0}% of the subject shared", alike * 100.0))
            }
            Some(days) if is_near && days <= LAG && alike >= ALIKE => Some("near-duplicate articles".to_owned()),
            None if is_near && alike >= ALIKE => Some("near-duplicate articles".to_owned()),
            _ => None,
        }
    }

    /// The same actors and recipients, in any order where both act.
    fn same_sides(&self, other: &Told<'_>) -> bool {
        if self.actors == other.actors && self.recipients == other.recipients {
            return true;
        }
        let (a, b) = (&self.report.act, &other.report.act);
        let is_joint = |act: &Act| act.recipient.is_empty() && act.actor.len() > 1;
        let is_mutual = matches!(a.event.first().map(String::as_str), Some("CONSULT" | "AGREE" | "COOPERATE"));
        is_mutual && (is_joint(a) || is_joint(b) || self.actors == other.recipients && self.recipients == other.actors)
    }

    /// The notice is of the other report's outlet, or names it.
    fn speaks_for_outlet_of(&self, other: &Told<'_>) -> bool {
        let Some(outlet) = &other.report.outlet else { return false };
        let names = |words: &String| {
            let plain = |text: &str| {
                let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                format!(" {} ", words.collect::<Vec<_>>().join(" ").to_lowercase())
            };
            let outlet = plain(outlet);
            plain(words).contains(outlet.strip_prefix(" the").unwrap_or(&outlet))
        };
        self.report.outlet.as_ref() == Some(outlet) || self.report.notice_words.as_ref().is_some_and(names)
    }

    /// How a notice speaks against the act that it tells itself: in a sentence on what an earlier report said.
    fn takes_itself_back(&self) -> Option<Against> {
        let sentence = self.report.act.event_text.to_lowercase();
        let is_of_earlier = EARLIER.iter().any(|words| sentence.contains(words));
        self.report.notice.filter(|_| is_of_earlier).map(Notice::against)
    }

    /// The share of the words of the shorter one that both have.
    fn likeness(&self, other: &Told<'_>) -> f32 {
        let fewest = self.words.len().min(other.words.len());
        if fewest == 0 {
            return if self.words.len() == other.words.len() { 1.0 } else { 0.0 };
        }
        self.words.intersection(&other.words).count() as f32 / fewest as f32
    }
}

/// Finds acts that others deny, and reports that their outlets corrected or took back.
fn corrections(told: &[Told<'_>], near: &Near, found: &mut BTreeSet<(String, String, Against)>) {
    let is_denial = |told: &&Told<'_>| told.report.act.factuality == Factuality::Denied;
    for by in told.iter().filter(|told| told.report.notice.is_some() || is_denial(told)) {
        for of in told.iter().filter(|told| !is_denial(told)) {
            if of.report.act.article != by.report.act.article
                && let Some(how) = against(by, of, near)
            {
                found.insert((of.report.act.id.clone(), by.report.act.id.clone(), how));
            }
        }
        // A correction that says again what was wrong does not report it.
        if !is_denial(&by)
            && let Some(how) = by.takes_itself_back()
        {
            let id = &by.report.act.id;
            found.insert((id.clone(), id.clone(), how));
        }
    }
}

/// How an act speaks against another one of the same sides and type.
fn against(by: &Told<'_>, of: &Told<'_>, near: &Near) -> Option<Against> {
    let (after, before) = (by.report.published.or(by.report.day)?, of.report.published.or(of.report.day)?);
    let days = before.until(after).ok()?.get_days();
    if !(-LAG..=CORRECTION).contains(&days) || !of.same_sides(by) {
        return None;
    }
    let is_about = by.likeness(of) >= ALIKE || near.has(by.report.text, of.report.text);
    if let Some(notice) = by.report.notice
        && of.report.notice.is_none()
        && (0..=CORRECTION).contains(&days)
        && is_about
        && by.speaks_for_outlet_of(of)
    {
        return Some(notice.against());
    }
    let is_denied = by.report.act.factuality == Factuality::Denied && of.report.act.factuality == Factuality::Actual;
    (is_denied && (-LAG..=DENIAL).contains(&days) && by.likeness(of) >= ALIKE).then_some(Against::Denied)
}

fn agree(a: &Option<String>, b: &Option<String>) -> bool {
    a.is_none() || b.is_none() || a == b
}

fn days_between(one: Date, other: Date) -> i32 {
    one.until(other).map_or(i32::MAX, |span| span.get_days().abs())
}

/// Words of an act's rule and subject that tell it from others of its sides.
fn telling_words(act: &Act) -> BTreeSet<String> {
    let stem = |word: &str| word.to_lowercase().chars().take(STEM).collect::<String>();
    let of = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(stem).collect::<Vec<_>>();
    let parties = act.actor.iter().chain(&act.recipient).chain(&act.third);
    let sides: HashSet<String> = parties
        .flat_map(|party| of(&party.entity_text).into_iter().chain(of(party.name.as_deref().unwrap_or_default())))
        .collect();
    let lemmas = act.lemmas.iter().flat_map(|lemma| of(lemma));
    let subject = of(act.subject.as_deref().unwrap_or_default());
    let telling = |word: &String| word.chars().count() > 1 && !EMPTY.contains(&word.as_str()) && !sides.contains(word);
    lemmas.chain(subject).filter(telling).collect()
}
