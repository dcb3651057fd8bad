//! One sentence: rules matched, sides resolved, acts drafted.

mod answered;
mod charge;
mod circumstance;
mod content;
mod doubts;
mod draft;
mod epoch;
mod grounds;
mod judgement;
mod leaving;
mod likewise;
mod mediator;
mod naming;
mod past;
mod presence;
mod proposal;
mod record;
mod standing;
mod telling;

use std::cell::OnceCell;

use detente_grammar::{Deprel, Sentence};
use detente_text::{Article, Passage};
use jiff::civil::Date;

use crate::{
    act::{Act, Span, TextField, Via},
    coder::{Coder, char_span},
    deeds::Counterpart,
    discourse::Discourse,
    entity::{Entity, Reader},
    factuality,
    frame::Slot,
    linker::Phrases,
    matching::Matcher,
    mention::Mentions,
    rule::Outcome,
    standing::Standing,
    syntax::{Syntax, Tok},
    trust::{Ground, Weighing},
    when::{self, When},
};
pub(crate) use answered::ANSWERED;
pub(crate) use draft::{Basis, Draft};
use record::Weighed;

/// Words within which the list of those who make a statement begins.
const OPENING: Tok = 6;

/// What stands around a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Context<'c> {
    /// The coder.
    pub coder: &'c Coder,
    /// Whether and how acts are weighed when they are found.
    pub weighing: Weighing,
    /// The article.
    pub article: &'c Article,
    /// The passage.
    pub passage: &'c Passage,
    /// Quotations of the passage, in bytes.
    pub quotes: &'c [(usize, usize)],
    /// The article's date.
    pub day: Option<Date>,
    /// Number of the sentence in its field.
    pub sequence: u32,
    /// The field.
    pub field: TextField,
    /// The day since when the article's news is, where its title names the year that it is about.
    pub news_from: Option<Date>,
}

/// What sentences tell.
#[derive(Debug, Default)]
pub struct Findings {
    /// Acts.
    pub acts: Vec<Act>,
    /// Circumstances.
    pub standings: Vec<Standing>,
    /// What speaks for each act, where somebody is to judge them.
    pub grounds: Vec<Ground>,
    /// The same of those whom only the article shows as its other side, with the act's number.
    pub(crate) counterparts: Vec<(usize, Counterpart)>,
}

/// Codes one sentence.
#[derive(Debug)]
pub struct SentenceCoder<'c, 's> {
    pub(crate) context: &'c Context<'c>,
    pub(crate) syntax: Syntax<'s>,
    pub(crate) mentions: Mentions,
    pub(crate) whens: Vec<When>,
    phrases: OnceCell<Phrases>,
    circumstances: OnceCell<Vec<(Tok, Tok)>>,
}

