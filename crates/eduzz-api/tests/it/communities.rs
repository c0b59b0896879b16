//! HeyCamp: facts beyond the generic properties.

use eduzz_api::heycamp::{
    CreateInvitation, DeleteMember, DeleteMembers, GetMember, GetPost, ListCommentingMembers,
    ListInvitations, ListLikingMembers, ListMembers, ListMostCommentedPosts, ListPostComments, ListPosts,
    NewSocialMedias, UpdateMember,
};
use eduzz_testkit::canary;
use eduzz_types::FreeForm;
use eduzz_wire::{EncodeError, EndpointExt as _, ResponseError};
use http::Response;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::personal::answer_is_clean;
use crate::support::{body, request, target};

const UUID: &str = "7c1b7a1e-0a53-4a55-8f6e-52f2b5c0a001";

fn members(body: Value) -> DeleteMembers {
    DeleteMembers::new(FreeForm::from(body))
}

#[test]
fn community_id_in_body_is_number_or_text() {
    let invite = |community: &str| {
        body(&CreateInvitation::new(community, "caua@example.com")).unwrap()["communityId"].clone()
    };
    assert_eq!(invite("3030"), json!(3030));
    assert_eq!(invite("0"), json!(0));
    for text in [UUID, "007", "+7", "-7", "18446744073709551616", "1.0"] {
        assert_eq!(invite(text), json!(text));
    }
    let with_space = CreateInvitation::new(3030, "caua@example.com").space_id(77);
    assert_eq!(body(&with_space).unwrap()["spaceId"], json!(77));
    let nowhere = CreateInvitation::new(3030, "caua@example.com").space_id(" ");
    let missing = EncodeError::Missing { name: "space_id" };
    assert_eq!(request(&nowhere).unwrap_err(), missing);
}

proptest! {
    #[test]
    fn numeric_id_round_trips(number in any::<u64>()) {
        let invited = body(&CreateInvitation::new(number, "caua@example.com")).unwrap();
        prop_assert_eq!(&invited["communityId"], &json!(number));
    }
}

#[test]
fn deletion_without_members_is_not_sent() {
    let refused = r#"
        null  {}  []  "802"  {"communityId":3030}  {"communityId":3030,"members":[]}
        {"communityId":3030,"members":null}  {"of":{"members":[]},"tags":["a"]}
        [[],["802"]]  [null]  ["802"," "]  [[" "]]  {"members":[""]}  {"members":[802,{}]}
        {"members":[{"id":null,"email":" "}]}  {"members":[{"of":{}}]}
    "#;
    for body in serde_json::Deserializer::from_str(refused).into_iter::<Value>() {
        let body = body.unwrap();
        let error = request(&members(body.clone())).unwrap_err();
        assert_eq!(error, EncodeError::Missing { name: "body" }, "{body}");
    }
    let sent = r#" ["802"]  {"members":[802,803]}  {"of":{"members":[{"id":802}]}} "#;
    for sent in serde_json::Deserializer::from_str(sent).into_iter::<Value>() {
        let sent = sent.unwrap();
        assert_eq!(body(&members(sent.clone())).unwrap(), sent);
    }
}

#[test]
fn update_without_changes_is_not_sent() {
    let no_links = UpdateMember::new(801).social_medias(NewSocialMedias::new());
    for nothing in [UpdateMember::new(801), no_links.clone()] {
        let name = "email or social_medias";
        assert_eq!(request(&nothing).unwrap_err(), EncodeError::Missing { name });
    }
    let one = body(&no_links.email("caua@example.com")).unwrap();
    assert_eq!(one["email"], json!("caua@example.com"));
    // An empty text may remove a value: the caller decides.
    let removed = body(&UpdateMember::new(801).social_medias(NewSocialMedias::new().x("")));
    assert_eq!(removed, Ok(json!({ "socialMedias": { "x": "" } })));
    let misspelt = json!({ "member_id": 801, "social_medias": { "instagran": "a" } });
    let error = serde_json::from_value::<UpdateMember>(misspelt).unwrap_err();
    assert!(error.to_string().contains("instagran"), "{error}");
}

#[test]
fn id_that_is_a_fixed_word_is_refused() {
    let lists = target(&ListCommentingMembers::new("community"));
    assert_eq!(lists, "/heycamp/v1/members/community/community/comments");
    assert_eq!(
        request(&GetMember::new("community", "comments")).unwrap_err(),
        EncodeError::PathValue { name: "memberId" }
    );
    assert!(request(&DeleteMember::new("801", "")).is_err());
}

#[test]
fn post_reads_bare_and_in_list_of_one() {
    let read = |body: &'static str| GetPost::new(4410, 3030).response(&Response::new(body));
    let [bare, listed] = [r#"{"id":4410}"#, r#"[{"id":"4410"}]"#].map(|body| read(body).unwrap().id.clone());
    assert_eq!(bare, listed);
    let Err(ResponseError::Unreadable(none)) = read("[]") else {
        panic!("an empty list holds no post");
    };
    let empty = "the list is empty, where one record is expected";
    assert!(none.source.to_string().contains(empty), "{none}");
    assert!(read(r#"[{"id":4410},{"id":4411}]"#).is_err());
}

#[test]
fn member_data_does_not_print() {
    let who = canary::PERSONAL;
    canary::debug_is_clean(&CreateInvitation::new(UUID, who));
    canary::debug_is_clean(&ListInvitations::new(UUID).extra_query("who", who));
    canary::debug_is_clean(&members(json!({ "emails": [who] })));
    let links = NewSocialMedias::new()
        .instagram(who)
        .facebook(who)
        .linkedin(who)
        .x(who);
    canary::debug_is_clean(&UpdateMember::new(801).email(who).social_medias(links));

    let member = "name email referrerUrl instagram facebook linkedin x";
    answer_is_clean::<ListMembers>("list_members", member);
    answer_is_clean::<UpdateMember>("update_member", member);
    answer_is_clean::<GetMember>("get_member", "name email");
    answer_is_clean::<DeleteMember>("delete_member", "message");
    answer_is_clean::<ListCommentingMembers>("list_commenting_members", "name email title");
    answer_is_clean::<ListLikingMembers>("list_liking_members", "name email title");
    answer_is_clean::<ListPostComments>("list_post_comments", "title text member/name");
    answer_is_clean::<ListPosts>("list_posts", "title email");
    answer_is_clean::<GetPost>("get_post", "title content email");
    answer_is_clean::<ListMostCommentedPosts>("list_most_commented_posts", "title email");
    answer_is_clean::<CreateInvitation>("create_invitation", "invitationUrl");
    answer_is_clean::<ListInvitations>("list_invitations", "email invitationUrl");
}
