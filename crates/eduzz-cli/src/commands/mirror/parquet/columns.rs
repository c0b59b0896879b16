//! Columns of Parquet, a group of rows at a time.

use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use eduzz_store::mirror::MirrorStore;
use eduzz_sync::mirror::{Form, Kind, Record, Value};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int32Type,
    Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use rust_decimal::Decimal;

use super::super::export::Pages;
use crate::failure::Failure;
use crate::lists::Bytes;
use crate::output::Output;

/// Rows of a group: some ten megabytes.
const GROUP: usize = 10_000;

/// Decimal places of a decimal, of 38 digits.
const PLACES: u32 = 10;

type File = SerializedFileWriter<BufWriter<Bytes>>;

pub(super) async fn write<S: MirrorStore>(
    output: Output,
    out: Option<&Path>,
    mut pages: Pages<S>,
) -> Result<(), Failure> {
    let lang = output.lang;
    let Some(out) = out else {
        return Err(Failure::usage(lang.export_parquet_needs_out()));
    };
    let kind = pages.kind();
    let failed = |_: ParquetError| {
        Failure::usage(lang.cannot_write_file(&out.display().to_string(), &lang.why_other()))
    };
    let bytes = BufWriter::with_capacity(1 << 20, Bytes::new(output, out)?);
    let schema = Arc::new(parse_message_type(&schema(kind)).map_err(failed)?);
    let mut file = File::new(bytes, schema, Arc::default()).map_err(failed)?;
    let (mut group, mut too_long, mut rows) = (Vec::new(), 0, 0_u64);
    while let Some(records) = pages.next(lang).await? {
        rows = rows.saturating_add(u64::try_from(records.len()).unwrap_or(u64::MAX));
        group.extend(records);
        if group.len() >= GROUP {
            too_long += write_group(&mut file, kind, &group).map_err(failed)?;
            group.clear();
        }
    }
    if !group.is_empty() {
        too_long += write_group(&mut file, kind, &group).map_err(failed)?;
    }
    let bytes = file.into_inner().map_err(failed)?.into_inner();
    let bytes = bytes.map_err(|error| failed(ParquetError::General(error.to_string())))?;
    bytes.finish()?;
    output.note(&lang.rows_in_file(rows, &out.display().to_string()));
    if too_long > 0 {
        output.note(&lang.export_too_long(too_long));
    }
    Ok(())
}

/// The key, and the columns of the table.
fn schema(kind: Kind) -> String {
    let mut schema = format!("message {} {{ OPTIONAL BYTE_ARRAY key (STRING);", kind.as_str());
    for column in kind.columns() {
        let (physical, logical) = match column.form {
            Form::Int => ("INT64", String::new()),
            Form::Flag => ("BOOLEAN", String::new()),
            Form::Decimal => ("FIXED_LEN_BYTE_ARRAY (16)", format!("(DECIMAL(38,{PLACES}))")),
            Form::Moment => ("INT64", "(TIMESTAMP(MILLIS,true))".to_owned()),
            Form::Day => ("INT32", "(DATE)".to_owned()),
            _ => ("BYTE_ARRAY", "(STRING)".to_owned()),
        };
        schema += &format!(" OPTIONAL {physical} {} {logical};", column.name);
    }
    schema + " }"
}

/// Writes a group of rows. Returns how many decimals were left out, which have too many digits.
fn write_group(file: &mut File, kind: Kind, records: &[Record]) -> Result<u64, ParquetError> {
    let mut group = file.next_row_group()?;
    if let Some(mut column) = group.next_column()? {
        let keys = records
            .iter()
            .map(|record| Some(ByteArray::from(record.key.as_ref())));
        write_column::<ByteArrayType>(&mut column, keys)?;
        column.close()?;
    }
    let mut too_long = 0;
    for (at, described) in kind.columns().iter().enumerate() {
        let values = || records.iter().map(move |record| record.values.get(at));
        let Some(mut column) = group.next_column()? else {
            break;
        };
        match described.form {
            Form::Int => write_column::<Int64Type>(&mut column, values().map(int))?,
            Form::Moment => write_column::<Int64Type>(&mut column, values().map(int))?,
            Form::Flag => write_column::<BoolType>(
                &mut column,
                values().map(|value| match value {
                    Some(Value::Flag(value)) => Some(*value),
                    _ => None,
                }),
            )?,
            Form::Day => write_column::<Int32Type>(
                &mut column,
                values().map(|value| match value {
                    Some(Value::Day(value)) => Some(*value),
                    _ => None,
                }),
            )?,
            Form::Decimal => {
                let decimals = values().map(|value| match value {
                    Some(Value::Decimal(value)) => {
                        let scaled = scaled(*value);
                        too_long += u64::from(scaled.is_none());
                        scaled
                    }
                    _ => None,
                });
                write_column::<FixedLenByteArrayType>(&mut column, decimals)?;
            }
            _ => write_column::<ByteArrayType>(
                &mut column,
                values().map(|value| match value {
                    Some(Value::Text(value)) => Some(ByteArray::from(value.as_ref())),
                    _ => None,
                }),
            )?,
        }
        column.close()?;
    }
    group.close()?;
    Ok(too_long)
}

/// Writes a column whose values can be missing.
fn write_column<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let mut levels = Vec::new();
    let present: Vec<T::T> = values
        .inspect(|value| levels.push(i16::from(value.is_some())))
        .flatten()
        .collect();
    column.typed::<T>().write_batch(&present, Some(&levels), None)?;
    Ok(())
}

fn int(value: Option<&Value>) -> Option<i64> {
    match value {
        Some(Value::Int(value)) => Some(*value),
        Some(Value::Moment(moment)) => Some(moment.millis()),
        _ => None,
    }
}

/// The decimal in units of its last place.
fn scaled(value: Decimal) -> Option<FixedLenByteArray> {
    let value = value.normalize();
    let factor = 10_i128.checked_pow(PLACES.checked_sub(value.scale())?)?;
    let scaled = value.mantissa().checked_mul(factor)?;
    let is_short = scaled.unsigned_abs() < 10_u128.pow(38);
    is_short.then(|| ByteArray::from(scaled.to_be_bytes().to_vec()).into())
}
