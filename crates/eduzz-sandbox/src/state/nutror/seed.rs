//! Invents the school as it is when the world is made.

use std::collections::HashMap;
use std::sync::Arc;

use eduzz_types::myeduzz::{Delivery, ProductType};
use rust_decimal::Decimal;

use super::{Answer, Comment, Course, Ids, Images, Module, Offer, School};
use crate::config::Config;
use crate::random::Random;
use crate::state::calendar::Moment;
use crate::state::next_id;
use crate::state::shop::{Product, Shop};

/// For how long who pays once has access.
const A_YEAR: u64 = 365;

const CATEGORIES: &[(u64, &str)] = &[
    (11, "Música"),
    (12, "Artesanato"),
    (13, "Literatura"),
    (14, "Casa"),
];

const MODULES: &[&str] = &[
    "Boas-vindas",
    "Primeiros passos",
    "Prática guiada",
    "Aprofundamento",
    "Projeto final",
];

const QUESTIONS: &[&str] = &[
    "Muito claro, obrigado!",
    "Posso fazer com outro material?",
    "O áudio desta aula está baixo.",
    "Refiz três vezes até acertar, e valeu a pena.",
    "Quando sai a próxima aula?",
    "Onde encontro o arquivo que você mostrou?",
    "Consegui! Posso mandar uma foto?",
    "Não entendi a parte do meio.",
];

const ANSWERS: &[&str] = &[
    "Que bom! Siga praticando.",
    "O arquivo está abaixo do vídeo.",
    "Pode, sim.",
    "Obrigada pelo aviso, vamos corrigir.",
];

pub(super) fn school(config: &Config, born: Moment, shop: &Shop) -> School {
    let mut random = Random::stream(config.seed, "nutror");
    let mut start = |base: u64| base + random.below(9_000);
    let ids = Ids {
        course: start(40_000),
        module: start(600_000),
        lesson: start(1_200_000),
        enrollment: start(3_300_000),
        comment: start(870_000),
        answer: start(210_000),
    };
    let mut school = School {
        teacher: shop.producer.name.clone(),
        courses: Vec::new(),
        students: Vec::new(),
        comments: Vec::new(),
        offers: Vec::new(),
        places: HashMap::new(),
        seen: 0,
        news: Vec::new(),
        born,
        ids,
        // Who comes later must not depend on what was drawn for those before them.
        random: Random::stream(config.seed, "nutror/students"),
    };
    let delivered = |product: &&Arc<Product>| product.delivery == Delivery::Nutror;
    for product in shop.products.iter().filter(delivered) {
        offer(&mut school, &mut random, shop, product);
    }
    let opened = school.courses.first().map_or(born, |course| course.created);
    let draft = course(&mut school, &mut random, shop, "Ensaio Aberto", None, opened);
    if let Some(draft) = school.courses.iter_mut().find(|course| course.id == draft) {
        draft.published = false;
    }
    school.let_in_past(shop);
    comment(&mut school, &mut random);
    school
}

/// Makes the courses of a product: one of its name, or the first of the school and two more for a package.
fn offer(school: &mut School, random: &mut Random, shop: &Shop, product: &Arc<Product>) {
    let is_package = product.kind == ProductType::Package;
    let titles: &[&'static str] = if is_package {
        &["Viola de Dez Cordas", "Canto Popular"]
    } else {
        &[product.name]
    };
    let first = school.courses.first().map(|course| course.id);
    let mut courses: Vec<u64> = first.filter(|_| is_package).into_iter().collect();
    for title in titles {
        courses.push(course(
            school,
            random,
            shop,
            title,
            Some(product),
            product.created,
        ));
    }
    school.offers.push(Offer {
        product: product.id,
        kind: if is_package { "package" } else { "course" },
        courses,
        days: (!product.is_subscription()).then(|| i64::try_from(A_YEAR).unwrap_or_default()),
    });
}

