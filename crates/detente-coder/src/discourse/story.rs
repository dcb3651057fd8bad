//! The times that an article tells of: since when its news is, and where it recalls the past from sentence to sentence.

use detente_grammar::Sentence;
use jiff::civil::Date;

use crate::when::is_time_word;

/// How a sentence tells of time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Telling {
    /// Of a past time that it names: "In 2014 Ruritania left the union."
    Recalls,
    /// Of what was done, without a time: as the sentence before it.
    GoesOn,
    /// Of the news, or of what is.
    Reports,
}

/// What an article has told so far of its times.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Story {
    /// The first day of the year that the title names as what the article is about: what is told of that year is its news.
    pub news_from: Option<Date>,
    /// Where the passage begins whose last sentence recalled the past.
    recalling: Option<usize>,
}

impl Story {
    /// The story of an article about a year that begins on a day.
    pub fn of(news_from: Option<Date>) -> Story {
        Story { news_from, ..Story::default() }
    }

    /// Tells whether the sentences before, in the passage that begins there, recall the past.
    pub fn recalls(&self, passage: usize) -> bool {
        self.recalling == Some(passage)
    }

    /// Passes over a sentence that is not read: where it names a time, nobody knows whether it still recalls the past.
    pub fn pass_over(&mut self, text: &str, sentence: &Sentence) {
        if sentence.tokens.iter().any(|token| is_time_word(token.form(text))) {
            self.recalling = None;
        }
    }

    /// Takes note of a sentence.
    pub fn go_on(&mut self, passage: usize, telling: Telling) {
        match telling {
            Telling::Recalls => self.recalling = Some(passage),
            Telling::GoesOn if self.recalls(passage) => {}
            Telling::GoesOn | Telling::Reports => self.recalling = None,
        }
    }
}
