//! POLECAT: 40 columns between tabs, with a header; an empty field is the word None.

use crate::event::Party;
use crate::exporter::{Exporter, Pair, row as tabbed, text};

/// The columns, in order.
pub const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// The row of a pair.
pub(crate) fn row(exporter: &Exporter<'_>, pair: &Pair<'_>) -> Vec<u8> {
    let act = pair.act();
    let words = exporter.options.text;
    let place = act.event_loc.as_ref();
    let at = |resolution: u8| text(place.filter(|place| place.resolution == resolution).map(|p| &p.resolved_place));
    let country = place.and_then(|place| place.country_code.as_deref()).and_then(|code| exporter.lexicon.actor(code));
    let quad = ["VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"];
    let mut fields = vec![
        pair.id(),
        text(act.day()),
        act.event_type().to_owned(),
        act.mode.first().cloned().unwrap_or_default(),
        act.event_scale.to_string(),
        text(quad.get(usize::from(act.quad_code).wrapping_sub(1))),
        act.context.join("; "),
    ];
    for side in [pair.actor, pair.recipient] {
        fields.extend(party(exporter, side));
    }
    fields.extend([
        text(place.map(|place| &place.resolved_place)),
        at(4),
        at(3),
        at(2),
        text(country.map(|country| &country.title)),
        text(place.and_then(|place| place.lat)),
        text(place.and_then(|place| place.lon)),
        String::new(),
        if words { text(place.map(|place| &place.extracted_place)) } else { String::new() },
        String::new(),
        text(act.cite_info.publication.as_ref()),
        text(act.date_reported),
        String::new(),
        String::new(),
        String::new(),
        "English".to_owned(),
        format!("{} {}", act.coder, act.version),
    ]);
    tabbed(&fields, "None")
}

/// Name, country, COW number, sectors, title, words and Wikipedia id of a side.
fn party(exporter: &Exporter<'_>, party: Option<&Party>) -> [String; 8] {
    let Some(party) = party else { return Default::default() };
    let words = exporter.options.text;
    let cow = party.code.as_deref().and_then(|code| exporter.lexicon.actor(code)).and_then(|actor| actor.cow);
    [
        party.called(exporter),
        text(party.code.as_ref()),
        text(cow),
        text(party.sector.first()),
        party.sector.join("; "),
        text(party.office.as_ref()),
        if words { party.entity_text.clone() } else { String::new() },
        String::new(),
    ]
}
