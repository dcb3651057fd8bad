//! A grammar trained on a few invented sentences: the trainer learns, the scorer counts, and trees are trees for any text.

use std::sync::OnceLock;

use detente_grammar::score::{Input, compare, score};
use detente_grammar::train::{Options, QuickOptions, quicken, train};
use detente_grammar::{Deprel, Grammar, ROOT, Sentence, Upos, conllu};
use proptest::prelude::*;

/// Sentences as word/LEMMA/UPOS/XPOS/head/relation.
const SENTENCES: &[&str] = &[
    "Ruritania/Ruritania/PROPN/NNP/2/nsubj suspended/suspend/VERB/VBD/0/root the/the/DET/DT/4/det talks/talk/NOUN/NNS/2/obj ././PUNCT/./2/punct",
    "Freedonia/Freedonia/PROPN/NNP/2/nsubj rejected/reject/VERB/VBD/0/root the/the/DET/DT/4/det plan/plan/NOUN/NN/2/obj ././PUNCT/./2/punct",
    "The/the/DET/DT/2/det talks/talk/NOUN/NNS/4/nsubj:pass were/be/AUX/VBD/4/aux:pass suspended/suspend/VERB/VBN/0/root by/by/ADP/IN/6/case Sylvania/Sylvania/PROPN/NNP/4/obl:agent ././PUNCT/./4/punct",
    "The/the/DET/DT/2/det plan/plan/NOUN/NN/4/nsubj:pass was/be/AUX/VBD/4/aux:pass rejected/reject/VERB/VBN/0/root by/by/ADP/IN/6/case Ruritania/Ruritania/PROPN/NNP/4/obl:agent ././PUNCT/./4/punct",
    "Sylvania/Sylvania/PROPN/NNP/2/nsubj signed/sign/VERB/VBD/0/root a/a/DET/DT/4/det pact/pact/NOUN/NN/2/obj with/with/ADP/IN/6/case Freedonia/Freedonia/PROPN/NNP/2/obl ././PUNCT/./2/punct",
    "A/a/DET/DT/2/det pact/pact/NOUN/NN/4/nsubj:pass was/be/AUX/VBD/4/aux:pass signed/sign/VERB/VBN/0/root ././PUNCT/./4/punct",
];

fn treebank() -> String {
    written(SENTENCES)
}

fn written(sentences: &[&str]) -> String {
    let mut text = String::from("# newdoc id = invented\n");
    for (number, sentence) in sentences.iter().enumerate() {
        text.push_str(&format!("# sent_id = invented-{number}\n"));
        let words: Vec<Vec<&str>> = sentence.split(' ').map(|word| word.rsplitn(6, '/').collect()).collect();
        for (index, word) in words.iter().enumerate() {
            let [deprel, head, xpos, upos, lemma, form] = word[..] else { panic!("{word:?}") };
            let space = if words.get(index + 1).is_some_and(|next| next[5] == ".") { "SpaceAfter=No" } else { "_" };
            text.push_str(&format!(
                "{}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t{space}\n",
                index + 1
            ));
        }
        text.push('\n');
    }
    text
}

fn model() -> &'static [u8] {
    static MODEL: OnceLock<Vec<u8>> = OnceLock::new();
    MODEL.get_or_init(|| {
        let passages = conllu::read(&treebank().repeat(12)).unwrap();
        let options = Options { runs: 2, threads: 2, ..Options::default() };
        train(&passages, &[], &["Ruritania suspended the plan ."], &options, &mut |_| {}).unwrap()
    })
}

fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| Grammar::from_bytes(model()).unwrap())
}

/// The sentences of the treebank as plain text, as often as the model learned from them.
fn plain() -> String {
    conllu::read(&treebank().repeat(12)).unwrap().iter().map(|passage| passage.text.clone() + "\n").collect()
}

/// The model quickened on `text`, and the lines that told of its progress.
fn quickened(text: &str, options: &QuickOptions) -> (Vec<u8>, Vec<String>) {
    let mut lines = Vec::new();
    let bytes = quicken(model(), &[text], options, &mut |line| lines.push(line.to_owned())).unwrap();
    (bytes, lines)
}

fn is_tree(sentence: &Sentence, text: &str) {
    let length = sentence.tokens.len();
    assert_eq!(sentence.tokens.iter().filter(|token| token.head == ROOT).count(), 1, "{text:?}");
    for (index, token) in sentence.tokens.iter().enumerate() {
        assert_eq!(token.head == ROOT, token.deprel == Deprel::Root, "{text:?}");
        let (mut at, mut steps) = (index, 0);
        while sentence.tokens[at].head != ROOT {
            at = usize::from(sentence.tokens[at].head);
            steps += 1;
            assert!(at < length && steps <= length, "{text:?}");
        }
        assert!(!token.form(text).is_empty() && !token.lemma.is_empty(), "{text:?}");
    }
}

