//! Reads a web page: the blocks of its text, which of them are the article, and what the page states about it.

mod content;
mod element;
mod facts;
mod scan;

use crate::cleaner::{Cleaner, Piece};
use crate::draft::{Draft, MOST_BLOCKS};
use crate::passage::Reason;

use element::{Block, Container, Place};
use facts::PageFacts;
pub(crate) use scan::push_text;
use scan::{Scanner, TokenKind};

/// An open element.
#[derive(Debug, Clone, Copy)]
struct Open {
    block: Block,
    place: Place,
    /// Itself, in the list of elements.
    id: usize,
    /// The outermost article and main element around it.
    article: Option<usize>,
    main: Option<usize>,
}

/// A block of text and where in the page it stands.
#[derive(Debug)]
struct PageBlock {
    text: String,
    pieces: Vec<Piece>,
    place: Place,
    block: Option<Block>,
    /// The elements around it: the nearest first.
    element: usize,
    article: Option<usize>,
    main: Option<usize>,
    /// Bytes of its text that are links.
    linked: usize,
}

impl PageBlock {
    /// Whether more than `share` of it is links.
    fn is_linked(&self, share: f64) -> bool {
        self.linked as f64 > share * self.text.len() as f64
    }

    fn is_heading(&self) -> bool {
        self.block.is_some_and(Block::is_heading)
    }
}

/// A page while it is read.
#[derive(Default)]
struct Page {
    stack: Vec<Open>,
    /// How many elements of each name are open.
    open: Vec<u32>,
    /// The parent of each element; the first is the page itself.
    parents: Vec<usize>,
    blocks: Vec<PageBlock>,
    cleaner: Cleaner,
    /// Character after the text that was added last.
    text_end: usize,
    linked: usize,
    in_link: bool,
    after_break: bool,
    facts: PageFacts,
}

/// Reads a page into the draft of its article.
pub(crate) fn read(source: &str) -> Draft {
    let mut page = Page { open: vec![0; Block::COUNT], parents: vec![0], ..Page::default() };
    let mut raw = "";
    let mut is_linked_data = false;
    for token in Scanner::new(source) {
        match token.kind {
            TokenKind::Text(text) => page.text(text, token.at),
            TokenKind::Raw(text) if raw.eq_ignore_ascii_case("title") && !page.place().skip_except_head() => {
                page.facts.window(text, token.at);
            }
            TokenKind::Raw(text) if is_linked_data => page.facts.linked_data(text),
            TokenKind::Raw(_) | TokenKind::Other => {}
            TokenKind::Open { name, attributes } => {
                raw = name;
                is_linked_data = name.eq_ignore_ascii_case("script")
                    && attributes.get("type").is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json"));
                page.open(name, attributes, token.at);
            }
            TokenKind::Close { name } => page.close(name),
        }
    }
    page.push_block();
    let (facts, titles) = page.facts.finish();
    content::choose(page.blocks, &page.parents, facts, titles)
}

impl Place {
    /// A title inside a picture is not the page's.
    fn skip_except_head(self) -> bool {
        self.skip && self.structural.is_some()
    }
}

impl Page {
    fn place(&self) -> Place {
        self.stack.last().map_or(Place::default(), |open| open.place)
    }

    fn text(&mut self, text: &str, at: usize) {
        if self.place().skip {
            return;
        }
        let before = self.cleaner.text().len();
        self.text_end = at + scan::push_text(&mut self.cleaner, text, at);
        let added = self.cleaner.text().len() - before;
        if added > 0 {
            self.after_break = false;
            if self.in_link {
                self.linked += added;
            }
        }
    }

    fn open(&mut self, name: &str, attributes: scan::Attributes<'_>, at: usize) {
        let low = name.to_ascii_lowercase();
        match low.as_str() {
            "meta" => self.facts.meta(attributes),
            "link" => self.facts.link(attributes),
            "time" if self.place().reason() != Some(Reason::Related) => self.facts.time(attributes),
            "a" => self.in_link = true,
            "br" if self.after_break => self.end_block(),
            "br" => {
                self.after_break = true;
                self.cleaner.push_break(at, 1);
            }
            "hr" => self.end_block(),
            "img" | "wbr" | "input" => {}
            _ => {}
        }
        let Some(block) = Block::named(&low) else { return };
        self.end_block();
        // What only the head may hold ends where the body begins.
        if low == "body" {
            while self.stack.last().is_some_and(|open| open.block.name() == "head") {
                self.pop();
            }
        }
        let ends_last = |open: &Open| open.block.name() == "p" || (block.ends_itself() && open.block == block);
        if self.stack.last().is_some_and(ends_last) {
            self.pop();
        }
        let outer = self.stack.last().copied();
        let (container, place) = element::enter(block, attributes, self.place());
        let id = self.parents.len();
        self.parents.push(outer.map_or(0, |open| open.id));
        let inherit = |kind: Container, outer: Option<usize>| outer.or((container == kind).then_some(id));
        self.stack.push(Open {
            block,
            place,
            id,
            article: inherit(Container::Article, outer.and_then(|open| open.article)),
            main: inherit(Container::Main, outer.and_then(|open| open.main)),
        });
        self.open[block.index()] += 1;
    }

    fn close(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("a") {
            self.in_link = false;
            return;
        }
        let Some(block) = Block::named(name) else { return };
        self.end_block();
        if self.open[block.index()] == 0 {
            return;
        }
        while let Some(open) = self.pop() {
            if open.block == block {
                break;
            }
        }
    }

    fn pop(&mut self) -> Option<Open> {
        let open = self.stack.pop()?;
        self.open[open.block.index()] -= 1;
        Some(open)
    }

    fn end_block(&mut self) {
        if self.blocks.len() < MOST_BLOCKS {
            self.push_block();
        } else {
            self.cleaner.push_break(self.text_end, 1);
        }
    }

    fn push_block(&mut self) {
        self.after_break = false;
        let linked = std::mem::take(&mut self.linked);
        if self.cleaner.is_empty() {
            self.cleaner.take();
            return;
        }
        let (text, pieces) = self.cleaner.take();
        let open = self.stack.last();
        self.blocks.push(PageBlock {
            text,
            pieces,
            place: self.place(),
            block: open.map(|open| open.block),
            element: open.map_or(0, |open| open.id),
            article: open.and_then(|open| open.article),
            main: open.and_then(|open| open.main),
            linked,
        });
    }
}
