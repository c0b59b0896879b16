//! The records at the start: variations of the calls' examples that follow from the
//! seed.

use std::sync::Arc;

use eduzz_types::myeduzz::{Delivery, ProductType};
use serde_json::{Value, json};

use super::{Resources, list_of, number, person, set, shape, text, texts};
use crate::state::calendar::Moment;
use crate::state::shop::{Human, Product, Shop};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// How long a course that is paid once can be watched, in days.
const YEAR: i64 = 365;

const MODULES: &[&str] = &[
    "Boas-vindas",
    "Primeiros passos",
    "Prática guiada",
    "Projeto final",
];
const SAID: &[&str] = &[
    "Muito claro, obrigado!",
    "Posso fazer com outro material?",
    "Quando sai a próxima aula?",
];
const ANSWERED: &[&str] = &[
    "Que bom! Siga praticando.",
    "O arquivo está abaixo do vídeo.",
    "É isso mesmo.",
];
const TITLES: &[&str] = &[
    "A foto da semana",
    "Qual lente para retratos?",
    "Luz de janela",
    "Revelação em casa",
];
const MEDIAS: &[&str] = &[
    "Afinação",
    "Primeiros acordes",
    "Batida",
    "Ponteio",
    "Ponto atrás",
    "Ponto cheio",
    "O fermento",
    "A massa",
];

impl Resources {
    /// All records that do not follow from the shop's sales.
    pub(super) fn seed(&mut self, shop: &Shop) {
        self.seed_alpaclass(shop);
        self.seed_blinket(shop);
        self.seed_heycamp();
        self.seed_nutror(shop);
        self.seed_safevideo();
    }

    /// A person with a number that no other person of the seeds has.
    fn invented(&mut self, number: usize) -> Value {
        person(&Human::invented(&mut self.random, 0, number, self.born))
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        self.random.pick(of).copied().unwrap_or_default()
    }

    /// A school for the shop's buyers, one with students from other platforms, and an empty one.
    fn seed_alpaclass(&mut self, shop: &Shop) {
        let teams = [
            ("Ateliê da Serra", json!({ "id": "atelie-da-serra" })),
            ("Cozinha de Quintal", json!({})),
            ("Escola Nova", json!({})),
        ];
        let [studio, kitchen, _] = teams.map(|(name, id)| {
            let team = self.make("alpaclass/teams", "", "", id);
            let code = text(&team, "id").to_owned();
            let url = format!("https://{}.example.com", code.to_lowercase());
            self.update("alpaclass/teams", &code, json!({ "name": name, "url": url }));
            code
        });
        let names = [
            "Comece por aqui",
            "Luz natural",
            "Pão de fermentação natural",
            "Doces de tacho",
        ];
        let [first, light, bread, sweets] =
            names.map(|name| json!({ "id": self.random.code(6), "name": name }));
        let delivered = |product: &&Arc<Product>| product.delivery == Delivery::AlpaClass;
        for product in shop.products.iter().filter(delivered) {
            let own = json!({ "id": self.random.code(6), "name": product.name });
            self.delivery(
                &studio,
                product.name,
                "eduzz",
                &[&first, &own],
                json!({
                    "platformProductId": product.id.to_string(), "isSubscription": product.is_subscription(),
                }),
            );
        }
        for (team, name, platform, courses, is_active) in [
            (&studio, "Bolsistas", "api", &[&first, &light][..], true),
            (&studio, "Turma de 2024", "hotmart", &[&light], false),
            (&kitchen, "Clube do Forno", "kiwifi", &[&bread, &sweets], true), // Q126
            (&kitchen, "Padaria em Casa", "dmg", &[&bread], true),
            (&kitchen, "Festa Junina", "tmb", &[&sweets], false),
        ] {
            self.delivery(team, name, platform, courses, json!({ "isActive": is_active }));
        }
        for place in 0..37 {
            let since = self.born.plus_days(8 * place - 300);
            let who = self.invented(1_000 + usize::try_from(place).unwrap_or_default());
            let student = self.add_student(&kitchen, who, since);
            self.enroll(text(&student, "id"), &[bread.clone(), sweets.clone()], since);
            let frozen = json!({ "isFrozen": place % 5 == 0 });
            self.update("alpaclass/students", text(&student, "id"), frozen);
        }
    }

    fn delivery(&mut self, team: &str, name: &str, platform: &str, courses: &[&Value], more: Value) {
        let mut members =
            json!({ "_courses": courses, "name": name, "platform": platform, "platformOfferId": null });
        set(&mut members, more);
        self.make("alpaclass/deliveries", team, "", members);
    }

