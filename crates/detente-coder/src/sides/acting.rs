//! Who acts, where the rule's own place does not show it.

use detente_grammar::Deprel;

use crate::{
    discourse::Discourse,
    entity::{Entity, Sort},
    frame::Slot,
    linker::Question,
    matching::{Match, Matcher},
    ontology::EventType,
    sentence::SentenceCoder,
    syntax::Tok,
};

/// The linker fills the actor that a rule leaves open from this probability: who acts by a verb, by a noun.
const LINKED_ACTOR: f32 = 0.5;
const LINKED_OWNER: f32 = 0.9;
/// Who acts by a verb, where acts are weighed later.
const LINKED_ACTOR_WEIGHED: f32 = 0.35;

impl<'s> SentenceCoder<'_, 's> {
    /// Who acts, where the rule's own place does not show it: the phrase that the linker finds likeliest.
    pub(crate) fn linked_actors(
        &self,
        found: &Match,
        event: Option<EventType>,
        tellers: &[Tok],
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        // "following the end of the war" dates what is told, and tells of nobody; "over the raid" says why. "During a visit to Ruritania, he
        // said": he visits.
        if event != Some(EventType::Consult)
            && !self.syntax.is_verbal(found.root)
            && matches!(
                self.syntax.case(found.root),
                Some(
                    "after"
                        | "before"
                        | "follow"
                        | "following"
                        | "since"
                        | "until"
                        | "during"
                        | "over"
                        | "amid"
                        | "at"
                        | "despite"
                        | "about"
                )
            )
        {
            return Vec::new();
        }
        // "welcomed the release of the prisoners", "demands a withdrawal": who says so does not do it.
        let is_spoken_of = || {
            // "discussed trade and aid to Ruritania": what stands in a row is spoken of alike.
            let mut first = found.root;
            while let Some(before) = self.syntax.head(first).filter(|_| self.syntax.rel(first) == Deprel::Conj) {
                first = before;
            }
            let verb = self.syntax.head(first).filter(|_| self.syntax.rel(first) == Deprel::Obj);
            verb.is_some_and(|verb| speaks_of(self.syntax.lemma(verb)))
        };
        if !self.syntax.is_verbal(found.root) && is_spoken_of() {
            return Vec::new();
        }
        // "We welcome the pledge and call on them": whoever we are, no other phrase names us.
        let says_so =
            |&subject: &Tok| matches!(self.syntax.lemma(subject), "we" | "i" | "I" | "he" | "she" | "they" | "you");
        if self.syntax.is_verbal(found.root)
            && !self.syntax.is_passive(found.root)
            && matcher.frame(found.root).at(Slot::Subj).any(|subject| says_so(&subject))
        {
            return Vec::new();
        }
        let question = Question { root: found.root, words: &found.words, event, actor: None };
        let ranked = self.context.coder.learned.linker.actors(matcher, self.phrases(), question);
        // "Seven were killed when a bomber crashed": nobody did it.
        let has_accident = |tok: Tok| {
            let verb = self.syntax.head(tok).filter(|_| self.syntax.rel(tok) == Deprel::Nsubj);
            verb.is_some_and(|verb| {
                matches!(
                    self.syntax.lemma(verb),
                    "crash" | "collide" | "capsize" | "derail" | "collapse" | "overturn" | "plunge" | "erupt" | "catch"
                )
            })
        };
        let is_apart = |tok: Tok| self.circumstances().contains(&(tok, tok));
        // "a Ruritanian leader was abducted": what tells of him is no name of who did it.
        let passive = self.syntax.kids(found.root).iter().any(|&kid| self.syntax.rel(kid) == Deprel::AuxPass);
        let is_someone = |&object: &Tok| {
            matches!(self.reader().entity(object).sort, Sort::Role | Sort::Group | Sort::Person | Sort::Name)
        };
        let undergoing: Vec<Tok> = match passive {
            true => matcher.frame(found.root).at(Slot::Obj).filter(is_someone).collect(),
            false => Vec::new(),
        };
        // "after a raid in which a guard was shot": who does something else after it has not shot him.
        let has_own = self.syntax.is_passive(found.root)
            || self.syntax.is_verbal(found.root) && matcher.frame(found.root).at(Slot::Subj).next().is_some();
        let elsewhere = has_own.then(|| self.told_apart(found.root)).flatten();
        let is_elsewhere = |tok: Tok| elsewhere.is_some_and(|clause| !self.syntax.is_under(tok, clause));
        let undergoes = |tok: Tok| undergoing.iter().any(|&object| tok == object || self.syntax.is_under(tok, object));
        let may_act = |tok: &Tok| {
            !found.recipient.contains(tok)
                && !self.tells(tellers, *tok)
                && !has_accident(*tok)
                && !is_apart(*tok)
                && !undergoes(*tok)
                && !is_elsewhere(*tok)
        };
        match ranked.iter().find(|(tok, _)| may_act(tok)) {
            Some(&(tok, probability)) if probability > self.linked_actor_from(found.nominal) => {
                self.resolve_all(&self.syntax.coordinated(tok), discourse, speaker)
            }
            _ => Vec::new(),
        }
    }

    /// Who talks with somebody where the verb that the talks hang on tells of him: "In a call with Chad's leader, Lund asked for help".
    pub(crate) fn conferring(
        &self,
        talks: Tok,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let syntax = &self.syntax;
        let is_with = |kid: Tok| syntax.case(kid) == Some("with");
        let hangs = syntax.rel(talks) == Deprel::Obl
            && matches!(syntax.case(talks), Some("in" | "during" | "at" | "after" | "following" | "follow"))
            && syntax.kids_by(talks, Deprel::Nmod).any(is_with);
        let Some(verb) = syntax.head(talks).filter(|_| hangs) else { return Vec::new() };
        let subjects: Vec<Tok> = matcher.frame(verb).at(Slot::Subj).collect();
        let mut talking = self.resolve_all(&subjects, discourse, speaker);
        talking.retain(|one| one.code.is_some() && one.is_state_voice());
        talking
    }

    /// Who tells that another's people are sent away or barred, where nobody is said to do it, does it himself: "two envoys of Chad have been
    /// expelled, Norway's foreign ministry said".
    pub(crate) fn own_tellers(
        &self,
        found: &Match,
        tellers: &[Tok],
        recipients: &[Entity],
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let all = self.resolve_all(tellers, discourse, speaker);
        let is_other = |teller: &Entity| recipients.iter().all(|r| r.code.is_some() && r.code != teller.code);
        let acts = |teller: &Entity| teller.code.is_some() && teller.is_state_voice() && is_other(teller);
        let is_told = self.syntax.is_passive(found.root) && !recipients.is_empty();
        if is_told && all.iter().all(acts) { all } else { Vec::new() }
    }

    /// Who announces or orders what is done by nobody named: "Chad announced that the ban would be lifted".
    pub(crate) fn announcers(
        &self,
        root: Tok,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
        speaker: Option<&Entity>,
    ) -> Vec<Entity> {
        let syntax = &self.syntax;
        let orders = |verb: &Tok| matches!(syntax.lemma(*verb), "announce" | "decide" | "decree" | "order" | "declare");
        let is_order = syntax.is_passive(root) && syntax.rel(root) == Deprel::Ccomp;
        let Some(verb) = syntax.head(root).filter(|_| is_order).filter(orders) else { return Vec::new() };
        let subjects: Vec<Tok> = matcher.frame(verb).at(Slot::Subj).collect();
        let all = self.resolve_all(&subjects, discourse, speaker);
        if all.iter().all(|one| one.code.is_some() && one.is_state_voice()) { all } else { Vec::new() }
    }

    /// The noun with a clause, or the clause behind "after", that a verb stands in: what is told in it has its own doers.
    fn told_apart(&self, verb: Tok) -> Option<Tok> {
        let mut above = std::iter::successors(Some(verb), |&at| {
            self.syntax.head(at).filter(|_| matches!(self.syntax.rel(at), Deprel::Xcomp | Deprel::Conj))
        });
        let clause = above.find(|&clause| match self.syntax.rel(clause) {
            Deprel::AclRelcl => true,
            Deprel::Advcl => self
                .syntax
                .kids_by(clause, Deprel::Mark)
                .any(|mark| matches!(self.syntax.lemma(mark), "after" | "because" | "since" | "as")),
            _ => false,
        })?;
        if self.syntax.rel(clause) == Deprel::AclRelcl { self.syntax.head(clause) } else { Some(clause) }
    }

    /// Tells whether a phrase is who tells of the act, or says whose he is: "..., Ruritania's minister said".
    pub(super) fn tells(&self, tellers: &[Tok], tok: Tok) -> bool {
        tellers.iter().any(|&teller| self.syntax.is_under(tok, teller))
    }

    /// The probability from which the linker's actor of a verb, or of a noun, is taken.
    pub(crate) fn linked_actor_from(&self, nominal: bool) -> f32 {
        match self.context.weighing.is_on() {
            _ if nominal => LINKED_OWNER,
            true => LINKED_ACTOR_WEIGHED,
            false => LINKED_ACTOR,
        }
    }
}

/// Tells whether who is the subject of a verb judges or wants what its object tells, and does not do it.
fn speaks_of(lemma: &str) -> bool {
    matches!(
        lemma,
        "welcome"
            | "praise"
            | "applaud"
            | "commend"
            | "hail"
            | "celebrate"
            | "condemn"
            | "deplore"
            | "denounce"
            | "decry"
            | "criticize"
            | "criticise"
            | "regret"
            | "mourn"
            | "oppose"
            | "demand"
            | "urge"
            | "want"
            | "note"
            | "recall"
            | "mention"
            | "discuss"
            | "debate"
            | "review"
            | "address"
            | "assess"
            | "raise"
            | "highlight"
            | "witness"
            | "see"
            | "fear"
            | "expect"
            | "await"
            | "predict"
            | "cite"
            | "blame"
            | "protest"
            | "report"
            | "allege"
            | "investigate"
            | "probe"
            | "suffer"
            | "face"
            | "survive"
            | "repel"
    )
}
