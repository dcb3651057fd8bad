//! Cuts text into words by the conventions of the English treebanks: `Russia 's`, `did n't`, `U.S. - led`, `$ 5 bn`.

/// Byte range of a word.
pub(crate) type Range = (u32, u32);

/// Words beginning with these and a hyphen stay whole.
const PREFIXES: &[&str] = &[
    "anti", "arch", "co", "counter", "cross", "e", "em", "ex", "inter", "intra", "mid", "mini", "multi", "neo", "non",
    "over", "post", "pre", "pro", "psycho", "re", "semi", "socio", "sub", "trans", "ultra", "un", "uh",
];

/// Abbreviations, without the stop at their end, that keep it.
const ABBREVIATIONS: &[&str] = &[
    "adm", "ala", "ariz", "calif", "colo", "conn", "fla", "ky", "md", "mich", "minn", "mont", "neb", "nev", "okla",
    "tenn", "tex", "wis", "wyo", "al", "approx", "apr", "attn", "aug", "ave", "blvd", "brig", "ca", "capt", "cf",
    "cmdr", "co", "col", "conf", "corp", "cpl", "dec", "dept", "dr", "esp", "est", "etc", "ext", "feb", "fr", "fri",
    "ft", "gen", "gov", "hon", "inc", "jan", "jr", "lb", "lt", "ltd", "maj", "messrs", "mlle", "mme", "mr", "mrs",
    "ms", "mt", "no", "nos", "nov", "oct", "ph", "pres", "prof", "pvt", "rep", "reps", "ret", "rev", "rt", "sat",
    "sec", "sen", "sens", "sept", "sgt", "sr", "st", "supt", "thur", "thurs", "tue", "tues", "univ", "va", "vol", "vs",
    "wed",
];

/// Abbreviations that are also words: they keep the stop only where a number or a name follows.
const BEFORE_NUMBERS: &[&str] = &["no", "nos", "art", "fig", "sec", "vol", "p", "pp", "ch"];
const BEFORE_NAMES: &[&str] =
    &["mar", "sun", "mon", "sat", "wed", "gov", "rev", "col", "est", "fr", "co", "mt", "ave", "pres", "rep"];

/// Words run together that the treebanks part, and where.
const RUN_TOGETHER: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("gotta", 3),
    ("wanna", 3),
    ("dont", 2),
    ("doesnt", 4),
    ("didnt", 3),
    ("isnt", 2),
    ("wasnt", 3),
    ("wouldnt", 5),
    ("couldnt", 5),
    ("havent", 4),
    ("arent", 3),
    ("werent", 4),
    ("shouldnt", 6),
    ("hasnt", 3),
    ("hadnt", 3),
    ("cant", 2),
];

/// Units that are parted from the number before them.
const UNITS: &[&str] = &[
    "am", "pm", "a.m", "p.m", "bn", "tn", "m", "mn", "k", "b", "km", "cm", "mm", "kg", "ft", "mph", "mw", "gw", "kw",
    "lb", "lbs", "x", "hz", "percent", "kt", "mt",
];

fn apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | '´' | 'ʼ')
}

fn opens(letter: char) -> bool {
    matches!(
        letter,
        '(' | '['
            | '{'
            | '"'
            | '“'
            | '‘'
            | '„'
            | '«'
            | '‹'
            | '\''
            | '`'
            | '<'
            | '¿'
            | '¡'
            | '*'
            | '_'
            | '~'
            | '|'
            | '•'
            | '·'
    )
}

fn closes(letter: char) -> bool {
    matches!(
        letter,
        ')' | ']'
            | '}'
            | '"'
            | '”'
            | '’'
            | '\''
            | '»'
            | '›'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '…'
            | '>'
            | '*'
            | '_'
            | '~'
            | '|'
            | '`'
            | '%'
            | '“'
            | '‘'
    )
}

fn dash(letter: char) -> bool {
    matches!(letter, '-' | '–' | '—' | '‒' | '―' | '‐' | '‑')
}

fn money(letter: char) -> bool {
    matches!(letter, '$' | '£' | '€' | '¥' | '₹' | '₽' | '#')
}

