//! A column of words, whatever its layout.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, ArrowTimestampType, Date32Type, Date64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, LargeStringArray, StringArray, StringViewArray};
use arrow_schema::{DataType, TimeUnit};
use jiff::ToSpan;
use jiff::civil::{Date, date};

const MILLISECONDS_A_DAY: i64 = 24 * 60 * 60 * 1000;

/// A column of words.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{ArrayRef, LargeStringArray};
/// use detente_columns::Words;
///
/// let column: ArrayRef = Arc::new(LargeStringArray::from(vec![Some("Norway"), None]));
/// let words = Words::of_strings(&column).expect("strings");
/// assert_eq!((words.get(0), words.get(1)), (Some("Norway"), None));
/// ```
#[derive(Debug, Clone)]
pub enum Words {
    /// Offsets of 32 bits.
    Short(StringArray),
    /// Offsets of 64 bits.
    Large(LargeStringArray),
    /// Views.
    View(StringViewArray),
    /// Each value once, and which one each row has.
    Dictionary {
        /// The number of each row's value.
        of_row: Vec<Option<usize>>,
        /// The values.
        values: Box<Words>,
    },
    /// Numbers or days, written out.
    Written(Vec<Option<String>>),
    /// Nothing in any row.
    Nothing,
}

impl Words {
    /// Reads strings; nothing where the column holds something else.
    pub fn of_strings(column: &ArrayRef) -> Option<Words> {
        Some(match column.data_type() {
            DataType::Utf8 => Words::Short(column.as_string::<i32>().clone()),
            DataType::LargeUtf8 => Words::Large(column.as_string::<i64>().clone()),
            DataType::Utf8View => Words::View(column.as_string_view().clone()),
            DataType::Null => Words::Nothing,
            DataType::Dictionary(_, _) => {
                let dictionary = column.as_any_dictionary();
                let values = Box::new(Words::of_strings(dictionary.values())?);
                // The keys of rows without a value mean nothing.
                let keys = if dictionary.values().is_empty() { Vec::new() } else { dictionary.normalized_keys() };
                let key = |row: usize| dictionary.keys().is_valid(row).then(|| keys.get(row).copied()).flatten();
                Words::Dictionary { of_row: (0..column.len()).map(key).collect(), values }
            }
            _ => return None,
        })
    }

    /// Reads strings or whole numbers.
    pub fn of_names(column: &ArrayRef) -> Option<Words> {
        Some(match column.data_type() {
            DataType::Int8 => numbers::<Int8Type>(column),
            DataType::Int16 => numbers::<Int16Type>(column),
            DataType::Int32 => numbers::<Int32Type>(column),
            DataType::Int64 => numbers::<Int64Type>(column),
            DataType::UInt8 => numbers::<UInt8Type>(column),
            DataType::UInt16 => numbers::<UInt16Type>(column),
            DataType::UInt32 => numbers::<UInt32Type>(column),
            DataType::UInt64 => numbers::<UInt64Type>(column),
            _ => return Words::of_strings(column),
        })
    }

    /// Reads strings, days or points in time; of these the day by the clock of UTC.
    pub fn of_days(column: &ArrayRef) -> Option<Words> {
        Some(match column.data_type() {
            DataType::Date32 => days::<Date32Type>(column, i64::from),
            DataType::Date64 => days::<Date64Type>(column, |time| time.div_euclid(MILLISECONDS_A_DAY)),
            DataType::Timestamp(TimeUnit::Second, _) => points::<TimestampSecondType>(column),
            DataType::Timestamp(TimeUnit::Millisecond, _) => points::<TimestampMillisecondType>(column),
            DataType::Timestamp(TimeUnit::Microsecond, _) => points::<TimestampMicrosecondType>(column),
            DataType::Timestamp(TimeUnit::Nanosecond, _) => points::<TimestampNanosecondType>(column),
            _ => return Words::of_strings(column),
        })
    }

    /// The words of a row.
    pub fn get(&self, row: usize) -> Option<&str> {
        match self {
            Words::Short(array) => array.is_valid(row).then(|| array.value(row)),
            Words::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Words::View(array) => array.is_valid(row).then(|| array.value(row)),
            Words::Dictionary { of_row, values } => of_row[row].and_then(|value| values.get(value)),
            Words::Written(words) => words[row].as_deref(),
            Words::Nothing => None,
        }
    }

    /// The words of a row, to be read.
    pub fn field(&self, row: usize) -> Option<Cow<'_, str>> {
        self.get(row).map(Cow::Borrowed)
    }
}

fn numbers<T: ArrowPrimitiveType>(column: &ArrayRef) -> Words
where
    T::Native: ToString,
{
    Words::Written(column.as_primitive::<T>().iter().map(|value| Some(value?.to_string())).collect())
}

fn points<T: ArrowTimestampType>(column: &ArrayRef) -> Words {
    let a_day = match T::UNIT {
        TimeUnit::Second => MILLISECONDS_A_DAY / 1000,
        TimeUnit::Millisecond => MILLISECONDS_A_DAY,
        TimeUnit::Microsecond => MILLISECONDS_A_DAY * 1000,
        TimeUnit::Nanosecond => MILLISECONDS_A_DAY * 1_000_000,
    };
    days::<T>(column, |time| time.div_euclid(a_day))
}

fn days<T: ArrowPrimitiveType>(column: &ArrayRef, day: impl Fn(T::Native) -> i64) -> Words {
    let written = |value: T::Native| date_of(day(value)).map(|date| date.to_string());
    Words::Written(column.as_primitive::<T>().iter().map(|value| value.and_then(written)).collect())
}

/// The first day of Unix time.
pub(crate) const EPOCH: Date = date(1970, 1, 1);

fn date_of(days: i64) -> Option<Date> {
    EPOCH.checked_add(days.checked_abs().filter(|days| *days < 4_000_000).map(|_| days.days())?).ok()
}
