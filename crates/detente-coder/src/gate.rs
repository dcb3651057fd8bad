//! The gate: a sentence without a word of any rule, or without anything that could be an actor, is not parsed.

use detente_grammar::Sentence;
use detente_lexicon::{FnvMap, Lexicon, UNKNOWN, name_words};
use smol_str::SmolStr;

use crate::rule::Rules;

/// The forms of every word that begins a rule.
#[derive(Debug, Default)]
pub struct Gate {
    forms: FnvMap<SmolStr, ()>,
}

/// Forms that no rule of spelling makes: lemma, then its forms.
const IRREGULAR: &[(&str, &[&str])] = &[
    ("be", &["is", "are", "was", "were", "been", "being", "am", "'s", "'re", "’s", "’re", "s", "'m", "’m", "ai"]),
    ("have", &["has", "had", "'ve", "’ve", "'d", "’d"]),
    ("do", &["did", "done", "does"]),
    ("go", &["went", "gone", "goes"]),
    ("beat", &["beaten"]),
    ("become", &["became"]),
    ("begin", &["began", "begun"]),
    ("bend", &["bent"]),
    ("bind", &["bound"]),
    ("bite", &["bit", "bitten"]),
    ("blow", &["blew", "blown"]),
    ("break", &["broke", "broken"]),
    ("bring", &["brought"]),
    ("broadcast", &[]),
    ("build", &["built"]),
    ("burn", &["burnt"]),
    ("buy", &["bought"]),
    ("catch", &["caught"]),
    ("choose", &["chose", "chosen"]),
    ("cling", &["clung"]),
    ("come", &["came"]),
    ("creep", &["crept"]),
    ("deal", &["dealt"]),
    ("dig", &["dug"]),
    ("draw", &["drew", "drawn"]),
    ("drive", &["drove", "driven"]),
    ("eat", &["ate", "eaten"]),
    ("fall", &["fell", "fallen"]),
    ("feed", &["fed"]),
    ("feel", &["felt"]),
    ("fight", &["fought"]),
    ("find", &["found"]),
    ("flee", &["fled"]),
    ("fling", &["flung"]),
    ("fly", &["flew", "flown"]),
    ("forbid", &["forbade", "forbidden"]),
    ("forget", &["forgot", "forgotten"]),
    ("forgive", &["forgave", "forgiven"]),
    ("freeze", &["froze", "frozen"]),
    ("get", &["got", "gotten"]),
    ("give", &["gave", "given"]),
    ("grow", &["grew", "grown"]),
    ("hang", &["hung"]),
    ("hear", &["heard"]),
    ("hide", &["hid", "hidden"]),
    ("hold", &["held"]),
    ("keep", &["kept"]),
    ("kneel", &["knelt"]),
    ("know", &["knew", "known"]),
    ("lay", &["laid"]),
    ("lead", &["led"]),
    ("leave", &["left"]),
    ("lend", &["lent"]),
    ("lie", &["lay", "lain", "lying"]),
    ("light", &["lit"]),
    ("lose", &["lost"]),
    ("make", &["made"]),
    ("man", &["men"]),
    ("mean", &["meant"]),
    ("meet", &["met"]),
    ("pay", &["paid"]),
    ("plead", &["pled"]),
    ("prove", &["proven"]),
    ("ride", &["rode", "ridden"]),
    ("ring", &["rang", "rung"]),
    ("rise", &["rose", "risen"]),
    ("run", &["ran"]),
    ("say", &["said"]),
    ("see", &["saw", "seen"]),
    ("seek", &["sought"]),
    ("sell", &["sold"]),
    ("send", &["sent"]),
    ("shake", &["shook", "shaken"]),
    ("shine", &["shone"]),
    ("shoot", &["shot"]),
    ("show", &["shown"]),
    ("shrink", &["shrank", "shrunk"]),
    ("sing", &["sang", "sung"]),
    ("sink", &["sank", "sunk"]),
    ("sit", &["sat"]),
    ("slay", &["slew", "slain"]),
    ("sleep", &["slept"]),
    ("slide", &["slid"]),
    ("speak", &["spoke", "spoken"]),
    ("spend", &["spent"]),
    ("spin", &["spun"]),
    ("spring", &["sprang", "sprung"]),
    ("stand", &["stood"]),
    ("steal", &["stole", "stolen"]),
    ("stick", &["stuck"]),
    ("sting", &["stung"]),
    ("strike", &["struck", "stricken"]),
    ("strive", &["strove", "striven"]),
    ("swear", &["swore", "sworn"]),
    ("sweep", &["swept"]),
    ("swing", &["swung"]),
    ("take", &["took", "taken"]),
    ("teach", &["taught"]),
    ("tear", &["tore", "torn"]),
    ("tell", &["told"]),
    ("think", &["thought"]),
    ("throw", &["threw", "thrown"]),
    ("tread", &["trod", "trodden"]),
    ("understand", &["understood"]),
    ("undertake", &["undertook", "undertaken"]),
    ("uphold", &["upheld"]),
    ("wage", &[]),
    ("wear", &["wore", "worn"]),
    ("weave", &["wove", "woven"]),
    ("win", &["won"]),
    ("wind", &["wound"]),
    ("withdraw", &["withdrew", "withdrawn"]),
    ("withhold", &["withheld"]),
    ("withstand", &["withstood"]),
    ("write", &["wrote", "written"]),
    ("overthrow", &["overthrew", "overthrown"]),
    ("overrun", &["overran"]),
    ("retake", &["retook", "retaken"]),
    ("rebuild", &["rebuilt"]),
    ("resell", &["resold"]),
    ("mislead", &["misled"]),
    ("overtake", &["overtook", "overtaken"]),
    ("partake", &["partook", "partaken"]),
    ("foresee", &["foresaw", "foreseen"]),
    ("outbid", &[]),
    ("child", &["children"]),
    ("woman", &["women"]),
    ("crisis", &["crises"]),
    ("life", &["lives"]),
    ("good", &["better", "best"]),
    ("bad", &["worse", "worst"]),
];

