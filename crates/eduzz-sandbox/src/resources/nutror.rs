//! Nutror: enrolments, courses, and comments on lessons.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Resources, Turn, is, list_of, set, text, texts};
use crate::problem::Problem;
use crate::random::Random;
use crate::state::calendar::Moment;
use crate::state::shop::Sale;

pub(super) fn block(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    all.set_enrollment(turn, json!({ "_isBlocked": true }))
}

/// Extends the access of an enrolment that is not blocked.
pub(super) fn open(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    all.set_enrollment(turn, json!({}))?;
    all.change(turn)
}

pub(super) fn release(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    all.set_enrollment(turn, json!({ "allModulesReleased": true }))
}

/// Deletes a student with the enrolments; the comments stay.
pub(super) fn delete_student(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let student = all.remove(turn)?;
    let id = text(&student, "id");
    all.drop_where("nutror/enrollments", |made| text(made, "_of") == id);
    Ok(student)
}

/// Deletes a course with its modules and the comments on its lessons.
pub(super) fn delete_course(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let course = all.remove(turn)?;
    let id = text(&course, "id");
    let modules: Vec<Value> = all.records("nutror/modules", Some(id)).cloned().collect();
    all.delete_comments_on(&modules);
    all.drop_where("nutror/modules", |module| text(module, "_of") == id);
    Ok(course)
}

/// Deletes a module with the comments on its lessons.
pub(super) fn delete_module(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let module = all.remove(turn)?;
    all.delete_comments_on(std::slice::from_ref(&module));
    Ok(module)
}

pub(super) fn answer(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let id = turn.last().1;
    let members = json!({ "parentId": id, "text": turn.text("text") });
    let answer = all.make("nutror/answers", id, &turn.now(), members);
    all.tell_comment("nutror.comment_replied", &answer, turn);
    Ok(answer)
}

pub(super) fn delete_answer(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let answer = all.remove(turn)?;
    all.tell_comment("nutror.comment_deleted", &answer, turn);
    Ok(answer)
}

/// Deletes a comment with its answers.
pub(super) fn delete_comment(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let comment = all.remove(turn)?;
    all.tell_comment("nutror.comment_deleted", &comment, turn);
    let id = text(&comment, "id");
    all.drop_where("nutror/answers", |answer| text(answer, "_of") == id);
    Ok(comment)
}

impl Resources {
    /// Enrols the buyer of a course, and ends the access after a refund. Further charges of a
    /// subscription enrol nobody.
    pub(super) fn settle_nutror(&mut self, sale: &Sale, is_news: bool) {
        let (product, email) = (sale.product.id.to_string(), &sale.recipient.email);
        let offer = self
            .records("nutror/offers", None)
            .find(|offer| text(offer, "id") == product);
        let (Some(offer), Some(at)) = (offer.cloned(), sale.paid) else {
            return;
        };
        let known = self.at_email("nutror/students", None, email).cloned();
        let student = known.unwrap_or_else(|| {
            let members = json!({ "name": sale.recipient.name, "email": email });
            self.make("nutror/students", "", "", members)
        });
        let (of, owner) = ("nutror/enrollments", text(&student, "id"));
        let known = self
            .records(of, Some(owner))
            .find(|made| text(made, "_product") == product)
            .cloned();
        let is_new = known.is_none();
        let made = known.unwrap_or_else(|| {
            let is_old = self.born.since(at) > 86_400;
            let end = offer.get("days").and_then(Value::as_i64).map(|days| at.plus_days(days).plain());
            let members = json!({
                "_product": product, "allModulesReleased": is_old.then(|| self.random.percent(5)), "expiredAt": end,
                "acceptedTermAt": is_old.then(|| at.plus(600).plain()), "progress": self.progress(at),
                "content": { "type": offer.get("kind"), "courses": offer.get("courses") },
            });
            self.make(of, owner, &at.plain(), members)
        });
        if !sale.is_paid() {
            self.update(of, text(&made, "id"), json!({ "_isRevoked": true }));
        } else if is_new && is_news {
            self.tell_enrollment(&made, &product, sale);
        }
    }

