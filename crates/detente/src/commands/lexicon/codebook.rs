//! The codebook: what the lexicon codes, written as Markdown from its own files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use detente_coder::{AttributionKind, Epoch, EventType, Factuality, Precision, Via};
use detente_lexicon::{Example, Expect, Lexicon, Term};

use super::meaning;

/// Examples shown of a type or mode, and counter-examples of a type.
const SHOWN: usize = 6;
/// Words shown of a word set.
const WORDS_SHOWN: usize = 8;

/// What stands before the types.
const OPENING: &str = "\
# Codebook

What Detente codes, drawn from the files of `lexicon/` by `detente lexicon codebook`; refreshed by
`UPDATE_DOCS=1 cargo test -p detente --test codebook`. Types, modes, quad classes and scales are those of
[PLOVER](https://github.com/openeventdata/PLOVER); the definitions are our own words.

A rule is an example sentence. **Ruritania** acts, **Freedonia** is acted upon, **Sylvania** is a third party, **Zenda** is
a territory. Lines with `+` code to the type and mode above them, lines with `-` to nothing, or to the type after `=>`.
`{words:set}` stands for any word of a [word set](#word-sets), `{word}` for those of the set of that name. A few examples
are shown of each; all stand in `lexicon/acts/`, and [lexicon.md](lexicon.md) tells how to write more.
";

/// Writes the codebook of a lexicon.
pub fn write(lexicon: &Lexicon) -> String {
    let mut page = OPENING.to_owned();
    types(lexicon, &mut page);
    for event in EventType::ALL {
        write_type(lexicon, event, &mut page);
    }
    fields(&mut page);
    contexts(lexicon, &mut page);
    sectors(lexicon, &mut page);
    affairs(lexicon, &mut page);
    sets(lexicon, &mut page);
    page
}

fn types(lexicon: &Lexicon, page: &mut String) {
    page.push_str(
        "\n## Types\n\n| type | quad class | scale | modes | examples | counter-examples |\n|---|---|---|---|---|---|\n",
    );
    for event in EventType::ALL {
        let (examples, counter) = of_type(lexicon, event);
        let _ = writeln!(
            page,
            "| [{event}](#{}) | {}: {} | {:.1} | {} | {} | {} |",
            event.as_str().to_lowercase(),
            event.quad(),
            meaning::of_quad(event.quad()),
            event.scale(None),
            event.modes().count(),
            examples.len(),
            counter.len()
        );
    }
}

/// Examples and counter-examples of a type.
fn of_type(lexicon: &Lexicon, event: EventType) -> (Vec<&Example>, Vec<&Example>) {
    lexicon
        .examples
        .iter()
        .filter(|example| !example.section.standing && example.section.kind == event.as_str())
        .partition(|example| example.expect == Expect::Act)
}

fn write_type(lexicon: &Lexicon, event: EventType, page: &mut String) {
    let (examples, counter) = of_type(lexicon, event);
    let _ = write!(
        page,
        "\n## {event}\n\n{}\n\nQuad class {} ({}), scale {:.1}.\n",
        meaning::of_type(event),
        event.quad(),
        meaning::of_quad(event.quad()),
        event.scale(None)
    );
    for mode in std::iter::once(None).chain(event.modes().map(Some)) {
        let of_mode: Vec<&Example> =
            examples.iter().copied().filter(|example| example.section.mode.as_deref() == mode).collect();
        match mode {
            Some(mode) => {
                let _ = write!(
                    page,
                    "\n### {event} {mode}\n\n{} Scale {:.1}; {}.\n",
                    meaning::of_mode(event, mode),
                    event.scale(Some(mode)),
                    counted(&of_mode)
                );
            }
            None if of_mode.is_empty() => page.push_str("\nEach example has a mode.\n"),
            None => {
                let _ = write!(page, "\nWithout a mode: {}.\n", counted(&of_mode));
            }
        }
        block('+', &of_mode, page);
    }
    if !counter.is_empty() {
        let _ = write!(page, "\n### Not {event}\n\n{} counter-examples.\n", counter.len());
        block('-', &counter, page);
    }
}

fn counted(examples: &[&Example]) -> String {
    let mutual = examples.iter().filter(|example| example.section.mutual).count();
    let noun = if examples.len() == 1 { "example" } else { "examples" };
    match mutual {
        0 => format!("{} {noun}", examples.len()),
        _ => format!("{} {noun}, in {mutual} of which both sides act", examples.len()),
    }
}

/// Shows some of the examples, from all parts of the list.
fn block(mark: char, examples: &[&Example], page: &mut String) {
    if examples.is_empty() {
        return;
    }
    page.push_str("\n```\n");
    let shown = examples.len().min(SHOWN);
    for example in (0..shown).map(|number| examples[number * examples.len() / shown]) {
        let _ = write!(page, "{mark} {}", example.sentence);
        if let Expect::Other(kind) = &example.expect {
            let _ = write!(page, " => {kind}");
        }
        page.push('\n');
    }
    page.push_str("```\n");
}

fn fields(page: &mut String) {
    page.push_str("\n## Fields\n\nBeside type, mode and sides an act says how it stands in the article.\n");
    let mut table = |name: &str, what: &str, rows: Vec<(&str, &str)>| {
        let _ = write!(page, "\n### {name}\n\n{what}\n\n| value | meaning |\n|---|---|\n");
        for (value, meaning) in rows {
            let _ = writeln!(page, "| `{value}` | {meaning} |");
        }
    };
    table(
        "factuality",
        "How far the article says that the act took place.",
        Factuality::ALL.iter().map(|&value| (value.as_str(), meaning::of_factuality(value))).collect(),
    );
    table(
        "epoch",
        "News or history.",
        Epoch::ALL.iter().map(|&value| (value.as_str(), meaning::of_epoch(value))).collect(),
    );
    table(
        "attribution",
        "On whose word the act stands (`kind`).",
        AttributionKind::ALL.iter().map(|&value| (value.as_str(), meaning::of_attribution(value))).collect(),
    );
    table(
        "via",
        "Of each side: how its words lead to the actor.",
        Via::ALL.iter().map(|&value| (value.as_str(), meaning::of_via(value))).collect(),
    );
    table(
        "date_precision",
        "How exactly the date of the act is known.",
        Precision::ALL.iter().map(|&value| (value.as_str(), meaning::of_precision(value))).collect(),
    );
}

fn contexts(lexicon: &Lexicon, page: &mut String) {
    let mut words: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (word, contexts) in &lexicon.words.contexts {
        for context in contexts {
            words.entry(context).or_default().insert(word);
        }
    }
    let _ = write!(
        page,
        "\n### context\n\nThe fields of life that the act's sentence touches: {} contexts, each marked by words of \
         `lexicon/words/contexts.txt`.\n\n| context | words | for instance |\n|---|---|---|\n",
        words.len()
    );
    for (context, words) in &words {
        let step = words.len().div_ceil(4).max(1);
        let some: Vec<&str> = words.iter().copied().step_by(step).collect();
        let _ = writeln!(page, "| `{context}` | {} | {} |", words.len(), some.join(", "));
    }
}

fn sectors(lexicon: &Lexicon, page: &mut String) {
    let mut titles: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for role in &lexicon.roles {
        titles.entry(&role.sector).or_default().insert(&role.title);
    }
    page.push_str(
        "\n### sector\n\nOf each side: what part of state or society acts. The nouns stand in \
         `lexicon/actors/roles.txt`.\n\n| sector | nouns | for instance |\n|---|---|---|\n",
    );
    for (sector, titles) in &titles {
        let step = titles.len().div_ceil(4).max(1);
        let some: Vec<&str> = titles.iter().copied().step_by(step).collect();
        let _ = writeln!(page, "| `{sector}` | {} | {} |", titles.len(), some.join(", "));
    }
}

fn affairs(lexicon: &Lexicon, page: &mut String) {
    page.push_str(
        "\n## Affairs\n\nWhat acts bring about. [affairs.md](affairs.md) tells which act leads to which state. Examples \
         are of what an article tells as standing, without an act; they are in `lexicon/affairs/`.\n",
    );
    for machine in &lexicon.machines {
        let _ = write!(page, "\n### {}\n\n{}.\n", machine.kind, capital(&machine.title));
        page.push_str("\n| state | when |\n|---|---|\n");
        for state in &machine.states {
            let mut when: Vec<&str> = Vec::new();
            for step in &machine.moves {
                if step.state.as_ref() == Some(state) && !when.contains(&step.reads.as_str()) {
                    when.push(&step.reads);
                }
            }
            for step in &machine.moves {
                if when.is_empty() && step.unreal.iter().any(|(_, unreal)| unreal == state) {
                    when.push("an act that is intended, possible, requested or denied says so");
                }
            }
            if when.is_empty() {
                when.push("an article tells of it, or it follows from the state before");
            }
            let _ = writeln!(page, "| {state} | {} |", when.join("; "));
        }
        let standing: Vec<&Example> = lexicon
            .examples
            .iter()
            .filter(|e| e.section.standing && e.section.kind == machine.kind && e.expect == Expect::Act)
            .collect();
        block('+', &standing, page);
    }
}

/// The word sets that examples or machines name, with the files' own order of words.
fn sets(lexicon: &Lexicon, page: &mut String) {
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for example in &lexicon.examples {
        for set in sets_of(&example.sentence) {
            users.entry(set).or_default().insert(&example.section.kind);
        }
    }
    for machine in &lexicon.machines {
        let lists = machine.moves.iter().flat_map(|step| [&step.verbs, &step.words, &step.with, &step.unless]);
        for term in lists.chain([&machine.plain]).flatten() {
            if let Term::Set(set) = term {
                users.entry(set).or_default().insert(&machine.kind);
            }
        }
    }
    let used: Vec<_> =
        users.iter().filter_map(|(name, users)| Some((name, lexicon.words.sets.get(*name)?, users))).collect();
    let _ = write!(
        page,
        "\n## Word sets\n\n{} sets widen the words of examples and machines. The first words of each are shown, in their \
         dictionary form; all stand in `lexicon/words/`.\n\n| set | words | for instance | used in |\n|---|---|---|---|\n",
        used.len()
    );
    for (name, words, users) in used {
        let mut some: Vec<&str> = words.iter().take(WORDS_SHOWN).map(|word| word.as_str()).collect();
        if words.len() > some.len() {
            some.push("...");
        }
        let users: Vec<&str> = users.iter().copied().collect();
        let _ = writeln!(page, "| `{name}` | {} | {} | {} |", words.len(), some.join(", "), users.join(", "));
    }
}

/// The sets that an example's braces name.
fn sets_of(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split('{').skip(1).filter_map(|part| {
        let (inside, _) = part.split_once('}')?;
        Some(inside.split_once(':').map_or(inside, |(_, set)| set).trim())
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::sets_of;

    #[test]
    fn braces_name_sets() {
        let sets: Vec<&str> = sets_of("Ruritania {suspended:suspend} {talks} with {Freedonia.").collect();
        assert_eq!(sets, ["suspend", "talks"]);
    }
}
