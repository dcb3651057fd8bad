//! Snapshots of the passages of `tests/passages`: each line of a passage with its acts under it.
//!
//! A change of a snapshot fails; `UPDATE_SNAPSHOTS=1 cargo test -p detente-coder` rewrites them. A passage is a text with
//! a `date:` and perhaps a `title:` on top. A line `# wrong: ...` tells what is wrong with the acts of the line above.

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use detente_coder::{Act, AttributionKind, Cause, Coded, Party, Precision, Standing, TextField, Via};

use crate::{article, coder};

/// A file of `tests/passages`.
pub struct Passage {
    name: String,
    pub title: String,
    pub date: String,
    pub text: String,
    lines: Vec<Line>,
}

/// A line of a passage and where its characters stand.
struct Line {
    field: TextField,
    start: u32,
    end: u32,
    text: String,
    wrong: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/passages")
}

/// All passages, by name.
pub fn all() -> Vec<Passage> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder())
        .expect("the folder of passages is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Passage {
    let file = fs::read_to_string(path).expect("a passage is text");
    let name = path.file_stem().expect("a passage has a name").to_string_lossy().into_owned();
    let mut passage =
        Passage { name, title: String::new(), date: String::new(), text: String::new(), lines: Vec::new() };
    let mut paragraph = false;
    for line in file.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix('#') {
            if let (Some(wrong), Some(last)) = (comment.trim().strip_prefix("wrong:"), passage.lines.last_mut()) {
                last.wrong.push(wrong.trim().to_owned());
            }
        } else if let Some(date) = line.strip_prefix("date:") {
            passage.date = date.trim().to_owned();
        } else if let Some(title) = line.strip_prefix("title:") {
            passage.title = title.trim().to_owned();
            passage.lines.push(Line {
                field: TextField::Title,
                start: 0,
                end: passage.title.chars().count() as u32,
                text: passage.title.clone(),
                wrong: Vec::new(),
            });
        } else if line.is_empty() {
            paragraph = !passage.text.is_empty();
        } else {
            if !passage.text.is_empty() {
                passage.text.push_str(if paragraph { "\n\n" } else { " " });
            }
            paragraph = false;
            let start = passage.text.chars().count() as u32;
            passage.text.push_str(line);
            passage.lines.push(Line {
                field: TextField::Text,
                start,
                end: start + line.chars().count() as u32,
                text: line.to_owned(),
                wrong: Vec::new(),
            });
        }
    }
    passage
}

fn snapshot(passage: &Passage) -> String {
    let article = article(&passage.title, &passage.date, &passage.text).expect("a passage can be read");
    let coded = coder().code(&article);
    let mut out = String::new();
    for line in &passage.lines {
        let _ = writeln!(out, "{}", line.text);
        for act in coded.acts.iter().filter(|a| line.holds(a.text_info.field, a.evidence.start)) {
            write_act(&mut out, &coded, act);
        }
        for standing in coded.standings.iter().filter(|s| line.holds(s.field, s.evidence.start)) {
            write_standing(&mut out, standing);
        }
        for wrong in &line.wrong {
            let _ = writeln!(out, "  ! {wrong}");
        }
        out.push('\n');
    }
    out
}

impl Line {
    fn holds(&self, field: TextField, at: u32) -> bool {
        self.field == field && (self.start..self.end).contains(&at)
    }
}

fn write_act(out: &mut String, coded: &Coded, act: &Act) {
    let _ = write!(out, "  {} {}", sides(&act.actor), act.event[0]);
    for mode in &act.mode {
        let _ = write!(out, "/{mode}");
    }
    if let Some(about) = &act.about {
        let _ = write!(out, " about {about}");
    }
    if !act.recipient.is_empty() {
        let _ = write!(out, " > {}", sides(&act.recipient));
    }
    let _ = write!(out, "\n      {}, {}", act.factuality, act.epoch);
    if let Some(date) = act.date {
        match act.date_precision {
            Precision::Day => _ = write!(out, ", {date}"),
            Precision::Month => _ = write!(out, ", {}", date.strftime("%Y-%m")),
            Precision::Year => _ = write!(out, ", {}", date.year()),
            Precision::Unknown => {}
        }
    }
    if act.attribution.kind != AttributionKind::Article || act.attribution.speaker.is_some() {
        let speaker = act.attribution.speaker.as_deref().unwrap_or("somebody");
        let _ = write!(out, ", {} of {speaker}", act.attribution.kind);
        if let Some(code) = &act.attribution.code {
            let _ = write!(out, " [{code}]");
        }
    }
    match &act.because_of {
        Some(Cause::Span { text, .. }) => _ = write!(out, ", because of \"{text}\""),
        Some(Cause::Act(id)) => {
            let cause = coded.acts.iter().find(|a| a.id == *id).map_or("?", |a| a.event_text.as_str());
            let _ = write!(out, ", because of the act \"{cause}\"");
        }
        None => {}
    }
    if !act.repeats.is_empty() {
        let _ = write!(out, ", told {} times", act.repeats.len() + 1);
    }
    out.push('\n');
}

fn write_standing(out: &mut String, standing: &Standing) {
    let _ = write!(out, "  {} {}: {}", sides(&standing.actor), standing.kind, standing.state);
    if !standing.recipient.is_empty() {
        let _ = write!(out, " > {}", sides(&standing.recipient));
    }
    if !standing.territory.is_empty() {
        let _ = write!(out, ", {}", standing.territory.join(" "));
    }
    let _ = writeln!(out, "\n      {}, {}", standing.factuality, standing.epoch);
}

fn sides(parties: &[Party]) -> String {
    if parties.is_empty() {
        return "somebody".to_owned();
    }
    let side = |party: &Party| {
        let code = party.code.as_deref().unwrap_or("?");
        match party.via {
            Via::Name | Via::Metonym | Via::Office => format!("{code} ({})", party.entity_text),
            via => format!("{code} ({}, by {via})", party.entity_text),
        }
    };
    parties.iter().map(side).collect::<Vec<_>>().join(" + ")
}

#[test]
fn passages_are_coded_as_before() {
    let update = env::var_os("UPDATE_SNAPSHOTS").is_some();
    let mut changes = String::new();
    for passage in all() {
        let path = folder().join(format!("{}.snap", passage.name));
        let now = snapshot(&passage);
        let before = fs::read_to_string(&path).unwrap_or_default();
        if now == before {
            continue;
        }
        if update {
            fs::write(&path, &now).expect("a snapshot can be written");
        } else {
            let _ = writeln!(changes, "{}.snap:\n{}", passage.name, difference(&before, &now));
        }
    }
    assert!(changes.is_empty(), "{changes}\nUPDATE_SNAPSHOTS=1 rewrites the snapshots");
}

/// Lines that only one of two texts has.
fn difference(before: &str, now: &str) -> String {
    let gone = before.lines().filter(|&line| !now.lines().any(|l| l == line)).map(|line| format!("- {line}\n"));
    let new = now.lines().filter(|&line| !before.lines().any(|l| l == line)).map(|line| format!("+ {line}\n"));
    gone.chain(new).collect()
}

#[test]
fn there_are_passages_and_no_snapshot_without_one() {
    let names: Vec<String> = all().into_iter().map(|passage| passage.name).collect();
    assert!(names.len() >= 30, "only {} passages", names.len());
    for entry in fs::read_dir(folder()).expect("the folder of passages is there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end == "snap") {
            let stem = path.file_stem().expect("a snapshot has a name").to_string_lossy().into_owned();
            assert!(names.contains(&stem), "{stem}.snap has no passage");
        }
    }
}
