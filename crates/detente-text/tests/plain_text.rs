//! Plain text: paragraphs, titles, furniture, repeats, datelines and the way back to the source.

use detente_text::{Article, Field, Format, Kind, Origin, Reason, read_article};

fn read(text: &str) -> Article {
    read_article(text.as_bytes(), Format::Text, "test").unwrap()
}

fn kinds(article: &Article) -> Vec<(&str, String)> {
    article.passages.iter().map(|p| (p.text.as_str(), p.kind.to_string())).collect()
}

/// The characters of the source under each passage are those of the passage, white space aside.
#[track_caller]
fn assert_leads_back(article: &Article, source: &str) {
    let chars: Vec<char> = source.chars().collect();
    for passage in &article.passages {
        let span = passage.span();
        let under: String = chars[span.start..span.end].iter().collect();
        let words = |s: &str| s.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(&under), words(&passage.text));
    }
}

#[test]
fn an_article_with_the_troubles_of_a_copied_page() {
    let source = "Ruritania Wants Talks With Freedonia\r\nWorld\r\nFreedonia closed its border on Monday. In response, Ruritania \
                  recalled its ambassador.\r\nThe king’s minister said the talks would go on in spring, when the snow has gone.\r\n\
                  Freedonia closed its border on Monday. In response, Ruritania recalled its ambassador.\r\nPowered by Zenda Editor";
    let article = read(source);
    assert_eq!(
        kinds(&article),
        [
            ("Ruritania Wants Talks With Freedonia", "body".into()),
            ("World", "section label".into()),
            ("Freedonia closed its border on Monday. In response, Ruritania recalled its ambassador.", "body".into()),
            ("The king’s minister said the talks would go on in spring, when the snow has gone.", "body".into()),
            (
                "Freedonia closed its border on Monday. In response, Ruritania recalled its ambassador.",
                "repeat of passage 2".into()
            ),
            ("Powered by Zenda Editor", "software's line".into()),
        ]
    );
    assert_eq!(article.title().unwrap().field, Field::Title);
    assert_eq!(article.date, None);
    assert_eq!(article.text_chars, source.chars().count());
    assert_leads_back(&article, source);
}

#[test]
fn wrapped_lines_are_joined() {
    let source = "Ruritania and Freedonia agreed on Monday to open the mountain\nroad between their capitals, which has been closed since \
                  the\nwar, and to let carriages of both states pass without a toll.\n\nThe road is open to all who carry letters from \
                  either king,\nhis ministers, or the mayors of the towns along the south-\neastern border.\n";
    let article = read(source);
    let texts: Vec<&str> = article.passages.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(texts[0].contains("mountain road between") && texts[0].ends_with("without a toll."));
    assert!(texts[1].contains("the south-eastern border."));
    let passage = &article.passages[1];
    let at = passage.text.find("border").unwrap();
    let span = passage.source_span(at..at + 6);
    assert_eq!(source.chars().skip(span.start).take(span.end - span.start).collect::<String>(), "border");
}

#[test]
fn wrapped_lines_are_joined_beside_other_lines() {
    let source = "WORLD\nRuritania suspends border talks with Freedonia\nBy Antoinette de Mauban\n\
                  STRELSAU, Nov 3 (Reuters) - Ruritania on Sunday suspended talks with\n\
                  Freedonia on a border treaty, its foreign ministry said, in answer to\n\
                  sanctions that the Freedonian parliament imposed last week.\n\n\
                  \"Our government sees no ground on which the talks could go on,\" the\n\
                  ministry's spokesman, Fritz von Tarlenheim, told reporters.\n\
                  The talks began in May. (Reporting by Antoinette de Mauban; Editing by Rupert Hentzau)\n";
    let article = read(source);
    let body: Vec<&str> = article.body().map(|(_, p)| p.body()).collect();
    assert_eq!(body.len(), 4, "{body:?}");
    assert!(
        body[1].starts_with("Ruritania on Sunday suspended talks with Freedonia on") && body[1].ends_with("last week.")
    );
    assert_eq!(body[3], "The talks began in May.");
    assert_leads_back(&article, source);
}

#[test]
fn headlines_of_one_length_are_not_joined() {
    let source = "Ruritania Recalls Its Ambassador From Freedonia\nThe King Of Ruritania Speaks To His Parliament\nFreedonia Closes All Its Roads To The North Pass\n";
    assert_eq!(read(source).passages.len(), 3);
}

#[test]
fn a_long_line_is_one_passage() {
    let source = "Ruritania sued Freedonia. ".repeat(400);
    let article = read(&source);
    assert_eq!(article.passages.len(), 1);
    assert_leads_back(&article, &source);
}

