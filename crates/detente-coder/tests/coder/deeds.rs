//! Nouns that stand for acts told before.

use detente_coder::EventType;

use crate::whole_lexicon;

#[test]
fn each_noun_stands_for_types_that_there_are() {
    let deeds = &whole_lexicon().words.deeds;
    assert!(deeds["attack"].iter().any(|name| name == "ASSAULT"));
    for (noun, types) in deeds {
        for name in types {
            assert!(name == "any" || EventType::parse(name).is_some(), "{noun}: {name} is no type");
        }
    }
}