/// Makes a course, and gives its id.
fn course(
    school: &mut School,
    random: &mut Random,
    shop: &Shop,
    title: &str,
    product: Option<&Arc<Product>>,
    created: Moment,
) -> u64 {
    let id = next_id(&mut school.ids.course);
    let image = |name: &str| format!("https://img.example.com/cursos/{id}/{name}.jpg");
    let category = random.pick(CATEGORIES).copied().unwrap_or_default();
    let is_club = product.is_some_and(|product| product.is_subscription());
    let modules = MODULES
        .iter()
        .zip(0_u64..)
        .take(usize::try_from(random.between(3, 5)).unwrap_or(3))
        .map(|(title, sequence)| Module {
            id: next_id(&mut school.ids.module),
            title: (*title).to_owned(),
            days_locked: sequence
                .checked_sub(1)
                .filter(|weeks| *weeks > 0)
                .map(|weeks| 7 * weeks),
            is_draft: sequence > 2 && random.percent(30),
            available_days: (sequence > 3).then_some(90),
            release: (sequence > 0).then(|| created.day()),
            sequence,
            is_free: sequence == 0,
            created: created.plus(3_600 * i64::try_from(sequence).unwrap_or_default()),
            banner: image(&format!("modulo-{sequence}")),
            lessons: (0..3).map(|_| next_id(&mut school.ids.lesson)).collect(),
        })
        .collect();
    school.courses.push(Course {
        id,
        hash: random.hex(20),
        title: title.to_owned(),
        description: product
            .map_or("Em preparação", |product| product.description)
            .to_owned(),
        published: true,
        created,
        updated: created.plus_days(random.between(1, 20)),
        product: product.map(Arc::clone),
        category,
        reply_email: shop.producer.email.clone(),
        days_available: (!is_club).then_some(A_YEAR),
        release: created.day(),
        progress_bar: random.percent(70),
        pixel_facebook: random.number().to_string(),
        pixel_google: format!("UA-{}", random.number()),
        duration: Decimal::from(random.between(6, 60) * 10),
        certificate_progress: Decimal::from(random.between(7, 10) * 10),
        support_url: "https://ajuda.example.com".to_owned(),
        allow_multiple_access: random.percent(40),
        secretary_status: is_club,
        secretary_url: "https://secretaria.example.com".to_owned(),
        images: Images {
            background: image("fundo"),
            background_light: image("fundo-claro"),
            modules: image("modulo"),
            lessons: image("aula"),
        },
        modules,
    });
    id
}

/// Lets some of the students say something below the lessons of their courses, and the teacher answer some of it.
fn comment(school: &mut School, random: &mut Random) {
    let mut said: Vec<(Moment, String, u64)> = Vec::new();
    for student in &school.students {
        for enrollment in &student.enrollments {
            let lessons: Vec<u64> = school
                .courses_of(enrollment)
                .flat_map(|course| &course.modules)
                .flat_map(|module| module.lessons.iter().copied())
                .collect();
            let since = school.born.since(enrollment.created);
            if since > 0
                && random.percent(30)
                && let Some(lesson) = random.pick(&lessons)
            {
                let written = enrollment.created.plus(random.between(0, since));
                said.push((written, student.name.clone(), *lesson));
            }
        }
    }
    said.sort();
    for (written, author, lesson) in said {
        let since = school.born.since(written);
        let is_new = since < 3 * 86_400;
        let is_approved = !is_new && random.percent(80);
        let mut comment = Comment {
            id: next_id(&mut school.ids.comment),
            author,
            text: random.pick(QUESTIONS).copied().unwrap_or_default(),
            lesson,
            written,
            is_approved,
            is_read: is_approved || random.percent(30),
            is_fixed: is_approved && random.percent(6),
            is_favorite: is_approved && random.percent(12),
            answers: Vec::new(),
        };
        if is_approved && random.percent(40) {
            comment.answers.push(Answer {
                id: next_id(&mut school.ids.answer),
                author: school.teacher.clone(),
                text: random.pick(ANSWERS).copied().unwrap_or_default().to_owned(),
                written: written.plus(random.between(0, since)),
            });
        }
        school.comments.push(comment);
    }
}
