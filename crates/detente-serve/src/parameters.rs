//! What a request asks for: the parameters behind the question mark, each checked.

use std::collections::BTreeSet;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use detente_coder::{Epoch, EventType, Factuality};
use detente_ledger::Ledger;
use detente_ledger::ask::{AffairFilter, Filter, digest::Order, who};
use detente_ledger::store::{Times, Who};
use detente_lexicon::Lexicon;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use crate::failure::Failure;

/// The most items of a list that one request gets.
pub const MOST: usize = 1000;

/// The items of a list that one request gets where it does not say.
const SOME: usize = 100;

/// The most rows of a table that one request gets.
const MOST_ROWS: usize = 100_000;

/// Which acts are asked for; what is not given lets all through.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Filters {
    /// A state or organisation, by code, name or adjective; two of them: between whom it was done
    who: Vec<String>,
    /// Who acts
    actor: Option<String>,
    /// Who is acted upon; of those who act together each is
    recipient: Option<String>,
    /// PLOVER types
    #[serde(rename = "type")]
    #[param(rename = "type")]
    types: Vec<String>,
    /// Quad classes: verbal-cooperation, material-cooperation, verbal-conflict, material-conflict
    quad: Vec<String>,
    /// How far it took place: actual, intended, requested, possible, denied
    factuality: Vec<String>,
    /// new or background
    epoch: Option<String>,
    /// From this day on
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Up to this day
    #[param(value_type = Option<String>, format = Date)]
    until: Option<Date>,
    /// An outlet that reports it
    source: Option<String>,
    /// The least confidence, 0 to 1
    confidence: Option<f32>,
    /// As it was on this day: acts dated later are left out
    #[param(value_type = Option<String>, format = Date)]
    as_of: Option<Date>,
    /// As it was known on this day: articles added later are left out
    #[param(value_type = Option<String>, format = Date)]
    known_by: Option<Date>,
}

/// Which part of a list is asked for, and in which format.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Paging {
    /// Items to pass over
    offset: usize,
    /// Items to give [default: 100, at most 1000; of CSV all, at most 100000]
    limit: Option<usize>,
    /// json or csv
    format: Option<String>,
}

/// In which format an answer is asked for that is always whole.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Format {
    /// json or csv
    format: Option<String>,
}

impl Format {
    /// Whether rows are asked for.
    pub fn is_csv(&self) -> Result<bool, Failure> {
        is_csv(self.format.as_deref())
    }
}

/// The order of a list of acts.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Ordering {
    /// latest, earliest or confidence (the least confident first)
    order: Option<String>,
}

/// As it was, and as it was known.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Moments {
    /// As it was on this day: acts dated later are left out
    #[param(value_type = Option<String>, format = Date)]
    as_of: Option<Date>,
    /// As it was known on this day: articles added later are left out
    #[param(value_type = Option<String>, format = Date)]
    known_by: Option<Date>,
}

/// Which affairs are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct AffairFilters {
    /// A party, or two, by code, name or adjective
    who: Vec<String>,
    /// A kind of affair
    kind: Option<String>,
    /// Where it stands
    state: Option<String>,
    /// As it was on this day
    #[param(value_type = Option<String>, format = Date)]
    as_of: Option<Date>,
    /// As it was known on this day
    #[param(value_type = Option<String>, format = Date)]
    known_by: Option<Date>,
}

impl Moments {
    /// The times as the ledger takes them.
    pub fn times(self) -> Times {
        Times { as_of: self.as_of, known_by: self.known_by }
    }
}

impl AffairFilters {
    /// The filter as the ledger takes it.
    pub fn filter(self, lexicon: &Lexicon, ledger: &Ledger) -> Result<AffairFilter, Failure> {
        let machines = || lexicon.machines.iter();
        if let Some(kind) = self.kind.as_deref().filter(|kind| !machines().any(|machine| machine.kind == *kind)) {
            return Err(unknown("kind", kind, &machines().map(|machine| machine.kind.as_str()).collect::<Vec<_>>()));
        }
        let of_kind = machines().filter(|machine| self.kind.as_deref().is_none_or(|kind| machine.kind == kind));
        let states: BTreeSet<&str> = of_kind.flat_map(|machine| &machine.states).map(|state| state.as_str()).collect();
        if let Some(state) = self.state.as_deref().filter(|state| !states.contains(state)) {
            return Err(unknown("state", state, &states.into_iter().collect::<Vec<_>>()));
        }
        Ok(AffairFilter {
            who: sides(&self.who, lexicon, ledger)?,
            kind: self.kind,
            state: self.state,
            times: Times { as_of: self.as_of, known_by: self.known_by },
        })
    }
}

