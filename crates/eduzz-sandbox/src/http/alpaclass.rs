//! `/alpaclass`: answered from the schools. No error of Alpaclass was seen, so they have the general form.

use std::cmp::Reverse;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::call::Call;
use super::problem::Problem;
use crate::render::json::{Json, object};
use crate::state::alpaclass::{Course, Delivery, Enrollment, Newcomer, NotMade, Schools, Student, Team};

const NO_TEAM: Problem = Problem::new(StatusCode::NOT_FOUND, "there is no such school");
const NO_STUDENT: Problem = Problem::new(StatusCode::NOT_FOUND, "the school has no such student");
const NO_DELIVERY: Problem = Problem::new(StatusCode::NOT_FOUND, "the school has no such delivery");

/// `GET /alpaclass/v1/producer/teams`: `{ items }` (Q34), in the order of their making, or as `sort` says (Q124).
pub(super) fn list_teams(call: &Call<'_>) -> Result<Response, Problem> {
    let order = call.query.sort(&["name", "url"])?;
    let schools = call.running.schools();
    let mut rows: Vec<&Team> = schools.teams.iter().collect();
    order.sort(&mut rows, |team, field| match field {
        "name" => team.name.to_owned(),
        _ => team.url.clone(),
    });
    let items = rows
        .iter()
        .map(|team| object! { "id" => &team.id, "name" => team.name, "url" => &team.url })
        .collect::<Vec<_>>();
    Ok(object! { "items" => items }.into_response())
}

/// `POST /alpaclass/v1/producer/teams/:teamId/students`: with the courses of the school's deliveries by the API.
pub(super) fn create_team_student(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.fields()?;
    let who = Newcomer {
        name: body.needed("name")?.to_owned(),
        email: body
            .email("email")?
            .ok_or(Problem::invalid("email", "is required"))?
            .to_owned(),
        phone: body.text("phone")?.map(str::to_owned),
        document: body.text("document")?.map(str::to_owned),
    };
    // No call gives them back (Q125).
    body.texts("tags")?;
    let now = call.running.now();
    let mut schools = call.running.schools();
    let student = schools
        .make_student(&call.named("teamId"), who, now)
        .map_err(|error| match error {
            NotMade::NoTeam => NO_TEAM,
            NotMade::Known => Problem::new(
                StatusCode::CONFLICT,
                "the school has a student with this e-mail address",
            ),
        })?;
    let answer = object! {
        "id" => &student.id,
        "name" => &student.name,
        "email" => &student.email,
        "phone" => student.phone.as_ref(),
        "document" => student.document.as_ref(),
    };
    Ok((StatusCode::CREATED, answer).into_response())
}

/// `GET /alpaclass/v1/producer/teams/:teamId/students`: newest first, or as `sort` says.
pub(super) fn list_team_students(call: &Call<'_>) -> Result<Response, Problem> {
    let query = &call.query;
    let (paging, moments) = (query.page()?, query.moments()?);
    let (order, is_frozen) = (query.sort(&["name", "email"])?, query.flag("isFrozen")?);
    let schools = call.running.schools();
    let asked_for = |student: &&Student| {
        moments.has(student.created)
            && is_frozen.is_none_or(|frozen| frozen == student.is_frozen)
            && query.text("id").is_none_or(|id| id == student.id)
            && query.admits_text("email", &student.email)
            && query.text("document").is_none_or(|document| {
                // With and without the punctuation of a CPF.
                student
                    .document
                    .as_ref()
                    .is_some_and(|theirs| digits(theirs) == digits(document))
            })
    };
    let team = team(&schools, call)?;
    let mut rows: Vec<&Student> = team.students.iter().rev().filter(asked_for).collect();
    rows.sort_by_key(|student| Reverse(student.created));
    order.sort(&mut rows, |student, field| match field {
        "name" => student.name.clone(),
        _ => student.email.clone(),
    });
    Ok(paging.of(&rows, |student| {
        object! {
            "id" => &student.id,
            "name" => &student.name,
            "email" => &student.email,
            "createdAt" => student.created.plain(),
        }
    }))
}

