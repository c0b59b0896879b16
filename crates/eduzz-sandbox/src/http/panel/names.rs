//! The words of actions, kinds and states on the pages, and the sentence about what was done.

use super::Lang;
use crate::action::{Action, Done, Refused, Thing};
use crate::state::shop::{SaleAction, SaleKind, SubscriptionAction};
use crate::webhooks::DeliveryState;

/// The label of a button.
pub(super) fn sale_action(lang: Lang, action: SaleAction) -> &'static str {
    match action {
        SaleAction::Pay => lang.say("Pagar", "Pay"),
        SaleAction::Cancel => lang.say("Cancelar", "Cancel"),
        SaleAction::Expire => lang.say("Expirar", "Expire"),
        SaleAction::Schedule => lang.say("Agendar", "Schedule"),
        SaleAction::Recover => lang.say("Recuperar", "Recover"),
        SaleAction::Negotiate => lang.say("Negociar", "Negotiate"),
        SaleAction::AskRefund => lang.say("Pedir reembolso", "Ask for a refund"),
        SaleAction::Refund => lang.say("Reembolsar", "Refund"),
        SaleAction::ChargeBack => lang.say("Chargeback", "Charge back"),
        SaleAction::WinChargeback => lang.say("Ganhar o chargeback", "Win the chargeback"),
        SaleAction::LoseChargeback => lang.say("Perder o chargeback", "Lose the chargeback"),
    }
}

/// The label of a button.
pub(super) fn subscription_action(lang: Lang, action: SubscriptionAction) -> &'static str {
    match action {
        SubscriptionAction::Charge => lang.say("Cobrar", "Charge"),
        SubscriptionAction::FailCharge => lang.say("Cobrança recusada", "Fail a charge"),
        SubscriptionAction::Cancel => lang.say("Cancelar", "Cancel"),
        SubscriptionAction::Reactivate => lang.say("Reativar", "Reactivate"),
    }
}

/// A kind of new sale.
pub(super) fn sale_kind(lang: Lang, kind: SaleKind) -> &'static str {
    match kind {
        SaleKind::Pix => "Pix",
        SaleKind::Card => lang.say("Cartão à vista", "Card, in one payment"),
        SaleKind::Installments => lang.say("Cartão em 6 parcelas", "Card, in 6 instalments"),
        SaleKind::BankSlip => lang.say("Boleto", "Bank slip"),
        SaleKind::Contract => lang.say("Assinatura nova", "New subscription"),
        SaleKind::Bump => lang.say("Com order bump", "With an order bump"),
        SaleKind::Tracker => lang.say("Com tracker", "With a tracker"),
        SaleKind::Affiliate => lang.say("Com afiliado", "With an affiliate"),
        SaleKind::Coupon => lang.say("Com cupom", "With a coupon"),
        SaleKind::Partner => lang.say("Com coprodutor", "With a partner"),
    }
}

/// The state of a delivery, and the kind of its mark.
pub(super) fn delivery(lang: Lang, state: DeliveryState) -> (&'static str, &'static str) {
    match state {
        DeliveryState::Waiting { until: None } => (lang.say("na fila", "queued"), "plain"),
        DeliveryState::Waiting { .. } => (lang.say("vai tentar de novo", "to be retried"), "bad"),
        DeliveryState::UnderWay => (lang.say("enviando", "sending"), "plain"),
        DeliveryState::Taken => (lang.say("aceita", "accepted"), "good"),
        DeliveryState::Stored => (lang.say("no backup", "in the backup"), "bad"),
        DeliveryState::Lost => (lang.say("perdida de propósito", "lost on purpose"), "broken"),
        DeliveryState::GivenUp => (lang.say("desistiu", "given up"), "broken"),
        DeliveryState::Erased => (lang.say("apagada", "erased"), ""),
    }
}

