//! The files of a folder and of the folders in it, in the order of their names.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Place};
use crate::kind::{Kind, ending};

/// How deep folders are followed.
const DEEPEST: usize = 64;

/// Walks a folder; only the names of the folders that are open are in memory.
#[derive(Debug)]
pub(crate) struct Walk {
    root: String,
    /// Whether Parquet is read too.
    parquet: bool,
    /// Entries still to be seen, of the outermost folder first.
    open: Vec<std::vec::IntoIter<PathBuf>>,
    /// What the first folder could not give.
    first: Option<Error>,
    /// Names that are left unread, by their ending.
    passed: BTreeMap<String, u64>,
    any: bool,
    ended: bool,
}

impl Walk {
    /// The files of a folder, Parquet among them or not.
    pub fn new(root: &str, parquet: bool) -> Walk {
        let mut walk = Walk {
            root: root.to_owned(),
            parquet,
            open: Vec::new(),
            first: None,
            passed: BTreeMap::new(),
            any: false,
            ended: false,
        };
        walk.first = walk.enter(Path::new(root)).err();
        walk.any = walk.first.is_some();
        walk
    }

    fn enter(&mut self, folder: &Path) -> Result<(), Error> {
        let name = folder.display().to_string();
        let fail = |kind: ErrorKind| Error::new(&name, Place::default(), kind);
        if self.open.len() >= DEEPEST {
            return Err(fail(ErrorKind::TooDeep { limit: DEEPEST }));
        }
        let entries: io::Result<Vec<PathBuf>> =
            fs::read_dir(folder).and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect());
        let mut entries = entries.map_err(|error| fail(error.into()))?;
        entries.sort_unstable();
        self.open.push(entries.into_iter());
        Ok(())
    }

    fn last_words(&mut self) -> Option<Error> {
        let say = |kind| Some(Error::new(&self.root, Place::default(), kind));
        if self.passed.is_empty() {
            return if self.any { None } else { say(ErrorKind::EmptyFolder) };
        }
        let count: u64 = self.passed.values().sum();
        let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        let endings: Vec<&str> = self.passed.keys().take(8).map(String::as_str).collect();
        let more = if self.passed.len() > 8 { " and others" } else { "" };
        say(ErrorKind::PassedOver { files, endings: format!("{}{more}", endings.join(", ")) })
    }
}

impl Iterator for Walk {
    type Item = Result<PathBuf, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.first.take() {
            return Some(Err(error));
        }
        while let Some(entries) = self.open.last_mut() {
            let Some(path) = entries.next() else {
                self.open.pop();
                continue;
            };
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            // Spark leaves an empty file where it wrote a folder.
            if name.starts_with('.') || name == "_SUCCESS" {
                continue;
            }
            // A link to a folder could lead back to it; a link to a file is a file.
            let is_folder = fs::symlink_metadata(&path).is_ok_and(|entry| entry.is_dir());
            if is_folder {
                if let Err(error) = self.enter(&path) {
                    self.any = true;
                    return Some(Err(error));
                }
            } else if Kind::is_readable(&name, self.parquet) && !path.is_dir() {
                self.any = true;
                return Some(Ok(path));
            } else {
                let ending = ending(&name).unwrap_or_else(|| "no ending".to_owned());
                *self.passed.entry(ending).or_default() += 1;
            }
        }
        if std::mem::replace(&mut self.ended, true) {
            return None;
        }
        self.last_words().map(Err)
    }
}
