//! The words of actions, kinds and states on the pages, and the sentence about what was done.

use std::borrow::Cow;

use super::Lang;
use crate::action::{Action, Done, Happened, Refused, Thing, Touched};
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
        DeliveryState::GivenUp => (lang.say("sem sucesso", "given up"), "broken"),
        DeliveryState::Erased => (lang.say("apagada", "erased"), ""),
    }
}

fn thing(lang: Lang, thing: Thing) -> &'static str {
    match thing {
        Thing::Sale => lang.say("venda", "sale"),
        Thing::Subscription => lang.say("assinatura", "subscription"),
        Thing::Cart => lang.say("carrinho", "cart"),
        Thing::Webhook => lang.say("configuração de webhook", "webhook subscription"),
        Thing::Delivery => lang.say("entrega", "delivery"),
        Thing::Fault => lang.say("falha", "fault"),
        Thing::Account => lang.say("conta", "account"),
        Thing::Application => lang.say("aplicativo", "application"),
    }
}

/// A status of a row of the shop, for people; `None` for an unknown one.
pub(super) fn status(lang: Lang, word: &str) -> Option<&'static str> {
    Some(match word {
        "open" => lang.say("aberta", "open"),
        "processing" => lang.say("em processamento", "processing"),
        "paid" => lang.say("paga", "paid"),
        "canceled" => lang.say("cancelada", "canceled"),
        "waitingRefund" => lang.say("aguardando reembolso", "waiting for a refund"),
        "refunded" => lang.say("reembolsada", "refunded"),
        "duplicated" => lang.say("duplicada", "duplicated"),
        "expired" => lang.say("expirada", "expired"),
        "recovering" => lang.say("em recuperação", "recovering"),
        "waitingPayment" | "awaitingPayment" => lang.say("aguardando pagamento", "waiting for payment"),
        "scheduled" => lang.say("agendada", "scheduled"),
        "negotiated" => lang.say("negociada", "negotiated"),
        "upToDate" => lang.say("em dia", "up to date"),
        "late" => lang.say("atrasada", "late"),
        "defaulter" => lang.say("inadimplente", "defaulter"),
        "suspended" => lang.say("suspensa", "suspended"),
        "trial" => lang.say("em teste", "trial"),
        "finished" => lang.say("encerrada", "finished"),
        "abandoned" => lang.say("abandonado", "abandoned"),
        _ => return None,
    })
}

/// A status of a chargeback, for people; `None` for an unknown one.
pub(super) fn dispute(lang: Lang, word: &str) -> Option<&'static str> {
    Some(match word {
        "pendingDocuments" => lang.say("aguardando documentos", "waiting for documents"),
        "underReview" => lang.say("em análise", "under review"),
        "rejected" => lang.say("recusado", "rejected"),
        "lost" => lang.say("perdido", "lost"),
        "refunded" => lang.say("reembolsado", "refunded"),
        _ => return None,
    })
}

/// What an action made of a row that has a status: `reembolsada (`refunded`)`.
pub(super) fn outcome(lang: Lang, action: &Action, row: &Touched) -> Option<String> {
    let word = row.status.as_deref()?;
    let name = match action {
        Action::Sale { change, .. } if row.kind == Thing::Sale => match change {
            SaleAction::AskRefund => lang.say("reembolso pedido", "refund asked for"),
            SaleAction::ChargeBack => lang.say("chargeback aberto", "chargeback open"),
            SaleAction::WinChargeback => lang.say("chargeback ganho", "chargeback won"),
            SaleAction::LoseChargeback => lang.say("chargeback perdido", "chargeback lost"),
            _ => status(lang, word).unwrap_or(word),
        },
        _ => status(lang, word).unwrap_or(word),
    };
    Some(match name == word {
        true => name.to_owned(),
        false => format!("{name} (`{word}`)"),
    })
}