/// Appends the words of `text[from..to]` to `words`.
pub(crate) fn tokenise(text: &str, from: usize, to: usize, words: &mut Vec<Range>) {
    let mut start = None;
    for (at, letter) in text[from..to].char_indices() {
        let at = from + at;
        if letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{feff}' | '\0'..='\x1f') {
            if let Some(start) = start.take() {
                chunk(text, start, at, to, words);
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(start) = start {
        chunk(text, start, to, to, words);
    }
}

fn push(start: usize, end: usize, words: &mut Vec<Range>) {
    if start < end {
        words.push((start as u32, end as u32));
    }
}

fn first(text: &str) -> char {
    text.chars().next().unwrap_or(' ')
}

fn last(text: &str) -> char {
    text.chars().next_back().unwrap_or(' ')
}

/// Length in bytes of the run of equal characters at the start of `text`.
fn run(text: &str) -> usize {
    let letter = first(text);
    text.chars().take_while(|&other| other == letter).map(char::len_utf8).sum()
}

/// Length in bytes of the run of characters at the end of `text` that are equal to the last.
fn run_back(text: &str) -> usize {
    let letter = last(text);
    text.chars().rev().take_while(|&other| other == letter).map(char::len_utf8).sum()
}

/// Cuts a stretch without white space.
fn chunk(text: &str, mut start: usize, end: usize, limit: usize, words: &mut Vec<Range>) {
    let whole = &text[start..end];
    if whole.len() == 1 || whole.bytes().all(|byte| byte.is_ascii_lowercase()) {
        plain(text, start, end, words);
        return;
    }
    if emoticon(whole) {
        push(start, end, words);
        return;
    }
    // Marks before the word.
    loop {
        let rest = &text[start..end];
        let letter = first(rest);
        let length = letter.len_utf8();
        if rest.is_empty() {
            return;
        }
        let after = first(&rest[length..]);
        let peel = if rest.starts_with("''") || rest.starts_with("``") || rest.starts_with("<<") {
            2
        } else if apostrophe(letter) && clitic_ahead(&rest[length..]) {
            break;
        } else if opens(letter) {
            if matches!(letter, '*' | '_' | '~' | '|' | '<') { run(rest) } else { length }
        } else if dash(letter) && after != ' ' && !(after.is_ascii_digit() && letter == '-' && words.is_empty()) {
            run(rest)
        } else if money(letter) && (after.is_ascii_digit() || (letter != '#' && after == '.')) {
            length
        } else if letter == '.' && after == '.'
            || (closes(letter) && letter != '_')
            || letter == '/'
            || letter == '='
            || letter == '+' && !after.is_ascii_digit()
        {
            run(rest)
        } else {
            break;
        };
        push(start, start + peel, words);
        start += peel;
        if start >= end {
            return;
        }
    }
    // Marks after the word: found from the back, written from the front.
    let mut marks = [(0usize, 0usize); 32];
    let mut count = 0;
    let mut stop = end;
    while count < marks.len() {
        let rest = &text[start..stop];
        let letter = last(rest);
        let cut = if rest.is_empty() {
            break;
        } else if rest.ends_with("''") || rest.ends_with(">>") {
            2
        } else if apostrophe(letter) || closes(letter) {
            if letter == ')' && rest.len() < 6 && rest.starts_with(|c: char| c.is_alphanumeric()) && rest.contains('(')
            {
                break;
            }
            if matches!(letter, '!' | '?' | '*' | '_' | '~' | '|' | '>') { run_back(rest) } else { letter.len_utf8() }
        } else if letter == '.' {
            let run = run_back(rest);
            if run > 1 || !keeps_stop(text, start, stop, end, limit) { run } else { break }
        } else if dash(letter) && rest.chars().count() > 2 {
            run_back(rest)
        } else {
            break;
        };
        stop -= cut;
        marks[count] = (stop, stop + cut);
        count += 1;
    }
    middle(text, start, stop, words);
    for &(from, to) in marks[..count].iter().rev() {
        push(from, to, words);
    }
}

fn emoticon(chunk: &str) -> bool {
    let bytes = chunk.as_bytes();
    (2..=4).contains(&bytes.len())
        && matches!(bytes[0], b':' | b';' | b'=')
        && matches!(bytes[bytes.len() - 1], b')' | b'(' | b'D' | b'P' | b'/' | b'|' | b'*' | b'p')
}

/// Whether what follows an apostrophe makes it part of a word: `'s`, `'ll`, `'em`, `'90s`.
fn clitic_ahead(rest: &str) -> bool {
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    let is = |other: &str| word.eq_ignore_ascii_case(other);
    ["s", "re", "ve", "ll", "m", "d", "em", "til", "cause"].into_iter().any(is)
        || (word.len() == 3 && word.ends_with('s') && word.as_bytes()[..2].iter().all(u8::is_ascii_digit))
}

/// Whether the stop that ends `text[start..stop]` belongs to the word.
fn keeps_stop(text: &str, start: usize, stop: usize, chunk_end: usize, limit: usize) -> bool {
    let word = &text[start..stop - 1];
    let tail = &word[word.rfind(|c: char| dash(c) || c == '/').map_or(0, |at| at + first(&word[at..]).len_utf8())..];
    if tail.is_empty() {
        return false;
    }
    let following = text[chunk_end..limit].trim_start();
    let next = first(following);
    // Initials and dotted abbreviations: J., U.S., a.m., Ph.D.
    let mut dotted = tail.split('.');
    if dotted.all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic)) {
        let single = tail.chars().count() == 1;
        return !single || (tail != "I" && tail.chars().all(char::is_uppercase) && next.is_uppercase());
    }
    if tail == "Ph.D" || tail == "M.Sc" {
        return true;
    }
    let is = |list: &[&str]| list.iter().any(|other| tail.eq_ignore_ascii_case(other));
    if is(BEFORE_NUMBERS) {
        return next.is_ascii_digit();
    }
    if is(BEFORE_NAMES) {
        return first(tail).is_uppercase() && (next.is_uppercase() || next.is_ascii_digit());
    }
    is(ABBREVIATIONS)
}

