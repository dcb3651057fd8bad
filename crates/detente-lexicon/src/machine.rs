//! State machines of affairs, as the files of `machines/` write them: what an act says to an affair.

use smol_str::SmolStr;

use crate::{
    error::{Error, Problem},
    record::{Record, items, records},
    source::File,
    words::Words,
};

/// Who the parties of an affair are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// All that act or are acted upon, in one affair.
    Together,
    /// Every two of them, each pair in an affair of its own.
    Pairs,
    /// The actor towards the recipient: the other way round is another affair.
    Directed,
    /// A candidate and an organisation, and those that stand in the way.
    Membership,
    /// Claimants and holder of a territory.
    Territory,
}

/// One kind of affair: its states, and what leads to each.
#[derive(Clone, Debug)]
pub struct Machine {
    /// The kind: negotiation, sanction...
    pub kind: SmolStr,
    /// What the kind is, in a few words.
    pub title: SmolStr,
    /// Its states.
    pub states: Vec<SmolStr>,
    /// Who its parties are.
    pub sides: Sides,
    /// Two subjects between the same parties are two affairs.
    pub subjects_apart: bool,
    /// A third party of the act is a party of the affair.
    pub third_is_party: bool,
    /// Sectors of those that can move it; empty: those that act for their state.
    pub sectors: Vec<SmolStr>,
    /// States that history alone does not prove to last.
    pub passing: Vec<SmolStr>,
    /// States that a circumstance of long ago proves to stand: a treaty of 1962.
    pub lasting: Vec<SmolStr>,
    /// States that one side alone can only claim once another side has ended them.
    pub together: Vec<SmolStr>,
    /// States that contradict no other side's account.
    pub wishes: Vec<SmolStr>,
    /// Words that say nothing of the subject.
    pub plain: Vec<Term>,
    /// Words that name the same subject, the first one standing for all.
    pub same: Vec<Vec<SmolStr>>,
    /// Where the state that is said does not simply take the place of the old one.
    pub after: Vec<After>,
    /// The state that a circumstance tells which denies another: "does not recognise" of granted tells refused.
    pub denied: Vec<(SmolStr, SmolStr)>,
    /// What leads to the states; the first that fits an act counts.
    pub moves: Vec<Move>,
}

/// The state that comes of an old one and one that is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// The old state.
    pub from: SmolStr,
    /// The state that is said.
    pub said: SmolStr,
    /// The state that comes of it.
    pub to: SmolStr,
}

/// A word, or a word set of `words/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// A lemma, or several.
    Word(SmolStr),
    /// The name of a word set.
    Set(SmolStr),
}

/// What an act must be to lead to a state; empty lists ask for nothing.
#[derive(Clone, Debug, Default)]
pub struct Move {
    /// The state of an act that took place; none: the act is noted only.
    pub state: Option<SmolStr>,
    /// States of acts that are intended, possible, requested or denied.
    pub unreal: Vec<(SmolStr, SmolStr)>,
    /// What it means, in a few words.
    pub reads: SmolStr,
    /// Types of act.
    pub types: Vec<SmolStr>,
    /// Types of what the act is about.
    pub about: Vec<SmolStr>,
    /// Modes of the act.
    pub modes: Vec<SmolStr>,
    /// Modes that the act must not have.
    pub unless_modes: Vec<SmolStr>,
    /// Main word of the act.
    pub verbs: Vec<Term>,
    /// Words of the act or its subject.
    pub words: Vec<Term>,
    /// Words that must stand beside those.
    pub with: Vec<Term>,
    /// Words that must not.
    pub unless: Vec<Term>,
    /// What else the act must have.
    pub needs: Vec<Need>,
    /// It moves an affair that other acts show, and makes none.
    pub joins: bool,
    /// It is the recipient's affair with the actor: who evades sanctions is under them.
    pub turned: bool,
}

/// What an act must have beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// An intergovernmental organisation.
    Organisation,
    /// A disputed territory.
    Territory,
    /// A subject.
    Subject,
    /// Both sides as actors.
    Both,
    /// A recipient.
    Recipient,
    /// A subject that is a name and no more: "recognises Freedonia", not "recognises Freedonia's efforts".
    Name,
}

impl Machine {
    /// The state that comes of an old one and one that is said.
    pub fn next<'m>(&'m self, from: Option<&str>, said: &'m str) -> &'m str {
        let after = |after: &&After| Some(after.from.as_str()) == from && after.said == said;
        self.after.iter().find(after).map_or(said, |after| after.to.as_str())
    }

    /// The other states that a move can bring an affair into from a state, in the order of the machine's states.
    pub fn next_states<'m>(&'m self, from: &str) -> impl Iterator<Item = &'m SmolStr> {
        let said =
            self.moves.iter().flat_map(|step| step.state.iter().chain(step.unreal.iter().map(|(_, state)| state)));
        let reached: Vec<&str> = said.map(|said| self.next(Some(from), said)).filter(|to| *to != from).collect();
        self.states.iter().filter(move |state| reached.contains(&state.as_str()))
    }
}

