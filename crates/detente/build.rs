//! Parses the lexicon's examples with the model of this build, so that the program need not when it starts.

use std::{env, error::Error, fs, path::Path};

use detente_coder::ParsedExamples;
use detente_grammar::Grammar;
use detente_lexicon::Lexicon;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR")?;
    // A lexicon with a mistake is for `detente lexicon check` to tell, not for the build.
    let bytes = match (Lexicon::builtin(), Grammar::from_bytes(detente_model::grammar_bytes())) {
        (Ok(lexicon), Ok(grammar)) => ParsedExamples::parse(&lexicon, &grammar).to_bytes(),
        (lexicon, grammar) => {
            for error in lexicon.err().map(|e| e.to_string()).into_iter().chain(grammar.err().map(|e| e.to_string())) {
                println!("cargo::warning={error}");
            }
            Vec::new()
        }
    };
    fs::write(Path::new(&out).join("examples.bin"), bytes)?;
    Ok(())
}
