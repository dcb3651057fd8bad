//! HTML: the article in its page, what the page states, and hostile pages.

use std::time::{Duration, Instant};

use detente_text::{Article, Format, Kind, Origin, Reason, read_article};

fn read(page: &str) -> Article {
    read_article(page.as_bytes(), Format::Html, "page").unwrap()
}

/// A well-made page of an invented paper.
const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>Ruritania &amp; Freedonia resume talks | The Strelsau Times</title>
<meta property="og:title" content="Ruritania &amp; Freedonia resume talks">
<meta property="og:site_name" content="The Strelsau Times">
<meta property="article:published_time" content="2024-11-03T08:00:00+01:00">
<link rel="canonical" href="https://strelsau.example/world/talks">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headline": "Ruritania & Freedonia resume talks",
 "datePublished": "2024-11-02T23:30:00Z", "author": [{"@type": "Person", "name": "Rudolf Rassendyll"}], "publisher": {"name": "Strelsau Times"}}]}</script>
<style>p { color: red }</style><script>if (1 < 2) document.write("<p>Not text.</p>")</script>
</head><body class="has-sidebar">
<header><a href="/">The Strelsau Times</a></header>
<nav><ul><li><a href="/w">World</a></li><li><a href="/p">Politics</a></li></ul></nav>
<main><article>
<a class="kicker" href="/w">World</a>
<h1>Ruritania &amp; Freedonia resume talks</h1>
<p class="byline">By Rudolf Rassendyll</p>
<time datetime="2024-11-03">3 November 2024</time>
<figure><img src="a.jpg" alt="x"><figcaption>The king in Zenda. Photo: Court</figcaption></figure>
<div class="article-body">
<p>STRELSAU (AP) &mdash; Ruritania&rsquo;s foreign minister <b>met</b> his   Freedonian counterpart
on Sunday, ending a break of <a href="/x">two years</a>.</p>
<div class="ad-slot">Advertisement</div>
<h2>What was agreed</h2>
<p>Both will open their border &#8212; and recall no ambassador.<p>Talks go on in spring, an official said.
<blockquote><p>&ldquo;Our country is content,&rdquo; the minister told reporters after the meeting.</p></blockquote>
<p><a href="/y">Read more: The long road to Zenda</a></p>
<div class="related-stories"><h3>Related</h3><ul><li><a href="/1">The king falls ill in his castle at Zenda</a></li></ul></div>
</div></article></main>
<aside><p>Our newsletter brings the news of the court to your door each morning, and it costs nothing at all.</p></aside>
<footer><p>&copy; 2024 The Strelsau Times. All rights reserved.</p></footer>
</body></html>"#;

#[test]
fn the_article_is_found_in_its_page() {
    let article = read(PAGE);
    let body: Vec<&str> = article.body().map(|(_, p)| p.body()).collect();
    assert_eq!(
        body,
        [
            "Ruritania & Freedonia resume talks",
            "Ruritania’s foreign minister met his Freedonian counterpart on Sunday, ending a break of two years.",
            "What was agreed",
            "Both will open their border — and recall no ambassador.",
            "Talks go on in spring, an official said.",
            "“Our country is content,” the minister told reporters after the meeting.",
        ]
    );
    let left_out: Vec<(&str, String)> =
        article.left_out().map(|(_, p)| (p.text.as_str(), p.kind.to_string())).collect();
    let kind_of = |text: &str| left_out.iter().find(|(t, _)| t.starts_with(text)).map(|(_, kind)| kind.as_str());
    assert_eq!(kind_of("By Rudolf"), Some("byline"));
    assert_eq!(kind_of("The king in Zenda"), Some("picture caption"));
    assert_eq!(kind_of("Advertisement"), Some("advertisement"));
    assert_eq!(kind_of("Read more"), Some("related article"));
    assert_eq!(kind_of("The king falls"), Some("related article"));
    assert_eq!(kind_of("Politics"), Some("navigation"));
    assert_eq!(kind_of("Our newsletter"), Some("outside the article"));
    assert_eq!(kind_of("©"), Some("outside the article"));
    assert!(!article.passages.iter().any(|p| p.text.contains("Not text") || p.text.contains("color")));
}

#[test]
fn what_the_page_states_is_read() {
    let article = read(PAGE);
    let date = article.date.as_ref().unwrap();
    assert_eq!((date.value.to_string().as_str(), date.origin), ("2024-11-02", Origin::LinkedData));
    assert_eq!(article.source.as_deref(), Some("The Strelsau Times"));
    assert_eq!(article.author.as_deref(), Some("Rudolf Rassendyll"));
    assert_eq!(article.url.as_deref(), Some("https://strelsau.example/world/talks"));
    assert_eq!((article.place.as_deref(), article.agency.as_deref()), (Some("STRELSAU"), Some("AP")));
}

#[test]
fn spans_lead_back_to_the_source_of_the_page() {
    let chars: Vec<char> = PAGE.chars().collect();
    let article = read(PAGE);
    let under = |needle: &str| {
        let (_, passage) = article.body().find(|(_, p)| p.text.contains(needle)).unwrap();
        let at = passage.text.find(needle).unwrap();
        let span = passage.source_span(at..at + needle.len());
        chars[span.start..span.end].iter().collect::<String>()
    };
    assert_eq!(under("Ruritania & Freedonia"), "Ruritania &amp; Freedonia");
    assert_eq!(under("Ruritania’s foreign"), "Ruritania&rsquo;s foreign");
    assert_eq!(under("minister met his Freedonian"), "minister <b>met</b> his   Freedonian");
    assert_eq!(under("counterpart on"), "counterpart\non");
    assert_eq!(under("border —"), "border &#8212;");
    assert_eq!(under("two years"), "two years");
}

