//! The producer's schools: students, courses, and the deliveries that let buyers in. All of it is invented, and the buyers are those
//! of the shop.

use std::sync::Arc;

use eduzz_types::alpaclass::Platform;
use eduzz_types::myeduzz::Delivery as Delivered;

use super::calendar::Moment;
use super::is_same_email;
use super::shop::{Human, Product, Shop};
use crate::config::Config;
use crate::random::Random;

/// Everything that Alpaclass knows.
#[derive(Debug)]
pub(crate) struct Schools {
    pub(crate) teams: Vec<Team>,
    ids: Ids,
    random: Random,
    /// How many of the shop's moves of money have been looked at.
    seen: usize,
    /// The students who came since it was last told, with their schools.
    pub(crate) news: Vec<(Student, String)>,
}

/// The last ids that were given.
#[derive(Debug)]
struct Ids {
    enrollment: u64,
    delivery: u64,
}

/// A school.
#[derive(Debug)]
pub(crate) struct Team {
    pub(crate) id: String,
    pub(crate) name: &'static str,
    pub(crate) url: String,
    /// In the order of their making.
    pub(crate) deliveries: Vec<Delivery>,
    /// In the order in which the school came to know them.
    pub(crate) students: Vec<Student>,
}

/// A course.
#[derive(Debug)]
pub(crate) struct Course {
    pub(crate) id: String,
    pub(crate) name: &'static str,
}

/// What lets the buyers of a product into courses.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) id: u64,
    pub(crate) name: &'static str,
    pub(crate) platform: Platform,
    pub(crate) product: String,
    pub(crate) offer: Option<String>,
    pub(crate) is_active: bool,
    pub(crate) is_subscription: bool,
    pub(crate) removes_access: bool,
    pub(crate) tags: Vec<&'static str>,
    pub(crate) days: u64,
    pub(crate) courses: Vec<Arc<Course>>,
}

/// A student.
#[derive(Clone, Debug)]
pub(crate) struct Student {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: Option<String>,
    pub(crate) document: Option<String>,
    pub(crate) created: Moment,
    pub(crate) is_frozen: bool,
    /// In the order of their making.
    pub(crate) enrollments: Vec<Enrollment>,
}

/// A student's enrolment in a course.
#[derive(Clone, Debug)]
pub(crate) struct Enrollment {
    pub(crate) id: u64,
    pub(crate) course: Arc<Course>,
    pub(crate) created: Moment,
    pub(crate) progress: u64,
    pub(crate) certificate: Option<String>,
}

/// Who is to become a student.
#[derive(Clone, Debug)]
pub(crate) struct Newcomer {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) phone: Option<String>,
    pub(crate) document: Option<String>,
}

impl From<&Human> for Newcomer {
    fn from(human: &Human) -> Self {
        Self {
            name: human.name.clone(),
            email: human.email.clone(),
            phone: Some(human.flat_phone()),
            document: Some(human.document.clone()),
        }
    }
}

/// Why nobody became a student.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotMade {
    /// There is no such school.
    NoTeam,
    /// A student of the school has this e-mail address.
    Known,
}

impl Schools {
    /// The schools of the shop's producer, before anybody bought anything.
    pub(crate) fn new(config: &Config, born: Moment, shop: &Shop) -> Self {
        let mut random = Random::stream(config.seed, "alpaclass");
        let ids = Ids {
            enrollment: 5_200_000 + random.below(9_000),
            delivery: 4_100 + random.below(900),
        };
        let mut schools = Self {
            teams: Vec::new(),
            ids,
            random,
            seen: 0,
            news: Vec::new(),
        };
        let open = |schools: &mut Self, id: String, name| {
            let url = format!("https://{}.example.com", id.to_lowercase());
            schools.teams.push(Team {
                id,
                name,
                url,
                deliveries: Vec::new(),
                students: Vec::new(),
            });
        };
        open(&mut schools, "atelie-da-serra".to_owned(), "Ateliê da Serra");
        let code = schools.random.code(6);
        open(&mut schools, code, "Cozinha de Quintal");
        // A school that was just opened: every list of it is empty.
        let code = schools.random.code(6);
        open(&mut schools, code, "Escola Nova");
        schools.studio(shop);
        schools.kitchen(born);
        schools
    }