/// Reads the machine of a file of `machines/`.
pub(crate) fn machine(file: &File) -> Result<Option<Machine>, Error> {
    if !file.path.starts_with("machines/") {
        return Ok(None);
    }
    let all = records(file)?;
    let Some((head, moves)) = all.split_first() else { return Ok(None) };
    let states = owned(head, "states");
    let same = head.fields.iter().filter(|f| f.key == "same");
    let mut machine = Machine {
        kind: head.code.into(),
        title: head.title.into(),
        sides: sides(file, head)?,
        subjects_apart: head.one("subjects") == Some("apart"),
        third_is_party: head.one("third") == Some("party"),
        sectors: owned(head, "sectors"),
        passing: owned(head, "passing"),
        lasting: owned(head, "lasting"),
        together: owned(head, "together"),
        wishes: owned(head, "wishes"),
        plain: terms(head, "plain"),
        same: same.map(|f| items(f.value).map(SmolStr::from).collect()).collect(),
        after: Vec::new(),
        denied: Vec::new(),
        moves: Vec::new(),
        states,
    };
    for field in head.fields.iter().filter(|field| field.key == "after") {
        for text in items(field.value) {
            let bad = || fail(file, field.line, text);
            let (old, to) = text.split_once('=').ok_or_else(bad)?;
            let (from, said) = old.split_once('+').ok_or_else(bad)?;
            let known = |state: &str| machine.known(state.trim()).ok_or_else(bad);
            machine.after.push(After { from: known(from)?, said: known(said)?, to: known(to)? });
        }
    }
    for field in head.fields.iter().filter(|field| field.key == "denied") {
        for text in items(field.value) {
            let bad = || fail(file, field.line, text);
            let (told, then) = text.split_once('=').ok_or_else(bad)?;
            let known = |state: &str| machine.known(state.trim()).ok_or_else(bad);
            machine.denied.push((known(told)?, known(then)?));
        }
    }
    for list in ["passing", "lasting", "together", "wishes"] {
        if let Some(field) = head.field(list)
            && let Some(state) = items(field.value).find(|state| machine.known(state).is_none())
        {
            return Err(fail(file, field.line, state));
        }
    }
    for record in moves {
        let step = read_move(file, &machine, record)?;
        machine.moves.push(step);
    }
    Ok(Some(machine))
}

/// Finds word sets that a machine names and no file of `words/` has.
pub(crate) fn check(machines: &[Machine], words: &Words) -> Result<(), Error> {
    for machine in machines {
        let of_moves = machine.moves.iter().flat_map(|m| [&m.verbs, &m.words, &m.with, &m.unless]);
        for term in of_moves.chain([&machine.plain]).flatten() {
            if let Term::Set(set) = term
                && !words.sets.contains_key(set)
            {
                let file = format!("machines/{}.txt", machine.kind);
                return Err(Error::new(file, 0, Problem::UnknownSection(format!("{{{set}}}"))));
            }
        }
    }
    Ok(())
}

impl Machine {
    fn known(&self, state: &str) -> Option<SmolStr> {
        self.states.iter().find(|known| *known == state).cloned()
    }
}

fn read_move(file: &File, machine: &Machine, record: &Record<'_>) -> Result<Move, Error> {
    let line = record.fields.first().map_or(0, |field| field.line.saturating_sub(1));
    if record.code != "+" {
        return Err(fail(file, line, record.code));
    }
    let state = match record.title {
        "noted" => None,
        title => Some(machine.known(title).ok_or_else(|| fail(file, line, title))?),
    };
    let mut step = Move { state, ..Move::default() };
    for field in &record.fields {
        let bad = || fail(file, field.line, field.value);
        match field.key {
            "reads" => step.reads = field.value.into(),
            "type" => step.types = owned(record, "type"),
            "about" => step.about = owned(record, "about"),
            "mode" => step.modes = owned(record, "mode"),
            "unless mode" => step.unless_modes = owned(record, "unless mode"),
            "verb" => step.verbs = terms(record, "verb"),
            "words" => step.words = terms(record, "words"),
            "with" => step.with = terms(record, "with"),
            "unless" => step.unless = terms(record, "unless"),
            "needs" => {
                for need in items(field.value) {
                    step.needs.push(match need {
                        "organisation" => Need::Organisation,
                        "territory" => Need::Territory,
                        "subject" => Need::Subject,
                        "both sides" => Need::Both,
                        "recipient" => Need::Recipient,
                        "name alone" => Need::Name,
                        _ => return Err(bad()),
                    });
                }
            }
            "joins" => step.joins = field.value == "only",
            "sides" => step.turned = field.value == "turned",
            "intended" | "possible" | "requested" | "denied" => {
                step.unreal.push((field.key.into(), machine.known(field.value).ok_or_else(bad)?));
            }
            _ => return Err(fail(file, field.line, field.key)),
        }
    }
    Ok(step)
}

fn sides(file: &File, head: &Record<'_>) -> Result<Sides, Error> {
    match head.one("sides") {
        Some("together") | None => Ok(Sides::Together),
        Some("pairs") => Ok(Sides::Pairs),
        Some("directed") => Ok(Sides::Directed),
        Some("membership") => Ok(Sides::Membership),
        Some("territory") => Ok(Sides::Territory),
        Some(other) => Err(fail(file, head.field("sides").map_or(0, |field| field.line), other)),
    }
}

fn owned(record: &Record<'_>, key: &str) -> Vec<SmolStr> {
    record.list(key).map(SmolStr::from).collect()
}

fn terms(record: &Record<'_>, key: &str) -> Vec<Term> {
    record
        .list(key)
        .map(|item| match item.strip_prefix('{').and_then(|item| item.strip_suffix('}')) {
            Some(set) => Term::Set(set.into()),
            None => Term::Word(item.into()),
        })
        .collect()
}

fn fail(file: &File, line: usize, text: &str) -> Error {
    Error::new(file.path.as_ref(), line, Problem::BadLine(text.to_owned()))
}
