//! Facts that cannot be: terms that overlap, terms long before a state was born, a name without a code.

use jiff::civil::Date;
use smol_str::SmolStr;

use crate::{
    Lexicon,
    actor::ActorKind,
    office::Holder,
    place::{Place, Territory},
    words::FITS_ANY,
};

/// Years by which an office may be older than the independence of its state.
const OLDER_OFFICE: i16 = 30;

/// Kilometres by which a place of a territory may lie beyond its reach, which is told but roughly.
const BEYOND: f32 = 150.0;

impl Lexicon {
    /// Lists the mistakes in offices, states and names that can be seen without another source.
    ///
    /// A state's `from` is the day of its independence, and an office may be older: rulers of protectorates, premiers
    /// of colonies and of republics inside a union stayed in office when their state became independent, and news
    /// recalls those before them. Only a term that begins more than a generation too early is taken for a slip.
    ///
    /// Two terms of one office overlap where both dates tell it. A date given to the year stands for any day of that
    /// year, so a term to 2020 and the next one from 2020-02 agree. A month's overlap is left to handovers.
    pub fn check(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let unknown = |code: &&SmolStr| *code != FITS_ANY && self.actor(code).is_none();
        for (word, codes) in &self.words.described {
            faults.extend(codes.iter().filter(unknown).map(|code| {
                format!("words/descriptions.txt: '{word}' describes '{code}', which is no state or organisation")
            }));
        }
        for office in &self.offices {
            let state = self.actor(&office.code);
            if state.is_none() {
                faults.push(format!(
                    "offices: '{}' of '{}' belongs to no state or organisation of the lexicon",
                    office.title, office.code
                ));
            }
            let born = state.and_then(|s| s.from);
            for holder in &office.holders {
                let name = &holder.names[0];
                if let (Some(from), Some(to)) = (holder.from, holder.to)
                    && from > to
                {
                    faults.push(format!(
                        "offices/{}.txt:{}: the term of {name} ends before it begins",
                        office.code, holder.line
                    ));
                }
                if let (Some(born), Some(from)) = (born, holder.from)
                    && from.year() < born.year() - OLDER_OFFICE
                {
                    faults.push(format!(
                        "offices/{}.txt:{}: the term of {name} begins long before the state, {born}",
                        office.code, holder.line
                    ));
                }
            }
            for pair in office.holders.windows(2) {
                if overlap(&pair[0], &pair[1]) {
                    faults.push(format!(
                        "offices/{}.txt:{}: the term of {} as {} overlaps that of {}",
                        office.code, pair[1].line, pair[1].names[0], office.title, pair[0].names[0]
                    ));
                }
            }
        }
        for territory in &self.territories {
            for code in territory.claimants.iter().chain(&territory.holder) {
                if self.actor(code).is_none() {
                    faults.push(format!(
                        "territories: '{code}', a claimant of {}, is no state of the lexicon",
                        territory.title
                    ));
                }
            }
            faults.extend(self.misplaced(territory));
        }
        for place in &self.places {
            if let Some(code) = &place.country
                && self.actor(code).is_none()
            {
                faults.push(format!("places: '{code}', the country of {}, is no state of the lexicon", place.names[0]));
            }
        }
        for (code, beside) in &self.borders {
            for other in std::iter::once(code).chain(beside).filter(|code| self.actor(code).is_none()) {
                faults.push(format!("borders: '{other}' is no state of the lexicon"));
            }
            for other in beside.iter().filter(|other| !self.are_neighbours(other, code)) {
                faults.push(format!("borders: {code} has the neighbour {other}, but {other} has not {code}"));
            }
        }
        for (number, actor) in self.actors.iter().enumerate() {
            if let Some(whole) = actor.part_of.as_ref().filter(|whole| self.actor(whole).is_none()) {
                faults.push(format!(
                    "organisations: '{whole}', of which {} is a part, is none of the lexicon",
                    actor.code
                ));
            }
            if actor.kind != ActorKind::State {
                continue;
            }
            if let Some((_, beside)) = &actor.half
                && self.actor(beside).is_none()
            {
                faults.push(format!("states: '{beside}', beside {}, is no state of the lexicon", actor.title));
            }
            if let Some(successor) = &actor.successor
                && self.actor(successor).is_none()
            {
                faults.push(format!(
                    "states: '{successor}', the successor of {}, is no state of the lexicon",
                    actor.title
                ));
            }
            if self.actors[..number].iter().any(|other| other.kind == ActorKind::State && other.code == actor.code) {
                faults.push(format!("states: the code {} stands twice", actor.code));
            }
        }
        faults.sort();
        faults.dedup();
        faults
    }

