//! The document that describes the API, and a page that shows it without any network.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::http::header;
use axum::response::IntoResponse;
use axum::{Router, routing::get};
use serde_json::Value;
use utoipa::openapi::OpenApi;

use crate::desk::Desk;

/// The look of the page.
const STYLE: &str = include_str!("document.css");

/// The document, its page and the page's style.
pub(crate) fn routes(document: &OpenApi) -> Router<Arc<Desk>> {
    let document = serde_json::to_value(document).unwrap_or_default();
    let page: Arc<str> = page(&document).into();
    let text: Arc<str> = document.to_string().into();
    let text_of = move |kind: &'static str, text: Arc<str>| {
        get(move || async move { ([(header::CONTENT_TYPE, kind)], text.to_string()).into_response() })
    };
    Router::new()
        .route("/openapi.json", text_of("application/json", text))
        .route("/docs", text_of("text/html; charset=utf-8", page))
        .route("/docs.css", text_of("text/css; charset=utf-8", STYLE.into()))
}

/// The document as a page.
fn page(document: &Value) -> String {
    let mut out = String::new();
    let text = |value: &Value| escaped(value.as_str().unwrap_or_default());
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{0}: API</title>\n\
         <link rel=\"stylesheet\" href=\"docs.css\">\n</head>\n<body>\n<main>\n<h1>{0}: API</h1>\n<p>{1}</p>\n\
         <p>Version {2}. For programs: <a href=\"openapi.json\">openapi.json</a> (OpenAPI {3}).</p>\n",
        text(&document["info"]["title"]),
        text(&document["info"]["description"]),
        text(&document["info"]["version"]),
        text(&document["openapi"]),
    );
    out.push_str("<h2>Addresses</h2>\n");
    let none = serde_json::Map::new();
    for (path, methods) in document["paths"].as_object().unwrap_or(&none) {
        for (method, operation) in methods.as_object().unwrap_or(&none) {
            let _ = write!(
                out,
                "<section>\n<h3><code>{} /api/v1{}</code></h3>\n<p>{}</p>\n",
                escaped(&method.to_uppercase()),
                escaped(path),
                text(&operation["summary"]),
            );
            parameters(&mut out, &operation["parameters"]);
            for (what, schema) in [
                ("Body", &operation["requestBody"]["content"]["application/json"]["schema"]),
                ("Answer", &operation["responses"]["200"]["content"]["application/json"]["schema"]),
            ] {
                if !schema.is_null() {
                    let _ = writeln!(out, "<p>{what}: {}</p>", kind(schema));
                }
            }
            out.push_str("</section>\n");
        }
    }
    out.push_str("<h2>Objects</h2>\n");
    for (name, schema) in document["components"]["schemas"].as_object().unwrap_or(&none) {
        let _ = write!(
            out,
            "<section>\n<h3 id=\"{0}\"><code>{0}</code></h3>\n<p>{1}</p>\n",
            escaped(name),
            text(&schema["description"])
        );
        fields(&mut out, schema);
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn parameters(out: &mut String, parameters: &Value) {
    let Some(parameters) = parameters.as_array().filter(|all| !all.is_empty()) else { return };
    out.push_str("<table>\n<tr><th>Parameter</th><th>Value</th><th>Meaning</th></tr>\n");
    for parameter in parameters {
        row(out, &parameter["name"], &kind(&parameter["schema"]), &parameter["description"]);
    }
    out.push_str("</table>\n");
}

fn fields(out: &mut String, schema: &Value) {
    let parts = schema["allOf"].as_array().map_or(std::slice::from_ref(schema), Vec::as_slice);
    for part in parts {
        if part["$ref"].is_string() {
            let _ = writeln!(out, "<p>All of {}, and:</p>", kind(part));
        }
        let Some(properties) = part["properties"].as_object() else { continue };
        out.push_str("<table>\n<tr><th>Field</th><th>Value</th><th>Meaning</th></tr>\n");
        for (name, property) in properties {
            row(out, &Value::String(name.clone()), &kind(property), &property["description"]);
        }
        out.push_str("</table>\n");
    }
}

fn row(out: &mut String, name: &Value, kind: &str, meaning: &Value) {
    let _ = writeln!(
        out,
        "<tr><td><code>{}</code></td><td>{kind}</td><td>{}</td></tr>",
        escaped(name.as_str().unwrap_or_default()),
        escaped(meaning.as_str().unwrap_or_default()),
    );
}

/// What a value is, with links to the objects of the page.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("<a href=\"#{0}\"><code>{0}</code></a>", escaped(name));
    }
    for several in ["oneOf", "anyOf"] {
        if let Some(kinds) = schema[several].as_array() {
            return kinds.iter().map(kind).collect::<Vec<_>>().join(" or ");
        }
    }
    let one = |word: &str| match word {
        "array" if schema["prefixItems"].is_array() => {
            let items = schema["prefixItems"].as_array().into_iter().flatten().map(kind);
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        "array" => format!("list of {}", kind(&schema["items"])),
        word => escaped(word),
    };
    match &schema["type"] {
        Value::String(word) => one(word),
        Value::Array(words) => words.iter().filter_map(Value::as_str).map(one).collect::<Vec<_>>().join(" or "),
        _ => "anything".to_owned(),
    }
}

/// Text that is no markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