#[test]
fn learns_what_it_was_shown() {
    let passages = conllu::read(&treebank()).unwrap();
    for input in [Input::Words, Input::Raw] {
        let score = score(grammar(), &passages, input);
        assert_eq!(score.words.gold, 36);
        for (name, count) in score.rows() {
            assert!(count.f1() > 0.99, "{name} {count:?} {input:?}");
        }
    }
}

#[test]
fn reads_new_sentences_of_the_same_kind() {
    let text = "Freedonia suspended the plan. The pact was rejected by Sylvania.";
    let sentences = grammar().parse(text);
    assert_eq!(sentences.len(), 2);
    let words: Vec<_> =
        sentences[1].tokens.iter().map(|t| (t.form(text), t.lemma.as_str(), t.upos, t.deprel)).collect();
    assert_eq!(words[1], ("pact", "pact", Upos::Noun, Deprel::NsubjPass));
    assert_eq!(words[3], ("rejected", "reject", Upos::Verb, Deprel::Root));
    assert_eq!(words[5], ("Sylvania", "Sylvania", Upos::Propn, Deprel::OblAgent));
}

#[test]
fn punctuation_heads_nothing() {
    let text = "\"The talks!\" ... (Freedonia) \"";
    for sentence in grammar().parse(text) {
        for token in &sentence.tokens {
            if token.head != ROOT {
                assert_ne!(sentence.tokens[usize::from(token.head)].upos, Upos::Punct, "{sentence:?}");
            }
        }
    }
}

#[test]
fn training_is_repeatable() {
    let passages = conllu::read(&treebank().repeat(3)).unwrap();
    let model = |threads| {
        let options = Options { threads, parser_epochs: 2, ..Options::default() };
        train(&passages, &[], &["the talks were suspended"], &options, &mut |_| {}).unwrap()
    };
    assert!(model(1) == model(2));
}

#[test]
fn learns_tags_and_trees_from_silver_but_no_lemmas() {
    let (gold, silver) = SENTENCES.split_at(2);
    let read = |sentences| conllu::read(&written(sentences).repeat(12)).unwrap();
    let (gold, silver) = (read(gold), read(silver));
    let options = Options { runs: 1, ..Options::default() };
    let scored = |silver_read: &[conllu::Passage]| {
        let model = train(&gold, silver_read, &[], &options, &mut |_| {}).unwrap();
        score(&Grammar::from_bytes(&model).unwrap(), &silver, Input::Words)
    };
    let (without, with) = (scored(&[]), scored(&silver));
    assert!(with.upos.f1() > without.upos.f1() && with.las.f1() > without.las.f1());
    assert!(with.las.f1() > 0.9, "{with:?}");
    assert!(with.lemmas.f1() < 0.9, "{with:?}");
}

/// Of the choices of tags, steps and relations, the shares in per cent that are quick.
fn quick_shares(lines: &[String]) -> Vec<f64> {
    let quick = lines.iter().filter(|line| line.ends_with("are quick"));
    quick.map(|line| line.split(' ').next().unwrap().parse().unwrap()).collect()
}

#[test]
fn a_quickened_model_chooses_quickly_and_reads_what_the_whole_one_reads() {
    let options = QuickOptions { epochs: [5, 1], doubt: 0.05, ..QuickOptions::default() };
    let (bytes, lines) = quickened(&plain().repeat(6), &options);
    assert!(quick_shares(&lines).iter().all(|share| *share > 50.0), "{lines:?}");
    let quick = Grammar::from_bytes(&bytes).unwrap();
    for line in plain().lines() {
        assert_eq!(quick.parse(line), grammar().parse(line));
    }
}

#[test]
fn without_doubt_no_choice_is_quick() {
    let (bytes, lines) = quickened(&plain(), &QuickOptions { doubt: 0.0, ..QuickOptions::default() });
    assert_eq!(quick_shares(&lines), [0.0; 3]);
    let text = "Unseen lawmakers of Freedonia, who criticised nobody, were to resume the visit by train.";
    assert_eq!(Grammar::from_bytes(&bytes).unwrap().parse(text), grammar().parse(text));
}

