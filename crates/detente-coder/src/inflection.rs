//! Inflection: the forms of a word, and the word of a form where the lexicon knows it.

use detente_grammar::{Sentence, Upos, Xpos};
use detente_lexicon::{FnvMap, Lexicon};
use smol_str::SmolStr;

/// Forms of verbs that no rule of spelling makes, or that it reads wrong: lemma, then its forms.
const VERBS: &[(&str, &[&str])] = &[
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
    ("wear", &["wore", "worn"]),
    ("weave", &["wove", "woven"]),
    ("win", &["won"]),
    ("wind", &["wound"]),
    ("withdraw", &["withdrew", "withdrawn"]),
    ("withhold", &["withheld"]),
    ("withstand", &["withstood"]),
    ("write", &["wrote", "written"]),
    ("arise", &["arose", "arisen"]),
    ("awake", &["awoke", "awoken"]),
    ("bear", &["bore", "borne"]),
    ("beseech", &["besought"]),
    ("beset", &["beset"]),
    ("bid", &["bade", "bidden"]),
    ("bleed", &["bled"]),
    ("breed", &["bred"]),
    ("drink", &["drank", "drunk"]),
    ("dwell", &["dwelt"]),
    ("forgo", &["forwent", "forgone"]),
    ("forsake", &["forsook", "forsaken"]),
    ("grind", &["ground"]),
    ("leap", &["leapt"]),
    ("outdo", &["outdid", "outdone"]),
    ("overcome", &["overcame"]),
    ("oversee", &["oversaw", "overseen"]),
    ("override", &["overrode", "overridden"]),
    ("owe", &["owed"]),
    ("panic", &["panicked"]),
    ("redo", &["redid", "redone"]),
    ("rid", &["rid"]),
    ("shear", &["shorn"]),
    ("shed", &["shed"]),
    ("speed", &["sped"]),
    ("swim", &["swam", "swum"]),
    ("undergo", &["underwent", "undergone"]),
    ("undo", &["undid", "undone"]),
    ("vie", &["vied"]),
    ("wake", &["woke", "woken"]),
    ("weep", &["wept"]),
    ("wring", &["wrung"]),
    ("overthrow", &["overthrew", "overthrown"]),
    ("overrun", &["overran"]),
    ("retake", &["retook", "retaken"]),
    ("rebuild", &["rebuilt"]),
    ("resell", &["resold"]),
    ("mislead", &["misled"]),
    ("overtake", &["overtook", "overtaken"]),
    ("partake", &["partook", "partaken"]),
    ("foresee", &["foresaw", "foreseen"]),
];

/// The same of other words.
const OTHERS: &[(&str, &[&str])] = &[
    ("bad", &["worse", "worst"]),
    ("child", &["children"]),
    ("crisis", &["crises"]),
    ("good", &["better", "best"]),
    ("life", &["lives"]),
    ("man", &["men"]),
    ("woman", &["women"]),
];

/// The forms that a word may take as verb, noun or adjective; rather one too many than one too few.
pub fn forms(lemma: &str, mut put: impl FnMut(&str)) {
    let mut form = String::with_capacity(lemma.len() + 4);
    let mut join = |stem: &str, ending: &str| {
        form.clear();
        form.push_str(stem);
        form.push_str(ending);
        put(&form);
    };
    join(lemma, "");
    for ending in ["s", "es", "ing"] {
        join(lemma, ending);
    }
    if let Some(stem) = lemma.strip_suffix('e') {
        for ending in ["ing", "ed"] {
            join(stem, ending);
        }
        if let Some(stem) = stem.strip_suffix('i') {
            join(stem, "ying");
        }
        if let Some(stem) = stem.strip_suffix('f') {
            join(stem, "ves");
        }
    } else {
        join(lemma, "ed");
    }
    if let Some(stem) = lemma.strip_suffix('f') {
        join(stem, "ves");
    }
    if let Some(stem) = lemma.strip_suffix('y') {
        for ending in ["ies", "ied"] {
            join(stem, ending);
        }
    }
    let end = lemma.as_bytes();
    if let [.., vowel, last] = end
        && b"aeiou".contains(vowel)
        && last.is_ascii_alphabetic()
        && !b"aeiouwxy".contains(last)
    {
        for ending in ["ed", "ing"] {
            join(lemma, &format!("{}{ending}", char::from(*last)));
        }
    }
    if lemma.ends_with('c') {
        for ending in ["ked", "king"] {
            join(lemma, ending);
        }
    }
    let alike = |(irregular, _): &&(&str, &[&str])| irregular.as_bytes().last() == end.last();
    for (irregular, bent) in VERBS.iter().chain(OTHERS).filter(alike) {
        // "withhold", "rebuild": the verb inside a longer one bends alike.
        if lemma == *irregular || (irregular.len() > 3 && lemma.len() > irregular.len() && lemma.ends_with(irregular)) {
            let before = &lemma[..lemma.len() - irregular.len()];
            for form in *bent {
                join(before, form);
            }
        }
    }
}

