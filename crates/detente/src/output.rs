//! Standard output and standard error.

use std::io::{self, BufWriter, StdoutLock, Write};

/// Standard output, written whole article by whole article.
///
/// A reader that closes the pipe ends the program with success; nothing else need know.
pub struct Output(BufWriter<StdoutLock<'static>>);

impl Output {
    /// Standard output.
    pub fn open() -> Output {
        Output(BufWriter::new(io::stdout().lock()))
    }

    /// Writes and hands on what is there so far.
    pub fn write(&mut self, bytes: &[u8]) {
        if let Err(error) = self.0.write_all(bytes).and_then(|()| self.0.flush()) {
            // Threads may still wait for input, so the program ends here.
            if error.kind() == io::ErrorKind::BrokenPipe {
                std::process::exit(0);
            }
            complain(&format!("the output cannot be written: {error}"), None);
            std::process::exit(1);
        }
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
