//! Support: what stands around a noun lends it its own: "launched an attack on", "a round of talks".

use detente_grammar::Deprel;

use super::Matcher;
use crate::{
    frame::{Frame, Slot},
    syntax::{Syntax, Tok},
};

/// Nouns that stand for what follows "of": "a round of talks", "dozens of soldiers".
const TRANSPARENT: &[&str] = &[
    "round", "series", "set", "package", "number", "wave", "dozen", "hundred", "thousand", "ten", "score", "group",
    "string", "spate", "raft", "couple", "pair", "majority", "handful", "lot", "kind", "sort", "type", "form",
    "amount", "batch", "million", "billion", "scores", "rest", "part", "all", "some", "many", "most", "one", "two",
    "three", "several", "range", "host", "flurry", "barrage", "act", "piece", "slew", "spot", "bout", "percent",
    "half", "third", "quarter", "bulk", "month", "week", "hour", "worth", "$",
];

/// The word that a phrase is about: past "a round of", "dozens of".
pub fn content_head(syntax: &Syntax<'_>, tok: Tok) -> Tok {
    let mut tok = tok;
    for _ in 0..3 {
        match syntax.kids_by(tok, Deprel::Nmod).find(|&kid| syntax.case(kid) == Some("of")) {
            Some(inner) if TRANSPARENT.contains(&syntax.lemma(tok)) => tok = inner,
            _ => return tok,
        }
    }
    tok
}

impl<'s> Matcher<'_, 's> {
    /// Lends a noun the arguments of the verb that supports it: "launched an attack on".
    pub(super) fn add_support(&self, noun: Tok, frame: &mut Frame<'s>) {
        let syntax = self.syntax;
        let mut top = noun;
        while let Some(head) = syntax.head(top) {
            let through = match syntax.rel(top) {
                Deprel::Nmod => TRANSPARENT.contains(&syntax.lemma(head)) && syntax.case(top) == Some("of"),
                Deprel::Conj => syntax.is_nominal(head),
                _ => false,
            };
            if !through {
                break;
            }
            top = head;
        }
        let Some(verb) = syntax.head(top) else { return };
        if !syntax.is_verbal(verb) || !matches!(syntax.rel(top), Deprel::Obj | Deprel::NsubjPass | Deprel::Obl) {
            return;
        }
        let light = self.lexicon.words.sets.get("light").is_some_and(|set| set.iter().any(|v| v == syntax.lemma(verb)));
        if !light {
            return;
        }
        let own_actor = frame.args.iter().any(|&(slot, tok)| match slot {
            Slot::Subj | Slot::Poss | Slot::Prep("by") => true,
            Slot::Mod => syntax.is_name_like(tok),
            _ => false,
        });
        let verb_frame = crate::frame::frame(syntax, verb);
        for &(slot, tok) in &verb_frame.args {
            let lent = match slot {
                Slot::Subj => !own_actor && tok != top,
                Slot::Prep(_) => tok != top,
                Slot::Iobj => true,
                _ => false,
            };
            if lent && !frame.args.contains(&(slot, tok)) {
                frame.args.push((slot, tok));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Matcher, content_head};
    use crate::frame::Slot;
    use crate::syntax::tests::{lexicon, read, tok};

    #[test]
    fn a_phrase_is_about_what_its_measure_counts() {
        for (text, measure, content) in [
            ("Norway held a round of talks.", "round", "talks"),
            ("Norway sent dozens of soldiers.", "dozens", "soldiers"),
            ("Norway sent soldiers.", "soldiers", "soldiers"),
        ] {
            let found = read(text, |syntax| syntax.form(content_head(syntax, tok(syntax, measure))).to_owned());
            assert_eq!(found, content, "{text}");
        }
    }

    #[test]
    fn a_light_verb_lends_its_arguments_to_its_noun() {
        read("Norway launched an attack on Chad.", |syntax| {
            let matcher = Matcher::new(syntax, lexicon());
            let frame = matcher.frame(tok(syntax, "attack"));
            let subjects: Vec<&str> = frame.at(Slot::Subj).map(|tok| syntax.form(tok)).collect();
            assert_eq!(subjects, ["Norway"]);
        });
    }
}
