//! The events that can be subscribed to, and what a filter can compare of each.
//!
//! The names are the SDK's own list. The descriptions are the sandbox's words. Of the metadata, those of Nutror and Blinket and
//! `productId` are documented; that the others are called so elsewhere too is chosen.

use serde_json::Value;

/// A part of Eduzz that events come from.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(crate) name: &'static str,
    pub(crate) prefix: &'static str,
    pub(crate) events: &'static [Event],
}

/// An event: what comes behind the origin's prefix, what it is about, and the metadata of its deliveries.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) metadata: &'static [Metadatum],
}

/// A name that a filter can use, and the places of the data that have its values. A `*` stands for each item of a list.
pub(crate) type Metadatum = (&'static str, &'static str);

const fn event(name: &'static str, description: &'static str, metadata: &'static [Metadatum]) -> Event {
    Event {
        name,
        description,
        metadata,
    }
}

const STUDENT: &[Metadatum] = &[("email", "/student/email"), ("teamId", "/team/id")];
const COURSE: &[Metadatum] = &[
    ("email", "/student/email"),
    ("teamId", "/team/id"),
    ("courseId", "/course/id"),
];
const LESSON: &[Metadatum] = &[
    ("email", "/student/email"),
    ("teamId", "/team/id"),
    ("courseId", "/course/id"),
    ("lessonId", "/lesson/id"),
];
const PARTICIPANT: &[Metadatum] = &[
    ("eventId", "/event/id"),
    ("email", "/participant/email"),
    ("name", "/participant/name"),
];
// The lot stands in the data by its product alone.
const TICKET: &[Metadatum] = &[
    ("eventId", "/event/id"),
    ("email", "/participant/email"),
    ("name", "/participant/name"),
    ("batchId", "/batch/contentId"),
];
const PRINTED: &[Metadatum] = &[
    ("eventId", "/event/id"),
    ("email", "/participants/*/email"),
    ("name", "/participants/*/name"),
];
const EDITED: &[Metadatum] = &[
    ("eventId", "/event/id"),
    ("batchId", "/tickets/*/batches/*/contentId"),
];
const INVOICE: &[Metadatum] = &[
    ("productId", "/items/*/productId"),
    ("producerId", "/producer/id"),
];
const CONTRACT: &[Metadatum] = &[("productId", "/products/*/id"), ("producerId", "/producer/id")];
const ATTEMPT: &[Metadatum] = &[("producerId", "/producer/id")];
const COMMISSION: &[Metadatum] = &[("producerId", "/commissions/producer/id")];
// The data of Nutror's events have the producer without an id, and the course by its hash.
const ENROLLED: &[Metadatum] = &[
    ("learnerEmail", "/learner/email"),
    ("courseId", "/courses/*/hash"),
];
const LEARNT_COURSE: &[Metadatum] = &[("learnerEmail", "/learner/email"), ("courseId", "/course/hash")];
const LEARNT_LESSON: &[Metadatum] = &[
    ("learnerEmail", "/learner/email"),
    ("courseId", "/course/hash"),
    ("lessonId", "/lesson/id"),
];
const CART: &[Metadatum] = &[("productId", "/productId/*"), ("producerId", "/producerId")];

