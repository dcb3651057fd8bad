//! Classes of words that occur in like company, learned from plain text by exchange (Kneser and Ney, 1993): each word in turn moves to the
//! class that makes the text, read as a sequence of classes, most likely.

use std::collections::HashMap;

use super::Example;
use super::learner::Map;
use super::tagger::Classes;
use crate::atoms::lower_hash;
use crate::tokenise::tokenise;

/// A word rarer than this has no class.
const LEAST: u32 = 4;
/// How many fine and coarse classes there are.
const FINE: usize = 400;
const COARSE: usize = 60;
/// Times that every word is looked at.
const ROUNDS: usize = 12;

/// Learns the classes of frequent words of the texts and the examples.
pub(crate) fn learn(examples: &[Example], texts: &[&str], progress: &mut dyn FnMut(&str)) -> Classes {
    if texts.is_empty() {
        return HashMap::new();
    }
    let mut sequence: Vec<u32> = Vec::new();
    for example in examples {
        sequence.extend(example.forms.iter().map(|form| lower_hash(form)));
        sequence.push(0);
    }
    let mut words = Vec::new();
    for line in texts.iter().flat_map(|text| text.lines()) {
        words.clear();
        tokenise(line, 0, line.len().min(u32::MAX as usize), &mut words);
        sequence.extend(words.iter().map(|&(start, end)| lower_hash(&line[start as usize..end as usize])));
        sequence.push(0);
    }
    let company = Company::count(&sequence);
    progress(&format!("{} words of text, {} of them different and frequent", sequence.len(), company.words.len()));
    let fine = company.exchange(FINE);
    let coarse = company.exchange(COARSE);
    progress("classes of words learned");
    company.words.iter().enumerate().map(|(at, &word)| (word, (fine[at] + 1, coarse[at] as u8 + 1))).collect()
}

/// How often words stand side by side. Rare words count as one, which is the last.
struct Company {
    words: Vec<u32>,
    counts: Vec<u32>,
    /// For each word the words after it and before it, with counts.
    after: Vec<Vec<(u32, u32)>>,
    before: Vec<Vec<(u32, u32)>>,
}

impl Company {
    fn count(sequence: &[u32]) -> Company {
        let mut counts: Map<u32> = Map::default();
        for &word in sequence {
            *counts.entry(word).or_default() += 1;
        }
        let mut ranked: Vec<(u32, u32)> = counts.into_iter().filter(|&(_, count)| count >= LEAST).collect();
        ranked.sort_by_key(|&(word, count)| (std::cmp::Reverse(count), word));
        let numbers: HashMap<u32, u32> = ranked.iter().enumerate().map(|(at, &(word, _))| (word, at as u32)).collect();
        let rare = ranked.len() as u32;
        let numbered: Vec<u32> = sequence.iter().map(|word| numbers.get(word).copied().unwrap_or(rare)).collect();
        let mut pairs: HashMap<(u32, u32), u32> = HashMap::new();
        for pair in numbered.windows(2) {
            *pairs.entry((pair[0], pair[1])).or_default() += 1;
        }
        let mut totals = vec![0; ranked.len() + 1];
        let mut after = vec![Vec::new(); ranked.len() + 1];
        let mut before = vec![Vec::new(); ranked.len() + 1];
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_unstable();
        for ((first, second), count) in pairs {
            totals[first as usize] += count;
            after[first as usize].push((second, count));
            before[second as usize].push((first, count));
        }
        Company { words: ranked.into_iter().map(|(word, _)| word).collect(), counts: totals, after, before }
    }

    /// The class of each word.
    fn exchange(&self, classes: usize) -> Vec<u16> {
        let total = self.counts.len();
        // The rare words have a class of their own, beyond the others.
        let mut class: Vec<usize> =
            (0..total).map(|word| if word + 1 == total { classes } else { word % classes }).collect();
        let size = classes + 1;
        let mut bigrams = vec![0i64; size * size];
        let mut lefts = vec![0i64; size];
        for (word, after) in self.after.iter().enumerate() {
            for &(other, count) in after {
                bigrams[class[word] * size + class[other as usize]] += i64::from(count);
                lefts[class[word]] += i64::from(count);
            }
        }
        let logs: Vec<f32> = (0..1 << 16).map(|n: u32| if n == 0 { 0.0 } else { n as f32 * (n as f32).ln() }).collect();
        let entropy = |n: i64| match usize::try_from(n) {
            Ok(n) if n < logs.len() => logs[n],
            _ => n as f32 * (n.max(1) as f32).ln(),
        };
        let mut after = vec![0i64; size];
        let mut before = vec![0i64; size];
        let (mut seen_after, mut seen_before) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let mut moved = 0;
            for word in 0..total.saturating_sub(1) {
                let own = class[word];
                seen_after.clear();
                seen_before.clear();
                for &(other, count) in &self.after[word] {
                    let other = class[other as usize];
                    if after[other] == 0 {
                        seen_after.push(other);
                    }
                    after[other] += i64::from(count);
                }
                for &(other, count) in &self.before[word] {
                    let other = class[other as usize];
                    if before[other] == 0 {
                        seen_before.push(other);
                    }
                    before[other] += i64::from(count);
                }
                let count = i64::from(self.counts[word]);
                // Take the word out of its class; pairs of the word with itself move with it and are counted once, which is near enough.
                for &other in &seen_after {
                    bigrams[own * size + other] -= after[other];
                }
                for &other in &seen_before {
                    bigrams[other * size + own] -= before[other];
                }
                lefts[own] -= count;
                let gain = |to: usize| {
                    let mut gain = 0.0;
                    for &other in &seen_after {
                        let pair = bigrams[to * size + other];
                        gain += entropy(pair + after[other]) - entropy(pair);
                    }
                    for &other in &seen_before {
                        let pair = bigrams[other * size + to];
                        gain += entropy(pair + before[other]) - entropy(pair);
                    }
                    gain - 2.0 * (entropy(lefts[to] + count) - entropy(lefts[to]))
                };
                let mut best = (own, gain(own));
                for to in 0..classes {
                    let gain = gain(to);
                    if gain > best.1 + 1e-3 {
                        best = (to, gain);
                    }
                }
                let to = best.0;
                moved += usize::from(to != own);
                class[word] = to;
                for &other in &seen_after {
                    bigrams[to * size + other] += after[other];
                    after[other] = 0;
                }
                for &other in &seen_before {
                    bigrams[other * size + to] += before[other];
                    before[other] = 0;
                }
                lefts[to] += count;
            }
            if moved * 200 < total {
                break;
            }
        }
        class.truncate(total.saturating_sub(1));
        class.into_iter().map(|class| class as u16).collect()
    }
}