    /// A meeting a month, a live one, one for each ticket of the shop, and one without
    /// participants.
    fn seed_blinket(&mut self, shop: &Shop) {
        let opened = self.born.plus_days(-400).plain();
        let tags = [
            ("VIP", "#C9A227"),
            ("Imprensa", "#1188CC"),
            ("Palestrante", "#8833AA"),
        ];
        let tags = tags.map(|(title, color)| {
            let members = json!({ "title": title, "color": color });
            let tag = self.make("blinket/tags", "", &opened, members);
            json!({ "id": tag.get("id") })
        });
        for place in 1..=10 {
            let title = format!("Roda de Leitura {place}");
            self.event(&title, "online", -30 * (11 - place), 3, &tags);
        }
        self.event("Noite de Modas de Viola", "live", -21, 37, &tags);
        let is_ticket = |product: &&Arc<Product>| product.kind == ProductType::Ticket;
        for product in shop.products.iter().filter(is_ticket) {
            let event = self.event(product.name, "presential", 24, 0, &tags);
            let mut tickets = json!(list_of(&event, "tickets"));
            // The first ticket of the example is paid and has lots; the second has no end.
            let sold =
                json!({ "eduzzProductId": product.id.to_string(), "createdAt": product.created.plain() });
            if let Some(ticket) = tickets.get_mut(0) {
                let mut lot = list_of(ticket, "lots").first().cloned().unwrap_or_default();
                set(&mut lot, sold.clone());
                set(
                    &mut lot,
                    json!({
                        "id": self.random.uuid(), "ticketId": text(ticket, "id"), "name": "Lote único", "quantity": 400, "value": number(product.price),
                        "isActive": true, "startSaleAt": product.created.plain(), "endSaleAt": text(&event, "startAt"),
                    }),
                );
                set(ticket, sold);
                set(ticket, json!({ "lots": [lot] }));
            }
            self.update("blinket/events", text(&event, "id"), json!({
                "tickets": tickets, "address": *shape::of_call("blinket", "get_event", "/address"), "streamUrl": null,
                "description": product.description, "_questions": [
                    { "question": "Tamanho do avental", "answers": ["P", "M", "G"] },
                    { "question": "Já usou o torno?", "answers": ["Sim", "Não", "Uma vez"] },
                ],
            }));
        }
        self.event("Aulão de Fermentação", "online", 10, 0, &tags);
    }

    /// An event in the evening, `day` days from the start, with `guests` guests.
    fn event(&mut self, title: &str, kind: &str, day: i64, guests: usize, tags: &[Value]) -> Value {
        let starts = self.born.plus_days(day).day().at(19 * HOUR);
        let room = format!("https://ao-vivo.example.com/{}", self.random.hex(5));
        // Q140
        let mut event = self.make("blinket/events", "", &starts.plus_days(-35).plain(), json!({
            "type": kind, "title": title, "saleUrl": title.to_lowercase().replace(' ', "-"), "streamUrl": room,
            "startAt": starts.plain(), "endAt": starts.plus(3 * HOUR).plain(), "address": null,
        }));
        let id = text(&event, "id").to_owned();
        let mut tickets = list_of(&event, "tickets").to_vec();
        for ticket in &mut tickets {
            let members = json!({ "id": self.random.uuid(), "eventId": id, "isActive": day > 0 });
            set(ticket, members);
        }
        // Only events that the shop sells have a paid ticket.
        let is_sold = kind == "presential";
        let offered = tickets.get(usize::from(!is_sold)..).unwrap_or_default();
        set(&mut event, json!({ "tickets": offered }));
        self.update("blinket/events", &id, event.clone());
        for place in 0..guests {
            let came = starts.plus(-self.random.between(DAY, 25 * DAY)).plain();
            let number = self.next_id("person", 58_000_000);
            let mut who = self.invented(number.parse().unwrap_or_default());
            let at = starts.plus(60 * self.random.between(-20, 40)).plain();
            set(
                &mut who,
                json!({
                    "eduzzId": number, "firstEduzzId": number, "invoiceId": self.next_id("invoice", 89_000_000),
                    "documentType": "cpf", "checkinDate": (place % 5 > 0).then_some(at),
                    "_tags": if place % 6 == 0 { json!([self.random.pick(tags)]) } else { json!([]) },
                }),
            );
            let ticket = tickets.last().unwrap_or(&Value::Null);
            self.add_participant(&event, ticket, who, &came);
        }
        event
    }

