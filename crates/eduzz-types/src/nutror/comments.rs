//! Students' comments below the lessons.

use serde::{Deserialize, Serialize};

use super::{CommentId, LessonId};
use crate::{DateTime, PersonalText};

/// A comment below a lesson: the item of `GET /nutror/v1/comments`, and the answer of
/// `GET /nutror/v1/comments/:id` (docs pages `/reference/api/get-nutror-v1-comments`,
/// `/reference/api/get-nutror-v1-comments-id`).
///
/// Only the documented examples are known: no field is documented as nullable or as always present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Comment {
    /// Id of the comment.
    pub id: CommentId,
    /// Kind of comment.
    #[serde(rename = "type")]
    pub kind: Option<CommentType>,
    /// Whether the school read it.
    pub is_read: Option<bool>,
    /// The author's name; the service sends neither an id nor an e-mail address.
    pub author: Option<PersonalText>,
    /// Its moderation status.
    pub status: Option<CommentStatus>,
    /// What it says.
    pub text: Option<PersonalText>,
    /// The lesson that it belongs to.
    pub lesson_id: Option<LessonId>,
    /// When it was written.
    pub created_at: Option<DateTime>,
    /// Whether it is pinned.
    pub is_fixed: Option<bool>,
    /// Whether it is marked as a favourite.
    pub is_favorite: Option<bool>,
    /// Whether it has an answer.
    pub is_answered: Option<bool>,
}

open_enum! {
    /// Kind of a comment. The values are not documented: one is in the examples.
    CommentType {
        /// A text.
        Text = "text",
    }
}

open_enum! {
    /// Moderation status of a comment. The values are not documented: one is in the examples, and
    /// the value of an approved comment is not known (Q58).
    CommentStatus {
        /// Waits for approval.
        InModeration = "inModeration",
    }
}
