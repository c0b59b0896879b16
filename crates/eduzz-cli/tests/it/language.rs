//! Output in Portuguese by default, in English on request.

use crate::support::Home;

/// Words that do not occur in Portuguese output.
const ENGLISH: &[&str] = &[
    "usage",
    "options",
    "commands",
    "arguments",
    "error:",
    "print",
    "required",
    "possible values",
    "default",
    " the ",
    " and ",
    "invalid",
    "for more information",
    " with ",
];

/// Words that do not occur in English output.
const PORTUGUESE: &[&str] = &[
    "uso:",
    "opções",
    "comandos",
    "argumentos",
    "erro:",
    " ou ",
    " uma ",
    " não ",
    " para ",
];

const PAGES: &[&str] = &[
    "--help",
    "demo --help",
    "sandbox --help",
    "login --help",
    "logout --help",
    "me --help",
    "endpoints --help",
    "call --help",
    "api --help",
    "check --help",
    "check event --help",
    "check response --help",
    "webhook --help",
    "webhook events --help",
    "webhook listen --help",
    "webhook sign --help",
    "webhook trigger --help",
    "webhook verify --help",
    "sales --help",
    "sales list --help",
    "sales show --help",
    "sales summary --help",
    "sales chargebacks --help",
    "subscriptions --help",
    "subscriptions list --help",
    "subscriptions show --help",
    "subscriptions invoices --help",
    "products --help",
    "products list --help",
    "products show --help",
    "customers --help",
    "customers list --help",
    "customers show --help",
    "statement --help",
    "transfers --help",
    "affiliates --help",
    "alpaclass --help",
    "alpaclass teams --help",
    "alpaclass students --help",
    "alpaclass students list --help",
    "alpaclass students add --help",
    "alpaclass students enrollments --help",
    "alpaclass students list x --sort name",
    "blinket --help",
    "blinket events --help",
    "blinket events list --help",
    "blinket events show --help",
    "blinket participants --help",
    "blinket participants list --help",
    "blinket participants check-in --help",
    "blinket participants check-in",
    "safevideo --help",
    "safevideo media --help",
    "safevideo media list --help",
    "safevideo media show --help",
    "heycamp --help",
    "heycamp members --help",
    "heycamp members list --help",
    "heycamp members list",
    "nutror --help",
    "nutror courses --help",
    "nutror courses list --help",
    "nutror courses modules --help",
    "nutror students --help",
    "nutror students list --help",
    "nutror students show --help",
    "nutror students enrollments --help",
    "sales list --from nothing",
    "sales list --from 2026-01-02 --to 2026-01-01",
    "sales list --all --date updated --order newest",
    "sales list --resume /does/not/exist",
    "statement --bom --json",
    "",
    "nothing",
    "me",
    "me --nothing",
    "call",
    "call GetMe --all",
    "login",
    "logout",
    "endpoints",
    "demo",
    "check response 'GET /accounts/v1/me'",
    "check event",
    "webhook",
    "webhook trigger nothing --to nowhere",
    "webhook trigger ping --to nowhere",
];

async fn told(home: &Home, lang: &str, page: &str) -> String {
    let ran = home.run(&format!("{page} --lang {lang}")).await;
    format!("{}{}", ran.out, ran.err).to_lowercase()
}

#[tokio::test]
async fn output_in_one_language_has_no_word_of_the_other() {
    let home = Home::new();
    for page in PAGES {
        for (lang, foreign) in [("pt", ENGLISH), ("en", PORTUGUESE)] {
            let text = told(&home, lang, page).await;
            assert!(!text.is_empty(), "{page:?}");
            for word in foreign {
                assert!(!text.contains(word), "{lang} {page:?}: `{word}` in {text}");
            }
        }
    }
}

#[tokio::test]
async fn language_option_overrides_the_environment() {
    for (environment, args, told) in [
        ("", "me", "você não fez login"),
        ("LANG=en_US.UTF-8", "me", "you are not signed in"),
        ("LANG=en_US.UTF-8 LC_ALL=pt_BR.UTF-8", "me", "você não fez login"),
        (
            "LANG=pt_BR.UTF-8 LC_MESSAGES=en_GB",
            "me",
            "you are not signed in",
        ),
        ("LANG=de_DE.UTF-8", "me", "você não fez login"),
        ("LANG=en_US.UTF-8", "--lang pt me", "você não fez login"),
        ("LANG=pt_BR.UTF-8", "me --lang=en", "you are not signed in"),
    ] {
        let variables = environment
            .split_whitespace()
            .filter_map(|pair| pair.split_once('='));
        let home = variables.fold(Home::new(), |home, (name, value)| home.with(name, value));
        home.run(args).await.ended(4).told(told);
    }
}
