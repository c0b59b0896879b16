//! `/nutror/v1/students`: who learns, and what they have access to.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{invalid, no_student, not_found};
use crate::http::call::Call;
use crate::http::problem::Problem;
use crate::render::json::{Json, object};
use crate::state::calendar::Moment;
use crate::state::nutror::{Enrollment, School, Student};

/// How many students to a page, and how many pages, there are at most (Q67).
const MOST: u64 = 50;

/// `GET /nutror/v1/students`: who came last first.
pub(in crate::http) fn list_students(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page_of(MOST).map_err(invalid)?.within(MOST);
    let school = call.running.nutror();
    let is_asked_for = |student: &&Student| {
        call.query.text("id").is_none_or(|id| student.id == id)
            && call.query.admits_text("email", &student.email)
    };
    let rows: Vec<&Student> = school.students.iter().rev().filter(is_asked_for).collect();
    Ok(paging.of(&rows, |student| whole(student)))
}

/// `GET /nutror/v1/students/:id`.
pub(in crate::http) fn get_student(call: &Call<'_>) -> Result<Response, Problem> {
    let school = call.running.nutror();
    let student = school.student(&call.parameter()).ok_or_else(no_student)?;
    Ok(whole(student).into_response())
}

/// `GET /nutror/v1/students/:id/enrollments`: newest first (Q59).
pub(in crate::http) fn list_student_enrollments(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page().map_err(invalid)?;
    let now = call.running.now();
    let school = call.running.nutror();
    let student = school.student(&call.parameter()).ok_or_else(no_student)?;
    let rows: Vec<&Enrollment> = student.enrollments.iter().rev().collect();
    Ok(paging.of(&rows, |made| enrollment(&school, made, now)))
}

/// `DELETE /nutror/v1/students/:id`: who is not there has another code here (Q57).
pub(in crate::http) fn delete_student(call: &Call<'_>) -> Result<Response, Problem> {
    let deleted = call.running.nutror().delete_student(&call.parameter());
    deleted.ok_or_else(|| not_found("Estudante não encontrado").listing(None))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn whole(student: &Student) -> Json {
    object! {
        "id" => &student.id,
        "name" => &student.name,
        "email" => &student.email,
        "avatar" => student.avatar.as_ref(),
    }
}

fn enrollment(school: &School, made: &Enrollment, now: Moment) -> Json {
    let courses = school
        .courses_of(made)
        .map(|course| object! { "title" => &course.title, "hash" => &course.hash });
    object! {
        "id" => made.id.to_string(),
        "createdAt" => made.created.plain(),
        "status" => if made.is_active(now) { "active" } else { "inactive" },
        "allModulesReleased" => made.all_modules_released,
        "expiredAt" => made.ends.map(Moment::plain),
        "acceptedTermAt" => made.accepted_terms.map(Moment::plain),
        "content" => object! { "type" => made.kind, "courses" => courses.collect::<Vec<_>>() },
        "progress" => made.progress,
    }
}