impl Gate {
    /// Gathers the forms of the words that rules begin with.
    pub fn new(rules: &Rules, lexicon: &Lexicon) -> Gate {
        let mut gate = Gate::default();
        for lemma in rules.lemmas() {
            gate.add(lemma);
        }
        for (noun, verbs) in &lexicon.words.verbs_of {
            if verbs.iter().any(|v| !rules.of(v.split(' ').next().unwrap_or(v)).is_empty()) {
                gate.add(noun);
            }
        }
        gate
    }

    fn add(&mut self, lemma: &str) {
        let mut put = |form: String| {
            self.forms.insert(form.into(), ());
        };
        put(lemma.to_owned());
        for ending in ["s", "es", "d", "ed", "ing", "er", "est", "r", "st"] {
            put(format!("{lemma}{ending}"));
        }
        if let Some(stem) = lemma.strip_suffix('e') {
            for ending in ["ing", "ed", "er"] {
                put(format!("{stem}{ending}"));
            }
            if let Some(stem) = stem.strip_suffix('i') {
                put(format!("{stem}ying"));
            }
            if let Some(stem) = lemma.strip_suffix("fe") {
                put(format!("{stem}ves"));
            }
        }
        if let Some(stem) = lemma.strip_suffix('f') {
            put(format!("{stem}ves"));
        }
        if let Some(stem) = lemma.strip_suffix('y') {
            for ending in ["ies", "ied", "ier", "iest"] {
                put(format!("{stem}{ending}"));
            }
        }
        if let Some(last) = lemma.chars().last().filter(char::is_ascii_alphabetic) {
            for ending in ["ed", "ing", "er"] {
                put(format!("{lemma}{last}{ending}"));
            }
        }
        if lemma.ends_with('c') {
            for ending in ["ked", "king"] {
                put(format!("{lemma}{ending}"));
            }
        }
        for (irregular, forms) in IRREGULAR {
            // "re-enter", "withhold": the verb inside a longer one bends alike.
            if lemma == *irregular
                || (irregular.len() > 3 && lemma.len() > irregular.len() && lemma.ends_with(irregular))
            {
                let before = &lemma[..lemma.len() - irregular.len()];
                for form in *forms {
                    put(format!("{before}{form}"));
                }
            }
        }
    }

    /// Tells whether a sentence, split into words but not parsed, may hold an act.
    pub fn lets_through(&self, lexicon: &Lexicon, text: &str, sentence: &Sentence) -> bool {
        let mut trigger = false;
        let mut actor = false;
        let mut lower = String::new();
        for (at, token) in sentence.tokens.iter().enumerate() {
            let form = token.form(text);
            if !trigger || !actor {
                lower.clear();
                lower.extend(form.chars().flat_map(char::to_lowercase));
            }
            trigger |= self.forms.contains_key(lower.as_str());
            if !actor {
                actor = (at > 0 && form.starts_with(char::is_uppercase))
                    || lexicon.role_names.word(&lower) != UNKNOWN
                    || lexicon.role_names.word(lower.strip_suffix('s').unwrap_or(&lower)) != UNKNOWN
                    || PRONOUNS.contains(&lower.as_str())
                    || name_words(form).any(|word| lexicon.names.word(&word) != UNKNOWN);
            }
            if trigger && actor {
                return true;
            }
        }
        false
    }
}

/// Words that may stand for an actor of another sentence.
const PRONOUNS: &[&str] = &[
    "he", "she", "it", "they", "we", "i", "him", "her", "them", "us", "his", "its", "their", "our", "my", "both",
    "who", "which", "that",
];