    /// A community with a past and a new one. No call gives their numbers, so these do not depend
    /// on the seed.
    fn seed_heycamp(&mut self) {
        for (id, name, age) in [("3001", "roda-de-fotografia", 300), ("3002", "roda-nova", 0)] {
            let members = json!({ "id": id, "uuid": self.random.uuid(), "_name": name });
            let community = self.make("heycamp/communities", "", "", members);
            let opened = self.born.plus_days(-age);
            let owner = self.member(id, &self.producer.clone(), opened);
            let spaces = ["Geral", "Fotos da semana", "Equipamentos", "Organização"];
            for space in spaces.iter().take(if age > 0 { 4 } else { 1 }) {
                let members = json!({ "name": space, "private": *space == "Organização" });
                self.make("heycamp/spaces", id, "", members);
            }
            if age > 0 {
                self.seed_members(&community, &owner, opened);
                self.seed_posts(id, opened.plus_days(age / 2));
            }
        }
    }

    fn member(&mut self, community: &str, who: &Value, at: Moment) -> Value {
        let link = format!("https://instagram.example.com/{}", self.random.number());
        let links = json!({ "instagram": link, "facebook": null, "linkedin": null, "x": null });
        self.make("heycamp/members", community, &at.plain(), json!({
            "name": text(who, "name"), "email": text(who, "email"), "deletedAt": null, "socialMedias": links,
        }))
    }

    /// Invitations; most were accepted, and some of those members were deleted.
    fn seed_members(&mut self, community: &Value, owner: &Value, opened: Moment) {
        for place in 0..46 {
            let invited = opened.plus(place * 6 * DAY + self.random.between(HOUR, DAY));
            let who = self.invented(usize::try_from(place).unwrap_or_default());
            let by = Some(text(owner, "id"));
            let invitation = self.invitation(community, text(&who, "email"), by, &invited.plain());
            if place % 8 == 5 {
                continue;
            }
            let at = invited.plus(self.random.between(HOUR, 20 * HOUR));
            let member = self.member(text(community, "id"), &who, at);
            let redeemed = json!({ "redeemedAt": at.plain() });
            self.update("heycamp/invitations", text(&invitation, "id"), redeemed);
            if place % 13 == 3 {
                let deleted = json!({ "deletedAt": at.plus(5 * DAY).plain() });
                self.update("heycamp/members", text(&member, "id"), deleted);
            }
        }
    }

    fn seed_posts(&mut self, community: &str, opened: Moment) {
        let [members, spaces] = ["heycamp/members", "heycamp/spaces"]
            .map(|of| self.records(of, Some(community)).cloned().collect::<Vec<Value>>());
        for place in 0..34 {
            let at = opened.plus(place * 4 * DAY + self.random.between(0, DAY));
            let is_there = |one: &&Value| text(one, "createdAt") < at.plain().as_str();
            let there: Vec<&Value> = members.iter().filter(is_there).collect();
            let count = self.random.below(10);
            let comments = self.post_comments(&there, SAID, count, at);
            let replies = self.post_comments(&there, ANSWERED, count / 3, at.plus(DAY));
            let share = self.random.below(90);
            let likes = there.iter().filter(|_| self.random.percent(share));
            let likes: Vec<&str> = likes.map(|one| text(one, "id")).collect();
            let members = json!({
                "title": self.pick(TITLES), "member": self.random.pick(&there), "space": self.random.pick(&spaces),
                "totalComments": comments.len(), "totalLikes": likes.len(), "_likes": likes, "comments": comments,
                "replies": replies,
            });
            self.make("heycamp/posts", community, &at.plain(), members);
        }
    }

    /// Posts `count` comments of some of these members, within a day.
    fn post_comments(&mut self, of: &[&Value], texts: &[&str], count: u64, after: Moment) -> Vec<Value> {
        let comment = |place| {
            let at = after
                .plus(i64::try_from(place).unwrap_or_default() * 2 * HOUR + self.random.between(1, HOUR));
            let members = json!({ "text": self.pick(texts), "member": self.random.pick(of) });
            self.make("heycamp/comments", "", &at.plain(), members)
        };
        (0..count).map(comment).collect()
    }