/// All that there is.
pub(crate) const ORIGINS: &[Origin] = &[
    Origin {
        name: "AlpaClass",
        prefix: "alpaclass",
        events: &[
            event(
                "student_certificate_accessed",
                "O aluno abriu o certificado",
                COURSE,
            ),
            event("student_comment_created", "O aluno comentou em uma aula", LESSON),
            event("student_course_finished", "O aluno concluiu o curso", COURSE),
            event(
                "student_course_last_seen",
                "Último acesso do aluno ao curso",
                COURSE,
            ),
            event(
                "student_course_unfinished",
                "A conclusão do curso foi desfeita",
                COURSE,
            ),
            event("student_created", "O aluno foi cadastrado", STUDENT),
            event("student_lesson_finished", "O aluno concluiu a aula", LESSON),
            event(
                "student_lesson_last_seen",
                "Último acesso do aluno à aula",
                LESSON,
            ),
            event(
                "student_lesson_marked_as_favorite",
                "O aluno favoritou a aula",
                LESSON,
            ),
            event(
                "student_lesson_unfinished",
                "A conclusão da aula foi desfeita",
                LESSON,
            ),
            event(
                "student_lesson_unmarked_as_favorite",
                "O aluno desfavoritou a aula",
                LESSON,
            ),
            event("student_module_finished", "O aluno concluiu o módulo", COURSE),
            event(
                "student_module_unfinished",
                "A conclusão do módulo foi desfeita",
                COURSE,
            ),
        ],
    },
    Origin {
        name: "Blinket",
        prefix: "blinket",
        events: &[
            event("attendance_added", "Um ingresso foi comprado ou criado", TICKET),
            event("attendance_assigned", "Um ingresso foi atribuído", PARTICIPANT),
            event("attendance_canceled", "Um ingresso foi cancelado", PARTICIPANT),
            event("attendance_checkin", "Check-in feito ou desfeito", PARTICIPANT),
            event("attendance_edited", "Um participante foi editado", PARTICIPANT),
            event(
                "attendance_tag_changed",
                "Os marcadores do participante mudaram",
                PARTICIPANT,
            ),
            event("attendances_printed", "Ingressos impressos ou baixados", PRINTED),
            event("ticket_edited", "Um ingresso ou lote foi editado", EDITED),
        ],
    },
    Origin {
        name: "MyEduzz",
        prefix: "myeduzz",
        events: &[
            event(
                "commission_processed",
                "As comissões de uma fatura paga foram calculadas",
                COMMISSION,
            ),
            event(
                "contract_bankslip_attempted",
                "Tentativa de cobrança por boleto",
                ATTEMPT,
            ),
            event(
                "contract_card_attempted",
                "Tentativa de cobrança por cartão",
                ATTEMPT,
            ),
            event("contract_created", "Um contrato foi criado", CONTRACT),
            event(
                "contract_eduzz_balance_attempted",
                "Tentativa de cobrança por saldo Eduzz",
                ATTEMPT,
            ),
            event("contract_pix_attempted", "Tentativa de cobrança por Pix", ATTEMPT),
            event("contract_updated", "Um contrato mudou", CONTRACT),
            event("invoice_canceled", "A fatura foi cancelada", INVOICE),
            event(
                "invoice_chargeback",
                "O chargeback da fatura mudou de situação",
                INVOICE,
            ),
            event("invoice_expired", "A fatura expirou", INVOICE),
            event("invoice_negotiated", "A fatura foi negociada", INVOICE),
            event("invoice_opened", "A fatura foi aberta", INVOICE),
            event("invoice_paid", "A fatura foi paga", INVOICE),
            event("invoice_recovering", "A fatura entrou em recuperação", INVOICE),
            event("invoice_refunded", "A fatura foi reembolsada", INVOICE),
            event("invoice_scheduled", "A fatura foi agendada", INVOICE),
            event("invoice_waiting_payment", "A fatura aguarda o pagamento", INVOICE),
            event("invoice_waiting_refund", "A fatura aguarda o reembolso", INVOICE),
        ],
    },
    Origin {
        name: "Nutror",
        prefix: "nutror",
        events: &[
            event("certificate_viewed", "O aluno abriu o certificado", LEARNT_COURSE),
            event("comment_created", "O aluno comentou", LEARNT_LESSON),
            event("comment_deleted", "Um comentário foi apagado", LEARNT_LESSON),
            event("comment_replied", "Um comentário foi respondido", LEARNT_LESSON),
            event("community_viewed", "O aluno abriu a comunidade", LEARNT_COURSE),
            event("enrollment_created", "O aluno foi matriculado", ENROLLED),
            event("file_downloaded", "O aluno baixou um arquivo", LEARNT_LESSON),
            event("inactive_student", "O aluno está inativo", LEARNT_COURSE),
            event("learner_help", "O aluno pediu ajuda", LEARNT_COURSE),
            event("lesson_rated", "O aluno avaliou a aula", LEARNT_LESSON),
            event("lesson_saved", "O aluno salvou a aula", LEARNT_LESSON),
            event("lesson_started", "O aluno começou a aula", LEARNT_LESSON),
            event("lesson_watched", "O aluno concluiu a aula", LEARNT_LESSON),
            event("module_completed", "O aluno concluiu o módulo", LEARNT_LESSON),
            event("notation_created", "O aluno fez uma anotação", LEARNT_LESSON),
        ],
    },
    Origin {
        name: "SafeVideo",
        prefix: "safevideo",
        events: &[
            event("encoder_error", "Erro no processamento", &[]),
            event("encoder_finished", "Processamento concluído", &[]),
            event("encoder_started", "Processamento iniciado", &[]),
            event("encoder_waiting", "Processamento aguardando", &[]),
            event("upload_canceled", "Envio cancelado", &[]),
            event("upload_error", "Erro no envio", &[]),
            event("upload_finished", "Envio concluído", &[]),
            event("upload_started", "Envio iniciado", &[]),
        ],
    },
    Origin {
        name: "Checkout Sun",
        prefix: "sun",
        events: &[event("cart_abandonment", "Um carrinho foi abandonado", CART)],
    },
];

