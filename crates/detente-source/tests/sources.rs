//! Files, folders, tables, feeds and archives, whole and broken: what is good is read, what is not is named with its place.

mod kept;

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use kept::{Folder, Seen, read};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

/// The ids of all articles.
fn ids(seen: &[Seen]) -> Vec<&str> {
    seen.iter().filter_map(|seen| seen.as_ref().ok()).map(|article| article.id.as_str()).collect()
}

/// All messages.
fn faults(seen: &[Seen]) -> Vec<&str> {
    seen.iter().filter_map(|seen| seen.as_ref().err()).map(String::as_str).collect()
}

const TABLE: &str = "id,title,date,text\n\
    a,Talks,2024-11-03,Ruritania met Freedonia.\n\
    b,\"Border, closed\",2024-11-04,\"Freedonia closed\nits border.\"\n";

#[test]
fn a_table_gives_an_article_a_row() {
    let folder = Folder::new();
    let path = folder.write("week.csv", TABLE.as_bytes());
    let seen = read([&path]);
    assert_eq!(ids(&seen), ["a", "b"]);
    let article = seen[1].as_ref().unwrap();
    assert_eq!(article.title().unwrap().text, "Border, closed");
    assert_eq!(article.date.as_ref().unwrap().value.to_string(), "2024-11-04");
}

#[test]
fn broken_rows_are_named_by_their_line() {
    let folder = Folder::new();
    let table = format!("{TABLE}c,too,few\nd,T,2024-11-05,\ne,T,2024-11-06,Ruritania sued.\n");
    let path = folder.write("week.csv", table.as_bytes());
    let seen = read([&path]);
    assert_eq!(ids(&seen), ["a", "b", "e"]);
    assert_eq!(
        faults(&seen),
        [format!("{path}, line 5: the row has 3 fields, the header 4"), format!("{path}, line 6: no article text")]
    );
}

#[test]
fn a_table_without_a_text_tells_its_columns() {
    let folder = Folder::new();
    let path = folder.write("week.csv", b"Nr;Content\n1;Ruritania sued.\n");
    assert_eq!(
        faults(&read([&path])),
        [format!("{path}, line 1: no column is named text, body, event_text; the columns are \"Nr\", \"Content\"")]
    );
    let named = |columns: &[(&str, &str)]| {
        let columns = columns.iter().map(|(field, name)| ((*field).to_owned(), (*name).to_owned())).collect();
        kept::read_with([&path], |sources| sources.with_columns(columns))
    };
    assert_eq!(ids(&named(&[("text", "content"), ("id", "Nr")])), ["1"]);
    assert!(faults(&named(&[("text", "Body")]))[0].contains("no column is named \"Body\""));
}

#[test]
fn tables_of_other_encodings_are_read() {
    let folder = Folder::new();
    let wide: Vec<u8> = "\u{feff}id\ttext\n1\tKönig Rudolf sued.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = folder.write("wide.tsv", &wide);
    let latin = folder.write("latin.csv", b"id,text\n1,K\xf6nig Rudolf sued.\n2,K\xc3\xb6nig Rudolf lost.\n");
    let seen = read([&wide, &latin]);
    let texts: Vec<&str> = seen.iter().map(|seen| seen.as_ref().unwrap().passages[0].text.as_str()).collect();
    assert_eq!(texts, ["König Rudolf sued.", "König Rudolf sued.", "König Rudolf lost."]);
    assert_eq!(seen[1].as_ref().unwrap().notes.len(), 1);
}

