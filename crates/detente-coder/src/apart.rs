//! Apart: phrases of a sentence in which nobody acts or is acted upon, though they name somebody.

use std::ops::Range;

use detente_grammar::{Deprel, Upos, Xpos};

use crate::{
    act::Via,
    entity::{Entity, Sort},
    matching::Match,
    ontology::EventType,
    owner::is_done_to_somebody,
    sentence::SentenceCoder,
    syntax::Tok,
    when,
};

impl SentenceCoder<'_, '_> {
    /// Whose the act's own words are, where that is the actor's country: "promised Washington's support" and "the commitment of
    /// the United States" are not done to Washington.
    pub(crate) fn own_phrases(&self, found: &Match, actors: &[Entity]) -> Vec<(Tok, Tok)> {
        let is_own = |kid: &Tok| {
            let owner = self.reader().entity(*kid);
            owner.code.is_some() && actors.iter().any(|actor| actor.code == owner.code)
        };
        let owners = |&word: &Tok| {
            let is_owner = |kid: &Tok| match self.syntax.rel(*kid) {
                Deprel::NmodPoss => true,
                Deprel::Nmod => self.syntax.case(*kid) == Some("of") && self.reader().entity(*kid).sort == Sort::State,
                _ => false,
            };
            self.syntax.kids(word).iter().copied().filter(is_owner).collect::<Vec<_>>()
        };
        let words = found.words.iter().filter(|&&word| word != found.root);
        words.flat_map(owners).filter(is_own).map(|kid| self.syntax.extent(kid)).collect()
    }

    /// Phrases of a condemned attack that say who or where was hit: nobody is accused by them.
    pub(crate) fn stricken(&self, found: &Match, event: Option<EventType>) -> Vec<(Tok, Tok)> {
        let words = &self.context.coder.lexicon.words;
        let is_attack = |word: Tok| words.is_deed(self.syntax.lemma(word), EventType::Assault.as_str());
        let attack = found.words.iter().copied().find(|&word| word != found.root && is_attack(word));
        if event != Some(EventType::Accuse) {
            return Vec::new();
        }
        // "condemned the arrest of its citizens"
        let undergone =
            self.syntax.kids_by(found.root, Deprel::Obj).filter(|&deed| is_done_to_somebody(self.syntax.lemma(deed)));
        let is_sufferer = |kid: &Tok| self.syntax.case(*kid) == Some("of");
        let sufferers = undergone.flat_map(|deed| self.syntax.kids_by(deed, Deprel::Nmod)).filter(is_sufferer);
        let sufferers: Vec<(Tok, Tok)> = sufferers.map(|kid| self.syntax.extent(kid)).collect();
        let Some(attack) = attack else { return sufferers };
        let is_stricken = |kid: &Tok| {
            matches!(self.syntax.case(*kid), Some("on" | "at" | "in" | "during" | "near" | "against"))
                && matches!(self.syntax.rel(*kid), Deprel::Nmod | Deprel::Obl)
        };
        let phrases = self.syntax.kids(attack).iter().chain(self.syntax.kids(found.root)).copied();
        phrases.filter(is_stricken).map(|kid| self.syntax.extent(kid)).chain(sufferers).collect()
    }

    /// The rules and agreements that a deed is said to break: "called the step a breach of the Union's charter" accuses not the Union.
    pub(crate) fn rules_broken(&self, event: Option<EventType>) -> Vec<(Tok, Tok)> {
        if event != Some(EventType::Accuse) {
            return Vec::new();
        }
        let is_breach =
            |tok: Tok| matches!(self.syntax.lemma(tok), "breach" | "violation" | "infringement" | "contravention");
        let breaches = (0..self.syntax.len() as Tok).filter(|&tok| is_breach(tok));
        let broken = breaches.flat_map(|breach| self.syntax.kids_by(breach, Deprel::Nmod));
        broken.filter(|&rule| self.syntax.case(rule) == Some("of")).map(|rule| self.syntax.extent(rule)).collect()
    }

    /// Phrases that only say where or in what matter before anybody acts: "In terms of asylum, Ruritania opened".
    fn preludes(&self, found: &Match) -> Vec<(Tok, Tok)> {
        let Some(subject) = self.syntax.kid(found.root, Deprel::Nsubj) else { return Vec::new() };
        let is_prelude = |phrase: &Tok| {
            *phrase < subject && matches!(self.syntax.case(*phrase), Some("in" | "on" | "at" | "during" | "after"))
        };
        let phrases = self.syntax.kids_by(found.root, Deprel::Obl).filter(is_prelude);
        phrases.map(|phrase| self.syntax.extent(phrase)).collect()
    }

