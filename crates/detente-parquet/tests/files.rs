//! Parquet files of articles and acts, as other programs write and read them.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, Date32Array, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray};
use detente_coder::Act;
use detente_parquet::{Writer, opener};
use detente_source::Sources;
use detente_text::{Format, read_article};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::file::properties::WriterProperties;

const TEXTS: [&str; 3] = [
    "Norway imposed sanctions on Finland.",
    "Sweden invited the foreign minister of Estonia to talks on fishing in the northern sea.",
    "Latvia recalled its ambassador.",
];

/// A file of three articles.
fn articles(name: &str, text: ArrayRef, packing: Compression) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let id: ArrayRef = Arc::new(Int64Array::from(vec![Some(7), None, Some(9)]));
    let date: ArrayRef = Arc::new(Date32Array::from(vec![Some(19_000), None, Some(19_001)]));
    let batch =
        RecordBatch::try_from_iter_with_nullable([("id", id, true), ("Date", date, true), ("Body", text, true)])
            .expect("a batch");
    let properties = WriterProperties::builder().set_compression(packing).set_max_row_group_row_count(Some(2)).build();
    let file = File::create(&path).expect("a file");
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).expect("a writer");
    writer.write(&batch).expect("rows");
    writer.close().expect("an end");
    path.to_str().expect("a name").to_owned()
}

fn read(path: &str) -> Vec<Result<detente_text::Article, detente_source::Error>> {
    let sources = Sources::new([path.to_owned()]).with_parquet(opener());
    sources.map(|document| document.and_then(detente_source::Document::read)).collect()
}

#[test]
fn articles_are_read_whatever_their_strings_and_packing() {
    let layouts: [ArrayRef; 3] = [
        Arc::new(StringArray::from(TEXTS.to_vec())),
        Arc::new(LargeStringArray::from(TEXTS.to_vec())),
        Arc::new(StringViewArray::from(TEXTS.to_vec())),
    ];
    let packings = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::ZSTD(ZstdLevel::default()),
    ];
    for (layout, text) in layouts.iter().enumerate() {
        for (number, packing) in packings.into_iter().enumerate() {
            let path = articles(&format!("layout{layout}-{number}.parquet"), Arc::clone(text), packing);
            let read: Vec<_> = read(&path).into_iter().map(|article| article.expect("an article")).collect();
            let ids: Vec<&str> = read.iter().map(|article| article.id.as_str()).collect();
            assert_eq!(ids, ["7", &format!("{path}:2"), "9"], "{packing:?}");
            let texts: Vec<&str> = read.iter().map(|article| article.passages[0].text.as_str()).collect();
            assert_eq!(texts, TEXTS);
            let dates: Vec<_> = read.iter().map(|a| a.date.as_ref().map(|date| date.value.to_string())).collect();
            assert_eq!(dates, [Some("2022-01-08".to_owned()), None, Some("2022-01-09".to_owned())]);
        }
    }
}

#[test]
fn a_file_that_is_damaged_or_of_other_columns_is_an_error_with_its_name() {
    let whole = articles("whole.parquet", Arc::new(StringArray::from(TEXTS.to_vec())), Compression::UNCOMPRESSED);
    let bytes = std::fs::read(&whole).expect("bytes");
    let path = |name: &str, bytes: &[u8]| {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(&path, bytes).expect("a file");
        path.to_str().expect("a name").to_owned()
    };
    for (name, bytes) in
        [("cut.parquet", &bytes[..bytes.len() / 2]), ("empty.parquet", &[]), ("x.parquet", b"PAR1PAR1")]
    {
        let read = read(&path(name, bytes));
        assert!(matches!(&read[..], [Err(error)] if error.to_string().contains(name)), "{read:?}");
    }
    let mut acts = Vec::new();
    Writer::new(&mut acts).and_then(Writer::finish).expect("no acts");
    let others = articles("numbers.parquet", Arc::new(Int64Array::from(vec![1, 2, 3])), Compression::UNCOMPRESSED);
    let error = read(&others)[0].as_ref().expect_err("no texts").to_string();
    assert!(error.contains("Body") && error.contains("numbers.parquet"), "{error}");
}

#[test]
fn damaged_bytes_never_panic() {
    let whole = articles("flipped.parquet", Arc::new(StringArray::from(TEXTS.to_vec())), Compression::SNAPPY);
    let bytes = std::fs::read(&whole).expect("bytes");
    for at in (0..bytes.len()).step_by(7) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x5a;
        std::fs::write(&whole, &damaged).expect("a file");
        // Whatever comes of it.
        let _ = read(&whole).len();
    }
}

#[test]
fn acts_come_back_as_they_were_written() {
    let coder = detente_builtin::coder(None).expect("a coder");
    let article = read_article(TEXTS.join(" ").as_bytes(), Format::Text, "a").expect("an article");
    let coded = coder.code(&article).acts;
    assert!(coded.len() >= 2);
    let many: Vec<Act> = coded.iter().cycle().take(20_000).cloned().collect();
    let write = || {
        let mut file = Vec::new();
        let mut writer = Writer::new(&mut file).expect("a writer");
        many.chunks(333).try_for_each(|acts| writer.write(acts)).expect("rows");
        writer.finish().expect("an end");
        file
    };
    let file = write();
    assert_eq!(file, write());
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("acts.parquet");
    std::fs::write(&path, &file).expect("a file");
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&path).expect("a file")).expect("a reader");
    assert!(reader.metadata().num_row_groups() >= 2);
    let batches: Vec<RecordBatch> = reader.build().expect("rows").map(|batch| batch.expect("a batch")).collect();
    let json: Vec<String> = batches
        .iter()
        .flat_map(|batch| {
            let column = batch.column_by_name("json").expect("a column").as_string::<i32>();
            column.iter().map(|json| json.expect("an act").to_owned()).collect::<Vec<_>>()
        })
        .collect();
    let wanted: Vec<String> = many.iter().map(|act| serde_json::to_string(act).expect("JSON")).collect();
    assert!(json == wanted);
}
