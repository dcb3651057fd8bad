//! Bytes on their way from a file: looked at before they are read, and kept when reading fails.

use std::io::{self, BufRead, Cursor, Read};

/// Bytes that come from somewhere.
pub(crate) type Stream = Box<dyn BufRead + Send>;

/// Reads from a stream until `enough` is there or nothing more comes, and gives the stream back as if nothing had been read.
///
/// An error is met again where the stream is read that far.
pub(crate) fn peek(mut stream: Stream, enough: impl Fn(&[u8]) -> bool) -> (Vec<u8>, Stream) {
    let mut head = Vec::new();
    while !enough(&head) {
        let chunk = match stream.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return (head.clone(), Box::new(Cursor::new(head).chain(Failing(Some(error))))),
            Ok(chunk) => chunk,
        };
        if chunk.is_empty() {
            break;
        }
        head.extend_from_slice(chunk);
        let length = chunk.len();
        stream.consume(length);
    }
    (head.clone(), Box::new(Cursor::new(head).chain(stream)))
}

/// Reads to the end or to a limit; what came before an error is kept.
pub(crate) fn whole(stream: Stream, limit: usize) -> (Vec<u8>, Option<io::Error>) {
    let mut bytes = Vec::new();
    let error = stream.take(limit as u64).read_to_end(&mut bytes).err();
    (bytes, error)
}

/// Fails once, then is at its end.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for Failing {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_at_is_read_again() {
        let (head, mut stream) = peek(Box::new(&b"Ruritania"[..]), |head| head.len() >= 4);
        assert!(head.len() >= 4);
        let mut all = String::new();
        stream.read_to_string(&mut all).unwrap();
        assert_eq!(all, "Ruritania");
    }

    #[test]
    fn what_came_before_an_error_is_kept() {
        let broken = b"Ruri".chain(Failing(Some(io::Error::other("lost"))));
        let (head, stream) = peek(Box::new(broken), |head| head.len() >= 9);
        assert_eq!(head, b"Ruri");
        let (bytes, error) = whole(stream, 100);
        assert_eq!((bytes.as_slice(), error.unwrap().to_string().as_str()), (&b"Ruri"[..], "lost"));
    }
}
