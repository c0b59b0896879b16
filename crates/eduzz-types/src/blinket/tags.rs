//! Tags, which mark participants.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use super::AttendanceTagId;
use crate::DateTime;

/// A tag, which participants of several events may carry (docs page
/// `/reference/api/post-blinket-v1-attendance-tags`).
///
/// All fields are documented as never null; all but the id and the title are optional here
/// nevertheless.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Tag {
    /// Id of the tag.
    pub id: AttendanceTagId,
    /// The producer's text.
    pub title: Box<str>,
    /// Its colour, hexadecimal: `#112233`.
    pub color: Option<Box<str>>,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it was last changed.
    pub modified_at: Option<DateTime>,
}
