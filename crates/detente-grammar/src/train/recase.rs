//! Copies of some sentences with other capitals, so that headlines are no surprise.

use super::{Example, Tree};

/// One sentence in so many is copied.
const EVERY: usize = 12;

/// Adds copies: all capitals, title case, lower case in turn.
pub(crate) fn add_copies(examples: &mut Vec<Example>) {
    let copies: Vec<Example> = examples
        .iter()
        .enumerate()
        .filter(|(index, example)| index % EVERY == 0 && example.forms.len() >= 4)
        .map(|(index, example)| {
            let forms = example.forms.iter().enumerate();
            let forms = forms.map(|(at, form)| recase(form, index / EVERY, at == 0)).collect();
            Example {
                forms,
                lemmas: example.lemmas.clone(),
                parts: example.parts.clone(),
                tags: example.tags.clone(),
                tree: Tree::new(example.tree.heads[..example.forms.len()].to_vec(), example.tree.labels.clone()),
                recased: true,
                silver: example.silver,
                number: example.number,
            }
        })
        .collect();
    examples.extend(copies);
}

fn recase(form: &str, way: usize, first: bool) -> String {
    match way % 4 {
        0 => form.to_uppercase(),
        3 => form.to_lowercase(),
        _ if first || form.len() > 3 => {
            let mut letters = form.chars();
            letters.next().map_or_else(String::new, |letter| letter.to_uppercase().chain(letters).collect())
        }
        _ => form.to_owned(),
    }
}
