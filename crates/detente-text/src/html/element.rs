//! What an element says about the text inside it: by its name, its role, its classes.

use super::scan::Attributes;
use crate::passage::Reason;

/// Elements that hold blocks of text. All others lie within a line.
const BLOCKS: [&str; 62] = [
    "html",
    "body",
    "main",
    "article",
    "section",
    "div",
    "header",
    "footer",
    "nav",
    "aside",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "form",
    "fieldset",
    "address",
    "details",
    "summary",
    "hgroup",
    "center",
    "noscript",
    "template",
    "svg",
    "math",
    "object",
    "select",
    "option",
    "button",
    "canvas",
    "audio",
    "video",
    "dialog",
    "menu",
    "map",
    "label",
    "legend",
    "datalist",
    "picture",
    "head",
    "search",
];

/// An element that holds blocks, as its place in the list of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block(u8);

impl Block {
    pub const COUNT: usize = BLOCKS.len();

    /// The element of this name, if it holds blocks.
    pub fn named(name: &str) -> Option<Block> {
        let at = BLOCKS.iter().position(|block| block.eq_ignore_ascii_case(name))?;
        u8::try_from(at).ok().map(Block)
    }

    pub fn name(self) -> &'static str {
        BLOCKS[self.index()]
    }

    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Whether a start tag of the same name ends it.
    pub fn ends_itself(self) -> bool {
        matches!(
            self.name(),
            "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "option" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        )
    }

    pub fn is_heading(self) -> bool {
        matches!(self.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
    }
}

/// What is known of a place in the page from the elements around it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Holds no text for readers at all.
    pub skip: bool,
    /// Why its text is no part of the article, by the element's name or role.
    pub structural: Option<Reason>,
    /// The same, by a class; less certain.
    pub classed: Option<Reason>,
    /// Inside the body of the article, as the page says.
    pub in_body: bool,
}

impl Place {
    pub fn reason(self) -> Option<Reason> {
        self.structural.or(self.classed)
    }
}

/// What kind of container an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Article,
    Main,
    Body,
    Plain,
}

/// Reads an element: the kind of container it is, and the place inside it.
pub(super) fn enter(block: Block, attributes: Attributes<'_>, outer: Place) -> (Container, Place) {
    let mut place = outer;
    let mut container = match block.name() {
        "article" => Container::Article,
        "main" => Container::Main,
        _ => Container::Plain,
    };
    let structural = match block.name() {
        "nav" | "menu" | "search" => Some(Reason::Navigation),
        "footer" | "aside" | "dialog" => Some(Reason::OutsideArticle),
        "form" | "fieldset" | "button" | "label" | "legend" => Some(Reason::Navigation),
        "figcaption" | "caption" => Some(Reason::Caption),
        "template" | "svg" | "math" | "object" | "select" | "datalist" | "canvas" | "audio" | "video" | "noscript"
        | "head" => {
            place.skip = true;
            None
        }
        _ => None,
    };
    let mut hidden = false;
    let mut classed = None;
    let whole_page = matches!(block.name(), "html" | "body" | "main" | "article");
    for (name, value, _) in attributes {
        match name.to_ascii_lowercase().as_str() {
            "hidden" if value != "until-found" => hidden = true,
            "aria-hidden" if value.eq_ignore_ascii_case("true") => hidden = true,
            "style" => {
                let style: String = value.chars().filter(|c| !c.is_whitespace()).collect();
                hidden |= style.to_ascii_lowercase().contains("display:none");
            }
            "role" => match value.trim().to_ascii_lowercase().as_str() {
                "main" => container = Container::Main,
                "article" => container = Container::Article,
                "navigation" | "search" | "menu" | "menubar" | "toolbar" => classed = Some(Reason::Navigation),
                "contentinfo" | "complementary" | "dialog" | "alertdialog" => classed = Some(Reason::OutsideArticle),
                _ => {}
            },
            "itemprop" if value.to_ascii_lowercase().contains("articlebody") => container = Container::Body,
            "class" | "id" => {
                for class in value.split_ascii_whitespace().take(24) {
                    if is_body_class(class) {
                        container = Container::Body;
                    } else if !whole_page && classed.is_none() {
                        classed = class_reason(class);
                    }
                }
            }
            _ => {}
        }
    }
    if container != Container::Plain {
        // The article is inside: a class further out was about something else.
        place.classed = None;
        classed = None;
    }
    place.in_body |= container == Container::Body;
    if hidden && !whole_page {
        place.structural = place.structural.or(Some(Reason::OutsideArticle));
    }
    place.structural = place.structural.or(structural);
    place.classed = place.classed.or(classed);
    (container, place)
}

fn is_body_class(class: &str) -> bool {
    let class: String = class.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    const BODIES: [&str; 16] = [
        "articlebody",
        "storybody",
        "entrycontent",
        "postcontent",
        "articlecontent",
        "storycontent",
        "postbody",
        "articletext",
        "storytext",
        "newsbody",
        "newstext",
        "bodycopy",
        "articlebodycontent",
        "contentbody",
        "maincontentarticle",
        "articlemain",
    ];
    BODIES.contains(&class.as_str())
}

/// What the words of a class say: "share-bar", "related_stories", "siteFooter".
fn class_reason(class: &str) -> Option<Reason> {
    let words = class_words(class);
    let first = words.first()?;
    if ["has", "no", "with", "is", "not", "js", "without", "hide", "show"].contains(&first.as_str()) {
        return None;
    }
    let last = words.last()?;
    word_reason(first).or_else(|| word_reason(last))
}

fn class_words(class: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut was_low = false;
    for c in class.chars().take(64) {
        if (!c.is_alphanumeric() || (c.is_uppercase() && was_low)) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        was_low = c.is_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn word_reason(word: &str) -> Option<Reason> {
    Some(match word {
        "nav" | "navbar" | "navigation" | "menu" | "breadcrumb" | "breadcrumbs" | "pagination" | "pager" | "toc"
        | "skip" => Reason::Navigation,
        "caption" | "figcaption" => Reason::Caption,
        "credit" | "credits" => Reason::Credit,
        "related" | "recommended" | "recommendations" | "recirc" | "trending" | "popular" | "readmore" | "outbrain"
        | "taboola" => Reason::Related,
        "share" | "sharing" | "social" | "sharebar" | "follow" => Reason::Share,
        "comment" | "comments" | "disqus" => Reason::Comments,
        "ad" | "ads" | "advert" | "advertisement" | "sponsor" | "sponsored" => Reason::Advertisement,
        "newsletter" | "subscribe" | "subscription" | "signup" | "paywall" => Reason::Subscribe,
        "cookie" | "cookies" | "consent" | "gdpr" => Reason::Cookie,
        "byline" | "author" | "authors" => Reason::Byline,
        "timestamp" | "pubdate" | "date" | "datetime" => Reason::Timestamp,
        "tags" | "keywords" => Reason::Metadata,
        "kicker" | "eyebrow" | "category" | "categories" => Reason::SectionLabel,
        "copyright" => Reason::Copyright,
        "sidebar" | "footer" | "widget" | "modal" | "popup" | "banner" => Reason::OutsideArticle,
        _ => return None,
    })
}
