//! The events that can be subscribed to, and the metadata that a filter can compare.
//!
//! The names are the SDK's list, the descriptions the sandbox's words. Of the metadata, `productId`
//! and those of Nutror and Blinket are documented; the other names are chosen.

use serde_json::Value;

/// A product that sends events.
#[derive(Debug)]
pub(crate) struct Origin {
    pub(crate) name: &'static str,
    pub(crate) prefix: &'static str,
    pub(crate) events: &'static [Event],
}

/// An event: its name behind the origin's prefix, and the metadata of its deliveries.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) metadata: &'static [Metadatum],
}

/// A name that a filter can use, and the pointer to its values in the data. A `*` stands for each
/// item of a list.
pub(crate) type Metadatum = (&'static str, &'static str);

/// A row for each list of metadata: a name and the place of its values.
macro_rules! metadata {
    ($($list:ident: $($name:literal $place:literal),*;)+) => {
        $(const $list: &[Metadatum] = &[$(($name, $place)),*];)+
    };
}

// The data of Blinket have the lot by its product alone; those of Nutror the producer without an
// id, and the course by its hash.
metadata! {
    NONE: ;
    STUDENT: "email" "/student/email", "teamId" "/team/id";
    COURSE: "email" "/student/email", "teamId" "/team/id", "courseId" "/course/id";
    LESSON: "email" "/student/email", "teamId" "/team/id", "courseId" "/course/id", "lessonId" "/lesson/id";
    PARTICIPANT: "eventId" "/event/id", "email" "/participant/email", "name" "/participant/name";
    TICKET: "eventId" "/event/id", "email" "/participant/email", "name" "/participant/name", "batchId" "/batch/contentId";
    PRINTED: "eventId" "/event/id", "email" "/participants/*/email", "name" "/participants/*/name";
    EDITED: "eventId" "/event/id", "batchId" "/tickets/*/batches/*/contentId";
    INVOICE: "productId" "/items/*/productId", "producerId" "/producer/id";
    CONTRACT: "productId" "/products/*/id", "producerId" "/producer/id";
    ATTEMPT: "producerId" "/producer/id";
    COMMISSION: "producerId" "/commissions/producer/id";
    ENROLLED: "learnerEmail" "/learner/email", "courseId" "/courses/*/hash";
    LEARNT_COURSE: "learnerEmail" "/learner/email", "courseId" "/course/hash";
    LEARNT_LESSON: "learnerEmail" "/learner/email", "courseId" "/course/hash", "lessonId" "/lesson/id";
    CART: "productId" "/productId/*", "producerId" "/producerId";
}

/// A row for each event: its name, its description, and its metadata.
macro_rules! origins {
    ($($origin:literal $prefix:ident { $($name:ident $description:literal $metadata:ident;)+ })+) => {
        &[$(Origin {
            name: $origin,
            prefix: stringify!($prefix),
            events: &[$(Event {
                name: stringify!($name),
                description: $description,
                metadata: $metadata,
            }),+],
        }),+]
    };
}

