//! What the shipped grammar makes of news: invented sentences with the troubles of real ones.

use std::sync::OnceLock;

use detente_grammar::{Deprel, Grammar, Sentence, Upos};

fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| Grammar::from_bytes(detente_model::grammar_bytes()).unwrap())
}

fn sentences(text: &str) -> Vec<&str> {
    grammar().parse(text).iter().map(|sentence| &text[sentence.start as usize..sentence.end as usize]).collect()
}

/// The word in `sentence` that stands in `relation` to the word `head`.
fn dependent<'t>(text: &'t str, sentence: &Sentence, head: &str, relation: Deprel) -> Option<&'t str> {
    sentence
        .tokens
        .iter()
        .find(|token| {
            token.deprel == relation
                && sentence.tokens.get(usize::from(token.head)).is_some_and(|other| other.form(text) == head)
        })
        .map(|token| token.form(text))
}

#[test]
fn abbreviations_do_not_end_sentences() {
    let text = "Gen. Paul Stone met Sen. J. K. Reed at 5 p.m. in Geneva. They discussed the U.S. offer. Mr. Lee, of Acme Inc., did not.";
    assert_eq!(
        sentences(text),
        [
            "Gen. Paul Stone met Sen. J. K. Reed at 5 p.m. in Geneva.",
            "They discussed the U.S. offer.",
            "Mr. Lee, of Acme Inc., did not."
        ]
    );
}

#[test]
fn quotation_marks_stay_with_their_sentence() {
    let text = "“We will not sign.” The minister left. \"It is over,\" she said. \"Talks have failed.\"";
    assert_eq!(
        sentences(text),
        ["“We will not sign.”", "The minister left.", "\"It is over,\" she said.", "\"Talks have failed.\""]
    );
}

#[test]
fn datelines_stand_apart() {
    let text = "GENEVA (AP) - Norway has suspended the talks with Iceland, the ministry said on Monday.";
    let parsed = grammar().parse(text);
    assert_eq!(parsed.len(), 2);
    assert_eq!(dependent(text, &parsed[1], "suspended", Deprel::Nsubj), Some("Norway"));
    assert_eq!(dependent(text, &parsed[1], "suspended", Deprel::Obj), Some("talks"));
    // What is said stands first: the report hangs on it, as Universal Dependencies has it for "..., he said".
    assert_eq!(dependent(text, &parsed[1], "suspended", Deprel::Parataxis), Some("said"));
}

#[test]
fn passives_name_agent_and_patient() {
    let text = "The ambassador was expelled by Norway on Tuesday.";
    let parsed = grammar().parse(text);
    assert_eq!(dependent(text, &parsed[0], "expelled", Deprel::NsubjPass), Some("ambassador"));
    assert_eq!(dependent(text, &parsed[0], "expelled", Deprel::OblAgent), Some("Norway"));
    assert_eq!(parsed[0].tokens[3].lemma, "expel");
}

#[test]
fn possessors_and_titles_hang_together() {
    let text = "Prime Minister Erna Berg's government imposed sanctions on Iceland.";
    let parsed = grammar().parse(text);
    assert_eq!(dependent(text, &parsed[0], "imposed", Deprel::Nsubj), Some("government"));
    assert_eq!(dependent(text, &parsed[0], "imposed", Deprel::Obj), Some("sanctions"));
    assert!(dependent(text, &parsed[0], "government", Deprel::NmodPoss).is_some());
}

#[test]
fn headlines_have_verbs() {
    for text in ["NORWAY CONDEMNS ATTACK ON EMBASSY", "Norway Condemns Attack on Embassy"] {
        let parsed = grammar().parse(text);
        assert_eq!(parsed.len(), 1, "{text}");
        let verb = &parsed[0].tokens[1];
        assert_eq!((verb.upos, verb.lemma.as_str(), verb.deprel), (Upos::Verb, "condemn", Deprel::Root), "{text}");
        assert_eq!(parsed[0].tokens[0].deprel, Deprel::Nsubj, "{text}");
    }
}

#[test]
fn relations_of_clauses() {
    let text = "The president said Norway would not withdraw its troops unless Iceland, which had invaded in May, agreed to a truce.";
    let parsed = grammar().parse(text);
    assert_eq!(dependent(text, &parsed[0], "said", Deprel::Nsubj), Some("president"));
    assert_eq!(dependent(text, &parsed[0], "withdraw", Deprel::Nsubj), Some("Norway"));
    assert_eq!(dependent(text, &parsed[0], "withdraw", Deprel::Obj), Some("troops"));
    assert_eq!(dependent(text, &parsed[0], "Iceland", Deprel::AclRelcl), Some("invaded"));
    assert_eq!(dependent(text, &parsed[0], "agreed", Deprel::Obl), Some("truce"));
}
