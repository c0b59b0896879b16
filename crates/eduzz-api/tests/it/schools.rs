//! Alpaclass: facts beyond the generic properties.

use eduzz_api::alpaclass::{
    CreateTeamStudent, GetDelivery, ListDeliveryCourses, ListTeamStudentEnrollments, ListTeamStudents,
    ListTeams,
};
use eduzz_testkit::canary;
use eduzz_types::alpaclass::{Sort, SortField};
use eduzz_types::{Date, DateTime};
use eduzz_wire::EncodeError;
use serde_json::json;

use crate::personal::answer_is_clean;
use crate::support::{request, target};

#[test]
fn unset_field_is_not_sent() {
    assert_eq!(target(&ListTeams::new()), "/alpaclass/v1/producer/teams");
    let students = "/alpaclass/v1/producer/teams/escola/students";
    assert_eq!(target(&ListTeamStudents::new("escola")), students);
    let made = request(&CreateTeamStudent::new("escola", "Nara", "nara@example.com")).unwrap();
    assert_eq!(made.body(), br#"{"name":"Nara","email":"nara@example.com"}"#);
}

#[test]
fn sort_is_one_query_value() {
    let sort = Sort::descending("a&b".parse::<SortField>().unwrap()).then_ascending(SortField::Url);
    assert_eq!(
        target(&ListTeams::new().sort(sort)),
        "/alpaclass/v1/producer/teams?sort=a%26b%3Adesc%2Curl%3Aasc"
    );
}

#[test]
fn invalid_sort_is_refused_on_reading() {
    let error = serde_json::from_value::<ListTeams>(json!({ "sort": "name" })).unwrap_err();
    assert!(error.to_string().contains("field:asc"), "{error}");
    assert!(serde_json::from_value::<ListTeams>(json!({ "sort": "" })).is_err());
}

#[test]
fn filter_accepts_day_and_moment() {
    let day = Date::new(2026, 3, 1).unwrap();
    let until = DateTime::from_text("2026-03-31T23:59:59-03:00");
    let list = ListTeamStudents::new("escola")
        .start_date(day.clone())
        .end_date(until);
    assert!(target(&list).ends_with("?startDate=2026-03-01&endDate=2026-03-31T23%3A59%3A59-03%3A00"));
    let backwards = ListTeamStudents::new("escola")
        .start_date(day)
        .end_date(Date::new(2026, 2, 28).unwrap());
    assert_eq!(request(&backwards).unwrap_err(), EncodeError::Backwards);
}

#[test]
fn empty_id_is_refused() {
    assert!(request(&GetDelivery::new("escola", "")).is_err());
    assert!(request(&ListDeliveryCourses::new("", "1")).is_err());
}

#[test]
fn student_data_does_not_print() {
    let who = canary::PERSONAL;
    let created = CreateTeamStudent::new("escola", who, who);
    canary::debug_is_clean(&created.phone(who).document(who));
    canary::debug_is_clean(&ListTeamStudents::new("escola").email(who).document(who));
    answer_is_clean::<CreateTeamStudent>("create_team_student", "name email phone document");
    answer_is_clean::<ListTeamStudents>("list_team_students", "name email");
    answer_is_clean::<ListTeamStudentEnrollments>("list_team_student_enrollments", "certificateUrl");
}