    /// Tells that all places that bear the name of a territory or of a part of it, in a state that claims or holds it, lie
    /// elsewhere.
    fn misplaced(&self, territory: &Territory) -> Option<String> {
        let area = territory.lies.as_ref()?;
        let names: Vec<&SmolStr> = territory.names.iter().chain(territory.parts.iter().flatten()).collect();
        let is_of_it = |place: &&Place| {
            place.names.iter().any(|name| names.contains(&name))
                && place.country.as_ref().is_some_and(|country| territory.is_disputed_by(country))
        };
        let places = self.places.iter().filter(is_of_it).filter_map(|place| Some((&place.names[0], place.position?)));
        let ways = places.map(|(name, position)| (name, area.distance(position)));
        let (name, off) = ways.min_by(|(_, a), (_, b)| a.total_cmp(b)).filter(|(_, off)| *off > BEYOND)?;
        Some(format!("territories: {name} lies {off:.0} km outside of {}, by its lies", territory.title))
    }
}

/// Tells whether a term goes on for more than a month after the next one's first day.
fn overlap(term: &Holder, next: &Holder) -> bool {
    let (Some(to), Some(from)) = (term.to, next.from) else { return false };
    !term.open
        && term.names[0] != next.names[0]
        && from < to
        && from.until(to).is_ok_and(|span| span.get_days() > 31)
        && !(from.year() == to.year() && (is_year_start(from) || is_year_end(to)))
}

/// Tells whether a first day is what a date given to the year is read as.
fn is_year_start(day: Date) -> bool {
    (day.month(), day.day()) == (1, 1)
}

/// Tells whether a last day is what a date given to the year is read as.
fn is_year_end(day: Date) -> bool {
    (day.month(), day.day()) == (12, 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Area, date, office::Basis};

    fn term(name: &str, from: &str, to: &str) -> Holder {
        Holder {
            names: vec![name.into()],
            from: date::read(from, false),
            to: date::read(to, true),
            open: false,
            basis: Basis::Memory,
            line: 1,
        }
    }

    #[test]
    fn a_territory_lies_where_its_places_lie() {
        let mut lexicon = Lexicon::builtin().unwrap();
        let crimea = lexicon.territories.iter().position(|one| one.code == "XCRI").expect("a territory");
        assert_eq!(lexicon.misplaced(&lexicon.territories[crimea]), None);
        // North and east exchanged.
        lexicon.territories[crimea].lies = Some(Area { middle: (34.3, 45.2), reach: 120.0 });
        let fault = lexicon.misplaced(&lexicon.territories[crimea]);
        assert!(fault.as_ref().is_some_and(|fault| fault.contains("km outside of Crimea")), "{fault:?}");
    }

    #[test]
    fn terms_overlap_where_days_tell_it() {
        assert!(overlap(&term("A", "2010-01-05", "2014-06-30"), &term("B", "2014-03-01", "2018")));
        assert!(overlap(&term("A", "2010", "2014"), &term("B", "2013-03-01", "2018")));
    }

    #[test]
    fn a_year_stands_for_any_of_its_days() {
        assert!(!overlap(&term("A", "2010", "2014"), &term("B", "2014-03-01", "2018")));
        assert!(!overlap(&term("A", "2010", "2014-09-12"), &term("B", "2014", "2018")));
    }

    #[test]
    fn handovers_and_second_terms_are_no_overlap() {
        assert!(!overlap(&term("A", "2010", "2014-06-30"), &term("B", "2014-06-01", "2018")));
        assert!(!overlap(&term("A", "2010-02-03", "2014-06-30"), &term("A", "2012-02-03", "2018")));
    }
}