    /// Phrases that say under what circumstances something is done: "stood with Ruritania in the face of Freedonia's threats".
    pub(crate) fn find_circumstances(&self) -> Vec<(Tok, Tok)> {
        const NOUNS: &[&str] = &[
            "face",
            "wake",
            "light",
            "view",
            "course",
            "absence",
            "presence",
            "context",
            "event",
            "midst",
            "aftermath",
            "spite",
        ];
        let is_one = |tok: &Tok| {
            self.syntax.case(*tok) == Some("in")
                && NOUNS.contains(&self.syntax.lemma(*tok))
                && self.syntax.kids_by(*tok, Deprel::Nmod).any(|kid| self.syntax.case(kid) == Some("of"))
        };
        const AIMS: &[&str] = &["bid", "attempt", "effort", "order", "move", "drive", "push", "hope"];
        // "in a bid to stem the spread": the bid itself is nobody.
        let is_aim = |tok: &Tok| {
            self.syntax.case(*tok) == Some("in")
                && AIMS.contains(&self.syntax.lemma(*tok))
                && self.syntax.kid(*tok, Deprel::Acl).is_some()
        };
        let all = || 0..self.syntax.len() as Tok;
        all()
            .filter(is_one)
            .map(|tok| self.syntax.extent(tok))
            .chain(all().filter(is_aim).map(|tok| (tok, tok)))
            .collect()
    }

    /// Tells whether a phrase stands in a clause that the act only has beside it: "left the talks, while Ruritania stayed", "left the talks, and
    /// Ruritania stayed". Conditions and causes may name the other side.
    pub(crate) fn is_beyond_clause(&self, tok: Tok, root: Tok) -> bool {
        let mut above = std::iter::successors(Some(tok), |&at| self.syntax.head(at));
        above.any(|clause| {
            let mark = self.syntax.kid(clause, Deprel::Mark).map(|mark| self.syntax.lemma(mark));
            let has_subject = self.syntax.kid(clause, Deprel::Nsubj).is_some();
            // "said that troops had crossed and summoned the envoy": he is summoned, not crossed.
            let is_of_teller = || {
                let Some(teller) = self.syntax.head(clause) else { return false };
                let mut above = std::iter::successors(Some(root), |&at| self.syntax.head(at));
                self.syntax.is_under(root, teller)
                    && above.by_ref().take_while(|&at| at != teller).any(|at| self.syntax.rel(at) == Deprel::Ccomp)
            };
            let is_beside = match self.syntax.rel(clause) {
                Deprel::Advcl => {
                    has_subject && matches!(mark, Some("while" | "as" | "although" | "though" | "whereas"))
                }
                Deprel::Conj => self.syntax.is_verbal(clause) && (has_subject || is_of_teller()),
                _ => false,
            };
            is_beside && !self.syntax.is_under(root, clause)
        })
    }

    /// Tells whether a word stands in a clause that says what came of a deed: "threatened to annex it, prompting Chad to send troops".
    pub(crate) fn is_in_result(&self, tok: Tok, deed: Tok) -> bool {
        let is_result = |clause: Tok| {
            matches!(self.syntax.rel(clause), Deprel::Advcl | Deprel::Acl)
                && self.syntax.token(clause).xpos == Xpos::Vbg
                && clause > deed
                && matches!(
                    self.syntax.lemma(clause),
                    "prompt" | "lead" | "cause" | "trigger" | "spur" | "spark" | "force" | "push" | "drive"
                )
                && self.syntax.form(clause - 1) == ","
                && (self.syntax.kid(clause, Deprel::Xcomp).is_some()
                    || self.syntax.kids_by(clause, Deprel::Obl).any(|kid| self.syntax.case(kid) == Some("to")))
        };
        let mut above = std::iter::successors(Some(tok), |&at| self.syntax.head(at));
        above.any(|clause| is_result(clause) && !self.syntax.is_under(deed, clause))
    }

    /// The part of the sentence between semicolons that a word stands in.
    pub(crate) fn part_of(&self, tok: Tok) -> Range<Tok> {
        let ends = |at: &Tok| self.syntax.form(*at) == ";";
        let start = (0..tok).rev().find(ends).map_or(0, |at| at + 1);
        start..(tok..self.syntax.len() as Tok).find(ends).unwrap_or(self.syntax.len() as Tok)
    }

