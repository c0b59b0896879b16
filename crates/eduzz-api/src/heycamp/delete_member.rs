//! `DELETE /heycamp/v1/members/:memberId/community/:communityId` — removes a member.

use eduzz_types::Acknowledged;
use eduzz_types::heycamp::{CommunityId, MemberId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Removes a member from a community (docs page
/// `/reference/api/delete-heycamp-v1-members-memberId-community-communityId`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteMember {
    /// The member.
    pub member_id: MemberId,
    /// The community.
    pub community_id: CommunityId,
}

builder!(DeleteMember {
    /// Removes the member from the community.
    new(member_id: impl Into<MemberId>, community_id: impl Into<CommunityId>);
});

impl Endpoint for DeleteMember {
    const ROUTE: Route = Route::delete("/heycamp/v1/members/:memberId/community/:communityId")
        .scopes(&["heycamp_write_members"])
        .empty_body_is_success();
    type Output = Acknowledged;

    fn describe(&self, call: &mut Call) {
        call.path("memberId", &self.member_id)
            .path("communityId", &self.community_id);
    }
}
