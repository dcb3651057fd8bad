//! Articles in: which column holds which field.

use std::borrow::Cow;
use std::collections::BTreeMap;

use arrow_array::{ArrayRef, RecordBatch};
use detente_text::Fields;

use crate::error::Error;
use crate::words::Words;

/// What the caller calls the columns: name of a field (`text`, `date`, `title`...) and of the column that holds it.
pub type Columns = BTreeMap<String, String>;

/// The names of columns that hold the text, the first that is there and filled being taken.
const TEXTS: [&str; 3] = ["text", "body", "event_text"];

/// The fields that a caller may name a column for.
const FIELDS: [&str; 8] = ["id", "title", "date", "url", "source", "author", "text", "coded"];

/// The articles of a batch, one a row.
#[derive(Debug, Clone)]
pub struct Articles {
    rows: usize,
    id: Option<Words>,
    title: Option<Words>,
    date: Option<Words>,
    url: Option<Words>,
    source: Option<Words>,
    author: Option<Words>,
    texts: Vec<Words>,
    coded: Option<Words>,
}

impl Articles {
    /// Finds the columns of a batch by their names, in capitals or not.
    ///
    /// # Errors
    ///
    /// When there is no column for the text, a column that the caller names is not there, or one holds no words.
    pub fn of(batch: &RecordBatch, columns: &Columns) -> Result<Articles, Error> {
        let schema = batch.schema_ref();
        let at = |name: &str| schema.fields().iter().position(|field| field.name().eq_ignore_ascii_case(name));
        let found = || schema.fields().iter().map(|field| format!("{:?}", field.name())).collect::<Vec<_>>().join(", ");
        if let Some(name) = columns.keys().find(|name| !FIELDS.contains(&name.as_str())) {
            return Err(Error::NoField { name: name.clone(), fields: FIELDS.join(", ") });
        }
        let given = |field: &str| match columns.get(field) {
            None => Ok(at(field)),
            Some(name) => match schema.index_of(name).ok().or_else(|| at(name)) {
                None => Err(Error::NoColumn { name: name.clone(), found: found() }),
                place => Ok(place),
            },
        };
        let read = |place: usize, read: fn(&ArrayRef) -> Option<Words>, wanted| {
            read(batch.column(place)).ok_or_else(|| Error::NotWords {
                name: schema.field(place).name().clone(),
                found: schema.field(place).data_type().to_string(),
                wanted,
            })
        };
        let strings = |place: usize| read(place, Words::of_strings, "strings");
        let texts: Vec<usize> = match columns.contains_key("text") {
            true => given("text")?.into_iter().collect(),
            false => TEXTS.iter().filter_map(|name| at(name)).collect(),
        };
        if texts.is_empty() {
            return Err(Error::NoTextColumn { wanted: TEXTS.join(", "), found: found() });
        }
        let optional = |field: &str| given(field)?.map(strings).transpose();
        Ok(Articles {
            rows: batch.num_rows(),
            id: given("id")?.map(|at| read(at, Words::of_names, "strings or whole numbers")).transpose()?,
            title: optional("title")?,
            date: given("date")?.map(|at| read(at, Words::of_days, "strings or dates")).transpose()?,
            url: optional("url")?,
            source: optional("source")?,
            author: optional("author")?,
            texts: texts.into_iter().map(strings).collect::<Result<_, _>>()?,
            coded: optional("coded")?,
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The parts of the article of a row, to be read.
    ///
    /// # Panics
    ///
    /// When there is no such row.
    pub fn fields(&self, row: usize) -> Fields<'_> {
        Fields {
            id: field(&self.id, row),
            title: field(&self.title, row),
            date: field(&self.date, row),
            url: field(&self.url, row),
            source: field(&self.source, row),
            author: field(&self.author, row),
            text: self.texts.iter().filter_map(|words| words.field(row)).find(|text| !text.trim().is_empty()),
            coded: field(&self.coded, row),
            is_page: false,
        }
    }
}

fn field(words: &Option<Words>, row: usize) -> Option<Cow<'_, str>> {
    words.as_ref()?.field(row)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::types::Int32Type;
    use arrow_array::{
        Date32Array, DictionaryArray, Int64Array, LargeStringArray, NullArray, StringArray, StringViewArray,
        TimestampMicrosecondArray,
    };

    use super::*;

    fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
            .expect("columns of one length")
    }

    const TEXT: [Option<&str>; 3] = [Some("Ruritania sued."), None, Some("A text that does not fit into a view")];

    #[test]
    fn every_layout_of_strings_reads_the_same() {
        let layouts: [ArrayRef; 4] = [
            Arc::new(StringArray::from(TEXT.to_vec())),
            Arc::new(LargeStringArray::from(TEXT.to_vec())),
            Arc::new(StringViewArray::from(TEXT.to_vec())),
            Arc::new(TEXT.into_iter().collect::<DictionaryArray<Int32Type>>()),
        ];
        for text in layouts {
            // A slice has its own beginning.
            for (from, rows) in [(0, 3), (1, 2)] {
                let batch = batch(vec![("TEXT", text.clone())]).slice(from, rows);
                let articles = Articles::of(&batch, &Columns::new()).expect("a column of text");
                let read: Vec<_> = (0..articles.len()).map(|row| articles.fields(row).text).collect();
                let wanted: Vec<_> = TEXT[from..].iter().map(|text| text.map(Cow::Borrowed)).collect();
                assert_eq!(read, wanted, "{} from {from}", text.data_type());
            }
        }
    }

    #[test]
    fn days_numbers_and_nothing_are_read() {
        let batch = batch(vec![
            ("text", Arc::new(StringArray::from(vec![" ", "b"]))),
            ("body", Arc::new(StringArray::from(vec!["a", "c"]))),
            ("id", Arc::new(Int64Array::from(vec![7, -1]))),
            ("date", Arc::new(Date32Array::from(vec![Some(19_000), None]))),
            ("seen", Arc::new(TimestampMicrosecondArray::from(vec![-1, 86_400_000_000]).with_timezone("+05:00"))),
            ("url", Arc::new(NullArray::new(2))),
        ]);
        let articles = Articles::of(&batch, &Columns::new()).expect("articles");
        let Fields { id, date, url, text, .. } = articles.fields(0);
        assert_eq!(
            (id.as_deref(), date.as_deref(), url, text.as_deref()),
            (Some("7"), Some("2022-01-08"), None, Some("a"))
        );
        let seen = Columns::from([("date".to_owned(), "seen".to_owned())]);
        let articles = Articles::of(&batch, &seen).expect("articles");
        let days: Vec<_> = (0..2).filter_map(|row| articles.fields(row).date.map(Cow::into_owned)).collect();
        assert_eq!(days, ["1969-12-31", "1970-01-02"]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let batch = batch(vec![("Words", Arc::new(Int64Array::from(vec![1])))]);
        let error = |columns: &[(&str, &str)]| {
            let columns = columns.iter().map(|(field, name)| ((*field).to_owned(), (*name).to_owned())).collect();
            Articles::of(&batch, &columns).expect_err("no articles").to_string()
        };
        assert_eq!(error(&[]), "no column is named text, body, event_text; the columns are \"Words\"");
        assert_eq!(error(&[("text", "Content")]), "no column is named \"Content\"; the columns are \"Words\"");
        assert_eq!(error(&[("text", "Words")]), "the column \"Words\" holds Int64, not strings");
        assert!(error(&[("body", "Words")]).starts_with("articles have no field \"body\"; the fields are id, "));
    }
}