    /// A school that lets the buyers of the shop in, and students by the API.
    fn studio(&mut self, shop: &Shop) {
        let [first_steps, light, printing] =
            ["Comece por aqui", "Luz natural", "Impressão em casa"].map(|name| self.course(name));
        let mut deliveries = Vec::new();
        let delivered = |product: &&Arc<Product>| product.delivery == Delivered::AlpaClass;
        for product in shop.products.iter().filter(delivered) {
            let of_its_own = self.course(product.name);
            deliveries.push(Delivery {
                is_subscription: product.is_subscription(),
                removes_access: product.is_subscription(),
                tags: vec!["eduzz"],
                courses: vec![Arc::clone(&first_steps), of_its_own],
                ..self.delivery(product.name, Platform::Eduzz, product.id.to_string())
            });
        }
        deliveries.push(Delivery {
            tags: vec!["bolsa", "api"],
            courses: vec![first_steps, Arc::clone(&light)],
            ..self.delivery("Bolsistas", Platform::Api, "bolsistas".to_owned())
        });
        deliveries.push(Delivery {
            is_active: false,
            offer: Some("OF-ANTIGA".to_owned()),
            courses: vec![light, printing],
            days: 180,
            ..self.delivery("Turma de 2024", Platform::Hotmart, "889001".to_owned())
        });
        if let Some(team) = self.teams.first_mut() {
            team.deliveries = deliveries;
        }
    }

    /// A school whose students came from other platforms.
    fn kitchen(&mut self, born: Moment) {
        let [bread, sweets] = ["Pão de fermentação natural", "Doces de tacho"].map(|name| self.course(name));
        let deliveries = vec![
            Delivery {
                is_subscription: true,
                removes_access: true,
                courses: vec![Arc::clone(&bread), Arc::clone(&sweets)],
                days: 30,
                ..self.delivery("Clube do Forno", Platform::Kiwify, "kw-7715".to_owned())
            },
            Delivery {
                courses: vec![bread],
                ..self.delivery(
                    "Padaria em Casa",
                    Platform::DigitalManagerGuru,
                    "guru-31".to_owned(),
                )
            },
            Delivery {
                is_active: false,
                courses: vec![sweets],
                ..self.delivery("Festa Junina", Platform::Tmb, "tmb-2".to_owned())
            },
        ];
        let students = (0..37)
            .map(|number: usize| {
                let since = born.plus(-self.random.between(86_400, 86_400 * 300));
                let human = Human::invented(&mut self.random, 0, 1_000 + number, since);
                let mut student = self.student(Newcomer::from(&human), since);
                if let Some(delivery) = self.random.pick(&deliveries) {
                    self.enroll(&mut student, &delivery.courses, since, born);
                }
                student.is_frozen = self.random.percent(20);
                student
            })
            .collect();
        if let Some(team) = self.teams.get_mut(1) {
            (team.deliveries, team.students) = (deliveries, students);
        }
    }

    fn course(&mut self, name: &'static str) -> Arc<Course> {
        let id = self.random.code(6);
        Arc::new(Course { id, name })
    }

    /// A delivery that is in force, for a year.
    fn delivery(&mut self, name: &'static str, platform: Platform, product: String) -> Delivery {
        self.ids.delivery += 1 + self.random.below(5);
        Delivery {
            id: self.ids.delivery,
            name,
            platform,
            product,
            offer: None,
            is_active: true,
            is_subscription: false,
            removes_access: false,
            tags: Vec::new(),
            days: 365,
            courses: Vec::new(),
        }
    }

    fn student(&mut self, who: Newcomer, created: Moment) -> Student {
        Student {
            id: self.random.code(6),
            name: who.name,
            email: who.email,
            phone: who.phone,
            document: who.document,
            created,
            is_frozen: false,
            enrollments: Vec::new(),
        }
    }

