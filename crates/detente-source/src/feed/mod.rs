//! RSS and Atom feeds, one article an entry; a feed that is damaged gives the entries that are whole.

mod mend;

use std::sync::Arc;

use detente_text::{ErrorKind as TextError, Fields, declared_encoding, decode};
use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser::Builder;

use crate::document::{Content, Document};
use crate::error::{Error, ErrorKind, Place};
use crate::stream::{Stream, whole};

/// The longest feed that is read.
const LONGEST: usize = 16 << 20;

/// The entries of a feed, and what is wrong with it.
pub(crate) fn entries(stream: Stream, file: &Arc<str>) -> Vec<Result<Document, Error>> {
    let (mut bytes, error) = whole(stream, LONGEST + 1);
    let fail = |kind: ErrorKind| Error::new(file, Place::default(), kind);
    let mut faults: Vec<Error> = error.map(|error| fail(error.into())).into_iter().collect();
    if bytes.len() > LONGEST {
        bytes.truncate(LONGEST);
        faults.push(fail(ErrorKind::Text(TextError::TooLong { limit: LONGEST })));
    }
    let mut documents = match decode(&bytes, declared_encoding(&bytes).as_deref()) {
        Ok(decoded) => read(&decoded.text, file, !faults.is_empty()),
        Err(_) if !faults.is_empty() => Vec::new(),
        Err(error) => vec![Err(Error::of_text(file, Place::default(), error))],
    };
    documents.extend(faults.into_iter().map(Err));
    documents
}

fn read(text: &str, file: &Arc<str>, is_cut: bool) -> Vec<Result<Document, Error>> {
    let fail = |place, reason: String| Err(Error::new(file, place, ErrorKind::Feed { reason }));
    let mended = mend::mend(text);
    match parse(&mended) {
        Ok(feed) => {
            let source = source(&feed);
            let numbered = (1..).zip(feed.entries);
            numbered.map(|(number, entry)| document(entry, number, file, source.as_deref())).collect()
        }
        Err(reason) => {
            let Some(parts) = mend::split(&mended) else { return vec![fail(Place::default(), reason)] };
            let source = parse(&parts.around("")).ok().and_then(|feed| source(&feed));
            let mut documents = Vec::new();
            let mut number = 0;
            for entry in &parts.entries {
                number += 1;
                documents.push(match parse(&parts.around(entry)) {
                    Ok(mut feed) if !feed.entries.is_empty() => {
                        document(feed.entries.swap_remove(0), number, file, source.as_deref())
                    }
                    Ok(_) => fail(Place::entry(number), "the entry is empty".to_owned()),
                    Err(reason) => fail(Place::entry(number), reason),
                });
            }
            if parts.is_cut && !is_cut {
                documents.push(fail(Place::entry(number + 1), "the feed ends inside the entry".to_owned()));
            } else if !is_cut && documents.iter().all(Result::is_ok) {
                documents.push(fail(Place::default(), reason));
            }
            documents
        }
    }
}

fn parse(text: &str) -> Result<Feed, String> {
    // Without this an entry that has no name of its own gets a random one.
    let parser = Builder::new().id_generator(|_, _, _| String::new()).build();
    parser.parse(text.as_bytes()).map_err(|error| error.to_string().replace('\n', " "))
}

fn source(feed: &Feed) -> Option<String> {
    feed.title.as_ref().map(words)
}

/// The words of a text, without the references and tags that feeds leave in titles.
fn words(text: &Text) -> String {
    let mut words = String::new();
    let mut in_tag = false;
    let content = htmlize::unescape(text.content.as_str());
    let mut letters = content.chars().peekable();
    while let Some(c) = letters.next() {
        let opens = c == '<' && letters.peek().is_some_and(|next| next.is_ascii_alphabetic() || *next == '/');
        in_tag |= opens;
        if !in_tag {
            words.push(c);
        }
        in_tag &= c != '>';
    }
    words.trim().to_owned()
}

fn document(entry: Entry, number: u64, file: &Arc<str>, source: Option<&str>) -> Result<Document, Error> {
    let title = entry.title.as_ref().map(words).filter(|title| !title.is_empty());
    let text = entry.content.and_then(|content| content.body).or(entry.summary.map(|summary| summary.content));
    let text = text.filter(|text| !text.trim().is_empty());
    // An entry that is a headline alone has it for its text.
    let (title, text) = match text {
        Some(text) => (title, Some(text)),
        None => (None, title),
    };
    let link = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let url = link.or(entry.links.first()).map(|link| link.href.clone());
    let date = entry.published.or(entry.updated).map(|date| date.to_rfc3339().chars().take(10).collect::<String>());
    let author = entry.authors.into_iter().filter_map(|author| author.name).find(|name| !name.trim().is_empty());
    let id = Some(entry.id).filter(|id| !id.is_empty()).or_else(|| url.clone());
    let fields = Fields {
        id: id.map(Into::into),
        title: title.map(Into::into),
        date: date.map(Into::into),
        url: url.map(Into::into),
        source: source.map(|source| source.to_owned().into()),
        author: author.map(Into::into),
        coded: None,
        is_page: text.as_deref().is_some_and(is_markup),
        text: text.map(Into::into),
    };
    Ok(Document::new(file, Place::entry(number), Content::Fields { fields: Box::new(fields), note: None }))
}

/// Whether a text holds tags.
fn is_markup(text: &str) -> bool {
    ["</", "<p", "<br", "<img", "/>"].iter().any(|tag| text.contains(tag))
}
