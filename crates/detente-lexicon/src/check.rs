//! Facts that cannot be: terms that overlap, terms before a state was born, a name without a code.

use crate::{Lexicon, actor::ActorKind};

impl Lexicon {
    /// Lists the mistakes in offices, states and names that can be seen without another source.
    pub fn check(&self) -> Vec<String> {
        let mut faults = Vec::new();
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
                    && from < born
                {
                    faults.push(format!(
                        "offices/{}.txt:{}: the term of {name} begins before the state, {born}",
                        office.code, holder.line
                    ));
                }
            }
            for pair in office.holders.windows(2) {
                if let (Some(to), Some(from)) = (pair[0].to, pair[1].from)
                    && from < to
                    && !pair[0].open
                    && pair[0].names[0] != pair[1].names[0]
                    && from.until(to).is_ok_and(|span| span.get_days() > 31)
                {
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
        }
        for place in &self.places {
            if let Some(code) = &place.country
                && self.actor(code).is_none()
            {
                faults.push(format!("places: '{code}', the country of {}, is no state of the lexicon", place.names[0]));
            }
        }
        for (number, actor) in self.actors.iter().enumerate() {
            if actor.kind != ActorKind::State {
                continue;
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
}
