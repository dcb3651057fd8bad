//! Content: what one act says of another, as what is asked for, promised, refused or laid to somebody's charge.

use detente_grammar::Deprel;

use super::{Draft, SentenceCoder};
use crate::{act::Factuality, entity::Entity, ontology::EventType, rule::Outcome, syntax::Tok};

impl SentenceCoder<'_, '_> {
    /// Leaves out what one accuses another of where the accuser was taken for who did it: "sued Freedonia for abetting the killings".
    pub(super) fn clear_accusers(&self, drafts: &mut [Draft<'_>]) {
        for accusing in 0..drafts.len() {
            let accusation = &drafts[accusing];
            if !matches!(accusation.outcome, Outcome::Act(EventType::Accuse, _)) {
                continue;
            }
            let charges: Vec<Tok> = self.charges(accusation.found.root).collect();
            let is_charged = |deed: &Draft<'_>| {
                let root = deed.found.root;
                matches!(deed.outcome, Outcome::Act(event, _) if event.quad() == 4)
                    && root > accusation.found.root
                    && !accusation.found.words.contains(&root)
                    && charges.iter().any(|&charge| self.syntax.is_under(root, charge))
                    && !deed.actors.is_empty()
                    && deed.actors.iter().all(|a| accusation.actors.iter().any(|accuser| accuser.is_same(a)))
            };
            let cleared: Vec<usize> = (0..drafts.len()).filter(|&deed| is_charged(&drafts[deed])).collect();
            for deed in cleared {
                drafts[deed].outcome = Outcome::Nothing;
            }
        }
    }

    /// What a verb says that somebody is accused of: "for abetting the killings", "of shelling the town".
    fn charges(&self, verb: Tok) -> impl Iterator<Item = Tok> {
        let is_charge = |&kid: &Tok| match self.syntax.rel(kid) {
            Deprel::Obl => self.syntax.case(kid) == Some("for"),
            Deprel::Advcl => {
                let mark = self.syntax.kid(kid, Deprel::Mark);
                self.syntax.case(kid) == Some("for")
                    || mark.is_some_and(|mark| matches!(self.syntax.lemma(mark), "for" | "of"))
            }
            _ => false,
        };
        self.syntax.kids(verb).iter().copied().filter(is_charge)
    }

    /// Says which drafts are the content of others, and what those are about.
    pub(super) fn link_contents(&self, drafts: &mut [Draft<'_>]) {
        for outer in 0..drafts.len() {
            let Outcome::Act(outer_type, _) = drafts[outer].outcome else { continue };
            let contents = drafts[outer].found.content.clone();
            for head in contents {
                for inner in 0..drafts.len() {
                    if inner == outer || drafts[inner].outer.is_some() {
                        continue;
                    }
                    let root = drafts[inner].found.root;
                    // The content itself, a coordinated one, or the noun act that a light verb carries.
                    let direct = root == head
                        || self.syntax.head(root) == Some(head)
                            && matches!(self.syntax.rel(root), Deprel::Conj | Deprel::Obj | Deprel::Xcomp)
                        || drafts[inner].found.words.contains(&head);
                    if !direct {
                        continue;
                    }
                    drafts[inner].outer = Some(outer);
                    if let Outcome::Act(inner_type, _) = drafts[inner].outcome {
                        if drafts[outer].about.is_none() {
                            drafts[outer].about = Some(inner_type);
                        }
                        let is_owed = matches!(outer_type, EventType::Agree | EventType::Threaten | EventType::Reject);
                        if is_owed {
                            let lent: Vec<Entity> = drafts[inner]
                                .recipients
                                .iter()
                                .filter(|r| r.code.is_some() && !drafts[outer].actors.iter().any(|a| a.is_same(r)))
                                .cloned()
                                .collect();
                            // "offered to mediate between Freedonia and Sylvania": it is offered to both.
                            let is_part = |known: &Entity| lent.iter().any(|r| r.code == known.code);
                            if drafts[outer].recipients.iter().all(is_part) {
                                drafts[outer].recipients = lent;
                            }
                        }
                        let factuality = match outer_type {
                            EventType::Request => Factuality::Requested,
                            EventType::Agree | EventType::Threaten => Factuality::Intended,
                            EventType::Reject => Factuality::Denied,
                            _ => continue,
                        };
                        drafts[inner].reading.factuality = factuality;
                        let cue = drafts[outer].found.root;
                        drafts[inner].reading.cues = vec![(factuality.as_str(), cue)];
                    }
                }
            }
        }
    }

    /// Tells whether the content of another act is a line of its own: with an actor of its own, and a recipient.
    pub(super) fn stands_alone(&self, inner: &Draft<'_>, outer: &Draft<'_>) -> bool {
        let own_actor = inner.actors.iter().any(|a| !outer.actors.iter().any(|o| o.is_same(a)));
        own_actor && (!inner.recipients.is_empty() || inner.actors.len() > 1)
    }
}