    /// A course for each product that Nutror delivers, three for a package, and one that is not
    /// published.
    fn seed_nutror(&mut self, shop: &Shop) {
        let delivered = |product: &&Arc<Product>| product.delivery == Delivery::Nutror;
        for product in shop.products.iter().filter(delivered) {
            let is_package = product.kind == ProductType::Package;
            let titles: &[&str] = if is_package {
                &["Viola de Dez Cordas", "Canto Popular"]
            } else {
                &[product.name]
            };
            let first = self.records("nutror/courses", None).take(usize::from(is_package));
            let mut courses: Vec<Value> = first.cloned().collect();
            for title in titles {
                courses.push(self.course(title, Some(product), product.created));
            }
            let days = (!product.is_subscription()).then_some(YEAR);
            let kind = if is_package { "package" } else { "course" };
            let offer =
                json!({ "id": product.id.to_string(), "kind": kind, "courses": courses, "days": days });
            self.make("nutror/offers", "", "", offer);
        }
        self.course("Ensaio Aberto", None, self.born.plus_days(-200));
    }

    fn course(&mut self, title: &str, product: Option<&Product>, created: Moment) -> Value {
        let members = json!({
            "title": title, "hash": self.random.hex(20), "published": product.is_some(), "releaseDate": created.day().written(),
            "description": product.map_or("Em preparação", |product| product.description),
            "replyEmail": text(&self.producer, "email"),
            "myEduzzAssociation": product.map(|product| json!({ "contentId": product.id.to_string(), "title": product.name })),
        });
        let course = self.make("nutror/courses", "", &created.plain(), members);
        for (place, title) in MODULES.iter().enumerate() {
            let id = text(&course, "id");
            let lessons: Vec<String> = (0..3).map(|_| self.next_id("lesson", 1_200_000)).collect();
            let members = json!({
                "_lessons": lessons, "courseId": id, "title": title, "sequence": place, "isFree": place == 0, // Q60
                "releaseDate": created.day().written(),
            });
            self.make("nutror/modules", id, &created.plain(), members);
        }
        course
    }

    /// Comments of some students on lessons of their courses, and the producer's answers to some
    /// of them.
    pub(super) fn seed_comments(&mut self) {
        let mut said: Vec<(Moment, String, String)> = Vec::new();
        let enrollments: Vec<Value> = self.records("nutror/enrollments", None).cloned().collect();
        for made in enrollments.iter().step_by(3) {
            let course = made
                .pointer("/content/courses/0")
                .map(|course| text(course, "id"));
            let modules = self.records("nutror/modules", course);
            let lessons = modules.flat_map(|module| texts(module, "_lessons"));
            let lessons: Vec<String> = lessons.map(str::to_owned).collect();
            let lesson = self.random.pick(&lessons).cloned();
            let student = self.find("nutror/students", text(made, "_of"));
            let student = student.map(|student| text(student, "name").to_owned());
            let since = Moment::read(text(made, "createdAt"));
            if let (Some(lesson), Some(author), Some(since)) = (lesson, student, since) {
                let at = since.plus(self.random.between(0, self.born.since(since).max(0)));
                said.push((at, author, lesson));
            }
        }
        said.sort();
        for (at, author, lesson) in said {
            let is_approved = self.born.since(at) > 3 * DAY && self.random.percent(80);
            let members = json!({
                "text": self.pick(SAID), "author": author, "lessonId": lesson, "_isApproved": is_approved,
                "isRead": is_approved, "isFixed": false,
            });
            let comment = self.make("nutror/comments", "", &at.plain(), members);
            if is_approved && self.random.percent(40) {
                let id = text(&comment, "id");
                let members = json!({ "parentId": id, "text": self.pick(ANSWERED) });
                self.make("nutror/answers", id, &at.plus(HOUR).plain(), members);
            }
        }
    }

    fn seed_safevideo(&mut self) {
        let email = text(&self.producer, "email").to_owned();
        for (day, title) in (-200_i64..).step_by(15).zip(MEDIAS) {
            let (key, created) = (self.random.uuid(), self.born.plus_days(day));
            // Q150
            let link = format!(
                "<iframe src=https://player.example.com/{key} width=\"100%\" height=\"100%\"></iframe>"
            );
            let duration = 180 + self.random.below(1_500);
            let thumbnail = format!("https://video.example.com/capas/{key}.jpg");
            self.make("safevideo/medias", "", &created.plain(), json!({
                "key": key, "title": format!("{title}.mp4"), "description": title, "userEmail": email, "link": link,
                "thumbnail": thumbnail, "duration": duration, "_domains": [],
            }));
        }
    }
}
