//! Codes of other systems: of states and organisations (FIPS 10-4, CAMEO), and of acts (CAMEO).

use smol_str::SmolStr;

use crate::{
    error::{Error, Problem},
    names::FnvMap,
    record::lines,
    source::File,
};

/// What other systems call states, organisations and acts.
#[derive(Clone, Debug, Default)]
pub struct Crosswalk {
    /// By our code.
    countries: FnvMap<SmolStr, Country>,
    /// CAMEO codes of acts by their text.
    cameo: FnvMap<SmolStr, CameoCode>,
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Country {
    fips: Option<SmolStr>,
    cameo: Option<SmolStr>,
}

/// A CAMEO code of acts.
#[derive(Clone, Debug, PartialEq)]
pub struct CameoCode {
    /// Two to four digits; text, since 010 and 10 differ.
    pub code: SmolStr,
    /// Goldstein value, -10 to 10.
    pub goldstein: f32,
    /// What it means, in words of the lexicon.
    pub words: SmolStr,
}

impl CameoCode {
    /// The first two digits.
    pub fn root(&self) -> &str {
        &self.code[..2]
    }

    /// The first three digits.
    pub fn base(&self) -> &str {
        &self.code[..self.code.len().min(3)]
    }

    /// The quad class of the root: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
    pub fn quad(&self) -> u8 {
        match self.root() {
            "01" | "02" | "03" | "04" | "05" => 1,
            "06" | "07" | "08" => 2,
            "09" | "10" | "11" | "12" | "13" => 3,
            _ => 4,
        }
    }
}

/// Which acts get a code.
#[derive(Clone, Debug)]
struct Rule {
    event: SmolStr,
    /// Key and value, such as `mode` and `visit`.
    conditions: Vec<(SmolStr, SmolStr)>,
    code: SmolStr,
}

impl Crosswalk {
    /// The FIPS 10-4 code of a territory.
    pub fn fips(&self, code: &str) -> Option<&str> {
        self.countries.get(code)?.fips.as_deref()
    }

    /// The CAMEO code of a state or organisation; our own where CAMEO has no other.
    pub fn cameo_actor<'a>(&'a self, code: &'a str) -> &'a str {
        self.countries.get(code).and_then(|country| country.cameo.as_deref()).unwrap_or(code)
    }

    /// The CAMEO code of an act of this PLOVER type, with its modes, its contexts and what it is about.
    ///
    /// ```
    /// let crosswalk = detente_lexicon::Lexicon::builtin()?.crosswalk;
    /// assert_eq!(crosswalk.cameo("CONSULT", &["visit"], &[], None).unwrap().code, "042");
    /// assert_eq!(crosswalk.cameo("AGREE", &[], &["economic"], Some("AID")).unwrap().code, "0331");
    /// # Ok::<(), detente_lexicon::Error>(())
    /// ```
    pub fn cameo(&self, event: &str, modes: &[&str], contexts: &[&str], about: Option<&str>) -> Option<&CameoCode> {
        let holds = |(key, value): &(SmolStr, SmolStr)| match key.as_str() {
            "mode" => modes.contains(&value.as_str()),
            "context" => contexts.contains(&value.as_str()),
            _ => about == Some(value.as_str()),
        };
        let fitting = self.rules.iter().filter(|rule| rule.event == event && rule.conditions.iter().all(holds));
        self.cameo.get(&fitting.max_by_key(|rule| rule.conditions.len())?.code)
    }

    /// Reads the lines of a file of `codes/`.
    pub(crate) fn read(&mut self, file: &File) -> Result<(), Error> {
        let is_countries = file.path == "codes/countries.txt";
        if !is_countries && file.path != "codes/cameo.txt" {
            return Ok(());
        }
        for (number, line) in lines(&file.text) {
            let read = if is_countries { self.country(line) } else { self.cameo_line(line) };
            read.ok_or_else(|| Error::new(file.path.as_ref(), number, Problem::BadLine(line.to_owned())))?;
        }
        Ok(())
    }

    fn country(&mut self, line: &str) -> Option<()> {
        let mut words = line.split_whitespace();
        let code = words.next()?;
        let fips = words.next().filter(|word| *word == "-" || word.len() == 2)?;
        let cameo = words.next().map(SmolStr::from);
        let country = Country { fips: (fips != "-").then(|| fips.into()), cameo };
        self.countries.insert(code.into(), country);
        words.next().is_none().then_some(())
    }

    fn cameo_line(&mut self, line: &str) -> Option<()> {
        if let Some(code) = line.strip_prefix("code ") {
            let (code, rest) = code.trim_start().split_once(' ')?;
            let (goldstein, words) = rest.trim_start().split_once(' ')?;
            let goldstein: f32 = goldstein.parse().ok()?;
            let is_code = (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
            if !is_code || !(-10.0..=10.0).contains(&goldstein) {
                return None;
            }
            self.cameo.insert(code.into(), CameoCode { code: code.into(), goldstein, words: words.trim().into() });
            return Some(());
        }
        let (act, code) = line.split_once("=>")?;
        let code = code.trim();
        let mut words = act.split_whitespace();
        let event = words.next()?.into();
        let condition = |word: &str| {
            let (key, value) = word.split_once('=')?;
            ["mode", "about", "context"].contains(&key).then(|| (key.into(), value.into()))
        };
        let conditions = words.map(condition).collect::<Option<_>>()?;
        self.cameo.contains_key(code).then_some(())?;
        self.rules.push(Rule { event, conditions, code: code.into() });
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crosswalk(path: &'static str, text: &'static str) -> Result<Crosswalk, Error> {
        let mut crosswalk = Crosswalk::default();
        crosswalk.read(&File { path: path.into(), text: text.into() })?;
        Ok(crosswalk)
    }

    #[test]
    fn the_rule_with_the_most_conditions_wins_and_of_equals_the_last() {
        let text = "code 070 7.0 gives aid\ncode 071 7.4 gives economic aid\ncode 072 8.3 gives military aid\n\
            AID => 070\nAID context=economic => 071\nAID context=military => 072\n";
        let crosswalk = crosswalk("codes/cameo.txt", text).unwrap();
        let code = |contexts: &[&str]| crosswalk.cameo("AID", &[], contexts, None).unwrap().code.clone();
        assert_eq!(code(&[]), "070");
        assert_eq!(code(&["military", "economic"]), "072");
        assert!(crosswalk.cameo("AGREE", &[], &[], None).is_none());
        let military = crosswalk.cameo("AID", &[], &["military"], None).unwrap();
        assert_eq!((military.root(), military.base(), military.quad()), ("07", "072", 2));
    }

    #[test]
    fn lines_that_say_nothing_are_named() {
        for (path, line) in [
            ("codes/cameo.txt", "AID => 070"),
            ("codes/cameo.txt", "code 7 7.0 gives aid"),
            ("codes/cameo.txt", "code 070 70 gives aid"),
            ("codes/countries.txt", "GBR"),
            ("codes/countries.txt", "GBR UK GBR GBR"),
        ] {
            assert!(crosswalk(path, line).is_err(), "{line}");
        }
    }
}
