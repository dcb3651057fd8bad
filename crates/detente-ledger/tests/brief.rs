//! What a reader sees.

mod news;

use detente_coder::{Coded, Span};
use detente_ledger::brief::{Brief, Source, Style};
use detente_text::{Format, read_article};
use news::*;

const PAGE: &str = "Envoys Leave as Border Talks Stop\nWorld\nTurkey suspended the negotiations with Armenia on a border treaty after the incident. \
The minister said that Armenia continues them without delay.\n";

/// A page with two acts about one negotiation.
fn brief(write: impl Fn(Brief<'_>) -> String) -> String {
    let page = read_article(PAGE.as_bytes(), Format::Text, "border.txt").expect("an article");
    let suspends =
        act(&["TUR"], "SANCTION", &["ARM"], "suspend negotiation", "negotiations with Armenia on a border treaty");
    let goes_on = says(act(&["ARM"], "CONSULT", &["TUR"], "continue negotiation", "negotiations"), "ARM");
    let mut coded: Coded = article("border.txt", None, vec![suspends, goes_on], vec![]);
    let find = |words: &str| PAGE.find(words).expect("the words") as u32;
    let (first, second, end) = (find("Turkey"), find("The minister"), PAGE.len() as u32 - 1);
    for (act, (start, end)) in coded.acts.iter_mut().zip([(first, second - 1), (second, end)]) {
        act.evidence = Span { start, end: start + 20 };
        (act.text_info.start, act.text_info.end) = (start, end);
    }
    let sources = [Source::new(&page, &coded)];
    let coded = [coded];
    let affairs = fold(&coded);
    write(Brief { coded: &coded, sources: &sources, affairs: &affairs, lexicon: &LEXICON })
}

#[test]
fn a_brief_for_a_terminal() {
    let text = brief(|brief| brief.text(Style { width: 76, is_bold: false }));
    let known = "\
border.txt: Envoys Leave as Border Talks Stop
  no date is stated: days that count from it stay unknown
  1 passage left out: section label 1

Armenia – Turkey

  Standing
    negotiation (border treaty): suspended, since when is not said — by
      Turkey, on the article's word [1]
      - by the account of Armenia: open [2]
      - by the account of Turkey: suspended [1]

  Acts
    no date  Turkey → Armenia: SANCTION: negotiations with Armenia on a
      border treaty [1]
    no date  Armenia → Turkey: CONSULT: negotiations — says minister of ARM
      (Armenia) [2]

Passages
    [1] Turkey suspended the negotiations with Armenia on a border treaty
      after the incident.
    [2] The minister said that Armenia continues them without delay.
";
    assert_eq!(text, known);
}

#[test]
fn bold_and_width_are_the_only_style() {
    let plain = brief(|brief| brief.text(Style { width: 200, is_bold: false }));
    let bold = brief(|brief| brief.text(Style { width: 200, is_bold: true }));
    assert_eq!(bold.replace("\x1b[1m", "").replace("\x1b[0m", ""), plain);
    assert!(bold.contains("\x1b[1mArmenia – Turkey\x1b[0m"));
    let narrow = brief(|brief| brief.text(Style { width: 0, is_bold: false }));
    assert!(narrow.lines().all(|line| line.chars().count() <= 40), "{narrow}");
}

#[test]
fn a_brief_in_markdown() {
    let page = brief(|brief| brief.markdown());
    assert!(
        page.contains("\n## Armenia – Turkey\n\n### Standing\n\n- negotiation (border treaty): suspended"),
        "{page}"
    );
    assert!(page.contains("\n  - by the account of Armenia: open \\[2]\n"), "{page}");
}
