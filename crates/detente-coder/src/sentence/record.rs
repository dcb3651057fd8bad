//! The record of a draft: an act or a circumstance with all that is told of it.

use detente_grammar::{Deprel, Upos};

use super::{Basis, Draft, SentenceCoder, answered::ANSWERED, grounds::Recorded};
use crate::{
    act::{
        Act, ActDate, Attribution, AttributionKind, CiteInfo, Cue, Epoch, Factuality, Party, Precision, TextInfo, Via,
    },
    coder::char_span,
    confidence,
    deeds::KEPT_COUNTERPART,
    discourse::Discourse,
    entity::{Entity, Sort},
    frame::Slot,
    matching::Matcher,
    ontology::EventType,
    pair::is_reciprocal,
    syntax::Tok,
    trust::{Ground, Weighing},
};

/// An act is kept from this probability that it is right: a wrong one costs more than one that is missed. One between states that a
/// model alone proposes, or a charge, is kept from the second.
const KEPT: f32 = 0.35;
const KEPT_PROPOSED: f32 = 0.5;
/// The same of so many sides named one by one: where such an act is read wrongly, it is wrong of many pairs. Who signs a statement is no
/// matter of reading, what they do is.
const KEPT_OF_MANY: f32 = 0.5;
const MANY_SIDES: usize = 4;
/// The least in an article on sport, where states "sink" and "meet" each other.
const KEPT_OF_SPORT: f32 = 0.7;

/// An act with what speaks for it.
#[derive(Clone, Debug)]
pub(super) struct Weighed {
    pub(super) act: Act,
    pub(super) ground: Ground,
    /// The confidence from which it is told.
    kept_from: f32,
}

impl Weighed {
    /// Tells whether it is likely enough to be told.
    pub(super) fn is_kept(&self) -> bool {
        self.act.confidence >= self.kept_from
    }

    /// Tells whether no state stands on both sides.
    pub(super) fn is_of_two_sides(&self) -> bool {
        let Act { actor, recipient, .. } = &self.act;
        recipient.iter().all(|one| one.code.is_none() || actor.iter().all(|other| one.code != other.code))
    }
}

/// The probability from which an act between these sides is kept.
fn kept_from(draft: &Draft<'_>, actors: &[Entity], recipients: &[Entity]) -> f32 {
    let is_known = |side: &[Entity]| side.iter().any(|entity| entity.code.is_some());
    let named = |side: &[Entity]| side.iter().filter(|entity| entity.via != Via::Pronoun).count();
    let are_many = named(actors).max(named(recipients)) >= MANY_SIDES;
    let signs = actors.len() >= MANY_SIDES;
    let is_proposed = matches!(draft.basis, Basis::Chooser | Basis::Charge) && is_known(actors) && is_known(recipients);
    if draft.counterpart.is_some() {
        KEPT_COUNTERPART
    } else if are_many {
        KEPT_OF_MANY
    } else if is_proposed && !signs {
        KEPT_PROPOSED
    } else {
        KEPT
    }
}

/// Takes the state from who has it by what stands around him, where it is the one acted upon: "the minister thanked Freedonia".
fn disown(actors: &mut [Entity], recipients: &[Entity]) {
    for actor in actors {
        let by_context = (actor.via == Via::Context || actor.antecedent.is_some() && actor.office.is_some())
            && matches!(actor.sort, Sort::Role | Sort::Person);
        let is_named = |r: &Entity| match r.sort {
            Sort::State => r.via == Via::Name,
            Sort::Role | Sort::Person => r.via == Via::Office && r.antecedent.is_none(),
            _ => false,
        };
        let is_state = |r: &Entity| is_named(r) && r.code == actor.code;
        let is_acted_upon = recipients.iter().any(is_state);
        if by_context && is_acted_upon {
            actor.code = None;
        }
    }
}

