//! Finds the act that was judged among those of another coding of its article.

use detente_coder::{Act, Span};

use super::{Reading, Target, Verdict, judgement::sides};

/// The id of the act that a judgement means: the same act, else one of the same words, type and sides, else one that is
/// as the reviewer says; for a correction also the only one of the same words and sides.
pub(super) fn find<'a>(
    target: &Target,
    verdict: Verdict,
    reading: Option<&Reading>,
    acts: &'a [Act],
) -> Option<&'a Act> {
    if let Some(same) = acts.iter().find(|act| act.id == target.act) {
        return Some(same);
    }
    let place = Span { start: target.place.start, end: target.place.end };
    let near: Vec<&Act> =
        acts.iter().filter(|act| act.text_info.field == target.place.field && act.evidence.overlaps(place)).collect();
    let best = |fits: &dyn Fn(&Act) -> bool| {
        let fitting = near.iter().copied().filter(|act| fits(act));
        // Of equals that of the least id, whatever the order.
        fitting.max_by(|a, b| shared(a.evidence, place).cmp(&shared(b.evidence, place)).then(b.id.cmp(&a.id)))
    };
    let has = |act: &Act, event: &str, actor: &[String], recipient: &[String]| {
        act.event.first().is_some_and(|own| own == event)
            && sides(&act.actor) == actor
            && sides(&act.recipient) == recipient
    };
    if let Some(same) = best(&|act| has(act, &target.event, &target.actor, &target.recipient)) {
        return Some(same);
    }
    let reading = reading?;
    let (actor, recipient) = (sides(&reading.actor), sides(&reading.recipient));
    if let Some(as_said) = best(&|act| has(act, &reading.event, &actor, &recipient)) {
        return Some(as_said);
    }
    let same_words = near.iter().copied().filter(|act| {
        act.evidence == place && sides(&act.actor) == target.actor && sides(&act.recipient) == target.recipient
    });
    match (verdict, same_words.collect::<Vec<_>>().as_slice()) {
        (Verdict::Correct, [only]) => Some(only),
        _ => None,
    }
}

/// Characters that two stretches share, less those that only one has.
fn shared(one: Span, other: Span) -> i64 {
    let both = i64::from(one.end.min(other.end)) - i64::from(one.start.max(other.start));
    3 * both - i64::from(one.end - one.start) - i64::from(other.end - other.start)
}
