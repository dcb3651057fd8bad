//! JSONL: fields, bad lines, long lines, layouts.

use std::io::Read;

use detente_text::{Article, ErrorKind, Field, Origin, Records};

fn all(source: &[u8]) -> Vec<Result<Article, String>> {
    Records::new(source).named("f.jsonl").map(|r| r.map_err(|e| e.to_string())).collect()
}

#[test]
fn fields_are_read() {
    let line = r#"{"id": 7, "title": "Talks resume", "date": "2024-11-03", "url": "https://strelsau.example/a", "source": "Strelsau Times", "text": "Ruritania met Freedonia.\n\nThey will meet again.", "tags": ["x", {"y": 1}], "text_info": null}"#;
    let article = all(line.as_bytes()).remove(0).unwrap();
    assert_eq!(article.id, "7");
    assert_eq!(article.title().unwrap().field, Field::Title);
    assert_eq!(article.title().unwrap().span().end, 12);
    let date = article.date.as_ref().unwrap();
    assert_eq!((date.value.to_string().as_str(), date.origin), ("2024-11-03", Origin::Record));
    assert_eq!(article.source.as_deref(), Some("Strelsau Times"));
    assert_eq!(article.url.as_deref(), Some("https://strelsau.example/a"));
    assert_eq!((article.title_chars, article.text_chars), (12, 47));
    assert_eq!(article.passages[2].span().start, 26);
}

#[test]
fn body_and_event_text_stand_for_text() {
    for line in [r#"{"body": "Ruritania sued."}"#, r#"{"text": "", "event_text": "Ruritania sued."}"#] {
        let article = all(line.as_bytes()).remove(0).unwrap();
        assert_eq!(article.passages[0].text, "Ruritania sued.");
        assert_eq!(article.id, "f.jsonl:1");
    }
}

#[test]
fn spans_count_characters_after_unescaping() {
    let line = r#"{"text": "K\u00f6nig \ud83d\ude00 \"Rudolf\"\tsued   Freedonia."}"#;
    let article = all(line.as_bytes()).remove(0).unwrap();
    let passage = &article.passages[0];
    assert_eq!(passage.text, "König 😀 \"Rudolf\" sued Freedonia.");
    let at = passage.text.find("Freedonia").unwrap();
    let span = passage.source_span(at..at + 9);
    assert_eq!((span.start, span.end), (24, 33));
}

#[test]
fn a_bad_line_is_an_error_and_the_next_is_read() {
    let good = r#"{"text": "Ruritania sued."}"#;
    let source = format!("{good}\n{{\"text\": \"Ruri\n\n[1]\n{{}}\n{good}");
    let read = all(source.as_bytes());
    let errors: Vec<&str> = read.iter().filter_map(|r| r.as_ref().err()).map(String::as_str).collect();
    assert_eq!(read.iter().filter(|r| r.is_ok()).count(), 2);
    assert_eq!(errors.len(), 3, "{errors:?}");
    assert!(
        errors[0].starts_with("f.jsonl, line 2, byte 41: broken JSON: EOF while parsing a string"),
        "{}",
        errors[0]
    );
    assert!(errors[1].starts_with("f.jsonl, line 4, byte"), "{}", errors[1]);
    assert!(errors[2].starts_with("f.jsonl, line 5, byte 48: no article text"), "{}", errors[2]);
}

#[test]
fn a_line_of_a_hundred_megabytes_is_an_error_and_the_next_is_read() {
    let head: &[u8] = b"{\"text\": \"Ruritania sued.\"}\n{\"text\": \"";
    let tail: &[u8] = b"\"}\n{\"text\": \"Freedonia sued.\"}\n";
    let source = head.chain(std::io::repeat(b'a').take(100 << 20)).chain(tail);
    let mut records = Records::new(std::io::BufReader::new(source));
    assert!(records.next().unwrap().is_ok());
    let error = records.next().unwrap().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TooLong { .. }));
    assert_eq!((error.line(), error.byte()), (Some(2), Some(28)));
    assert_eq!(records.next().unwrap().unwrap().passages[0].text, "Freedonia sued.");
    assert!(records.next().is_none());
}

#[test]
fn wrong_bytes_are_read_by_detection_and_noted() {
    let source = b"{\"text\": \"Ruritania sued.\"}\n{\"text\": \"The caf\xe9 in K\xf6ln was closed.\"}\n";
    let read = all(source);
    let article = read[1].as_ref().unwrap();
    assert_eq!(article.passages[0].text, "The café in Köln was closed.");
    assert_eq!(article.notes[0].to_string(), "line 2, byte 45: invalid UTF-8, read as windows-1252");
}

#[test]
fn objects_over_lines_and_in_arrays_are_read() {
    let pretty =
        "{\n  \"id\": \"a\",\n  \"text\": \"Ruritania {sued}.\"\n}\n{\n  \"id\": \"b\",\n  \"text\": \"It lost.\"\n}\n";
    let array = "[{\"id\": \"a\", \"text\": \"Ruritania {sued}.\"}, {\"id\": \"b\", \"text\": \"It lost.\"}]";
    for source in [pretty, array] {
        let ids: Vec<String> = all(source.as_bytes()).into_iter().map(|r| r.unwrap().id).collect();
        assert_eq!(ids, ["a", "b"]);
    }
    let broken = "[{\"id\": \"a\", \"text\": 1 2}, {\"id\": \"b\", \"text\": \"It lost.\"}]";
    let read = all(broken.as_bytes());
    assert!(read[0].is_err());
    assert_eq!(read[1].as_ref().unwrap().id, "b");
}

#[test]
fn wide_streams_are_read() {
    let source = "{\"text\": \"Ruritania sued.\"}\r\n{\"text\": \"Ċ Freedonia’s court sat.\"}\n";
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(source.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let texts: Vec<String> = all(&wide).into_iter().map(|r| r.unwrap().passages[0].text.clone()).collect();
    assert_eq!(texts, ["Ruritania sued.", "Ċ Freedonia’s court sat."]);
}

#[test]
fn nothing_gives_nothing() {
    assert!(all(b"").is_empty());
    assert!(all(b"\n\n \n").is_empty());
}

#[test]
fn markup_and_references_in_a_field_are_read() {
    let line = r#"{"title": "A", "date": "2024-11-03", "body": "<p>Ruritania &amp; Freedonia sued.</p><p>Sylvania lost.</p>"}"#;
    let article = all(line.as_bytes()).remove(0).unwrap();
    assert_eq!(article.passages[1].text, "Ruritania & Freedonia sued.");
    assert_eq!(article.passages[2].span().start, 41);
    assert!(article.date.is_some());
    let article = all(br#"{"text": "Ruritania&#39;s court &amp; king &c."}"#).remove(0).unwrap();
    assert_eq!(article.passages[0].text, "Ruritania's court & king &c.");
    assert_eq!(article.passages[0].source_span(10..11).start, 14);
}

#[test]
fn a_record_of_very_many_lines_is_read() {
    let line = format!("{{\"text\": \"{}\"}}", "a\\n".repeat(1_000_000));
    let article = all(line.as_bytes()).remove(0).unwrap();
    assert!(article.passages.len() <= 50_000);
    assert_eq!(article.passages.last().unwrap().span().end, 1_999_999);
}
