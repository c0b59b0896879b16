//! The fields of what SafeVideo has.

use eduzz_types::safevideo::{Media, MediaSummary};

use crate::lang::Lang;
use crate::lists::{Fields, Heading};

impl Fields for MediaSummary {
    const CSV: &'static [&'static str] = &[
        "id",
        "title",
        "status",
        "duration",
        "createdAt",
        "updatedAt",
        "key",
        "thumbnail",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("createdAt", Lang::column_created),
        ("title", Lang::column_video),
        ("status", Lang::column_status),
        ("duration", Lang::column_duration),
    ];
}

impl Fields for Media {
    const CSV: &'static [&'static str] = &[
        "id",
        "title",
        "filename",
        "description",
        "status",
        "duration",
        "order",
        "tags",
        "storage",
        "createdAt",
        "updatedAt",
        "deletedAt",
        "key",
        "userId",
        "userEmail",
        "source.filename",
        "source.size",
        "source.width",
        "source.height",
        "encoded.format",
        "encoded.codec",
        "encoded.size",
        "encoded.resolutions.width",
        "encoded.resolutions.height",
    ];
    const TABLE: &'static [Heading] = MediaSummary::TABLE;
}
