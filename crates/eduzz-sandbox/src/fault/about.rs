//! What each kind of fault does, in words.

use super::Fault;

impl Fault {
    /// What a kind of fault does, in Portuguese and in English; empty for an unknown one.
    pub(crate) fn about(kind: &str) -> (&'static str, &'static str) {
        match kind {
            "slow" => (
                "A resposta demora; a requisição é processada antes da espera.",
                "The answer is delayed; the request is carried out before the wait.",
            ),
            "cut" => (
                "A resposta é cortada no meio do corpo; a requisição é processada.",
                "The answer ends in the middle of its body; the request is carried out.",
            ),
            "html" => (
                "200 com uma página de HTML, como a de um proxy; a requisição não é processada.",
                "200 with a page of HTML, as a proxy answers; the request is not carried out.",
            ),
            "page" => (
                "Uma página de HTML com o status escolhido; a requisição não é processada.",
                "A page of HTML with the chosen status; the request is not carried out.",
            ),
            "json" => (
                "Um erro em JSON com o status escolhido; a requisição não é processada.",
                "An error in JSON with the chosen status; the request is not carried out.",
            ),
            "401" => (
                "401 do gateway, como para um token revogado; o token continua válido.",
                "401 of the gateway, as for a revoked token; the token stays valid.",
            ),
            "429" => (
                "429, com Retry-After ou sem; a requisição não é processada.",
                "429, with Retry-After or without; the request is not carried out.",
            ),
            "500" => (
                "500 com um erro em JSON; a requisição não é processada.",
                "500 with an error in JSON; the request is not carried out.",
            ),
            "502" => (
                "502 com uma página de HTML, como a de um gateway; a requisição não é processada.",
                "502 with a page of HTML, as a gateway answers; the request is not carried out.",
            ),
            "revoked" => (
                "O token da requisição é revogado antes dela, uma vez: esta chamada e as seguintes recebem 401.",
                "The request's token is revoked before it, once: this call and all later ones get 401.",
            ),
            "twice" => ("O evento é entregue duas vezes.", "The event is delivered twice."),
            "late" => (
                "O evento é entregue mais tarde; os seguintes passam na frente.",
                "The event is delivered later; those that follow overtake it.",
            ),
            "lost" => (
                "O evento não é entregue; o histórico mostra a entrega perdida.",
                "The event is not delivered; the history shows the lost delivery.",
            ),
            "shuffled" => (
                "Os eventos chegam fora de ordem, dentro da espera escolhida.",
                "The events arrive in any order within the chosen wait.",
            ),
            _ => ("", ""),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn every_kind_is_explained() {
        for kind in Fault::KINDS {
            let (pt, en) = Fault::about(kind);
            assert!(!pt.is_empty() && !en.is_empty(), "{kind}");
        }
    }
}
