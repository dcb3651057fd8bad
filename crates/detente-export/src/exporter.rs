//! Acts in, rows out: which acts a format takes, and what is said of those it leaves out.

use std::fmt;

use detente_lexicon::Lexicon;

use crate::event::{ActFields, Event, Party};
use crate::network::{Network, Tie};
use crate::{gdelt, icews, plover, polecat, table};

/// A format that acts can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// PLOVER JSON, one act a line, with all spans.
    Plover,
    /// A table with a header, one row for each directed pair.
    Csv,
    /// POLECAT: 40 columns, tabs, a header.
    Polecat,
    /// ICEWS: 20 columns, tabs, a header.
    Icews,
    /// GDELT 2 events: 61 columns, tabs, no header.
    Gdelt,
    /// A network of states for Gephi and networkx.
    Gexf,
    /// A network of states for igraph, networkx and others.
    GraphMl,
}

impl Format {
    /// Whether the format can say that an act did not take place, or that it is history.
    fn tells_factuality(self) -> bool {
        matches!(self, Format::Plover | Format::Csv)
    }

    /// Whether it is one network and no list of acts.
    pub fn is_network(self) -> bool {
        matches!(self, Format::Gexf | Format::GraphMl)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Plover => "PLOVER",
            Format::Csv => "CSV",
            Format::Polecat => "POLECAT",
            Format::Icews => "ICEWS",
            Format::Gdelt => "GDELT",
            Format::Gexf => "GEXF",
            Format::GraphMl => "GraphML",
        })
    }
}

/// Codes of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum StateCodes {
    /// ISO 3166-1 alpha-3, and our own codes of organisations.
    #[default]
    Iso,
    /// Correlates of War numbers.
    Cow,
    /// Gleditsch-Ward numbers.
    Gw,
}

/// How acts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Codes of states, where the format leaves the choice (CSV and networks).
    pub codes: StateCodes,
    /// Also acts that did not take place, and history, in formats that cannot say so.
    pub all: bool,
    /// The words of the articles; else spans, links and hashes alone.
    pub text: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { codes: StateCodes::Iso, all: false, text: true }
    }
}

/// Writes acts in one format.
#[derive(Debug, Clone, Copy)]
pub struct Exporter<'l> {
    /// The format.
    pub format: Format,
    /// How acts are written.
    pub options: Options,
    pub(crate) lexicon: &'l Lexicon,
}

/// What came of some acts.
#[derive(Debug, Clone, Default)]
pub struct Exported {
    /// The rows.
    pub bytes: Vec<u8>,
    /// What they add to a network.
    pub(crate) ties: Vec<Tie>,
    /// The acts that were left out.
    pub left_out: LeftOut,
}

/// How many acts were left out, and why. Displays as words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// They did not take place.
    pub not_actual: u64,
    /// They are history.
    pub background: u64,
    /// Neither they nor their article has a date.
    pub undated: u64,
    /// They have no sides that the format could name.
    pub sides: u64,
    /// Their own outlet took them back.
    pub taken_back: u64,
}

impl LeftOut {
    /// Acts that were left out.
    pub fn count(self) -> u64 {
        self.not_actual + self.background + self.undated + self.sides + self.taken_back
    }

    /// The counts, in the order of the fields, to be kept.
    pub fn counts(self) -> [u64; 5] {
        [self.not_actual, self.background, self.undated, self.sides, self.taken_back]
    }

    /// What [`LeftOut::counts`] gave.
    pub fn from_counts([not_actual, background, undated, sides, taken_back]: [u64; 5]) -> LeftOut {
        LeftOut { not_actual, background, undated, sides, taken_back }
    }

    /// Adds those of other acts.
    pub fn add(&mut self, other: LeftOut) {
        self.not_actual += other.not_actual;
        self.background += other.background;
        self.undated += other.undated;
        self.sides += other.sides;
        self.taken_back += other.taken_back;
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reasons = [
            (self.not_actual, "not actual"),
            (self.background, "background"),
            (self.undated, "undated"),
            (self.sides, "without both sides"),
            (self.taken_back, "taken back"),
        ];
        let reasons: Vec<String> =
            reasons.iter().filter(|(count, _)| *count > 0).map(|(count, why)| format!("{why} {count}")).collect();
        f.write_str(&reasons.join(", "))
    }
}

