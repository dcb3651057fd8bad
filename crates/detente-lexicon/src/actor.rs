//! Actors: states, organisations, groups, parties, media, agencies, firms, persons; and roles.

use jiff::civil::Date;
use smol_str::SmolStr;

use crate::{
    date,
    error::{Error, Problem},
    record::{Record, records},
    source::File,
};

/// What kind of actor a record tells of: one a file of `actors/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActorKind {
    /// A state, an observer of the United Nations, or a dissolved state.
    State,
    /// An intergovernmental organisation.
    Organisation,
    /// An armed group.
    Group,
    /// A party or opposition movement.
    Party,
    /// A non-governmental organisation.
    Ngo,
    /// A news outlet or agency: a source, not an actor.
    Media,
    /// A named ministry, army, service, court or legislature of a state.
    Agency,
    /// A firm.
    Firm,
    /// A well-known person who holds no office of state.
    Person,
}

impl ActorKind {
    fn of(path: &str) -> Option<ActorKind> {
        Some(match path.strip_prefix("actors/")? {
            "states.txt" => ActorKind::State,
            "organisations.txt" => ActorKind::Organisation,
            "groups.txt" => ActorKind::Group,
            "parties.txt" => ActorKind::Party,
            "ngos.txt" => ActorKind::Ngo,
            "media.txt" => ActorKind::Media,
            "agencies.txt" => ActorKind::Agency,
            "firms.txt" => ActorKind::Firm,
            "persons.txt" => ActorKind::Person,
            _ => return None,
        })
    }
}

/// How a name stands for its actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Its own name.
    Name,
    /// The adjective of a state.
    Adjective,
    /// A citizen or the citizens of a state.
    Demonym,
    /// The capital.
    Capital,
    /// A building or street that stands for the government.
    Seat,
    /// The first part of a compound adjective: "Russo".
    Prefix,
    /// An organ of an organisation.
    Organ,
}

/// One actor.
#[derive(Clone, Debug)]
pub struct Actor {
    /// ISO 3166-1 alpha-3 code, the code of an organisation, or `IMG`, `NGO`, `ISM`, `MNC`.
    pub code: SmolStr,
    /// The name that outputs show.
    pub title: SmolStr,
    /// What kind it is.
    pub kind: ActorKind,
    /// PLOVER sectors, the primary one first.
    pub sectors: Vec<SmolStr>,
    /// Names and how they stand for the actor.
    pub names: Vec<(SmolStr, Form)>,
    /// First day of the state or role.
    pub from: Option<Date>,
    /// Last day of the state or role.
    pub to: Option<Date>,
    /// State that took a dissolved state's place.
    pub successor: Option<SmolStr>,
    /// Correlates of War number.
    pub cow: Option<u16>,
    /// Gleditsch-Ward number.
    pub gleditsch_ward: Option<u16>,
    /// ISO 3166-1 alpha-2 code.
    pub iso2: Option<SmolStr>,
    /// Member states, where known.
    pub members: Vec<SmolStr>,
    /// Code of the organisation whose office, fund or mission it is, and as which it is coded.
    pub part_of: Option<SmolStr>,
    /// Names that also mean something else ("Georgia").
    pub ambiguous: Vec<SmolStr>,
    /// The state's name beside another that shares its full one, and that other's code: "the North", where Korea is spoken of.
    pub half: Option<(SmolStr, SmolStr)>,
}

/// A role: a noun for an office, a body, a person or a group that acts for a state or a sector.
#[derive(Clone, Debug)]
pub struct Role {
    /// Primary PLOVER sector.
    pub sector: SmolStr,
    /// The noun.
    pub title: SmolStr,
    /// What it is a noun for.
    pub kind: RoleKind,
    /// Level of an office: `head-of-state`, `head-of-government`, `foreign-minister`...
    pub level: Option<SmolStr>,
    /// An actor only with a country or as a subject ("company", "bank").
    pub weak: bool,
    /// Other words for it.
    pub variants: Vec<SmolStr>,
}

