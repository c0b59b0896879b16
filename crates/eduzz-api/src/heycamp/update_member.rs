//! `PUT /heycamp/v1/members/:memberId` — changes a member.

use eduzz_types::PersonalText;
use eduzz_types::heycamp::{Member, MemberId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes a member (docs page `/reference/api/put-heycamp-v1-members-memberId`). A change without
/// fields is not sent.
///
/// Neither is documented: whether an omitted field keeps its value, and whether the e-mail address
/// is the new one or identifies the account (Q135). The call names no community, so it changes the
/// member in all of them, or wherever the service decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateMember {
    /// The member.
    #[serde(skip_serializing)]
    pub member_id: MemberId,
    /// The e-mail address (Q135).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<PersonalText>,
    /// The member's other pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub social_medias: Option<NewSocialMedias>,
}

builder!(UpdateMember {
    /// Changes the member; set at least one field before sending.
    new(member_id: impl Into<MemberId>);
    email: PersonalText,
    social_medias: NewSocialMedias,
});

impl Endpoint for UpdateMember {
    const ROUTE: Route = Route::put("/heycamp/v1/members/:memberId").scopes(&["heycamp_write_members"]);
    type Output = Member;

    fn describe(&self, call: &mut Call) {
        call.path("memberId", &self.member_id)
            .json_change(Self::SETTABLE, self);
    }
}

/// Addresses of the other pages of a member to change. Omitted ones are not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct NewSocialMedias {
    /// The page at Instagram.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instagram: Option<PersonalText>,
    /// The page at Facebook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facebook: Option<PersonalText>,
    /// The page at LinkedIn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linkedin: Option<PersonalText>,
    /// The page at X.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<PersonalText>,
}

builder!(NewSocialMedias {
    /// No page yet.
    new();
    instagram: PersonalText,
    facebook: PersonalText,
    linkedin: PersonalText,
    x: PersonalText,
});
