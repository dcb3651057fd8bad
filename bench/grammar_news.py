"""Writes the paragraphs and titles of articles, one a line, for `detente-grammar parse`.

    python3 bench/grammar_news.py [--without FILE]... ARTICLES.jsonl... > news.txt

ARTICLES.jsonl has an article a line, with the fields "title" and "text". An article is left out if a FILE (JSON lines with "text", and
perhaps "title" and "url") has it, and a paragraph if it has a text of a FILE in it: what is measured is not learned from.
"""

import argparse
import json


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def plain(text):
    return " ".join(text.split())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--without", action="append", default=[])
    options = parser.parse_args()
    left_out = [row for path in options.without for row in read(path)]
    names = {row[field] for row in left_out for field in ("title", "url") if row.get(field)}
    passages = {plain(part) for row in left_out for part in row["text"].split("\n")}
    passages = {passage for passage in passages if len(passage) > 40}
    for path in options.articles:
        for article in read(path):
            if {article["title"], article.get("url")} & names:
                continue
            for paragraph in [article["title"], *article["text"].split("\n")]:
                words = plain(paragraph)
                if words and not any(passage in words or words in passage for passage in passages if len(words) > 40):
                    print(words)


if __name__ == "__main__":
    main()