    /// Sets members of an enrolment; a blocked one can only be blocked again.
    fn set_enrollment(&mut self, turn: &Turn<'_>, members: Value) -> Result<Value, Problem> {
        let (of, id) = turn.last();
        let made = self.get_mut(of, id)?;
        if is(made, "_isBlocked") && members.get("_isBlocked").is_none() {
            return Err(Problem::new(StatusCode::CONFLICT, "the enrolment is blocked"));
        }
        set(made, members);
        Ok(Value::Null)
    }

    /// Deletes the comments on the lessons of these modules.
    fn delete_comments_on(&mut self, modules: &[Value]) {
        let lessons = modules.iter().flat_map(|module| texts(module, "_lessons"));
        let lessons: Vec<&str> = lessons.collect();
        self.drop_where("nutror/comments", |said| {
            lessons.contains(&text(said, "lessonId"))
        });
    }

    pub(super) fn show_enrollment(&self, made: &mut Value, now: Moment) {
        self.refresh(made, "/content/courses", "nutror/courses", "hash");
        let end = text(made, "expiredAt");
        let is_over = is(made, "_isBlocked")
            || is(made, "_isRevoked")
            || (!end.is_empty() && end <= now.plain().as_str());
        let status = if is_over { "inactive" } else { "active" };
        set(made, json!({ "status": status }));
    }

    pub(super) fn show_comment(&self, said: &mut Value) {
        let id = text(said, "id").to_owned();
        let is_answered = self.records("nutror/answers", Some(&id)).next().is_some();
        // Q58
        let is_approved = is(said, "_isApproved");
        let status = if is_approved { "approved" } else { "inModeration" };
        set(said, json!({ "status": status, "isAnswered": is_answered }));
    }

    fn tell_enrollment(&mut self, made: &Value, product: &str, sale: &Sale) {
        let made = self.shown("nutror/enrollments", made, Moment::EARLIEST);
        let sold =
            |course: &&Value| course.pointer("/myEduzzAssociation/contentId") == Some(&Value::from(product));
        let courses = list_of(made.get("content").unwrap_or(&Value::Null), "courses");
        let title = courses.iter().find(sold);
        let title = title.and_then(|course| course.pointer("/myEduzzAssociation/title"));
        let data = json!({
            "producer": self.producer, "learner": { "email": sale.recipient.email, "name": sale.recipient.name },
            // No call shows the content that is sold; its hash is made up.
            "content": { "hash": Random::stream(sale.product.id, "nutror/content").hex(20), "title": title },
            "courses": courses, "createdAt": text(&made, "createdAt"),
        });
        self.tell("nutror.enrollment_created", &data);
    }

    /// Adds an event of a comment or of an answer; its learner is the author of the comment.
    fn tell_comment(&mut self, event: &'static str, said: &Value, turn: &Turn<'_>) {
        let comment = self
            .find("nutror/comments", text(said, "parentId"))
            .unwrap_or(said);
        let lesson = text(comment, "lessonId");
        let has_it = |module: &&Value| texts(module, "_lessons").any(|id| id == lesson);
        let module = self.records("nutror/modules", None).find(has_it);
        let course = module.and_then(|module| self.find("nutror/courses", text(module, "_of")));
        let number: u64 = lesson.parse().unwrap_or_default();
        let learner = self
            .records("nutror/students", None)
            .find(|student| text(student, "name") == text(comment, "author"));
        let data = json!({
            "producer": self.producer, "course": course,
            "learner": { "email": learner.map(|learner| text(learner, "email")), "name": text(comment, "author") },
            // No call has lessons; their titles are made up.
            "lesson": { "id": lesson, "title": format!("Aula {}", number % 100) },
            "comment": { "id": text(said, "id"), "text": text(said, "text"), "parentId": said.get("parentId") },
            "createdAt": turn.now(),
        });
        self.tell(event, &data);
    }
}
