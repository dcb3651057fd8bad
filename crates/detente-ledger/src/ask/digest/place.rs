//! Sums over acts that took place, place by place.

use std::collections::BTreeMap;

use detente_coder::Location;

use super::{Digest, Filter, Tally};

/// A place of acts.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// Its name in the lexicon.
    pub name: String,
    /// ISO 3166 alpha-3 code of its country; nothing for seas and for disputed territories.
    pub country: Option<String>,
    /// Degrees north and east, where known.
    pub position: Option<(f32, f32)>,
    /// PLOVER's resolution: 1 country, 2 province, 3 district, 4 city.
    pub resolution: u8,
}

impl Spot {
    pub(super) fn of(place: Location) -> Spot {
        Spot {
            name: place.resolved_place,
            country: place.country_code,
            position: place.lat.zip(place.lon),
            resolution: place.resolution,
        }
    }
}

/// What took place at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceSum {
    /// The place.
    pub spot: Spot,
    /// The acts.
    pub all: Tally,
}

impl Digest {
    /// What took place where, the places with most acts first.
    pub fn places(&self, filter: &Filter) -> Vec<PlaceSum> {
        let mut sums: BTreeMap<u32, Tally> = BTreeMap::new();
        for number in self.found(&Filter { only_actual: true, ..filter.clone() }) {
            let row = &self.acts[number as usize];
            if let Some(spot) = row.spot {
                sums.entry(spot).or_default().add(row);
            }
        }
        let mut places: Vec<PlaceSum> =
            sums.into_iter().map(|(spot, all)| PlaceSum { spot: self.spots[spot as usize].clone(), all }).collect();
        places.sort_by(|a, b| b.all.acts.cmp(&a.all.acts).then_with(|| a.spot.name.cmp(&b.spot.name)));
        places
    }
}
