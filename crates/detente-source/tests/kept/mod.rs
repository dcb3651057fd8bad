//! Files that a test writes, and what was read of them.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use detente_source::Sources;
use detente_text::Article;

/// An article, or what is wrong.
pub type Seen = Result<Article, String>;

/// Reads all articles of these paths.
pub fn read(paths: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<Seen> {
    read_with(paths, |sources| sources)
}

/// Reads all articles of these paths in some other way than the usual.
pub fn read_with(paths: impl IntoIterator<Item = impl AsRef<str>>, with: impl FnOnce(Sources) -> Sources) -> Vec<Seen> {
    let sources = with(Sources::new(paths.into_iter().map(|path| path.as_ref().to_owned())));
    sources.map(|document| document.and_then(|document| document.read()).map_err(|error| error.to_string())).collect()
}

/// A folder for one test's files, gone when the test is.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes a new folder.
    pub fn new() -> Folder {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// The path of a file in it.
    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    /// Writes a file and returns its path.
    pub fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left behind lies in the build's own folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}
