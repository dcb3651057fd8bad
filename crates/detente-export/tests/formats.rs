//! What is written can be read back, and says what the act says.

use detente_coder::EventType;
use detente_export::{
    CSV_COLUMNS, Event, Exported, Exporter, Format, GDELT_COLUMNS, ICEWS_COLUMNS, Network, Options, POLECAT_COLUMNS,
    StateCodes,
};
use detente_lexicon::{ActorKind, Lexicon};
use serde_json::{Value, json};

/// The sentence of the acts below.
const SENTENCE: &str = "The French foreign\tminister met Spain's in Paris,\nthe \"capital\", on Monday.";

fn party(code: &str, name: &str, words: &str) -> Value {
    json!({"code": code, "sector": ["GOV"], "name": name, "office": "foreign minister", "entity_text": words,
        "start": 4, "end": 27, "via": "office"})
}

/// A meeting.
fn act() -> Value {
    json!({
        "id": "0123456789abcdef", "article": "a1", "date": "2024-03-04", "date_precision": "day",
        "date_reported": "2024-03-05", "event": ["CONSULT"], "about": null, "mode": ["visit"],
        "context": ["diplomatic", "military"], "quad_code": 1, "event_scale": 4.0,
        "actor": [party("FRA", "Ada Colbert", "French foreign\tminister")],
        "recipient": [party("ESP", "Inés Vidal", "Spain's")], "third": [],
        "factuality": "actual", "epoch": "new",
        "attribution": {"speaker": "the palace", "code": "FRA", "kind": "statement"}, "because_of": null,
        "event_loc": {"extracted_place": "Paris", "start": 40, "end": 45, "resolved_place": "Paris",
            "country_code": "FRA", "lat": 48.85, "lon": 2.35, "resolution": 4},
        "event_text": "\"French foreign\tminister met Spain's", "evidence": {"start": 4, "end": 38}, "matched": [],
        "text_info": {"field": "text", "sequence": 2, "start": 0, "end": 72}, "cues": [],
        "repeats": [{"field": "title", "start": 0, "end": 9}], "subject": "a border", "rule": "acts/consult.txt:1",
        "confidence": 0.75, "link": "https://strelsau.example/a1",
        "cite_info": {"title": "Ministers meet", "publication": "Strelsau Times"},
        "coder": "detente", "version": "0.1.0"
    })
}

/// The same with other values.
fn with(changes: Value) -> Value {
    let mut act = act();
    for (key, value) in changes.as_object().unwrap() {
        act[key] = value.clone();
    }
    act
}

fn export(format: Format, options: Options, acts: &[Value]) -> (Vec<u8>, Exported) {
    let lexicon = Lexicon::builtin().unwrap();
    let exporter = Exporter::new(format, options, &lexicon);
    let events: Vec<Event> =
        acts.iter().map(|act| Event::from_json(&act.to_string(), Some(SENTENCE)).unwrap()).collect();
    let exported = exporter.export(&events);
    let mut network = Network::default();
    network.add(&exported);
    let mut bytes = exporter.head();
    bytes.extend(&exported.bytes);
    bytes.extend(exporter.tail(&network));
    (bytes, exported)
}

/// The rows of a table, each as pairs of column and value.
fn read(bytes: &[u8], separator: u8, columns: Option<&[&str]>) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .quoting(separator == b',')
        .has_headers(columns.is_none())
        .from_reader(bytes);
    let names: Vec<String> = match columns {
        Some(columns) => columns.iter().map(|name| (*name).to_owned()).collect(),
        None => reader.headers().unwrap().iter().map(str::to_owned).collect(),
    };
    let row = |row: csv::StringRecord| {
        assert_eq!(row.len(), names.len(), "{row:?}");
        names.iter().cloned().zip(row.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The value of a column.
fn at<'r>(row: &'r [(String, String)], column: &str) -> &'r str {
    &row.iter().find(|(name, _)| name == column).unwrap_or_else(|| panic!("no column {column}")).1
}

/// Checks columns against values.
fn says(row: &[(String, String)], values: &[(&str, &str)]) {
    for (column, value) in values {
        assert_eq!(at(row, column), *value, "{column}: {row:?}");
    }
}

#[test]
fn polecat_reads_back() {
    let (bytes, _) = export(Format::Polecat, Options::default(), &[act()]);
    let rows = read(&bytes, b'\t', None);
    assert_eq!(rows[0].iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), POLECAT_COLUMNS);
    says(
        &rows[0],
        &[
            ("Event ID", "0123456789abcdef"),
            ("Event Date", "2024-03-04"),
            ("Event Type", "CONSULT"),
            ("Event Mode", "visit"),
            ("Intensity", "4"),
            ("Contexts", "diplomatic; military"),
            ("Actor Name", "Ada Colbert"),
            ("Actor Country", "FRA"),
            ("Actor COW", "220"),
            ("Actor Name Raw", "French foreign minister"),
            ("Recipient Country", "ESP"),
            ("Recipient COW", "230"),
            ("City", "Paris"),
            ("Province", "None"),
            ("Country", "France"),
            ("Latitude", "48.85"),
            ("Publication Date", "2024-03-05"),
            ("Wikipedia Actor ID", "None"),
        ],
    );
}

