//! `GET /heycamp/v1/members/:memberId/community/:communityId` — one member's details.

use eduzz_types::heycamp::{CommunityId, Member, MemberId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads a member's details (docs page
/// `/reference/api/get-heycamp-v1-members-memberId-community-communityId`).
///
/// The example has fewer fields than an item of the list has (Q132).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetMember {
    /// The member.
    pub member_id: MemberId,
    /// The community.
    pub community_id: CommunityId,
}

builder!(GetMember {
    /// Reads the member of the community.
    new(member_id: impl Into<MemberId>, community_id: impl Into<CommunityId>);
});

impl Endpoint for GetMember {
    const ROUTE: Route =
        Route::get("/heycamp/v1/members/:memberId/community/:communityId").scopes(&["heycamp_read_members"]);
    type Output = Member;

    fn describe(&self, call: &mut Call) {
        // The id `community` would make the path of another call.
        call.path_except("memberId", &self.member_id, &["community"])
            .path("communityId", &self.community_id);
    }
}
