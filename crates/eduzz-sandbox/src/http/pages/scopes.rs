//! Scopes in Portuguese, read from their names.

/// A permission for people.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Permission<'a> {
    /// The scope's name.
    pub(super) raw: &'a str,
    /// The product it belongs to.
    pub(super) product: String,
    /// The sentence.
    pub(super) sentence: String,
    /// Whether it changes anything.
    pub(super) writes: bool,
}

/// Explains a scope. Names are `{product}_{resource}_{read|write}`, but HeyCamp has the verb
/// second, and Blinket and Webhook have no resource.
pub(super) fn explain(raw: &str) -> Permission<'_> {
    let (product, rest) = raw.split_once('_').unwrap_or((raw, ""));
    let words = || rest.split('_').filter(|word| !word.is_empty());
    let is_verb = |word: &&str| matches!(*word, "read" | "write");
    let verb = words().find(is_verb);
    let resource = words().filter(|word| !is_verb(word));
    let resource = resource.collect::<Vec<_>>().join("_");

    let what =
        thing(product, &resource).map_or_else(|| format!("“{}”", resource.replace('_', " ")), str::to_owned);
    let sentence = match verb {
        // There is no scope for students, and no call that changes a school (Q125).
        Some("write") if (product, &*resource) == ("alpaclass", "team") => {
            "Cadastrar alunos nas suas escolas".to_owned()
        }
        // Its calls change the status of fiscal documents, nothing else.
        Some("write") if (product, &*resource) == ("myeduzz", "financial") => {
            "Alterar a situação dos documentos fiscais de afiliados e de compradores".to_owned()
        }
        Some("read") => format!("Ver {what}"),
        Some(_) => format!("Criar, alterar e excluir {what}"),
        None => format!("Usar a permissão “{raw}”"),
    };
    Permission {
        raw,
        product: product_name(product),
        sentence,
        writes: verb != Some("read"),
    }
}

fn product_name(product: &str) -> String {
    match product {
        "accounts" => "Conta",
        "alpaclass" => "Alpaclass",
        "blinket" => "Blinket",
        "heycamp" => "HeyCamp",
        "myeduzz" => "MyEduzz",
        "nutror" => "Nutror",
        "safevideo" => "SafeVideo",
        "sun" => "Sun",
        "webhook" => "Webhooks",
        other => other,
    }
    .to_owned()
}

fn thing(product: &str, resource: &str) -> Option<&'static str> {
    Some(match (product, resource) {
        ("blinket", "") => "os seus eventos, etiquetas e listas de presença",
        ("webhook", "") => "os seus webhooks (avisos enviados a outros sistemas)",
        ("sun", "cart") => "carrinhos de compra",
        ("alpaclass", "team") => "as suas escolas",
        ("alpaclass", "student") => "os alunos e as matrículas das suas escolas",
        ("alpaclass", "delivery") => "as entregas e os cursos das suas escolas",
        ("heycamp", "comments") => "os comentários das suas comunidades",
        ("heycamp", "invitations") => "os convites das suas comunidades",
        ("heycamp", "members") => "os membros das suas comunidades",
        ("heycamp", "posts") => "as publicações das suas comunidades",
        ("heycamp", "spaces") => "os espaços das suas comunidades",
        ("myeduzz", "affiliates") => "os seus afiliados",
        ("myeduzz", "customers") => "os seus clientes",
        ("myeduzz", "financial") => "o seu extrato, as transferências e os documentos fiscais",
        ("myeduzz", "products") => "os seus produtos, ofertas e cupons",
        ("myeduzz", "sales") => "as suas vendas",
        ("myeduzz", "subscriptions") => "as suas assinaturas",
        ("nutror", "comments") => "os comentários dos seus cursos",
        ("nutror", "courses") => "os seus cursos e módulos",
        ("nutror", "my_students") => "os seus alunos e matrículas",
        ("safevideo", "contents") => "os seus vídeos",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::explain;

    #[test]
    fn scope_names_of_three_forms_are_explained() {
        let (students, events) = ("alunos e matrículas", "eventos, etiquetas e listas de presença");
        let change_students = format!("Criar, alterar e excluir os seus {students}");
        let see_events = format!("Ver os seus {events}");
        let see_posts = "Ver as publicações das suas comunidades";
        let change_documents = "Alterar a situação dos documentos fiscais de afiliados e de compradores";
        let enroll = "Cadastrar alunos nas suas escolas";
        let cases = [
            ("myeduzz_sales_read", "MyEduzz", "Ver as suas vendas", false),
            ("nutror_my_students_write", "Nutror", &change_students, true),
            ("heycamp_read_posts", "HeyCamp", see_posts, false),
            ("alpaclass_team_write", "Alpaclass", enroll, true),
            ("blinket_read", "Blinket", &see_events, false),
            ("myeduzz_financial_write", "MyEduzz", change_documents, true),
        ];
        for (raw, product, sentence, writes) in cases {
            let permission = explain(raw);
            assert_eq!([&*permission.product, &*permission.sentence], [product, sentence]);
            assert_eq!(permission.writes, writes, "{raw}");
        }
    }

    #[test]
    fn unknown_scope_shows_its_name() {
        assert_eq!(explain("novo_coisa_fina_read").sentence, "Ver “coisa fina”");
        assert_eq!(explain("tudo").sentence, "Usar a permissão “tudo”");
        assert!(explain("tudo").writes);
        assert_eq!(explain("").raw, "");
    }
}