#[test]
fn dates_are_believed_in_order() {
    let body = "<p>The ministers of both states met on Monday, and they will meet again in spring.</p>";
    let date = |head: &str| read(&format!("{head}{body}")).date.map(|d| (d.value.to_string(), d.origin));
    let is = |day: &str, origin| Some((day.to_owned(), origin));
    let time = "<time datetime='2024-11-03T10:00Z'>x</time>";
    let meta = "<meta name='parsely-pub-date' content='2024-11-04'>";
    let data =
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-11-05\"}</script>";
    assert_eq!(date(""), None);
    assert_eq!(date("<p>Published 2 November 2024</p>"), is("2024-11-02", Origin::Line));
    assert_eq!(date(time), is("2024-11-03", Origin::TimeElement));
    assert_eq!(date(&format!("{time}{meta}")), is("2024-11-04", Origin::Meta));
    assert_eq!(date(&format!("{time}{meta}{data}")), is("2024-11-05", Origin::LinkedData));
    let address = "<link rel=canonical href='https://strelsau.example/2024/11/06/talks'>";
    assert_eq!(date(address), is("2024-11-06", Origin::Url));
}

#[test]
fn an_article_without_marks_is_found_by_its_text() {
    let paragraph = "<p>The ministers of Ruritania and Freedonia met in Strelsau on Monday, and they will meet again in spring.</p>";
    let second = "<p>Sylvania, which was not asked, said that it would close its border, recall its envoy and wait for news.</p>";
    let links = "<li><a href=a>The king falls ill in his castle and no doctor comes to him</a></li>".repeat(9);
    let page = format!(
        "<div><ul>{links}</ul></div><div><h1>Ministers meet</h1><div>{paragraph}{second}</div></div><div>Home<br>Contact us</div>"
    );
    let article = read(&page);
    let body: Vec<&str> = article.body().map(|(_, p)| p.text.as_str()).collect();
    assert_eq!(body.len(), 3, "{body:?}");
    assert_eq!(article.title().unwrap().text, "Ministers meet");
}

#[test]
fn breaks_make_paragraphs() {
    let article = read("<div>Ruritania sued Freedonia in the<br>court of Zenda.<br><br>Freedonia denied all.</div>");
    let texts: Vec<&str> = article.passages.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(texts, ["Ruritania sued Freedonia in the court of Zenda.", "Freedonia denied all."]);
}

#[test]
fn the_declared_encoding_is_used() {
    let page = b"<meta charset=windows-1251><p>\xcf\xf0\xe0\xe2\xe8\xf2\xe5\xeb\xfc\xf1\xf2\xe2\xee \xee\xf2\xee\xe7\xe2\xe0\xeb\xee \xef\xee\xf1\xeb\xe0</p>";
    let article = read_article(page, Format::Html, "page").unwrap();
    assert_eq!(article.passages[0].text, "Правительство отозвало посла");
    assert!(matches!(article.passages[0].kind, Kind::Foreign { .. }));
}

#[test]
fn hostile_pages_end_soon() {
    let text = "<p>The ministers of Ruritania and Freedonia met in Strelsau on Monday, and they will meet again in spring.</p>";
    let n = 100_000;
    let pages = [
        format!("{}{text}", "<div>".repeat(n)),
        format!("{}{text}{}", "<div>".repeat(n), "</div>".repeat(n)),
        format!("{}{text}", "<div class=a>x<section>".repeat(n)),
        format!("{}{text}", "<b>".repeat(n)),
        format!("{}{text}", "</div>".repeat(n)),
        format!("{}{text}{}", "<div>".repeat(n), "</p></ul></b>".repeat(n)),
        format!("{text}{}", "<a href=\"".repeat(n)),
        format!("{text}{}", "<!--".repeat(n)),
        format!("{text}{}", "<script>".repeat(n)),
        format!("{text}{}", "<".repeat(n)),
        format!("{text}{}", "<x ".repeat(n)),
        format!("{text}{}", "&".repeat(n)),
        format!("{text}{}", "&#x41".repeat(n)),
        format!("{}{text}", "<table><tr><td>".repeat(n)),
        format!("{}{text}", "<p>a</p>".repeat(n)),
        format!("{text}<script type='application/ld+json'>{}", "[".repeat(n)),
        format!("<div {}>{text}", "class=a ".repeat(n)),
        text.repeat(20_000),
    ];
    for page in &pages {
        let started = Instant::now();
        let article = read(page);
        let found = article.passages.iter().any(|p| p.text.contains("met in Strelsau"));
        assert!(found, "{}", &page[..40]);
        assert!(started.elapsed() < Duration::from_secs(5), "{}: {:?}", &page[..40], started.elapsed());
    }
}

#[test]
fn a_page_without_text_says_so() {
    let error = read_article(b"<html><head></head><body><img src=x></body>", Format::Html, "p").unwrap_err();
    assert_eq!(error.to_string(), "no article text");
}

#[test]
fn reasons_read_as_words() {
    assert_eq!(Reason::OutsideArticle.to_string(), "outside the article");
}
