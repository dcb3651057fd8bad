//! What an article is about and where: the states and the year of its title, the place that it is dated from.

use detente_lexicon::{ActorKind, Lexicon, Meaning};
use detente_text::Article;
use jiff::civil::Date;
use smol_str::SmolStr;

use super::names_in;

/// Tells whether the dateline is of a city where many states meet, or of Brussels in an article that names the Union or NATO.
pub fn is_dated_from_a_venue(lexicon: &Lexicon, article: &Article) -> bool {
    let names_union = || {
        let is_union = |word: &str| matches!(word, "EU" | "NATO");
        let names_it =
            |text: &str| text.contains("European Union") || text.split(|c: char| !c.is_alphanumeric()).any(is_union);
        article.passages.iter().any(|passage| names_it(&passage.text))
    };
    places(article).any(|place| {
        let is_venue = |venue: &SmolStr| venue.eq_ignore_ascii_case(place);
        lexicon.words.venues.iter().any(is_venue) || place.eq_ignore_ascii_case("Brussels") && names_union()
    })
}

/// The parts of the dateline's place: "Geneva, Switzerland".
fn places(article: &Article) -> impl Iterator<Item = &str> {
    article.place.iter().flat_map(|place| place.split([',', '/'])).map(str::trim)
}

/// What the names of the place that an article is dated from may mean.
pub fn dated_from(lexicon: &Lexicon, article: &Article) -> Vec<Meaning> {
    places(article).flat_map(|part| [lexicon.names.get(part), lexicon.names.get(&title_case(part))].concat()).collect()
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
pub fn year_of_title(lexicon: &Lexicon, article: &Article) -> Option<Date> {
    let (whose, year) = article.title()?.text.trim().rsplit_once(" in ")?;
    let is_state = |meaning: &Meaning| matches!(meaning, Meaning::Actor(number, _) if lexicon.actors[*number as usize].kind == ActorKind::State);
    let year: i16 = year.parse().ok().filter(|year| (1900..2100).contains(year))?;
    Date::new(year, 1, 1).ok().filter(|_| lexicon.names.get(whose).iter().any(is_state))
}