/// `GET /alpaclass/v1/producer/teams/:teamId/students/:studentId/enrollments`: oldest first.
pub(super) fn list_team_student_enrollments(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let schools = call.running.schools();
    let student = team(&schools, call)?.student(&call.named("studentId"));
    let student = student.ok_or(NO_STUDENT)?;
    Ok(paging.of(&student.enrollments, enrollment))
}

/// `GET /alpaclass/v1/producer/teams/:teamId/deliveries`: oldest first, or as `sort` says.
pub(super) fn list_deliveries(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, order) = (call.query.page()?, call.query.sort(&["name", "platform"])?);
    let schools = call.running.schools();
    let mut rows: Vec<&Delivery> = team(&schools, call)?.deliveries.iter().collect();
    order.sort(&mut rows, |delivery, field| match field {
        "name" => delivery.name.to_owned(),
        _ => delivery.platform.as_str().to_owned(),
    });
    Ok(paging.of(&rows, |delivery| {
        head(delivery).and(object! {
            "isActive" => delivery.is_active,
            "isSubscription" => delivery.is_subscription,
        })
    }))
}

/// `GET /alpaclass/v1/producer/teams/:teamId/deliveries/:deliveryId`.
pub(super) fn get_delivery(call: &Call<'_>) -> Result<Response, Problem> {
    let schools = call.running.schools();
    let delivery = delivery(&schools, call)?;
    let tags = delivery.tags.iter().copied().map(Json::from);
    Ok(head(delivery)
        .and(object! {
            "platformProductId" => &delivery.product,
            "platformOfferId" => delivery.offer.as_ref(),
            "isActive" => delivery.is_active,
            "isSubscription" => delivery.is_subscription,
            "autoRemoveAccess" => delivery.removes_access,
            "tags" => tags.collect::<Vec<_>>(),
            "endsAfter" => delivery.days,
        })
        .into_response())
}

/// `GET /alpaclass/v1/producer/teams/:teamId/deliveries/:deliveryId/courses`: in the order of the delivery, or as `sort` says. The
/// page shows the platform as a field to sort by, which a course does not have (Q124): all are alike in it.
pub(super) fn list_delivery_courses(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, order) = (call.query.page()?, call.query.sort(&["name", "platform"])?);
    let schools = call.running.schools();
    let mut rows: Vec<&Course> = delivery(&schools, call)?
        .courses
        .iter()
        .map(Arc::as_ref)
        .collect();
    order.sort(&mut rows, |course, field| match field {
        "name" => course.name.to_owned(),
        _ => String::new(),
    });
    Ok(paging.of(&rows, |of| course(of)))
}

fn team<'a>(schools: &'a Schools, call: &Call<'_>) -> Result<&'a Team, Problem> {
    schools.team(&call.named("teamId")).ok_or(NO_TEAM)
}

fn delivery<'a>(schools: &'a Schools, call: &Call<'_>) -> Result<&'a Delivery, Problem> {
    let delivery = team(schools, call)?.delivery(&call.named("deliveryId"));
    delivery.ok_or(NO_DELIVERY)
}

fn head(delivery: &Delivery) -> Json {
    object! {
        "id" => delivery.id.to_string(),
        "name" => delivery.name,
        "platform" => delivery.platform.as_str().to_owned(), // Q126
    }
}

fn course(course: &Course) -> Json {
    object! { "id" => &course.id, "name" => course.name }
}

fn enrollment(enrollment: &Enrollment) -> Json {
    object! {
        "id" => enrollment.id.to_string(),
        "createdAt" => enrollment.created.with_millis(),
        "certificateUrl" => enrollment.certificate.as_ref(),
        "progress" => enrollment.progress,
        "course" => course(&enrollment.course),
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