/// The event of this full name, with its origin.
pub(crate) fn find(name: &str) -> Option<(&'static Origin, &'static Event)> {
    let (prefix, name) = name.split_once('.')?;
    let origin = ORIGINS.iter().find(|origin| origin.prefix == prefix)?;
    let event = origin.events.iter().find(|event| event.name == name)?;
    Some((origin, event))
}

/// The values that a delivery has of a metadatum; numbers as their digits.
pub(crate) fn values(event: &str, data: &Value, metadatum: &str) -> Vec<String> {
    let mut found = Vec::new();
    let metadata = find(event).map_or(&[][..], |(_, event)| event.metadata);
    for (_, place) in metadata.iter().filter(|(name, _)| *name == metadatum) {
        let segments: Vec<&str> = place.split('/').skip(1).collect();
        collect(data, &segments, &mut found);
    }
    found
}

fn collect(value: &Value, place: &[&str], found: &mut Vec<String>) {
    match (place, value) {
        ([], Value::String(text)) => found.push(text.clone()),
        ([], Value::Number(number)) => found.push(number.to_string()),
        (["*", rest @ ..], Value::Array(items)) => {
            for item in items {
                collect(item, rest, found);
            }
        }
        ([name, rest @ ..], Value::Object(fields)) => {
            if let Some(value) = fields.get(*name) {
                collect(value, rest, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_the_events_of_the_sdk() {
        let names = ORIGINS.iter().flat_map(|origin| {
            let full = |event: &Event| format!("{}.{}", origin.prefix, event.name);
            origin.events.iter().map(full)
        });
        let names: Vec<String> = names.collect();
        assert_eq!(names, eduzz_webhook::EVENTS);
    }

    #[test]
    fn a_metadatum_is_found_in_the_example_of_its_event() {
        for origin in ORIGINS {
            for event in origin.events {
                let name = format!("{}.{}", origin.prefix, event.name);
                let example = eduzz_fixtures::find_event(origin.prefix, event.name).unwrap();
                let example: Value = serde_json::from_slice(example.plain().unwrap()).unwrap();
                for (metadatum, _) in event.metadata {
                    let values = values(&name, &example["data"], metadatum);
                    assert!(!values.is_empty(), "{name}: {metadatum}");
                }
            }
        }
        assert_eq!(values("nutror.nothing", &Value::Null, "courseId"), [""; 0]);
    }
}
