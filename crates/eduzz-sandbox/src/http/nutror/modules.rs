//! `/nutror/v1/courses/:courseId/modules`: the parts of a course.

use axum::response::{IntoResponse, Response};

use super::courses::{NO_COURSE, not_updated};
use super::{acknowledged, not_found, permitted, set};
use crate::http::call::Call;
use crate::http::fields::Fields;
use crate::http::problem::Problem;
use crate::render::json::{Json, object};
use crate::state::calendar::{Day, Moment};
use crate::state::nutror::{Course, Module};

const NO_MODULE: Problem = not_found("Módulo não encontrado");

/// `GET /nutror/v1/courses/:courseId/modules`: a bare list (Q62), in their order.
pub(in crate::http) fn list_course_modules(call: &Call<'_>) -> Result<Response, Problem> {
    let school = call.running.nutror();
    let course = school.course(&call.parameter()).ok_or(NO_COURSE)?;
    let mut modules: Vec<&Module> = course.modules.iter().collect();
    modules.sort_by_key(|module| module.sequence);
    let rows = modules
        .iter()
        .map(|part| module(course, part, part.created.plain()));
    Ok(Json::List(rows.collect()).into_response())
}

/// `GET /nutror/v1/courses/:courseId/modules/:moduleId`.
pub(in crate::http) fn get_module(call: &Call<'_>) -> Result<Response, Problem> {
    let school = call.running.nutror();
    let course = school.course(&call.named("courseId")).ok_or(NO_COURSE)?;
    let part = course.module(&call.named("moduleId")).ok_or(NO_MODULE)?;
    Ok(module(course, part, with_blank(part.created)).into_response())
}

/// `PUT /nutror/v1/courses/:courseId/modules/:moduleId`: what is not sent stays (Q64).
pub(in crate::http) fn update_module(call: &Call<'_>) -> Result<Response, Problem> {
    permitted(call)?;
    let mut school = call.running.nutror();
    let course = school.course_mut(&call.named("courseId")).ok_or(NO_COURSE)?;
    let part = course.module_mut(&call.named("moduleId")).ok_or(NO_MODULE)?;
    let mut changed = part.clone();
    call.fields()
        .and_then(|fields| edit(&mut changed, &fields))
        .map_err(|_| not_updated())?;
    *part = changed;
    Ok(acknowledged("Módulo atualizado com sucesso"))
}

/// `DELETE /nutror/v1/courses/:courseId/modules/:moduleId`: 200, with a message (Q68).
pub(in crate::http) fn delete_module(call: &Call<'_>) -> Result<Response, Problem> {
    permitted(call)?;
    let deleted = call
        .running
        .nutror()
        .delete_module(&call.named("courseId"), &call.named("moduleId"));
    deleted.ok_or(NO_MODULE)?;
    Ok(acknowledged("Módulo removido com sucesso"))
}

fn edit(module: &mut Module, fields: &Fields) -> Result<(), Problem> {
    if fields.text("title")?.is_some() {
        fields.needed("title")?.clone_into(&mut module.title);
    }
    set(&mut module.days_locked, fields.whole("daysLocked")?);
    set(&mut module.is_draft, fields.flag("isDraft")?);
    set(&mut module.available_days, fields.whole("availableDays")?);
    set(&mut module.release, fields.day("releaseDate")?);
    set(&mut module.sequence, fields.whole("sequence")?);
    set(&mut module.is_free, fields.flag("isFree")?);
    Ok(())
}

fn module(course: &Course, module: &Module, created: String) -> Json {
    object! {
        "id" => module.id,
        "courseId" => course.id.to_string(), // Q60
        "title" => &module.title,
        "daysLocked" => module.days_locked,
        "isDraft" => module.is_draft,
        "availableDays" => module.available_days,
        "releaseDate" => module.release.map(Day::written),
        "sequence" => module.sequence,
        "isFree" => module.is_free,
        "createdAt" => created,
        "banner" => &module.banner,
    }
}

/// Q61: without a zone; here it is UTC.
fn with_blank(moment: Moment) -> String {
    moment.plain().replace('T', " ").replace('Z', ".0000000")
}
