//! CSV: one row for each directed pair, with all that the other formats cannot say.

use csv::WriterBuilder;

use crate::event::{Party, hash};
use crate::exporter::{Exporter, Pair, text};

/// The columns, in order.
pub const COLUMNS: [&str; 46] = [
    "id",
    "act",
    "article",
    "date",
    "date_precision",
    "date_reported",
    "type",
    "mode",
    "about",
    "context",
    "quad",
    "scale",
    "mutual",
    "actor",
    "actor_name",
    "actor_sector",
    "actor_office",
    "actor_words",
    "recipient",
    "recipient_name",
    "recipient_sector",
    "recipient_office",
    "recipient_words",
    "factuality",
    "epoch",
    "attribution",
    "speaker",
    "speaker_words",
    "place",
    "place_country",
    "lat",
    "lon",
    "subject",
    "field",
    "evidence_start",
    "evidence_end",
    "evidence",
    "evidence_sha256",
    "sentence_start",
    "sentence_end",
    "sentence",
    "confidence",
    "rule",
    "link",
    "publication",
    "title",
];

/// The names of the columns.
pub(crate) fn head() -> Vec<u8> {
    record(COLUMNS.iter().map(|name| (*name).to_owned()))
}

/// The row of a pair.
pub(crate) fn row(exporter: &Exporter<'_>, pair: &Pair<'_>) -> Vec<u8> {
    let act = pair.act();
    let words = |words: &str| if exporter.options.text { words.to_owned() } else { String::new() };
    let code = |code: Option<&String>| text(code.and_then(|code| exporter.options.codes.of(exporter.lexicon, code)));
    let party = |party: Option<&Party>| {
        [
            code(party.and_then(|party| party.code.as_ref())),
            text(party.and_then(|party| party.name.as_ref())),
            party.map(|party| party.sector.join(";")).unwrap_or_default(),
            text(party.and_then(|party| party.office.as_ref())),
            words(party.map_or("", |party| &party.entity_text)),
        ]
    };
    let place = act.event_loc.as_ref();
    let mut fields = vec![
        pair.id(),
        act.id.clone(),
        act.article.clone(),
        text(act.date),
        act.date_precision.clone(),
        text(act.date_reported),
        act.event_type().to_owned(),
        act.mode.join(";"),
        text(act.about.as_ref()),
        act.context.join(";"),
        act.quad_code.to_string(),
        act.event_scale.to_string(),
        u8::from(act.is_mutual()).to_string(),
    ];
    fields.extend(party(pair.actor));
    fields.extend(party(pair.recipient));
    fields.extend([
        act.factuality.clone(),
        act.epoch.clone(),
        act.attribution.kind.clone(),
        code(act.attribution.code.as_ref()),
        words(act.attribution.speaker.as_deref().unwrap_or_default()),
        text(place.map(|place| &place.resolved_place)),
        code(place.and_then(|place| place.country_code.as_ref())),
        text(place.and_then(|place| place.lat)),
        text(place.and_then(|place| place.lon)),
        words(act.subject.as_deref().unwrap_or_default()),
        act.text_info.field.clone(),
        act.evidence.start.to_string(),
        act.evidence.end.to_string(),
        words(&act.event_text),
        hash(&act.event_text),
        act.text_info.start.to_string(),
        act.text_info.end.to_string(),
        words(pair.event.sentence.as_deref().unwrap_or_default()),
        act.confidence.to_string(),
        act.rule.clone(),
        text(act.link.as_ref()),
        text(act.cite_info.publication.as_ref()),
        words(act.cite_info.title.as_deref().unwrap_or_default()),
    ]);
    record(fields)
}

/// A line of CSV.
fn record(fields: impl IntoIterator<Item = String>) -> Vec<u8> {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    // Memory takes whatever is written to it.
    let _ = writer.write_record(fields);
    writer.into_inner().unwrap_or_default()
}