/// All events, in the order of the SDK's list.
pub(crate) const ORIGINS: &[Origin] = origins! {
    "AlpaClass" alpaclass {
        student_certificate_accessed "O aluno abriu o certificado" COURSE;
        student_comment_created "O aluno comentou em uma aula" LESSON;
        student_course_finished "O aluno concluiu o curso" COURSE;
        student_course_last_seen "Último acesso do aluno ao curso" COURSE;
        student_course_unfinished "A conclusão do curso foi desfeita" COURSE;
        student_created "O aluno foi cadastrado" STUDENT;
        student_lesson_finished "O aluno concluiu a aula" LESSON;
        student_lesson_last_seen "Último acesso do aluno à aula" LESSON;
        student_lesson_marked_as_favorite "O aluno favoritou a aula" LESSON;
        student_lesson_unfinished "A conclusão da aula foi desfeita" LESSON;
        student_lesson_unmarked_as_favorite "O aluno desfavoritou a aula" LESSON;
        student_module_finished "O aluno concluiu o módulo" COURSE;
        student_module_unfinished "A conclusão do módulo foi desfeita" COURSE;
    }
    "Blinket" blinket {
        attendance_added "Um ingresso foi comprado ou criado" TICKET;
        attendance_assigned "Um ingresso foi atribuído" PARTICIPANT;
        attendance_canceled "Um ingresso foi cancelado" PARTICIPANT;
        attendance_checkin "Check-in feito ou desfeito" PARTICIPANT;
        attendance_edited "Um participante foi editado" PARTICIPANT;
        attendance_tag_changed "Os marcadores do participante mudaram" PARTICIPANT;
        attendances_printed "Ingressos impressos ou baixados" PRINTED;
        ticket_edited "Um ingresso ou lote foi editado" EDITED;
    }
    "MyEduzz" myeduzz {
        commission_processed "As comissões de uma fatura paga foram calculadas" COMMISSION;
        contract_bankslip_attempted "Tentativa de cobrança por boleto" ATTEMPT;
        contract_card_attempted "Tentativa de cobrança por cartão" ATTEMPT;
        contract_created "Um contrato foi criado" CONTRACT;
        contract_eduzz_balance_attempted "Tentativa de cobrança por saldo Eduzz" ATTEMPT;
        contract_pix_attempted "Tentativa de cobrança por Pix" ATTEMPT;
        contract_updated "Um contrato mudou" CONTRACT;
        invoice_canceled "A fatura foi cancelada" INVOICE;
        invoice_chargeback "O chargeback da fatura mudou de situação" INVOICE;
        invoice_expired "A fatura expirou" INVOICE;
        invoice_negotiated "A fatura foi negociada" INVOICE;
        invoice_opened "A fatura foi aberta" INVOICE;
        invoice_paid "A fatura foi paga" INVOICE;
        invoice_recovering "A fatura entrou em recuperação" INVOICE;
        invoice_refunded "A fatura foi reembolsada" INVOICE;
        invoice_scheduled "A fatura foi agendada" INVOICE;
        invoice_waiting_payment "A fatura aguarda o pagamento" INVOICE;
        invoice_waiting_refund "A fatura aguarda o reembolso" INVOICE;
    }
    "Nutror" nutror {
        certificate_viewed "O aluno abriu o certificado" LEARNT_COURSE;
        comment_created "O aluno comentou" LEARNT_LESSON;
        comment_deleted "Um comentário foi apagado" LEARNT_LESSON;
        comment_replied "Um comentário foi respondido" LEARNT_LESSON;
        community_viewed "O aluno abriu a comunidade" LEARNT_COURSE;
        enrollment_created "O aluno foi matriculado" ENROLLED;
        file_downloaded "O aluno baixou um arquivo" LEARNT_LESSON;
        inactive_student "O aluno está inativo" LEARNT_COURSE;
        learner_help "O aluno pediu ajuda" LEARNT_COURSE;
        lesson_rated "O aluno avaliou a aula" LEARNT_LESSON;
        lesson_saved "O aluno salvou a aula" LEARNT_LESSON;
        lesson_started "O aluno começou a aula" LEARNT_LESSON;
        lesson_watched "O aluno concluiu a aula" LEARNT_LESSON;
        module_completed "O aluno concluiu o módulo" LEARNT_LESSON;
        notation_created "O aluno fez uma anotação" LEARNT_LESSON;
    }
    "SafeVideo" safevideo {
        encoder_error "Erro no processamento" NONE;
        encoder_finished "Processamento concluído" NONE;
        encoder_started "Processamento iniciado" NONE;
        encoder_waiting "Processamento aguardando" NONE;
        upload_canceled "Envio cancelado" NONE;
        upload_error "Erro no envio" NONE;
        upload_finished "Envio concluído" NONE;
        upload_started "Envio iniciado" NONE;
    }
    "Checkout Sun" sun {
        cart_abandonment "Um carrinho foi abandonado" CART;
    }
};

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
    fn origins_have_the_events_of_the_sdk() {
        let names = ORIGINS.iter().flat_map(|origin| {
            let full = |event: &Event| format!("{}.{}", origin.prefix, event.name);
            origin.events.iter().map(full)
        });
        let names: Vec<String> = names.collect();
        assert_eq!(names, eduzz_webhook::EVENTS);
    }

    #[test]
    fn metadatum_of_an_event_is_in_its_example() {
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