impl<'c, 's> SentenceCoder<'c, 's>
where
    'c: 's,
{
    /// Reads the names and dates of a parsed sentence.
    pub fn new(context: &'c Context<'c>, sentence: &'s Sentence, discourse: &Discourse) -> SentenceCoder<'c, 's> {
        let syntax = Syntax::new(&context.passage.text, sentence);
        let lexicon = &context.coder.lexicon;
        let mut mentions = Mentions::find(&syntax, lexicon, context.day);
        mentions.leave_out(&syntax, lexicon, &discourse.strangers);
        let whens = when::find(&syntax, context.day, context.news_from);
        SentenceCoder { context, syntax, mentions, whens, phrases: OnceCell::new(), circumstances: OnceCell::new() }
    }

    /// Whose phrases are whose.
    pub(crate) fn reader(&self) -> Reader<'_, 's> {
        Reader {
            syntax: &self.syntax,
            mentions: &self.mentions,
            lexicon: &self.context.coder.lexicon,
            day: self.context.day,
        }
    }

    /// The phrases that may be sides.
    pub(crate) fn phrases(&self) -> &Phrases {
        self.phrases.get_or_init(|| Phrases::find(self.reader()))
    }

    /// The phrases that only say under what circumstances something is done.
    pub(crate) fn circumstances(&self) -> &[(Tok, Tok)] {
        self.circumstances.get_or_init(|| self.find_circumstances())
    }

    pub(crate) fn span(&self, first: Tok, last: Tok) -> Span {
        char_span(self.context.passage, self.syntax.bytes(first, last))
    }

    pub(crate) fn is_quoted(&self, tok: Tok) -> bool {
        let at = self.syntax.token(tok).start as usize;
        self.context.quotes.iter().any(|&(start, end)| start <= at && at < end)
    }

    /// Codes the sentence and keeps what it named. Where it asks for what a sentence that waits may name, nothing is kept, and it
    /// tells which is to be read before.
    #[must_use]
    pub fn code(&self, discourse: &mut Discourse, told: &mut Findings) -> Option<u32> {
        let Findings { acts, standings, grounds, counterparts } = told;
        let before = (acts.len(), standings.len(), discourse.deeds.len());
        let matcher = Matcher::new(&self.syntax, &self.context.coder.lexicon);
        let matches = matcher.matches(&self.context.coder.rules, &self.mentions);
        let speaker = self.main_speaker(&matcher, discourse);
        let mut drafts: Vec<Draft<'_>> = Vec::new();
        for found in &matches {
            if let Some(draft) = self.draft(found, &matcher, discourse, speaker.as_ref()) {
                drafts.push(draft);
            }
        }
        // A circumstance keeps no act from being told beside it.
        let is_standing = |draft: &mut Draft<'_>| matches!(draft.outcome, Outcome::Standing(..));
        let circumstances: Vec<Draft<'_>> = drafts.extract_if(.., is_standing).collect();
        for draft in &mut drafts {
            self.weigh(draft, &matches, &matcher);
        }
        self.leave(&mut drafts, &matcher, discourse, speaker.as_ref());
        let barred = self.barred(&matches);
        self.propose(&mut drafts, &matches, &barred, &matcher, discourse, speaker.as_ref());
        self.demand(&mut drafts, &matcher, discourse);
        self.judge(&mut drafts, &matcher, discourse, speaker.as_ref());
        self.visit(&mut drafts, &matcher, discourse, speaker.as_ref());
        self.name_deeds(&mut drafts, &matcher, discourse, speaker.as_ref());
        self.charge(&mut drafts, &matcher, discourse, speaker.as_ref());
        self.tell_answered(&mut drafts, discourse, speaker.as_ref());
        self.repeat(&mut drafts, &matcher, discourse, speaker.as_ref());
        self.mediate(&mut drafts);
        self.clear_accusers(&mut drafts);
        drafts.extend(circumstances);
        self.recall(&mut drafts, &matcher, discourse);
        self.link_contents(&mut drafts);
        let mut ids: Vec<Option<usize>> = vec![None; drafts.len()];
        let is_open = self.context.weighing == Weighing::Open;
        for (number, draft) in drafts.iter().enumerate() {
            match &draft.outcome {
                Outcome::Act(event, mode) => {
                    if draft.outer.is_some_and(|outer| !self.stands_alone(draft, &drafts[outer])) {
                        continue;
                    }
                    let act = |draft: &Draft<'_>| {
                        self.act(draft, *event, mode.as_deref(), &matcher, speaker.as_ref(), discourse)
                    };
                    let Some(Weighed { act, ground, .. }) = self.told(draft, act, &matcher, discourse) else {
                        continue;
                    };
                    ids[number] = Some(acts.len());
                    if is_open {
                        grounds.push(ground);
                        let others = self.counterparts(draft, &act, &matcher, discourse);
                        counterparts.extend(others.into_iter().map(|other| (acts.len(), other)));
                    }
                    acts.push(act);
                }
                // "lifted its sanctions": the deed says how they stand.
                Outcome::Standing(..) | Outcome::Nothing => {}
            }
        }
        for draft in &drafts {
            // "lifted its sanctions": the deed says how they stand.
            if let Outcome::Standing(kind, state) = &draft.outcome
                && !standing::is_told_by_an_act(draft, drafts.iter().zip(&ids))
            {
                standings.extend(self.standing(draft, kind, state, &matcher, speaker.as_ref(), discourse));
            }
        }
        for (number, draft) in drafts.iter().enumerate() {
            if let (Some(inner), Some(outer)) = (ids[number], draft.outer.and_then(|o| ids[o])) {
                let outer_id = acts[outer].id.clone();
                acts[inner].content_of = Some(outer_id);
            }
        }
        let asked = self.keep(discourse, speaker.as_ref());
        if asked.is_none() {
            self.go_on(&mut discourse.story);
        } else {
            acts.truncate(before.0);
            grounds.truncate(before.0);
            counterparts.retain(|&(act, _)| act < before.0);
            standings.truncate(before.1);
            discourse.deeds.truncate(before.2);
        }
        asked
    }

    /// The act of a draft, towards whom only the article shows where it names nobody; nothing where it is not likely enough.
    fn told(
        &self,
        draft: &Draft<'_>,
        act: impl Fn(&Draft<'_>) -> Option<Weighed>,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
    ) -> Option<Weighed> {
        let plain = act(draft)?;
        if self.context.weighing != Weighing::On {
            return Some(plain);
        }
        let towards = self.towards_counterpart(draft, &plain.act, matcher, discourse).and_then(|draft| act(&draft));
        towards
            .filter(|weighed| weighed.is_kept() && weighed.is_of_two_sides())
            .or(Some(plain))
            .filter(Weighed::is_kept)
    }

    /// Keeps what the sentence names, though it is not coded. Returns what [`SentenceCoder::code`] does.
    #[must_use]
    pub fn name(&self, discourse: &mut Discourse) -> Option<u32> {
        let matcher = Matcher::new(&self.syntax, &self.context.coder.lexicon);
        let speaker = self.main_speaker(&matcher, discourse);
        self.keep(discourse, speaker.as_ref())
    }

    fn keep(&self, discourse: &mut Discourse, speaker: Option<&Entity>) -> Option<u32> {
        let mut named: Vec<(Tok, Entity)> = Vec::new();
        let span_of = |first: Tok, last: Tok| self.span(first, last);
        for tok in 0..self.syntax.len() as Tok {
            let rel = self.syntax.rel(tok);
            let phrase = matches!(
                rel,
                Deprel::Nsubj
                    | Deprel::NsubjPass
                    | Deprel::NsubjOuter
                    | Deprel::Obj
                    | Deprel::Iobj
                    | Deprel::Obl
                    | Deprel::OblAgent
                    | Deprel::Nmod
                    | Deprel::NmodPoss
                    | Deprel::Conj
                    | Deprel::Appos
                    | Deprel::Root
            ) || (matches!(rel, Deprel::Amod | Deprel::Compound) && self.mentions.at(tok).is_some());
            if phrase && (self.syntax.is_nominal(tok) || self.mentions.at(tok).is_some()) {
                for entity in discourse.resolve(self.reader(), tok, &span_of, self.is_quoted(tok), speaker) {
                    named.push((tok, entity.before_noun(rel)));
                }
            }
        }
        let signed = if discourse.is_open() { self.signatories(discourse) } else { Vec::new() };
        let asked = discourse.wanted();
        if asked.is_none() {
            discourse.remember(self.reader(), &named, &span_of, speaker, &signed);
        }
        asked
    }

    /// The states of a list that a joint statement opens with.
    fn signatories(&self, discourse: &Discourse) -> Vec<Entity> {
        let says = |text: &str, what: &str| text.to_ascii_lowercase().contains(what);
        let title_says = |what: &str| self.context.article.title().is_some_and(|title| says(&title.text, what));
        let is_joint = says(&self.context.passage.text, "joint statement") || title_says("joint statement");
        if !is_joint && !title_says("statement") {
            return Vec::new();
        }
        for mention in &self.mentions.all {
            // "Canada, France and Spain welcome": of a statement that is called joint nowhere, who opens it.
            if !is_joint && mention.first > OPENING {
                break;
            }
            let list = self.list_of(mention.last);
            if !list.is_empty() {
                return self.resolve_all(&[mention.last], discourse, None);
            }
        }
        Vec::new()
    }

    /// Who speaks in the sentence: the subject of its verb of speech.
    fn main_speaker(&self, matcher: &Matcher<'_, 's>, discourse: &Discourse) -> Option<Entity> {
        let lexicon = &self.context.coder.lexicon;
        let mut best: Option<(u8, Tok)> = None;
        for tok in 0..self.syntax.len() as Tok {
            // "India has yet to answer", within a quotation, tells not who says so.
            if !self.syntax.is_verbal(tok)
                || !factuality::is_speech(lexicon, self.syntax.lemma(tok))
                || self.is_quoted(tok)
            {
                continue;
            }
            let says =
                self.syntax.kids(tok).iter().any(|&k| matches!(self.syntax.rel(k), Deprel::Ccomp | Deprel::Parataxis))
                    || self.syntax.rel(tok) == Deprel::Parataxis;
            let rank = if says { 2 } else { 1 };
            if best.is_none_or(|(b, _)| rank > b)
                && let Some(subject) = matcher.frame(tok).at(Slot::Subj).next()
            {
                best = Some((rank, subject));
            }
        }
        // "according to X"
        let according = || {
            (0..self.syntax.len() as Tok).find(|&tok| {
                matches!(self.syntax.rel(tok), Deprel::Obl | Deprel::Nmod) && self.syntax.is_according(tok)
            })
        };
        let subject = best.map(|(_, subject)| subject).or_else(according)?;
        let span_of = |first: Tok, last: Tok| self.span(first, last);
        discourse.resolve(self.reader(), subject, &span_of, false, None).into_iter().next()
    }

    /// Who promises, threatens or refuses is who says so: "the court said it will free him".
    fn sayer(&self, draft: &Draft<'_>, matcher: &Matcher<'_, 's>, discourse: &Discourse) -> Option<Entity> {
        let reporter = draft.reading.reported_by?;
        let [actor] = draft.actors.as_slice() else { return None };
        if actor.via != Via::Pronoun || self.is_quoted(draft.found.root) {
            return None;
        }
        let saying = matcher.frame(reporter).at(Slot::Subj).next()?;
        let span_of = |first: Tok, last: Tok| self.span(first, last);
        let sayer = discourse.resolve(self.reader(), saying, &span_of, false, None).into_iter().next()?;
        let same = actor.antecedent.is_some_and(|a| a.overlaps(self.span(sayer.first, sayer.last)))
            || (sayer.code.is_some() && sayer.code == actor.code);
        (same && sayer.via != Via::Pronoun).then_some(sayer)
    }
}