impl Ordering {
    /// The order as the ledger takes it.
    pub fn order(&self) -> Result<Order, Failure> {
        match self.order.as_deref() {
            None | Some("latest") => Ok(Order::Latest),
            Some("earliest") => Ok(Order::Earliest),
            Some("confidence") => Ok(Order::LeastConfident),
            Some(other) => Err(unknown("order", other, &["latest", "earliest", "confidence"])),
        }
    }
}

impl Filters {
    /// The filter as the ledger takes it.
    pub fn filter(self, lexicon: &Lexicon, ledger: &Ledger) -> Result<Filter, Failure> {
        let one = |name: Option<String>| match name {
            None => Ok(None),
            Some(name) => match who(&[name], lexicon, ledger)? {
                Who::One(code) => Ok::<_, Failure>(Some(code)),
                _ => Ok(None),
            },
        };
        let epochs: Vec<&str> = Epoch::ALL.iter().map(|word| word.as_str()).collect();
        in_order(self.from, self.until)?;
        Ok(Filter {
            who: sides(&self.who, lexicon, ledger)?,
            actor: one(self.actor)?,
            recipient: one(self.recipient)?,
            types: types(&self.types)?,
            quads: read(&self.quad, "quad", quad, &QUADS)?,
            factuality: factualities(&self.factuality)?,
            epoch: read(self.epoch.as_slice(), "epoch", Epoch::parse, &epochs)?.pop(),
            from: self.from,
            until: self.until,
            source: self.source,
            confidence: self.confidence.map(share).transpose()?,
            confidence_until: None,
            times: Times { as_of: self.as_of, known_by: self.known_by },
            only_actual: false,
        })
    }
}

/// The quad classes by number from 1.
pub const QUADS: [&str; 4] = ["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"];

fn quad(word: &str) -> Option<u8> {
    let at = QUADS.iter().position(|name| *name == word.replace('_', "-"))?;
    u8::try_from(at + 1).ok()
}

fn read<T>(words: &[String], name: &str, parse: impl Fn(&str) -> Option<T>, known: &[&str]) -> Result<Vec<T>, Failure> {
    words.iter().map(|word| parse(word).ok_or_else(|| unknown(name, word, known))).collect()
}

/// Reads PLOVER types.
pub fn types(words: &[String]) -> Result<Vec<EventType>, Failure> {
    let known: Vec<&str> = EventType::ALL.iter().map(|event| event.as_str()).collect();
    read(words, "type", |word| EventType::parse(&word.to_uppercase()), &known)
}

/// Reads how far acts took place.
pub fn factualities(words: &[String]) -> Result<Vec<Factuality>, Failure> {
    let known: Vec<&str> = Factuality::ALL.iter().map(|word| word.as_str()).collect();
    read(words, "factuality", Factuality::parse, &known)
}

/// A confidence, which lies between 0 and 1.
pub fn share(confidence: f32) -> Result<f32, Failure> {
    match (0.0..=1.0).contains(&confidence) {
        true => Ok(confidence),
        false => Err(Failure::wrong(format!("confidence: {confidence} is none; give a number from 0 to 1"))),
    }
}

/// Refuses a stretch of time that ends before it begins.
pub fn in_order(from: Option<Date>, until: Option<Date>) -> Result<(), Failure> {
    match from.zip(until).filter(|(from, until)| from > until) {
        None => Ok(()),
        Some((from, until)) => Err(Failure::wrong(format!("from: {from} is after until: {until}; exchange them"))),
    }
}

/// A word that is not among those of a parameter.
pub fn unknown(name: &str, word: &str, known: &[&str]) -> Failure {
    Failure::wrong(format!("{name}: {word:?} is not known; give {}", known.join(", ")))
}

/// Tells whether a format is that of rows.
pub fn is_csv(format: Option<&str>) -> Result<bool, Failure> {
    match format {
        None | Some("json") => Ok(false),
        Some("csv") => Ok(true),
        Some(other) => Err(unknown("format", other, &["json", "csv"])),
    }
}

/// Reads whom up to two words name.
pub fn sides(names: &[String], lexicon: &Lexicon, ledger: &Ledger) -> Result<Who, Failure> {
    if names.len() > 2 {
        return Err(Failure::wrong("who: given more than twice; give one state or two"));
    }
    Ok(who(names, lexicon, ledger)?)
}

impl Paging {
    /// Whether rows are asked for.
    pub fn is_csv(&self) -> Result<bool, Failure> {
        is_csv(self.format.as_deref())
    }

    /// The stretch of the list that is asked for: items to pass over, items to give.
    pub fn stretch(&self) -> Result<(usize, usize), Failure> {
        let (some, most) = if self.is_csv()? { (MOST_ROWS, MOST_ROWS) } else { (SOME, MOST) };
        let limit = self.limit.unwrap_or(some);
        if limit > most {
            return Err(Failure::wrong(format!("limit: {limit} is too many; give at most {most}, and an offset")));
        }
        Ok((self.offset, limit))
    }

