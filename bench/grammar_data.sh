# Read by bench/grammar*.sh: unpacks the treebanks and gathers the news. Needs $work, a folder to write to; $treebanks and $texts are the
# folders that bench/grammar.sh tells of.

unpack_treebanks() {
    for file in "$treebanks"/*.conllu.xz; do
        xz -dc "$file" > "$work/$(basename "$file" .xz)"
    done
}

# gather_news [WITHOUT...]: the articles go to news.txt, but for those, and those paragraphs, that stand in a file WITHOUT (JSON lines).
gather_news() {
    without=
    for file in "$@"; do
        without="$without --without $file"
    done
    # shellcheck disable=SC2086 # names of files without spaces
    python3 bench/grammar_news.py $without "$texts"/wikinews*.jsonl "$texts"/state*.jsonl > "$work/news.txt"
}
