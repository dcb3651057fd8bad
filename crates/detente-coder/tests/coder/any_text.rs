//! What must hold for any text: no panic, spans inside the text, words that stand where they are said to stand.

use std::collections::HashSet;

use detente_coder::{Act, Cause, Party, Span, TextField};
use proptest::prelude::*;

use crate::{article, coder, passages};

/// Words that make sentences of acts, and oddities that no parser likes.
const WORDS: &[&str] = &[
    "Norway",
    "Chad",
    "the",
    "ministry",
    "of",
    "foreign",
    "affairs",
    "Oslo",
    "its",
    "they",
    "it",
    "both",
    "sides",
    "who",
    "which",
    "that",
    "to",
    "and",
    "with",
    "between",
    "by",
    "has",
    "was",
    "will",
    "not",
    "expelled",
    "suspended",
    "talks",
    "sanctions",
    "imposed",
    "on",
    "agreement",
    "signed",
    "troops",
    "deployed",
    "said",
    "President",
    "Ms",
    "minister",
    "'s",
    "’s",
    ",",
    ".",
    ";",
    ":",
    "?",
    "!",
    "...",
    "…",
    "—",
    "-",
    "“",
    "”",
    "\"",
    "«",
    "»",
    "(",
    ")",
    "[",
    "]",
    "Monday",
    "in",
    "2011",
    "November",
    "31",
    "two",
    "years",
    "ago",
    "last",
    "year",
    "9999999999999999999",
    "İstanbul",
    "ﬁ",
    "ß",
    "e\u{301}",
    "\u{200d}",
    "\u{feff}",
    "\u{202e}",
    "🇳🇴",
    "👩‍👩‍👧",
    "中国",
    "عربي",
    "\u{0}",
    "\u{a0}",
    "\t",
    "\n",
    "\n\n",
    "US",
    "U.S.",
    "UN",
    "Turkish-Libyan",
    "anti-Russian",
    "http://a.b",
    "@x",
    "#y",
    "<b>",
    "&amp;",
    "MOSCOW",
    "(Reuters)",
    "January",
    "0",
    "''",
    "``",
    "A",
    "a",
];

/// Texts of words in no order, some of them very long.
fn salad() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        40 => proptest::sample::select(WORDS).prop_map(str::to_owned),
        1 => ("[a-zA-Zäß中-]", 200usize..4000).prop_map(|(letter, times)| letter.repeat(times)),
        2 => any::<String>(),
    ];
    proptest::collection::vec((word, prop_oneof![8 => Just(" "), 1 => Just("")]), 0..80)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap.to_owned()]).collect())
}

/// Texts with the order of sentences, of names, verbs and objects at random.
fn sentences() -> impl Strategy<Value = String> {
    let name = || {
        proptest::sample::select(vec![
            "Norway",
            "Chad",
            "The Chadian president",
            "It",
            "Oslo",
            "Both sides",
            "Norway and Chad",
            "the ministry",
        ])
    };
    let verb = proptest::sample::select(vec![
        "expelled",
        "condemned",
        "will meet",
        "did not attack",
        "was sanctioned by",
        "urged talks with",
        "signed an agreement with",
        "has suspended aid to",
        "denied that it attacked",
        "threatened to bomb",
    ]);
    let end = proptest::sample::select(vec![
        ".",
        " on Monday.",
        " in 2011.",
        " two years ago.",
        ", it said.",
        " in response.",
        " “at once”.",
    ]);
    proptest::collection::vec((name(), verb, name(), end), 1..6)
        .prop_map(|all| all.into_iter().map(|(a, verb, b, end)| format!("{a} {verb} {b}{end} ")).collect())
}

/// The texts of an article's fields, by characters.
struct Fields {
    title: Vec<char>,
    text: Vec<char>,
}

impl Fields {
    fn of(&self, field: TextField) -> &[char] {
        match field {
            TextField::Title => &self.title,
            TextField::Text => &self.text,
        }
    }

    fn words(&self, field: TextField, span: Span) -> String {
        let words = self.of(field).get(span.start as usize..span.end as usize);
        words.unwrap_or_else(|| panic!("{span:?} is outside the {field}")).iter().collect()
    }
}

fn check_spans(act: &Act, fields: &Fields) {
    let field = act.text_info.field;
    let parties: Vec<&Party> = act.actor.iter().chain(&act.recipient).chain(&act.third).collect();
    let place = act.event_loc.iter().map(|place| Span { start: place.start, end: place.end });
    let cause = act.because_of.iter().filter_map(|cause| match cause {
        Cause::Span { start, end, .. } => Some(Span { start: *start, end: *end }),
        Cause::Act(_) => None,
    });
    let spans = [act.evidence, Span { start: act.text_info.start, end: act.text_info.end }]
        .into_iter()
        .chain(act.matched.iter().copied())
        .chain(act.cues.iter().map(|cue| Span { start: cue.start, end: cue.end }))
        .chain(parties.iter().map(|party| party.span()))
        .chain(place)
        .chain(cause);
    for span in spans {
        assert!(!fields.words(field, span).is_empty(), "{span:?} is empty: {act:?}");
    }
    for party in parties {
        if let Some(antecedent) = party.antecedent {
            // A title's pronoun may stand for a name of the text.
            let reach = fields.of(field).len().max(fields.text.len());
            assert!(antecedent.start < antecedent.end && antecedent.end as usize <= reach);
        }
    }
    for repeat in &act.repeats {
        fields.words(repeat.field, Span { start: repeat.start, end: repeat.end });
    }
}

/// The words of a clean text stand where the act says.
fn check_words(act: &Act, fields: &Fields) {
    for party in act.actor.iter().chain(&act.recipient).chain(&act.third) {
        assert_eq!(party.entity_text, fields.words(act.text_info.field, party.span()));
    }
    assert_eq!(act.event_text, fields.words(act.text_info.field, act.evidence));
}

fn check(title: &str, text: &str, clean: bool) -> usize {
    let Some(article) = article(title, "2025-03-14", text) else { return 0 };
    let coded = coder().code(&article);
    let fields = Fields { title: title.chars().collect(), text: text.chars().collect() };
    let mut ids = HashSet::new();
    for act in &coded.acts {
        check_spans(act, &fields);
        if clean {
            check_words(act, &fields);
        }
        assert!(ids.insert(act.id.as_str()), "two acts have the id {}: {text}", act.id);
        assert_eq!(act.event.len(), 1);
        assert!((0.0..=1.0).contains(&act.confidence));
    }
    assert_eq!(coded.acts, coder().code(&article).acts, "a second run gives other acts: {text}");
    coded.acts.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters_can_be_coded(title in any::<String>(), text in any::<String>()) {
        check(&title, &text, false);
    }

    #[test]
    fn words_in_no_order_can_be_coded(title in salad(), text in salad()) {
        check(&title, &text, false);
    }

    #[test]
    fn words_of_acts_stand_where_they_say(text in sentences()) {
        check("", text.trim_end(), true);
    }
}

#[test]
fn words_of_the_passages_stand_where_they_say() {
    let acts: usize = passages::all().iter().map(|passage| check(&passage.title, &passage.text, true)).sum();
    assert!(acts >= 50, "only {acts} acts");
}

#[test]
fn a_text_without_words_has_no_acts() {
    for text in ["", " ", "\n\n", "…", "“”", "\u{feff}"] {
        assert_eq!(check("", text, false), 0);
    }
}
