//! The counterpart: whom an act is done to where its words name nobody of another state, since the article has told with whom the actor
//! deals: "Ruritania closed the border to Freedonian lorries. On Monday it recalled its ambassador." A model weighs all whom it has named.

use super::{Deed, stands_at};
use crate::{
    act::{Act, Factuality, Party, Span, Via},
    discourse::Discourse,
    entity::Entity,
    linear::{Features, word},
    linker::Question,
    matching::Matcher,
    ontology::EventType,
    pair::is_organisation,
    sentence::{Basis, Draft, SentenceCoder},
    syntax::Tok,
    trust::Ground,
};

/// The other side that only the article shows is told from this probability.
pub(crate) const KEPT: f32 = 0.5;

/// Somebody as the counterpart of an act.
#[derive(Clone, Debug)]
pub(crate) struct Counterpart {
    pub(crate) entity: Entity,
    /// What speaks for him, and against him.
    pub(crate) ground: Ground,
}

/// Somebody of another state whom the article has named.
struct Named {
    entity: Entity,
    /// His names in the sentence.
    here: Vec<Tok>,
    /// How often sentences before name him, and how many sentences ago the last does.
    before: usize,
    since: Option<u32>,
}

/// What two did last: how many sentences ago, and in what direction.
struct Dealing {
    sentences: u32,
    event: EventType,
    way: u64,
}

impl<'s> SentenceCoder<'_, 's> {
    /// The draft of an act that names nobody of another state, towards the likeliest whom the article has named.
    pub(crate) fn towards_counterpart<'d>(
        &self,
        draft: &Draft<'d>,
        act: &Act,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
    ) -> Option<Draft<'d>> {
        // What no rule shows must be likely by itself.
        if !matches!(draft.basis, Basis::Rule(_)) && act.confidence < KEPT {
            return None;
        }
        let weighs = &self.context.coder.learned.counterparts;
        let weighed = self.counterparts(draft, act, matcher, discourse).into_iter();
        let weighed = weighed.filter_map(|one| Some((weighs.of(&one.ground)?, one.entity)));
        let (likely, other) = weighed.max_by(|a, b| a.0.total_cmp(&b.0))?;
        (likely >= KEPT).then(|| Draft { recipients: vec![other], counterpart: Some(likely), ..draft.clone() })
    }

    /// Those whom the article has named as counterparts of an act that names nobody of another state.
    pub(crate) fn counterparts(
        &self,
        draft: &Draft<'_>,
        act: &Act,
        matcher: &Matcher<'_, 's>,
        discourse: &Discourse,
    ) -> Vec<Counterpart> {
        let Some(own) = lone_actor(act).filter(|_| act.factuality != Factuality::Denied) else { return Vec::new() };
        if draft.recipients.iter().any(|named| named.code.is_none() && named.is_actor()) {
            return Vec::new();
        }
        let all = self.others(own, draft.found.root, discourse);
        if all.is_empty() {
            return Vec::new();
        }
        let weigher = Weigher::new(self, draft, act, own, &all, matcher, discourse);
        let grounds: Vec<Ground> = all.iter().map(|one| weigher.ground(one)).collect();
        all.into_iter().zip(grounds).map(|(one, ground)| Counterpart { entity: one.entity, ground }).collect()
    }

    /// All of other states whom the article has named up to the end of the sentence.
    fn others(&self, own: &str, root: Tok, discourse: &Discourse) -> Vec<Named> {
        let mut all: Vec<Named> = Vec::new();
        let mut add = |entity: &Entity, span: Span, here: Option<Tok>, since: Option<u32>| {
            let Some(code) = entity.code.as_ref().filter(|code| *code != own) else { return };
            let at = all.iter().position(|one| one.entity.code.as_ref() == Some(code)).unwrap_or_else(|| {
                let entity = Entity { via: Via::Context, ..stands_at(&(entity.clone(), span), root, root) };
                all.push(Named { entity, here: Vec::new(), before: 0, since: None });
                all.len() - 1
            });
            let one = &mut all[at];
            one.here.extend(here);
            if let Some(since) = since {
                one.before += 1;
                one.since = Some(one.since.map_or(since, |known| known.min(since)));
            }
        };
        for mention in &self.mentions.all {
            let entity = self.reader().entity(mention.last);
            let span = self.span(mention.first, mention.last);
            add(&entity.of_state(), span, Some(mention.last), None);
        }
        for named in discourse.past().iter().rev() {
            add(&named.entity, named.span, None, Some(discourse.sentence - named.sentence));
        }
        all
    }
}

