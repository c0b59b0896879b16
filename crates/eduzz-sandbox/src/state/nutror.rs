//! The producer's school at Nutror: courses with their modules, students with what they have access to, and what they say below the
//! lessons. All of it is invented, and agrees with itself: who paid the shop for a course is a student, and only students comment.

mod seed;

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::calendar::{Day, Moment};
use super::next_id;
use super::shop::{Product, Sale, Shop};
use crate::config::Config;
use crate::random::Random;

/// Everything that Nutror knows.
#[derive(Debug)]
pub(crate) struct School {
    /// The producer's name, under which comments are answered.
    teacher: String,
    /// In the order of their making.
    pub(crate) courses: Vec<Course>,
    /// In the order of their coming.
    pub(crate) students: Vec<Student>,
    /// In the order of their writing.
    pub(crate) comments: Vec<Comment>,
    offers: Vec<Offer>,
    /// The students' places by their e-mail addresses in small letters; made anew when one goes.
    places: HashMap<String, usize>,
    /// How many of the shop's moves of money were looked at.
    seen: usize,
    /// What happened since it was last told.
    pub(crate) news: Vec<News>,
    /// When the world was made: what happened before left its marks.
    born: Moment,
    ids: Ids,
    random: Random,
}

/// A piece of news.
#[derive(Debug)]
pub(crate) enum News {
    /// A student, by the e-mail address, was enrolled.
    Enrolled { email: String, enrollment: u64 },
    /// Something was said below a lesson, or is not said there any more.
    Said(Talk, Words),
}

/// What happened to a comment or an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Talk {
    Replied,
    Deleted,
}

/// A comment, or an answer to one.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) id: u64,
    /// The comment that it answers.
    pub(crate) parent: Option<u64>,
    pub(crate) text: String,
    /// Who wrote the comment that it is, or is about.
    pub(crate) learner: String,
    pub(crate) lesson: u64,
    pub(crate) at: Moment,
}

/// The last ids that were given.
#[derive(Debug)]
struct Ids {
    course: u64,
    module: u64,
    lesson: u64,
    enrollment: u64,
    comment: u64,
    answer: u64,
}

/// What the buyers of a product get.
#[derive(Debug)]
struct Offer {
    product: u64,
    kind: &'static str,
    courses: Vec<u64>,
    /// None for as long as it is paid.
    days: Option<i64>,
}

/// A course.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    pub(crate) id: u64,
    pub(crate) hash: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) published: bool,
    pub(crate) created: Moment,
    pub(crate) updated: Moment,
    pub(crate) product: Option<Arc<Product>>,
    /// Id and name.
    pub(crate) category: (u64, &'static str),
    pub(crate) reply_email: String,
    pub(crate) days_available: Option<u64>,
    pub(crate) release: Day,
    pub(crate) progress_bar: bool,
    pub(crate) pixel_facebook: String,
    pub(crate) pixel_google: String,
    pub(crate) duration: Decimal,
    pub(crate) certificate_progress: Decimal,
    pub(crate) support_url: String,
    pub(crate) allow_multiple_access: bool,
    pub(crate) secretary_status: bool,
    pub(crate) secretary_url: String,
    pub(crate) images: Images,
    /// In the order of their making.
    pub(crate) modules: Vec<Module>,
}

/// The addresses of a course's images.
#[derive(Clone, Debug)]
pub(crate) struct Images {
    pub(crate) background: String,
    pub(crate) background_light: String,
    pub(crate) modules: String,
    pub(crate) lessons: String,
}

/// A module of a course.
#[derive(Clone, Debug)]
pub(crate) struct Module {
    pub(crate) id: u64,
    pub(crate) title: String,
    pub(crate) days_locked: Option<u64>,
    pub(crate) is_draft: bool,
    pub(crate) available_days: Option<u64>,
    pub(crate) release: Option<Day>,
    pub(crate) sequence: u64,
    pub(crate) is_free: bool,
    pub(crate) created: Moment,
    pub(crate) banner: String,
    /// The ids of its lessons; no call tells more of them.
    lessons: Vec<u64>,
}

/// A student.
#[derive(Debug)]
pub(crate) struct Student {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) avatar: Option<String>,
    /// In the order of their making.
    pub(crate) enrollments: Vec<Enrollment>,
}

/// What a student has access to.
#[derive(Debug)]
pub(crate) struct Enrollment {
    pub(crate) id: u64,
    pub(crate) kind: &'static str,
    pub(crate) created: Moment,
    pub(crate) all_modules_released: Option<bool>,
    pub(crate) ends: Option<Moment>,
    pub(crate) accepted_terms: Option<Moment>,
    pub(crate) progress: u64,
    pub(crate) is_blocked: bool,
    pub(crate) product: u64,
    courses: Vec<u64>,
    /// The money went back.
    is_revoked: bool,
}

impl Enrollment {
    /// Whether the student gets in now.
    pub(crate) fn is_active(&self, now: Moment) -> bool {
        !self.is_blocked && !self.is_revoked && self.ends.is_none_or(|end| now < end)
    }
}

