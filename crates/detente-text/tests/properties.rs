//! What must hold for any source.

use detente_text::{Format, Records, read_article};
use proptest::prelude::*;

/// Scraps that sources are made of, the nasty ones included.
fn scrap() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        "\\PC{0,12}",
        Just("Ruritania recalled its ambassador from Freedonia on Monday. ".to_owned()),
        prop::sample::select(vec![
            "\n",
            "\r\n",
            "\n\n",
            "\t",
            "\u{a0}",
            "\u{200b}",
            "\u{feff}",
            "- Reuters",
            "(AP) — ",
            "STRELSAU, Nov 3 (",
            "—",
            "”",
            "©",
            "###",
            "Powered by ",
            "<p>",
            "</p>",
            "<div class=\"",
            "<",
            ">",
            "&amp;",
            "&nbsp;",
            "&#0;",
            "&",
            "<!--",
            "<script>",
            "</",
            "<br>",
            "<a href='",
            "{\"text\": \"",
            "\"}",
            "\\u00e9",
            "\\ud800",
            "[",
            "<article>",
            "<h1>",
            "<title>",
            "<meta content=\"2024-13-99\" name=date>",
        ])
        .prop_map(str::to_owned),
    ]
}

fn source() -> impl Strategy<Value = String> {
    prop::collection::vec(scrap(), 0..24).prop_map(|scraps| scraps.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [Format::Text, Format::Html, Format::Jsonl] {
            let _ = read_article(&bytes, format, "x");
        }
        let _ = Format::guess("x", &bytes);
        let _ = Records::new(&bytes[..]).count();
    }

    #[test]
    fn spans_lie_inside_the_source_and_in_order(source in source()) {
        let chars = source.strip_prefix('\u{feff}').unwrap_or(&source).chars().count();
        for format in [Format::Text, Format::Html] {
            let Ok(article) = read_article(source.as_bytes(), format, "x") else { continue };
            prop_assert_eq!(article.text_chars, chars);
            for passage in &article.passages {
                prop_assert!(passage.text.is_char_boundary(passage.body_start));
                let mut last = passage.span().start;
                for (at, c) in passage.text.char_indices() {
                    let span = passage.source_span(at..at + c.len_utf8());
                    prop_assert!(span.start < span.end && span.end <= chars, "{:?} {:?}", span, passage);
                    prop_assert!(span.start >= last || format == Format::Html, "{:?} {:?}", span, passage);
                    last = span.start;
                }
            }
        }
    }

    #[test]
    fn plain_text_is_reproduced(source in source()) {
        // Handles, hashtags and what is written short are spelled out.
        let source = source.replace(['@', '#', '/'], "x");
        let Ok(article) = read_article(source.as_bytes(), Format::Text, "x") else { return Ok(()) };
        let chars: Vec<char> = source.strip_prefix('\u{feff}').unwrap_or(&source).chars().collect();
        for passage in &article.passages {
            for (at, c) in passage.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
                let span = passage.source_span(at..at + c.len_utf8());
                prop_assert_eq!(span.end - span.start, 1);
                prop_assert_eq!(chars[span.start], c);
            }
        }
    }

    #[test]
    fn no_word_of_a_text_is_lost(source in "([A-Za-z]{1,9}[ .\n]{1,3}){1,60}") {
        let Ok(article) = read_article(source.as_bytes(), Format::Text, "x") else { return Ok(()) };
        let letters = |s: &str| { let mut l: Vec<char> = s.chars().filter(|c| c.is_alphabetic()).collect(); l.sort_unstable(); l };
        let read: String = article.passages.iter().map(|p| p.text.as_str()).collect();
        prop_assert_eq!(letters(&read), letters(&source));
    }
}