fn thing(lang: Lang, thing: Thing) -> &'static str {
    match thing {
        Thing::Sale => lang.say("venda", "sale"),
        Thing::Subscription => lang.say("assinatura", "subscription"),
        Thing::Cart => lang.say("carrinho", "cart"),
        Thing::Webhook => lang.say("assinatura de webhooks", "webhook subscription"),
        Thing::Delivery => lang.say("entrega", "delivery"),
        Thing::Fault => lang.say("falha", "fault"),
        Thing::Account => lang.say("conta", "account"),
        Thing::Application => lang.say("aplicativo", "application"),
    }
}

/// What was done, in one sentence.
pub(super) fn done(lang: Lang, action: &Action, done: &Done) -> String {
    let count = done.count;
    let mut text = match action {
        Action::Advance { .. } => lang
            .say("O relógio foi adiantado", "The clock was moved forward")
            .to_owned(),
        Action::Break { count: 0 } => lang
            .say("As entregas voltam a chegar", "Deliveries arrive again")
            .to_owned(),
        Action::Break { .. } => lang.say(
            format!("Tentativas de entrega que vão falhar: {count}"),
            format!("Attempts to deliver that will fail: {count}"),
        ),
        Action::ClearFaults => lang.say(
            format!("Falhas retiradas: {count}"),
            format!("Faults removed: {count}"),
        ),
        Action::RevokeTokens { .. } => lang.say(
            format!("Tokens revogados: {count}"),
            format!("Tokens revoked: {count}"),
        ),
        Action::Resend { .. } | Action::Sample { .. } => lang
            .say("A entrega entrou na fila", "The delivery is queued")
            .to_owned(),
        _ => {
            let rows = done.rows.iter().map(|row| match &row.status {
                Some(status) => format!("{} {}: {status}", thing(lang, row.kind), row.id),
                None => format!("{} {}", thing(lang, row.kind), row.id),
            });
            let mut rows: Vec<String> = rows.collect();
            let shown = u64::try_from(rows.len()).unwrap_or(u64::MAX);
            if count > shown {
                rows.push(lang.say(
                    format!("e mais {}", count - shown),
                    format!("and {} more", count - shown),
                ));
            }
            capital(&rows.join(", "))
        }
    };
    text.push('.');
    if !done.events.is_empty() {
        let events = done.events.iter().map(|event| match event.deliveries {
            0 => event.name.clone(),
            count => format!(
                "{} ({})",
                event.name,
                lang.say(format!("entregas: {count}"), format!("deliveries: {count}"))
            ),
        });
        let events = events.collect::<Vec<_>>().join(", ");
        text.push_str(&lang.say(format!(" Eventos: {events}."), format!(" Events: {events}.")));
    }
    text
}

/// Why it was refused, in one sentence.
pub(super) fn refused(lang: Lang, refused: &Refused) -> String {
    match refused {
        Refused::Unknown { kind } => {
            let kind = thing(lang, *kind);
            lang.say(
                format!("Não encontrado: {kind} com este id."),
                format!("Not found: {kind} with this id."),
            )
        }
        Refused::NotNow {
            kind,
            id,
            status,
            allowed,
        } => {
            let kind = thing(lang, *kind);
            let allowed = if allowed.is_empty() {
                "–".to_owned()
            } else {
                allowed.join(", ")
            };
            capital(&lang.say(
                format!("{kind} {id}: o status {status} não permite isso. Agora pode: {allowed}."),
                format!("{kind} {id}: the status {status} does not allow this. Allowed now: {allowed}."),
            ))
        }
        Refused::Nothing { kind } => {
            let kind = thing(lang, *kind);
            lang.say(
                format!("Não há {kind} que permita isso agora."),
                format!("There is no {kind} that allows this now."),
            )
        }
        Refused::NothingToSell => lang
            .say(
                "A loja não tem produto à venda deste tipo.",
                "The shop has nothing to sell of this kind.",
            )
            .to_owned(),
        Refused::Invalid { .. } => lang.say(
            format!("O formulário tem um valor inválido: {refused}."),
            format!("The form has an invalid value: {refused}."),
        ),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
