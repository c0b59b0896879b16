//! Nutror: enrolments, and what is said below the lessons.

use crate::random::Random;
use crate::render::json::{Json, object};
use crate::state::nutror::{Course, News, School, Talk, Words};
use crate::state::shop::Producer;

/// The full name of the event.
pub(crate) fn event(news: &News) -> &'static str {
    match news {
        News::Enrolled { .. } => "nutror.enrollment_created",
        News::Said(Talk::Replied, _) => "nutror.comment_replied",
        News::Said(Talk::Deleted, _) => "nutror.comment_deleted",
    }
}

/// The data of the event.
pub(crate) fn data(school: &School, producer: &Producer, news: &News) -> Json {
    // It has no id here.
    let producer = object! { "email" => &producer.email, "name" => &producer.name };
    match news {
        News::Enrolled { email, enrollment } => enrolled(school, producer, email, *enrollment),
        News::Said(_, words) => said(school, producer, words),
    }
}

fn enrolled(school: &School, producer: Json, email: &str, enrollment: u64) -> Json {
    let student = school.student_at(email);
    let made = student.and_then(|student| student.enrollments.iter().find(|made| made.id == enrollment));
    let courses: Vec<&Course> = made.map_or_else(Vec::new, |made| school.courses_of(made).collect());
    let product = made.map(|made| made.product);
    let title = courses.iter().find_map(|course| {
        let sold = course.product.as_ref().filter(|sold| Some(sold.id) == product)?;
        Some(sold.name)
    });
    object! {
        "producer" => producer,
        "learner" => object! { "email" => email.to_owned(), "name" => student.map(|student| &student.name) },
        // No call tells of the content that is sold; its hash is made up.
        "content" => object! {
            "hash" => Random::stream(product.unwrap_or_default(), "nutror/content").hex(20), "title" => title,
        },
        "courses" => courses.into_iter().map(course).collect::<Vec<_>>(),
        "createdAt" => made.map(|made| made.created.spaced()),
    }
}

fn said(school: &School, producer: Json, words: &Words) -> Json {
    let of = school.course_of(words.lesson);
    // A comment has its writer's name alone.
    let learner = school
        .students
        .iter()
        .find(|student| student.name == words.learner);
    object! {
        "producer" => producer,
        "learner" => object! {
            "email" => learner.map(|learner| &learner.email), "name" => &words.learner,
        },
        "course" => of.map(course),
        "lesson" => object! {
            "id" => words.lesson.to_string(), "title" => format!("Aula {}", words.lesson % 100),
        },
        "comment" => object! {
            "id" => words.id.to_string(),
            "text" => &words.text,
            "parentId" => words.parent.map(|id| id.to_string()),
        },
        "createdAt" => words.at.plain(),
    }
}

fn course(course: &Course) -> Json {
    object! { "hash" => &course.hash, "title" => &course.title }
}
