//! Places: which words and phrases of a sentence may stand where a rule has its words, its sides and its content.

use detente_grammar::{Deprel, Upos};
use detente_lexicon::UNKNOWN;

use super::{Match, Matcher, content_head};
use crate::{
    frame::{Slot, is_condition},
    owner::is_region,
    rule::{Form, Place, Role},
    syntax::Tok,
    when::is_time_word,
};

/// Words beside those for parts of a country that say where people live, or stand for it.
const PLACES: &[&str] = &[
    "area",
    "country",
    "territory",
    "camp",
    "neighborhood",
    "neighbourhood",
    "zone",
    "valley",
    "which",
    "there",
    "it",
];

/// Nouns that say how something is done, and are nobody: "revoked it with immediate effect", "left without delay".
pub(crate) fn is_manner(lemma: &str) -> bool {
    matches!(lemma, "effect" | "delay")
}

impl Matcher<'_, '_> {
    /// Tells whether a phrase may be a side in its place: what is done "in Ruritania" or "in the city" is done to somebody there, what is done
    /// in anger or in June is not.
    pub(super) fn may_be_in(&self, place: &Place, role: Role, head: Tok) -> bool {
        let (Place::Prep(case), Role::Actor | Role::Recipient) = (place, role) else { return true };
        if is_time_word(self.syntax.lemma(head)) || is_manner(self.syntax.lemma(head)) {
            return false;
        }
        case != "in"
            || self.syntax.is_name_like(head)
            || self.syntax.kids(head).iter().any(|&kid| self.syntax.is_name_like(kid))
            || is_region(self.syntax.lemma(head))
            || PLACES.contains(&self.syntax.lemma(head))
    }

    /// Tells whether a noun's deed is done to what follows "of", and not by it: "the invasion of Freedonia", where nothing else
    /// says to whom.
    pub(super) fn is_undergone_by(&self, noun: Tok, head: Tok) -> bool {
        let frame = self.frame(noun);
        let names_another =
            |slot: &Slot<'_>| matches!(slot, Slot::Obj | Slot::Prep("on" | "against" | "with" | "to" | "for" | "upon"));
        frame.at(Slot::Prep("of")).any(|of| of == head) && !frame.args.iter().any(|(slot, _)| names_another(slot))
    }