    /// Who only helped the sides to agree: "a truce brokered by Ruritania".
    fn brokers(&self, found: &Match) -> Vec<(Tok, Tok)> {
        let is_brokering = |clause: &Tok| {
            matches!(self.syntax.rel(*clause), Deprel::Acl | Deprel::AclRelcl)
                && matches!(
                    self.syntax.lemma(*clause),
                    "broker" | "mediate" | "facilitate" | "arrange" | "sponsor" | "oversee" | "guarantee" | "monitor"
                )
        };
        // "was worked out with the help of Ruritania"
        let is_help = |tok: &Tok| {
            matches!(self.syntax.rel(*tok), Deprel::Obl | Deprel::Nmod)
                && matches!(
                    self.syntax.lemma(*tok),
                    "help" | "support" | "assistance" | "backing" | "mediation" | "blessing" | "encouragement"
                )
                && self.syntax.case(*tok) == Some("with")
        };
        let all = (0..self.syntax.len() as Tok).filter(|tok| is_brokering(tok) || is_help(tok));
        let told = all.filter(|&tok| self.syntax.is_under(tok, found.root));
        told.map(|tok| self.syntax.extent(tok)).collect()
    }

    /// What a deed is judged to be: "criticised the decision as a gift to Ruritania".
    fn comparisons(&self, found: &Match, event: Option<EventType>) -> Vec<(Tok, Tok)> {
        if !matches!(event, Some(EventType::Accuse | EventType::Reject | EventType::Support)) {
            return Vec::new();
        }
        let is_one = |kid: &Tok| {
            self.syntax.case(*kid) == Some("as") && matches!(self.syntax.rel(*kid), Deprel::Obl | Deprel::Nmod)
        };
        let kids = found.words.iter().flat_map(|&word| self.syntax.kids(word).iter().copied());
        kids.filter(is_one).map(|kid| self.syntax.extent(kid)).collect()
    }

    /// Who does something else, told beside the act: "sent a contingent led by a Ruritanian general", "with Ruritania abstaining", "under
    /// sanctions decided by Ruritania". What is rejected or blamed may be theirs.
    fn others_deeds(&self, found: &Match, event: Option<EventType>) -> Vec<(Tok, Tok)> {
        let may_be_theirs = matches!(
            event,
            None | Some(
                EventType::Accuse
                    | EventType::Reject
                    | EventType::Protest
                    | EventType::Consult
                    | EventType::Agree
                    | EventType::Support
            )
        );
        let may_be_others =
            |tok: &Tok| matches!(self.syntax.rel(*tok), Deprel::OblAgent | Deprel::Compound | Deprel::Obl);
        let phrases = (0..self.syntax.len() as Tok).filter(may_be_others);
        let mut all = Vec::new();
        for tok in phrases.filter(|&tok| self.syntax.is_under(tok, found.root)) {
            let head = self.syntax.head(tok);
            match self.syntax.rel(tok) {
                Deprel::OblAgent if !may_be_theirs => {
                    // "waters claimed by Ruritania" are Ruritania's.
                    let owns = |clause: Tok| {
                        matches!(
                            self.syntax.lemma(clause),
                            "claim"
                                | "control"
                                | "hold"
                                | "occupy"
                                | "own"
                                | "govern"
                                | "administer"
                                | "run"
                                | "seize"
                                | "dispute"
                                | "seek"
                                | "request"
                                | "demand"
                                | "want"
                                | "need"
                        )
                    };
                    let clause = head.filter(|&clause| self.syntax.rel(clause) == Deprel::Acl && clause != found.root);
                    let clause = clause.filter(|&clause| !owns(clause));
                    if clause.is_some_and(|clause| !found.words.contains(&clause)) {
                        all.push(self.syntax.extent(tok));
                    }
                }
                // "a US-drafted truce"
                Deprel::Compound if head.is_some_and(|word| self.is_participle_before_noun(word)) && !may_be_theirs => {
                    all.push((tok, tok));
                }
                Deprel::Obl if self.syntax.case(tok) == Some("with") => {
                    let beside = self.syntax.kids_by(tok, Deprel::Acl).find(|&kid| kid == tok + 1);
                    if beside.is_some_and(|kid| self.syntax.token(kid).xpos == Xpos::Vbg) && head == Some(found.root) {
                        all.push(self.syntax.extent(tok));
                    }
                }
                // "had carried out the raids from Ruritanian bases"
                Deprel::Obl if self.syntax.case(tok) == Some("from") && event == Some(EventType::Assault) => {
                    all.push(self.syntax.extent(tok));
                }
                _ => {}
            }
        }
        all
    }

