//! PLOVER JSON, one act a line: the act as it was coded, or without the words of its article.

use serde_json::{Map, Value};

use crate::event::{Event, hash};

/// The line of an act.
pub(crate) fn line(event: &Event, text: bool) -> Vec<u8> {
    let mut json = event.json.clone();
    if let (Value::Object(act), false) = (&mut json, text) {
        strip(act);
        act.insert("evidence_sha256".to_owned(), hash(&event.act.event_text).into());
    }
    let mut line = json.to_string().into_bytes();
    line.push(b'\n');
    line
}

/// Takes out the words of the article; spans, codes and names of the lexicon stay.
fn strip(act: &mut Map<String, Value>) {
    for key in ["event_text", "subject"] {
        act.insert(key.to_owned(), Value::Null);
    }
    for side in ["actor", "recipient", "third"] {
        for party in act.get_mut(side).and_then(Value::as_array_mut).into_iter().flatten() {
            remove(Some(party), "entity_text");
        }
    }
    remove(act.get_mut("attribution"), "speaker");
    remove(act.get_mut("because_of"), "text");
    remove(act.get_mut("event_loc"), "extracted_place");
    remove(act.get_mut("cite_info"), "title");
}

fn remove(object: Option<&mut Value>, key: &str) {
    if let Some(object) = object.and_then(Value::as_object_mut) {
        object.shift_remove(key);
    }
}
