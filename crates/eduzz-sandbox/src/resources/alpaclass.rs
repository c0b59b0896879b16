//! Alpaclass: students, deliveries and enrolments.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Resources, Turn, is, list_of, person, set, text};
use crate::problem::Problem;
use crate::state::calendar::Moment;
use crate::state::shop::Sale;

/// The courses of a delivery.
pub(super) fn courses(all: &Resources, turn: &Turn<'_>) -> Vec<Value> {
    let (of, id) = turn.last();
    all.find(of, id)
        .map_or_else(Vec::new, |delivery| list_of(delivery, "_courses").to_vec())
}

/// Makes a student, with the courses of the school's deliveries by the API.
pub(super) fn create_student(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let team = turn.last().1;
    let known = all.at_email("alpaclass/students", Some(team), turn.text("email"));
    if known.is_some() {
        let message = "the school has a student with this e-mail address";
        return Err(Problem::new(StatusCode::CONFLICT, message));
    }
    let who = json!({
        "name": turn.text("name"), "email": turn.text("email"), "phone": turn.given.get("phone"),
        "document": turn.given.get("document"),
    });
    let courses = all
        .delivered(team, |delivery| text(delivery, "platform") == "api")
        .unwrap_or_default();
    let student = all.add_student(team, who, turn.ask.now);
    all.enroll(text(&student, "id"), &courses, turn.ask.now);
    all.tell_student(&student);
    Ok(student)
}

impl Resources {
    /// Makes the buyer of a product a student of the schools that deliver it. A refund changes
    /// nothing.
    pub(super) fn settle_alpaclass(&mut self, sale: &Sale, is_news: bool) {
        let Some(at) = sale.paid else {
            return;
        };
        let product = sale.product.id.to_string();
        let teams = self.records("alpaclass/teams", None).map(|team| text(team, "id"));
        for team in &teams.map(str::to_owned).collect::<Vec<_>>() {
            let is_of_it = |delivery: &Value| {
                text(delivery, "platform") == "eduzz" && text(delivery, "platformProductId") == product
            };
            let Some(courses) = self.delivered(team, is_of_it) else {
                continue;
            };
            let known = self.at_email("alpaclass/students", Some(team), &sale.recipient.email);
            let (is_new, known) = (known.is_none(), known.cloned());
            let student = known.unwrap_or_else(|| self.add_student(team, person(&sale.recipient), at));
            self.enroll(text(&student, "id"), &courses, at);
            if is_new && is_news {
                self.tell_student(&student);
            }
        }
    }

    /// The courses of the active deliveries that match; `None` when no delivery matches.
    fn delivered(&self, team: &str, of: impl Fn(&Value) -> bool) -> Option<Vec<Value>> {
        let in_force = |delivery: &&Value| is(delivery, "isActive") && of(delivery);
        let deliveries = self.records("alpaclass/deliveries", Some(team));
        let mut deliveries = deliveries.filter(in_force).peekable();
        deliveries.peek()?;
        let courses = deliveries.flat_map(|delivery| list_of(delivery, "_courses"));
        Some(courses.cloned().collect())
    }

    pub(super) fn add_student(&mut self, team: &str, mut who: Value, at: Moment) -> Value {
        set(&mut who, json!({ "isFrozen": false }));
        self.make("alpaclass/students", team, &at.plain(), who)
    }

    /// Enrols a student in the courses that are new to them. A student from before the start has
    /// made progress.
    pub(super) fn enroll(&mut self, student: &str, courses: &[Value], at: Moment) {
        for course in courses {
            let is_of_it = |known: &Value| known.get("course") == Some(course);
            if self.records("alpaclass/enrollments", Some(student)).any(is_of_it) {
                continue;
            }
            let progress = self.progress(at);
            let certificate =
                (progress == 100).then(|| format!("https://certificados.example.com/{}", self.random.hex(8)));
            let members = json!({ "certificateUrl": certificate, "progress": progress, "course": course });
            self.make("alpaclass/enrollments", student, &at.plain(), members);
        }
    }

    /// The progress of a student who started at this moment.
    pub(super) fn progress(&mut self, since: Moment) -> u64 {
        match self.born.since(since) {
            86_400.. => self.random.below(126).min(100),
            _ => 0,
        }
    }

    fn tell_student(&mut self, student: &Value) {
        let team = self.find("alpaclass/teams", text(student, "_of")).cloned();
        let mut student = student.clone();
        set(&mut student, json!({ "locale": "pt_BR" }));
        self.tell(
            "alpaclass.student_created",
            &json!({ "student": student, "team": team }),
        );
    }
}
