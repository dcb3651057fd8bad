//! Parses the lexicon's examples and trains the chooser of types on its sentences with the model of this build, so that
//! the program need not when it starts.

use std::{env, error::Error, fs, path::Path};

use detente_coder::{Chooser, ParsedExamples};
use detente_grammar::Grammar;
use detente_lexicon::Lexicon;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR")?;
    println!("cargo::rerun-if-changed=lexicon");
    // A lexicon with a mistake is for `detente lexicon check` to tell, not for the build.
    let (examples, chooser) =
        match (Lexicon::from_folder(Path::new("lexicon")), Grammar::from_bytes(detente_model::grammar_bytes())) {
            (Ok(lexicon), Ok(grammar)) => {
                (ParsedExamples::parse(&lexicon, &grammar).to_bytes(), Chooser::train(&lexicon, &grammar).to_bytes())
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
    fs::write(Path::new(&out).join("chooser.bin"), chooser)?;
    Ok(())
}
