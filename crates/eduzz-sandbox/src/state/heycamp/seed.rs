//! The past of the communities.

use super::{Comment, Communities, Community, Ids, Invitation, Links, Member, Post, Space};
use crate::config::Config;
use crate::random::Random;
use crate::state::calendar::Moment;
use crate::state::next_id;
use crate::state::shop::Human;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// How far back the community goes.
const PAST: i64 = 300 * DAY;

/// The ids of the two communities do not follow from the seed: no call tells them, so they have to be known.
const NUMBERS: [u64; 2] = [3_001, 3_002];

const SPACES: &[(&str, bool)] = &[
    ("Boas-vindas", false),
    ("Fotos da semana", false),
    ("Equipamentos", false),
    ("Organização", true),
];
const TITLES: &[&str] = &[
    "Regras da casa",
    "A foto da semana",
    "Qual lente para retratos?",
    "Luz de janela",
    "Saída fotográfica no domingo",
    "Meu primeiro ensaio",
    "Como vocês organizam os arquivos?",
    "Revelação em casa",
    "Crítica: paisagem com neblina",
    "Dúvida sobre balanço de branco",
];
const TEXTS: &[&str] = &[
    "Contem aqui como foi.",
    "Postem até sexta, por favor.",
    "Aprendi muito com as dicas de vocês.",
    "Alguém já experimentou?",
    "Segue o que combinamos na última conversa.",
];
const COMMENTS: &[&str] = &[
    "Que luz bonita!",
    "Estarei lá.",
    "Também tenho essa dúvida.",
    "Experimente abrir mais o diafragma.",
    "Obrigada por compartilhar.",
    "Ficou ótimo, parabéns.",
];
const REPLIES: &[&str] = &[
    "Boa ideia, vou tentar.",
    "Obrigado!",
    "Combinado.",
    "É isso mesmo.",
];
const TAGS: &[&str] = &["luz", "retrato", "equipamento", "encontro", "dúvida"];

/// A community with a past, and one that was just opened.
pub(super) fn communities(config: &Config, now: Moment) -> Communities {
    let mut random = Random::stream(config.seed, "heycamp");
    let mut start = |base: u64| base + random.below(900);
    let ids = Ids {
        member: start(41_000),
        space: start(2_000),
        post: start(9_000),
        comment: start(70_000),
        invitation: start(15_000),
    };
    let all = Vec::new();
    let mut made = Communities { all, ids, random };
    let owner = config.apps.first().and_then(|app| config.person(&app.owner));
    let (name, email) = owner.map_or(("Produtor Inventado", "produtor@example.com"), |owner| {
        (owner.name.as_str(), owner.email.as_str())
    });
    let [old, new] = NUMBERS;
    let founder = made.newcomer(name.to_owned(), email.to_owned(), now.plus(-PAST));
    let mut community = made.open(old, "roda-de-fotografia", founder, SPACES);
    made.invite_all(&mut community, now);
    made.write_all(&mut community, now);
    made.all.push(community);

    let founder = made.newcomer(name.to_owned(), email.to_owned(), now);
    let community = made.open(new, "roda-nova", founder, &[("Geral", false)]);
    made.all.push(community);
    made
}

impl Communities {
    fn newcomer(&mut self, name: String, email: String, created: Moment) -> Member {
        Member {
            id: next_id(&mut self.ids.member),
            name,
            email,
            created,
            deleted: None,
            referrer: None,
            links: Links::default(),
        }
    }

