//! Every answer is as the OpenAPI document says, and the document is as it is kept.

use std::{env, fs, path::Path};

use serde_json::Value;

use crate::client::Server;

#[test]
fn the_document_is_as_it_is_kept() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/desk/openapi.json");
    let mut document = serde_json::to_string_pretty(&detente_serve::openapi()).expect("a document");
    document.push('\n');
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &document).expect("the document is written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == document,
        "the API changed: UPDATE_DOCS=1 cargo test -p detente-serve rewrites {}; read the difference",
        path.display()
    );
}

#[test]
fn every_answer_is_as_the_document_says() {
    let server = Server::shared();
    let document = server.json("/openapi.json");
    let first = |path: &str, field: &str| {
        server.json(path)["items"][0][field].as_str().unwrap_or_else(|| panic!("{path}: no {field}")).to_owned()
    };
    let (act, affair) = (first("/acts?who=Orsenia&who=Kestria", "id"), first("/affairs", "id"));
    let article = first("/articles", "id");
    let asked = [
        ("/status", "/status".to_owned()),
        ("/states", "/states".to_owned()),
        ("/pairs", "/pairs".to_owned()),
        ("/pairs", "/pairs?as_of=2022-04-10&known_by=2023-05-01".to_owned()),
        ("/pairs/{a}/{b}", "/pairs/Orsenia/Kestria".to_owned()),
        ("/affairs", "/affairs".to_owned()),
        ("/affairs", "/affairs?as_of=2022-04-10".to_owned()),
        ("/affairs/{id}", format!("/affairs/{affair}")),
        ("/claims", "/claims".to_owned()),
        ("/territories", "/territories".to_owned()),
        ("/diff", "/diff?from=2022-03-01&until=2022-06-01".to_owned()),
        ("/acts", "/acts".to_owned()),
        ("/acts/{id}", format!("/acts/{act}")),
        ("/articles", "/articles".to_owned()),
        ("/articles/{id}", format!("/articles/{article}?text=true")),
        ("/search", "/search?q=treaty".to_owned()),
        ("/timeline", "/timeline?who=Orsenia".to_owned()),
        ("/count", "/count?by=type".to_owned()),
        ("/network", "/network".to_owned()),
        ("/places", "/places".to_owned()),
        ("/review/queue", "/review/queue?reviewer=Anna".to_owned()),
        ("/review/passages", "/review/passages?reviewer=Anna".to_owned()),
        ("/review/judgements", "/review/judgements".to_owned()),
    ];
    for (path, address) in &asked {
        let schema = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(!schema.is_null(), "{path}: the document tells nothing of it");
        conforms(&document, schema, &server.json(address), address);
    }
    let described = document["paths"].as_object().expect("paths");
    let with_get = described.iter().filter(|(_, methods)| methods.get("get").is_some());
    for (path, _) in with_get.filter(|(path, _)| !["/review/agreement", "/review/gold"].contains(&path.as_str())) {
        assert!(asked.iter().any(|(asked, _)| asked == path), "{path}: is in no test");
    }
}

#[test]
fn the_document_has_a_page() {
    let answer = Server::shared().get("/docs");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/html; charset=utf-8")));
    for words in
        ["<code>GET /api/v1/pairs/{a}/{b}</code>", "id=\"ActPage\"", "Verbal cooperation".to_lowercase().as_str()]
    {
        assert!(answer.body.contains(words), "{words}");
    }
    let loads_from_elsewhere = answer.body.contains("http://") || answer.body.contains("https://");
    assert!(!loads_from_elsewhere && !answer.body.contains("<script"), "the page needs nothing else");
}

/// Checks that a value is as a schema says: no field more, no field less, each of its kind.
fn conforms(document: &Value, schema: &Value, value: &Value, place: &str) {
    assert!(fits(document, schema, value), "{place}: {value} is not as {schema}");
}

fn fits(document: &Value, schema: &Value, value: &Value) -> bool {
    if let Some(path) = schema["$ref"].as_str() {
        let target = document.pointer(path.trim_start_matches('#')).expect("what is referred to");
        return fits(document, target, value);
    }
    if let Some(several) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
        return several.iter().any(|schema| fits(document, schema, value));
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let fields = fields(document, schema);
    if !fields.is_empty() {
        let Value::Object(object) = value else { return value.is_null() && kinds.contains(&"null") };
        for (name, of) in &fields {
            let is_optional = of.1;
            match object.get(name) {
                Some(value) => conforms(document, &of.0, value, name),
                None => assert!(is_optional, "{name}: is missing in {value}"),
            }
        }
        for name in object.keys() {
            assert!(fields.iter().any(|(known, _)| known == name), "{name}: the document does not tell of it");
        }
        return true;
    }
    match value {
        Value::Null => kinds.contains(&"null") || kinds.is_empty() || kinds == ["object"],
        Value::Bool(_) => kinds.contains(&"boolean"),
        Value::String(_) => kinds.contains(&"string"),
        Value::Number(number) => kinds.contains(&"number") || number.is_u64() && kinds.contains(&"integer"),
        Value::Object(_) => kinds.contains(&"object"),
        Value::Array(items) => {
            assert!(kinds.contains(&"array"), "a list is not as {schema}");
            let at = |number: usize| match schema["prefixItems"].as_array() {
                Some(each) => &each[number],
                None => &schema["items"],
            };
            items.iter().enumerate().for_each(|(number, item)| conforms(document, at(number), item, "an item"));
            true
        }
    }
}

/// The fields of an object with those that it takes over, and whether each may be left out.
fn fields(document: &Value, schema: &Value) -> Vec<(String, (Value, bool))> {
    if let Some(path) = schema["$ref"].as_str() {
        return fields(document, document.pointer(path.trim_start_matches('#')).expect("what is referred to"));
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().flat_map(|part| fields(document, part)).collect();
    }
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties.map(|(name, property)| (name.clone(), (property.clone(), !required.contains(&name.as_str())))).collect()
}
