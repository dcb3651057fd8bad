//! The output does not depend on the number of threads.

use crate::program::{folder, run};

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let week = std::fs::read_to_string("tests/data/week.jsonl").unwrap();
    let path = folder().write("many.jsonl", week.repeat(40).as_bytes());
    let one = run(&["code", "--threads", "1", &path]);
    assert_eq!(one.status, 0, "{one:?}");
    assert!(one.stdout.lines().count() >= 40, "{one:?}");
    for threads in ["2", "5"] {
        assert_eq!(run(&["code", "--threads", threads, &path]).stdout, one.stdout);
    }
    let none_told = run(&["code", &path]);
    assert_eq!(none_told.stdout, one.stdout);
}
