//! The calls of the five products, a row each.

use axum::http::StatusCode;
use serde_json::Value;

use super::field::{
    ADDRESSES, COLOR, DAY, DOCUMENT_TYPE, EMAIL, END, FILLED, FLAG, ID, IDS, INVITE_KEYS, LINKS, NUMBER,
    TEXT, TEXTS, WHOLE,
};
use super::field::{Field, may, needs};
use super::{Resources, Turn, alpaclass, blinket, heycamp, nutror, safevideo};
use crate::problem::Problem;

/// A call and its behaviour.
pub(crate) struct Row {
    pub(crate) product: &'static str,
    pub(crate) endpoint: &'static str,
    /// The parameters of the path with the collections whose records they name, the owner first.
    pub(super) path: &'static [(&'static str, &'static str)],
    pub(super) does: Does,
    pub(super) answer: Answer,
    /// The order of a list without `sort`: insertion, and by a member where one is named.
    pub(super) order: Order,
    pub(super) filters: &'static [Filter],
    /// The members that a caller may sort by.
    pub(super) sort: &'static [&'static str],
    pub(super) fields: &'static [Field],
    pub(super) needs_any: bool,
    /// Only the producer may make the call; others get this status.
    pub(super) producer_only: Option<StatusCode>,
}

/// The behaviour of a call.
pub(super) enum Does {
    /// Lists the records of a collection that the last of the path owns.
    List(&'static str),
    /// Lists the rows that this function gives.
    Rows(fn(&Resources, &Turn<'_>) -> Vec<Value>),
    /// Runs this function, and answers with its record.
    Act(Action),
}

/// A collection: the examples of its records, and their names.
pub(super) struct Collection {
    pub(super) name: &'static str,
    /// The examples that a new record begins as: calls of the product, with pointers into their
    /// answers.
    pub(super) examples: &'static [(&'static str, &'static str)],
    /// Other members than the id that name a record.
    pub(super) also: &'static [&'static str],
    /// The refusal of an unknown record. Nutror's are the examples of its calls.
    pub(super) missing: (StatusCode, &'static str),
}

/// A row for each collection: its other names, the refusal of an unknown record, its examples.
macro_rules! collections {
    ($($name:literal ($($also:literal)*) $status:ident $missing:literal [$($call:ident $pointer:literal)*];)+) => {
        &[$(Collection {
            name: $name,
            examples: &[$((stringify!($call), $pointer)),*],
            also: &[$($also),*],
            missing: (StatusCode::$status, $missing),
        }),+]
    };
}

// Q128, Q138: the communities.
pub(super) const COLLECTIONS: &[Collection] = collections! {
    "alpaclass/teams" () NOT_FOUND "there is no such school" [list_teams "/items/1"];
    "alpaclass/students" () NOT_FOUND "the school has no such student" [list_team_students "/items/0"];
    "alpaclass/enrollments" () NOT_FOUND "" [list_team_student_enrollments "/items/0"];
    "alpaclass/deliveries" () NOT_FOUND "the school has no such delivery" [get_delivery ""];
    "blinket/events" () NOT_FOUND "Event not found" [get_event ""];
    "blinket/tags" () NOT_FOUND "Tag not found" [create_tag ""];
    "blinket/participants" ("inviteKey") NOT_FOUND "Attendance not found" [list_participants "/items/1"];
    "heycamp/communities" ("uuid") FORBIDDEN "the community is not the caller's" [];
    "heycamp/spaces" () NOT_FOUND "the community has no such space" [list_spaces "/items/0"];
    "heycamp/members" () NOT_FOUND "there is no such member" [list_members "/items/0"];
    "heycamp/invitations" () NOT_FOUND "" [list_invitations "/items/0"];
    "heycamp/posts" () NOT_FOUND "the community has no such post" [get_post "/0"];
    "heycamp/comments" () NOT_FOUND "" [list_post_comments "/comments/0"];
    "nutror/courses" () NOT_FOUND "" [get_course "" list_courses "/0"];
    "nutror/modules" () NOT_FOUND "" [list_course_modules "/0"];
    "nutror/comments" () NOT_FOUND "" [get_comment ""];
    "nutror/answers" () NOT_FOUND "" [list_comment_answers "/items/0"];
    "nutror/students" () NOT_FOUND "" [get_student ""];
    "nutror/enrollments" () NOT_FOUND "" [list_student_enrollments "/items/0"];
    "safevideo/medias" () NOT_FOUND "Media not found" [list_medias "/0" get_media "/0"];
};

pub(super) type Action = fn(&mut Resources, &Turn<'_>) -> Result<Value, Problem>;

/// The form of an answer. Its shape and its status are those of the example of the call.
#[derive(Clone, Copy)]
pub(super) enum Answer {
    /// A page: the maximum number of rows, and the maximum number of pages.
    Page(u64, u64),
    /// `{ items }`, all of them.
    Items,
    /// A bare list.
    Bare,
    /// A record.
    One,
    /// A list with one record.
    OneInList,
    /// A record in a list with a name.
    OneIn(&'static str),
    /// The value of the action.
    Whole,
    /// The example.
    Example,
}

/// The order of a list.
#[derive(Clone, Copy)]
pub(super) enum Order {
    Made,
    /// The last made first.
    Last,
    /// By this member, upwards.
    Up(&'static str),
    /// By this member, downwards; of equal ones the last made first.
    Down(&'static str),
}

/// A filter: a parameter of the query, and the member that it is compared with.
pub(super) enum Filter {
    /// The text of the member, ignoring case.
    Text(&'static str),
    /// The digits of the member.
    Digits(&'static str),
    Flag(&'static str),
    /// One of these words.
    Word(&'static str, &'static [&'static str]),
    /// `startDate` and `endDate` around the member.
    Moments(&'static str),
    /// A part of one of these members.
    Search(&'static str, &'static [&'static str]),
    /// `order`: `asc` turns the order of the list around.
    Direction,
    /// `status`: `deleted`, or the current records without it.
    Deleted,
}

const TEAM: (&str, &str) = ("teamId", "alpaclass/teams");
const DELIVERY: (&str, &str) = ("deliveryId", "alpaclass/deliveries");
const EVENT: (&str, &str) = ("id", "blinket/events");
const TAG: (&str, &str) = ("id", "blinket/tags");
const PARTICIPANT: (&str, &str) = ("id", "blinket/participants");
const COMMUNITY: (&str, &str) = ("communityId", "heycamp/communities");
const MEMBER: (&str, &str) = ("memberId", "heycamp/members");
const POST: (&str, &str) = ("postId", "heycamp/posts");
const COURSE: (&str, &str) = ("courseId", "nutror/courses");
const MODULE: (&str, &str) = ("moduleId", "nutror/modules");
const COMMENT: (&str, &str) = ("id", "nutror/comments");
const STUDENT: (&str, &str) = ("id", "nutror/students");
const ENROLLMENT: (&str, &str) = ("id", "nutror/enrollments");
const MEDIA: (&str, &str) = ("id", "safevideo/medias");

/// Fields that may be left out, with their kinds.
macro_rules! optional {
    ($($name:literal $kind:ident)+) => {
        &[$(may($name, $kind)),+]
    };
}

const HOLDER: &[Field] = optional! {
    "name" FILLED "email" EMAIL "document" FILLED "documentType" DOCUMENT_TYPE "phone" FILLED
};

/// Refusals for other accounts than the producer's: courses 403, enrolments 411 (Q28).
const COURSES: StatusCode = StatusCode::FORBIDDEN;
const ENROLLMENTS: StatusCode = StatusCode::LENGTH_REQUIRED;

// A row is a few calls in a chain; rustfmt would give each a line.
#[rustfmt::skip]
pub(crate) const ROWS: &[Row] = &[
    row("alpaclass", "list_teams").list("alpaclass/teams").answers(Answer::Items).sort(&["name", "url"]),
    row("alpaclass", "list_team_students").at(&[TEAM]).list("alpaclass/students")
        .order(Order::Down("createdAt")).filters(&[Filter::Text("id"), Filter::Text("email"),
        Filter::Digits("document"), Filter::Flag("isFrozen"), Filter::Moments("createdAt")])
        .sort(&["name", "email"]),
    row("alpaclass", "create_team_student").at(&[TEAM]).act(alpaclass::create_student)
        .body(&[needs("name", FILLED), needs("email", EMAIL), may("phone", TEXT), may("document", TEXT),
        may("tags", TEXTS)]), // Q125
    row("alpaclass", "list_team_student_enrollments").at(&[TEAM, ("studentId", "alpaclass/students")])
        .list("alpaclass/enrollments"),
    row("alpaclass", "list_deliveries").at(&[TEAM]).list("alpaclass/deliveries")
        .sort(&["name", "platform"]),
    row("alpaclass", "get_delivery").at(&[TEAM, DELIVERY]),
    // The platform is no member of a course, so all are alike in it (Q124).
    row("alpaclass", "list_delivery_courses").at(&[TEAM, DELIVERY]).rows(alpaclass::courses)
        .sort(&["name", "platform"]),
    row("blinket", "list_events").list("blinket/events").order(Order::Down("startAt"))
        .filters(&[Filter::Moments("startAt"), Filter::Word("type", &["presential", "online", "live"]),
        Filter::Search("search", &["title", "description"]), Filter::Direction]),
    row("blinket", "get_event").at(&[EVENT]),
    row("blinket", "list_participants").at(&[EVENT]).list("blinket/participants").order(Order::Last),
    row("blinket", "add_participant").act(blinket::add).body(&[needs("eventId", FILLED),
        needs("ticketId", FILLED), needs("name", FILLED), needs("email", EMAIL), may("document", FILLED),
        may("documentType", DOCUMENT_TYPE), may("phone", FILLED), may("useStock", FLAG)]),
    row("blinket", "update_participant").at(&[PARTICIPANT]).act(blinket::change).body(HOLDER),
    row("blinket", "check_in").act(blinket::check_in).body(&[needs("checkin", FLAG),
        needs("attendances", INVITE_KEYS)]).answers(Answer::Example),
    row("blinket", "resend_ticket_email").act(blinket::mail).body(&[needs("eventId", FILLED),
        needs("userEmail", FILLED)]).answers(Answer::Example),
    row("blinket", "list_tags").list("blinket/tags").order(Order::Last),
    row("blinket", "create_tag").act(blinket::create_tag).body(&[needs("title", FILLED),
        needs("color", COLOR)]),
    row("blinket", "update_tag").at(&[TAG]).act(Resources::change).body(&[may("title", FILLED),
        may("color", COLOR)]).needs_any(),
    row("blinket", "delete_tag").at(&[TAG]).act(blinket::delete_tag).answers(Answer::Example),
    row("blinket", "list_tagged_participants").at(&[TAG]).act(blinket::tagged).answers(Answer::Whole),
    row("blinket", "tag_participants").at(&[TAG]).act(blinket::tag).body(&[needs("attendanceIds", IDS)])
        .answers(Answer::Example),
    row("blinket", "untag_participants").at(&[TAG]).act(blinket::untag).body(&[needs("attendanceIds", IDS)])
        .answers(Answer::Example),
    row("heycamp", "count_comments").at(&[COMMUNITY]).act(heycamp::count).answers(Answer::Whole),
    row("heycamp", "create_invitation").act(heycamp::invite).body(&[needs("communityId", ID),
        may("spaceId", ID), needs("email", EMAIL)]).answers(Answer::OneIn("invitations")), // Q137
    row("heycamp", "list_invitations").at(&[COMMUNITY]).list("heycamp/invitations")
        .order(Order::Down("createdAt")),
    row("heycamp", "list_spaces").at(&[COMMUNITY]).list("heycamp/spaces"),
    row("heycamp", "list_members").at(&[COMMUNITY]).list("heycamp/members").order(Order::Down("createdAt"))
        .filters(&[Filter::Deleted, Filter::Moments("createdAt")]),
    row("heycamp", "get_member").at(&[COMMUNITY, MEMBER]),
    row("heycamp", "update_member").at(&[MEMBER]).act(heycamp::change_member).body(&[may("email", EMAIL),
        may("socialMedias", LINKS)]).needs_any(),
    row("heycamp", "delete_member").at(&[COMMUNITY, MEMBER]).act(heycamp::delete_member)
        .answers(Answer::Example),
    row("heycamp", "delete_members").act(heycamp::delete_members).answers(Answer::Example),
    row("heycamp", "list_commenting_members").at(&[COMMUNITY]).rows(heycamp::commenting),
    row("heycamp", "list_liking_members").at(&[COMMUNITY]).rows(heycamp::liking),
    row("heycamp", "list_posts").at(&[COMMUNITY]).list("heycamp/posts").order(Order::Down("createdAt")),
    row("heycamp", "get_post").at(&[COMMUNITY, POST]).answers(Answer::OneInList), // Q131
    row("heycamp", "list_post_comments").at(&[COMMUNITY, POST]),
    row("heycamp", "list_most_commented_posts").at(&[COMMUNITY]).rows(heycamp::most_commented)
        .answers(Answer::Items),
    row("heycamp", "list_most_liked_posts").at(&[COMMUNITY]).rows(heycamp::most_liked)
        .answers(Answer::Items),
    row("nutror", "list_comments").list("nutror/comments").order(Order::Last),
    row("nutror", "get_comment").at(&[COMMENT]),
    row("nutror", "update_comment").at(&[COMMENT]).act(Resources::change).body(&[may("isFixed", FLAG),
        may("isApproved", FLAG).to("/_isApproved"), may("isRead", FLAG), may("isFavorite", FLAG)])
        .answers(Answer::Example),
    row("nutror", "delete_comment").at(&[COMMENT]).act(nutror::delete_comment).answers(Answer::Example),
    row("nutror", "list_comment_answers").at(&[COMMENT]).list("nutror/answers"),
    row("nutror", "answer_comment").at(&[COMMENT]).act(nutror::answer).body(&[needs("text", FILLED)])
        .answers(Answer::Example),
    row("nutror", "delete_answer").at(&[("id", "nutror/answers")]).act(nutror::delete_answer)
        .answers(Answer::Example),
    row("nutror", "list_courses").list("nutror/courses").answers(Answer::Bare), // Q62
    row("nutror", "get_course").at(&[COURSE]),
    row("nutror", "update_course").change_course(&[COURSE], COURSE_FIELDS),
    row("nutror", "update_course_advanced").change_course(&[COURSE], ADVANCED_FIELDS),
    row("nutror", "update_course_images").change_course(&[COURSE], IMAGE_FIELDS),
    row("nutror", "delete_course").at(&[COURSE]).act(nutror::delete_course).only(COURSES),
    row("nutror", "list_course_modules").at(&[COURSE]).list("nutror/modules").answers(Answer::Bare)
        .order(Order::Up("sequence")),
    row("nutror", "get_module").at(&[COURSE, MODULE]),
    row("nutror", "update_module").change_course(&[COURSE, MODULE], MODULE_FIELDS),
    row("nutror", "delete_module").at(&[COURSE, MODULE]).act(nutror::delete_module).only(COURSES),
    // Q67
    row("nutror", "list_students").list("nutror/students").answers(Answer::Page(50, 50)).order(Order::Last)
        .filters(&[Filter::Text("id"), Filter::Text("email")]),
    row("nutror", "get_student").at(&[STUDENT]),
    row("nutror", "delete_student").at(&[STUDENT]).act(nutror::delete_student).answers(Answer::Example),
    row("nutror", "list_student_enrollments").at(&[STUDENT]).list("nutror/enrollments").order(Order::Last),
    row("nutror", "block_enrollment").at(&[ENROLLMENT]).act(nutror::block).only(ENROLLMENTS),
    // Q65
    row("nutror", "extend_access").at(&[ENROLLMENT]).act(nutror::open)
        .body(&[may("expireAt", END).to("/expiredAt"), may("expiredAt", END)]).needs_any()
        .only(ENROLLMENTS),
    row("nutror", "release_modules").at(&[ENROLLMENT]).act(nutror::release).only(ENROLLMENTS),
    row("nutror", "delete_enrollment").at(&[ENROLLMENT]).act(Resources::remove).only(ENROLLMENTS),
    row("safevideo", "list_medias").list("safevideo/medias").answers(Answer::Bare).order(Order::Last), // Q34
    row("safevideo", "get_media").at(&[MEDIA]).answers(Answer::OneInList), // Q155
    row("safevideo", "update_media").at(&[MEDIA]).act(Resources::change).body(&[may("title", TEXT),
        may("description", TEXT)]).needs_any().answers(Answer::Example),
    row("safevideo", "delete_media").act(safevideo::delete).answers(Answer::Example),
    row("safevideo", "get_media_embed").at(&[MEDIA]),
    // Q156
    row("safevideo", "set_media_domains").at(&[MEDIA]).act(Resources::change)
        .body(&[needs("domains", ADDRESSES).to("/_domains").called("referrers")]),
    row("safevideo", "remove_media_domains").at(&[MEDIA]).act(safevideo::remove_domains)
        .answers(Answer::Example),
];

const COURSE_FIELDS: &[Field] = optional! {
    "title" FILLED "description" TEXT "published" FLAG "authorId" WHOLE
};
const ADVANCED_FIELDS: &[Field] = optional! {
    "daysAvailable" WHOLE "releaseDate" DAY "progressBar" FLAG "pixelFacebook" TEXT
    "pixelGoogleAnalytics" TEXT "duration" NUMBER "certificateProgress" NUMBER "supportExternalUrl" TEXT
    "allowMultipleAccess" FLAG "secretaryStatus" FLAG "secretaryUrl" TEXT
};
const IMAGE_FIELDS: &[Field] = &[
    may("lessonsDefaultImage", TEXT).to("/customization/lessonsDefaultImage"),
    may("modulesDefaultImage", TEXT).to("/customization/modulesDefaultImage"),
    may("background", TEXT).to("/customization/background"),
];
const MODULE_FIELDS: &[Field] = optional! {
    "title" FILLED "daysLocked" WHOLE "isDraft" FLAG "availableDays" WHOLE "releaseDate" DAY
    "sequence" WHOLE "isFree" FLAG
};

/// A call that shows the record of its path.
const fn row(product: &'static str, endpoint: &'static str) -> Row {
    Row {
        product,
        endpoint,
        path: &[],
        does: Does::Act(Resources::show),
        answer: Answer::One,
        order: Order::Made,
        filters: &[],
        sort: &[],
        fields: &[],
        needs_any: false,
        producer_only: None,
    }
}

impl Row {
    const fn at(mut self, path: &'static [(&'static str, &'static str)]) -> Self {
        self.path = path;
        self
    }

    const fn list(mut self, of: &'static str) -> Self {
        self.does = Does::List(of);
        self.answers(Answer::Page(100, u64::MAX))
    }

    const fn rows(mut self, rows: fn(&Resources, &Turn<'_>) -> Vec<Value>) -> Self {
        self.does = Does::Rows(rows);
        self.answers(Answer::Page(100, u64::MAX))
    }

    const fn act(mut self, action: Action) -> Self {
        self.does = Does::Act(action);
        self
    }

    const fn answers(mut self, answer: Answer) -> Self {
        self.answer = answer;
        self
    }

    const fn order(mut self, order: Order) -> Self {
        self.order = order;
        self
    }

    const fn filters(mut self, filters: &'static [Filter]) -> Self {
        self.filters = filters;
        self
    }

    const fn sort(mut self, members: &'static [&'static str]) -> Self {
        self.sort = members;
        self
    }

    const fn body(mut self, fields: &'static [Field]) -> Self {
        self.fields = fields;
        self
    }

    const fn needs_any(mut self) -> Self {
        self.needs_any = true;
        self
    }

    /// Only the producer may, and the answer is the example.
    const fn only(mut self, status: StatusCode) -> Self {
        self.producer_only = Some(status);
        self.answers(Answer::Example)
    }

    const fn change_course(
        self,
        path: &'static [(&'static str, &'static str)],
        fields: &'static [Field],
    ) -> Self {
        self.at(path).act(Resources::change).body(fields).only(COURSES)
    }
}
