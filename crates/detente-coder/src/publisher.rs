//! Publishers: whose word an article is, when it is a release that says "we".

use detente_lexicon::{ActorKind, Form, Lexicon, Meaning};
use detente_text::Article;

use crate::{
    act::{Span, Via},
    coder::char_span,
    entity::{Entity, Sort},
};

/// The longest line that may sign or head a release, in bytes.
const LINE: usize = 90;

/// Whose word an article is: by its source, else by a line near its top that says so, and where that line stands.
pub fn of(lexicon: &Lexicon, article: &Article) -> Option<(Entity, Option<Span>)> {
    let named = article.source.as_deref().and_then(|source| publisher(lexicon, source, false));
    named.map(|entity| (entity, None)).or_else(|| {
        article.passages.iter().take(4).filter(|p| p.text.len() < LINE).find_map(|p| {
            let entity = publisher(lexicon, &p.text, true).or_else(|| heading(lexicon, &p.text))?;
            Some((entity, Some(char_span(p, 0..p.text.len()))))
        })
    })
}

/// The body whose statement a heading announces: "Statement by the Ministry of Foreign Affairs of Ruritania".
fn heading(lexicon: &Lexicon, text: &str) -> Option<Entity> {
    let lower = text.to_ascii_lowercase();
    let kind = lower.strip_prefix("press ").unwrap_or(&lower);
    if !["statement ", "communique ", "communiqué ", "release ", "declaration "]
        .iter()
        .any(|word| kind.starts_with(word))
    {
        return None;
    }
    let by = [" by ", " from ", " of the ministry "].iter().filter_map(|mark| lower.find(mark)).min()?;
    // What the statement is about comes after whose it is.
    let end = [" on ", " regarding ", " concerning ", " about ", " following ", " after "]
        .iter()
        .filter_map(|mark| lower[by..].find(mark))
        .min()
        .map_or(text.len(), |length| by + length);
    publisher(lexicon, text.get(by..end)?, false)
}

/// The state, ministry or organisation named in a source or, by its office-holder, in a signature.
fn publisher(lexicon: &Lexicon, text: &str, by_person: bool) -> Option<Entity> {
    let ids: Vec<u32> = detente_lexicon::name_words(text)
        .map(|w| lexicon.names.word(w.trim_matches([',', ':', ';', '(', ')'])))
        .collect();
    for at in 0..ids.len() {
        let Some((_, meanings)) = lexicon.names.longest(ids[at..].iter().copied()) else { continue };
        for meaning in meanings {
            let (code, name, sectors) = match meaning {
                Meaning::Actor(number, form) => {
                    let actor = &lexicon.actors[*number as usize];
                    let speaks = matches!(actor.kind, ActorKind::Agency | ActorKind::Organisation)
                        || actor.kind == ActorKind::State && *form != Form::Capital;
                    if by_person || !speaks {
                        continue;
                    }
                    (&actor.code, &actor.title, actor.sectors.clone())
                }
                Meaning::Holder(office, holder, true) if by_person && ids.len() > 1 => {
                    let (office, holder) = lexicon.holder(*office, *holder);
                    (&office.code, &holder.names[0], vec![office.sector.clone()])
                }
                _ => continue,
            };
            return Some(Entity {
                code: Some(code.clone()),
                sectors,
                name: Some(name.clone()),
                office: None,
                level: None,
                via: Via::Pronoun,
                sort: Sort::Body,
                first: 0,
                last: 0,
                head: 0,
                antecedent: None,
                plural: false,
                territory: None,
                weak: false,
                unchecked: false,
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tests::lexicon;

    #[test]
    fn a_heading_says_whose_statement_follows() {
        let code = |text: &str| heading(lexicon(), text).and_then(|entity| entity.code).map(|code| code.to_string());
        assert_eq!(code("Statement by the Ministry of Foreign Affairs of Estonia").as_deref(), Some("EST"));
        assert_eq!(code("Press statement by the government of Kenya on Somalia").as_deref(), Some("KEN"));
        assert_eq!(code("Statement on the talks by Lake Geneva"), None);
        assert_eq!(code("Estonia condemns the attack"), None);
    }
}
