//! A parsed sentence as the coder walks it: children, clauses, noun phrases, quotations.

use detente_grammar::{Deprel, ROOT, Sentence, Token, Upos, Xpos};

/// Index of a token in its sentence.
pub type Tok = u16;

/// A sentence with its tree turned downwards.
#[derive(Debug)]
pub struct Syntax<'s> {
    /// The passage's text.
    pub text: &'s str,
    /// The sentence.
    pub sentence: &'s Sentence,
    starts: Vec<u16>,
    kids: Vec<Tok>,
}

impl<'s> Syntax<'s> {
    /// Turns the sentence's tree downwards.
    pub fn new(text: &'s str, sentence: &'s Sentence) -> Syntax<'s> {
        let count = sentence.tokens.len();
        let mut starts = vec![0u16; count + 2];
        for token in &sentence.tokens {
            if token.head != ROOT {
                starts[token.head as usize + 2] += 1;
            }
        }
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut kids = vec![0; starts.last().copied().unwrap_or(0) as usize];
        for (at, token) in sentence.tokens.iter().enumerate() {
            if token.head != ROOT {
                let slot = &mut starts[token.head as usize + 1];
                kids[*slot as usize] = at as Tok;
                *slot += 1;
            }
        }
        Syntax { text, sentence, starts, kids }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// The token.
    pub fn token(&self, tok: Tok) -> &'s Token {
        &self.sentence.tokens[tok as usize]
    }

    /// The token's lemma.
    pub fn lemma(&self, tok: Tok) -> &'s str {
        self.token(tok).lemma.as_str()
    }

    /// The token as it stands in the text.
    pub fn form(&self, tok: Tok) -> &'s str {
        self.token(tok).form(self.text)
    }

    /// The token's relation to its head.
    pub fn rel(&self, tok: Tok) -> Deprel {
        self.token(tok).deprel
    }

    /// The token's head.
    pub fn head(&self, tok: Tok) -> Option<Tok> {
        let head = self.token(tok).head;
        (head != ROOT).then_some(head)
    }

    /// The tokens that hang on this one, in order.
    pub fn kids(&self, tok: Tok) -> &[Tok] {
        &self.kids[self.starts[tok as usize] as usize..self.starts[tok as usize + 1] as usize]
    }

    /// The kids with a relation.
    pub fn kids_by(&self, tok: Tok, rel: Deprel) -> impl Iterator<Item = Tok> + '_ {
        self.kids(tok).iter().copied().filter(move |&kid| self.rel(kid) == rel)
    }

    /// The first kid with a relation.
    pub fn kid(&self, tok: Tok, rel: Deprel) -> Option<Tok> {
        self.kids_by(tok, rel).next()
    }

    /// Tells whether a token is a noun, name, pronoun or number.
    pub fn is_nominal(&self, tok: Tok) -> bool {
        let upos = self.token(tok).upos;
        matches!(upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym | Upos::X)
            // "those displaced in Chad"
            || upos == Upos::Det && !matches!(self.rel(tok), Deprel::Det | Deprel::Advmod)
    }

    /// Tells whether a token is a pronoun, or one that owns: "it", "its".
    pub fn is_pronoun(&self, tok: Tok) -> bool {
        self.token(tok).upos == Upos::Pron
    }

    /// Tells whether a word before a noun may name someone: it is written large, and not only because it comes first.
    pub fn is_name_like(&self, tok: Tok) -> bool {
        let large = |text: &str| text.starts_with(char::is_uppercase);
        large(self.form(tok)) && (tok > 0 || large(self.lemma(tok)) || self.token(tok).upos == Upos::Propn)
    }

    /// Tells whether a token is a verb, or an auxiliary that heads a clause.
    pub fn is_verbal(&self, tok: Tok) -> bool {
        matches!(self.token(tok).upos, Upos::Verb)
            || (self.token(tok).upos == Upos::Aux
                && !matches!(self.rel(tok), Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
    }

    /// The case word of a phrase: the preposition right before it, or nothing.
    pub fn case(&self, tok: Tok) -> Option<&'s str> {
        let mut case = None;
        for &kid in self.kids(tok) {
            if self.rel(kid) == Deprel::Case && self.lemma(kid) != "'s" && self.token(kid).xpos != Xpos::Pos {
                case = Some(kid);
            }
        }
        case.map(|kid| self.lemma(kid))
    }

    /// The case words of a phrase with what is fixed to them: "because of".
    pub fn case_phrase(&self, tok: Tok) -> String {
        let mut words: Vec<Tok> = Vec::new();
        for kid in self.kids_by(tok, Deprel::Case) {
            words.push(kid);
            words.extend(self.kids_by(kid, Deprel::Fixed));
        }
        words.sort_unstable();
        words.iter().map(|&word| self.form(word).to_ascii_lowercase()).collect::<Vec<_>>().join(" ")
    }

    /// Tells whether the case words of a phrase begin with "according".
    pub fn is_according(&self, tok: Tok) -> bool {
        let words = self
            .kids_by(tok, Deprel::Case)
            .flat_map(|kid| std::iter::once(kid).chain(self.kids_by(kid, Deprel::Fixed)));
        words.min().is_some_and(|first| self.form(first).to_ascii_lowercase().starts_with("according"))
    }

    /// First and last token of everything under this one.
    pub fn extent(&self, tok: Tok) -> (Tok, Tok) {
        let (mut first, mut last) = (tok, tok);
        let mut stack = vec![tok];
        while let Some(at) = stack.pop() {
            first = first.min(at);
            last = last.max(at);
            stack.extend_from_slice(self.kids(at));
        }
        (first, last)
    }

    /// Tells whether a token stands under another one, or is it.
    pub fn is_under(&self, mut tok: Tok, top: Tok) -> bool {
        loop {
            if tok == top {
                return true;
            }
            match self.head(tok) {
                Some(head) => tok = head,
                None => return false,
            }
        }
    }

    /// Adds what is coordinated with the phrases, and with that.
    pub fn with_conjuncts(&self, heads: &mut Vec<Tok>) {
        let mut at = 0;
        while at < heads.len() {
            for kid in self.kids_by(heads[at], Deprel::Conj) {
                let nominal =
                    self.is_nominal(kid) || (self.token(kid).upos == Upos::Adj && self.kid(kid, Deprel::Cop).is_none());
                if nominal
                    && !heads.contains(&kid)
                    && self.kid(kid, Deprel::Nsubj).is_none()
                    && !self.begins_main_clause(kid)
                {
                    heads.push(kid);
                }
            }
            at += 1;
        }
    }

    /// A phrase and all that is coordinated with it.
    pub fn coordinated(&self, head: Tok) -> Vec<Tok> {
        let mut heads = vec![head];
        self.with_conjuncts(&mut heads);
        heads
    }

    /// The relative clause that a word stands in.
    pub fn relative_clause_of(&self, tok: Tok) -> Option<Tok> {
        std::iter::successors(Some(tok), |&at| self.head(at)).find(|&at| self.rel(at) == Deprel::AclRelcl)
    }

    /// The relative clause that a word stands in and another does not: what it tells, it tells aside.
    pub fn aside(&self, tok: Tok, other: Tok) -> Option<Tok> {
        self.relative_clause_of(tok).filter(|&clause| !self.is_under(other, clause))
    }

    /// Tells whether a word belongs to the phrase of a noun, and not to a clause behind it.
    pub fn is_in_phrase_of(&self, tok: Tok, noun: Tok) -> bool {
        let mut at = tok;
        while let Some(head) = self.head(at) {
            if head == noun {
                return true;
            }
            if self.is_verbal(head) {
                return false;
            }
            at = head;
        }
        false
    }

    /// Tells whether what the tree coordinates with a phrase of the clause before is the subject of the clause behind: "If Chad
    /// attacks Niger, Mali will help".
    pub fn begins_main_clause(&self, tok: Tok) -> bool {
        if self.rel(tok) != Deprel::Conj || self.kid(tok, Deprel::Cc).is_some() {
            return false;
        }
        let mut at = tok;
        let clause = loop {
            match self.head(at) {
                Some(head) if self.is_verbal(head) => break head,
                Some(head) => at = head,
                None => return false,
            }
        };
        // "In July, Mali helped": the phrase before hangs on the main verb itself.
        let main = match self.rel(at) {
            Deprel::Obl if tok < clause => Some(clause),
            _ if self.rel(clause) == Deprel::Advcl => self.head(clause).filter(|&main| tok < main),
            _ => None,
        };
        let Some(main) = main else { return false };
        let comma = self.extent(tok).0.checked_sub(1).is_some_and(|before| self.form(before) == ",")
            || self.kids(tok).first().is_some_and(|&first| self.form(first) == ",");
        comma && self.kid(main, Deprel::Nsubj).or(self.kid(main, Deprel::NsubjPass)).is_none()
    }

    /// Bytes of a run of tokens.
    pub fn bytes(&self, first: Tok, last: Tok) -> std::ops::Range<usize> {
        self.token(first).start as usize..self.token(last).end as usize
    }

    /// First and last token inside a stretch of the text.
    pub fn toks_within(&self, bytes: &std::ops::Range<usize>) -> Option<(Tok, Tok)> {
        let mut found = (0..self.len() as Tok).filter(|&tok| {
            let token = self.token(tok);
            bytes.start <= token.start as usize && token.end as usize <= bytes.end
        });
        let first = found.next()?;
        Some((first, found.next_back().unwrap_or(first)))
    }

    /// Tells whether a verb is in the passive voice.
    pub fn is_passive(&self, verb: Tok) -> bool {
        if self
            .kids(verb)
            .iter()
            .any(|&kid| matches!(self.rel(kid), Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass))
        {
            return true;
        }
        let token = self.token(verb);
        if token.xpos != Xpos::Vbn || self.kid(verb, Deprel::Aux).is_some() {
            return false;
        }
        match token.deprel {
            Deprel::Acl | Deprel::Advcl | Deprel::Amod => true,
            Deprel::Conj => {
                self.kid(verb, Deprel::Nsubj).is_none()
                    && self.head(verb).is_some_and(|h| self.is_verbal(h) && self.is_passive(h))
            }
            // A headline drops the auxiliary: "Envoy expelled by Freedonia".
            _ => self.kid(verb, Deprel::OblAgent).is_some(),
        }
    }

    /// Tells whether a word negates its head.
    pub fn negation_of(&self, tok: Tok) -> bool {
        self.head(tok).is_some_and(|head| self.negation(head) == Some(tok))
    }

    /// Tells whether a clause's verb has a negation of its own.
    pub fn negation(&self, tok: Tok) -> Option<Tok> {
        // "not only recalled its envoy": it did.
        let only = |not: Tok| {
            let next = not + 1;
            usize::from(next) < self.len() && matches!(self.lemma(next), "only" | "just" | "merely" | "simply")
        };
        self.kids(tok).iter().copied().find(|&kid| match self.rel(kid) {
            Deprel::Advmod if self.lemma(kid) == "not" => !only(kid),
            Deprel::Advmod => {
                matches!(
                    self.lemma(kid),
                    "n't" | "never" | "n’t" | "no" | "neither" | "nor" | "hardly" | "rarely" | "seldom"
                ) || matches!(self.form(kid), "longer")
                    && self.kids(kid).iter().any(|&no| self.form(no).eq_ignore_ascii_case("no"))
            }
            Deprel::Det => matches!(self.lemma(kid), "no" | "neither"),
            Deprel::Cc | Deprel::CcPreconj => matches!(self.lemma(kid), "nor" | "neither"),
            _ => false,
        })
    }
}

