//! `GET /heycamp/v1/comments/on-post/:postId/community/:communityId` — a post with its comments.

use eduzz_types::heycamp::{CommunityId, PostComments, PostId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the comments of a post, all at once, with the post
/// (docs page `/reference/api/get-heycamp-v1-comments-on-post-postId-community-communityId`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListPostComments {
    /// The post.
    pub post_id: PostId,
    /// The community.
    pub community_id: CommunityId,
}

builder!(ListPostComments {
    /// Lists the comments of the post in the community.
    new(post_id: impl Into<PostId>, community_id: impl Into<CommunityId>);
});

impl Endpoint for ListPostComments {
    const ROUTE: Route = Route::get("/heycamp/v1/comments/on-post/:postId/community/:communityId")
        .scopes(&["heycamp_read_comments"]);
    type Output = PostComments;

    fn describe(&self, call: &mut Call) {
        call.path("postId", &self.post_id)
            .path("communityId", &self.community_id);
    }
}