#[test]
fn small_tables_keep_as_many_features_as_they_are_told() {
    let (_, lines) = quickened(&plain(), &QuickOptions { features: [30, 20, 10], ..QuickOptions::default() });
    let last = lines.iter().rfind(|line| line.starts_with("pass")).unwrap();
    for kept in [" 30 features", " 20 features", " 10 features"] {
        assert!(last.contains(kept), "{last}");
    }
}

#[test]
fn quickening_is_repeatable() {
    assert!(quickened(&plain(), &QuickOptions::default()) == quickened(&plain(), &QuickOptions::default()));
}

#[test]
fn without_a_model_or_a_choice_nothing_is_quickened() {
    let error = |whole: &[u8], text: &str| quicken(whole, &[text], &QuickOptions::default(), &mut |_| {}).unwrap_err();
    assert!(error(b"no model", "The talks were suspended.").is_model());
    for text in ["", "Talks", "Talks\nTalks"] {
        let error = error(model(), text);
        assert!(!error.is_model() && error.to_string().contains("no sentence"), "{error}");
    }
}

#[test]
fn nothing_to_train_on_is_an_error() {
    assert!(train(&[], &[], &[], &Options::default(), &mut |_| {}).is_err());
}

#[test]
fn scorer_counts_by_place() {
    let passages = conllu::read(&treebank()).unwrap();
    let mut found = passages[0].sentences.clone();
    // One word in two, one relation and one head wrong, a boundary missed.
    let split = found[0].tokens[1].clone();
    found[0].tokens[1].end -= 2;
    let rest = detente_grammar::Token { start: split.end - 2, head: 0, ..split };
    found[0].tokens.insert(2, rest);
    found[1].tokens[0].deprel = Deprel::Obj;
    found[2].tokens[0].head = 0;
    found[2].tokens[0].upos = Upos::X;
    let mut score = detente_grammar::score::Score::default();
    compare(&passages[0], &found, &mut score);
    assert_eq!((score.words.gold, score.words.found, score.words.right), (36, 37, 35));
    assert_eq!(score.upos.right, 34);
    assert_eq!(score.sentences.right, 6);
    // The words under the split one: subject, object's number has moved, stop; and the head that was changed.
    assert!(score.uas.right < 34 && score.las.right == score.uas.right - 1);
}

#[test]
fn a_very_long_sentence_is_cut_or_parsed() {
    let text = "talks with Freedonia and ".repeat(3000);
    let mut words = 0;
    for sentence in grammar().parse(&text) {
        is_tree(&sentence, &text);
        words += sentence.tokens.len();
    }
    assert_eq!(words, 12000);
    // Handed over in one piece.
    let mut parser = grammar().parser();
    let tokens: Vec<_> = parser.split(&text).into_iter().flat_map(|sentence| sentence.tokens).collect();
    let mut sentence = Sentence { start: 0, end: text.len() as u32, tokens };
    parser.parse(&text, &mut sentence);
    assert_eq!(sentence.tokens.iter().filter(|token| token.head == ROOT).count(), 1);
}

proptest! {
    #[test]
    fn any_text_gives_trees_inside_it(text in "(?s).{0,200}|([A-Z]{1,6}|[a-z']{1,5}|[.!?,;:\"'()$%/&@ \n—–’“”-]{1,2}|[0-9]{1,4}| ){0,80}") {
        let mut before = 0;
        for sentence in grammar().parse(&text) {
            prop_assert!(sentence.start >= before && sentence.end as usize <= text.len());
            prop_assert!(!sentence.tokens.is_empty());
            for token in &sentence.tokens {
                prop_assert!(token.start >= before && token.end > token.start && token.end <= sentence.end);
                before = token.end;
            }
            is_tree(&sentence, &text);
        }
    }

    #[test]
    fn a_damaged_model_is_an_error_or_a_grammar(at in 0usize..4000, byte: u8, cut in 0usize..6000) {
        static MODEL: OnceLock<Vec<u8>> = OnceLock::new();
        let model = MODEL.get_or_init(|| {
            let passages = conllu::read(&treebank()).unwrap();
            let options = Options { parser_epochs: 1, runs: 1, ..Options::default() };
            train(&passages, &[], &[], &options, &mut |_| {}).unwrap()
        });
        let mut bytes = model.clone();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        bytes.truncate(bytes.len().saturating_sub(cut.saturating_sub(3000)));
        if let Ok(grammar) = Grammar::from_bytes(&bytes) {
            let text = "Ruritania suspended the talks.";
            for sentence in grammar.parse(text) {
                is_tree(&sentence, text);
            }
        }
    }
}
