//! Acts out: one row an act, with the act itself as PLOVER JSON in the last column.

use std::borrow::Borrow;
use std::sync::{Arc, LazyLock};

use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float32Array, Int32Array, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use detente_coder::{Act, Party};
use jiff::civil::Date;

use crate::words::EPOCH;

/// A column: its name, whether it is filled in every row, and what it holds.
struct Column(&'static str, bool, Content);

enum Content {
    Words(fn(&Act) -> Option<String>),
    Number(fn(&Act) -> i32),
    Measure(fn(&Act) -> Option<f32>),
    Truth(fn(&Act) -> bool),
    Day(fn(&Act) -> Option<Date>),
}

use Content::{Day, Measure, Number, Truth, Words};

/// The columns, in order: those of the CSV format for the first pair of sides, the codes of all sides, and the JSON.
const COLUMNS: &[Column] = &[
    Column("id", true, Words(|act| Some(act.id.clone()))),
    Column("article", true, Words(|act| Some(act.article.clone()))),
    Column("date", false, Day(|act| act.date)),
    Column("date_precision", true, Words(|act| Some(act.date_precision.to_string()))),
    Column("date_reported", false, Day(|act| act.date_reported)),
    Column("type", true, Words(|act| Some(act.event.join(";")))),
    Column("mode", false, Words(|act| joined(&act.mode))),
    Column("about", false, Words(|act| act.about.clone())),
    Column("context", false, Words(|act| joined(&act.context))),
    Column("quad", true, Number(|act| i32::from(act.quad_code))),
    Column("scale", true, Measure(|act| Some(act.event_scale))),
    Column("mutual", true, Truth(Act::is_mutual)),
    Column("actor", false, Words(|act| actor(act)?.code.clone())),
    Column("actor_name", false, Words(|act| actor(act)?.name.clone())),
    Column("actor_sector", false, Words(|act| joined(&actor(act)?.sector))),
    Column("actor_office", false, Words(|act| actor(act)?.office.clone())),
    Column("actor_words", false, Words(|act| Some(actor(act)?.entity_text.clone()))),
    Column("recipient", false, Words(|act| recipient(act)?.code.clone())),
    Column("recipient_name", false, Words(|act| recipient(act)?.name.clone())),
    Column("recipient_sector", false, Words(|act| joined(&recipient(act)?.sector))),
    Column("recipient_office", false, Words(|act| recipient(act)?.office.clone())),
    Column("recipient_words", false, Words(|act| Some(recipient(act)?.entity_text.clone()))),
    Column("actors", false, Words(|act| codes(&act.actor))),
    Column("recipients", false, Words(|act| codes(&act.recipient))),
    Column("factuality", true, Words(|act| Some(act.factuality.to_string()))),
    Column("epoch", true, Words(|act| Some(act.epoch.to_string()))),
    Column("attribution", true, Words(|act| Some(act.attribution.kind.to_string()))),
    Column("speaker", false, Words(|act| act.attribution.code.clone())),
    Column("speaker_words", false, Words(|act| act.attribution.speaker.clone())),
    Column("place", false, Words(|act| Some(act.event_loc.as_ref()?.resolved_place.clone()))),
    Column("place_country", false, Words(|act| act.event_loc.as_ref()?.country_code.clone())),
    Column("lat", false, Measure(|act| act.event_loc.as_ref()?.lat)),
    Column("lon", false, Measure(|act| act.event_loc.as_ref()?.lon)),
    Column("subject", false, Words(|act| act.subject.clone())),
    Column("field", true, Words(|act| Some(act.text_info.field.to_string()))),
    Column("evidence_start", true, Number(|act| number(act.evidence.start))),
    Column("evidence_end", true, Number(|act| number(act.evidence.end))),
    Column("evidence", true, Words(|act| Some(act.event_text.clone()))),
    Column("sentence_start", true, Number(|act| number(act.text_info.start))),
    Column("sentence_end", true, Number(|act| number(act.text_info.end))),
    Column("confidence", true, Measure(|act| Some(act.confidence))),
    Column("rule", true, Words(|act| Some(act.rule.clone()))),
    Column("link", false, Words(|act| act.link.clone())),
    Column("publication", false, Words(|act| act.cite_info.publication.clone())),
    Column("title", false, Words(|act| act.cite_info.title.clone())),
];

/// The name of the last column.
const JSON: &str = "json";

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let field = |column: &Column| {
        let kind = match column.2 {
            Words(_) => DataType::Utf8,
            Number(_) => DataType::Int32,
            Measure(_) => DataType::Float32,
            Truth(_) => DataType::Boolean,
            Day(_) => DataType::Date32,
        };
        Field::new(column.0, kind, !column.1)
    };
    let json = Field::new(JSON, DataType::Utf8, false);
    Arc::new(Schema::new(COLUMNS.iter().map(field).chain([json]).collect::<Vec<_>>()))
});

