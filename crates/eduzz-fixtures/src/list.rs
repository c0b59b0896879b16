//! Every fixture, written by `cargo xtask fixtures`; do not edit.

use crate::{Answer, Body, EventFixture, Fixture};

/// Every fixture of a call, in order of product and endpoint.
pub static ALL: &[Fixture] = &[
    Fixture {
        product: "accounts",
        endpoint: "get_me",
        call: include_str!("../api/accounts/get_me/call.json"),
        request: include_str!("../api/accounts/get_me/request.json"),
        meta: include_str!("../api/accounts/get_me/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-blanks.json",
                body: include_bytes!("../api/accounts/get_me/200-blanks.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/accounts/get_me/200.json"),
            },
            Answer {
                status: 400,
                name: "400-nutror.json",
                body: include_bytes!("../api/accounts/get_me/400-nutror.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/accounts/get_me/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/accounts/get_me/403.json"),
            },
            Answer {
                status: 404,
                name: "404-general.json",
                body: include_bytes!("../api/accounts/get_me/404-general.json"),
            },
            Answer {
                status: 404,
                name: "404-receiver.json",
                body: include_bytes!("../api/accounts/get_me/404-receiver.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/accounts/get_me/404.json"),
            },
            Answer {
                status: 411,
                name: "411.json",
                body: include_bytes!("../api/accounts/get_me/411.json"),
            },
            Answer {
                status: 422,
                name: "422-myeduzz.json",
                body: include_bytes!("../api/accounts/get_me/422-myeduzz.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/accounts/get_me/422.json"),
            },
            Answer {
                status: 429,
                name: "429.json",
                body: include_bytes!("../api/accounts/get_me/429.json"),
            },
            Answer {
                status: 502,
                name: "502.html",
                body: include_bytes!("../api/accounts/get_me/502.html"),
            },
        ],
    },
    Fixture {
        product: "alpaclass",
        endpoint: "create_team_student",
        call: include_str!("../api/alpaclass/create_team_student/call.json"),
        request: include_str!("../api/alpaclass/create_team_student/request.json"),
        meta: include_str!("../api/alpaclass/create_team_student/meta.toml"),
        answers: &[
            Answer {
                status: 201,
                name: "201-minimal.json",
                body: include_bytes!("../api/alpaclass/create_team_student/201-minimal.json"),
            },
            Answer {
                status: 201,
                name: "201.json",
                body: include_bytes!("../api/alpaclass/create_team_student/201.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/alpaclass/create_team_student/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/alpaclass/create_team_student/422.json"),
            },
        ],
    },
    Fixture {
        product: "alpaclass",
        endpoint: "get_delivery",
        call: include_str!("../api/alpaclass/get_delivery/call.json"),
        request: include_str!("../api/alpaclass/get_delivery/request.json"),
        meta: include_str!("../api/alpaclass/get_delivery/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/alpaclass/get_delivery/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/alpaclass/get_delivery/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/alpaclass/get_delivery/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/alpaclass/get_delivery/404.json"),
            },
        ],
    },
    Fixture {
        product: "alpaclass",
        endpoint: "list_deliveries",
        call: include_str!("../api/alpaclass/list_deliveries/call.json"),
        request: include_str!("../api/alpaclass/list_deliveries/request.json"),
        meta: include_str!("../api/alpaclass/list_deliveries/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-platforms.json",
                body: include_bytes!("../api/alpaclass/list_deliveries/200-platforms.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/alpaclass/list_deliveries/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/alpaclass/list_deliveries/403.json"),
            },
        ],
    },
    Fixture {
        product: "alpaclass",
        endpoint: "list_delivery_courses",
        call: include_str!("../api/alpaclass/list_delivery_courses/call.json"),
        request: include_str!("../api/alpaclass/list_delivery_courses/request.json"),
        meta: include_str!("../api/alpaclass/list_delivery_courses/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/alpaclass/list_delivery_courses/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/alpaclass/list_delivery_courses/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/alpaclass/list_delivery_courses/403.json"),
            },
        ],
    },
    Fixture {
        product: "alpaclass",
        endpoint: "list_team_student_enrollments",
        call: include_str!("../api/alpaclass/list_team_student_enrollments/call.json"),
        request: include_str!("../api/alpaclass/list_team_student_enrollments/request.json"),
        meta: include_str!("../api/alpaclass/list_team_student_enrollments/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/alpaclass/list_team_student_enrollments/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/alpaclass/list_team_student_enrollments/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/alpaclass/list_team_student_enrollments/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/alpaclass/list_team_student_enrollments/404.json"),
            },
        ],
    },
    Fixture {
        product: "alpaclass",
        endpoint: "list_team_students",
        call: include_str!("../api/alpaclass/list_team_students/call.json"),
        request: include_str!("../api/alpaclass/list_team_students/request.json"),
        meta: include_str!("../api/alpaclass/list_team_students/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/alpaclass/list_team_students/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/alpaclass/list_team_students/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/alpaclass/list_team_students/403.json"),
            },
        ],
    },
    Fixture {
        product: "alpaclass",
        endpoint: "list_teams",
        call: include_str!("../api/alpaclass/list_teams/call.json"),
        request: include_str!("../api/alpaclass/list_teams/request.json"),
        meta: include_str!("../api/alpaclass/list_teams/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/alpaclass/list_teams/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/alpaclass/list_teams/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/alpaclass/list_teams/403.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "add_participant",
        call: include_str!("../api/blinket/add_participant/call.json"),
        request: include_str!("../api/blinket/add_participant/request.json"),
        meta: include_str!("../api/blinket/add_participant/meta.toml"),
        answers: &[
            Answer {
                status: 201,
                name: "201.json",
                body: include_bytes!("../api/blinket/add_participant/201.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/blinket/add_participant/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/blinket/add_participant/422.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "check_in",
        call: include_str!("../api/blinket/check_in/call.json"),
        request: include_str!("../api/blinket/check_in/request.json"),
        meta: include_str!("../api/blinket/check_in/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204-empty.txt",
                body: include_bytes!("../api/blinket/check_in/204-empty.txt"),
            },
            Answer {
                status: 204,
                name: "204.json",
                body: include_bytes!("../api/blinket/check_in/204.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/blinket/check_in/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/blinket/check_in/404.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "create_tag",
        call: include_str!("../api/blinket/create_tag/call.json"),
        request: include_str!("../api/blinket/create_tag/request.json"),
        meta: include_str!("../api/blinket/create_tag/meta.toml"),
        answers: &[
            Answer {
                status: 201,
                name: "201.json",
                body: include_bytes!("../api/blinket/create_tag/201.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/blinket/create_tag/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/blinket/create_tag/422.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "delete_tag",
        call: include_str!("../api/blinket/delete_tag/call.json"),
        request: include_str!("../api/blinket/delete_tag/request.json"),
        meta: include_str!("../api/blinket/delete_tag/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204.txt",
                body: include_bytes!("../api/blinket/delete_tag/204.txt"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/blinket/delete_tag/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/blinket/delete_tag/404.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "get_event",
        call: include_str!("../api/blinket/get_event/call.json"),
        request: include_str!("../api/blinket/get_event/request.json"),
        meta: include_str!("../api/blinket/get_event/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/blinket/get_event/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200-table.json",
                body: include_bytes!("../api/blinket/get_event/200-table.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/blinket/get_event/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/blinket/get_event/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/blinket/get_event/404.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "list_events",
        call: include_str!("../api/blinket/list_events/call.json"),
        request: include_str!("../api/blinket/list_events/request.json"),
        meta: include_str!("../api/blinket/list_events/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/blinket/list_events/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/blinket/list_events/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/blinket/list_events/403.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "list_participants",
        call: include_str!("../api/blinket/list_participants/call.json"),
        request: include_str!("../api/blinket/list_participants/request.json"),
        meta: include_str!("../api/blinket/list_participants/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/blinket/list_participants/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/blinket/list_participants/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/blinket/list_participants/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/blinket/list_participants/404.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "list_tagged_participants",
        call: include_str!("../api/blinket/list_tagged_participants/call.json"),
        request: include_str!("../api/blinket/list_tagged_participants/request.json"),
        meta: include_str!("../api/blinket/list_tagged_participants/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/blinket/list_tagged_participants/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/blinket/list_tagged_participants/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/blinket/list_tagged_participants/403.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "list_tags",
        call: include_str!("../api/blinket/list_tags/call.json"),
        request: include_str!("../api/blinket/list_tags/request.json"),
        meta: include_str!("../api/blinket/list_tags/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/blinket/list_tags/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/blinket/list_tags/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/blinket/list_tags/403.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "resend_ticket_email",
        call: include_str!("../api/blinket/resend_ticket_email/call.json"),
        request: include_str!("../api/blinket/resend_ticket_email/request.json"),
        meta: include_str!("../api/blinket/resend_ticket_email/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204-empty.txt",
                body: include_bytes!("../api/blinket/resend_ticket_email/204-empty.txt"),
            },
            Answer {
                status: 204,
                name: "204.json",
                body: include_bytes!("../api/blinket/resend_ticket_email/204.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/blinket/resend_ticket_email/404.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "tag_participants",
        call: include_str!("../api/blinket/tag_participants/call.json"),
        request: include_str!("../api/blinket/tag_participants/request.json"),
        meta: include_str!("../api/blinket/tag_participants/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204.txt",
                body: include_bytes!("../api/blinket/tag_participants/204.txt"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/blinket/tag_participants/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/blinket/tag_participants/404.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/blinket/tag_participants/422.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "untag_participants",
        call: include_str!("../api/blinket/untag_participants/call.json"),
        request: include_str!("../api/blinket/untag_participants/request.json"),
        meta: include_str!("../api/blinket/untag_participants/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204.txt",
                body: include_bytes!("../api/blinket/untag_participants/204.txt"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/blinket/untag_participants/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/blinket/untag_participants/404.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/blinket/untag_participants/422.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "update_participant",
        call: include_str!("../api/blinket/update_participant/call.json"),
        request: include_str!("../api/blinket/update_participant/request.json"),
        meta: include_str!("../api/blinket/update_participant/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/blinket/update_participant/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/blinket/update_participant/404.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/blinket/update_participant/422.json"),
            },
        ],
    },
    Fixture {
        product: "blinket",
        endpoint: "update_tag",
        call: include_str!("../api/blinket/update_tag/call.json"),
        request: include_str!("../api/blinket/update_tag/request.json"),
        meta: include_str!("../api/blinket/update_tag/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/blinket/update_tag/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/blinket/update_tag/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/blinket/update_tag/404.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/blinket/update_tag/422.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "count_comments",
        call: include_str!("../api/heycamp/count_comments/call.json"),
        request: include_str!("../api/heycamp/count_comments/request.json"),
        meta: include_str!("../api/heycamp/count_comments/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/count_comments/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/count_comments/403.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "create_invitation",
        call: include_str!("../api/heycamp/create_invitation/call.json"),
        request: include_str!("../api/heycamp/create_invitation/request.json"),
        meta: include_str!("../api/heycamp/create_invitation/meta.toml"),
        answers: &[
            Answer {
                status: 201,
                name: "201.json",
                body: include_bytes!("../api/heycamp/create_invitation/201.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/create_invitation/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/heycamp/create_invitation/422.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "delete_member",
        call: include_str!("../api/heycamp/delete_member/call.json"),
        request: include_str!("../api/heycamp/delete_member/request.json"),
        meta: include_str!("../api/heycamp/delete_member/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/delete_member/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/delete_member/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/heycamp/delete_member/404.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "delete_members",
        call: include_str!("../api/heycamp/delete_members/call.json"),
        request: include_str!("../api/heycamp/delete_members/request.json"),
        meta: include_str!("../api/heycamp/delete_members/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/delete_members/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/delete_members/403.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "get_member",
        call: include_str!("../api/heycamp/get_member/call.json"),
        request: include_str!("../api/heycamp/get_member/request.json"),
        meta: include_str!("../api/heycamp/get_member/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/get_member/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/get_member/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/heycamp/get_member/404.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "get_post",
        call: include_str!("../api/heycamp/get_post/call.json"),
        request: include_str!("../api/heycamp/get_post/request.json"),
        meta: include_str!("../api/heycamp/get_post/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-object.json",
                body: include_bytes!("../api/heycamp/get_post/200-object.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/get_post/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/get_post/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/heycamp/get_post/404.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "list_commenting_members",
        call: include_str!("../api/heycamp/list_commenting_members/call.json"),
        request: include_str!("../api/heycamp/list_commenting_members/request.json"),
        meta: include_str!("../api/heycamp/list_commenting_members/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/heycamp/list_commenting_members/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/list_commenting_members/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/list_commenting_members/403.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "list_invitations",
        call: include_str!("../api/heycamp/list_invitations/call.json"),
        request: include_str!("../api/heycamp/list_invitations/request.json"),
        meta: include_str!("../api/heycamp/list_invitations/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/heycamp/list_invitations/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/list_invitations/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/list_invitations/403.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "list_liking_members",
        call: include_str!("../api/heycamp/list_liking_members/call.json"),
        request: include_str!("../api/heycamp/list_liking_members/request.json"),
        meta: include_str!("../api/heycamp/list_liking_members/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/heycamp/list_liking_members/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/list_liking_members/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/list_liking_members/403.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "list_members",
        call: include_str!("../api/heycamp/list_members/call.json"),
        request: include_str!("../api/heycamp/list_members/request.json"),
        meta: include_str!("../api/heycamp/list_members/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/heycamp/list_members/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/list_members/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/list_members/403.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "list_most_commented_posts",
        call: include_str!("../api/heycamp/list_most_commented_posts/call.json"),
        request: include_str!("../api/heycamp/list_most_commented_posts/request.json"),
        meta: include_str!("../api/heycamp/list_most_commented_posts/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/list_most_commented_posts/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/list_most_commented_posts/403.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "list_most_liked_posts",
        call: include_str!("../api/heycamp/list_most_liked_posts/call.json"),
        request: include_str!("../api/heycamp/list_most_liked_posts/request.json"),
        meta: include_str!("../api/heycamp/list_most_liked_posts/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/list_most_liked_posts/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/list_most_liked_posts/403.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "list_post_comments",
        call: include_str!("../api/heycamp/list_post_comments/call.json"),
        request: include_str!("../api/heycamp/list_post_comments/request.json"),
        meta: include_str!("../api/heycamp/list_post_comments/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-none.json",
                body: include_bytes!("../api/heycamp/list_post_comments/200-none.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/list_post_comments/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/list_post_comments/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/heycamp/list_post_comments/404.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "list_posts",
        call: include_str!("../api/heycamp/list_posts/call.json"),
        request: include_str!("../api/heycamp/list_posts/request.json"),
        meta: include_str!("../api/heycamp/list_posts/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/heycamp/list_posts/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/list_posts/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/list_posts/403.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "list_spaces",
        call: include_str!("../api/heycamp/list_spaces/call.json"),
        request: include_str!("../api/heycamp/list_spaces/request.json"),
        meta: include_str!("../api/heycamp/list_spaces/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/list_spaces/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/list_spaces/403.json"),
            },
        ],
    },
    Fixture {
        product: "heycamp",
        endpoint: "update_member",
        call: include_str!("../api/heycamp/update_member/call.json"),
        request: include_str!("../api/heycamp/update_member/request.json"),
        meta: include_str!("../api/heycamp/update_member/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/heycamp/update_member/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/heycamp/update_member/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/heycamp/update_member/422.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "bulk_cancel_subscriptions",
        call: include_str!("../api/myeduzz/bulk_cancel_subscriptions/call.json"),
        request: include_str!("../api/myeduzz/bulk_cancel_subscriptions/request.json"),
        meta: include_str!("../api/myeduzz/bulk_cancel_subscriptions/meta.toml"),
        answers: &[
            Answer {
                status: 202,
                name: "202.json",
                body: include_bytes!("../api/myeduzz/bulk_cancel_subscriptions/202.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/bulk_cancel_subscriptions/403.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "change_affiliate_fiscal_document_status",
        call: include_str!("../api/myeduzz/change_affiliate_fiscal_document_status/call.json"),
        request: include_str!("../api/myeduzz/change_affiliate_fiscal_document_status/request.json"),
        meta: include_str!("../api/myeduzz/change_affiliate_fiscal_document_status/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-not.json",
                body: include_bytes!("../api/myeduzz/change_affiliate_fiscal_document_status/200-not.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/change_affiliate_fiscal_document_status/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/change_affiliate_fiscal_document_status/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/myeduzz/change_affiliate_fiscal_document_status/422.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "change_buyer_fiscal_document_status",
        call: include_str!("../api/myeduzz/change_buyer_fiscal_document_status/call.json"),
        request: include_str!("../api/myeduzz/change_buyer_fiscal_document_status/request.json"),
        meta: include_str!("../api/myeduzz/change_buyer_fiscal_document_status/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-not.json",
                body: include_bytes!("../api/myeduzz/change_buyer_fiscal_document_status/200-not.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/change_buyer_fiscal_document_status/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/change_buyer_fiscal_document_status/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/myeduzz/change_buyer_fiscal_document_status/422.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "get_customer",
        call: include_str!("../api/myeduzz/get_customer/call.json"),
        request: include_str!("../api/myeduzz/get_customer/request.json"),
        meta: include_str!("../api/myeduzz/get_customer/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/myeduzz/get_customer/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/get_customer/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/get_customer/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "get_product",
        call: include_str!("../api/myeduzz/get_product/call.json"),
        request: include_str!("../api/myeduzz/get_product/request.json"),
        meta: include_str!("../api/myeduzz/get_product/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/myeduzz/get_product/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200-table.json",
                body: include_bytes!("../api/myeduzz/get_product/200-table.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/get_product/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/get_product/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "get_sale",
        call: include_str!("../api/myeduzz/get_sale/call.json"),
        request: include_str!("../api/myeduzz/get_sale/request.json"),
        meta: include_str!("../api/myeduzz/get_sale/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/myeduzz/get_sale/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/get_sale/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/get_sale/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "get_sales_summary",
        call: include_str!("../api/myeduzz/get_sales_summary/call.json"),
        request: include_str!("../api/myeduzz/get_sales_summary/request.json"),
        meta: include_str!("../api/myeduzz/get_sales_summary/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/get_sales_summary/200.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/myeduzz/get_sales_summary/401.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/myeduzz/get_sales_summary/422.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "get_subscription",
        call: include_str!("../api/myeduzz/get_subscription/call.json"),
        request: include_str!("../api/myeduzz/get_subscription/request.json"),
        meta: include_str!("../api/myeduzz/get_subscription/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/myeduzz/get_subscription/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200-other-words.json",
                body: include_bytes!("../api/myeduzz/get_subscription/200-other-words.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/get_subscription/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/get_subscription/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_affiliate_fiscal_documents",
        call: include_str!("../api/myeduzz/list_affiliate_fiscal_documents/call.json"),
        request: include_str!("../api/myeduzz/list_affiliate_fiscal_documents/request.json"),
        meta: include_str!("../api/myeduzz/list_affiliate_fiscal_documents/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_affiliate_fiscal_documents/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_affiliate_fiscal_documents/403.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_affiliates",
        call: include_str!("../api/myeduzz/list_affiliates/call.json"),
        request: include_str!("../api/myeduzz/list_affiliates/request.json"),
        meta: include_str!("../api/myeduzz/list_affiliates/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/myeduzz/list_affiliates/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200-pending.json",
                body: include_bytes!("../api/myeduzz/list_affiliates/200-pending.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_affiliates/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_affiliates/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/list_affiliates/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_buyer_fiscal_documents",
        call: include_str!("../api/myeduzz/list_buyer_fiscal_documents/call.json"),
        request: include_str!("../api/myeduzz/list_buyer_fiscal_documents/request.json"),
        meta: include_str!("../api/myeduzz/list_buyer_fiscal_documents/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_buyer_fiscal_documents/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_buyer_fiscal_documents/403.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_chargebacks",
        call: include_str!("../api/myeduzz/list_chargebacks/call.json"),
        request: include_str!("../api/myeduzz/list_chargebacks/request.json"),
        meta: include_str!("../api/myeduzz/list_chargebacks/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/myeduzz/list_chargebacks/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_chargebacks/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_chargebacks/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/myeduzz/list_chargebacks/422.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_coupons",
        call: include_str!("../api/myeduzz/list_coupons/call.json"),
        request: include_str!("../api/myeduzz/list_coupons/request.json"),
        meta: include_str!("../api/myeduzz/list_coupons/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_coupons/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_coupons/403.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_customer_subscriptions",
        call: include_str!("../api/myeduzz/list_customer_subscriptions/call.json"),
        request: include_str!("../api/myeduzz/list_customer_subscriptions/request.json"),
        meta: include_str!("../api/myeduzz/list_customer_subscriptions/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-none.json",
                body: include_bytes!("../api/myeduzz/list_customer_subscriptions/200-none.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_customer_subscriptions/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/list_customer_subscriptions/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_customers",
        call: include_str!("../api/myeduzz/list_customers/call.json"),
        request: include_str!("../api/myeduzz/list_customers/request.json"),
        meta: include_str!("../api/myeduzz/list_customers/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/myeduzz/list_customers/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_customers/200.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/myeduzz/list_customers/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_customers/403.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_product_campaigns",
        call: include_str!("../api/myeduzz/list_product_campaigns/call.json"),
        request: include_str!("../api/myeduzz/list_product_campaigns/request.json"),
        meta: include_str!("../api/myeduzz/list_product_campaigns/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-items-empty.json",
                body: include_bytes!("../api/myeduzz/list_product_campaigns/200-items-empty.json"),
            },
            Answer {
                status: 200,
                name: "200-items.json",
                body: include_bytes!("../api/myeduzz/list_product_campaigns/200-items.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_product_campaigns/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/list_product_campaigns/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_product_offers",
        call: include_str!("../api/myeduzz/list_product_offers/call.json"),
        request: include_str!("../api/myeduzz/list_product_offers/request.json"),
        meta: include_str!("../api/myeduzz/list_product_offers/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-items-empty.json",
                body: include_bytes!("../api/myeduzz/list_product_offers/200-items-empty.json"),
            },
            Answer {
                status: 200,
                name: "200-items.json",
                body: include_bytes!("../api/myeduzz/list_product_offers/200-items.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_product_offers/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/list_product_offers/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_product_partners",
        call: include_str!("../api/myeduzz/list_product_partners/call.json"),
        request: include_str!("../api/myeduzz/list_product_partners/request.json"),
        meta: include_str!("../api/myeduzz/list_product_partners/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-items-empty.json",
                body: include_bytes!("../api/myeduzz/list_product_partners/200-items-empty.json"),
            },
            Answer {
                status: 200,
                name: "200-items.json",
                body: include_bytes!("../api/myeduzz/list_product_partners/200-items.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_product_partners/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/list_product_partners/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_products",
        call: include_str!("../api/myeduzz/list_products/call.json"),
        request: include_str!("../api/myeduzz/list_products/request.json"),
        meta: include_str!("../api/myeduzz/list_products/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_products/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_products/403.json"),
            },
            Answer {
                status: 500,
                name: "500.json",
                body: include_bytes!("../api/myeduzz/list_products/500.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_sales",
        call: include_str!("../api/myeduzz/list_sales/call.json"),
        request: include_str!("../api/myeduzz/list_sales/request.json"),
        meta: include_str!("../api/myeduzz/list_sales/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/myeduzz/list_sales/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/myeduzz/list_sales/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200-payment.json",
                body: include_bytes!("../api/myeduzz/list_sales/200-payment.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_sales/200.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/myeduzz/list_sales/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_sales/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/myeduzz/list_sales/422.json"),
            },
            Answer {
                status: 429,
                name: "429.json",
                body: include_bytes!("../api/myeduzz/list_sales/429.json"),
            },
            Answer {
                status: 502,
                name: "502.html",
                body: include_bytes!("../api/myeduzz/list_sales/502.html"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_statement",
        call: include_str!("../api/myeduzz/list_statement/call.json"),
        request: include_str!("../api/myeduzz/list_statement/request.json"),
        meta: include_str!("../api/myeduzz/list_statement/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/myeduzz/list_statement/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_statement/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_statement/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/myeduzz/list_statement/422.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_subscription_invoices",
        call: include_str!("../api/myeduzz/list_subscription_invoices/call.json"),
        request: include_str!("../api/myeduzz/list_subscription_invoices/request.json"),
        meta: include_str!("../api/myeduzz/list_subscription_invoices/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/myeduzz/list_subscription_invoices/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200-table.json",
                body: include_bytes!("../api/myeduzz/list_subscription_invoices/200-table.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_subscription_invoices/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/list_subscription_invoices/404.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/myeduzz/list_subscription_invoices/422.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_subscriptions",
        call: include_str!("../api/myeduzz/list_subscriptions/call.json"),
        request: include_str!("../api/myeduzz/list_subscriptions/request.json"),
        meta: include_str!("../api/myeduzz/list_subscriptions/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/myeduzz/list_subscriptions/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_subscriptions/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_subscriptions/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/myeduzz/list_subscriptions/422.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_transfers",
        call: include_str!("../api/myeduzz/list_transfers/call.json"),
        request: include_str!("../api/myeduzz/list_transfers/request.json"),
        meta: include_str!("../api/myeduzz/list_transfers/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_transfers/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_transfers/403.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "reactivate_subscription",
        call: include_str!("../api/myeduzz/reactivate_subscription/call.json"),
        request: include_str!("../api/myeduzz/reactivate_subscription/request.json"),
        meta: include_str!("../api/myeduzz/reactivate_subscription/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/reactivate_subscription/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/reactivate_subscription/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "send_card_change_email",
        call: include_str!("../api/myeduzz/send_card_change_email/call.json"),
        request: include_str!("../api/myeduzz/send_card_change_email/request.json"),
        meta: include_str!("../api/myeduzz/send_card_change_email/meta.toml"),
        answers: &[
            Answer {
                status: 202,
                name: "202.json",
                body: include_bytes!("../api/myeduzz/send_card_change_email/202.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/send_card_change_email/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "set_recurring_date",
        call: include_str!("../api/myeduzz/set_recurring_date/call.json"),
        request: include_str!("../api/myeduzz/set_recurring_date/request.json"),
        meta: include_str!("../api/myeduzz/set_recurring_date/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/set_recurring_date/200.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/myeduzz/set_recurring_date/422.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "answer_comment",
        call: include_str!("../api/nutror/answer_comment/call.json"),
        request: include_str!("../api/nutror/answer_comment/request.json"),
        meta: include_str!("../api/nutror/answer_comment/meta.toml"),
        answers: &[
            Answer {
                status: 201,
                name: "201.txt",
                body: include_bytes!("../api/nutror/answer_comment/201.txt"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/answer_comment/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "block_enrollment",
        call: include_str!("../api/nutror/block_enrollment/call.json"),
        request: include_str!("../api/nutror/block_enrollment/request.json"),
        meta: include_str!("../api/nutror/block_enrollment/meta.toml"),
        answers: &[
            Answer {
                status: 201,
                name: "201.txt",
                body: include_bytes!("../api/nutror/block_enrollment/201.txt"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/block_enrollment/404.json"),
            },
            Answer {
                status: 411,
                name: "411.json",
                body: include_bytes!("../api/nutror/block_enrollment/411.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "delete_answer",
        call: include_str!("../api/nutror/delete_answer/call.json"),
        request: include_str!("../api/nutror/delete_answer/request.json"),
        meta: include_str!("../api/nutror/delete_answer/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204.txt",
                body: include_bytes!("../api/nutror/delete_answer/204.txt"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/delete_answer/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "delete_comment",
        call: include_str!("../api/nutror/delete_comment/call.json"),
        request: include_str!("../api/nutror/delete_comment/request.json"),
        meta: include_str!("../api/nutror/delete_comment/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204.txt",
                body: include_bytes!("../api/nutror/delete_comment/204.txt"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/delete_comment/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "delete_course",
        call: include_str!("../api/nutror/delete_course/call.json"),
        request: include_str!("../api/nutror/delete_course/request.json"),
        meta: include_str!("../api/nutror/delete_course/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/delete_course/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/nutror/delete_course/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/delete_course/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "delete_enrollment",
        call: include_str!("../api/nutror/delete_enrollment/call.json"),
        request: include_str!("../api/nutror/delete_enrollment/request.json"),
        meta: include_str!("../api/nutror/delete_enrollment/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204.txt",
                body: include_bytes!("../api/nutror/delete_enrollment/204.txt"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/delete_enrollment/404.json"),
            },
            Answer {
                status: 411,
                name: "411.json",
                body: include_bytes!("../api/nutror/delete_enrollment/411.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "delete_module",
        call: include_str!("../api/nutror/delete_module/call.json"),
        request: include_str!("../api/nutror/delete_module/request.json"),
        meta: include_str!("../api/nutror/delete_module/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/delete_module/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/nutror/delete_module/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/delete_module/404.json"),
            },
            Answer {
                status: 500,
                name: "500.json",
                body: include_bytes!("../api/nutror/delete_module/500.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "delete_student",
        call: include_str!("../api/nutror/delete_student/call.json"),
        request: include_str!("../api/nutror/delete_student/request.json"),
        meta: include_str!("../api/nutror/delete_student/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204.txt",
                body: include_bytes!("../api/nutror/delete_student/204.txt"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/delete_student/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "extend_access",
        call: include_str!("../api/nutror/extend_access/call.json"),
        request: include_str!("../api/nutror/extend_access/request.json"),
        meta: include_str!("../api/nutror/extend_access/meta.toml"),
        answers: &[
            Answer {
                status: 201,
                name: "201.txt",
                body: include_bytes!("../api/nutror/extend_access/201.txt"),
            },
            Answer {
                status: 400,
                name: "400.json",
                body: include_bytes!("../api/nutror/extend_access/400.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/extend_access/404.json"),
            },
            Answer {
                status: 409,
                name: "409.json",
                body: include_bytes!("../api/nutror/extend_access/409.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "get_comment",
        call: include_str!("../api/nutror/get_comment/call.json"),
        request: include_str!("../api/nutror/get_comment/request.json"),
        meta: include_str!("../api/nutror/get_comment/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/get_comment/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/get_comment/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "get_course",
        call: include_str!("../api/nutror/get_course/call.json"),
        request: include_str!("../api/nutror/get_course/request.json"),
        meta: include_str!("../api/nutror/get_course/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/get_course/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/nutror/get_course/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/get_course/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "get_module",
        call: include_str!("../api/nutror/get_module/call.json"),
        request: include_str!("../api/nutror/get_module/request.json"),
        meta: include_str!("../api/nutror/get_module/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/get_module/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/nutror/get_module/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/get_module/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "get_student",
        call: include_str!("../api/nutror/get_student/call.json"),
        request: include_str!("../api/nutror/get_student/request.json"),
        meta: include_str!("../api/nutror/get_student/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/get_student/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/get_student/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "list_comment_answers",
        call: include_str!("../api/nutror/list_comment_answers/call.json"),
        request: include_str!("../api/nutror/list_comment_answers/request.json"),
        meta: include_str!("../api/nutror/list_comment_answers/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-webhook-fields.json",
                body: include_bytes!("../api/nutror/list_comment_answers/200-webhook-fields.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/list_comment_answers/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/list_comment_answers/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "list_comments",
        call: include_str!("../api/nutror/list_comments/call.json"),
        request: include_str!("../api/nutror/list_comments/request.json"),
        meta: include_str!("../api/nutror/list_comments/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-other-values.json",
                body: include_bytes!("../api/nutror/list_comments/200-other-values.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/list_comments/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/nutror/list_comments/403.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "list_course_modules",
        call: include_str!("../api/nutror/list_course_modules/call.json"),
        request: include_str!("../api/nutror/list_course_modules/request.json"),
        meta: include_str!("../api/nutror/list_course_modules/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-array.json",
                body: include_bytes!("../api/nutror/list_course_modules/200-array.json"),
            },
            Answer {
                status: 200,
                name: "200-items.json",
                body: include_bytes!("../api/nutror/list_course_modules/200-items.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/list_course_modules/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/list_course_modules/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "list_courses",
        call: include_str!("../api/nutror/list_courses/call.json"),
        request: include_str!("../api/nutror/list_courses/request.json"),
        meta: include_str!("../api/nutror/list_courses/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-array.json",
                body: include_bytes!("../api/nutror/list_courses/200-array.json"),
            },
            Answer {
                status: 200,
                name: "200-items-empty.json",
                body: include_bytes!("../api/nutror/list_courses/200-items-empty.json"),
            },
            Answer {
                status: 200,
                name: "200-items.json",
                body: include_bytes!("../api/nutror/list_courses/200-items.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/list_courses/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/nutror/list_courses/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/list_courses/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "list_student_enrollments",
        call: include_str!("../api/nutror/list_student_enrollments/call.json"),
        request: include_str!("../api/nutror/list_student_enrollments/request.json"),
        meta: include_str!("../api/nutror/list_student_enrollments/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/nutror/list_student_enrollments/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/list_student_enrollments/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/list_student_enrollments/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "list_students",
        call: include_str!("../api/nutror/list_students/call.json"),
        request: include_str!("../api/nutror/list_students/request.json"),
        meta: include_str!("../api/nutror/list_students/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-other-ids.json",
                body: include_bytes!("../api/nutror/list_students/200-other-ids.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/list_students/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/nutror/list_students/403.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "release_modules",
        call: include_str!("../api/nutror/release_modules/call.json"),
        request: include_str!("../api/nutror/release_modules/request.json"),
        meta: include_str!("../api/nutror/release_modules/meta.toml"),
        answers: &[
            Answer {
                status: 201,
                name: "201.txt",
                body: include_bytes!("../api/nutror/release_modules/201.txt"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/release_modules/404.json"),
            },
            Answer {
                status: 409,
                name: "409.json",
                body: include_bytes!("../api/nutror/release_modules/409.json"),
            },
            Answer {
                status: 411,
                name: "411.json",
                body: include_bytes!("../api/nutror/release_modules/411.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "update_comment",
        call: include_str!("../api/nutror/update_comment/call.json"),
        request: include_str!("../api/nutror/update_comment/request.json"),
        meta: include_str!("../api/nutror/update_comment/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204.txt",
                body: include_bytes!("../api/nutror/update_comment/204.txt"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/update_comment/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "update_course",
        call: include_str!("../api/nutror/update_course/call.json"),
        request: include_str!("../api/nutror/update_course/request.json"),
        meta: include_str!("../api/nutror/update_course/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/update_course/200.json"),
            },
            Answer {
                status: 400,
                name: "400.json",
                body: include_bytes!("../api/nutror/update_course/400.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/nutror/update_course/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/update_course/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "update_course_advanced",
        call: include_str!("../api/nutror/update_course_advanced/call.json"),
        request: include_str!("../api/nutror/update_course_advanced/request.json"),
        meta: include_str!("../api/nutror/update_course_advanced/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/update_course_advanced/200.json"),
            },
            Answer {
                status: 400,
                name: "400.json",
                body: include_bytes!("../api/nutror/update_course_advanced/400.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/nutror/update_course_advanced/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/update_course_advanced/404.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "update_course_images",
        call: include_str!("../api/nutror/update_course_images/call.json"),
        request: include_str!("../api/nutror/update_course_images/request.json"),
        meta: include_str!("../api/nutror/update_course_images/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/update_course_images/200.json"),
            },
            Answer {
                status: 400,
                name: "400.json",
                body: include_bytes!("../api/nutror/update_course_images/400.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/nutror/update_course_images/403.json"),
            },
        ],
    },
    Fixture {
        product: "nutror",
        endpoint: "update_module",
        call: include_str!("../api/nutror/update_module/call.json"),
        request: include_str!("../api/nutror/update_module/request.json"),
        meta: include_str!("../api/nutror/update_module/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/nutror/update_module/200.json"),
            },
            Answer {
                status: 400,
                name: "400.json",
                body: include_bytes!("../api/nutror/update_module/400.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/nutror/update_module/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/nutror/update_module/404.json"),
            },
        ],
    },
    Fixture {
        product: "oauth",
        endpoint: "exchange_code",
        call: include_str!("../api/oauth/exchange_code/call.json"),
        request: include_str!("../api/oauth/exchange_code/request.json"),
        meta: include_str!("../api/oauth/exchange_code/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-cut.json",
                body: include_bytes!("../api/oauth/exchange_code/200-cut.json"),
            },
            Answer {
                status: 200,
                name: "200-limited.json",
                body: include_bytes!("../api/oauth/exchange_code/200-limited.json"),
            },
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/oauth/exchange_code/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200-of-2020.json",
                body: include_bytes!("../api/oauth/exchange_code/200-of-2020.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/oauth/exchange_code/200.json"),
            },
            Answer {
                status: 400,
                name: "400.json",
                body: include_bytes!("../api/oauth/exchange_code/400.json"),
            },
            Answer {
                status: 404,
                name: "404-app.json",
                body: include_bytes!("../api/oauth/exchange_code/404-app.json"),
            },
            Answer {
                status: 404,
                name: "404-code.json",
                body: include_bytes!("../api/oauth/exchange_code/404-code.json"),
            },
            Answer {
                status: 404,
                name: "404-spent.json",
                body: include_bytes!("../api/oauth/exchange_code/404-spent.json"),
            },
            Answer {
                status: 404,
                name: "404-unclear.json",
                body: include_bytes!("../api/oauth/exchange_code/404-unclear.json"),
            },
            Answer {
                status: 500,
                name: "500.json",
                body: include_bytes!("../api/oauth/exchange_code/500.json"),
            },
            Answer {
                status: 502,
                name: "502.html",
                body: include_bytes!("../api/oauth/exchange_code/502.html"),
            },
        ],
    },
    Fixture {
        product: "safevideo",
        endpoint: "delete_media",
        call: include_str!("../api/safevideo/delete_media/call.json"),
        request: include_str!("../api/safevideo/delete_media/request.json"),
        meta: include_str!("../api/safevideo/delete_media/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204-empty.txt",
                body: include_bytes!("../api/safevideo/delete_media/204-empty.txt"),
            },
            Answer {
                status: 204,
                name: "204.json",
                body: include_bytes!("../api/safevideo/delete_media/204.json"),
            },
            Answer {
                status: 400,
                name: "400.json",
                body: include_bytes!("../api/safevideo/delete_media/400.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/safevideo/delete_media/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/safevideo/delete_media/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/safevideo/delete_media/404.json"),
            },
        ],
    },
    Fixture {
        product: "safevideo",
        endpoint: "get_media",
        call: include_str!("../api/safevideo/get_media/call.json"),
        request: include_str!("../api/safevideo/get_media/request.json"),
        meta: include_str!("../api/safevideo/get_media/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/safevideo/get_media/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200-object.json",
                body: include_bytes!("../api/safevideo/get_media/200-object.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/safevideo/get_media/200.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/safevideo/get_media/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/safevideo/get_media/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/safevideo/get_media/404.json"),
            },
        ],
    },
    Fixture {
        product: "safevideo",
        endpoint: "get_media_embed",
        call: include_str!("../api/safevideo/get_media_embed/call.json"),
        request: include_str!("../api/safevideo/get_media_embed/request.json"),
        meta: include_str!("../api/safevideo/get_media_embed/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/safevideo/get_media_embed/200.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/safevideo/get_media_embed/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/safevideo/get_media_embed/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/safevideo/get_media_embed/404.json"),
            },
        ],
    },
    Fixture {
        product: "safevideo",
        endpoint: "list_medias",
        call: include_str!("../api/safevideo/list_medias/call.json"),
        request: include_str!("../api/safevideo/list_medias/request.json"),
        meta: include_str!("../api/safevideo/list_medias/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-items.json",
                body: include_bytes!("../api/safevideo/list_medias/200-items.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/safevideo/list_medias/200.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/safevideo/list_medias/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/safevideo/list_medias/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/safevideo/list_medias/404.json"),
            },
        ],
    },
    Fixture {
        product: "safevideo",
        endpoint: "remove_media_domains",
        call: include_str!("../api/safevideo/remove_media_domains/call.json"),
        request: include_str!("../api/safevideo/remove_media_domains/request.json"),
        meta: include_str!("../api/safevideo/remove_media_domains/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204-empty.txt",
                body: include_bytes!("../api/safevideo/remove_media_domains/204-empty.txt"),
            },
            Answer {
                status: 204,
                name: "204.json",
                body: include_bytes!("../api/safevideo/remove_media_domains/204.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/safevideo/remove_media_domains/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/safevideo/remove_media_domains/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/safevideo/remove_media_domains/404.json"),
            },
        ],
    },
    Fixture {
        product: "safevideo",
        endpoint: "set_media_domains",
        call: include_str!("../api/safevideo/set_media_domains/call.json"),
        request: include_str!("../api/safevideo/set_media_domains/request.json"),
        meta: include_str!("../api/safevideo/set_media_domains/meta.toml"),
        answers: &[
            Answer {
                status: 201,
                name: "201.json",
                body: include_bytes!("../api/safevideo/set_media_domains/201.json"),
            },
            Answer {
                status: 400,
                name: "400.json",
                body: include_bytes!("../api/safevideo/set_media_domains/400.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/safevideo/set_media_domains/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/safevideo/set_media_domains/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/safevideo/set_media_domains/404.json"),
            },
        ],
    },
    Fixture {
        product: "safevideo",
        endpoint: "update_media",
        call: include_str!("../api/safevideo/update_media/call.json"),
        request: include_str!("../api/safevideo/update_media/request.json"),
        meta: include_str!("../api/safevideo/update_media/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204-empty.txt",
                body: include_bytes!("../api/safevideo/update_media/204-empty.txt"),
            },
            Answer {
                status: 204,
                name: "204.json",
                body: include_bytes!("../api/safevideo/update_media/204.json"),
            },
            Answer {
                status: 400,
                name: "400.json",
                body: include_bytes!("../api/safevideo/update_media/400.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/safevideo/update_media/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/safevideo/update_media/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/safevideo/update_media/404.json"),
            },
        ],
    },
    Fixture {
        product: "sun",
        endpoint: "create_cart",
        call: include_str!("../api/sun/create_cart/call.json"),
        request: include_str!("../api/sun/create_cart/request.json"),
        meta: include_str!("../api/sun/create_cart/meta.toml"),
        answers: &[
            Answer {
                status: 201,
                name: "201-minimal.json",
                body: include_bytes!("../api/sun/create_cart/201-minimal.json"),
            },
            Answer {
                status: 201,
                name: "201.json",
                body: include_bytes!("../api/sun/create_cart/201.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/sun/create_cart/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/sun/create_cart/422.json"),
            },
        ],
    },
    Fixture {
        product: "webhook",
        endpoint: "create_webhook_subscription",
        call: include_str!("../api/webhook/create_webhook_subscription/call.json"),
        request: include_str!("../api/webhook/create_webhook_subscription/request.json"),
        meta: include_str!("../api/webhook/create_webhook_subscription/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/webhook/create_webhook_subscription/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/webhook/create_webhook_subscription/200.json"),
            },
            Answer {
                status: 201,
                name: "201.json",
                body: include_bytes!("../api/webhook/create_webhook_subscription/201.json"),
            },
            Answer {
                status: 400,
                name: "400.json",
                body: include_bytes!("../api/webhook/create_webhook_subscription/400.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/webhook/create_webhook_subscription/403.json"),
            },
        ],
    },
    Fixture {
        product: "webhook",
        endpoint: "delete_webhook_subscription",
        call: include_str!("../api/webhook/delete_webhook_subscription/call.json"),
        request: include_str!("../api/webhook/delete_webhook_subscription/request.json"),
        meta: include_str!("../api/webhook/delete_webhook_subscription/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204.txt",
                body: include_bytes!("../api/webhook/delete_webhook_subscription/204.txt"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/webhook/delete_webhook_subscription/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/webhook/delete_webhook_subscription/404.json"),
            },
        ],
    },
    Fixture {
        product: "webhook",
        endpoint: "delete_webhook_subscriptions_by_url",
        call: include_str!("../api/webhook/delete_webhook_subscriptions_by_url/call.json"),
        request: include_str!("../api/webhook/delete_webhook_subscriptions_by_url/request.json"),
        meta: include_str!("../api/webhook/delete_webhook_subscriptions_by_url/meta.toml"),
        answers: &[
            Answer {
                status: 204,
                name: "204.txt",
                body: include_bytes!("../api/webhook/delete_webhook_subscriptions_by_url/204.txt"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/webhook/delete_webhook_subscriptions_by_url/403.json"),
            },
        ],
    },
    Fixture {
        product: "webhook",
        endpoint: "get_webhook_sample",
        call: include_str!("../api/webhook/get_webhook_sample/call.json"),
        request: include_str!("../api/webhook/get_webhook_sample/request.json"),
        meta: include_str!("../api/webhook/get_webhook_sample/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/webhook/get_webhook_sample/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/webhook/get_webhook_sample/404.json"),
            },
        ],
    },
    Fixture {
        product: "webhook",
        endpoint: "get_webhook_secret",
        call: include_str!("../api/webhook/get_webhook_secret/call.json"),
        request: include_str!("../api/webhook/get_webhook_secret/request.json"),
        meta: include_str!("../api/webhook/get_webhook_secret/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/webhook/get_webhook_secret/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/webhook/get_webhook_secret/403.json"),
            },
        ],
    },
    Fixture {
        product: "webhook",
        endpoint: "list_webhook_origins",
        call: include_str!("../api/webhook/list_webhook_origins/call.json"),
        request: include_str!("../api/webhook/list_webhook_origins/request.json"),
        meta: include_str!("../api/webhook/list_webhook_origins/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/webhook/list_webhook_origins/200.json"),
            },
            Answer {
                status: 400,
                name: "400.json",
                body: include_bytes!("../api/webhook/list_webhook_origins/400.json"),
            },
        ],
    },
    Fixture {
        product: "webhook",
        endpoint: "list_webhook_subscriptions",
        call: include_str!("../api/webhook/list_webhook_subscriptions/call.json"),
        request: include_str!("../api/webhook/list_webhook_subscriptions/request.json"),
        meta: include_str!("../api/webhook/list_webhook_subscriptions/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-objects.json",
                body: include_bytes!("../api/webhook/list_webhook_subscriptions/200-objects.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/webhook/list_webhook_subscriptions/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/webhook/list_webhook_subscriptions/403.json"),
            },
        ],
    },
    Fixture {
        product: "webhook",
        endpoint: "send_webhook_sample",
        call: include_str!("../api/webhook/send_webhook_sample/call.json"),
        request: include_str!("../api/webhook/send_webhook_sample/request.json"),
        meta: include_str!("../api/webhook/send_webhook_sample/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/webhook/send_webhook_sample/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/webhook/send_webhook_sample/403.json"),
            },
            Answer {
                status: 404,
                name: "404-framework.json",
                body: include_bytes!("../api/webhook/send_webhook_sample/404-framework.json"),
            },
            Answer {
                status: 404,
                name: "404-subscription.json",
                body: include_bytes!("../api/webhook/send_webhook_sample/404-subscription.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/webhook/send_webhook_sample/404.json"),
            },
        ],
    },
    Fixture {
        product: "webhook",
        endpoint: "set_webhook_subscription_status",
        call: include_str!("../api/webhook/set_webhook_subscription_status/call.json"),
        request: include_str!("../api/webhook/set_webhook_subscription_status/request.json"),
        meta: include_str!("../api/webhook/set_webhook_subscription_status/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/webhook/set_webhook_subscription_status/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/webhook/set_webhook_subscription_status/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/webhook/set_webhook_subscription_status/404.json"),
            },
        ],
    },
    Fixture {
        product: "webhook",
        endpoint: "update_webhook_subscription",
        call: include_str!("../api/webhook/update_webhook_subscription/call.json"),
        request: include_str!("../api/webhook/update_webhook_subscription/request.json"),
        meta: include_str!("../api/webhook/update_webhook_subscription/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/webhook/update_webhook_subscription/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/webhook/update_webhook_subscription/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/webhook/update_webhook_subscription/404.json"),
            },
        ],
    },
];

/// Every fixture of an event, in order of origin and event.
pub static EVENTS: &[EventFixture] = &[
    EventFixture {
        origin: "alpaclass",
        event: "student_certificate_accessed",
        meta: include_str!("../events/alpaclass/student_certificate_accessed/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/alpaclass/student_certificate_accessed/event.json"),
        }],
    },
    EventFixture {
        origin: "alpaclass",
        event: "student_comment_created",
        meta: include_str!("../events/alpaclass/student_comment_created/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/alpaclass/student_comment_created/event.json"),
        }],
    },
    EventFixture {
        origin: "alpaclass",
        event: "student_course_finished",
        meta: include_str!("../events/alpaclass/student_course_finished/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/alpaclass/student_course_finished/event.json"),
        }],
    },
    EventFixture {
        origin: "alpaclass",
        event: "student_course_last_seen",
        meta: include_str!("../events/alpaclass/student_course_last_seen/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/alpaclass/student_course_last_seen/event.json"),
        }],
    },
    EventFixture {
        origin: "alpaclass",
        event: "student_course_unfinished",
        meta: include_str!("../events/alpaclass/student_course_unfinished/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/alpaclass/student_course_unfinished/event.json"),
        }],
    },
    EventFixture {
        origin: "alpaclass",
        event: "student_created",
        meta: include_str!("../events/alpaclass/student_created/meta.toml"),
        bodies: &[
            Body {
                name: "event-numbers.json",
                bytes: include_bytes!("../events/alpaclass/student_created/event-numbers.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/alpaclass/student_created/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "alpaclass",
        event: "student_lesson_finished",
        meta: include_str!("../events/alpaclass/student_lesson_finished/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/alpaclass/student_lesson_finished/event.json"),
        }],
    },
    EventFixture {
        origin: "alpaclass",
        event: "student_lesson_last_seen",
        meta: include_str!("../events/alpaclass/student_lesson_last_seen/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/alpaclass/student_lesson_last_seen/event.json"),
        }],
    },
    EventFixture {
        origin: "alpaclass",
        event: "student_lesson_marked_as_favorite",
        meta: include_str!("../events/alpaclass/student_lesson_marked_as_favorite/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/alpaclass/student_lesson_marked_as_favorite/event.json"),
        }],
    },
    EventFixture {
        origin: "alpaclass",
        event: "student_lesson_unfinished",
        meta: include_str!("../events/alpaclass/student_lesson_unfinished/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/alpaclass/student_lesson_unfinished/event.json"),
        }],
    },
    EventFixture {
        origin: "alpaclass",
        event: "student_lesson_unmarked_as_favorite",
        meta: include_str!("../events/alpaclass/student_lesson_unmarked_as_favorite/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/alpaclass/student_lesson_unmarked_as_favorite/event.json"),
        }],
    },
    EventFixture {
        origin: "alpaclass",
        event: "student_module_finished",
        meta: include_str!("../events/alpaclass/student_module_finished/meta.toml"),
        bodies: &[
            Body {
                name: "event-bare.json",
                bytes: include_bytes!("../events/alpaclass/student_module_finished/event-bare.json"),
            },
            Body {
                name: "event-date-within.json",
                bytes: include_bytes!("../events/alpaclass/student_module_finished/event-date-within.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/alpaclass/student_module_finished/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "alpaclass",
        event: "student_module_unfinished",
        meta: include_str!("../events/alpaclass/student_module_unfinished/meta.toml"),
        bodies: &[
            Body {
                name: "event-bare.json",
                bytes: include_bytes!("../events/alpaclass/student_module_unfinished/event-bare.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/alpaclass/student_module_unfinished/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "blinket",
        event: "attendance_added",
        meta: include_str!("../events/blinket/attendance_added/meta.toml"),
        bodies: &[
            Body {
                name: "event-2024.json",
                bytes: include_bytes!("../events/blinket/attendance_added/event-2024.json"),
            },
            Body {
                name: "event-by-hand.json",
                bytes: include_bytes!("../events/blinket/attendance_added/event-by-hand.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/blinket/attendance_added/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "blinket",
        event: "attendance_assigned",
        meta: include_str!("../events/blinket/attendance_assigned/meta.toml"),
        bodies: &[
            Body {
                name: "event-bare-name.json",
                bytes: include_bytes!("../events/blinket/attendance_assigned/event-bare-name.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/blinket/attendance_assigned/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "blinket",
        event: "attendance_canceled",
        meta: include_str!("../events/blinket/attendance_canceled/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/blinket/attendance_canceled/event.json"),
        }],
    },
    EventFixture {
        origin: "blinket",
        event: "attendance_checkin",
        meta: include_str!("../events/blinket/attendance_checkin/meta.toml"),
        bodies: &[
            Body {
                name: "event-undone.json",
                bytes: include_bytes!("../events/blinket/attendance_checkin/event-undone.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/blinket/attendance_checkin/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "blinket",
        event: "attendance_edited",
        meta: include_str!("../events/blinket/attendance_edited/meta.toml"),
        bodies: &[
            Body {
                name: "event-list-of-fields.json",
                bytes: include_bytes!("../events/blinket/attendance_edited/event-list-of-fields.json"),
            },
            Body {
                name: "event-table.json",
                bytes: include_bytes!("../events/blinket/attendance_edited/event-table.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/blinket/attendance_edited/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "blinket",
        event: "attendance_tag_changed",
        meta: include_str!("../events/blinket/attendance_tag_changed/meta.toml"),
        bodies: &[
            Body {
                name: "event-2024.json",
                bytes: include_bytes!("../events/blinket/attendance_tag_changed/event-2024.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/blinket/attendance_tag_changed/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "blinket",
        event: "attendances_printed",
        meta: include_str!("../events/blinket/attendances_printed/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/blinket/attendances_printed/event.json"),
        }],
    },
    EventFixture {
        origin: "blinket",
        event: "ticket_edited",
        meta: include_str!("../events/blinket/ticket_edited/meta.toml"),
        bodies: &[
            Body {
                name: "event-thin.json",
                bytes: include_bytes!("../events/blinket/ticket_edited/event-thin.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/blinket/ticket_edited/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "commission_processed",
        meta: include_str!("../events/myeduzz/commission_processed/meta.toml"),
        bodies: &[
            Body {
                name: "event-amounts.json",
                bytes: include_bytes!("../events/myeduzz/commission_processed/event-amounts.json"),
            },
            Body {
                name: "event-flat.json",
                bytes: include_bytes!("../events/myeduzz/commission_processed/event-flat.json"),
            },
            Body {
                name: "event-seen.json",
                bytes: include_bytes!("../events/myeduzz/commission_processed/event-seen.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/commission_processed/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "contract_bankslip_attempted",
        meta: include_str!("../events/myeduzz/contract_bankslip_attempted/meta.toml"),
        bodies: &[
            Body {
                name: "event-example.json",
                bytes: include_bytes!("../events/myeduzz/contract_bankslip_attempted/event-example.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/contract_bankslip_attempted/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "contract_card_attempted",
        meta: include_str!("../events/myeduzz/contract_card_attempted/meta.toml"),
        bodies: &[
            Body {
                name: "event-paid.json",
                bytes: include_bytes!("../events/myeduzz/contract_card_attempted/event-paid.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/contract_card_attempted/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "contract_created",
        meta: include_str!("../events/myeduzz/contract_created/meta.toml"),
        bodies: &[
            Body {
                name: "event-2024.json",
                bytes: include_bytes!("../events/myeduzz/contract_created/event-2024.json"),
            },
            Body {
                name: "event-digits.json",
                bytes: include_bytes!("../events/myeduzz/contract_created/event-digits.json"),
            },
            Body {
                name: "event-example.json",
                bytes: include_bytes!("../events/myeduzz/contract_created/event-example.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/contract_created/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "contract_eduzz_balance_attempted",
        meta: include_str!("../events/myeduzz/contract_eduzz_balance_attempted/meta.toml"),
        bodies: &[
            Body {
                name: "event-paid.json",
                bytes: include_bytes!("../events/myeduzz/contract_eduzz_balance_attempted/event-paid.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/contract_eduzz_balance_attempted/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "contract_pix_attempted",
        meta: include_str!("../events/myeduzz/contract_pix_attempted/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/myeduzz/contract_pix_attempted/event.json"),
        }],
    },
    EventFixture {
        origin: "myeduzz",
        event: "contract_updated",
        meta: include_str!("../events/myeduzz/contract_updated/meta.toml"),
        bodies: &[
            Body {
                name: "event-nulls.json",
                bytes: include_bytes!("../events/myeduzz/contract_updated/event-nulls.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/contract_updated/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "invoice_canceled",
        meta: include_str!("../events/myeduzz/invoice_canceled/meta.toml"),
        bodies: &[
            Body {
                name: "event-coupon.json",
                bytes: include_bytes!("../events/myeduzz/invoice_canceled/event-coupon.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/invoice_canceled/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "invoice_chargeback",
        meta: include_str!("../events/myeduzz/invoice_chargeback/meta.toml"),
        bodies: &[
            Body {
                name: "event-sent-date.json",
                bytes: include_bytes!("../events/myeduzz/invoice_chargeback/event-sent-date.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/invoice_chargeback/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "invoice_expired",
        meta: include_str!("../events/myeduzz/invoice_expired/meta.toml"),
        bodies: &[
            Body {
                name: "event-bare.json",
                bytes: include_bytes!("../events/myeduzz/invoice_expired/event-bare.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/invoice_expired/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "invoice_negotiated",
        meta: include_str!("../events/myeduzz/invoice_negotiated/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/myeduzz/invoice_negotiated/event.json"),
        }],
    },
    EventFixture {
        origin: "myeduzz",
        event: "invoice_opened",
        meta: include_str!("../events/myeduzz/invoice_opened/meta.toml"),
        bodies: &[
            Body {
                name: "event-2024.json",
                bytes: include_bytes!("../events/myeduzz/invoice_opened/event-2024.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/invoice_opened/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "invoice_paid",
        meta: include_str!("../events/myeduzz/invoice_paid/meta.toml"),
        bodies: &[
            Body {
                name: "event-2024.json",
                bytes: include_bytes!("../events/myeduzz/invoice_paid/event-2024.json"),
            },
            Body {
                name: "event-digits.json",
                bytes: include_bytes!("../events/myeduzz/invoice_paid/event-digits.json"),
            },
            Body {
                name: "event-nulls.json",
                bytes: include_bytes!("../events/myeduzz/invoice_paid/event-nulls.json"),
            },
            Body {
                name: "event-other-kinds.json",
                bytes: include_bytes!("../events/myeduzz/invoice_paid/event-other-kinds.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/invoice_paid/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "invoice_recovering",
        meta: include_str!("../events/myeduzz/invoice_recovering/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/myeduzz/invoice_recovering/event.json"),
        }],
    },
    EventFixture {
        origin: "myeduzz",
        event: "invoice_refunded",
        meta: include_str!("../events/myeduzz/invoice_refunded/meta.toml"),
        bodies: &[
            Body {
                name: "event-2024.json",
                bytes: include_bytes!("../events/myeduzz/invoice_refunded/event-2024.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/invoice_refunded/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "myeduzz",
        event: "invoice_scheduled",
        meta: include_str!("../events/myeduzz/invoice_scheduled/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/myeduzz/invoice_scheduled/event.json"),
        }],
    },
    EventFixture {
        origin: "myeduzz",
        event: "invoice_waiting_payment",
        meta: include_str!("../events/myeduzz/invoice_waiting_payment/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/myeduzz/invoice_waiting_payment/event.json"),
        }],
    },
    EventFixture {
        origin: "myeduzz",
        event: "invoice_waiting_refund",
        meta: include_str!("../events/myeduzz/invoice_waiting_refund/meta.toml"),
        bodies: &[
            Body {
                name: "event-amounts.json",
                bytes: include_bytes!("../events/myeduzz/invoice_waiting_refund/event-amounts.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/myeduzz/invoice_waiting_refund/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "nutror",
        event: "certificate_viewed",
        meta: include_str!("../events/nutror/certificate_viewed/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/nutror/certificate_viewed/event.json"),
        }],
    },
    EventFixture {
        origin: "nutror",
        event: "comment_created",
        meta: include_str!("../events/nutror/comment_created/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/nutror/comment_created/event.json"),
        }],
    },
    EventFixture {
        origin: "nutror",
        event: "comment_deleted",
        meta: include_str!("../events/nutror/comment_deleted/meta.toml"),
        bodies: &[
            Body {
                name: "event-of-an-answer.json",
                bytes: include_bytes!("../events/nutror/comment_deleted/event-of-an-answer.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/nutror/comment_deleted/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "nutror",
        event: "comment_replied",
        meta: include_str!("../events/nutror/comment_replied/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/nutror/comment_replied/event.json"),
        }],
    },
    EventFixture {
        origin: "nutror",
        event: "community_viewed",
        meta: include_str!("../events/nutror/community_viewed/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/nutror/community_viewed/event.json"),
        }],
    },
    EventFixture {
        origin: "nutror",
        event: "enrollment_created",
        meta: include_str!("../events/nutror/enrollment_created/meta.toml"),
        bodies: &[
            Body {
                name: "event-minimal.json",
                bytes: include_bytes!("../events/nutror/enrollment_created/event-minimal.json"),
            },
            Body {
                name: "event-thin.json",
                bytes: include_bytes!("../events/nutror/enrollment_created/event-thin.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/nutror/enrollment_created/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "nutror",
        event: "file_downloaded",
        meta: include_str!("../events/nutror/file_downloaded/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/nutror/file_downloaded/event.json"),
        }],
    },
    EventFixture {
        origin: "nutror",
        event: "inactive_student",
        meta: include_str!("../events/nutror/inactive_student/meta.toml"),
        bodies: &[
            Body {
                name: "event-2024.json",
                bytes: include_bytes!("../events/nutror/inactive_student/event-2024.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/nutror/inactive_student/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "nutror",
        event: "learner_help",
        meta: include_str!("../events/nutror/learner_help/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/nutror/learner_help/event.json"),
        }],
    },
    EventFixture {
        origin: "nutror",
        event: "lesson_rated",
        meta: include_str!("../events/nutror/lesson_rated/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/nutror/lesson_rated/event.json"),
        }],
    },
    EventFixture {
        origin: "nutror",
        event: "lesson_saved",
        meta: include_str!("../events/nutror/lesson_saved/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/nutror/lesson_saved/event.json"),
        }],
    },
    EventFixture {
        origin: "nutror",
        event: "lesson_started",
        meta: include_str!("../events/nutror/lesson_started/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/nutror/lesson_started/event.json"),
        }],
    },
    EventFixture {
        origin: "nutror",
        event: "lesson_watched",
        meta: include_str!("../events/nutror/lesson_watched/meta.toml"),
        bodies: &[
            Body {
                name: "event-2024.json",
                bytes: include_bytes!("../events/nutror/lesson_watched/event-2024.json"),
            },
            Body {
                name: "event-numbers.json",
                bytes: include_bytes!("../events/nutror/lesson_watched/event-numbers.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/nutror/lesson_watched/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "nutror",
        event: "module_completed",
        meta: include_str!("../events/nutror/module_completed/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/nutror/module_completed/event.json"),
        }],
    },
    EventFixture {
        origin: "nutror",
        event: "notation_created",
        meta: include_str!("../events/nutror/notation_created/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/nutror/notation_created/event.json"),
        }],
    },
    EventFixture {
        origin: "safevideo",
        event: "encoder_error",
        meta: include_str!("../events/safevideo/encoder_error/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/safevideo/encoder_error/event.json"),
        }],
    },
    EventFixture {
        origin: "safevideo",
        event: "encoder_finished",
        meta: include_str!("../events/safevideo/encoder_finished/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/safevideo/encoder_finished/event.json"),
        }],
    },
    EventFixture {
        origin: "safevideo",
        event: "encoder_started",
        meta: include_str!("../events/safevideo/encoder_started/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/safevideo/encoder_started/event.json"),
        }],
    },
    EventFixture {
        origin: "safevideo",
        event: "encoder_waiting",
        meta: include_str!("../events/safevideo/encoder_waiting/meta.toml"),
        bodies: &[Body {
            name: "event.json",
            bytes: include_bytes!("../events/safevideo/encoder_waiting/event.json"),
        }],
    },
    EventFixture {
        origin: "safevideo",
        event: "upload_canceled",
        meta: include_str!("../events/safevideo/upload_canceled/meta.toml"),
        bodies: &[
            Body {
                name: "event-bare-name.json",
                bytes: include_bytes!("../events/safevideo/upload_canceled/event-bare-name.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/safevideo/upload_canceled/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "safevideo",
        event: "upload_error",
        meta: include_str!("../events/safevideo/upload_error/meta.toml"),
        bodies: &[
            Body {
                name: "event-bare-name.json",
                bytes: include_bytes!("../events/safevideo/upload_error/event-bare-name.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/safevideo/upload_error/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "safevideo",
        event: "upload_finished",
        meta: include_str!("../events/safevideo/upload_finished/meta.toml"),
        bodies: &[
            Body {
                name: "event-bare-name.json",
                bytes: include_bytes!("../events/safevideo/upload_finished/event-bare-name.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/safevideo/upload_finished/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "safevideo",
        event: "upload_started",
        meta: include_str!("../events/safevideo/upload_started/meta.toml"),
        bodies: &[
            Body {
                name: "event-bare-name.json",
                bytes: include_bytes!("../events/safevideo/upload_started/event-bare-name.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/safevideo/upload_started/event.json"),
            },
        ],
    },
    EventFixture {
        origin: "sun",
        event: "cart_abandonment",
        meta: include_str!("../events/sun/cart_abandonment/meta.toml"),
        bodies: &[
            Body {
                name: "event-bare.json",
                bytes: include_bytes!("../events/sun/cart_abandonment/event-bare.json"),
            },
            Body {
                name: "event-seen.json",
                bytes: include_bytes!("../events/sun/cart_abandonment/event-seen.json"),
            },
            Body {
                name: "event.json",
                bytes: include_bytes!("../events/sun/cart_abandonment/event.json"),
            },
        ],
    },
];
