//! Tells whether words are English, and if not in which language they are.

use std::fmt;

/// A language, which displays as its English name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct Language(whatlang::Lang);

impl Language {
    /// English.
    pub const ENGLISH: Language = Language(whatlang::Lang::Eng);

    /// The English name: "Russian".
    pub fn name(self) -> &'static str {
        self.0.eng_name()
    }

    /// The three-letter code of ISO 639-3: "rus".
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Whether it is English.
    pub fn is_english(self) -> bool {
        self == Language::ENGLISH
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    /// The language of a three-letter code.
    fn try_from(code: String) -> Result<Language, String> {
        whatlang::Lang::from_code(&code).map(Language).ok_or_else(|| format!("{code:?} is no code of a language"))
    }
}

impl From<Language> for &'static str {
    fn from(language: Language) -> &'static str {
        language.code()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Words after which the verdict is not going to change.
const ENOUGH_WORDS: usize = 120;
/// Fewer words tell nothing.
const FEW_WORDS: usize = 8;
/// Bytes that are shown to the statistical detector.
const PREFIX: usize = 1200;

/// The language of a text, if it is long enough and plain enough to tell.
///
/// English is recognised by its function words; only what lacks them is given to the detector, which takes lists of
/// names for other languages.
pub(crate) fn detect(text: &str) -> Option<Language> {
    let mut words = 0;
    let mut english = 0;
    let mut distinct = 0u64;
    for word in text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').filter(|w| !w.is_empty()) {
        words += 1;
        if let Some(i) = function_word(word) {
            english += 1;
            distinct |= 1 << i;
        }
        if words == ENOUGH_WORDS {
            break;
        }
    }
    if distinct.count_ones() >= 2 && english * 8 >= words && words >= 4 {
        return Some(Language::ENGLISH);
    }
    let prefix = prefix(text);
    let (latin, other) = prefix
        .chars()
        .filter(|c| c.is_alphabetic())
        .fold((0, 0), |(latin, other), c| if (c as u32) < 0x250 { (latin + 1, other) } else { (latin, other + 1) });
    let foreign_script = other > latin && other >= 6;
    if words < FEW_WORDS && !foreign_script {
        return None;
    }
    let info = whatlang::detect(prefix)?;
    if foreign_script {
        return Some(Language(info.lang()));
    }
    // Capitalised words are names, which have no language.
    let names = text.split_whitespace().take(ENOUGH_WORDS).filter(|w| w.starts_with(char::is_uppercase)).count();
    let mostly_names = names * 2 > words;
    let sure = info.is_reliable() && info.confidence() >= 0.9;
    if info.lang() == whatlang::Lang::Eng {
        return (words >= FEW_WORDS).then_some(Language::ENGLISH);
    }
    (sure && words >= 14 && english * 20 < words && (!mostly_names || words >= 40)).then_some(Language(info.lang()))
}

fn prefix(text: &str) -> &str {
    let mut end = text.len().min(PREFIX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Words frequent in English and rare in other languages written in Latin letters.
const FUNCTION_WORDS: [&str; 64] = [
    "the", "of", "and", "to", "that", "for", "with", "was", "were", "is", "are", "by", "from", "has", "have", "had",
    "his", "its", "their", "which", "who", "said", "would", "will", "not", "this", "but", "it", "as", "at", "be",
    "been", "they", "we", "you", "after", "an", "on", "into", "what", "if", "can", "there", "about", "my", "your",
    "he", "she", "more", "one", "any", "some", "all", "out", "than", "when", "where", "while", "new", "over", "also",
    "most", "other", "two",
];

/// For each first letter, the function words that begin so, as bits.
const BY_LETTER: [u64; 26] = {
    let mut table = [0; 26];
    let mut i = 0;
    while i < FUNCTION_WORDS.len() {
        table[(FUNCTION_WORDS[i].as_bytes()[0] - b'a') as usize] |= 1 << i;
        i += 1;
    }
    table
};

fn function_word(word: &str) -> Option<usize> {
    let first = word.as_bytes().first()?.to_ascii_lowercase();
    let mut known = *BY_LETTER.get(usize::from(first.checked_sub(b'a')?))?;
    if word.len() > 5 {
        return None;
    }
    while known != 0 {
        let i = known.trailing_zeros() as usize;
        if FUNCTION_WORDS[i].eq_ignore_ascii_case(word) {
            return Some(i);
        }
        known &= known - 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<&'static str> {
        detect(text).map(Language::name)
    }

    #[test]
    fn english_is_english_and_names_are_nothing() {
        assert_eq!(name("Ruritania has recalled its ambassador from Freedonia after the talks."), Some("English"));
        assert_eq!(name("Ruritania, Freedonia, Sylvania"), None);
        assert_eq!(
            name(
                "Rudolf Rassendyll, Michael Elphberg, Antoinette de Mauban, Fritz von Tarlenheim, Black Michael, Rupert of Hentzau"
            ),
            None
        );
        assert_eq!(name("MR SAPT: Let me take a couple, any, one more question on Ruritania."), Some("English"));
        assert_eq!(name(""), None);
    }

    #[test]
    fn other_languages_are_named() {
        let german = "Die Regierung hat am Montag beschlossen, ihren Botschafter aus der Hauptstadt zurückzurufen, wie ein Sprecher mitteilte.";
        let french = "Le gouvernement a décidé lundi de rappeler son ambassadeur pour des consultations, a déclaré un porte-parole du ministère.";
        assert_eq!(name(german), Some("German"));
        assert_eq!(name(french), Some("French"));
        assert_eq!(
            name(
                "Правительство в понедельник отозвало своего посла для консультаций, сообщил представитель министерства."
            ),
            Some("Russian")
        );
        assert_eq!(name("政府は月曜日に大使を召還した"), Some("Japanese"));
    }
}
