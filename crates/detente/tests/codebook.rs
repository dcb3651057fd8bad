//! The page docs/codebook.md is what `detente lexicon codebook` writes; `UPDATE_DOCS=1` rewrites it.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

#[test]
fn the_codebook_is_what_the_lexicon_says() {
    let run = Command::new(env!("CARGO_BIN_EXE_detente")).args(["lexicon", "codebook"]).output().expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let page = String::from_utf8(run.stdout).expect("UTF-8");
    for section in ["## AGREE", "### ASSAULT drone", "### Not SUPPORT", "### factuality", "## Affairs", "## Word sets"]
    {
        assert!(page.contains(&format!("\n{section}\n")), "{section}");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codebook.md");
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).expect("the page is written");
    }
    let written = fs::read_to_string(&path).expect("docs/codebook.md");
    assert!(written == page, "docs/codebook.md is not what the lexicon says; run with UPDATE_DOCS=1");
}