/// What a student says below a lesson.
#[derive(Debug)]
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) author: String,
    pub(crate) text: &'static str,
    pub(crate) lesson: u64,
    pub(crate) written: Moment,
    pub(crate) is_approved: bool,
    pub(crate) is_read: bool,
    pub(crate) is_fixed: bool,
    pub(crate) is_favorite: bool,
    /// In the order of their writing.
    pub(crate) answers: Vec<Answer>,
}

/// An answer to a comment.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) id: u64,
    pub(crate) author: String,
    pub(crate) text: String,
    pub(crate) written: Moment,
}

impl School {
    /// The school of the shop's producer, with those who were its students when the world was made.
    pub(crate) fn new(config: &Config, born: Moment, shop: &Shop) -> Self {
        seed::school(config, born, shop)
    }

    /// Enrols those who paid for a course, and shuts those out who got their money back; what was looked at before is not looked at
    /// again.
    pub(crate) fn let_in(&mut self, shop: &Shop) {
        for (sale, is_news) in shop.moved_since(self.seen) {
            let enrolled = self.enrol(sale);
            if !sale.is_paid() {
                self.shut_out(sale);
            } else if is_news && let Some(enrollment) = enrolled {
                let email = sale.recipient.email.clone();
                self.news.push(News::Enrolled { email, enrollment });
            }
        }
        self.seen = shop.moves();
    }

    /// Enrols those who had paid before the world was made.
    fn let_in_past(&mut self, shop: &Shop) {
        let past = shop.moved_since(0).take_while(|(_, is_news)| !is_news);
        for (sale, _) in past {
            self.enrol(sale);
            self.seen += 1;
        }
    }

    fn shut_out(&mut self, sale: &Sale) {
        let place = self.places.get(&sale.recipient.email.to_lowercase());
        let student = place.and_then(|place| self.students.get_mut(*place));
        let theirs = student.into_iter().flat_map(|student| &mut student.enrollments);
        for enrollment in theirs.filter(|made| made.product == sale.product.id) {
            enrollment.is_revoked = true;
        }
    }

    /// The new enrolment, if it is one.
    fn enrol(&mut self, sale: &Sale) -> Option<u64> {
        let offer = self
            .offers
            .iter()
            .find(|offer| offer.product == sale.product.id)?;
        let paid = sale.paid?;
        let product = offer.product;
        let mut enrollment = Enrollment {
            id: 0,
            kind: offer.kind,
            created: paid,
            all_modules_released: None,
            ends: offer.days.map(|days| paid.plus_days(days)),
            accepted_terms: None,
            progress: 0,
            is_blocked: false,
            product,
            courses: offer.courses.clone(),
            is_revoked: !sale.is_paid(),
        };
        let random = &mut self.random;
        let email = sale.recipient.email.to_lowercase();
        let place = *self.places.entry(email).or_insert_with(|| {
            let id = if random.percent(12) {
                random.number().to_string()
            } else {
                random.hex(16)
            };
            self.students.push(Student {
                avatar: random
                    .percent(50)
                    .then(|| format!("https://img.example.com/alunos/{id}.jpg")),
                id,
                name: sale.recipient.name.clone(),
                email: sale.recipient.email.clone(),
                enrollments: Vec::new(),
            });
            self.students.len() - 1
        });
        let student = self.students.get_mut(place)?;
        // Each further charge of a subscription is of somebody who has what it pays for.
        if student.enrollments.iter().any(|made| made.product == product) {
            return None;
        }
        enrollment.id = next_id(&mut self.ids.enrollment);
        // Who came today has not begun.
        if self.born.since(paid) > 86_400 {
            enrollment.all_modules_released = (!random.percent(10)).then(|| random.percent(5));
            enrollment.accepted_terms = random.percent(85).then(|| paid.plus(random.between(60, 7_200)));
            enrollment.progress = random.below(126).min(100);
        }
        let id = enrollment.id;
        student.enrollments.push(enrollment);
        Some(id)
    }

    pub(crate) fn course(&self, id: &str) -> Option<&Course> {
        let id: u64 = id.parse().ok()?;
        self.courses.iter().find(|course| course.id == id)
    }

    pub(crate) fn course_mut(&mut self, id: &str) -> Option<&mut Course> {
        let id: u64 = id.parse().ok()?;
        self.courses.iter_mut().find(|course| course.id == id)
    }

    /// Takes a course away, with its modules and what was said below its lessons.
    pub(crate) fn delete_course(&mut self, id: &str) -> Option<()> {
        let id = self.course(id)?.id;
        let (gone, kept) = std::mem::take(&mut self.courses)
            .into_iter()
            .partition(|course| course.id == id);
        self.courses = kept;
        let gone: Vec<Course> = gone;
        self.silence(gone.iter().flat_map(|course| &course.modules));
        Some(())
    }

    /// Takes a module away, with what was said below its lessons.
    pub(crate) fn delete_module(&mut self, course: &str, id: &str) -> Option<()> {
        let course = self.course_mut(course)?;
        let place = course.place(id)?;
        let gone = course.modules.remove(place);
        self.silence([&gone]);
        Some(())
    }