#[test]
fn icews_reads_back() {
    let (bytes, _) = export(Format::Icews, Options::default(), &[act()]);
    let rows = read(&bytes, b'\t', None);
    assert_eq!(rows[0].iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ICEWS_COLUMNS);
    says(
        &rows[0],
        &[
            ("CAMEO Code", "042"),
            ("Intensity", "1.9"),
            ("Source Name", "foreign minister (Ada Colbert)"),
            ("Source Country", "France"),
            ("Target Country", "Spain"),
            ("Story ID", "a1"),
            ("Sentence Number", "3"),
            ("Publisher", "Strelsau Times"),
            ("Longitude", "2.35"),
        ],
    );
    assert!(at(&rows[0], "Event ID").parse::<u64>().unwrap() < 1 << 53);
}

#[test]
fn gdelt_reads_back() {
    let (bytes, _) =
        export(Format::Gdelt, Options::default(), &[act(), with(json!({"actor": [party("ROU", "R", "R")]}))]);
    let rows = read(&bytes, b'\t', Some(&GDELT_COLUMNS));
    says(
        &rows[0],
        &[
            ("SQLDATE", "20240304"),
            ("MonthYear", "202403"),
            ("Year", "2024"),
            ("FractionDate", "2024.2575"),
            ("Actor1Code", "FRAGOV"),
            ("Actor1CountryCode", "FRA"),
            ("Actor1Type1Code", "GOV"),
            ("Actor2CountryCode", "ESP"),
            ("IsRootEvent", "0"),
            ("EventCode", "042"),
            ("EventBaseCode", "042"),
            ("EventRootCode", "04"),
            ("QuadClass", "1"),
            ("NumMentions", "2"),
            ("ActionGeo_Type", "4"),
            ("ActionGeo_FullName", "Paris, France"),
            ("ActionGeo_CountryCode", "FR"),
            ("Actor1Geo_Type", "0"),
            ("SOURCEURL", "https://strelsau.example/a1"),
        ],
    );
    says(&rows[1], &[("Actor1CountryCode", "ROM")]);
}

#[test]
fn csv_reads_back() {
    let options = Options { codes: StateCodes::Cow, ..Options::default() };
    let (bytes, _) = export(Format::Csv, options, &[act()]);
    let rows = read(&bytes, b',', None);
    assert_eq!(rows[0].iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), CSV_COLUMNS);
    says(
        &rows[0],
        &[
            ("actor", "220"),
            ("recipient", "230"),
            ("type", "CONSULT"),
            ("mode", "visit"),
            ("mutual", "0"),
            ("sentence", SENTENCE),
            ("evidence_start", "4"),
            ("factuality", "actual"),
            ("speaker", "220"),
            ("confidence", "0.75"),
        ],
    );
}

#[test]
fn plover_is_the_act_itself() {
    let (bytes, _) = export(Format::Plover, Options::default(), &[act()]);
    assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), act());
}

#[test]
fn without_text_no_word_of_the_article_is_left() {
    let options = Options { text: false, ..Options::default() };
    for format in [Format::Plover, Format::Csv, Format::Polecat, Format::Icews, Format::Gdelt, Format::Gexf] {
        let unnamed = with(json!({"actor": [{"code": "FRA", "sector": [], "name": null, "office": null,
            "entity_text": "French foreign\tminister", "start": 4, "end": 27, "via": "office"}]}));
        let (bytes, _) = export(format, options, &[act(), unnamed]);
        let text = String::from_utf8(bytes).unwrap();
        for words in ["French foreign", "Spain's", "the palace", "met", "border", "Ministers meet", "capital"] {
            assert!(!text.contains(words), "{format}: {words}: {text}");
        }
        if matches!(format, Format::Plover | Format::Csv) {
            assert!(text.contains("https://strelsau.example/a1") && text.contains("evidence_sha256"), "{text}");
        }
    }
}

#[test]
fn mutual_acts_are_written_both_ways() {
    let parties = [party("FRA", "F", "F"), party("ESP", "S", "S"), party("ITA", "I", "I")];
    let mutual = with(json!({"actor": parties, "recipient": []}));
    for (format, actor, recipient) in [
        (Format::Csv, "actor", "recipient"),
        (Format::Polecat, "Actor Country", "Recipient Country"),
        (Format::Gdelt, "Actor1CountryCode", "Actor2CountryCode"),
    ] {
        let (bytes, _) = export(format, Options::default(), std::slice::from_ref(&mutual));
        let (separator, columns) = match format {
            Format::Csv => (b',', None),
            Format::Gdelt => (b'\t', Some(&GDELT_COLUMNS[..])),
            _ => (b'\t', None),
        };
        let rows = read(&bytes, separator, columns);
        let mut pairs: Vec<(&str, &str)> = rows.iter().map(|row| (at(row, actor), at(row, recipient))).collect();
        pairs.sort_unstable();
        let all = [("ESP", "FRA"), ("ESP", "ITA"), ("FRA", "ESP"), ("FRA", "ITA"), ("ITA", "ESP"), ("ITA", "FRA")];
        assert_eq!(pairs, all, "{format}");
        let mut ids: Vec<&str> = rows.iter().map(|row| row[0].1.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 6, "{format}: ids repeat");
    }
}