#[test]
fn columns_are_named_by_any_letters() {
    let folder = Folder::new();
    let columns: detente_source::Columns =
        [("text", "ÜBERBLICK"), ("date", "день")].map(|(field, name)| (field.to_owned(), name.to_owned())).into();
    let table = "День;Überblick\n2024-11-03;Ruritania met Freedonia.\n";
    let wide: Vec<u8> = format!("\u{feff}{table}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin = b"Tag;\xdcberblick\n2024-11-04;Ruritania sued.\n";
    // No name tells that these are tables.
    let paths = [folder.write("plain", table.as_bytes()), folder.write("wide", &wide)];
    let seen = kept::read_with(&paths, |sources| sources.with_columns(columns));
    let texts: Vec<&str> = seen.iter().map(|seen| seen.as_ref().unwrap().passages[0].text.as_str()).collect();
    assert_eq!(texts, ["Ruritania met Freedonia."; 2]);
    let columns = [("text".to_owned(), "überblick".to_owned())].into();
    let seen = kept::read_with([&folder.write("latin", latin)], |sources| sources.with_columns(columns));
    assert_eq!(seen[0].as_ref().unwrap().passages[0].text, "Ruritania sued.");
}

#[test]
fn a_row_without_an_end_ends_the_table() {
    let folder = Folder::new();
    let mut table = b"id,text\na,Ruritania sued.\nb,\"".to_vec();
    table.resize(40 << 20, b'x');
    let path = folder.write("week.csv", &table);
    let seen = read([&path]);
    assert_eq!(ids(&seen), ["a"]);
    assert_eq!(faults(&seen), [format!("{path}, line 3: longer than 16777216 bytes")]);
}

#[test]
fn whatever_is_packed_is_unpacked() {
    let folder = Folder::new();
    let line = b"{\"id\": \"j\", \"text\": \"Ruritania sued.\"}\n";
    let twice = [gzip(line), gzip(line)].concat();
    let paths = [
        folder.write("week.csv.gz", &gzip(TABLE.as_bytes())),
        folder.write("week.csv.zst", &zstd(TABLE.as_bytes())),
        folder.write("lines.jsonl.gz", &twice),
        folder.write("nested.jsonl.zst.gz", &gzip(&zstd(line))),
        folder.write("no-ending", &gzip(line)),
        folder.write("lines.zst", &[zstd(line), zstd(line)].concat()),
    ];
    assert_eq!(ids(&read(&paths)), ["a", "b", "a", "b", "j", "j", "j", "j", "j", "j"]);
    let deep = (0..5).fold(line.to_vec(), |bytes, _| gzip(&bytes));
    let path = folder.write("deep.gz", &deep);
    assert_eq!(faults(&read([&path])), [format!("{path}: packed more than 3 times over")]);
}

#[test]
fn packed_data_that_ends_early_gives_what_came_before() {
    let folder = Folder::new();
    // Words that hardly pack, so that half of the bytes hold about half of the lines.
    let lines: String = (0..2000u64)
        .map(|n| {
            format!("{{\"id\": \"{n}\", \"text\": \"Ruritania sued {:x}.\"}}\n", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        })
        .collect();
    for (name, packed) in [("a.jsonl.gz", gzip(lines.as_bytes())), ("a.jsonl.zst", zstd(lines.as_bytes()))] {
        let path = folder.write(name, &packed[..packed.len() - 20]);
        let seen = read([&path]);
        let faults = faults(&seen);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].contains(&path) && faults[0].contains("it ends too early"), "{faults:?}");
        if name.ends_with("gz") {
            assert!(ids(&seen).len() > 1000, "{}", ids(&seen).len());
        }
    }
    let text = format!("Ruritania sued Freedonia on Monday.\n\n{}", lines);
    let packed = gzip(text.as_bytes());
    let path = folder.write("a.txt.gz", &packed[..packed.len() - 20]);
    let seen = read([&path]);
    assert!(seen[0].as_ref().unwrap().passages[0].text.starts_with("Ruritania sued"));
    assert_eq!(faults(&seen).len(), 1);
}

#[test]
fn a_bomb_is_refused() {
    let folder = Folder::new();
    let mut bytes = b"{\"id\": \"j\", \"text\": \"Ruritania sued.\"}\n".to_vec();
    bytes.resize(80 << 20, b' ');
    let paths = [folder.write("bomb.jsonl.gz", &gzip(&bytes)), folder.write("bomb.jsonl.zst", &zstd(&bytes))];
    for (path, times) in paths.iter().zip([150, 1500]) {
        let seen = read([path]);
        assert_eq!(ids(&seen), ["j"]);
        let faults = faults(&seen);
        assert!(faults.last().unwrap().contains(&format!("expands more than {times} times")), "{faults:?}");
    }
    let small = kept::read_with([&paths[0]], |sources| sources.with_expansion(50, 1 << 20));
    assert!(faults(&small).last().unwrap().contains("more than 50 times"));
}

const FEED: &str = "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Strelsau Times</title>\
    <item><title>Talks &amp;amp; tea</title><guid>g1</guid><link>https://strelsau.example/1</link>\
    <pubDate>Sun, 03 Nov 2024 10:00:00 GMT</pubDate><description>Ruritania &amp;amp; Freedonia met.</description></item>\
    <item><title>Caf&eacute; R & F closed</title><link>https://strelsau.example/2</link>\
    <description><![CDATA[<p>The caf&eacute; R&amp;F was closed.</p>]]></description></item>\
    <item><guid>g3</guid><title>A headline alone</title></item></channel></rss>";

