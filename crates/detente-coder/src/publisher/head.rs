//! What an article is about and where: the states and the year of its title, the place that it is dated from, whether it tells of sport.

use detente_lexicon::{ActorKind, Lexicon, Meaning};
use detente_text::Article;
use jiff::civil::Date;
use smol_str::{SmolStr, StrExt as _};

use super::names_in;

/// What the names of the place that an article is dated from may mean.
pub fn dated_from(lexicon: &Lexicon, article: &Article) -> Vec<Meaning> {
    let parts = article.place.iter().flat_map(|place| place.split([',', '/'])).map(str::trim);
    parts.flat_map(|part| [lexicon.names.get(part), lexicon.names.get(&title_case(part))].concat()).collect()
}

fn title_case(text: &str) -> String {
    text.split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars
                .next()
                .map_or(String::new(), |first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Codes of the states that a title names, each once.
pub fn states_of_title(lexicon: &Lexicon, article: &Article) -> Vec<SmolStr> {
    let Some(title) = article.title() else { return Vec::new() };
    let mut codes: Vec<SmolStr> = Vec::new();
    for (_, meanings) in names_in(lexicon, &title.text, 0..title.text.len()) {
        let [Meaning::Actor(number, _), ..] = *meanings else { continue };
        let actor = &lexicon.actors[number as usize];
        if actor.kind == ActorKind::State && !codes.contains(&actor.code) {
            codes.push(actor.code.clone());
        }
    }
    codes
}

/// The first day of the year that an article is about: "Ruritania in 1998".
pub fn year_of_title(article: &Article) -> Option<Date> {
    let (whose, year) = article.title()?.text.trim().rsplit_once(" in ")?;
    let is_name = |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "and" | "of" | "the");
    let year: i16 = year.parse().ok().filter(|year| (1900..2100).contains(year))?;
    Date::new(year, 1, 1).ok().filter(|_| whose.split_whitespace().all(is_name))
}

/// So many different words of sport make an article one of sport.
const OF_SPORT: usize = 5;

/// Tells whether an article tells of sport, by its words.
pub fn is_of_sport(lexicon: &Lexicon, article: &Article) -> bool {
    let mut found: Vec<&SmolStr> = Vec::new();
    for passage in &article.passages {
        for word in passage.text.split(|char: char| !char.is_alphanumeric() && char != '-') {
            if let Some(known) = lexicon.words.sport.get(&*word.to_lowercase_smolstr())
                && !found.contains(&known)
            {
                found.push(known);
                if found.len() == OF_SPORT {
                    return true;
                }
            }
        }
    }
    false
}
