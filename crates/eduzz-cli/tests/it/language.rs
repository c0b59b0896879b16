//! Output in Portuguese by default, in English on request.

use crate::support::Home;

/// Words that do not occur in Portuguese output.
const ENGLISH: &str = "usage|options|commands|arguments|error:|print|required|possible values|default| the | and \
                       |invalid|for more information| with ";
/// Words that do not occur in English output.
const PORTUGUESE: &str = "uso:|opções|comandos|argumentos|erro:| ou | uma | não | para ";

/// A help page, and messages; a unit test reads the other help pages.
const PAGES: &[&str] = &[
    "sales list --help",
    "alpaclass students list x --sort name",
    "blinket participants check-in",
    "heycamp members list",
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
    "inbox",
    "inbox list --state x",
    "inbox list --db sqlite:/does/not/exist",
    "inbox list --db sqlite:/",
    "inbox serve --db sqlite:/does/not/exist --port 1",
    "inbox replay",
    "inbox prune --older x",
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
            for word in foreign.split('|') {
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
