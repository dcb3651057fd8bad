//! Parquet in and out, where the program is built with it; and what a program without it says.

use crate::program::run;

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_how_to_get_it() {
    let refused = run(&["code", "tests/data/week.parquet"]);
    assert_eq!((refused.status, refused.stdout.as_str()), (1, ""));
    assert!(refused.stderr.contains("build the program with --features parquet"), "{refused:?}");
}

#[cfg(feature = "parquet")]
mod with_parquet {
    use std::fs;

    use super::run;
    use crate::program::folder;

    #[test]
    fn articles_of_parquet_code_as_those_of_jsonl() {
        // The spans and links count in the fields, which are the same.
        let records = run(&["code", "tests/data/week.jsonl"]);
        let columns = run(&["code", "tests/data/week.parquet"]);
        assert_eq!((columns.status, columns.stdout.as_str()), (0, records.stdout.as_str()), "{}", columns.stderr);
        assert!(!columns.stdout.is_empty());
        let folder = folder();
        fs::copy("tests/data/week.parquet", folder.path("part-0.snappy.parquet")).unwrap();
        folder.write("_SUCCESS", b"");
        assert_eq!(run(&["code", &folder.path("")]).stdout, records.stdout);
    }

    #[test]
    fn articles_of_parquet_go_into_a_ledger() {
        let folder = folder();
        let (one, other) = (folder.path("one.db"), folder.path("other.db"));
        let added = run(&["add", &one, "tests/data/week.parquet"]);
        assert_eq!(added.status, 0, "{added:?}");
        assert_eq!(run(&["add", &other, "tests/data/week.jsonl"]).stdout, added.stdout);
    }

    #[test]
    fn acts_are_written_as_parquet() {
        let folder = folder();
        let output = folder.path("acts.parquet");
        let written = run(&["code", "tests/data/week.jsonl", "--format", "parquet", "--output", &output]);
        assert_eq!((written.status, written.stdout.as_str()), (0, ""), "{written:?}");
        let bytes = fs::read(&output).unwrap();
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
        // Read as articles it tells its columns.
        let error = run(&["code", &output]).stderr;
        assert!(error.contains("recipient_sector") && error.contains("json"), "{error}");
        let resumed = run(&["code", "tests/data/week.jsonl", "--format", "parquet", "--output", &output, "--resume"]);
        assert!(resumed.status == 1 && resumed.stderr.contains("export LEDGER --format parquet"), "{resumed:?}");
    }
}
