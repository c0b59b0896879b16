//! `GET /heycamp/v1/posts/:postId/community/:communityId` — one post, with its text.

use eduzz_types::One;
use eduzz_types::heycamp::{CommunityId, Post, PostId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads one post, with its text (docs page
/// `/reference/api/get-heycamp-v1-posts-postId-community-communityId`).
///
/// The documented answer is a list with the post; a bare post is read too (Q131). An empty list,
/// which may mean a missing post, is an unreadable answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetPost {
    /// The post.
    pub post_id: PostId,
    /// The community.
    pub community_id: CommunityId,
}

builder!(GetPost {
    /// Reads the post in the community.
    new(post_id: impl Into<PostId>, community_id: impl Into<CommunityId>);
});

impl Endpoint for GetPost {
    const ROUTE: Route =
        Route::get("/heycamp/v1/posts/:postId/community/:communityId").scopes(&["heycamp_read_posts"]);
    type Output = One<Post>;

    fn describe(&self, call: &mut Call) {
        call.path("postId", &self.post_id)
            .path("communityId", &self.community_id);
    }
}
