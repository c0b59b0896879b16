//! `POST /nutror/v1/comments/:id/answers` — answers a comment.

use eduzz_types::nutror::CommentId;
use eduzz_types::{FreeForm, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Answers a comment, in the name of the token's account (docs page
/// `/reference/api/post-nutror-v1-comments-id-answers`).
///
/// A second call adds another answer. The response is not documented: it is returned as it comes,
/// an empty body as an empty object (Q63).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AnswerComment {
    /// The comment.
    #[serde(skip_serializing)]
    pub id: CommentId,
    /// The text; a blank text is not sent.
    pub text: PersonalText,
}

builder!(AnswerComment {
    /// Answers the comment with the text.
    new(id: impl Into<CommentId>, text: impl Into<PersonalText>);
});

impl Endpoint for AnswerComment {
    const ROUTE: Route = Route::post("/nutror/v1/comments/:id/answers")
        .scopes(&["nutror_comments_write"])
        .empty_body_is_success();
    type Output = FreeForm;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id)
            .require_text("text", self.text.as_str())
            .json(self);
    }
}
