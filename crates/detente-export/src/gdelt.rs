//! GDELT 2 events: 61 columns between tabs, without a header.
//!
//! Two systems of country codes stand in one row: CAMEO's three letters for actors, FIPS 10-4's two for places.

use detente_lexicon::ActorKind;
use jiff::civil::Date;

use crate::event::{Location, Party, number};
use crate::exporter::{Exporter, Pair, cameo, row as tabbed, text};

/// The columns, in order; files of GDELT do not name them.
pub const COLUMNS: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// The row of a pair; nothing where the act has neither side.
pub(crate) fn row(exporter: &Exporter<'_>, pair: &Pair<'_>) -> Vec<u8> {
    let act = pair.act();
    let (Some(day), Some(code)) = (act.day(), cameo(exporter, act)) else { return Vec::new() };
    if pair.actor.is_none() && pair.recipient.is_none() {
        return Vec::new();
    }
    let is_root = act.text_info.field == "title" || act.text_info.sequence == 0;
    let mut fields = vec![
        number(&act.id, pair.number).to_string(),
        digits(day),
        digits(day)[..6].to_owned(),
        day.year().to_string(),
        // The codebook counts months of thirty days.
        format!("{:.4}", f64::from(day.year()) + (f64::from(day.month()) * 30.0 + f64::from(day.day())) / 365.0),
    ];
    for side in [pair.actor, pair.recipient] {
        fields.extend(party(exporter, side));
    }
    fields.extend([
        u8::from(is_root).to_string(),
        code.code.to_string(),
        code.base().to_owned(),
        code.root().to_owned(),
        code.quad().to_string(),
        format!("{:.1}", code.goldstein),
        (pair.event.articles + act.repeats.len()).to_string(),
        pair.event.outlets.to_string(),
        pair.event.articles.to_string(),
        // No tone is measured, and readers ask for one.
        "0".to_owned(),
    ]);
    for _ in [pair.actor, pair.recipient] {
        fields.extend(place(exporter, None));
    }
    fields.extend(place(exporter, act.event_loc.as_ref()));
    fields.push(format!("{}000000", digits(act.date_reported.unwrap_or(day))));
    fields.push(act.link.clone().unwrap_or_else(|| act.article.clone()));
    tabbed(&fields, "")
}

fn digits(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// Code, name, country, known group, ethnic, two religious and three type codes of a side.
fn party(exporter: &Exporter<'_>, party: Option<&Party>) -> [String; 10] {
    let Some(party) = party else { return Default::default() };
    let actor = party.code.as_deref().and_then(|code| exporter.lexicon.actor(code));
    let cameo = actor.map(|actor| exporter.lexicon.crosswalk.cameo_actor(&actor.code).to_owned());
    let is_group = actor.is_some_and(|actor| actor.kind != ActorKind::State);
    let [country, group] = match (cameo, is_group) {
        (Some(code), true) => [String::new(), code],
        (code, _) => [code.unwrap_or_default(), String::new()],
    };
    let mut types = party.sector.iter().map(|sector| actor_type(sector)).filter(|code| !code.is_empty());
    let types = [(); 3].map(|()| types.next().unwrap_or_default().to_owned());
    let code = format!("{country}{group}{}", types.concat());
    let name = party.called(exporter).to_uppercase();
    let none = String::new;
    let [first, second, third] = types;
    [code, name, country, group, none(), none(), none(), first, second, third]
}

/// The CAMEO role code of a PLOVER sector; sectors that CAMEO lacks have none.
fn actor_type(sector: &str) -> &str {
    match sector {
        "PTY" => "OPP",
        "PRM" => "UAF",
        "JRN" => "MED",
        "SOC" => "CVL",
        "UNK" => "",
        sector => sector,
    }
}

/// Type, name, country, two administrative codes, coordinates and feature id of a place.
fn place(exporter: &Exporter<'_>, place: Option<&Location>) -> [String; 8] {
    let none = String::new;
    let Some(place) = place else {
        return ["0".to_owned(), none(), none(), none(), none(), none(), none(), none()];
    };
    let country = place.country_code.as_deref();
    let fips = text(country.and_then(|code| exporter.lexicon.crosswalk.fips(code)));
    // Country, state of the United States, city there, city elsewhere, province elsewhere.
    let kind = match (place.resolution, country) {
        (1, _) => "1",
        (2 | 3, Some("USA")) => "2",
        (4, Some("USA")) => "3",
        (4, _) => "4",
        _ => "5",
    };
    let country_name = country.and_then(|code| exporter.lexicon.actor(code)).map(|country| country.title.as_str());
    let name = match country_name {
        Some(country) if country != place.resolved_place => format!("{}, {country}", place.resolved_place),
        _ => place.resolved_place.clone(),
    };
    [kind.to_owned(), name, fips.clone(), fips, none(), text(place.lat), text(place.lon), none()]
}
