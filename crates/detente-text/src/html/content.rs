//! Chooses the blocks of a page that are its article, and its title.

use std::collections::HashMap;

use super::PageBlock;
use super::facts::Titles;
use crate::draft::{Block, Draft, Facts};
use crate::furniture;
use crate::passage::Reason;

/// Bytes of text that make an article.
const ENOUGH: usize = 200;

/// What the article lies in.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Region {
    Article(usize),
    Main(usize),
    /// An element found by the text that it holds.
    Dense(usize),
    Page,
}

/// Makes the draft: title, blocks of the article, and everything else with a reason.
pub(super) fn choose(mut blocks: Vec<PageBlock>, parents: &[usize], facts: Facts, titles: Titles) -> Draft {
    // Classes that would leave no article are not believed.
    let kept: usize = blocks.iter().filter(|b| is_good(b)).map(|b| b.text.len()).sum();
    let classed: usize =
        blocks.iter().filter(|b| is_long(b) && b.place.structural.is_none()).map(|b| b.text.len()).sum();
    if kept * 4 < classed && kept < 2 * ENOUGH {
        blocks.iter_mut().for_each(|b| b.place.classed = None);
    }
    let region = region(&blocks, parents);
    let inside: Vec<bool> = blocks.iter().map(|b| is_inside(b, region, parents)).collect();
    let body: usize = blocks
        .iter()
        .zip(&inside)
        .filter(|(b, i)| **i && b.place.in_body && is_good(b))
        .map(|(b, _)| b.text.len())
        .sum();
    let all: usize = blocks.iter().zip(&inside).filter(|(b, i)| **i && is_good(b)).map(|(b, _)| b.text.len()).sum();
    let by_body = body > 0 && (body >= ENOUGH || body * 2 >= all);
    let heading = title_heading(&blocks, &inside, &titles);
    let mut title = None;
    let mut drafted = Vec::with_capacity(blocks.len());
    for (i, block) in blocks.into_iter().enumerate() {
        let reason = reason(&block, inside[i], by_body);
        let text = Block { text: block.text, pieces: block.pieces, reason };
        if Some(i) == heading {
            title = Some(Block { reason: None, ..text });
        } else {
            drafted.push(text);
        }
    }
    let mut draft = Draft::new(facts, drafted);
    draft.title = title.or(titles.shared).or(titles.window.map(without_site));
    draft
}

fn is_long(block: &PageBlock) -> bool {
    block.text.len() >= 40 && !block.is_linked(0.5) && !block.is_heading()
}

/// Text that an article could be made of.
fn is_good(block: &PageBlock) -> bool {
    is_long(block) && block.place.reason().is_none()
}

fn is_sentence(block: &PageBlock) -> bool {
    block.text.len() >= 80
        && !block.is_linked(0.2)
        && block.text.trim_end_matches(['"', '”', ')']).ends_with(['.', '!', '?'])
}

fn region(blocks: &[PageBlock], parents: &[usize]) -> Region {
    let total: usize = blocks.iter().filter(|b| is_good(b)).map(|b| b.text.len()).sum();
    let fullest = |of: fn(&PageBlock) -> Option<usize>| {
        let mut sums: HashMap<usize, usize> = HashMap::new();
        for block in blocks.iter().filter(|b| is_good(b)) {
            if let Some(id) = of(block) {
                *sums.entry(id).or_default() += block.text.len();
            }
        }
        sums.into_iter().max_by_key(|&(id, sum)| (sum, std::cmp::Reverse(id)))
    };
    let holds = |sum: usize, share: usize| sum > 0 && (sum >= ENOUGH || sum * 2 >= total) && sum * 100 >= total * share;
    if let Some((id, _)) = fullest(|b| b.article).filter(|(_, sum)| holds(*sum, 30)) {
        return Region::Article(id);
    }
    if let Some((id, _)) = fullest(|b| b.main).filter(|(_, sum)| holds(*sum, 30)) {
        return Region::Main(id);
    }
    if blocks.iter().any(|b| b.place.in_body && is_good(b)) {
        return Region::Page;
    }
    // Each text speaks for the element it stands in, and half as much for the one around that.
    let mut scores: HashMap<usize, usize> = HashMap::new();
    for block in blocks.iter().filter(|b| is_good(b)) {
        let holder = holder(block, parents);
        *scores.entry(holder).or_default() += 2 * block.text.len();
        *scores.entry(parents[holder]).or_default() += block.text.len();
    }
    scores
        .into_iter()
        .max_by_key(|&(id, score)| (score, std::cmp::Reverse(id)))
        .map_or(Region::Page, |(id, _)| Region::Dense(id))
}