impl<'l> Exporter<'l> {
    /// An exporter with the lexicon that coded the acts.
    pub fn new(format: Format, options: Options, lexicon: &'l Lexicon) -> Exporter<'l> {
        Exporter { format, options, lexicon }
    }

    /// What comes before the rows.
    pub fn head(&self) -> Vec<u8> {
        match self.format {
            Format::Csv => table::head(),
            Format::Polecat => row(&polecat::COLUMNS.map(str::to_owned), ""),
            Format::Icews => row(&icews::COLUMNS.map(str::to_owned), ""),
            Format::Plover | Format::Gdelt | Format::Gexf | Format::GraphMl => Vec::new(),
        }
    }

    /// The rows of some acts.
    pub fn export(&self, events: &[Event]) -> Exported {
        let mut exported = Exported::default();
        for event in events {
            if !self.format.tells_factuality() && !self.options.all {
                if !event.act.is_actual() {
                    exported.left_out.not_actual += 1;
                    continue;
                }
                if event.act.is_background() {
                    exported.left_out.background += 1;
                    continue;
                }
            }
            if self.needs_day() && event.act.day().is_none() {
                exported.left_out.undated += 1;
                continue;
            }
            if !self.write(event, &mut exported) {
                exported.left_out.sides += 1;
            }
        }
        exported
    }

    fn needs_day(&self) -> bool {
        matches!(self.format, Format::Polecat | Format::Icews | Format::Gdelt)
    }

    /// Writes an act; tells whether anything of it could be written.
    fn write(&self, event: &Event, exported: &mut Exported) -> bool {
        if self.format == Format::Plover {
            exported.bytes.extend(plover::line(event, self.options.text));
            return true;
        }
        let before = (exported.bytes.len(), exported.ties.len());
        for (number, (actor, recipient)) in event.act.pairs().into_iter().enumerate() {
            let pair = Pair { event, number, actor, recipient };
            match self.format {
                Format::Plover => {}
                Format::Csv => exported.bytes.extend(table::row(self, &pair)),
                Format::Polecat => exported.bytes.extend(polecat::row(self, &pair)),
                Format::Icews => exported.bytes.extend(icews::row(self, &pair)),
                Format::Gdelt => exported.bytes.extend(gdelt::row(self, &pair)),
                Format::Gexf | Format::GraphMl => exported.ties.extend(Tie::of(self.lexicon, &pair)),
            }
        }
        before != (exported.bytes.len(), exported.ties.len())
    }

    /// What comes after the rows: the network, where the format is one.
    pub fn tail(&self, network: &Network) -> Vec<u8> {
        match self.format {
            Format::Gexf => network.gexf(self.lexicon, self.options.codes),
            Format::GraphMl => network.graphml(self.lexicon, self.options.codes),
            _ => Vec::new(),
        }
    }
}

/// One side of an act and another.
pub(crate) struct Pair<'e> {
    pub event: &'e Event,
    /// Which pair of the act it is, from 0.
    pub number: usize,
    pub actor: Option<&'e Party>,
    pub recipient: Option<&'e Party>,
}

impl Pair<'_> {
    pub fn act(&self) -> &ActFields {
        &self.event.act
    }

    /// The id of the act, and of its further pairs.
    pub fn id(&self) -> String {
        match self.number {
            0 => self.act().id.clone(),
            number => format!("{}-{}", self.act().id, number + 1),
        }
    }
}

impl StateCodes {
    /// The code of an actor, if it has one in this system.
    pub(crate) fn of(self, lexicon: &Lexicon, code: &str) -> Option<String> {
        let number = |number: Option<u16>| number.map(|number| number.to_string());
        match self {
            StateCodes::Iso => Some(code.to_owned()),
            StateCodes::Cow => number(lexicon.actor(code)?.cow),
            StateCodes::Gw => number(lexicon.actor(code)?.gleditsch_ward),
        }
    }
}

/// A row of fields between tabs; an empty one is written as `empty`.
///
/// No field may hold a tab or a line end, nor a double quote, which some readers take for the start of a quoted field.
pub(crate) fn row(fields: &[String], empty: &str) -> Vec<u8> {
    let mut row = String::new();
    for (number, field) in fields.iter().enumerate() {
        if number > 0 {
            row.push('\t');
        }
        let words = field.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let before = row.len();
        for word in words {
            if row.len() > before {
                row.push(' ');
            }
            row.push_str(&word.replace('"', "'"));
        }
        if row.len() == before {
            row.push_str(empty);
        }
    }
    row.push('\n');
    row.into_bytes()
}

/// The CAMEO code of an act.
pub(crate) fn cameo<'l>(exporter: &Exporter<'l>, act: &ActFields) -> Option<&'l detente_lexicon::CameoCode> {
    let modes: Vec<&str> = act.mode.iter().map(String::as_str).collect();
    let contexts: Vec<&str> = act.context.iter().map(String::as_str).collect();
    exporter.lexicon.crosswalk.cameo(act.event_type(), &modes, &contexts, act.about.as_deref())
}

/// A value, or nothing, as text.
pub(crate) fn text(value: Option<impl fmt::Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
