//! `/nutror/v1/courses`: the courses, and what can be changed in them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{acknowledged, not_found, permitted, set};
use crate::http::call::Call;
use crate::http::fields::Fields;
use crate::http::problem::{Code, Problem};
use crate::render::json::{Json, object};
use crate::state::nutror::Course;

pub(super) const NO_COURSE: Problem = not_found("Curso não encontrado");

const CHANGED: &str = "Curso atualizado com sucesso";

/// `GET /nutror/v1/courses`: a bare list (Q62), oldest first; 404 when there is none.
pub(in crate::http) fn list_courses(call: &Call<'_>) -> Result<Response, Problem> {
    let school = call.running.nutror();
    if school.courses.is_empty() {
        return Err(not_found("Nenhum curso encontrado"));
    }
    Ok(Json::List(school.courses.iter().map(summary).collect()).into_response())
}

/// `GET /nutror/v1/courses/:courseId`: other fields than the list has (Q69).
pub(in crate::http) fn get_course(call: &Call<'_>) -> Result<Response, Problem> {
    let school = call.running.nutror();
    let course = school.course(&call.parameter()).ok_or(NO_COURSE)?;
    Ok(whole(course).into_response())
}

/// `PUT /nutror/v1/courses/:courseId`: what is not sent stays (Q64).
pub(in crate::http) fn update_course(call: &Call<'_>) -> Result<Response, Problem> {
    change(call, invalid, |course, fields| {
        if fields.text("title")?.is_some() {
            fields.needed("title")?.clone_into(&mut course.title);
        }
        set(&mut course.description, fields.text("description")?);
        set(&mut course.published, fields.flag("published")?);
        // No answer tells the author.
        fields.whole("authorId").map(drop)
    })
}

/// `PUT /nutror/v1/courses/:courseId/advanced`: what is not sent stays (Q64).
pub(in crate::http) fn update_course_advanced(call: &Call<'_>) -> Result<Response, Problem> {
    change(call, invalid, |course, fields| {
        set(&mut course.days_available, fields.whole("daysAvailable")?);
        set(&mut course.release, fields.day("releaseDate")?);
        set(&mut course.progress_bar, fields.flag("progressBar")?);
        set(&mut course.pixel_facebook, fields.text("pixelFacebook")?);
        set(&mut course.pixel_google, fields.text("pixelGoogleAnalytics")?);
        set(&mut course.duration, fields.number("duration")?);
        set(
            &mut course.certificate_progress,
            fields.number("certificateProgress")?,
        );
        set(&mut course.support_url, fields.text("supportExternalUrl")?);
        set(
            &mut course.allow_multiple_access,
            fields.flag("allowMultipleAccess")?,
        );
        set(&mut course.secretary_status, fields.flag("secretaryStatus")?);
        set(&mut course.secretary_url, fields.text("secretaryUrl")?);
        Ok(())
    })
}

/// `PUT /nutror/v1/courses/:courseId/customization`: what is not sent stays (Q64).
pub(in crate::http) fn update_course_images(call: &Call<'_>) -> Result<Response, Problem> {
    change(call, not_updated, |course, fields| {
        set(&mut course.images.lessons, fields.text("lessonsDefaultImage")?);
        set(&mut course.images.modules, fields.text("modulesDefaultImage")?);
        set(&mut course.images.background, fields.text("background")?);
        Ok(())
    })
}

/// `DELETE /nutror/v1/courses/:courseId`: 200, with a message (Q68).
pub(in crate::http) fn delete_course(call: &Call<'_>) -> Result<Response, Problem> {
    permitted(call)?;
    call.running
        .nutror()
        .delete_course(&call.parameter())
        .ok_or(NO_COURSE)?;
    Ok(acknowledged("Curso removido com sucesso"))
}

/// Changes a course, or nothing of it when something that was sent is wrong.
fn change(
    call: &Call<'_>,
    refusal: fn() -> Problem,
    edit: impl FnOnce(&mut Course, &Fields) -> Result<(), Problem>,
) -> Result<Response, Problem> {
    permitted(call)?;
    let now = call.running.now();
    let mut school = call.running.nutror();
    let course = school.course_mut(&call.parameter()).ok_or(NO_COURSE)?;
    let mut changed = course.clone();
    call.fields()
        .and_then(|fields| edit(&mut changed, &fields))
        .map_err(|_| refusal())?;
    changed.updated = now;
    *course = changed;
    Ok(acknowledged(CHANGED))
}

const fn invalid() -> Problem {
    let code = Code::Number(5);
    Problem::nutror(
        StatusCode::BAD_REQUEST,
        code,
        "Um ou mais dados enviados são inválidos",
    )
}

/// Where the images and the modules have another code (Q70).
pub(super) const fn not_updated() -> Problem {
    let code = Code::Number(22);
    Problem::nutror(StatusCode::BAD_REQUEST, code, "Erro ao atualizar")
}

fn summary(course: &Course) -> Json {
    let (id, name) = course.category;
    object! {
        "id" => course.id,
        "title" => &course.title,
        "hash" => &course.hash,
        "createdAt" => course.created.plain(),
        "updatedAt" => course.updated.plain(),
        "published" => course.published,
        "myEduzzAssociation" => course.product.as_ref().map(|product| object! {
            "contentId" => product.id.to_string(), "title" => product.name,
        }),
        "category" => object! { "id" => id, "name" => name },
    }
}

fn whole(course: &Course) -> Json {
    object! {
        "id" => course.id,
        "title" => &course.title,
        "description" => &course.description,
        "published" => course.published,
        "replyEmail" => &course.reply_email,
        "daysAvailable" => course.days_available,
        "allowManualWatch" => true,
        "releaseDate" => course.release.written(),
        "progressBar" => course.progress_bar,
        "pixelFacebook" => &course.pixel_facebook,
        "pixelGoogleAnalytics" => &course.pixel_google,
        "duration" => course.duration,
        "type" => 1_u64,
        "certificateProgress" => course.certificate_progress,
        "supportExternalUrl" => &course.support_url,
        "allowMultipleAccess" => course.allow_multiple_access,
        "secretaryStatus" => course.secretary_status,
        "secretaryUrl" => &course.secretary_url,
        "customization" => object! {
            "background" => &course.images.background,
            "backgroundLight" => &course.images.background_light,
            "modulesDefaultImage" => &course.images.modules,
            "lessonsDefaultImage" => &course.images.lessons,
        },
    }
}