#[test]
fn a_feed_gives_an_article_an_entry() {
    let folder = Folder::new();
    let path = folder.write("feed.xml", FEED.as_bytes());
    let seen = read([&path]);
    assert_eq!(ids(&seen), ["g1", "https://strelsau.example/2", "g3"]);
    let first = seen[0].as_ref().unwrap();
    assert_eq!(first.title().unwrap().text, "Talks & tea");
    assert_eq!(first.passages[1].text, "Ruritania & Freedonia met.");
    assert_eq!(first.source.as_deref(), Some("Strelsau Times"));
    assert_eq!(first.url.as_deref(), Some("https://strelsau.example/1"));
    assert_eq!(first.date.as_ref().unwrap().value.to_string(), "2024-11-03");
    let second = seen[1].as_ref().unwrap();
    assert_eq!(second.title().unwrap().text, "Café R & F closed");
    assert_eq!(second.passages[1].text, "The café R&F was closed.");
}

#[test]
fn atom_and_other_encodings_are_read() {
    let folder = Folder::new();
    let atom = "<?xml version='1.0' encoding='windows-1252'?><feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>\
        <entry><id>e1</id><title>K\u{f6}nig</title><updated>2024-11-03T10:00:00Z</updated>\
        <link rel='self' href='https://strelsau.example/self'/><link href='https://strelsau.example/e1'/>\
        <content type='html'>&lt;p&gt;Ruritania sued.&lt;/p&gt;</content></entry></feed>";
    let latin: Vec<u8> = atom.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let path = folder.write("feed.atom.gz", &gzip(&latin));
    let seen = read([&path]);
    let article = seen[0].as_ref().unwrap();
    assert_eq!((article.id.as_str(), article.url.as_deref()), ("e1", Some("https://strelsau.example/e1")));
    assert_eq!(article.title().unwrap().text, "König");
    assert_eq!(article.passages[1].text, "Ruritania sued.");
}

#[test]
fn a_broken_feed_gives_the_entries_that_are_whole() {
    let folder = Folder::new();
    let cut = FEED.find("was closed").unwrap();
    let path = folder.write("cut.xml", &FEED.as_bytes()[..cut]);
    let seen = read([&path]);
    assert_eq!(ids(&seen), ["g1"]);
    assert_eq!(faults(&seen), [format!("{path}, record 2: broken feed: the feed ends inside the entry")]);

    let crossed = FEED.replace("<link>https://strelsau.example/2</link>", "<link><b></link></b>");
    let path = folder.write("crossed.xml", crossed.as_bytes());
    let seen = read([&path]);
    assert_eq!(ids(&seen), ["g1", "g3"]);
    let faults = faults(&seen);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].starts_with(&format!("{path}, record 2: broken feed: ")), "{faults:?}");

    let packed = gzip(FEED.as_bytes());
    let path = folder.write("cut.xml.gz", &packed[..packed.len() - 12]);
    assert!(!ids(&read([&path])).is_empty());
}

/// A record of an archive.
fn record(kind: &str, id: u32, content_type: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: https://strelsau.example/{id}\r\n\
         Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

fn page(id: u32) -> Vec<u8> {
    let message = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><article><p>Ruritania sued \
         Freedonia over the border for the {id}th time on Monday.</p></article></body></html>"
    );
    record("response", id, "application/http; msgtype=response", message.as_bytes())
}

