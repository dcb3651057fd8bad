//! Reads news articles (text, HTML, JSONL) into passages, with page furniture and repeats marked.
