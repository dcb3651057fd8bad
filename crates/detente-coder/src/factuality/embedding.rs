//! What a word above an act does to it: "refused to meet", "call for talks", "instead of arresting him".

use detente_grammar::{Deprel, Upos};
use detente_lexicon::{Embedding, Lexicon};

use super::Reading;
use crate::{
    act::Factuality,
    syntax::{Syntax, Tok},
};

/// What the words before a clause with a preposition do to it, and which of them: "refrained from using force", "short of condemning it",
/// "instead of arresting him".
pub(super) fn embedding_of_clause(
    syntax: &Syntax<'_>,
    lexicon: &Lexicon,
    head: Tok,
    clause: Tok,
) -> Option<(Embedding, Tok)> {
    let words = &lexicon.words.embedding;
    for &kid in syntax.kids(clause).iter().filter(|&&kid| kid < clause) {
        if !matches!(syntax.rel(kid), Deprel::Mark | Deprel::Cc | Deprel::Case) {
            continue;
        }
        let own = syntax.lemma(kid);
        if let Some(more) = syntax.kid(kid, Deprel::Fixed) {
            let phrase = format!("{own} {}", syntax.lemma(more)).to_ascii_lowercase();
            if let Some(&embedding) = words.get(phrase.as_str()) {
                return Some((embedding, kid));
            }
            continue;
        }
        if own == "to" {
            continue;
        }
        let particle = syntax.kids(head).iter().find(|&&kid| {
            matches!(syntax.rel(kid), Deprel::CompoundPrt | Deprel::Advmod) && kid > head && kid < clause
        });
        let phrase = match particle {
            Some(&particle) => format!("{} {} {own}", syntax.lemma(head), syntax.lemma(particle)),
            None => format!("{} {own}", syntax.lemma(head)),
        };
        if let Some(&embedding) = words.get(phrase.as_str()) {
            return Some((embedding, head));
        }
    }
    None
}

/// What a word does to the act after its preposition: "call for talks", "a plan for strikes".
pub(super) fn embedding_of_phrase(syntax: &Syntax<'_>, lexicon: &Lexicon, head: Tok, phrase: Tok) -> Option<Embedding> {
    let case = syntax.case(phrase)?;
    let lemma = syntax.lemma(head);
    let words = &lexicon.words.embedding;
    words.get(format!("{lemma} {case}").as_str()).copied().or_else(|| {
        let of_noun = syntax.token(head).upos == Upos::Noun && matches!(case, "of" | "for");
        words.get(lemma).copied().filter(|_| of_noun)
    })
}

pub(super) fn embedding_of(syntax: &Syntax<'_>, lexicon: &Lexicon, tok: Tok, lemma: &str) -> Option<Embedding> {
    for &kid in syntax.kids(tok) {
        if matches!(syntax.rel(kid), Deprel::CompoundPrt | Deprel::Advmod) {
            let phrase = format!("{lemma} {}", syntax.lemma(kid));
            if let Some(&embedding) = lexicon.words.embedding.get(phrase.as_str()) {
                return Some(embedding);
            }
        }
    }
    lexicon.words.embedding.get(lemma).copied()
}

pub(super) fn embed(
    syntax: &Syntax<'_>,
    embedding: Embedding,
    head: Tok,
    rel: Deprel,
    clause: bool,
    nominal: bool,
    reading: &mut Reading,
) {
    match embedding {
        Embedding::Reported => {
            if (rel == Deprel::Ccomp || rel == Deprel::Xcomp) && reading.reported_by.is_none() {
                reading.reported_by = Some(head);
            }
            if syntax.negation(head).is_some() && reading.factuality == Factuality::Actual {
                reading.unsaid = true;
            }
        }
        Embedding::Intended if (clause || nominal) && reading.factuality == Factuality::Actual => {
            reading.set(Factuality::Intended, "intended", head);
            reading.future = true;
        }
        Embedding::Possible if clause || nominal => {
            if matches!(reading.factuality, Factuality::Actual | Factuality::Intended) {
                reading.set(Factuality::Possible, "possible", head);
            }
        }
        Embedding::Requested if clause || nominal => {
            if matches!(reading.factuality, Factuality::Actual | Factuality::Intended) {
                reading.set(Factuality::Requested, "requested", head);
            }
        }
        Embedding::Denied if clause || (nominal && matches!(rel, Deprel::Obj | Deprel::NsubjPass)) => {
            reading.negate(head)
        }
        _ => {}
    }
}
