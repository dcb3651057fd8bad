//! The counterpart: whom an act is against where neither its sentence nor what it answers says so, since the article has told
//! with whom the actor deals: "Ruritania closed the border to Freedonian lorries. On Monday it recalled its ambassador."

use super::{Deed, is_among, stands_at};
use crate::{
    act::{Factuality, Span, Via},
    discourse::Discourse,
    entity::{Entity, Sort},
    ontology::EventType,
    pair::is_organisation,
    rule::Outcome,
    sentence::{Draft, SentenceCoder},
    syntax::Tok,
};

/// How many sentences before, at most, the actor dealt with his counterpart.
const REACH: u32 = 5;

/// How well an article shows who an actor's counterpart is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dealings {
    /// How many sentences ago the two had to do with each other.
    pub(crate) sentences: u32,
    /// The article has told of the actor's dealings with nobody else.
    pub(crate) alone: bool,
    /// The title names these two states alone.
    pub(crate) of_title: bool,
}

impl SentenceCoder<'_, '_> {
    /// A draft that names nobody of another state, towards the one with whom its actor dealt last.
    pub(crate) fn towards_counterpart<'d>(&self, draft: &Draft<'d>, discourse: &Discourse) -> Option<Draft<'d>> {
        let Outcome::Act(event, _) = draft.outcome else { return None };
        let known: Vec<&Entity> = draft.actors.iter().filter(|actor| actor.code.is_some()).collect();
        let is_one = known.iter().all(|actor| actor.code == known[0].code);
        let may_deal = |actor: &&Entity| !matches!(actor.sort, Sort::Group | Sort::Media | Sort::Thing);
        // Troops at a town of one's own are massed against another.
        let is_own = |one: &Entity| event == EventType::Mobilize && known.iter().any(|actor| actor.code == one.code);
        let names_somebody = draft.recipients.iter().any(|recipient| recipient.code.is_some() && !is_own(recipient));
        let is_told = matches!(draft.reading.factuality, Factuality::Actual | Factuality::Intended);
        if known.is_empty() || !is_one || names_somebody || !is_told || !self.context.weighing.is_on() {
            return None;
        }
        if !has_counterpart(event) || !known.iter().all(may_deal) {
            return None;
        }
        if event == EventType::Consult && self.goes_to_a_venue(draft.found.root) {
            return None;
        }
        // Relations are broken off with states, and troops are sent against them.
        let may_undergo = |other: &Entity| event.quad() != 4 || !is_organisation(other);
        let mut dealings = discourse
            .deeds
            .iter()
            .rev()
            .filter(|deed| deed.sentence < discourse.sentence)
            .filter_map(|deed| Some((dealt_with(deed, &draft.actors, event)?, discourse.sentence - deed.sentence)))
            .filter(|(other, _)| may_undergo(&other.0));
        let found = dealings.next().filter(|&(_, sentences)| sentences <= REACH);
        let headed = discourse.beside_in_title(known[0]);
        let of_title = |other: &Entity| headed.as_ref().is_some_and(|(state, _)| state.code == other.code);
        // "Chad took it to the Court. On Friday it threatened to close the road": Niger's, in an article on Chad and Niger.
        let fits =
            |other: &Entity| headed.is_none() || of_title(other) || !is_organisation(other) || !is_hostile(event);
        let (last, sentences, alone) = match found {
            Some((last, sentences)) if fits(&last.0) => {
                (last.clone(), sentences, dealings.all(|(other, _)| other.0.code == last.0.code))
            }
            // "warned residents": these are most often one's own.
            _ if draft.recipients.iter().any(|recipient| recipient.sort == Sort::Group) => return None,
            _ => (headed.clone()?, REACH + 1, found.is_none()),
        };
        let root = draft.found.root;
        let other = Entity { via: Via::Context, ..stands_at(&last, root, root) };
        let dealings = Dealings { sentences, alone, of_title: of_title(&other) };
        Some(Draft { recipients: vec![other], dealings: Some(dealings), ..draft.clone() })
    }

    /// Tells whether what a verb tells is done in a city where many states meet: "flew to Geneva", to see nobody knows whom.
    fn goes_to_a_venue(&self, root: Tok) -> bool {
        let reader = self.reader();
        let mut names = self.mentions.all.iter().filter(|mention| self.syntax.is_under(mention.last, root));
        names.any(|mention| reader.is_venue(&reader.entity(mention.last)))
    }
}

/// The one of another state with whom some had to do in a deed.
fn dealt_with<'d>(deed: &'d Deed, some: &[Entity], event: EventType) -> Option<&'d (Entity, Span)> {
    let is_joint = deed.recipients.is_empty();
    let others = match (deed.is_done_by(some), deed.is_done_to(some)) {
        // Who acts together is not against each other.
        (true, false) if is_joint && !is_hostile(event) => &deed.actors,
        (true, false) if !is_joint => &deed.recipients,
        (false, true) => &deed.actors,
        _ => return None,
    };
    let mut foreign = others.iter().filter(|(entity, _)| !is_among(entity, some));
    let other = foreign.next()?;
    foreign.all(|(entity, _)| entity.code == other.0.code).then_some(other)
}

/// Tells whether acts of a type are done to somebody, and seldom to those of one's own.
fn has_counterpart(event: EventType) -> bool {
    use EventType::{Accuse, Agree, Assault, Concede, Consult, Mobilize, Reject, Request, Retreat, Sanction, Threaten};
    matches!(
        event,
        Accuse | Agree | Assault | Concede | Consult | Mobilize | Reject | Request | Retreat | Sanction | Threaten
    )
}

fn is_hostile(event: EventType) -> bool {
    matches!(event.quad(), 3 | 4)
}
