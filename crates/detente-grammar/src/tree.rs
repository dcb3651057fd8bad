//! Sentences as Universal Dependencies trees.

use smol_str::SmolStr;

/// The head of a root token.
pub const ROOT: u16 = u16::MAX;

macro_rules! labels {
    ($(#[$meta:meta])* $name:ident { $($variant:ident => $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "the variants are the labels of Universal Dependencies")]
        pub enum $name { $($variant),* }

        impl $name {
            /// All labels, in the order of their numbers.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// The label as the treebanks write it.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }

            /// Reads a label as the treebanks write it.
            pub fn parse(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

labels! {
    /// Universal part of speech.
    Upos {
        Adj => "ADJ", Adp => "ADP", Adv => "ADV", Aux => "AUX", Cconj => "CCONJ", Det => "DET", Intj => "INTJ",
        Noun => "NOUN", Num => "NUM", Part => "PART", Pron => "PRON", Propn => "PROPN", Punct => "PUNCT",
        Sconj => "SCONJ", Sym => "SYM", Verb => "VERB", X => "X",
    }
}

labels! {
    /// Universal dependency relation, with the English subtypes of the treebanks.
    Deprel {
        Acl => "acl", AclRelcl => "acl:relcl", Advcl => "advcl", AdvclRelcl => "advcl:relcl", Advmod => "advmod",
        Amod => "amod", Appos => "appos", Aux => "aux", AuxPass => "aux:pass", Case => "case", Cc => "cc",
        CcPreconj => "cc:preconj", Ccomp => "ccomp", Compound => "compound", CompoundPrt => "compound:prt",
        Conj => "conj", Cop => "cop", Csubj => "csubj", CsubjOuter => "csubj:outer", CsubjPass => "csubj:pass",
        Dep => "dep", Det => "det", DetPredet => "det:predet", Discourse => "discourse", Dislocated => "dislocated",
        Expl => "expl", Fixed => "fixed", Flat => "flat", Goeswith => "goeswith", Iobj => "iobj", List => "list",
        Mark => "mark", Nmod => "nmod", NmodDesc => "nmod:desc", NmodPoss => "nmod:poss",
        NmodUnmarked => "nmod:unmarked", Nsubj => "nsubj", NsubjOuter => "nsubj:outer", NsubjPass => "nsubj:pass",
        Nummod => "nummod", Obj => "obj", Obl => "obl", OblAgent => "obl:agent", OblUnmarked => "obl:unmarked",
        Orphan => "orphan", Parataxis => "parataxis", Punct => "punct", Reparandum => "reparandum", Root => "root",
        Vocative => "vocative", Xcomp => "xcomp",
    }
}

labels! {
    /// Penn Treebank part of speech, as the treebanks' XPOS column gives it.
    Xpos {
        Add => "ADD", Afx => "AFX", Cc => "CC", Cd => "CD", Dt => "DT", Ex => "EX", Fw => "FW", Gw => "GW",
        Hyph => "HYPH", In => "IN", Jj => "JJ", Jjr => "JJR", Jjs => "JJS", Ls => "LS", Md => "MD", Nfp => "NFP",
        Nn => "NN", Nnp => "NNP", Nnps => "NNPS", Nns => "NNS", Pdt => "PDT", Pos => "POS", Prp => "PRP",
        PrpPoss => "PRP$", Rb => "RB", Rbr => "RBR", Rbs => "RBS", Rp => "RP", Sym => "SYM", To => "TO", Uh => "UH",
        Vb => "VB", Vbd => "VBD", Vbg => "VBG", Vbn => "VBN", Vbp => "VBP", Vbz => "VBZ", Wdt => "WDT", Wp => "WP",
        WpPoss => "WP$", Wrb => "WRB", LeftBracket => "-LRB-", RightBracket => "-RRB-", Comma => ",",
        Stop => ".", Colon => ":", OpenQuote => "``", CloseQuote => "''", Dollar => "$", Unknown => "XX",
    }
}

/// One syntactic word of a [`Sentence`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte of the word in the passage's text.
    pub start: u32,
    /// Byte after the word's last one.
    pub end: u32,
    /// Dictionary form, lower case unless a proper noun.
    pub lemma: SmolStr,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn Treebank part of speech.
    pub xpos: Xpos,
    /// Index of the head in the sentence's tokens, or [`ROOT`].
    pub head: u16,
    /// Relation to the head.
    pub deprel: Deprel,
}

impl Token {
    /// The word as it stands in `text`, the text that the sentence was read from.
    pub fn form<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}

/// A sentence: a stretch of a passage's text, and its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// First byte of the sentence in the passage's text.
    pub start: u32,
    /// Byte after the sentence's last one.
    pub end: u32,
    /// The words in order; until the sentence is parsed they have no tags and no heads.
    pub tokens: Vec<Token>,
}