/// Cuts what is left when the marks around are gone: addresses stay whole, clitics, hyphens and slashes are parted.
fn middle(text: &str, start: usize, end: usize, words: &mut Vec<Range>) {
    let rest = &text[start..end];
    if rest.is_empty() {
        return;
    }
    if address(rest) || emoticon(rest) || rest.chars().all(|c| !c.is_alphanumeric()) {
        push(start, end, words);
        return;
    }
    if numbers(rest) {
        push(start, end, words);
        return;
    }
    let mut from = start;
    let mut previous = ' ';
    for (at, letter) in rest.char_indices() {
        let at = start + at;
        let after = first(&text[at + letter.len_utf8()..end]);
        if at < from {
            previous = letter;
            continue;
        }
        let cut = if dash(letter) {
            at > from && !(letter == '-' && prefix(&text[from..at]) && after.is_alphabetic())
                || text[at + letter.len_utf8()..end].starts_with(dash)
        } else {
            match letter {
                '/' => at > from && previous.is_alphabetic() && after.is_alphabetic() && rest.len() > 3,
                '(' | ')' | '[' | ']' | '"' | '“' | '”' | ';' | '…' | '!' | '?' | '=' | '>' | '<' | '*' | '|' => {
                    true
                }
                ',' => !(previous.is_ascii_digit() && after.is_ascii_digit()),
                ':' => !(previous.is_ascii_digit() && after.is_ascii_digit()),
                '.' => after == '.' || previous == '.' && at == from,
                '+' => previous.is_alphabetic() && after.is_alphabetic(),
                '%' | '°' | 'º' => previous.is_ascii_digit(),
                letter if money(letter) && letter != '#' => after.is_ascii_digit() && !previous.is_ascii_digit(),
                _ => false,
            }
        };
        if cut {
            let length = if dash(letter) || letter == '.' { run(&text[at..end]) } else { letter.len_utf8() };
            // US$5: the sign stays with the letters before it.
            if money(letter) && at > from {
                push(from, at + length, words);
            } else {
                plain(text, from, at, words);
                push(at, at + length, words);
            }
            from = at + length;
        }
        previous = letter;
    }
    plain(text, from, end, words);
}

fn prefix(word: &str) -> bool {
    PREFIXES.iter().any(|prefix| word.eq_ignore_ascii_case(prefix))
}

/// Telephone numbers, dates and the like: digits with two hyphens or slashes, or a hyphen after three digits.
fn numbers(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let hyphens = word.bytes().filter(|byte| *byte == b'-').count();
    let slashes = word.bytes().filter(|byte| *byte == b'/').count();
    if digits + hyphens + slashes != word.len() || digits == 0 {
        return false;
    }
    hyphens >= 2 || slashes >= 1 || (hyphens == 1 && word.len() == 8 && word.as_bytes()[3] == b'-')
}

fn address(word: &str) -> bool {
    if word.len() < 5 {
        return false;
    }
    if word.contains("://") || word.starts_with("www.") {
        return true;
    }
    let Some((before, after)) = word.split_once('@').or_else(|| word.rsplit_once('.')) else { return false };
    if word.contains('@') {
        return !before.is_empty() && after.contains(|c: char| c.is_alphabetic());
    }
    const ENDS: &[&str] =
        &["com", "org", "net", "gov", "edu", "uk", "ru", "html", "pdf", "doc", "xls", "htm", "jpg", "txt", "exe"];
    !before.is_empty()
        && ENDS.iter().any(|end| after.eq_ignore_ascii_case(end))
        && !word.contains([',', ';', '"', '(', ')', '“', '”'])
}

