//! The producer's media, and which domains may show them. All of it is invented.

use super::calendar::Moment;
use super::shop::Shop;
use crate::config::Config;
use crate::random::Random;

/// Everything that SafeVideo knows.
#[derive(Debug)]
pub(crate) struct Library {
    /// Whose media they are, as SafeVideo calls them.
    pub(crate) user: String,
    pub(crate) email: String,
    /// In the order of their making; those that were deleted are gone.
    pub(crate) medias: Vec<Media>,
}

/// A media.
#[derive(Debug)]
pub(crate) struct Media {
    pub(crate) id: String,
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) filename: String,
    pub(crate) description: String,
    /// In seconds (Q152).
    pub(crate) duration: u64,
    pub(crate) order: u64,
    pub(crate) tags: Vec<&'static str>,
    pub(crate) created: Moment,
    pub(crate) updated: Moment,
    /// What was sent, in bytes.
    pub(crate) size: u64,
    /// The domains that alone may show it; all may when there are none.
    pub(crate) domains: Vec<String>,
}

const COURSES: &[(&str, &str, &[&str])] = &[
    (
        "Violão Caipira",
        "violao",
        &[
            "Afinação",
            "Primeiros acordes",
            "Batida",
            "Ponteio",
            "A primeira moda",
        ],
    ),
    (
        "Bordado",
        "bordado",
        &["Materiais", "Ponto atrás", "Ponto cheio", "Arremates"],
    ),
    ("Fermentação", "pao", &["O fermento", "A massa", "O forno"]),
];

impl Library {
    /// The media of the shop's producer.
    pub(crate) fn new(config: &Config, born: Moment, shop: &Shop) -> Self {
        let mut random = Random::stream(config.seed, "safevideo");
        let user = random.hex(12);
        let mut created = born.plus_days(-300);
        let mut medias = Vec::new();
        for (course, file, lessons) in COURSES {
            for (number, lesson) in (1_u64..).zip(*lessons) {
                created = created.plus(random.between(3_600, 20 * 86_400));
                let duration = 180 + random.below(1_500);
                medias.push(Media {
                    id: random.hex(12),
                    key: random.uuid(),
                    title: format!("{course} {number} - {lesson}.mp4"),
                    filename: format!("{file}{number}.mp4"),
                    description: format!("{course}: {lesson}"),
                    duration,
                    order: number,
                    tags: if number == 1 { vec!["abertura"] } else { vec![""] },
                    created,
                    updated: created.plus(random.between(300, 3_600)),
                    size: duration * (400_000 + random.below(300_000)),
                    domains: Vec::new(),
                });
            }
        }
        Self {
            user,
            email: shop.producer.email.clone(),
            medias,
        }
    }

    pub(crate) fn media(&self, id: &str) -> Option<&Media> {
        self.medias.iter().find(|media| media.id == id)
    }

    /// A media to be changed, at this moment.
    pub(crate) fn changing(&mut self, id: &str, now: Moment) -> Option<&mut Media> {
        let media = self.medias.iter_mut().find(|media| media.id == id)?;
        media.updated = now;
        Some(media)
    }

    /// Deletes a media; says whether it was there.
    pub(crate) fn delete(&mut self, id: &str) -> bool {
        let before = self.medias.len();
        self.medias.retain(|media| media.id != id);
        self.medias.len() < before
    }
}