/// Stretches of a passage inside quotation marks, as bytes.
pub fn quotations(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('“' | '„' | '«', None) => open = Some((at, c)),
            ('”' | '“', Some((start, '“' | '„'))) if at > start => {
                found.push((start, at + c.len_utf8()));
                open = None;
            }
            ('»', Some((start, '«'))) => {
                found.push((start, at + c.len_utf8()));
                open = None;
            }
            ('"', None) => open = Some((at, '"')),
            ('"', Some((start, '"'))) => {
                found.push((start, at + 1));
                open = None;
            }
            _ => {}
        }
    }
    // A quotation that goes on in the next paragraph has no closing mark.
    if let Some((start, '“' | '"')) = open
        && (start == 0 || text[..start].ends_with([' ', ',', ':', '\n']))
    {
        found.push((start, text.len()));
    }
    found
}

#[cfg(test)]
pub(crate) mod tests {
    //! Sentences for the tests of this crate, read by the grammar and the lexicon that it ships with.

    use std::sync::OnceLock;

    use detente_grammar::Grammar;
    use detente_lexicon::Lexicon;

    use super::{Syntax, Tok, quotations};
    use crate::inflection::Lemmas;

    pub(crate) fn grammar() -> &'static Grammar {
        static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
        GRAMMAR.get_or_init(|| Grammar::from_bytes(detente_model::grammar_bytes()).expect("the model is whole"))
    }

    pub(crate) fn lexicon() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Lexicon::builtin().expect("the lexicon is whole"))
    }

    /// Reads a text of one sentence.
    pub(crate) fn read<T>(text: &str, see: impl FnOnce(&Syntax<'_>) -> T) -> T {
        let mut sentences = grammar().parse(text);
        assert_eq!(sentences.len(), 1, "one sentence: {text}");
        let sentence = &mut sentences[0];
        crate::mending::mend(&Lemmas::new(lexicon()), text, sentence);
        see(&Syntax::new(text, sentence))
    }

    /// The token of a form.
    pub(crate) fn tok(syntax: &Syntax<'_>, form: &str) -> Tok {
        let found = (0..syntax.len() as Tok).find(|&tok| syntax.form(tok) == form);
        found.unwrap_or_else(|| panic!("no {form} in: {}", syntax.text))
    }

    #[test]
    fn passives_have_an_auxiliary_or_an_agent() {
        for (text, verb, passive) in [
            ("Norway expelled the envoy.", "expelled", false),
            ("The envoy was expelled.", "expelled", true),
            ("The envoy was expelled by Norway.", "expelled", true),
            ("Norway has expelled the envoy.", "expelled", false),
            ("The envoy has been expelled.", "expelled", true),
            ("Norway received the envoy expelled by Chad.", "expelled", true),
        ] {
            assert_eq!(read(text, |syntax| syntax.is_passive(tok(syntax, verb))), passive, "{text}");
        }
    }

    #[test]
    fn quotations_end_where_their_mark_closes() {
        let quoted = |text: &str| quotations(text).iter().map(|&(a, b)| text[a..b].to_owned()).collect::<Vec<_>>();
        assert_eq!(quoted("“No,” she said, “never.”"), ["“No,”", "“never.”"]);
        assert_eq!(quoted("He said \"no\" and «yes»."), ["\"no\"", "«yes»"]);
        assert_eq!(quoted("“It goes on in the next paragraph."), ["“It goes on in the next paragraph."]);
        assert!(quoted("No quotation, only an island's name.").is_empty());
    }
}
