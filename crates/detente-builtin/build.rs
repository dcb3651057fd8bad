//! Parses the lexicon's examples and trains the models of types and sides on its sentences with the model of this build, so that
//! the program need not when it starts.

use std::{env, error::Error, fs, path::Path};

use detente_coder::{Coder, Learned, ParsedExamples};
use detente_grammar::Grammar;
use detente_lexicon::Lexicon;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR")?;
    println!("cargo::rerun-if-changed=lexicon");
    // A lexicon with a mistake is for `detente lexicon check` to tell, not for the build.
    let (examples, learned) =
        match (Lexicon::from_folder(Path::new("lexicon")), Grammar::from_bytes(detente_model::grammar_bytes())) {
            (Ok(lexicon), Ok(grammar)) => {
                let examples = ParsedExamples::parse(&lexicon, &grammar);
                let coder = Coder::with_examples(grammar, lexicon, &examples);
                (examples.to_bytes(), Learned::train(&coder).to_bytes())
            }
            (lexicon, grammar) => {
                for error in
                    lexicon.err().map(|e| e.to_string()).into_iter().chain(grammar.err().map(|e| e.to_string()))
                {
                    println!("cargo::warning={error}");
                }
                (Vec::new(), Vec::new())
            }
        };
    fs::write(Path::new(&out).join("examples.bin"), examples)?;
    fs::write(Path::new(&out).join("learned.bin"), learned)?;
    Ok(())
}
