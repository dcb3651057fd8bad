//! Lists the files of the lexicon folder, so that they are inside the binary.

use std::{env, fs, io::Write as _, path::Path};

fn list(folder: &Path, under: &str, files: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("the lexicon folder").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().and_then(|n| n.to_str()).expect("a name in UTF-8").to_owned();
        let inside = if under.is_empty() { name.clone() } else { format!("{under}/{name}") };
        if path.is_dir() {
            // Sentences that train and measure are not read at run time.
            if inside == "sentences" {
                continue;
            }
            list(&path, &inside, files);
        } else if name.ends_with(".txt") {
            files.push((inside, path.display().to_string()));
        }
    }
}

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo")).join("data");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    list(&root, "", &mut files);
    let mut out =
        fs::File::create(Path::new(&env::var("OUT_DIR").expect("cargo")).join("files.rs")).expect("a file to write");
    writeln!(out, "&[").expect("writing");
    for (inside, path) in files {
        println!("cargo::rerun-if-changed={path}");
        writeln!(out, "    ({inside:?}, include_str!({path:?})),").expect("writing");
    }
    writeln!(out, "]").expect("writing");
}
