//! The trained models that Detente ships: a grammar of English, how far acts are to be trusted, and who is an act's other side where only
//! the article shows it.
//!
//! The grammar is trained on treebanks under Creative Commons Attribution-ShareAlike 4.0 and is under the same licence, see the model's
//! card in `data/README.md`.

/// The model's bytes, for `detente_grammar::Grammar::from_bytes`.
///
/// ```
/// let grammar = detente_grammar::Grammar::from_bytes(detente_model::grammar_bytes())?;
/// let text = "Russia suspended the talks.";
/// let sentences = grammar.parse(text);
/// assert_eq!(sentences[0].tokens[1].lemma, "suspend");
/// # Ok::<(), detente_grammar::Error>(())
/// ```
pub fn grammar_bytes() -> &'static [u8] {
    include_bytes!("../data/grammar.bin")
}

/// The bytes of the model of trust, for `detente_coder::Trust::from_bytes`.
pub fn trust_bytes() -> &'static [u8] {
    include_bytes!("../data/trust.bin")
}

/// The bytes of the model of other sides, for `detente_coder::Learned::with_counterparts`.
pub fn counterpart_bytes() -> &'static [u8] {
    include_bytes!("../data/counterparts.bin")
}
