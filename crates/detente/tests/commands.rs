//! What each command prints; `TRYCMD=overwrite cargo test -p detente --test commands` rewrites the files.

#[test]
fn each_command_prints_what_its_file_shows() {
    trycmd::TestCases::new().case("tests/commands/*.trycmd");
}
