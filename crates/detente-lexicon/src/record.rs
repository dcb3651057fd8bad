//! Records: a header at the start of a line, indented `key: value; value` lines below.

use crate::{
    error::{Error, Problem},
    source::File,
};

/// One record of a file.
#[derive(Debug)]
pub(crate) struct Record<'f> {
    pub code: &'f str,
    pub title: &'f str,
    pub fields: Vec<Field<'f>>,
}

/// One line of a record.
#[derive(Debug)]
pub(crate) struct Field<'f> {
    pub key: &'f str,
    pub value: &'f str,
    pub line: usize,
}

impl<'f> Record<'f> {
    /// The values of a list key, in order, over all its lines.
    pub fn list(&self, key: &str) -> impl Iterator<Item = &'f str> {
        self.fields.iter().filter(move |field| field.key == key).flat_map(|field| items(field.value))
    }

    /// The first value of a key.
    pub fn one(&self, key: &str) -> Option<&'f str> {
        self.list(key).next()
    }

    /// The first line of a key.
    pub fn field(&self, key: &str) -> Option<&Field<'f>> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// The items of a list separated by semicolons.
pub(crate) fn items(value: &str) -> impl Iterator<Item = &str> {
    value.split(';').map(str::trim).filter(|item| !item.is_empty())
}

/// The lines of a text that say something: number from 1, text without its comment.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter_map(|(number, line)| {
        let line = match line.find('#') {
            Some(0) => "",
            Some(at) if line[..at].ends_with([' ', '\t']) => &line[..at],
            _ => line,
        };
        let line = line.trim_end();
        (!line.is_empty()).then_some((number + 1, line))
    })
}

/// Reads the records of a file.
pub(crate) fn records(file: &File) -> Result<Vec<Record<'_>>, Error> {
    let mut records: Vec<Record<'_>> = Vec::new();
    for (number, line) in lines(&file.text) {
        let fail = |problem| Error::new(file.path.as_ref(), number, problem);
        if line.starts_with([' ', '\t']) {
            let record = records.last_mut().ok_or_else(|| fail(Problem::FieldOutsideRecord))?;
            let (key, value) = line.split_once(':').ok_or_else(|| fail(Problem::NotAField(line.trim().to_owned())))?;
            record.fields.push(Field { key: key.trim(), value: value.trim(), line: number });
        } else {
            let (code, title) =
                line.split_once([' ', '\t']).ok_or_else(|| fail(Problem::BadHeader(line.to_owned())))?;
            records.push(Record { code, title: title.trim(), fields: Vec::new() });
        }
    }
    Ok(records)
}
