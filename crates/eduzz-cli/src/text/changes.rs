//! Texts of commands that change something at the service, and of the summary of sales.

texts! {
    change_needs_yes() {
        pt: "sem um terminal não há como perguntar\npasse --yes para fazer sem confirmação",
        en: "there is no terminal to ask on\ngive --yes to do it without a question",
    }
    change_not_agreed() { pt: "nada foi alterado", en: "nothing was changed" }
    cancel_question(subscription: &str) {
        pt: "Cancelar a assinatura {subscription}? [s/N]",
        en: "Cancel the subscription {subscription}? [y/N]",
    }
    cancel_accepted(id: &str) {
        pt: "A Eduzz aceitou o cancelamento da assinatura {id} e vai processá-lo.\nConfira com `eduzz subscriptions show {id}`.",
        en: "Eduzz accepted the cancellation of subscription {id}, and will process it.\nCheck with `eduzz subscriptions show {id}`.",
    }
    reactivate_question(subscription: &str) {
        pt: "Reativar a assinatura {subscription}? [s/N]",
        en: "Reactivate the subscription {subscription}? [y/N]",
    }
    reactivate_accepted(id: &str) {
        pt: "A Eduzz aceitou a reativação da assinatura {id} e vai processá-la.\nConfira com `eduzz subscriptions show {id}`.",
        en: "Eduzz accepted the reactivation of subscription {id}, and will process it.\nCheck with `eduzz subscriptions show {id}`.",
    }

    summary_not_counted() {
        pt: "as somas vieram, mas não foi possível contar as vendas:",
        en: "the sums came, but the sales could not be counted:",
    }
}