    /// Tells whether a word is a participle joined to a name before a noun: "US-drafted".
    fn is_participle_before_noun(&self, word: Tok) -> bool {
        self.syntax.rel(word) == Deprel::Amod
            && matches!(self.syntax.token(word).xpos, Xpos::Vbn | Xpos::Vbd | Xpos::Jj)
            && self.syntax.form(word).ends_with("ed")
            && word.checked_sub(1).is_some_and(|before| matches!(self.syntax.form(before), "-" | "–"))
    }

    /// Stretches in which nobody is acted upon.
    pub(crate) fn apart(&self, found: &Match, event: Option<EventType>, actors: &[Entity]) -> Vec<(Tok, Tok)> {
        [
            self.own_phrases(found, actors),
            self.stricken(found, event),
            self.preludes(found),
            self.brokers(found),
            self.comparisons(found, event),
            self.others_deeds(found, event),
            self.rules_broken(event),
            self.circumstances().to_vec(),
        ]
        .concat()
    }

    /// Tells whether a name says whose the troops or missiles are that are moved: no side of the move.
    pub(crate) fn is_equipment_of(&self, event: Option<EventType>, found: &Match, tok: Tok) -> bool {
        event == Some(EventType::Mobilize)
            && matches!(self.syntax.rel(tok), Deprel::Compound | Deprel::Amod | Deprel::NmodPoss)
            && self.syntax.head(tok).is_some_and(|head| {
                head != found.root && (found.words.contains(&head) || self.syntax.rel(head) == Deprel::Compound)
            })
    }

    /// Tells whether a thing is what somebody is hurt or caught with: "shelled the town with mortars".
    pub(crate) fn is_means_of(&self, event: Option<EventType>, tok: Tok) -> bool {
        matches!(event, Some(EventType::Assault | EventType::Coerce))
            && self.syntax.case(tok) == Some("with")
            && self.syntax.rel(tok) == Deprel::Obl
            && matches!(self.reader().entity(tok).sort, Sort::Thing | Sort::Other)
    }

    /// Tells whether a name only says where the sides meet or agree: "agreed to a ceasefire in Oslo".
    pub(crate) fn is_venue_of(&self, event: Option<EventType>, entity: &Entity, actors: usize) -> bool {
        let Some(event) = event else { return false };
        // "went to the court in The Hague"
        let is_harm = matches!(
            event,
            EventType::Assault | EventType::Coerce | EventType::Protest | EventType::Mobilize | EventType::Sanction
        );
        if !is_harm && self.reader().is_venue(entity) {
            return true;
        }
        let somewhere = matches!(self.syntax.case(entity.head), Some("in" | "at" | "near"))
            && matches!(self.syntax.rel(entity.head), Deprel::Obl | Deprel::Nmod)
            && matches!(entity.sort, Sort::State | Sort::Place);
        // "talks resumed in Ruritania"
        let only_held = event == EventType::Consult
            && entity.via != Via::Office
            && self.syntax.head(entity.head).is_some_and(|verb| {
                matches!(
                    self.syntax.lemma(verb),
                    "resume" | "begin" | "start" | "open" | "continue" | "end" | "close" | "conclude" | "take"
                )
            });
        if somewhere && only_held {
            return true;
        }
        let is_city = entity.via == Via::Metonym || entity.sort == Sort::Place;
        somewhere
            && actors > 1
            && match event {
                EventType::Agree | EventType::Consult | EventType::Cooperate => true,
                EventType::Retreat | EventType::Support | EventType::Request | EventType::Reject => is_city,
                _ => false,
            }
    }

    /// Tells whether a phrase is a time or a number and no party.
    pub(crate) fn is_time(&self, entity: &Entity) -> bool {
        entity.code.is_none()
            && (when::is_time_word(self.syntax.lemma(entity.head))
                || matches!(self.syntax.lemma(entity.head), "a.m." | "p.m." | "am" | "pm" | "o'clock" | "gmt" | "GMT")
                || self.syntax.token(entity.head).upos == Upos::Num && entity.sort == Sort::Other
                || self.whens.iter().any(|w| w.first <= entity.head && entity.head <= w.last))
    }
}
