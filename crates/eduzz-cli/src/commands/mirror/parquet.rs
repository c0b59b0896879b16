//! Records as a Parquet file, with the types of their columns.

#[cfg(feature = "parquet")]
mod columns;

use std::path::Path;

use eduzz_store::mirror::MirrorStore;

use super::export::Pages;
use crate::failure::Failure;
use crate::output::Output;

/// Writes all records to a file.
#[cfg(feature = "parquet")]
pub(super) async fn write<S: MirrorStore>(
    output: Output,
    out: Option<&Path>,
    pages: Pages<S>,
) -> Result<(), Failure> {
    columns::write(output, out, pages).await
}

/// Says how to get the format.
#[cfg(not(feature = "parquet"))]
#[expect(clippy::unused_async, reason = "as with the feature")]
pub(super) async fn write<S: MirrorStore>(
    output: Output,
    _: Option<&Path>,
    _: Pages<S>,
) -> Result<(), Failure> {
    Err(Failure::usage(output.lang.export_no_parquet()))
}
