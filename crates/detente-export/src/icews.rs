//! ICEWS: 20 columns between tabs, with a header, and CAMEO codes as text.

use crate::event::{Party, number};
use crate::exporter::{Exporter, Pair, cameo, row as tabbed, text};

/// The columns, in order.
pub const COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

/// The row of a pair; nothing where a side is missing, since ICEWS knows only pairs.
pub(crate) fn row(exporter: &Exporter<'_>, pair: &Pair<'_>) -> Vec<u8> {
    let act = pair.act();
    let (Some(source), Some(target), Some(code)) = (pair.actor, pair.recipient, cameo(exporter, act)) else {
        return Vec::new();
    };
    let place = act.event_loc.as_ref();
    let at = |resolution: u8| text(place.filter(|place| place.resolution == resolution).map(|p| &p.resolved_place));
    let country = place.and_then(|place| place.country_code.as_deref());
    let [source_name, source_sectors, source_country] = party(exporter, source);
    let [target_name, target_sectors, target_country] = party(exporter, target);
    let fields = [
        number(&act.id, pair.number).to_string(),
        text(act.day()),
        source_name,
        source_sectors,
        source_country,
        code.words.to_string(),
        code.code.to_string(),
        format!("{:.1}", code.goldstein),
        target_name,
        target_sectors,
        target_country,
        act.article.clone(),
        (act.text_info.sequence + 1).to_string(),
        text(act.cite_info.publication.as_ref()),
        at(4),
        at(3),
        at(2),
        text(country.and_then(|code| exporter.lexicon.actor(code)).map(|country| &country.title)),
        text(place.and_then(|place| place.lat)),
        text(place.and_then(|place| place.lon)),
    ];
    tabbed(&fields, "")
}

/// Name, sectors and country of a side.
fn party(exporter: &Exporter<'_>, party: &Party) -> [String; 3] {
    let country = party.code.as_deref().and_then(|code| exporter.lexicon.actor(code));
    let name = match (&party.office, &party.name) {
        (Some(office), Some(name)) => format!("{office} ({name})"),
        _ => party.called(exporter),
    };
    [name, party.sector.join(","), text(country.map(|country| &country.title))]
}