    /// That stretch of a list of which the whole is at hand.
    pub fn cut<'a, T>(&self, all: &'a [T]) -> Result<&'a [T], Failure> {
        let (offset, limit) = self.stretch()?;
        let rest = all.get(offset..).unwrap_or_default();
        Ok(&rest[..limit.min(rest.len())])
    }
}

/// What stands in the path of an address.
#[derive(Clone, Debug)]
pub struct At<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<At<T>, Failure> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(path)| At(path)).map_err(|rejection| Failure::wrong(rejection.body_text()))
    }
}

/// The parameters of a request, not yet read.
#[derive(Clone, Debug)]
pub struct Parameters(Vec<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Parameters, Failure> {
        Parameters::of(parts.uri.query().unwrap_or_default())
    }
}

impl Parameters {
    fn of(query: &str) -> Result<Parameters, Failure> {
        let pairs: Vec<(String, String)> = serde_html_form::from_str(query)
            .map_err(|error| Failure::wrong(format!("the address cannot be read: {error}")))?;
        // A field of a form that was left empty asks for nothing.
        Ok(Parameters(pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()))
    }

    /// Reads them all; one that nobody knows is an error, as it would be passed over in silence.
    pub fn read<T: Asked>(mut self) -> Result<T, Failure> {
        let read = T::take(&mut self)?;
        match self.0.first() {
            None => Ok(read),
            Some((name, _)) => {
                Err(Failure::wrong(format!("{name}: no such parameter; see /api/v1/docs for those there are")))
            }
        }
    }

    fn take<T: DeserializeOwned + IntoParams>(&mut self) -> Result<T, Failure> {
        let names: Vec<String> = T::into_params(|| None).into_iter().map(|parameter| parameter.name).collect();
        let (own, others) = std::mem::take(&mut self.0).into_iter().partition(|(name, _)| names.contains(name));
        self.0 = others;
        let own: Vec<(String, String)> = own;
        let mut query = form(&own);
        query.truncate(query.len().saturating_sub(1));
        serde_html_form::from_str(&query).map_err(|error| unreadable::<T>(&own, &error))
    }
}

/// What is told of parameters that cannot be read: the first that is wrong, and what it may be.
fn unreadable<T: DeserializeOwned + IntoParams>(own: &[(String, String)], error: &dyn std::fmt::Display) -> Failure {
    for (name, value) in own {
        if serde_html_form::from_str::<T>(&form(&[(name.clone(), value.clone())])).is_ok() {
            continue;
        }
        let described = T::into_params(|| None).into_iter().find(|parameter| parameter.name == *name);
        let schema = described.and_then(|parameter| serde_json::to_value(parameter.schema).ok()).unwrap_or_default();
        let wanted = match (schema["format"].as_str(), &schema["type"]) {
            (Some("date"), _) => "a day, as in 2022-03-01",
            (_, kind) if kind.to_string().contains("integer") => "a whole number, from 0",
            (_, kind) if kind.to_string().contains("number") => "a number, as in 0.5",
            (_, kind) if kind.to_string().contains("boolean") => "true or false",
            _ => return Failure::wrong(format!("{name}={value}: {error}")),
        };
        return Failure::wrong(format!("{name}={value}: cannot be read; give {wanted}"));
    }
    let twice = own.iter().find(|(name, _)| own.iter().filter(|(other, _)| other == name).count() > 1);
    match twice {
        Some((name, _)) => Failure::wrong(format!("{name}: is given more than once; give one")),
        None => Failure::wrong(error.to_string()),
    }
}

/// Pairs as the end of an address, each with `&` behind it.
fn form(pairs: &[(String, String)]) -> String {
    let escaped = |text: &str| -> String {
        let mut out = String::new();
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' => out.push(char::from(byte)),
                _ => out.push_str(&format!("%{byte:02X}")),
            }
        }
        out
    };
    pairs.iter().map(|(name, value)| format!("{}={}&", escaped(name), escaped(value))).collect()
}

/// Something that is read from parameters.
pub trait Asked: Sized {
    /// Takes what it knows out of the parameters.
    #[doc(hidden)]
    fn take(parameters: &mut Parameters) -> Result<Self, Failure>;
}

impl Asked for () {
    fn take(_: &mut Parameters) -> Result<Self, Failure> {
        Ok(())
    }
}

macro_rules! asked {
    ($($name:ident),+) => {
        impl<$($name: DeserializeOwned + IntoParams),+> Asked for ($($name,)+) {
            fn take(parameters: &mut Parameters) -> Result<Self, Failure> {
                Ok(($(parameters.take::<$name>()?,)+))
            }
        }
    };
}

asked!(A);
asked!(A, B);
asked!(A, B, C);