impl<'c, 's> SentenceCoder<'c, 's>
where
    'c: 's,
{
    /// Whose thanks or support it is that an official voices tells whose official he is: "the minister expressed Freedonia's thanks".
    fn own_by_words(&self, draft: &Draft<'_>, actors: &mut [Entity], recipients: &mut Vec<Entity>) {
        let [actor] = actors else { return };
        let is_known = actor.code.is_some() && actor.via != Via::Context && actor.antecedent.is_none();
        if is_known || actor.via == Via::Pronoun || !matches!(actor.sort, Sort::Role | Sort::Person) {
            return;
        }
        let is_voiced = |word: &&Tok| {
            matches!(
                self.syntax.lemma(**word),
                "appreciation"
                    | "thanks"
                    | "gratitude"
                    | "condolence"
                    | "sympathy"
                    | "congratulation"
                    | "greeting"
                    | "support"
                    | "solidarity"
                    | "commitment"
                    | "readiness"
                    | "willingness"
                    | "concern"
                    | "regret"
                    | "apology"
                    | "position"
            )
        };
        let owner = draft
            .found
            .words
            .iter()
            .filter(is_voiced)
            .filter_map(|&word| self.syntax.kid(word, Deprel::NmodPoss))
            .find_map(|owner| {
                let owner = self.reader().entity(owner);
                (owner.sort == Sort::State && owner.head > actor.last).then_some(owner)
            });
        if let Some(owner) = owner {
            actor.code = owner.code;
            actor.via = Via::Context;
            recipients.retain(|recipient| recipient.head != owner.head);
        }
    }

    /// Type and about as PLOVER has them: what lies ahead is an agreement or a threat, a refused deed a rejection.
    fn coded_type(&self, event: EventType, draft: &Draft<'_>) -> (EventType, Option<EventType>, Factuality) {
        use EventType::{
            Accuse, Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Protest, Reject, Request,
            Retreat, Sanction, Support, Threaten,
        };
        let reading = &draft.reading;
        let factuality = reading.factuality;
        let content = draft.outer.is_some();
        match (event, factuality) {
            (Consult | Cooperate | Aid | Support, Factuality::Intended) if !content => (Agree, Some(event), factuality),
            // Who says that he will yield promises it.
            (Concede | Retreat, Factuality::Intended) if !content && reading.reported_by.is_some() => {
                (Agree, Some(event), factuality)
            }
            (Sanction | Coerce | Assault | Mobilize | Protest, Factuality::Intended) if !content && reading.future => {
                (Threaten, Some(event), factuality)
            }
            (Consult | Cooperate | Aid | Support | Concede | Retreat | Agree, Factuality::Denied)
                if reading.refused && !content =>
            {
                (Reject, Some(if event == Agree { draft.about.unwrap_or(Agree) } else { event }), Factuality::Actual)
            }
            (Agree | Threaten | Request | Reject | Accuse, _) => (event, draft.about, factuality),
            _ => (event, None, factuality),
        }
    }

    pub(super) fn act(
        &self,
        draft: &Draft<'_>,
        event: EventType,
        mode: Option<&str>,
        matcher: &Matcher<'_, 's>,
        speaker: Option<&Entity>,
        discourse: &Discourse,
    ) -> Option<Weighed> {
        let (coded, about, factuality) = self.coded_type(event, draft);
        let mode = if coded == event { mode } else { None };
        let mut actors = draft.actors.clone();
        let mut recipients = draft.recipients.clone();
        if (coded != event || matches!(coded.quad(), 1 | 3) && coded != EventType::Consult)
            && let Some(sayer) = self.sayer(draft, matcher, discourse)
        {
            actors = vec![sayer];
        }
        let mutual = draft.rule().is_some_and(|r| r.mutual);
        let has_recipient = draft.rule().is_some_and(|r| r.has_recipient);
        // "met the Fund, then the president": who met them is not said.
        if actors.is_empty() && mutual && !draft.found.joint && self.syntax.is_verbal(draft.found.root) {
            return None;
        }
        // "refused to meet the envoys": who refuses does so to them.
        let is_refused = event.is_joint() && !coded.is_joint();
        if (mutual || draft.found.joint) && !(is_refused && !actors.is_empty() && !recipients.is_empty()) {
            // Both sides act; of several met by one, only he is known to have met each.
            let merged =
                if recipients.len() > 1 && !draft.found.joint && !actors.is_empty() { 0 } else { recipients.len() };
            for recipient in recipients.drain(..merged) {
                if !actors.iter().any(|a| a.is_same(&recipient)) {
                    actors.push(recipient);
                }
            }
            if actors.len() < 2
                && !actors.first().is_some_and(|a| a.plural)
                && has_recipient
                && (draft.found.joint || actors.is_empty())
            {
                return None;
            }
        }
        self.own_by_words(draft, &mut actors, &mut recipients);
        self.add_only_country(&mut actors, &recipients, draft.found.root, discourse);
        self.add_context_country(&mut actors, discourse);
        self.add_context_country(&mut recipients, discourse);
        disown(&mut actors, &recipients);
        self.add_other_state(&mut actors, &recipients, discourse);
        if actors.is_empty() && matches!(coded.quad(), 4) && self.syntax.is_passive(draft.found.root) {
            self.place_sufferers(draft.found.root, &mut recipients);
        }
        if actors.is_empty() && recipients.iter().all(|r| r.code.is_none()) {
            return None;
        }
        // Of deeds it is told that they were done, if not by whom; of words, only a speaker makes an act.
        if actors.is_empty() && !(self.syntax.is_passive(draft.found.root) && matches!(coded.quad(), 2 | 4)) {
            return None;
        }
        let article = self.context.article;
        let (first, last) = self.evidence(draft);
        let bytes = self.syntax.bytes(first, last);
        let evidence = char_span(self.context.passage, bytes.clone());
        let when = self.when(draft.found.root);
        let (epoch, epoch_cue) = self.epoch(draft, when, discourse);
        let date = match when {
            // What is recalled has not the day of the news beside it.
            Some(when)
                if epoch == Epoch::Background
                    && !when.past
                    && self.context.day.is_none_or(|day| !when.is_before_the_news(day)) =>
            {
                ActDate::UNKNOWN
            }
            Some(when) if !(when.future && factuality == Factuality::Actual) => when.date,
            _ if epoch == Epoch::New && factuality == Factuality::Actual => {
                self.context.day.map_or(ActDate::UNKNOWN, ActDate::day)
            }
            _ => ActDate::UNKNOWN,
        };
        let mut cues: Vec<Cue> = draft
            .reading
            .cues
            .iter()
            .map(|&(kind, tok)| {
                let span = self.span(tok, tok);
                Cue { kind, start: span.start, end: span.end }
            })
            .collect();
        if let Some(when) = when {
            let span = self.span(when.first, when.last);
            cues.push(Cue { kind: "date", start: span.start, end: span.end });
        }
        if let Some(verb) = draft.reading.reported_by {
            let span = self.span(verb, verb);
            cues.push(Cue { kind: "reported", start: span.start, end: span.end });
        }
        cues.extend(epoch_cue);
        let cause = self.cause(draft);
        let because_of = cause.map(|(cause, cue)| {
            cues.push(cue);
            cause
        });
        let sentence =
            char_span(self.context.passage, self.syntax.sentence.start as usize..self.syntax.sentence.end as usize);
        let guess = confidence::of(&draft.found, draft.rule(), draft.opinion, &actors, &recipients, factuality, epoch);
        let recorded = Recorded { event, coded, actors: &actors, recipients: &recipients, factuality, epoch, guess };
        let is_weighed = self.context.weighing.is_on() && draft.counterpart.is_none();
        let ground = if is_weighed { self.grounds(draft, recorded, matcher) } else { Ground::new() };
        let trust = if is_weighed { self.context.coder.learned.trust.of(&ground) } else { draft.counterpart };
        let kept_from = kept_from(draft, &actors, &recipients);
        let kept_from = if discourse.of_sport { kept_from.max(KEPT_OF_SPORT) } else { kept_from };
        let kept_from = if trust.is_some() && self.context.weighing != Weighing::Open { kept_from } else { 0.0 };
        let confidence = trust.unwrap_or(guess);
        // "severed ties", "expelled each other's envoys": each does it to the other.
        // "agreed to a truce": they fire at each other no more.
        let is_truce = mode == Some("ceasefire") && coded == EventType::Retreat;
        let is_of_each = || {
            (mutual || is_truce) && recipients.is_empty()
                || draft.found.joint
                || self.is_of_each_other(draft.found.root)
        };
        if actors.len() > 1 && !coded.is_joint() && !is_refused && is_of_each() {
            recipients.clone_from(&actors);
        }
        let mut act = Act {
            id: String::new(),
            article: article.id.clone(),
            date: date.date,
            date_precision: date.precision,
            date_reported: self.context.day,
            event: vec![coded.as_str().to_owned()],
            about: about.map(|a| a.as_str().to_owned()),
            mode: mode.map(str::to_owned).into_iter().collect(),
            context: self.contexts(),
            quad_code: coded.quad(),
            event_scale: coded.scale(mode),
            actor: actors.iter().map(|e| self.party(e)).collect(),
            recipient: recipients.iter().map(|e| self.party(e)).collect(),
            third: draft.thirds.iter().map(|e| self.party(e)).collect(),
            factuality,
            epoch,
            attribution: self.attribution(draft, matcher, speaker, discourse),
            because_of,
            content_of: None,
            event_loc: self.location(draft),
            event_text: self.context.passage.text[bytes].to_owned(),
            evidence,
            matched: draft.found.words.iter().map(|&w| self.span(w, w)).collect(),
            lemmas: draft.found.words.iter().map(|&w| self.syntax.lemma(w).to_lowercase()).collect(),
            text_info: TextInfo {
                field: self.context.field,
                sequence: self.context.sequence,
                start: sentence.start,
                end: sentence.end,
            },
            cues,
            repeats: Vec::new(),
            subject: self.subject(draft),
            rule: self.rule_name(draft),
            confidence,
            link: article.url.clone(),
            cite_info: CiteInfo {
                title: article.title().map(|p| p.text.clone()),
                url: article.url.clone(),
                publication: article.source.clone(),
            },
            coder: "detente",
            version: env!("CARGO_PKG_VERSION"),
        };
        act.date_precision = if act.date.is_none() { Precision::Unknown } else { act.date_precision };
        act.id = crate::merge::identify(&act);
        Some(Weighed { act, ground, kept_from })
    }

    /// The words of this sentence that a pronoun stands for.
    fn words_for(&self, pronoun: &Entity) -> Option<(Tok, Tok)> {
        let name = pronoun.antecedent?;
        let all = || 0..self.syntax.len() as Tok;
        let first = all().find(|&tok| self.span(tok, tok).start == name.start)?;
        let last = all().find(|&tok| self.span(tok, tok).end == name.end).filter(|&last| first <= last)?;
        // The place may be one of the title's.
        let is_it = |tok: Tok| {
            let named = self.reader().entity(tok);
            named.name == pronoun.name && named.code == pronoun.code
        };
        (first..=last).any(is_it).then_some((first, last))
    }

    pub(super) fn party(&self, entity: &Entity) -> Party {
        let mut bytes = self.syntax.bytes(entity.first, entity.last);
        let mut antecedent = entity.antecedent.filter(|_| matches!(entity.via, Via::Pronoun | Via::Context));
        // "Ruritania said it had left": the name shows who left, where the sentence holds it.
        if antecedent.is_some()
            && entity.first == entity.last
            && self.syntax.is_pronoun(entity.head)
            && let Some((first, last)) = self.words_for(entity)
        {
            bytes = self.syntax.bytes(first, last);
            antecedent = None;
        }
        let span = char_span(self.context.passage, bytes.clone());
        // UNHCR is coded as the United Nations, by its own name.
        let lexicon = &self.context.coder.lexicon;
        let whole = |code: &str| lexicon.actor(code).and_then(|actor| actor.part_of.as_deref());
        Party {
            code: entity.code.as_deref().map(|code| whole(code).unwrap_or(code).to_owned()),
            sector: entity.sectors.iter().map(ToString::to_string).collect(),
            name: entity.name.as_ref().map(ToString::to_string),
            office: entity.office.as_ref().map(ToString::to_string),
            entity_text: self.context.passage.text[bytes].to_owned(),
            start: span.start,
            end: span.end,
            via: entity.via,
            antecedent,
        }
    }

    /// Tells whether a deed is said to be done by several to each other: "accused each other", "expelled the other's envoy".
    fn is_of_each_other(&self, root: Tok) -> bool {
        let syntax = &self.syntax;
        (0..syntax.len() as Tok).any(|tok| is_reciprocal(syntax, tok) && syntax.is_under(tok, root))
    }

    pub(super) fn attribution(
        &self,
        draft: &Draft<'_>,
        matcher: &Matcher<'_, 's>,
        speaker: Option<&Entity>,
        discourse: &Discourse,
    ) -> Attribution {
        let quoted = self.is_quoted(draft.found.root);
        let span_of = |first: Tok, last: Tok| self.span(first, last);
        let reporter = draft.reading.reported_by.and_then(|verb| {
            let subject = matcher.frame(verb).at(Slot::Subj).next()?;
            discourse.resolve(self.reader(), subject, &span_of, false, None).into_iter().next()
        });
        let reporter =
            reporter.or_else(|| if quoted { speaker.cloned().or_else(|| discourse.speaker()) } else { None });
        let reporter = reporter.or_else(|| {
            speaker.filter(|_| (0..self.syntax.len() as Tok).any(|t| self.syntax.is_according(t))).cloned()
        });
        match reporter {
            Some(entity) => Attribution {
                speaker: Some(if entity.antecedent.is_some() && entity.name.is_some() {
                    entity.name.as_deref().unwrap_or_default().to_owned()
                } else {
                    self.context.passage.text[self.syntax.bytes(entity.first, entity.last)].to_owned()
                }),
                code: entity.code.as_ref().map(ToString::to_string),
                kind: if quoted { AttributionKind::Quotation } else { AttributionKind::Statement },
            },
            None if quoted => Attribution { speaker: None, code: None, kind: AttributionKind::Quotation },
            None => Attribution { speaker: None, code: None, kind: AttributionKind::Article },
        }
    }

    pub(super) fn rule_name(&self, draft: &Draft<'_>) -> String {
        let told = match draft.basis {
            Basis::Rule(rule) => {
                let example = &self.context.coder.lexicon.examples[rule.example as usize];
                return format!("{}:{}", example.file, example.line);
            }
            Basis::Chooser => "chooser",
            Basis::Duty => "said to be a duty",
            Basis::Presence => "is in another state's town",
            Basis::Leaving => "leaves an organisation",
            Basis::Judgement => "judged by its words",
            Basis::Charge => "charged with what it is said to have done",
            Basis::Answered => ANSWERED,
            Basis::Repeat => "told as the same again",
        };
        told.to_owned()
    }

    /// The words that the act's evidence reaches over.
    pub(super) fn evidence(&self, draft: &Draft<'_>) -> (Tok, Tok) {
        let mut first = draft.found.root;
        let mut last = draft.found.root;
        let mut reach = |tok: Tok| {
            first = first.min(tok);
            last = last.max(tok);
        };
        for &word in &draft.found.words {
            reach(word);
        }
        for entity in draft.actors.iter().chain(&draft.recipients).chain(&draft.thirds) {
            if entity.antecedent.is_none() || matches!(entity.via, Via::Pronoun | Via::Office) {
                reach(entity.first);
                reach(entity.last);
            }
        }
        for (_, cue) in &draft.reading.cues {
            reach(*cue);
        }
        (first, last)
    }

    /// First and last token of a noun's phrase without the clauses and explanations behind it.
    fn matter(&self, noun: Tok) -> (Tok, Tok) {
        let (mut first, mut last) = (noun, noun);
        let mut stack = vec![noun];
        while let Some(at) = stack.pop() {
            first = first.min(at);
            last = last.max(at);
            stack.extend(self.syntax.kids(at).iter().copied().filter(|&kid| {
                !matches!(self.syntax.rel(kid), Deprel::Parataxis | Deprel::Appos | Deprel::AclRelcl | Deprel::Advcl)
            }));
        }
        (first, last)
    }

    /// What the act is about, in the words of the text.
    pub(super) fn subject(&self, draft: &Draft<'_>) -> Option<String> {
        let noun = draft
            .found
            .words
            .iter()
            .copied()
            .filter(|&w| self.syntax.token(w).upos == Upos::Noun)
            .max_by_key(|&w| (w != draft.found.root, self.syntax.extent(w).1 - self.syntax.extent(w).0))
            .or_else(|| draft.found.content.first().copied())
            .or_else(|| {
                let is_object = |&k: &Tok| matches!(self.syntax.rel(k), Deprel::Obj | Deprel::NsubjPass);
                self.syntax.kids(draft.found.root).iter().copied().find(is_object)
            })?;
        let (first, last) = self.matter(noun);
        let mut first = first;
        while first < last
            && matches!(self.syntax.token(first).upos, Upos::Det | Upos::Punct | Upos::Adp | Upos::Part | Upos::Cconj)
        {
            first += 1;
        }
        let mut last = last;
        // The matter may hang on the verb: "suspended talks with Freedonia on a treaty".
        for &kid in self.syntax.kids(draft.found.root) {
            let mark = self.syntax.kid(kid, Deprel::Mark).map(|m| self.syntax.lemma(m));
            if matches!(
                self.syntax.case(kid).or(mark),
                Some("on" | "about" | "over" | "regarding" | "concerning" | "to")
            ) && !(mark.is_none() && self.syntax.case(kid) == Some("to"))
            {
                let (from, to) = self.syntax.extent(kid);
                if from == last + 1 && noun != draft.found.root {
                    last = to;
                }
            }
        }
        let mut last = last.min(first + 24);
        // When it was done is no part of what it is about.
        if let Some(when) = self.whens.iter().find(|when| noun < when.first && when.first <= last) {
            let preposition = matches!(self.syntax.token(when.first - 1).upos, Upos::Adp);
            last = (when.first - 1 - Tok::from(preposition)).max(noun);
        }
        while last > first && matches!(self.syntax.token(last).upos, Upos::Punct) {
            last -= 1;
        }
        let bytes = self.syntax.bytes(first, last);
        Some(self.context.passage.text[bytes].to_owned())
    }
}
