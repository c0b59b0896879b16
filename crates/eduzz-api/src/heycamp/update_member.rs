//! `PUT /heycamp/v1/members/:memberId` — changes a member.

use eduzz_types::PersonalText;
use eduzz_types::heycamp::{Member, MemberId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes a member (docs page `/reference/api/put-heycamp-v1-members-memberId`). Without anything to change the call is not made.
///
/// Neither is documented: whether what is not sent stays as it is, and whether the e-mail address is the new one or names the
/// account (Q135). The call names no community, so it changes the member in all of them, or wherever the service decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateMember {
    /// The member.
    pub member_id: MemberId,
    /// The e-mail address (Q135).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<PersonalText>,
    /// Where else the member is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub social_medias: Option<NewSocialMedias>,
}

impl UpdateMember {
    /// Changes the member: say what, with the setters.
    #[must_use]
    pub fn new(member_id: impl Into<MemberId>) -> Self {
        Self {
            member_id: member_id.into(),
            email: None,
            social_medias: None,
        }
    }
}

setters!(UpdateMember {
    email: PersonalText,
    social_medias: NewSocialMedias,
});

impl Endpoint for UpdateMember {
    const ROUTE: Route = Route::put("/heycamp/v1/members/:memberId").scopes(&["heycamp_write_members"]);
    type Output = Member;

    fn describe(&self, call: &mut Call) {
        call.path("memberId", &self.member_id).json_change(
            "email or social_medias",
            &Body {
                email: self.email.as_ref(),
                social_medias: self.social_medias.as_ref(),
            },
        );
    }
}

/// Where else the member to be changed is found: addresses of pages. Those that are not given are not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct NewSocialMedias {
    /// The page at Instagram.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instagram: Option<PersonalText>,
    /// The page at Facebook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facebook: Option<PersonalText>,
    /// The page at LinkedIn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linkedin: Option<PersonalText>,
    /// The page at X.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<PersonalText>,
}

impl NewSocialMedias {
    /// No page yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

setters!(NewSocialMedias {
    instagram: PersonalText,
    facebook: PersonalText,
    linkedin: PersonalText,
    x: PersonalText,
});

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a PersonalText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    social_medias: Option<&'a NewSocialMedias>,
}
