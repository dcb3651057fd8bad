//! Places: cities, provinces, seas; and disputed territories with their claimants.

use smol_str::SmolStr;

use crate::{
    error::{Error, Problem},
    record::{items, lines, records},
    source::File,
};

/// What kind of place: one a file of `places/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A city.
    City,
    /// A first-order division of a state.
    Province,
    /// A sea, strait, or region of several states.
    Region,
}

/// A place.
#[derive(Clone, Debug)]
pub struct Place {
    /// Names, the main one first.
    pub names: Vec<SmolStr>,
    /// Kind.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-3 code of its country, if it lies in one.
    pub country: Option<SmolStr>,
    /// Degrees north and east.
    pub position: Option<(f32, f32)>,
}

/// A disputed territory.
#[derive(Clone, Debug)]
pub struct Territory {
    /// Own short code.
    pub code: SmolStr,
    /// Name that outputs show.
    pub title: SmolStr,
    /// Names on every side.
    pub names: Vec<SmolStr>,
    /// Codes of those that claim it.
    pub claimants: Vec<SmolStr>,
    /// Code of the one that holds it.
    pub holder: Option<SmolStr>,
    /// When it passed to its holder, or when the dispute arose: a day, month or year.
    pub since: Option<SmolStr>,
    /// Its parts, each with its names.
    pub parts: Vec<Vec<SmolStr>>,
}

/// Reads the places of a file.
pub(crate) fn places(file: &File) -> Result<Vec<Place>, Error> {
    let kind = match file.path.as_ref() {
        "places/cities.txt" => PlaceKind::City,
        "places/provinces.txt" => PlaceKind::Province,
        "places/regions.txt" => PlaceKind::Region,
        _ => return Ok(Vec::new()),
    };
    lines(&file.text)
        .filter(|(_, line)| line.contains('|'))
        .map(|(number, line)| {
            let fail = || Error::new(file.path.as_ref(), number, Problem::BadLine(line.to_owned()));
            let mut parts = line.split('|').map(str::trim);
            let names: Vec<SmolStr> = items(parts.next().unwrap_or("")).map(SmolStr::from).collect();
            if names.is_empty() {
                return Err(fail());
            }
            let country = parts.next().filter(|c| c.len() == 3).map(SmolStr::from);
            let (lat, lon) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
            let position = match (lat, lon) {
                ("", _) | (_, "") => None,
                (lat, lon) => Some((lat.parse().map_err(|_| fail())?, lon.parse().map_err(|_| fail())?)),
            };
            Ok(Place { names, kind, country, position })
        })
        .collect()
}

/// Reads `places/territories.txt`.
pub(crate) fn territories(file: &File) -> Result<Vec<Territory>, Error> {
    if file.path != "places/territories.txt" {
        return Ok(Vec::new());
    }
    Ok(records(file)?
        .iter()
        .map(|record| Territory {
            code: record.code.into(),
            title: record.title.into(),
            names: std::iter::once(record.title).chain(record.list("names")).map(SmolStr::from).collect(),
            claimants: record.list("claimants").map(SmolStr::from).collect(),
            holder: record.one("holder").map(SmolStr::from),
            since: record.one("since").map(SmolStr::from),
            parts: record
                .list("parts")
                .map(|part| part.split('=').map(|name| SmolStr::from(name.trim())).collect())
                .collect(),
        })
        .collect())
}
