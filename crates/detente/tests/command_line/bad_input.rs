//! Bad input is named with its place, the rest is coded, and the exit status says so.

use std::io::{Read, Write};
use std::path::Path;

use crate::program::{Run, folder, run, run_with};

/// Tells that something failed, that the message says all of this, and that nothing panicked.
fn complained(run: &Run, words: &[&str]) {
    assert_eq!(run.status, 1, "{run:?}");
    for word in words {
        assert!(run.stderr.contains(word), "{word:?} is missing: {run:?}");
    }
    assert!(run.stderr.contains("  hint: "), "{run:?}");
    assert!(!run.stderr.contains("panicked"), "{run:?}");
}

/// The same, and the good file named after the bad one was coded.
fn the_rest_is_coded(bad: &str, words: &[&str]) {
    let run = run(&["code", bad, "tests/data/week.jsonl"]);
    complained(&run, words);
    assert!(run.stdout.contains(r#""article":"w3""#), "{run:?}");
}

#[test]
fn missing_file() {
    the_rest_is_coded("tests/data/none.txt", &["tests/data/none.txt: no such file"]);
}

#[test]
fn folder_with_a_file_that_cannot_be_read() {
    let folder = folder();
    let line = |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"Kenya and Tanzania resumed talks on Monday.\"}}\n");
    folder.write("news/a.jsonl", line("a").as_bytes());
    let broken = folder.write("news/b.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    folder.write("news/deeper/c.jsonl", line("c").as_bytes());
    let root = Path::new(&broken).parent().unwrap().to_str().unwrap().to_owned();
    let run = run(&["code", &root]);
    complained(&run, &[&broken, "not text but a PNG image"]);
    assert!(run.stdout.contains("\"a\"") && run.stdout.contains("\"c\""), "{run:?}");
}

#[test]
fn packed_data_that_ends_early() {
    let lines = b"{\"id\": \"p\", \"text\": \"Kenya and Tanzania resumed talks on Monday.\"}\n";
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(lines).unwrap();
    let packed = encoder.finish().unwrap();
    let path = folder().write("cut.jsonl.gz", &[&packed[..], &packed[..packed.len() - 9]].concat());
    let run = run(&["code", &path, "tests/data/week.jsonl"]);
    complained(&run, &[&path, "broken gzip data: it ends too early"]);
    assert!(run.stdout.contains("\"p\"") && run.stdout.contains("\"w3\""), "{run:?}");
}

#[test]
fn packed_data_that_expands_without_measure() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::copy(&mut std::io::repeat(b' ').take(200 << 20), &mut encoder).unwrap();
    let path = folder().write("bomb.jsonl.gz", &encoder.finish().unwrap());
    the_rest_is_coded(&path, &[&path, "gzip data that expands more than 150 times"]);
}

#[test]
fn row_of_a_table_that_is_too_short() {
    let table =
        b"id,title,text\nt1,,Kenya and Tanzania resumed talks on Monday.\nt2,lost\nt3,,Ghana accused Togo on Monday.\n";
    let path = folder().write("rows.csv", table);
    let run = run(&["code", &path]);
    complained(&run, &[&format!("{path}, line 3: the row has 2 fields, the header 3")]);
    assert!(run.stdout.contains("\"t1\"") && run.stdout.contains("\"t3\""), "{run:?}");
}

#[test]
fn column_that_is_no_field() {
    assert_eq!(run(&["code", "--column", "words=Text", "x.csv"]).status, 2);
    let path = folder().write("named.csv", b"No,Words\n7,Ghana accused Togo on Monday.\n");
    let named = run(&["code", "--column", "text=words", "--column", "id=no", &path]);
    assert_eq!(named.status, 0, "{named:?}");
    assert!(named.stdout.contains("\"article\":\"7\""), "{named:?}");
    complained(&run(&["code", &path]), &["no column is named text", "--column text=NAME"]);
}

#[test]
fn empty_file() {
    for name in ["empty.txt", "empty.jsonl", "empty.html"] {
        let path = folder().write(name, b"");
        the_rest_is_coded(&path, &[&path, "nothing in it to read"]);
    }
}

#[test]
fn empty_standard_input() {
    complained(&run_with(&["code", "-"], b""), &["stdin", "nothing in it to read"]);
}

#[test]
fn binary_file() {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend((0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8));
    let path = folder().write("picture.txt", &bytes);
    the_rest_is_coded(&path, &[&path, "not text"]);
}

#[test]
fn broken_json_in_the_middle() {
    let good = |id: &str| format!(r#"{{"id": "{id}", "text": "Kenya and Tanzania resumed talks on Monday."}}"#);
    let lines = format!("{}\n{{\"id\": \"b2\", \"text\": \n{}\n", good("b1"), good("b3"));
    let path = folder().write("broken.jsonl", lines.as_bytes());
    let run = run(&["code", &path]);
    complained(&run, &[&format!("{path}, line 2"), "broken JSON"]);
    assert!(run.stdout.contains("\"b1\"") && run.stdout.contains("\"b3\""), "{run:?}");
}

#[test]
fn line_of_a_hundred_megabytes() {
    let mut bytes = br#"{"id": "long", "text": ""#.to_vec();
    bytes.resize(100 << 20, b'a');
    bytes.extend(b"\"}\n{\"id\": \"after\", \"text\": \"Kenya and Tanzania resumed talks on Monday.\"}\n");
    let path = folder().write("long.jsonl", &bytes);
    let long = run(&["code", &path]);
    complained(&long, &[&format!("{path}, line 1"), "longer than"]);
    assert!(long.stdout.contains("\"after\""), "{long:?}");
    bytes.splice(..24, *b"                        ");
    let path = folder().write("long.txt", &bytes);
    the_rest_is_coded(&path, &[&path, "longer than"]);
}

#[test]
fn invalid_utf8() {
    let text =
        b"Kenya and Tanzania resumed talks on Monday, the minister said.\n\nHe spoke of a caf\xe9 \xff in Arusha.\n";
    let path = folder().write("latin.txt", text);
    let run = run(&["code", &path]);
    complained(&run, &[&path, "line 3", "invalid UTF-8"]);
    assert!(run.stdout.contains("resumed talks"), "{run:?}");
}

#[test]
fn a_hundred_thousand_nested_tags() {
    let words = "<p>Kenya and Tanzania resumed talks on border trade on Monday, the minister said.</p>";
    let page = format!("<html><body>{}{words}{}</body></html>", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let path = folder().write("deep.html", page.as_bytes());
    let run = run(&["code", &path]);
    assert!(run.status <= 1 && !run.stderr.contains("panicked"), "{run:?}");
}

#[test]
fn text_in_another_language() {
    let text = "Le ministre des affaires étrangères a rencontré son homologue à Paris pour parler de la frontière et du commerce \
                entre les deux pays, et ils ont décidé de se revoir le mois prochain dans la même ville.\n";
    let path = folder().write("french.txt", text.as_bytes());
    the_rest_is_coded(&path, &[&path, "in French, not coded"]);
}

#[test]
fn lexicon_folder_that_is_not_there() {
    let run = run(&["code", "--lexicon", "tests/data/none", "tests/data/week.jsonl"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("tests/data/none"), "{run:?}");
}

#[test]
fn wrong_command_line() {
    for arguments in
        [&["code"][..], &["frobnicate"], &["code", "--date", "soon", "x"], &["code", "--threads", "0", "x"]]
    {
        let run = run(arguments);
        assert_eq!(run.status, 2, "{run:?}");
        assert!(!run.stderr.is_empty());
    }
}

#[test]
fn gold_that_cannot_be_read() {
    let path = folder().write("gold.jsonl", b"{\"id\": \"a\", \"acts\": []}\n{\"id\":\n");
    let run = run(&["score", &path, "--acts", "tests/data/none.jsonl"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("line 2"), "{run:?}");
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    use std::process::{Command, Stdio};
    // Input goes on for ever: only the closed pipe can end the program.
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["read", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let line = std::fs::read("tests/data/week.jsonl").unwrap();
    while stdin.write_all(&line).is_ok() {}
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
