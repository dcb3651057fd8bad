//! The page on affairs says what the machines of the lexicon say.

mod news;

use std::{fmt::Write as _, fs, path::Path};

use detente_coder::EventType;
use detente_lexicon::{Machine, Move, Need, Sides, Term};
use news::LEXICON;

/// What stands before the tables.
const OPENING: &str = "\
# Affairs

An affair is a matter between states that lasts: a negotiation, a sanction, a claim. Detente computes affairs from acts;
acts are never changed. What an act says to an affair stands in the files of `lexicon/machines/`, one for each kind, and a
user's lexicon folder may replace any of them. This page is drawn from those files: after a change run
`UPDATE_DOCS=1 cargo test -p detente-ledger --test page`.

## How acts become affairs

- Each act is read by every machine; of each machine the first step counts whose types, words and needs the act has. Words
  are those that the act's rule matched and those of its subject.
- The step's state is that of an act that took place. Acts that are intended, possible, requested or denied bring the
  state that the step gives them, if it gives one; else the act is noted as an entry and moves nothing.
- Entries stand in order of time: recalled history first, then by date, then by day of publication, article and place in
  the text. The order in which articles are given makes no difference. `since` is the date of the entry that brought the
  state; where that is not known it is null. Where a month or a year brought it and a report of the same state names a day in
  it, that day counts.
- Where subjects are apart, two subjects between the same parties are two affairs. Words that say nothing of the subject are
  left out before subjects are compared, and two are one when one holds all the words of the other, or both share half.
- An act that names no subject, or not all the parties, joins the only affair that it can mean, and none when there are two.
  Where its step needs a subject, it may be of another matter, and moves no affair from one state to another.
- An affair's id is a hash of its kind, its parties and the words of its first subject. Those of its other subjects are its
  `aliases`: an id that it had while less was known still finds it.
- When one side has ended something, the other side's word alone that it goes on does not move the state; it stands beside
  it in `accounts`. The side that ended it, or both together, can take it up again.
- Where several articles report one act, all of them speak, on the day that the best report gives; what several say alike is
  one entry (`docs/ledger.md`). What its outlet corrected or took back is no entry.
- The last table of each kind tells what could come next: the states that some step leads to from where it stands.
- What articles tell as standing (\"relations are strained\") and not as a deed is an entry as well; its sentences are in
  `lexicon/affairs/`.
";

#[test]
fn the_page_is_what_the_table_gives() {
    let mut page = OPENING.to_owned();
    for machine in &LEXICON.machines {
        write_machine(machine, &mut page);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/affairs.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).expect("the page is written");
    }
    let written = fs::read_to_string(&path).expect("docs/affairs.md");
    assert!(written == page, "docs/affairs.md is not what lexicon/machines/ says; run with UPDATE_DOCS=1");
}

#[test]
fn types_and_modes_are_those_of_the_ontology() {
    for machine in &LEXICON.machines {
        for step in &machine.moves {
            assert!(!step.types.is_empty() && !step.reads.is_empty(), "{}: {step:?}", machine.kind);
            for name in step.types.iter().chain(&step.about) {
                assert!(EventType::parse(name).is_some(), "{}: {name} is no type", machine.kind);
            }
            for mode in step.modes.iter().chain(&step.unless_modes) {
                let known = EventType::ALL.iter().any(|event| event.modes().any(|known| known == mode.as_str()));
                assert!(known, "{}: {mode} is no mode", machine.kind);
            }
        }
        for state in &machine.states {
            let is_said = machine
                .moves
                .iter()
                .any(|step| step.state.as_ref() == Some(state) || step.unreal.iter().any(|(_, s)| s == state));
            let is_reached = machine.after.iter().any(|after| after.to == *state);
            let stands = LEXICON.examples.iter().any(|e| {
                e.section.standing
                    && e.section.kind == machine.kind
                    && e.section.mode.as_ref().is_some_and(|m| m.replace('-', " ") == state.as_str())
            });
            assert!(is_said || is_reached || stands, "{}: nothing leads to {state}", machine.kind);
        }
    }
}

