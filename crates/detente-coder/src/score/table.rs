//! Writes scores as tables that a person reads in a terminal.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};

use super::affairs::AffairsScore;
use super::articles::ArticlesScore;
use super::records::RecordsScore;
use super::sentences::SentencesScore;
use super::tally::{Confusion, Share, Tally};
use super::{Fault, Mistake};

/// Appends a line; writing to a string cannot fail.
fn line(out: &mut String, text: impl Display) {
    let _ = writeln!(out, "{text}");
}

fn share(out: &mut String, name: &str, share: Share) {
    match share.of {
        0 => line(out, format_args!("{name:<42} {:>6}", "-")),
        of => line(out, format_args!("{name:<42} {:>6.3}   {} of {of}", share.value(), share.right)),
    }
}

fn tallies<'a>(out: &mut String, title: &str, rows: impl IntoIterator<Item = (&'a str, Tally)>) {
    line(
        out,
        format_args!("{title:<30} {:>6} {:>6} {:>6}  {:>5} {:>5} {:>5}", "P", "R", "F1", "right", "given", "gold"),
    );
    for (name, tally) in rows {
        line(
            out,
            format_args!(
                "{name:<30} {:>6.3} {:>6.3} {:>6.3}  {:>5} {:>5} {:>5}",
                tally.precision(),
                tally.recall(),
                tally.f1(),
                tally.right,
                tally.given,
                tally.gold
            ),
        );
    }
}

fn by_name<'a, K: AsRef<str> + 'a>(rows: &'a BTreeMap<K, Tally>) -> impl Iterator<Item = (&'a str, Tally)> {
    rows.iter().map(|(name, tally)| (name.as_ref(), *tally))
}

fn worst(out: &mut String, confusion: &Confusion) {
    let pairs = confusion.worst();
    if !pairs.is_empty() {
        line(out, "");
        line(out, "Gold type coded as another");
        for (gold, given, count) in pairs.iter().take(20) {
            line(out, format_args!("{count:>5}  {gold} as {given}"));
        }
    }
}

/// Rows are the gold's types, columns what was coded.
fn matrix(out: &mut String, confusion: &Confusion) {
    if confusion.0.is_empty() {
        return;
    }
    let mut columns: Vec<&'static str> = confusion.0.values().flat_map(|row| row.keys().copied()).collect();
    columns.extend(confusion.0.keys().copied());
    columns.sort_unstable();
    columns.dedup();
    let mut head = format!("{:<12}", "gold \\ coded");
    columns.iter().for_each(|column| head.push_str(&format!(" {:>4}", &column[..4.min(column.len())])));
    line(out, "");
    line(out, head);
    for (gold, row) in &confusion.0 {
        let mut text = format!("{gold:<12}");
        for column in &columns {
            match row.get(column) {
                Some(count) => text.push_str(&format!(" {count:>4}")),
                None => text.push_str("    ."),
            }
        }
        line(out, text);
    }
}

pub(super) fn articles(out: &mut String, score: &ArticlesScore) {
    tallies(
        out,
        &format!("Acts in {} articles", score.articles),
        [
            ("actor, type, recipient", score.acts),
            ("actor, quad, recipient", score.quads),
            ("actor, recipient", score.pairs),
        ],
    );
    line(out, "");
    line(out, format_args!("{:<42} {:>6.3}", "F1, micro", score.acts.f1()));
    line(out, format_args!("{:<42} {:>6.3}", "F1, mean over articles", score.mean_f1));
    line(out, format_args!("{:<42} {:>6.3}", "F1, mean of both", score.balanced_f1));
    share(out, "factuality of matched acts", score.factuality);
    share(out, "  of those not actual", score.factuality_not_actual);
    share(out, "new or background of matched acts", score.epoch);
    share(out, "  of those background", score.epoch_background);
    let name = format!("acts invented in {} texts without acts", score.articles_without_acts);
    line(out, format_args!("{name:<42} {:>6}", score.invented_there));
    line(out, format_args!("{:<42} {:>6}", "acts not between two states, left aside", score.left_aside));
    line(out, "");
    tallies(out, "Acts by type", by_name(&score.types));
    worst(out, &score.confusion);
    if let Some(affairs) = &score.affairs {
        self::affairs(out, affairs);
    }
}

fn affairs(out: &mut String, score: &AffairsScore) {
    line(out, "");
    tallies(out, "Affairs", [("kind, parties", score.affairs)].into_iter().chain(by_name(&score.kinds)));
    line(out, "");
    share(out, "state of matched affairs", score.state);
}

pub(super) fn sentences(out: &mut String, score: &SentencesScore) {
    line(out, format_args!("Pairs in {} sentences", score.found.of));
    share(out, "right type, of all pairs", score.right);
    share(out, "right type, of the pairs found", score.right_of_found);
    share(out, "pairs found", score.found);
    share(out, "right quad, of all pairs", score.quad);
    share(out, "right quad, of the pairs found", score.quad_of_found);
    for (tenth, right) in score.by_confidence.iter().rev() {
        share(out, &format!("right type, of those with confidence {tenth}"), *right);
    }
    if !score.lost.is_empty() {
        line(out, "");
        line(out, "Pairs not found");
        for (reason, count) in &score.lost {
            line(out, format_args!("{count:>5}  {reason}"));
        }
    }
    line(out, "");
    tallies(out, "Pairs by type", by_name(&score.types));
    matrix(out, &score.confusion);
}

pub(super) fn records(out: &mut String, score: &RecordsScore) {
    tallies(
        out,
        &format!("Acts in {} sentences", score.records),
        [
            ("actor, type, recipient", score.acts),
            ("actor, recipient", score.pairs),
            ("type", score.events),
            ("quad", score.quads),
        ],
    );
    line(out, "");
    tallies(out, "Acts by type", by_name(&score.types));
    worst(out, &score.confusion);
}

pub(super) fn mistakes(out: &mut String, mistakes: &[Mistake], most: usize) {
    if most == 0 {
        return;
    }
    for (fault, title) in Fault::ALL {
        let all = mistakes.iter().filter(|mistake| mistake.fault == fault);
        let count = all.clone().count();
        if count == 0 {
            continue;
        }
        line(out, "");
        line(out, format_args!("{title}: {count}"));
        for mistake in all.take(most) {
            let mut head = format!("  {} {}", mistake.id, mistake.act);
            if !mistake.note.is_empty() {
                head.push_str(&format!(" ({})", mistake.note));
            }
            if mistake.confidence > 0.0 {
                head.push_str(&format!(" {:.2}", mistake.confidence));
            }
            if let Some(rule) = &mistake.rule {
                head.push_str(&format!(" {rule}"));
            }
            line(out, head);
            if !mistake.text.is_empty() {
                let words = mistake.text.split_whitespace().collect::<Vec<_>>().join(" ");
                line(out, format_args!("      {words}"));
            }
        }
    }
}