#[test]
fn a_footer_glued_to_the_last_sentence_is_cut_off() {
    let before = "Freedonia said the border would stay closed and that nothing could be disputed.";
    for (footer, reason) in [
        ("Powered by Zenda Editor", Reason::SoftwareLine),
        (" Read more: Freedonia closes its border", Reason::Related),
        (" (Reporting by Rudolf Rassendyll; Editing by Fritz von Tarlenheim)", Reason::EditorLine),
        (" © 2024 The Strelsau Times. All rights reserved.", Reason::Copyright),
        (" - Reuters", Reason::EndMark),
        (" ###", Reason::EndMark),
        (" ENDS", Reason::EndMark),
    ] {
        let source = format!("{before}{footer}");
        let article = read(&source);
        assert_eq!(article.passages.len(), 2, "{footer}: {:?}", kinds(&article));
        assert_eq!(article.passages[0].text, before);
        assert_eq!(article.passages[1].kind, Kind::Furniture(reason), "{footer}");
        assert_leads_back(&article, &source);
    }
    for end in [" Powered by solar cells, the ship left.", " U.S.Navy ships left.", " The king ended the talks."] {
        assert_eq!(read(&format!("{before}{end}")).passages.len(), 1, "{end}");
    }
}

#[test]
fn furniture_is_told_from_sentences() {
    use Reason::*;
    for (line, reason) in [
        ("World", SectionLabel),
        ("Politics | Asia", SectionLabel),
        ("Home > World > Asia", SectionLabel),
        ("By Rudolf Rassendyll and Antoinette de Mauban in Strelsau", Byline),
        ("Edited by: Fritz von Tarlenheim", EditorLine),
        ("Share this article", Share),
        ("We use cookies to improve your visit.", Cookie),
        ("Subscribe to our newsletter for more.", Subscribe),
        ("ADVERTISEMENT", Advertisement),
        ("© 2024 Strelsau Times", Copyright),
        ("All rights reserved.", Copyright),
        ("Read more: The king's speech", Related),
        ("Related articles", Related),
        ("Photo: Zenda Press", Credit),
        ("FILE - The king opens parliament in Strelsau, Nov. 3, 2023.", Caption),
        ("12 comments", Comments),
        ("Press office: +00 1234 5678", Contact),
        ("press@ruritania.example", Contact),
        ("Published 3 November 2024 10:30 GMT", Timestamp),
        ("November 3, 2024", Timestamp),
        ("2 hours ago", Timestamp),
        ("- Reuters", EndMark),
        ("###", EndMark),
        ("ENDS", EndMark),
        ("* * *", EndMark),
        ("5 min read", Metadata),
        ("Middle East", SectionLabel),
    ] {
        let source =
            format!("{line}\nThe ministers of both states met in Strelsau on Monday, and they will meet again.\n");
        let article = read(&source);
        assert_eq!(article.passages[0].kind, Kind::Furniture(reason), "{line}");
    }
    let article =
        read("The ministers of both states met in Strelsau on Monday.\nBackground to the dispute\nIt is old.\n");
    assert_eq!(article.passages[1].kind, Kind::Furniture(Heading));
    for line in [
        "World leaders met in Strelsau.",
        "Share prices fell in Strelsau.",
        "By Friday the talks had ended.",
        "Published reports say that the king fled.",
        "Powered by steam, the fleet left port.",
        "Copyright law was changed in Ruritania.",
        "Ruritania recalled its ambassador.",
        "Cookies were sold at the border.",
        "Ruritania recalls ambassador from Freedonia",
        "Sources in Strelsau denied it.",
        "Follow-up talks are planned.",
        "Comments by the minister angered Freedonia.",
        "Contact between the two armies broke off.",
        "Home Minister Sapt signed the treaty.",
        "He agreed.",
    ] {
        let source =
            format!("The ministers of both states met in Strelsau on Monday, and they will meet again.\n{line}\n");
        let article = read(&source);
        assert_eq!(article.passages[1].kind, Kind::Body, "{line}");
    }
}

#[test]
fn near_repeats_are_repeats_unless_what_they_say_differs() {
    let first = "The foreign minister of Ruritania, who arrived in Strelsau on Monday, said that the 12 prisoners taken at the border will be released before the end of the year.";
    let same = "The foreign minister of Ruritania, who had arrived in Strelsau on Monday, said the 12 prisoners taken at the border will be released before the end of the year.";
    assert_eq!(read(&format!("{first}\n\n{same}")).passages[1].kind, Kind::Repeat { of: 0 });
    for (from, to) in [("12", "14"), ("will be", "will not be"), ("Ruritania", "Freedonia"), ("released", "charged")] {
        let other = same.replace(from, to);
        let article = read(&format!("{first}\n\n{other}"));
        assert!(article.passages.iter().all(|p| p.is_body()), "{to}");
    }
    let longer = format!("{same} Freedonia has asked for their names and for the place where they are held.");
    assert_eq!(read(&format!("{first}\n\n{longer}")).passages[0].kind, Kind::Repeat { of: 1 });
    assert_eq!(read(&format!("{longer}\n\n{first}")).passages[1].kind, Kind::Repeat { of: 0 });
}

