//! Where results go: standard output or a file; and standard error.

use std::fs::File;
use std::io::{self, BufWriter, Stdout, Write};
use std::path::Path;

use anyhow::Context;

use crate::journal::{Done, Kept};

/// Standard output or a file, written whole article by whole article.
///
/// A reader that closes the pipe ends the program with success; nothing else need know.
pub enum Output {
    /// Standard output.
    Standard(BufWriter<Stdout>),
    /// A file that is of use only when it is whole.
    Whole(BufWriter<File>),
    /// A file, and beside it how far it is.
    Kept(Box<Kept>),
}

impl Output {
    /// Standard output.
    pub fn open() -> Output {
        Output::Standard(BufWriter::new(io::stdout()))
    }

    /// A new file.
    pub fn create(path: &Path) -> anyhow::Result<Output> {
        let file = File::create(path).with_context(|| path.display().to_string())?;
        Ok(Output::Whole(BufWriter::with_capacity(1 << 16, file)))
    }

    /// Writes and hands on what is there so far.
    pub fn write(&mut self, bytes: &[u8]) {
        or_end(match self {
            Output::Standard(output) => output.write_all(bytes).and_then(|()| output.flush()),
            Output::Whole(output) => output.write_all(bytes),
            Output::Kept(kept) => kept.write(bytes),
        });
    }

    /// Notes that an article and all before it are written.
    pub fn done(&mut self, done: &Done) {
        if let Output::Kept(kept) = self {
            or_end(kept.note(done));
        }
    }

    /// All is written.
    pub fn finish(self) {
        or_end(match self {
            Output::Standard(mut output) => output.flush(),
            Output::Whole(mut output) => output.flush(),
            Output::Kept(kept) => kept.finish(),
        });
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Output::write(self, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Ends the program where the output cannot be written: threads may still wait for input.
fn or_end(written: io::Result<()>) {
    if let Err(error) = written {
        if error.kind() == io::ErrorKind::BrokenPipe {
            std::process::exit(0);
        }
        complain(&format!("the output cannot be written: {error}"), None);
        std::process::exit(1);
    }
}

/// Writes a message to standard error, with what the user can do about it.
pub fn complain(message: &str, hint: Option<&str>) {
    let mut stderr = io::stderr().lock();
    // There is nowhere left to say that standard error is closed.
    let _ = match hint {
        Some(hint) => writeln!(stderr, "detente: {message}\n  hint: {hint}"),
        None => writeln!(stderr, "detente: {message}"),
    };
}