#[test]
fn circumstances_have_states_of_their_machine() {
    for example in LEXICON.examples.iter().filter(|example| example.section.standing) {
        let machine = LEXICON.machines.iter().find(|machine| machine.kind == example.section.kind);
        let state = example.section.mode.as_deref().unwrap_or("").replace('-', " ");
        let place = format!("{}:{}", example.file, example.line);
        assert!(machine.is_some_and(|machine| machine.states.iter().any(|known| *known == state)), "{place}: {state}");
    }
}

fn write_machine(machine: &Machine, page: &mut String) {
    let states = machine.states.join(", ");
    let _ = write!(page, "\n## {}\n\n{}. States: {states}.", capital(&machine.kind), capital(&machine.title));
    let sides = match machine.sides {
        Sides::Together => "All sides of an act are its parties.",
        Sides::Pairs => "Each pair of sides has its own.",
        Sides::Directed => "The party that acts stands first; the other way round is another affair.",
        Sides::Membership => "Its parties are the candidate, the organisation, and those that stand in the way.",
        Sides::Territory => {
            "Its parties are claimants and holder, as `lexicon/places/territories.txt` knows them; of a border, its two sides."
        }
    };
    let _ = write!(page, " {sides}");
    if machine.subjects_apart {
        page.push_str(" Subjects are apart.");
    }
    if machine.third_is_party {
        page.push_str(" A third party, whose forces they are, is a party.");
    }
    for (list, what) in [
        (&machine.passing, "History alone does not prove"),
        (&machine.lasting, "Told of long ago, stands all the same"),
        (&machine.together, "One side alone can only claim, once another has ended it"),
        (&machine.wishes, "Contradicts no other account"),
    ] {
        if !list.is_empty() {
            let _ = write!(page, " {what}: {}.", list.join(", "));
        }
    }
    for (told, then) in &machine.denied {
        let _ = write!(page, " A circumstance that denies {told} tells {then}.");
    }
    page.push_str("\n\n| state | when | acts | words | not actual |\n|---|---|---|---|---|\n");
    for step in &machine.moves {
        let state = step.state.as_deref().unwrap_or("(noted)");
        let unreal: Vec<String> =
            step.unreal.iter().map(|(factuality, state)| format!("{factuality}: {state}")).collect();
        let _ =
            writeln!(page, "| {state} | {} | {} | {} | {} |", step.reads, acts(step), words(step), unreal.join(", "));
    }
    if !machine.after.is_empty() {
        page.push_str("\n| stands | is said | becomes |\n|---|---|---|\n");
        for after in &machine.after {
            let _ = writeln!(page, "| {} | {} | {} |", after.from, after.said, after.to);
        }
    }
    page.push_str("\n| stands | could come next |\n|---|---|\n");
    for state in &machine.states {
        let next: Vec<&str> = machine.next_states(state).map(smol_str::SmolStr::as_str).collect();
        let _ = writeln!(page, "| {state} | {} |", next.join(", "));
    }
}

fn acts(step: &Move) -> String {
    let mut text = step.types.join(", ");
    for (list, word) in [(&step.about, "about"), (&step.modes, "mode"), (&step.unless_modes, "not mode")] {
        if !list.is_empty() {
            let _ = write!(text, " {word} {}", list.join(", "));
        }
    }
    for need in &step.needs {
        text.push_str(match need {
            Need::Organisation => "; names an organisation",
            Need::Territory => "; names a disputed territory",
            Need::Subject => "; has a subject",
            Need::Both => "; of both sides",
            Need::Recipient => "; has a recipient",
            Need::Name => "; its subject is a name alone",
        });
    }
    if step.turned {
        text.push_str("; the recipient's affair with the actor");
    }
    if step.joins {
        text.push_str("; only where other acts show the affair");
    }
    text
}

fn words(step: &Move) -> String {
    let terms = |list: &[Term]| {
        let words: Vec<String> = list
            .iter()
            .map(|term| match term {
                Term::Word(word) => word.to_string(),
                Term::Set(set) => format!("{{{set}}}"),
            })
            .collect();
        words.join(", ")
    };
    let mut said = Vec::new();
    for (list, what) in [(&step.verbs, "verb "), (&step.words, ""), (&step.with, "with "), (&step.unless, "not ")] {
        if !list.is_empty() {
            said.push(format!("{what}{}", terms(list)));
        }
    }
    said.join("; ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