fn archive() -> Vec<Vec<u8>> {
    vec![
        record("warcinfo", 0, "application/warc-fields", b"software: ours\r\n"),
        record("request", 1, "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        page(2),
        record("response", 3, "application/http", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nno"),
        page(4),
    ]
}

#[test]
fn an_archive_gives_an_article_a_page() {
    let folder = Folder::new();
    let plain = folder.write("news.warc", &archive().concat());
    let packed: Vec<u8> = archive().iter().flat_map(|record| gzip(record)).collect();
    let packed = folder.write("news.warc.gz", &packed);
    for path in [&plain, &packed] {
        let seen = read([path]);
        assert_eq!(ids(&seen), ["urn:uuid:2", "urn:uuid:4"]);
        let article = seen[0].as_ref().unwrap();
        assert_eq!(article.url.as_deref(), Some("https://strelsau.example/2"));
        assert!(article.passages[0].text.starts_with("Ruritania sued"), "{article:?}");
        assert!(article.date.is_none());
    }
}

#[test]
fn an_archive_that_ends_early_gives_what_came_before() {
    let folder = Folder::new();
    let whole = archive().concat();
    let path = folder.write("cut.warc", &whole[..whole.len() - 30]);
    let start = whole.len() - page(4).len();
    let seen = read([&path]);
    assert_eq!(ids(&seen), ["urn:uuid:2"]);
    assert_eq!(
        faults(&seen),
        [format!("{path}, record 5, byte {start}: broken web archive: it ends inside the record, 26 bytes early")]
    );
    let packed: Vec<u8> = archive().iter().flat_map(|record| gzip(record)).collect();
    let path = folder.write("cut.warc.gz", &packed[..packed.len() - 30]);
    let seen = read([&path]);
    assert_eq!(ids(&seen), ["urn:uuid:2"]);
    assert_eq!(faults(&seen), [format!("{path}, record 5, byte {start}: broken gzip data: it ends too early")]);
}

#[test]
fn a_damaged_record_costs_only_itself() {
    let folder = Folder::new();
    let mut records = archive();
    records[3] = b"WARC/1.0\r\nWARC-Type: response\r\n\r\nno length\r\n\r\n".to_vec();
    records.insert(3, b"stray words\nand more\n".to_vec());
    let path = folder.write("damaged.warc", &records.concat());
    let seen = read([&path]);
    assert_eq!(ids(&seen), ["urn:uuid:2", "urn:uuid:4"]);
    let faults = faults(&seen);
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert!(faults[0].contains("record 4, byte") && faults[0].contains("what stands here is no record"));
    assert!(faults[1].contains("record 4, byte") && faults[1].contains("has no length"));
    assert!(faults[2].contains("record 5, byte") && faults[2].contains("what stands here is no record"));
}

#[test]
fn pages_made_to_hang_a_parser_end() {
    let folder = Folder::new();
    let words = "<p>Ruritania and Freedonia resumed talks on border trade on Monday, the minister said.</p>";
    let hostile = format!("{}{words}{}", "<div><b>".repeat(100_000), "</div>".repeat(100_000));
    let message = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{hostile}");
    let long = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".as_slice(), &vec![b'<'; 20 << 20]].concat();
    let records = [
        record("response", 1, "application/http", message.as_bytes()),
        record("response", 2, "application/http", &long),
        page(3),
    ];
    let path = folder.write("hostile.warc", &records.concat());
    let seen = read([&path]);
    assert_eq!(ids(&seen), ["urn:uuid:1", "urn:uuid:3"]);
    assert!(faults(&seen)[0].contains("record 2, byte") && faults(&seen)[0].contains("longer than"));
}

#[test]
fn a_folder_gives_its_files_by_name() {
    let folder = Folder::new();
    folder.write("news/b.txt", b"Ruritania sued Freedonia.");
    folder.write("news/a/z.csv", TABLE.as_bytes());
    folder.write("news/a/broken.jsonl", b"{\"text\": \n");
    folder.write("news/c.jsonl.gz", &gzip(b"{\"id\": \"c\", \"text\": \"Ruritania sued.\"}"));
    folder.write("news/.hidden.txt", b"Not to be read.");
    folder.write("news/picture.png", b"\x89PNG");
    folder.write("news/page.css", b"p {}");
    let root = folder.path("news");
    let seen = read([&root]);
    assert_eq!(ids(&seen), ["a", "b", &format!("{root}/b.txt"), "c"]);
    let faults = faults(&seen);
    assert!(faults[0].contains("broken.jsonl, line 1"), "{faults:?}");
    assert_eq!(faults[1], format!("{root}: 2 files left unread for what their names end in: css, png"));
    folder.write("empty/picture.png", b"");
    std::fs::create_dir_all(folder.path("bare")).unwrap();
    assert_eq!(
        self::faults(&read([&folder.path("bare")])),
        [format!("{}: a folder without any file of articles", folder.path("bare"))]
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_leads_back_to_itself_ends() {
    let folder = Folder::new();
    folder.write("news/a.txt", b"Ruritania sued Freedonia.");
    std::os::unix::fs::symlink(folder.path("news"), folder.path("news/loop")).unwrap();
    std::os::unix::fs::symlink(folder.path("news/gone"), folder.path("news/dangling.txt")).unwrap();
    let seen = read([&folder.path("news")]);
    assert_eq!(ids(&seen).len(), 1);
    assert!(faults(&seen).iter().any(|fault| fault.contains("dangling.txt: no such file")), "{:?}", faults(&seen));
}

#[test]
fn empty_files_are_named() {
    let folder = Folder::new();
    for name in ["a.txt", "a.jsonl", "a.csv", "a.xml", "a.warc", "a.html"] {
        for bytes in [b"".as_slice(), b"\n \n"] {
            for packed in [bytes.to_vec(), gzip(bytes), zstd(bytes)] {
                let path = folder.write(name, &packed);
                let seen = read([&path]);
                assert!(ids(&seen).is_empty());
                assert!(faults(&seen).iter().all(|fault| fault.contains(&path)), "{seen:?}");
                assert!(!faults(&seen).is_empty());
            }
        }
    }
}