    /// Puts a student into the courses that are new to them. Who had time before the sandbox was started has come some way.
    fn enroll(&mut self, student: &mut Student, courses: &[Arc<Course>], at: Moment, born: Moment) {
        for course in courses {
            if student
                .enrollments
                .iter()
                .any(|known| known.course.id == course.id)
            {
                continue;
            }
            self.ids.enrollment += 1;
            let progress = match born.since(at) {
                86_400.. => self.random.below(126).min(100),
                _ => 0,
            };
            let key = self.random.hex(8);
            student.enrollments.push(Enrollment {
                id: self.ids.enrollment,
                course: Arc::clone(course),
                created: at,
                progress,
                certificate: (progress == 100).then(|| format!("https://certificados.example.com/{key}")),
            });
        }
    }

    /// Lets those in who paid for what a delivery is of; what was looked at before is not looked at again.
    pub(crate) fn let_in(&mut self, shop: &Shop, born: Moment) {
        // The teams are taken out, so that ids can be drawn for what is in them.
        let mut teams = std::mem::take(&mut self.teams);
        for (sale, is_news) in shop.moved_since(self.seen) {
            let Some(paid) = sale.paid else { continue };
            let product = sale.product.id.to_string();
            for team in &mut teams {
                let is_of_it =
                    |delivery: &Delivery| delivery.platform == Platform::Eduzz && delivery.product == product;
                let Some(courses) = team.courses(is_of_it) else {
                    continue;
                };
                let known = team
                    .students
                    .iter_mut()
                    .find(|student| student.is_at(&sale.recipient.email));
                if let Some(student) = known {
                    self.enroll(student, &courses, paid, born);
                } else {
                    let mut student = self.student(Newcomer::from(&*sale.recipient), paid);
                    self.enroll(&mut student, &courses, paid, born);
                    if is_news {
                        self.news.push((student.clone(), team.id.clone()));
                    }
                    team.students.push(student);
                }
            }
        }
        self.teams = teams;
        self.seen = shop.moves();
    }

    /// Makes somebody a student of a school, with the courses of its deliveries by the API.
    pub(crate) fn make_student(
        &mut self,
        team: &str,
        who: Newcomer,
        now: Moment,
    ) -> Result<&Student, NotMade> {
        let known = self.team(team).ok_or(NotMade::NoTeam)?;
        if known.students.iter().any(|student| student.is_at(&who.email)) {
            return Err(NotMade::Known);
        }
        let courses = known.courses(|delivery| delivery.platform == Platform::Api);
        let mut student = self.student(who, now);
        self.enroll(&mut student, &courses.unwrap_or_default(), now, now);
        let team = self.teams.iter_mut().find(|known| known.id == team);
        let team = team.ok_or(NotMade::NoTeam)?;
        self.news.push((student.clone(), team.id.clone()));
        team.students.push(student);
        team.students.last().ok_or(NotMade::NoTeam)
    }

    pub(crate) fn team(&self, id: &str) -> Option<&Team> {
        self.teams.iter().find(|team| team.id == id)
    }
}

impl Team {
    /// The courses of the deliveries in force of which this holds; none when there are no such deliveries.
    fn courses(&self, of: impl Fn(&Delivery) -> bool) -> Option<Vec<Arc<Course>>> {
        let mut found = None;
        for delivery in self
            .deliveries
            .iter()
            .filter(|delivery| delivery.is_active && of(delivery))
        {
            let courses: &mut Vec<_> = found.get_or_insert_default();
            courses.extend(delivery.courses.iter().map(Arc::clone));
        }
        found
    }

    pub(crate) fn student(&self, id: &str) -> Option<&Student> {
        self.students.iter().find(|student| student.id == id)
    }

    pub(crate) fn delivery(&self, id: &str) -> Option<&Delivery> {
        let id: u64 = id.parse().ok()?;
        self.deliveries.iter().find(|delivery| delivery.id == id)
    }
}

impl Student {
    /// Whether it is this student's address, whatever its case.
    fn is_at(&self, email: &str) -> bool {
        is_same_email(&self.email, email)
    }
}
