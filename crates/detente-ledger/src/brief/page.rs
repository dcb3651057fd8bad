//! A page of headings and lines, for a terminal or in Markdown.

use textwrap::{Options, WordSplitter, fill};

use super::lanes::Lanes;

/// How a brief is written for a terminal.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Headings are bold.
    pub is_bold: bool,
}

/// The narrowest page that is written.
const NARROWEST: usize = 40;

/// Characters that Markdown would read as marks.
const MARKS: [char; 7] = ['\\', '*', '_', '`', '<', '[', '#'];

#[derive(Debug)]
pub(crate) enum Block {
    /// Heads a relation.
    Title(String),
    /// Heads a list of a relation.
    Heading(&'static str),
    /// A line of its own.
    Line(String),
    /// Belongs to the line above.
    Note(String),
    /// A line of a list.
    Item(String),
    /// Belongs to the item above.
    Detail(String),
    /// A passage, by the number under which it is referred to.
    Passage(usize, String),
    /// Affairs over time, for a page that can show a picture.
    Lanes(Lanes),
}

#[derive(Debug, Default)]
pub(crate) struct Page {
    blocks: Vec<Block>,
}

impl Page {
    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    pub fn text(&self, style: Style) -> String {
        let bold = |text: &str| if style.is_bold { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() };
        let wrap = |text: &str, first: &str, rest: &str| {
            let options = Options::new(style.width.max(NARROWEST)).initial_indent(first).subsequent_indent(rest);
            fill(&printable(text), options.word_splitter(WordSplitter::NoHyphenation))
        };
        let mut out = String::new();
        for block in &self.blocks {
            let line = match block {
                Block::Title(text) => format!("\n{}", bold(&printable(text))),
                Block::Heading(text) => format!("\n  {}", bold(text)),
                Block::Line(text) => wrap(text, "", "  "),
                Block::Note(text) => wrap(text, "  ", "    "),
                Block::Item(text) => wrap(text, "    ", "      "),
                Block::Detail(text) => wrap(text, "      - ", "        "),
                Block::Passage(number, text) => wrap(&format!("[{number}] {text}"), "    ", "      "),
                Block::Lanes(_) => continue,
            };
            out.push_str(&line);
            out.push('\n');
        }
        out
    }

    pub fn markdown(&self) -> String {
        let mut out = String::new();
        let mut in_list = false;
        for block in self.blocks.iter().filter(|block| !matches!(block, Block::Lanes(_))) {
            let is_list = matches!(block, Block::Item(_) | Block::Detail(_) | Block::Note(_) | Block::Passage(..));
            if in_list && !is_list {
                out.push('\n');
            }
            in_list = is_list;
            let line = match block {
                Block::Title(text) => format!("## {}\n", escaped(text)),
                Block::Heading(text) => format!("### {text}\n"),
                Block::Line(text) => format!("{}\n", escaped(text)),
                Block::Note(text) | Block::Item(text) => format!("- {}", escaped(text)),
                Block::Detail(text) => format!("  - {}", escaped(text)),
                Block::Passage(number, text) => format!("- {}", escaped(&format!("[{number}] {text}"))),
                Block::Lanes(_) => continue,
            };
            out.push_str(&line);
            out.push('\n');
        }
        out
    }
}

/// The text without characters that would steer a terminal or turn its direction.
pub(crate) fn printable(text: &str) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if steers(c) { ' ' } else { c }).collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in printable(text).chars() {
        if MARKS.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