    fn open(
        &mut self,
        number: u64,
        name: &'static str,
        founder: Member,
        spaces: &[(&'static str, bool)],
    ) -> Community {
        let space = |&(name, is_private): &(&'static str, bool)| Space {
            id: next_id(&mut self.ids.space),
            name,
            is_private,
        };
        Community {
            number,
            uuid: self.random.uuid(),
            name,
            spaces: spaces.iter().map(space).collect(),
            members: vec![founder],
            invitations: Vec::new(),
            posts: Vec::new(),
        }
    }

    /// People who were invited; most of them came, and a few went again.
    fn invite_all(&mut self, community: &mut Community, now: Moment) {
        let by = community.members.first().map_or(0, |founder| founder.id);
        for number in 0..46_i64 {
            let invited = now.plus((PAST - DAY) / 46 * number - PAST + self.random.between(HOUR, DAY));
            let human = Human::invented(
                &mut self.random,
                0,
                usize::try_from(number).unwrap_or_default(),
                invited,
            );
            let redeemed = invited.plus(self.random.between(60, 20 * HOUR));
            let comes = number % 8 != 5;
            community.invitations.push(Invitation {
                id: next_id(&mut self.ids.invitation),
                email: human.email.clone(),
                by,
                created: invited,
                redeemed: comes.then_some(redeemed),
                url: community.invitation_url(&mut self.random),
            });
            if comes {
                let handle = human.email.split('@').next().unwrap_or_default();
                let links = self.links(handle);
                let deleted = (number % 13 == 3)
                    .then(|| redeemed.plus(self.random.between(DAY, now.since(redeemed).max(DAY))))
                    .filter(|deleted| *deleted < now);
                let sso = self.random.percent(30);
                community.members.push(Member {
                    deleted,
                    referrer: sso.then(|| format!("https://sso.example.com/{}", community.name)),
                    links,
                    ..self.newcomer(human.name, human.email, redeemed)
                });
            }
        }
    }

    /// The pages of somebody who has some.
    fn links(&mut self, handle: &str) -> Links {
        let handle: String = handle.chars().filter(char::is_ascii_alphanumeric).collect();
        let mut link = |site| {
            self.random
                .percent(40)
                .then(|| format!("https://{site}.example.com/{handle}"))
        };
        Links {
            instagram: link("instagram"),
            facebook: link("facebook"),
            linkedin: link("linkedin"),
            x: link("x"),
        }
    }

    /// What the members wrote, and what they liked.
    fn write_all(&mut self, community: &mut Community, now: Moment) {
        let first = now.plus(-PAST / 2);
        for number in 0..34_i64 {
            let created = first.plus(PAST / 2 / 35 * number + self.random.between(0, DAY));
            let mut writers: Vec<u64> = community
                .members
                .iter()
                .filter(|member| member.created < created)
                .filter(|member| {
                    member
                        .deleted
                        .is_none_or(|deleted| deleted > created.plus(2 * DAY))
                })
                .map(|member| member.id)
                .collect();
            let Some(author) = self.random.pick(&writers).copied() else {
                continue;
            };
            let until = now.since(created).clamp(1, 2 * DAY);
            let comments = self.comments(&writers, COMMENTS, 9, created, until);
            let replies = if comments.is_empty() { 0 } else { 3 };
            let after = comments.last().map_or(created, |comment| comment.created);
            let until = now.since(after).clamp(1, DAY);
            let replies = self.comments(&writers, REPLIES, replies, after, until);
            let share = self.random.below(90);
            writers.retain(|_| self.random.percent(share));
            let id = next_id(&mut self.ids.post);
            let title = self.random.pick(TITLES).copied().unwrap_or_default();
            let text = self.random.pick(TEXTS).copied().unwrap_or_default();
            let changed = self.random.percent(20);
            community.posts.push(Post {
                id,
                title,
                content: format!("<p><strong>{title}</strong></p><p>{text}</p>"),
                author,
                space: self.random.pick(&community.spaces).map_or(0, |space| space.id),
                tags: TAGS.iter().filter(|_| self.random.percent(25)).copied().collect(),
                created,
                updated: if changed {
                    created.plus(HOUR).min(now)
                } else {
                    created
                },
                likes: writers,
                comments,
                replies,
            });
        }
    }

    /// Up to so many, one after the other.
    fn comments(
        &mut self,
        writers: &[u64],
        texts: &[&'static str],
        most: u64,
        after: Moment,
        within: i64,
    ) -> Vec<Comment> {
        let mut at: Vec<Moment> = (0..self.random.below(most + 1))
            .map(|_| after.plus(self.random.between(1, within)))
            .collect();
        at.sort_unstable();
        at.into_iter()
            .filter_map(|created| {
                Some(Comment {
                    author: self.random.pick(writers).copied()?,
                    text: self.random.pick(texts).copied()?,
                    id: next_id(&mut self.ids.comment),
                    created,
                })
            })
            .collect()
    }
}