#[test]
fn what_several_do_to_each_other_is_written_both_ways_and_to_nobody_himself() {
    let parties = || [party("FRA", "F", "F"), party("ESP", "S", "S")];
    let pairs_of = |recipient: Value| {
        let event = with(json!({"event": ["SANCTION"], "actor": parties(), "recipient": recipient}));
        let (bytes, _) = export(Format::Csv, Options::default(), &[event]);
        let rows = read(&bytes, b',', None);
        let pair = |row: &Vec<(String, String)>| (at(row, "actor").to_owned(), at(row, "recipient").to_owned());
        rows.iter().map(pair).collect::<Vec<_>>()
    };
    let told = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|&(one, other)| (one.to_owned(), other.to_owned())).collect()
    };
    assert_eq!(pairs_of(json!(parties())), told(&[("FRA", "ESP"), ("ESP", "FRA")]));
    // Both closed their embassies, and it is not said to whom.
    assert_eq!(pairs_of(json!([])), told(&[("FRA", ""), ("ESP", "")]));
}

#[test]
fn what_a_format_cannot_say_is_left_out_and_counted() {
    let denied = with(json!({"factuality": "denied"}));
    let history = with(json!({"epoch": "background"}));
    let undated = with(json!({"date": null, "date_reported": null}));
    let alone = with(json!({"recipient": []}));
    let acts = [act(), denied, history, undated, alone];
    for (format, rows, words) in [
        (Format::Plover, 5, ""),
        (Format::Csv, 5, ""),
        (Format::Polecat, 2, "not actual 1, background 1, undated 1"),
        (Format::Gdelt, 2, "not actual 1, background 1, undated 1"),
        (Format::Icews, 1, "not actual 1, background 1, undated 1, without both sides 1"),
    ] {
        let (_, exported) = export(format, Options::default(), &acts);
        assert_eq!(
            exported.bytes.iter().filter(|b| **b == b'\n').count() - usize::from(format == Format::Csv) * 5,
            rows
        );
        assert_eq!(exported.left_out.to_string(), words, "{format}");
    }
    let (_, all) = export(Format::Gdelt, Options { all: true, ..Options::default() }, &acts);
    assert_eq!(all.left_out.to_string(), "undated 1");
}

#[test]
fn a_network_has_states_for_nodes() {
    let nato = with(json!({"actor": [party("NAT", "NATO", "NATO")]}));
    let harm = with(json!({"quad_code": 4, "event_scale": -6.0, "date": "2024-02-01"}));
    for (format, node, edge) in [
        (Format::Gexf, "<node id=\"220\" label=\"France\">", "source=\"220\" target=\"230\" weight=\"2\""),
        (
            Format::GraphMl,
            "<node id=\"220\"><data key=\"label\">France",
            "source=\"220\" target=\"230\"><data key=\"weight\">2",
        ),
    ] {
        let options = Options { codes: StateCodes::Cow, ..Options::default() };
        let (bytes, exported) = export(format, options, &[act(), harm.clone(), nato.clone()]);
        let xml = String::from_utf8(bytes).unwrap();
        assert!(xml.contains(node) && xml.contains(edge) && xml.contains("-1.000"), "{xml}");
        assert!(xml.contains("2024-02-01") && !xml.contains("NATO"), "{xml}");
        assert_eq!(exported.left_out.sides, 1);
    }
}

#[test]
fn every_type_and_mode_has_a_cameo_code() {
    let crosswalk = Lexicon::builtin().unwrap().crosswalk;
    for event in EventType::ALL {
        let name = event.as_str();
        assert!(crosswalk.cameo(name, &[], &[], None).is_some(), "{name}");
        for mode in event.modes() {
            assert!(crosswalk.cameo(name, &[mode], &[], None).is_some(), "{name} {mode}");
        }
    }
    let code = |event, mode| crosswalk.cameo(event, &[mode], &[], None).unwrap().code.clone();
    assert_eq!(
        [code("RETREAT", "ceasefire"), code("ASSAULT", "aerial"), code("COERCE", "curfew")],
        ["0871", "195", "1723"]
    );
}

#[test]
fn members_of_the_united_nations_have_their_codes() {
    let lexicon = Lexicon::builtin().unwrap();
    // Of our own making, or gone.
    let living = lexicon.actors.iter().filter(|a| a.kind == ActorKind::State && a.to.is_none() && a.cow.is_some());
    let without: Vec<&str> =
        living.filter(|a| lexicon.crosswalk.fips(&a.code).is_none()).map(|a| a.code.as_str()).collect();
    assert!(without.is_empty(), "{without:?}");
    assert_eq!(lexicon.crosswalk.fips("GBR"), Some("UK"));
    assert_eq!(lexicon.crosswalk.cameo_actor("EUR"), "EEC");
    assert_eq!(lexicon.crosswalk.cameo_actor("FRA"), "FRA");
}
