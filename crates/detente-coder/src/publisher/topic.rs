//! Whether an article tells of sport, by its words.

use detente_lexicon::Lexicon;
use detente_text::Article;
use smol_str::{SmolStr, StrExt as _};

/// How many different words of sport make an article one of sport, and how many of them must be words of nothing else.
struct Least {
    words: usize,
    of_nothing_else: usize,
}

const OF_SPORT: Least = Least { words: 5, of_nothing_else: 2 };
const OF_SPORT_BRIEFLY: Least = Least { words: 3, of_nothing_else: 1 };
/// The longest article that is brief, in bytes: a few lines.
const BRIEF: usize = 400;

/// Tells whether an article tells of sport, by its words, of which a plural counts as its singular.
pub fn is_of_sport(lexicon: &Lexicon, article: &Article) -> bool {
    let sport = &lexicon.words.sport;
    let mut found: Vec<(&SmolStr, bool)> = Vec::new();
    for passage in &article.passages {
        for word in passage.text.split(|char: char| !char.is_alphanumeric() && char != '-') {
            let word = word.to_lowercase_smolstr();
            let singular = || word.strip_suffix('s').and_then(|singular| sport.get_key_value(singular));
            if let Some((known, &is_alone)) = sport.get_key_value(&*word).or_else(singular)
                && !found.contains(&(known, is_alone))
            {
                found.push((known, is_alone));
            }
        }
    }
    let length: usize = article.passages.iter().map(|passage| passage.text.len()).sum();
    let least = if length <= BRIEF { OF_SPORT_BRIEFLY } else { OF_SPORT };
    let of_nothing_else = found.iter().filter(|(_, is_alone)| *is_alone).count();
    found.len() >= least.words && of_nothing_else >= least.of_nothing_else
}