/// The columns of acts.
pub fn act_schema() -> SchemaRef {
    Arc::clone(&SCHEMA)
}

/// Acts as one batch, one row each, in order.
///
/// # Errors
///
/// When an act cannot be written as JSON, or all together hold more than 2 GiB of words.
pub fn acts<A: Borrow<Act>>(acts: &[A]) -> Result<RecordBatch, ArrowError> {
    let acts = || acts.iter().map(Borrow::borrow);
    let column = |column: &Column| -> ArrayRef {
        match column.2 {
            Words(of) => Arc::new(acts().map(of).collect::<StringArray>()),
            Number(of) => Arc::new(acts().map(|act| Some(of(act))).collect::<Int32Array>()),
            Measure(of) => Arc::new(acts().map(of).collect::<Float32Array>()),
            Truth(of) => Arc::new(acts().map(|act| Some(of(act))).collect::<BooleanArray>()),
            Day(of) => Arc::new(acts().map(|act| of(act).map(days)).collect::<Date32Array>()),
        }
    };
    let mut columns: Vec<ArrayRef> = COLUMNS.iter().map(column).collect();
    let json: Vec<String> = acts()
        .map(serde_json::to_string)
        .collect::<Result<_, _>>()
        .map_err(|error| ArrowError::JsonError(error.to_string()))?;
    columns.push(Arc::new(StringArray::from(json)));
    RecordBatch::try_new(act_schema(), columns)
}

fn actor(act: &Act) -> Option<&Party> {
    act.actor.first()
}

/// The first side that is acted upon; of sides that act together the second.
fn recipient(act: &Act) -> Option<&Party> {
    if act.is_mutual() { act.actor.get(1) } else { act.recipient.first() }
}

fn joined(words: &[String]) -> Option<String> {
    (!words.is_empty()).then(|| words.join(";"))
}

fn codes(parties: &[Party]) -> Option<String> {
    let codes: Vec<String> = parties.iter().filter_map(|party| party.code.clone()).collect();
    joined(&codes)
}

/// Articles are shorter than 2^31 characters.
fn number(at: u32) -> i32 {
    i32::try_from(at).unwrap_or(i32::MAX)
}

/// A date as Arrow's `Date32` counts: days since 1970-01-01.
///
/// ```
/// assert_eq!(detente_columns::days(jiff::civil::date(1970, 2, 1)), 31);
/// ```
pub fn days(date: Date) -> i32 {
    (date - EPOCH).get_days()
}

#[cfg(test)]
mod tests {
    use arrow_array::Array;
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Date32Type, Int32Type};
    use detente_text::Fields;

    use super::*;

    #[test]
    fn a_row_says_what_the_act_says() {
        let fields = Fields {
            date: Some("2024-05-03".into()),
            text: Some("Norway and Finland signed a treaty on Thursday. Norway imposed sanctions on Estonia.".into()),
            ..Fields::default()
        };
        let article = fields.read(|| "a".to_owned()).expect("an article");
        let coder = detente_builtin::coder(None).expect("a coder");
        let coded = coder.code(&article).acts;
        let batch = acts(&coded).expect("a batch");
        let words = |name: &str, row: usize| {
            let column = batch.column_by_name(name).expect("a column").as_string::<i32>();
            column.is_valid(row).then(|| column.value(row).to_owned())
        };
        let row =
            |recipient: &str| (0..batch.num_rows()).find(|&row| words("recipient", row).as_deref() == Some(recipient));
        let signed = row("FIN").expect("an act of both");
        assert_eq!((words("actor", signed), words("actors", signed)), (Some("NOR".into()), Some("NOR;FIN".into())));
        assert_eq!(words("recipients", signed), None);
        assert!(batch.column_by_name("mutual").expect("a column").as_boolean().value(signed));
        let day = batch.column_by_name("date").expect("a column").as_primitive::<Date32Type>().value(signed);
        assert_eq!(day, 19_845);
        let sanctioned = row("EST").expect("an act of one");
        assert_eq!(
            (words("type", sanctioned), words("recipients", sanctioned)),
            (Some("SANCTION".into()), Some("EST".into()))
        );
        assert_eq!(words("json", sanctioned), serde_json::to_string(&coded[sanctioned]).ok());
        let start = batch.column_by_name("sentence_start").expect("a column").as_primitive::<Int32Type>();
        assert_eq!(start.value(sanctioned), 48);
    }

    #[test]
    fn no_acts_have_the_same_columns() {
        assert_eq!(acts::<Act>(&[]).expect("a batch").schema(), act_schema());
    }
}