    /// Tokens that may be a word of the rule in a place.
    pub(super) fn word_heads(&self, tok: Tok, place: &Place, nominal: bool) -> Vec<Tok> {
        let frame = self.frame(tok);
        let stands_in = |slot: &Slot<'_>| match place {
            Place::Prep(case) => matches!(slot, Slot::Prep(c) if c == case),
            Place::Obj if nominal => {
                matches!(slot, Slot::Prep("of" | "on" | "in" | "from" | "to") | Slot::Mod | Slot::Poss | Slot::Obj)
            }
            Place::Subj if nominal => {
                matches!(slot, Slot::Prep("of" | "by" | "between") | Slot::Mod | Slot::Poss | Slot::Subj)
            }
            Place::Poss | Place::Mod => matches!(slot, Slot::Poss | Slot::Mod | Slot::Prep("of")),
            Place::Clause => matches!(slot, Slot::Clause),
            Place::Pred | Place::Obj => matches!(slot, Slot::Pred | Slot::Obj),
            Place::Iobj => matches!(slot, Slot::Iobj | Slot::Prep("to")),
            Place::Subj => matches!(slot, Slot::Subj),
            Place::ContentSubj => false,
        };
        let mut heads: Vec<Tok> = frame.args.iter().filter(|(slot, _)| stands_in(slot)).map(|&(_, tok)| tok).collect();
        // "threatened a strike unless Ruritania withdraws": not they will withdraw.
        if *place == Place::Clause {
            heads.retain(|&clause| !is_condition(self.syntax, clause));
        }
        if let Place::Prep(case) = place {
            // "on" may hang on the object instead; "three monitors from the Union were expelled" tells who they are.
            for object in frame.at(Slot::Obj) {
                let behind = self.frame(object).at(Slot::Prep(case)).filter(|&head| object > tok || head > tok);
                heads.extend(behind.collect::<Vec<_>>());
            }
        }
        for head in &mut heads {
            *head = content_head(self.syntax, *head);
        }
        heads
    }

    /// Tokens that may be the content of the act.
    pub(super) fn content_heads(&self, tok: Tok, place: &Place, form: Form) -> Vec<Tok> {
        let frame = self.frame(tok);
        frame
            .args
            .iter()
            .filter(|(slot, _)| match place {
                Place::Clause => matches!(slot, Slot::Clause),
                Place::Obj | Place::Pred => matches!(slot, Slot::Obj | Slot::Pred | Slot::Clause),
                Place::Prep(case) => matches!(slot, Slot::Prep(c) if c == case) || matches!(slot, Slot::Clause),
                _ => false,
            })
            .map(|&(_, tok)| tok)
            .filter(|&tok| {
                let found = Form::of(self.syntax, tok);
                match form {
                    // What is asked for by a noun may as well be told by a clause, but not "said that".
                    Form::Noun => found != Form::Finite,
                    form => found == form,
                }
            })
            .collect()
    }

    /// Tokens in a place of a word, taken or not.
    pub(super) fn side_heads_of(&self, tok: Tok, place: &Place, nominal: bool) -> Vec<Tok> {
        self.side_heads(tok, place, nominal, &Match::unruled(tok, vec![tok]))
    }

    /// Tokens that may be a side in a place.
    pub(super) fn side_heads(&self, tok: Tok, place: &Place, nominal: bool, binding: &Match) -> Vec<Tok> {
        let frame = self.frame(tok);
        let verbal = self.syntax.is_verbal(tok);
        let ranks: &[&[Slot<'_>]] = match place {
            Place::Subj if nominal => &[
                &[Slot::Poss],
                &[Slot::Prep("by")],
                &[Slot::Subj],
                &[Slot::Mod],
                &[Slot::Prep("between")],
                &[Slot::Prep("of")],
                &[Slot::Prep("from")],
            ],
            Place::Subj if verbal => &[&[Slot::Subj]],
            Place::Subj => &[&[Slot::Subj], &[Slot::Poss], &[Slot::Mod], &[Slot::Prep("by")]],
            Place::Obj if nominal => &[
                &[Slot::Prep("of")],
                &[Slot::Prep("on")],
                &[Slot::Prep("against")],
                &[Slot::Prep("with")],
                &[Slot::Prep("to")],
                &[Slot::Prep("for")],
                &[Slot::Obj],
                &[Slot::Poss],
                &[Slot::Mod],
            ],
            Place::Obj => &[&[Slot::Obj], &[Slot::Pred]],
            Place::Iobj => &[&[Slot::Iobj], &[Slot::Prep("to")], &[Slot::Prep("for")]],
            Place::Poss | Place::Mod => &[
                &[Slot::Poss],
                &[Slot::Subj],
                &[Slot::Mod],
                &[Slot::Prep("by")],
                &[Slot::Prep("of")],
                &[Slot::Prep("from")],
            ],
            Place::Prep(_) => &[],
            Place::Clause => &[&[Slot::Clause]],
            Place::Pred => &[&[Slot::Pred], &[Slot::Obj]],
            Place::ContentSubj => &[],
        };
        let taken = |head: Tok| {
            binding.words.contains(&head)
                // "a group of hackers": the hackers
                || binding.words.contains(&content_head(self.syntax, head))
                || binding.actor.contains(&head)
                || binding.recipient.contains(&head)
                || binding.third.contains(&head)
        };
        let usable = |slot: Slot<'_>, head: Tok| {
            !taken(head)
                && match slot {
                    // The subject that a light verb lends is whose the act is, not whose its object is.
                    Slot::Subj => verbal || tok == binding.root || !matches!(place, Place::Poss | Place::Mod),
                    // Before a noun, a side is a name, or what a name makes one: "Freedonian government missiles".
                    Slot::Mod => !verbal && (self.syntax.is_name_like(head) || self.is_named_body(head)),
                    Slot::Clause => false,
                    _ => true,
                }
        };
        if *place == Place::ContentSubj {
            return frame
                .at(Slot::Clause)
                .flat_map(|clause| {
                    self.frame(clause)
                        .at(Slot::Subj)
                        .chain(self.frame(clause).at(Slot::Obj).filter(|_| self.syntax.is_passive(clause)))
                        .collect::<Vec<_>>()
                })
                .filter(|&head| !taken(head))
                .collect();
        }
        if let Place::Prep(case) = place {
            let mut slots = vec![Slot::Prep(case.as_str())];
            match case.as_str() {
                "to" | "for" => slots.push(Slot::Iobj),
                "of" if !verbal => slots.extend([Slot::Poss, Slot::Mod]),
                "by" if !verbal => slots.extend([Slot::Poss, Slot::Mod]),
                "on" => slots.extend([Slot::Prep("upon"), Slot::Prep("against")]),
                "against" => slots.push(Slot::Prep("on")),
                "between" if !verbal => slots.extend([Slot::Prep("among"), Slot::Prep("of"), Slot::Mod, Slot::Poss]),
                _ => {}
            }
            for slot in slots {
                let heads: Vec<Tok> = frame.at(slot).filter(|&head| usable(slot, head)).collect();
                if !heads.is_empty() {
                    return heads;
                }
            }
            return Vec::new();
        }
        for slots in ranks {
            let heads: Vec<Tok> =
                slots.iter().flat_map(|&slot| frame.at(slot).filter(move |&head| usable(slot, head))).collect();
            if !heads.is_empty() {
                return heads;
            }
        }
        Vec::new()
    }

    /// Tells whether a noun before another is somebody whom a name before it tells apart.
    fn is_named_body(&self, noun: Tok) -> bool {
        self.syntax.token(noun).upos == Upos::Noun
            && self.lexicon.role_names.word(self.syntax.lemma(noun)) != UNKNOWN
            && self.syntax.kids(noun).iter().any(|&kid| {
                matches!(self.syntax.rel(kid), Deprel::Amod | Deprel::Compound) && self.syntax.is_name_like(kid)
            })
    }
}