#[test]
fn dates_are_stated_or_absent() {
    let body = "The ministers of both states met on Monday, and they will meet again in spring.";
    let article = read(&format!("Ministers Meet In Strelsau\nPublished: 3 November 2024\n{body}\n"));
    let date = article.date.unwrap();
    assert_eq!((date.value.to_string().as_str(), date.origin), ("2024-11-03", Origin::Line));
    let article = read(&format!("STRELSAU, November 3, 2024 (Reuters) - {body}"));
    let date = article.date.as_ref().unwrap();
    assert_eq!((date.value.to_string().as_str(), date.origin), ("2024-11-03", Origin::Dateline));
    assert_eq!((article.place.as_deref(), article.agency.as_deref()), (Some("STRELSAU"), Some("Reuters")));
    assert_eq!(article.passages[0].body(), body);
    assert_eq!(read(&format!("STRELSAU, Nov 3 (Reuters) - {body}")).date, None);
}

#[test]
fn other_languages_are_left_out_by_passage() {
    let english =
        "The ministers of both states met in Strelsau on Monday, and they will meet again in spring, the court said.";
    let german = "Die Minister beider Staaten trafen sich am Montag in der Hauptstadt und wollen sich im Frühjahr wieder treffen, hieß es.";
    let article = read(&format!("{english}\n\n{german}\n\n{english} It gave no date."));
    assert!(article.language.unwrap().is_english());
    assert_eq!(article.passages[1].kind.to_string(), "in German");
    let article = read(&format!("{german}\n\nKein Kommentar."));
    assert_eq!(article.language.unwrap().name(), "German");
    assert_eq!(article.body().count(), 0);
}

#[test]
fn encodings_are_found() {
    let text =
        "Ruritania’s minister met Mr Hévíz at the café in Köln, where both states’ “friends” said they were content.";
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let bare_utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let utf32: Vec<u8> =
        [0xff, 0xfe, 0, 0].into_iter().chain(text.chars().flat_map(|c| (c as u32).to_le_bytes())).collect();
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let windows = encoding(text);
    for bytes in [text.as_bytes().to_vec(), utf16, bare_utf16, utf32, marked, windows] {
        let article = read_article(&bytes, Format::Text, "t").unwrap();
        assert_eq!(article.passages[0].text, text);
        assert_eq!(article.passages[0].span().end, text.chars().count());
    }
}

/// Windows-1252.
fn encoding(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            c => u8::try_from(c as u32).unwrap(),
        })
        .collect()
}

#[test]
fn a_wrong_byte_in_utf8_is_noted_and_the_rest_is_read() {
    let mut bytes = "Ruritania’s café is open.\nFreedonia’s café is ".as_bytes().to_vec();
    let at = bytes.len() as u64;
    bytes.extend(b"\xff closed.");
    let article = read_article(&bytes, Format::Text, "t").unwrap();
    assert_eq!(article.notes.len(), 1);
    assert!(article.notes[0].is_fault());
    assert_eq!(article.notes[0].to_string(), format!("line 2, byte {at}: invalid UTF-8, read as UTF-8"));
    assert_eq!(article.passages[1].text, "Freedonia’s café is \u{fffd} closed.");
}

#[test]
fn what_is_no_text_is_an_error_with_its_place() {
    let error = |bytes: &[u8]| read_article(bytes, Format::Text, "t").unwrap_err().in_file("f.txt").to_string();
    assert_eq!(error(b""), "f.txt: nothing in it to read");
    assert_eq!(error(b" \n\n"), "f.txt: nothing in it to read");
    assert_eq!(error(b"\xef\xbb\xbf\n"), "f.txt: nothing in it to read");
    assert_eq!(error(b"%PDF-1.7 ..."), "f.txt, byte 0: not text but a PDF file");
    assert_eq!(error(b"Ruritania\0\0\x01 and more"), "f.txt, byte 9: not text but binary data (a zero byte)");
}

#[test]
fn a_post_is_spelled_out_and_knows_its_characters() {
    let source = "1/2 🇹🇩 thanked @HakanFidan w/ a letter abt #Turkey.\n";
    let article = read_article(source.as_bytes(), Format::Text, "x").unwrap();
    let [passage] = &article.passages[..] else { panic!("one passage: {article:?}") };
    assert_eq!(passage.body(), "Chad thanked Hakan Fidan with a letter about Turkey.");
    let of = |words: &str| {
        let at = passage.text.find(words).unwrap();
        let span = passage.source_span(at..at + words.len());
        source.chars().skip(span.start).take(span.end - span.start).collect::<String>()
    };
    assert_eq!(of("Chad"), "🇹🇩");
    assert_eq!(of("Hakan Fidan"), "@HakanFidan");
    assert_eq!(of("thanked Hakan"), "thanked @HakanFidan");
    assert_eq!(of("letter about Turkey"), "letter abt #Turkey");
}

#[test]
fn entries_of_a_chronology_have_days_of_their_own() {
    let source = "Chronology\n\n1990\n\nJuly 31 - Ministers met in Strelsau.\nAug. 2 - Freedonia sent troops.\n";
    let article = read_article(source.as_bytes(), Format::Text, "x").unwrap();
    let days: Vec<_> =
        article.passages.iter().filter_map(|p| Some((p.day?.to_string(), p.body().to_owned()))).collect();
    assert_eq!(
        days,
        [
            ("1990-07-31".to_owned(), "Ministers met in Strelsau.".to_owned()),
            ("1990-08-02".to_owned(), "Freedonia sent troops.".to_owned()),
        ]
    );
}