/// Why a delivery was not answered: the sandbox's own sentences in the language of the page.
pub(super) fn reason(lang: Lang, reason: &str) -> Cow<'_, str> {
    let (kind, rest) = reason.split_once(": ").unwrap_or((reason, ""));
    let seconds = kind.strip_prefix("no answer within ");
    let text = match (kind, rest, seconds) {
        ("no connection", "receivers are down on purpose", _) => lang.say(
            "sem conexão: falha simulada",
            "no connection: a simulated failure",
        ),
        ("no connection", rest, _) if rest.contains("refused") => lang.say(
            "conexão recusada: nenhum programa escuta neste endereço",
            "connection refused: no program listens at this address",
        ),
        ("no connection", rest, _) => {
            return format!("{}: {rest}", lang.say("sem conexão", kind)).into();
        }
        (_, _, Some(seconds)) => {
            return format!("{} {seconds}", lang.say("sem resposta em", "no answer within")).into();
        }
        ("no answer", rest, _) => {
            return format!("{}: {rest}", lang.say("sem resposta", kind)).into();
        }
        ("no HTTP", rest, _) => {
            return format!("{}: {rest}", lang.say("a resposta não é HTTP", kind)).into();
        }
        _ => return reason.into(),
    };
    text.into()
}

/// What was done, in sentences.
pub(super) fn done(lang: Lang, action: &Action, done: &Done) -> String {
    let count = done.count;
    let mut text = match action {
        Action::Advance { .. } => lang
            .say("O relógio foi adiantado", "The clock was moved forward")
            .to_owned(),
        Action::Break { count: 0 } => lang
            .say("As entregas voltam a chegar", "Deliveries arrive again")
            .to_owned(),
        Action::Break { count: 1 } => lang
            .say(
                "A próxima tentativa de entrega vai falhar",
                "The next attempt to deliver will fail",
            )
            .to_owned(),
        Action::Break { .. } => lang.say(
            format!("As próximas {count} tentativas de entrega vão falhar"),
            format!("The next {count} attempts to deliver will fail"),
        ),
        Action::ClearFaults => {
            let faults = lang.count(count, ["falha", "fault"], ["falhas", "faults"]);
            match (lang, count) {
                (Lang::Pt, 1) => format!("{faults} desligada"),
                (Lang::Pt, _) => format!("{faults} desligadas"),
                (Lang::En, _) => format!("{faults} switched off"),
            }
        }
        Action::RemoveFault { .. } => lang.say("Falha desligada", "Fault switched off").to_owned(),
        Action::RevokeTokens { .. } => {
            let tokens = lang.count(count, ["token", "token"], ["tokens", "tokens"]);
            match (lang, count) {
                (Lang::Pt, 1) => format!("{tokens} revogado"),
                (Lang::Pt, _) => format!("{tokens} revogados"),
                (Lang::En, _) => format!("{tokens} revoked"),
            }
        }
        Action::AddReturnUrl { .. } => lang
            .say("URL de retorno cadastrada", "Return URL registered")
            .to_owned(),
        Action::RemoveReturnUrl { .. } => lang
            .say("URL de retorno removida", "Return URL removed")
            .to_owned(),
        Action::Resend { .. } | Action::Sample { .. } => lang
            .say("A entrega entrou na fila", "The delivery is queued")
            .to_owned(),
        _ => {
            let rows = done.rows.iter().map(|row| match outcome(lang, action, row) {
                Some(outcome) => format!("{} {}: {outcome}", thing(lang, row.kind), row.id),
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
    let (sent, unsent): (Vec<&Happened>, Vec<&Happened>) =
        done.events.iter().partition(|event| event.deliveries > 0);
    let sent: Vec<String> = sent
        .iter()
        .map(|event| {
            let deliveries = lang.count(
                event.deliveries,
                ["entrega", "delivery"],
                ["entregas", "deliveries"],
            );
            format!("{} ({deliveries})", event.name)
        })
        .collect();
    let unsent: Vec<String> = unsent.iter().map(|event| event.name.clone()).collect();
    for (names, one, more) in [
        (
            sent,
            ["Evento enviado", "Event sent"],
            ["Eventos enviados", "Events sent"],
        ),
        (
            unsent,
            ["Evento sem entrega", "Event without delivery"],
            ["Eventos sem entrega", "Events without delivery"],
        ),
    ] {
        if !names.is_empty() {
            let [pt, en] = if names.len() == 1 { one } else { more };
            text.push_str(&format!(" {}: {}.", lang.say(pt, en), names.join(", ")));
        }
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
                lang.say("nenhuma ação", "nothing").to_owned()
            } else {
                allowed.join(", ")
            };
            capital(&lang.say(
                format!("{kind} {id}: o status `{status}` não permite isso. Agora pode: {allowed}."),
                format!("{kind} {id}: the status `{status}` does not allow this. Allowed now: {allowed}."),
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
