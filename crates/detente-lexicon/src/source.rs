//! The text files of the lexicon: those inside the binary and those of a user's folder.

use std::{borrow::Cow, fs, path::Path};

use crate::error::{Error, Problem};

/// The files under `lexicon/` when this crate was built: path inside the folder, text.
static BUILTIN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// One text file of the lexicon.
#[derive(Clone, Debug)]
pub struct File {
    /// Path inside the lexicon folder, such as `actors/states.txt`.
    pub path: Cow<'static, str>,
    /// The text.
    pub text: Cow<'static, str>,
}

/// The files inside the binary.
pub fn builtin() -> Vec<File> {
    BUILTIN.iter().map(|&(path, text)| File { path: Cow::Borrowed(path), text: Cow::Borrowed(text) }).collect()
}

/// The files of a folder, sorted by path.
///
/// # Errors
///
/// When the folder or a file in it cannot be read, or holds none of the lexicon's subfolders.
pub fn folder(root: &Path) -> Result<Vec<File>, Error> {
    let mut files = Vec::new();
    collect(root, "", &mut files)?;
    if files.is_empty() {
        return Err(Error::new(root.display().to_string(), 0, Problem::EmptyFolder));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn collect(folder: &Path, under: &str, files: &mut Vec<File>) -> Result<(), Error> {
    let unreadable = |path: &Path, error: std::io::Error| {
        Error::new(path.display().to_string(), 0, Problem::Unreadable(error.to_string()))
    };
    for entry in fs::read_dir(folder).map_err(|e| unreadable(folder, e))? {
        let path = entry.map_err(|e| unreadable(folder, e))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let inside = if under.is_empty() { name.clone() } else { format!("{under}/{name}") };
        if path.is_dir() {
            if under.split('/').count() < 4 {
                collect(&path, &inside, files)?;
            }
        } else if name.ends_with(".txt") {
            let text = fs::read_to_string(&path).map_err(|e| unreadable(&path, e))?;
            files.push(File { path: Cow::Owned(inside), text: Cow::Owned(text) });
        }
    }
    Ok(())
}