/// The element that holds a paragraph: around `p`, the nearest one for text that stands by itself.
fn holder(block: &PageBlock, parents: &[usize]) -> usize {
    if block.block.is_some_and(|b| b.ends_itself()) { parents[block.element] } else { block.element }
}

fn is_inside(block: &PageBlock, region: Region, parents: &[usize]) -> bool {
    match region {
        Region::Page => true,
        Region::Article(id) => block.article == Some(id),
        Region::Main(id) => block.main == Some(id),
        Region::Dense(id) => {
            let mut element = block.element;
            for _ in 0..6 {
                if element == id {
                    return true;
                }
                element = parents[element];
            }
            false
        }
    }
}

fn reason(block: &PageBlock, inside: bool, by_body: bool) -> Option<Reason> {
    let place = block.place;
    if let Some(reason) = place.reason() {
        return Some(reason);
    }
    if !inside || (by_body && !place.in_body && !is_sentence(block)) {
        return Some(furniture::reason(&block.text).unwrap_or(Reason::OutsideArticle));
    }
    let stop = block.text.trim_end_matches(['"', '”', ')']).ends_with(['.', '!', '?']);
    if block.is_linked(0.7) && !stop {
        let label = furniture::reason(&block.text).filter(|r| *r != Reason::Heading);
        return Some(label.unwrap_or(if block.text.len() > 30 { Reason::Related } else { Reason::Navigation }));
    }
    None
}

/// The heading that is the title: of the first level, and like the titles that the page states elsewhere.
fn title_heading(blocks: &[PageBlock], inside: &[bool], titles: &Titles) -> Option<usize> {
    let stated: Vec<&str> = [
        titles.shared.as_ref().map(|t| t.text.as_str()),
        titles.headline.as_deref(),
        titles.window.as_ref().map(|t| t.text.as_str()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let is_level = |i: &usize, level: &str| blocks[*i].block.is_some_and(|b| b.name() == level);
    let candidates = || (0..blocks.len()).filter(|&i| is_level(&i, "h1") || is_level(&i, "h2")).take(64);
    let alike = candidates().find(|&i| stated.iter().any(|title| is_alike(&blocks[i].text, title)));
    if alike.is_some() || titles.shared.is_some() {
        return alike;
    }
    let first = |within: bool| {
        (0..blocks.len()).find(|i| is_level(i, "h1") && (!within || inside[*i]) && blocks[*i].place.reason().is_none())
    };
    first(true).or_else(|| first(false))
}

/// Whether most words of the heading stand in the title.
fn is_alike(heading: &str, title: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (heading, title) = (words(heading), words(title));
    let common = heading.iter().filter(|w| title.contains(w)).count();
    heading.len() >= 2 && common * 3 >= heading.len() * 2 && common * 2 >= title.len().min(12)
}

/// Cuts the name of the site off the title of the window: "Ruritania closes its border | The Strelsau Times".
fn without_site(title: Block) -> Block {
    let cut = [" | ", " - ", " – ", " — ", " :: "].iter().filter_map(|mark| title.text.rfind(mark)).max();
    match cut {
        Some(at) if at * 2 > title.text.len() => {
            let (text, pieces) = crate::cleaner::cut(&title.text, &title.pieces, 0..at);
            Block::new(text, pieces)
        }
        _ => title,
    }
}
