//! Rows under a header, for a file or for a terminal.

use textwrap::core::display_width;

use crate::brief::printable;

/// Rows under a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns.
    pub header: Vec<&'static str>,
    /// Rows, as long as the header each.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub fn new(header: &[&'static str]) -> Table {
        Table { header: header.to_vec(), rows: Vec::new() }
    }

    /// Writes it in columns: numbers to the right, words to the left.
    pub fn text(&self) -> String {
        let shown: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(|cell| printable(cell)).collect()).collect();
        let widths: Vec<usize> = (0..self.header.len())
            .map(|column| {
                let cells = shown.iter().map(|row| display_width(&row[column]));
                cells.chain([display_width(self.header[column])]).max().unwrap_or(0)
            })
            .collect();
        let is_number = |column: usize| {
            let mut cells = shown.iter().map(|row| row[column].as_str()).filter(|cell| !cell.is_empty()).peekable();
            cells.peek().is_some() && cells.all(|cell| cell.parse::<f64>().is_ok())
        };
        let to_right: Vec<bool> = (0..self.header.len()).map(is_number).collect();
        let mut out = String::new();
        let header: Vec<String> = self.header.iter().map(|name| name.replace('_', " ")).collect();
        for row in std::iter::once(&header).chain(&shown) {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let space = " ".repeat(widths[column].saturating_sub(display_width(cell)));
                match to_right[column] {
                    true => line.extend([space.as_str(), cell, "  "]),
                    false => line.extend([cell, space.as_str(), "  "]),
                }
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_to_the_right_and_words_to_the_left() {
        let mut table = Table::new(&["period", "mean_scale"]);
        table.rows = vec![vec!["2024-05".into(), "-3.5".into()], vec!["2024-06".into(), String::new()]];
        assert_eq!(table.text(), "period   mean scale\n2024-05        -3.5\n2024-06\n");
    }

    #[test]
    fn marks_that_turn_the_text_are_not_shown() {
        assert_eq!(printable("a\u{202e}b\u{1b}[1mc"), "a b [1mc");
    }
}