/// What a role is a noun for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoleKind {
    /// An office that one person holds.
    Office,
    /// A body of the state or of society.
    Body,
    /// A person.
    Person,
    /// Many persons.
    Group,
}

/// Reads the actors of a file, if it is one of actors.
pub(crate) fn actors(file: &File) -> Result<Vec<Actor>, Error> {
    let Some(kind) = ActorKind::of(&file.path) else { return Ok(Vec::new()) };
    records(file)?.iter().map(|record| actor(file, record, kind)).collect()
}

fn actor(file: &File, record: &Record<'_>, kind: ActorKind) -> Result<Actor, Error> {
    let mut names: Vec<(SmolStr, Form)> = vec![(record.title.into(), Form::Name)];
    for (key, form) in [
        ("names", Form::Name),
        ("adjectives", Form::Adjective),
        ("demonyms", Form::Demonym),
        ("capital", Form::Capital),
        ("seats", Form::Seat),
        ("prefixes", Form::Prefix),
        ("organs", Form::Organ),
    ] {
        for name in record.list(key) {
            let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
            if !names.iter().any(|(known, f)| known == name && *f == form) {
                names.push((name.into(), form));
            }
        }
    }
    let number = |key: &str| -> Result<Option<u16>, Error> {
        let Some(field) = record.field(key) else { return Ok(None) };
        match field.value {
            "" | "-" | "none" => Ok(None),
            value => value
                .parse()
                .map(Some)
                .map_err(|_| Error::new(file.path.as_ref(), field.line, Problem::BadNumber(value.to_owned()))),
        }
    };
    let day = |key: &str, end: bool| -> Result<Option<Date>, Error> {
        let Some(field) = record.field(key) else { return Ok(None) };
        date::read(field.value, end)
            .map(Some)
            .ok_or_else(|| Error::new(file.path.as_ref(), field.line, Problem::BadDate(field.value.to_owned())))
    };
    let half = match record.field("half") {
        None => None,
        Some(field) => {
            let bad = || Error::new(file.path.as_ref(), field.line, Problem::BadHalf(field.value.to_owned()));
            let (half, other) = field.value.split_once(" beside ").ok_or_else(bad)?;
            Some((half.into(), other.into()))
        }
    };
    let mut sectors: Vec<SmolStr> = record.list("sector").map(SmolStr::from).collect();
    if kind == ActorKind::Organisation && !sectors.iter().any(|s| s == "IGO" || s == "NGO") {
        sectors.insert(0, "IGO".into());
    }
    Ok(Actor {
        code: record.code.into(),
        title: record.title.into(),
        kind,
        sectors,
        names,
        from: day("from", false)?,
        to: day("to", true)?,
        successor: record.one("successor").map(SmolStr::from),
        cow: number("cow")?,
        gleditsch_ward: number("gw")?,
        iso2: record
            .field("iso")
            .and_then(|field| {
                field.value.split_whitespace().find(|w| w.len() == 2 && w.chars().all(|c| c.is_ascii_uppercase()))
            })
            .map(SmolStr::from),
        members: record.list("members").map(SmolStr::from).collect(),
        part_of: record.one("part_of").map(SmolStr::from),
        ambiguous: record.list("ambiguous").map(SmolStr::from).collect(),
        half,
    })
}

/// Reads the roles of `actors/roles.txt`.
pub(crate) fn roles(file: &File) -> Result<Vec<Role>, Error> {
    if file.path != "actors/roles.txt" {
        return Ok(Vec::new());
    }
    Ok(records(file)?
        .iter()
        .map(|record| Role {
            sector: record.code.into(),
            title: record.title.into(),
            kind: match record.one("kind") {
                Some("office") => RoleKind::Office,
                Some("body") => RoleKind::Body,
                Some("group") => RoleKind::Group,
                _ => RoleKind::Person,
            },
            level: record.one("level").map(SmolStr::from),
            weak: record.one("actor") == Some("weak"),
            variants: record.list("variants").map(SmolStr::from).collect(),
        })
        .collect())
}
