//! Places: cities, provinces, seas; and disputed territories with their claimants.

use smol_str::SmolStr;

use crate::{
    error::{Error, Problem},
    record::{Field, items, lines, records},
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
    /// Where it lies.
    pub lies: Option<Area>,
}

impl Territory {
    /// Tells whether a state claims it or holds it.
    pub fn is_disputed_by(&self, code: &str) -> bool {
        self.claimants.iter().chain(&self.holder).any(|other| other == code)
    }
}

/// About where something lies: a middle, and how far it reaches from there. It draws no border.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Degrees north and east of the middle.
    pub middle: (f32, f32),
    /// Kilometres.
    pub reach: f32,
}

impl Area {
    /// Reads degrees north, degrees east and kilometres.
    fn read(value: &str) -> Option<Area> {
        let numbers: Vec<f32> = items(value).map(|number| number.parse().ok()).collect::<Option<_>>()?;
        let [lat, lon, reach] = numbers[..] else { return None };
        let is_on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        (is_on_earth && 0.0 < reach && reach <= 2000.0).then_some(Area { middle: (lat, lon), reach })
    }

    /// The kilometres from its edge to a place; less than nothing inside.
    pub(crate) fn distance(&self, place: (f32, f32)) -> f32 {
        const EARTH: f32 = 6371.0;
        let [(north, east), (lat, lon)] = [self.middle, place].map(|(lat, lon)| (lat.to_radians(), lon.to_radians()));
        let half = |angle: f32| (angle / 2.0).sin().powi(2);
        let chord = half(lat - north) + north.cos() * lat.cos() * half(lon - east);
        2.0 * EARTH * chord.sqrt().min(1.0).asin() - self.reach
    }
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

/// Reads `places/borders.txt`: the states that are neighbours of each.
pub(crate) fn borders(file: &File) -> Result<Vec<(SmolStr, Vec<SmolStr>)>, Error> {
    if file.path != "places/borders.txt" {
        return Ok(Vec::new());
    }
    lines(&file.text)
        .map(|(number, line)| {
            let fail = || Error::new(file.path.as_ref(), number, Problem::BadLine(line.to_owned()));
            let (code, beside) = line.split_once('=').ok_or_else(fail)?;
            Ok((code.trim().into(), beside.split_whitespace().map(SmolStr::from).collect()))
        })
        .collect()
}

/// Reads `places/territories.txt`.
pub(crate) fn territories(file: &File) -> Result<Vec<Territory>, Error> {
    if file.path != "places/territories.txt" {
        return Ok(Vec::new());
    }
    let area = |field: &Field<'_>| {
        let wrong = || Error::new(file.path.as_ref(), field.line, Problem::BadArea(field.value.to_owned()));
        Area::read(field.value).ok_or_else(wrong)
    };
    records(file)?
        .iter()
        .map(|record| {
            Ok(Territory {
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
                lies: record.field("lies").map(area).transpose()?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lies: &str) -> Result<Vec<Territory>, Error> {
        let text = format!("XZEN  Zenda\n  claimants: RUR; FRE\n  lies: {lies}\n");
        territories(&File { path: "places/territories.txt".into(), text: text.into() })
    }

    #[test]
    fn a_territory_lies_on_earth() {
        assert_eq!(read("45.2; -34.3; 120").unwrap()[0].lies, Some(Area { middle: (45.2, -34.3), reach: 120.0 }));
        for wrong in ["45.2; 34.3", "95; 34.3; 120", "45.2; 190; 120", "45.2; 34.3; 0", "45.2; east; 120", "1; 2; 3; 4"]
        {
            let error = read(wrong).unwrap_err();
            assert_eq!(error.line(), 3, "{wrong}");
            assert!(error.to_string().contains("lies: 45.2; 34.3; 120"), "{error}");
        }
    }

    #[test]
    fn what_lies_within_reach_is_no_way_off() {
        let area = Area { middle: (45.2, 34.3), reach: 120.0 };
        assert!(area.distance((44.6, 33.5)) < 0.0);
        let to_kyiv = area.distance((50.45, 30.52));
        assert!((515.0..545.0).contains(&to_kyiv), "{to_kyiv}");
        // Across the line on which a day begins.
        assert!(Area { middle: (-23.7, -179.0), reach: 40.0 }.distance((-23.7, 179.5)) < 120.0);
    }
}
