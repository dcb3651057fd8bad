//! Learns the lemma rules.

use std::collections::{BTreeMap, BTreeSet};

use super::Example;
use crate::atoms::lower_hash;
use crate::lemma::{ENDING, Edit, Lemmas, ending, ending_key, word_key};
use crate::tree::{Upos, Xpos};
use crate::weights::Slots;

type Counts = BTreeMap<Edit, u32>;

/// Learns rules from the words and lemmas of the examples.
pub(crate) fn lemmas(examples: &[&Example]) -> Lemmas {
    let mut words: BTreeMap<(String, Upos, Xpos), Counts> = BTreeMap::new();
    for example in examples.iter().filter(|example| !example.recased && !example.silver) {
        for (index, form) in example.forms.iter().enumerate() {
            let lemma = &example.lemmas[index];
            if lemma == "_" && form != "_" || form.contains(|letter: char| letter.is_ascii_digit()) {
                continue;
            }
            let (upos, xpos) = example.parts[index];
            let edit = match upos {
                // Few words, with lemmas of their own: `me` and `i` become `I`.
                Upos::Pron | Upos::Part => Edit::whole(lemma),
                _ => Edit::between(form, lemma),
            };
            *words.entry((form.to_lowercase(), upos, xpos)).or_default().entry(edit).or_default() += 1;
        }
    }
    // An ending's rule is the edit that most words with the ending take: words, not occurrences, so that rare words count.
    let mut endings: [BTreeMap<(&str, Upos, Xpos), Counts>; ENDING + 1] = Default::default();
    for ((word, upos, xpos), edits) in &words {
        let Some(edit) = most(edits) else { continue };
        for (count, endings) in endings.iter_mut().enumerate() {
            if let Some(text) = ending(word, count) {
                *endings.entry((text, *upos, *xpos)).or_default().entry(edit.clone()).or_default() += 1;
            }
        }
    }
    let mut rules: Vec<(u32, Edit)> = Vec::new();
    let mut kept: [BTreeMap<(&str, Upos, Xpos), Edit>; ENDING + 1] = Default::default();
    let shorter = |kept: &[BTreeMap<(&str, Upos, Xpos), Edit>], text: &str, below: usize, upos: Upos, xpos: Xpos| {
        (0..below).rev().find_map(|count| kept[count].get(&(ending(text, count)?, upos, xpos)).cloned())
    };
    for count in 0..=ENDING {
        for (&(text, upos, xpos), edits) in &endings[count] {
            let Some(edit) = most(edits) else { continue };
            let support: u32 = edits.values().sum();
            if (count == 0 || support >= 2) && shorter(&kept, text, count, upos, xpos).as_ref() != Some(edit) {
                rules.push((ending_key(text, upos, xpos), edit.clone()));
                kept[count].insert((text, upos, xpos), edit.clone());
            }
        }
    }
    for ((word, upos, xpos), edits) in &words {
        let Some(edit) = most(edits) else { continue };
        let by_ending = shorter(&kept, word, ENDING + 1, *upos, *xpos);
        if by_ending.as_ref() != Some(edit) {
            rules.push((word_key(lower_hash(word), *upos, *xpos), edit.clone()));
        }
    }
    number(rules)
}

fn most(edits: &Counts) -> Option<&Edit> {
    edits.iter().max_by_key(|(_, count)| **count).map(|(edit, _)| edit)
}

fn number(rules: Vec<(u32, Edit)>) -> Lemmas {
    let distinct: BTreeSet<&Edit> = rules.iter().map(|(_, edit)| edit).collect();
    let edits: Vec<Edit> = distinct.into_iter().take(usize::from(u16::MAX) - 1).cloned().collect();
    let mut slots = Slots::with_room(rules.len() * 4);
    for (key, edit) in &rules {
        if let Ok(edit) = edits.binary_search(edit) {
            slots.insert(*key, edit as u16 + 1);
        }
    }
    Lemmas { slots, edits }
}