    fn silence<'a>(&mut self, modules: impl IntoIterator<Item = &'a Module>) {
        for module in modules {
            self.comments
                .retain(|comment| !module.lessons.contains(&comment.lesson));
        }
    }

    pub(crate) fn student(&self, id: &str) -> Option<&Student> {
        self.students.iter().find(|student| student.id == id)
    }

    /// The courses of an enrolment that are still there.
    pub(crate) fn courses_of<'a>(&'a self, enrollment: &'a Enrollment) -> impl Iterator<Item = &'a Course> {
        self.courses
            .iter()
            .filter(|course| enrollment.courses.contains(&course.id))
    }

    /// Takes a student away, with the enrolments; what they said stays.
    pub(crate) fn delete_student(&mut self, id: &str) -> Option<()> {
        let place = self.students.iter().position(|student| student.id == id)?;
        self.students.remove(place);
        self.places = self
            .students
            .iter()
            .enumerate()
            .map(|(place, student)| (student.email.to_lowercase(), place))
            .collect();
        Some(())
    }

    pub(crate) fn enrollment_mut(&mut self, id: &str) -> Option<&mut Enrollment> {
        let id: u64 = id.parse().ok()?;
        self.students
            .iter_mut()
            .flat_map(|student| &mut student.enrollments)
            .find(|enrollment| enrollment.id == id)
    }

    /// Takes an enrolment away; its student stays.
    pub(crate) fn delete_enrollment(&mut self, id: &str) -> Option<()> {
        let id = self.enrollment_mut(id)?.id;
        for student in &mut self.students {
            student.enrollments.retain(|enrollment| enrollment.id != id);
        }
        Some(())
    }

    pub(crate) fn comment(&self, id: &str) -> Option<&Comment> {
        let id: u64 = id.parse().ok()?;
        self.comments.iter().find(|comment| comment.id == id)
    }

    pub(crate) fn comment_mut(&mut self, id: &str) -> Option<&mut Comment> {
        let id: u64 = id.parse().ok()?;
        self.comments.iter_mut().find(|comment| comment.id == id)
    }

    /// Takes a comment away, with its answers.
    pub(crate) fn delete_comment(&mut self, id: &str, now: Moment) -> Option<()> {
        let place = self.comments.iter().position(|said| id.parse() == Ok(said.id))?;
        let said = self.comments.remove(place);
        let words = Words {
            id: said.id,
            parent: None,
            text: said.text.to_owned(),
            learner: said.author,
            lesson: said.lesson,
            at: now,
        };
        self.news.push(News::Said(Talk::Deleted, words));
        Some(())
    }

    /// Answers a comment in the producer's name.
    pub(crate) fn answer(&mut self, comment: &str, text: &str, now: Moment) -> Option<()> {
        let (author, id) = (self.teacher.clone(), self.ids.answer.saturating_add(1));
        let comment = self.comment_mut(comment)?;
        let answer = Answer {
            id,
            author,
            text: text.to_owned(),
            written: now,
        };
        let words = comment.words(&answer, now);
        comment.answers.push(answer);
        self.ids.answer = id;
        self.news.push(News::Said(Talk::Replied, words));
        Some(())
    }

    /// Takes an answer away.
    pub(crate) fn delete_answer(&mut self, id: &str, now: Moment) -> Option<()> {
        let id: u64 = id.parse().ok()?;
        let gone = self.comments.iter_mut().find_map(|comment| {
            let place = comment.answers.iter().position(|answer| answer.id == id)?;
            let answer = comment.answers.remove(place);
            Some(comment.words(&answer, now))
        });
        self.news.push(News::Said(Talk::Deleted, gone?));
        Some(())
    }

    /// The student of this e-mail address.
    pub(crate) fn student_at(&self, email: &str) -> Option<&Student> {
        self.students.get(*self.places.get(&email.to_lowercase())?)
    }

    /// The course that a lesson is of.
    pub(crate) fn course_of(&self, lesson: u64) -> Option<&Course> {
        let has = |module: &Module| module.lessons.contains(&lesson);
        self.courses.iter().find(|course| course.modules.iter().any(has))
    }
}

impl Comment {
    /// An answer to the comment, for the news.
    fn words(&self, answer: &Answer, at: Moment) -> Words {
        Words {
            id: answer.id,
            parent: Some(self.id),
            text: answer.text.clone(),
            learner: self.author.clone(),
            lesson: self.lesson,
            at,
        }
    }
}

impl Course {
    fn place(&self, module: &str) -> Option<usize> {
        let id: u64 = module.parse().ok()?;
        self.modules.iter().position(|module| module.id == id)
    }

    pub(crate) fn module(&self, id: &str) -> Option<&Module> {
        self.modules.get(self.place(id)?)
    }

    pub(crate) fn module_mut(&mut self, id: &str) -> Option<&mut Module> {
        let place = self.place(id)?;
        self.modules.get_mut(place)
    }
}