/// Verbs whose past is as their present.
const UNBENT: &[&str] =
    &["bid", "cut", "hit", "quit", "rid", "set", "shed", "shut", "slit", "split", "spread", "thrust"];

/// The words of the lexicon's word lists by their forms: they mend the lemmas of words that the treebanks lack.
#[derive(Debug, Default)]
pub struct Lemmas {
    by_form: FnvMap<SmolStr, SmolStr>,
    known: FnvMap<SmolStr, ()>,
    /// The verbs of forms that bend as no rule says.
    irregular: FnvMap<SmolStr, SmolStr>,
}

impl Lemmas {
    /// Gathers the words of a lexicon's sets, nouns of verbs and embedding words.
    pub fn new(lexicon: &Lexicon) -> Lemmas {
        let words = &lexicon.words;
        let mut lemmas = Lemmas::default();
        let members = words.sets.values().flatten().flat_map(|m| m.split([' ', '-']));
        let pairs = words
            .verbs_of
            .iter()
            .flat_map(|(noun, verbs)| std::iter::once(noun.as_str()).chain(verbs.iter().flat_map(|v| v.split(' '))));
        let embedding = words.embedding.keys().flat_map(|k| k.split(' '));
        for word in members.chain(pairs).chain(embedding).filter(|w| w.len() > 2) {
            lemmas.known.entry(word.into()).or_default();
        }
        // Sorted, so that of two words with one form the same one is taken in every run.
        let mut known: Vec<SmolStr> = lemmas.known.keys().cloned().collect();
        known.sort_unstable();
        for lemma in known {
            forms(&lemma, |form| {
                if form != lemma && !lemmas.known.contains_key(form) {
                    lemmas.by_form.entry(form.into()).or_insert_with(|| lemma.clone());
                }
            });
        }
        for (lemma, bent) in VERBS.iter().filter(|(lemma, _)| !matches!(*lemma, "be" | "have")) {
            lemmas.irregular.extend(bent.iter().map(|&form| (form.into(), (*lemma).into())));
        }
        lemmas
    }

    /// The verb that a form may be of, where that form tells what was done: "tore", "quit".
    pub fn told_verb(&self, form: &str) -> Option<SmolStr> {
        let bent = self.irregular.get(form).cloned();
        bent.or_else(|| UNBENT.contains(&form).then(|| SmolStr::new(form)))
    }

    /// The words of a text without a tree: each as the lexicon has it, where it knows it by another form.
    pub fn of_words(&self, text: &str) -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’'));
        let lemma = |word: &str| {
            let word = word.to_lowercase();
            self.by_form.get(word.as_str()).map_or_else(|| word.clone(), ToString::to_string)
        };
        words.filter(|word| !word.is_empty()).map(lemma).collect()
    }

    /// Mends the lemmas of verbs that bend as no rule says ("bent" is of "bend"), and of verbs and nouns that no list knows but by
    /// another of their forms: "bombed" is of "bomb".
    pub fn mend(&self, text: &str, sentence: &mut Sentence) {
        for token in &mut sentence.tokens {
            // "Bases" is of both; in news they are of troops.
            if token.xpos == Xpos::Nns && token.lemma == "basis" {
                token.lemma = SmolStr::new_static("base");
            }
            let bent = token.upos == Upos::Verb && matches!(token.xpos, Xpos::Vbd | Xpos::Vbn);
            let known = !matches!(token.upos, Upos::Verb | Upos::Noun) || self.known.contains_key(token.lemma.as_str());
            if known && !bent {
                continue;
            }
            let form = token.form(text);
            let form = match form.bytes().any(|b| b.is_ascii_uppercase()) {
                true => SmolStr::new(form.to_ascii_lowercase()),
                false => SmolStr::new(form),
            };
            let irregular = if bent { self.irregular.get(&form) } else { None };
            if let Some(lemma) = irregular.or_else(|| self.by_form.get(&form).filter(|_| !known)) {
                token.lemma = lemma.clone();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lemmas, forms};

    #[test]
    fn words_without_a_tree_are_known_by_their_forms() {
        let lexicon = detente_lexicon::Lexicon::builtin().expect("the lexicon");
        let lemmas = Lemmas::new(&lexicon);
        assert_eq!(
            lemmas.of_words("It imposed sanctions, then withdrew."),
            ["it", "impose", "sanction", "then", "withdraw"]
        );
    }

    #[test]
    fn a_word_is_among_its_forms_and_bends_as_english_does() {
        for (lemma, wanted) in [
            ("bomb", &["bomb", "bombs", "bombed", "bombing"][..]),
            ("seize", &["seized", "seizing", "seizes"]),
            ("ban", &["banned", "banning"]),
            ("deny", &["denies", "denied", "denying"]),
            ("withdraw", &["withdrew", "withdrawn"]),
            ("lie", &["lied", "lying"]),
        ] {
            let mut found = Vec::new();
            forms(lemma, |form| found.push(form.to_owned()));
            for form in wanted {
                assert!(found.iter().any(|f| f == form), "{lemma} {form}");
            }
        }
    }
}
