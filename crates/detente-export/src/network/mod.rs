//! A network of states: who acts towards whom, how often, how friendly.

mod gexf;
mod graphml;

use std::collections::BTreeMap;

use detente_lexicon::{ActorKind, Lexicon};
use jiff::civil::Date;

use crate::exporter::{Exported, Pair, StateCodes};

/// What one act says of two states.
#[derive(Debug, Clone)]
pub(crate) struct Tie {
    from: String,
    to: String,
    is_cooperation: bool,
    scale: f64,
    day: Option<Date>,
}

impl Tie {
    /// What a pair says, if both sides are states and not the same.
    pub fn of(lexicon: &Lexicon, pair: &Pair<'_>) -> Option<Tie> {
        let state = |code: &Option<String>| {
            let actor = lexicon.actor(code.as_deref()?)?;
            (actor.kind == ActorKind::State).then(|| actor.code.to_string())
        };
        let (from, to) = (state(&pair.actor?.code)?, state(&pair.recipient?.code)?);
        let act = pair.act();
        let tie =
            Tie { is_cooperation: act.quad_code <= 2, scale: f64::from(act.event_scale), day: act.day(), from, to };
        (tie.from != tie.to).then_some(tie)
    }
}

/// All that was said of two states, in one direction.
#[derive(Debug, Clone, Default, PartialEq)]
struct Edge {
    acts: u64,
    cooperation: u64,
    conflict: u64,
    scale: f64,
    first: Option<Date>,
    last: Option<Date>,
}

impl Edge {
    fn mean_scale(&self) -> f64 {
        self.scale / self.acts as f64
    }
}

/// A network of states, gathered act by act; its size grows with the pairs of states and not with the acts.
#[derive(Debug, Clone, Default)]
pub struct Network {
    edges: BTreeMap<(String, String), Edge>,
}

impl Network {
    /// Adds what some acts say.
    pub fn add(&mut self, exported: &Exported) {
        for tie in &exported.ties {
            let edge = self.edges.entry((tie.from.clone(), tie.to.clone())).or_default();
            edge.acts += 1;
            edge.cooperation += u64::from(tie.is_cooperation);
            edge.conflict += u64::from(!tie.is_cooperation);
            edge.scale += tie.scale;
            if let Some(day) = tie.day {
                edge.first = Some(edge.first.map_or(day, |first| first.min(day)));
                edge.last = Some(edge.last.map_or(day, |last| last.max(day)));
            }
        }
    }

    pub(crate) fn gexf(&self, lexicon: &Lexicon, codes: StateCodes) -> Vec<u8> {
        gexf::write(&self.graph(lexicon, codes)).into_bytes()
    }

    pub(crate) fn graphml(&self, lexicon: &Lexicon, codes: StateCodes) -> Vec<u8> {
        graphml::write(&self.graph(lexicon, codes)).into_bytes()
    }

    fn graph(&self, lexicon: &Lexicon, codes: StateCodes) -> Graph<'_> {
        let mut nodes: Vec<&str> = self.edges.keys().flat_map(|(from, to)| [from.as_str(), to.as_str()]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let node = |code: &str| {
            let actor = lexicon.actor(code);
            let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
            Node {
                // A state that the system does not number keeps its letters.
                id: codes.of(lexicon, code).unwrap_or_else(|| code.to_owned()),
                label: actor.map_or_else(|| code.to_owned(), |actor| actor.title.to_string()),
                iso: code.to_owned(),
                cow: number(actor.and_then(|actor| actor.cow)),
                gw: number(actor.and_then(|actor| actor.gleditsch_ward)),
            }
        };
        let nodes: BTreeMap<&str, Node> = nodes.into_iter().map(|code| (code, node(code))).collect();
        Graph { nodes, edges: self.edges.iter().collect() }
    }
}

/// A network that is about to be written.
struct Graph<'n> {
    nodes: BTreeMap<&'n str, Node>,
    edges: Vec<(&'n (String, String), &'n Edge)>,
}

/// A state.
struct Node {
    id: String,
    label: String,
    iso: String,
    cow: String,
    gw: String,
}

impl Node {
    fn values(&self) -> [&str; 3] {
        [&self.iso, &self.cow, &self.gw]
    }
}

/// Names and types of what is told of each state, beside its name.
const NODE_KEYS: [(&str, &str); 3] = [("iso", "string"), ("cow", "string"), ("gw", "string")];

/// Names and types of what is told of each edge, beside its weight.
const EDGE_KEYS: [(&str, &str); 6] = [
    ("acts", "long"),
    ("cooperation", "long"),
    ("conflict", "long"),
    ("mean_scale", "double"),
    ("first", "string"),
    ("last", "string"),
];

impl Edge {
    fn values(&self) -> [String; 6] {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        [
            self.acts.to_string(),
            self.cooperation.to_string(),
            self.conflict.to_string(),
            format!("{:.3}", self.mean_scale()),
            day(self.first),
            day(self.last),
        ]
    }
}

/// A text inside XML, also between quotes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