/// The state of an act's actors, if it is one, and if its words name nobody to whom it is done.
fn lone_actor(act: &Act) -> Option<&str> {
    let own = act.actor.iter().find_map(|party| party.code.as_deref())?;
    let is_own = |party: &Party| party.code.as_deref().is_none_or(|code| code == own);
    // Troops at a town of one's own are massed against another.
    let is_moved = act.event.iter().any(|event| event == EventType::Mobilize.as_str());
    let is_nobody = |party: &Party| party.code.is_none() || is_moved && is_own(party);
    (act.actor.iter().all(is_own) && act.recipient.iter().all(is_nobody)).then_some(own)
}

/// What all candidates of an act have in common, and what tells them apart.
struct Weigher<'w, 'c, 's> {
    coder: &'w SentenceCoder<'c, 's>,
    draft: &'w Draft<'w>,
    discourse: &'w Discourse,
    own: &'w str,
    all: &'w [Named],
    event: u64,
    trust: f32,
    /// The phrases that may be acted upon, as the linker has them.
    ranked: Vec<(Tok, f32)>,
}

impl<'w, 'c, 's> Weigher<'w, 'c, 's> {
    fn new(
        coder: &'w SentenceCoder<'c, 's>,
        draft: &'w Draft<'w>,
        act: &'w Act,
        own: &'w str,
        all: &'w [Named],
        matcher: &Matcher<'_, 's>,
        discourse: &'w Discourse,
    ) -> Weigher<'w, 'c, 's> {
        let event = act.event.first().and_then(|event| EventType::parse(event));
        let actor = draft.actors.first().map(|actor| actor.head);
        let question = Question { root: draft.found.root, words: &draft.found.words, event, actor };
        let ranked = coder.context.coder.learned.linker.recipients(matcher, coder.phrases(), question);
        let event = event.map_or(0, |event| event as u64 + 1);
        Weigher { coder, draft, discourse, own, all, event, trust: act.confidence, ranked }
    }

    /// How many of those satisfy a condition.
    fn count(&self, condition: impl Fn(&Named) -> bool) -> usize {
        self.all.iter().filter(|one| condition(one)).count()
    }

    /// What speaks for somebody, and against him, as hashed features.
    fn ground(&self, one: &Named) -> Ground {
        let mut out = Features(Vec::with_capacity(64));
        let is_here = u64::from(!one.here.is_empty());
        let since = one.since.map_or(9, |since| u64::from(since.min(6)));
        let within = |reach: u32| few(self.count(|one| one.since.is_some_and(|since| since <= reach)));
        out.add(0, 0, 0);
        // Where he is named, and who else.
        out.add(1, since, is_here);
        out.add(2, few(one.here.len()), 0);
        out.add(3, since, 0);
        let beside = self.count(|one| !one.here.is_empty());
        out.add(4, few(beside), is_here);
        out.add(5, within(1), since.min(2));
        out.add(6, within(5), 0);
        out.add(7, within(u32::MAX), 0);
        out.add(8, within(u32::MAX), is_here);
        let often = |one: &Named| one.here.len() + one.before;
        let total: usize = self.all.iter().map(often).sum();
        let most = self.all.iter().map(often).max().unwrap_or_default();
        out.add(9, u64::from(often(one) == most), 0);
        out.add(10, (4 * often(one) / total.max(1)) as u64, 0);
        out.add(11, few(self.all.len()), 0);
        out.add(12, u64::from(beside == 1), is_here);
        let latest = self.all.iter().filter_map(|one| one.since).min();
        out.add(13, u64::from(one.since == latest), u64::from(beside > 0));
        out.add(14, few(one.before), 0);
        self.of_title(one, &mut out);
        self.of_act(one, is_here, &mut out);
        self.of_dealings(one, &mut out);
        self.of_places(one, &mut out);
        out.0
    }

    /// Whom the title names.
    fn of_title(&self, one: &Named, out: &mut Features) {
        let names = |code: &str| self.discourse.of_title.iter().any(|named| named == code);
        let of_title = one.entity.code.as_deref().is_some_and(names);
        let pair = match (self.discourse.of_title.len(), of_title && names(self.own)) {
            (2, true) => 2,
            (2, false) => 1,
            _ => 0,
        };
        out.add(20, pair, 0);
        out.add(21, u64::from(of_title), u64::from(names(self.own)));
    }

    /// What is done, and to whom by its words.
    fn of_act(&self, one: &Named, is_here: u64, out: &mut Features) {
        let Weigher { draft, event, .. } = *self;
        let syntax = &self.coder.syntax;
        let root = draft.found.root;
        out.add(30, event, 0);
        out.add(31, event, is_here);
        out.add(32, draft.reading.factuality as u64, 0);
        out.add(33, u64::from(draft.found.nominal), 0);
        out.add(34, u64::from(matches!(draft.basis, Basis::Rule(_))), 0);
        let is_body = u64::from(is_organisation(&one.entity));
        out.add(35, is_body, 0);
        out.add(36, is_body, event);
        let named = draft.recipients.first();
        let sort = named.map_or(0, |named| 1 + ((named.sort as u64) << 1 | u64::from(named.code.is_some())));
        out.add(37, sort, 0);
        out.add(38, sort, event);
        out.add(39, named.map_or(0, |named| word(syntax.lemma(named.head))), 0);
        out.add(40, word(syntax.lemma(root)), 0);
        let reported = u64::from(draft.reading.reported_by.is_some());
        out.add(41, reported << 1 | u64::from(self.coder.is_quoted(root)), u64::from(draft.outer.is_some()));
        let is_own = |tok: Tok| self.coder.reader().entity(tok).code.as_deref() == Some(self.own);
        out.add(42, few(self.coder.mentions.all.iter().filter(|mention| is_own(mention.last)).count()), 0);
        out.add(43, (self.trust * 10.0) as u64, 0);
    }

    /// What the two did before.
    fn of_dealings(&self, one: &Named, out: &mut Features) {
        let event = self.event;
        let Some(other) = one.entity.code.as_deref() else { return };
        let dealings: Vec<Dealing> =
            self.discourse.deeds.iter().rev().filter_map(|deed| self.dealing(deed, other)).collect();
        out.add(50, few(dealings.len()), 0);
        let Some(last) = dealings.first() else {
            out.add(51, 9, event);
            return;
        };
        out.add(51, u64::from(last.sentences.min(6)), 0);
        out.add(52, last.event as u64, last.way);
        out.add(53, last.event as u64 * 4 + last.way, event);
        out.add(54, last.way, event);
        out.add(55, u64::from(last.sentences.min(3)), last.way);
    }

    fn dealing(&self, deed: &Deed, other: &str) -> Option<Dealing> {
        let is_of =
            |side: &[(Entity, Span)], code: &str| side.iter().any(|(entity, _)| entity.code.as_deref() == Some(code));
        let acts = |code: &str| is_of(&deed.actors, code);
        let undergoes = |code: &str| is_of(&deed.recipients, code);
        let way = if acts(self.own) && undergoes(other) {
            1
        } else if acts(other) && undergoes(self.own) {
            2
        } else if acts(self.own) && acts(other) {
            3
        } else {
            return None;
        };
        Some(Dealing { sentences: self.discourse.sentence.saturating_sub(deed.sentence), event: deed.event, way })
    }

    /// Where the sentence names him.
    fn of_places(&self, one: &Named, out: &mut Features) {
        let syntax = &self.coder.syntax;
        let root = self.draft.found.root;
        for &tok in one.here.iter().take(3) {
            let entity = self.coder.reader().entity(tok);
            let case = syntax.case(tok).map_or(0, word);
            let after = u64::from(tok > root);
            let under = u64::from(syntax.is_under(tok, root));
            let is_near = u64::from(tok.abs_diff(root) < 8);
            out.add(60, entity.sort as u64, 0);
            out.add(61, case, after);
            out.add(62, under << 2 | after << 1 | is_near, 0);
            out.add(63, under, self.event);
        }
        let likely = self.ranked.iter().filter(|(tok, _)| one.here.contains(tok)).map(|(_, likely)| *likely);
        let likely = likely.fold(0.0, f32::max);
        out.add(64, (likely * 20.0) as u64, u64::from(likely > 0.0));
    }
}

/// A small number as one of five steps.
fn few(count: usize) -> u64 {
    match count {
        0..=2 => count as u64,
        3..=5 => 3,
        _ => 4,
    }
}