/// A word without marks: parts `did n't`, `Russia 's`, `can not`, `5 pm`.
fn plain(text: &str, start: usize, end: usize, words: &mut Vec<Range>) {
    let word = &text[start..end];
    if word.len() >= 3 {
        if let Some(cut) = clitic(word) {
            push(start, start + cut, words);
            push(start + cut, end, words);
            return;
        }
        if let Some(cut) = run_together(word).or_else(|| unit(word)) {
            push(start, start + cut, words);
            push(start + cut, end, words);
            return;
        }
    } else if let Some(cut) = unit(word) {
        push(start, start + cut, words);
        push(start + cut, end, words);
        return;
    }
    push(start, end, words);
}

fn run_together(word: &str) -> Option<usize> {
    if !word.is_ascii() {
        return None;
    }
    RUN_TOGETHER.iter().find(|(other, _)| word.eq_ignore_ascii_case(other)).map(|&(_, cut)| cut)
}

/// Where a clitic begins.
fn clitic(word: &str) -> Option<usize> {
    let at = word.rfind(apostrophe)?;
    let mark = first(&word[at..]).len_utf8();
    let tail = &word[at + mark..];
    let is = |other: &str| tail.eq_ignore_ascii_case(other);
    if is("t") {
        let before = word[..at].char_indices().next_back()?;
        return (matches!(before.1, 'n' | 'N') && before.0 > 0).then_some(before.0);
    }
    (at > 0 && ["s", "re", "ve", "ll", "m", "d"].into_iter().any(is)).then_some(at)
}

/// Where a unit begins that follows a number without a space.
fn unit(word: &str) -> Option<usize> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let at = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ':'))?;
    let tail = word[at..].trim_end_matches('.');
    UNITS.iter().any(|unit| tail.eq_ignore_ascii_case(unit)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut ranges = Vec::new();
        tokenise(text, 0, text.len(), &mut ranges);
        let words: Vec<&str> = ranges.iter().map(|&(start, end)| &text[start as usize..end as usize]).collect();
        words.join(" ")
    }

    #[test]
    fn a_sign_of_money_keeps_the_letters_before_it() {
        assert_eq!(words("US$5"), "US$ 5");
        assert_eq!(words("0M$0"), "0M$ 0");
    }

    #[test]
    fn follows_the_treebanks() {
        for (text, expected) in [
            ("Russia's envoy didn't sign.", "Russia 's envoy did n't sign ."),
            ("The U.S.-led mission left the U.S.", "The U.S. - led mission left the U.S."),
            ("Gen. Smith, 52, said: \"No.\"", "Gen. Smith , 52 , said : \" No . \""),
            ("a $5.2bn deal (about £4bn)", "a $ 5.2 bn deal ( about £ 4 bn )"),
            ("the states’ non-aggression pact—signed", "the states ’ non-aggression pact — signed"),
            ("Prime Minister Shinzo Abe's visit", "Prime Minister Shinzo Abe 's visit"),
            ("TOKYO (AP) - Talks", "TOKYO ( AP ) - Talks"),
            ("at 5 p.m. on Jan. 3", "at 5 p.m. on Jan. 3"),
            ("He cannot, won't and can't go...", "He can not , wo n't and ca n't go ..."),
            ("see www.un.org/news or mail a.b@c.org.", "see www.un.org/news or mail a.b@c.org ."),
            ("10% of 1,000 in 2004-2005", "10 % of 1,000 in 2004 - 2005"),
            ("and/or 9/11", "and / or 9/11"),
            ("J. K. Miller Jr. ate", "J. K. Miller Jr. ate"),
            ("“We agreed,” he said.", "“ We agreed , ” he said ."),
            ("'Peace' is 'near,' said ’em", "' Peace ' is ' near , ' said ’em"),
            ("No. 5 said no. Then", "No. 5 said no . Then"),
        ] {
            assert_eq!(words(text), expected);
        }
    }

    #[test]
    fn covers_odd_text() {
        for text in [
            "",
            "'",
            "''",
            "$",
            "...",
            "-",
            "--",
            "a'",
            "'s",
            "n't",
            "’",
            "\u{feff}",
            "..a..",
            "((",
            "é'é",
            "🇯🇵🇷🇺",
            "\u{301}'s",
        ] {
            let all: String = words(text).split(' ').collect();
            let kept: String = text.chars().filter(|c| *c != '\u{feff}').collect();
            assert_eq!(all, kept);
        }
    }
}
