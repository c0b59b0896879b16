//! Wrong usage ends with 2, and the error repeats no value that may be a secret.

use crate::support::Home;

#[tokio::test]
async fn wrong_usage_ends_with_2() {
    let home = Home::new().with("EDUZZ_TOKEN", "invented");
    for (args, told) in [
        ("", "falta o comando"),
        ("check", "falta o comando"),
        ("logim", "`login`"),
        ("logim", "`logim` não existe"),
        ("me --nada", "`--nada` não existe"),
        ("me --show-bod", "`--show-body`"),
        ("sandbox --port x", "`--port"),
        ("sandbox --port 70000", "`--port"),
        ("sandbox --port", "precisa de um valor"),
        ("sandbox --arrivals 0", "--arrivals"),
        ("sandbox --fault flood", "cut@5"),
        ("sandbox --fault cut@0", "cut@5"),
        ("sandbox --fault cut@x", "cut@5"),
        ("sandbox --fault lost@0%", "lost@30%"),
        ("sandbox --fault lost@101%", "lost@30%"),
        ("sandbox --lag x", "`--lag"),
        ("sandbox --page-size 0", "`--page-size"),
        ("sandbox --older-sales 5000001", "`--older-sales"),
        ("sandbox --life 1 --arrivals 1", "--arrivals"),
        ("login --timeout 0", "`--timeout"),
        ("me --lang xx", "`--lang"),
        ("me --json --json", "só pode ser usado uma vez"),
        ("statement list", "uso: eduzz statement [OPÇÕES]"),
        ("endpoints sales", "uso: eduzz endpoints [OPÇÕES]"),
        ("sandbox --state x refund", "`--state` e `refund`"),
        ("sales list --from hj", "não é uma data válida"),
        ("call", "<NOME>"),
        ("call", "veja `eduzz call --help`"),
        ("call GetMi", "`GetMe`"),
        ("call Nothing", "eduzz endpoints"),
        ("call GetMe --set x=1", "não tem campos"),
        ("call GetMe --set x", "nome=valor"),
        ("call GetMe --all", "não responde em páginas"),
        ("call ExchangeCode", "eduzz login"),
        ("api GET", "<CAMINHO>"),
        ("api FETCH /x", "use GET, POST"),
        ("api GET x", "o caminho"),
        ("api GET '/x?a=1'", "--query"),
        ("api GET /../x", "o caminho"),
        ("api GET /x --query a", "nome=valor"),
        ("api POST /x --body /does/not/exist", "não existe"),
        ("api POST /x --body -", "não é JSON"),
        ("check response 'GET /nothing' -", "não está na lista"),
        ("check response 'GET /accounts/v1/mee' -", "`GET /accounts/v1/me`"),
        ("check response 'GET /accounts/v1/me' --status 42 -", "`--status"),
        (
            "check response 'GET /accounts/v1/me' /does/not/exist",
            "não existe",
        ),
        ("check response 'GET /accounts/v1/me' /", "diretório"),
        ("inbox", "falta o comando"),
        ("inbox serve --ordered", "`--forward-to"),
        ("inbox serve --concurrency 4", "`--forward-to"),
        (
            "inbox serve --concurrency 0 --forward-to https://x.test/",
            "`--concurrency",
        ),
        ("inbox serve --account-by-key", "`--keys"),
        ("inbox serve --host localhost", "127.0.0.1, 0.0.0.0"),
        ("inbox serve --forward-to http://example.com/", "--forward-to"),
        ("inbox list --state dea", "ready, claimed"),
        ("inbox list --limit 0", "de 1 a 1000000"),
        ("inbox list --event 'a b'", "eduzz webhook events"),
        ("inbox list --since yestreday", "2026-02-28"),
        ("inbox show", "<NÚMERO>"),
        ("inbox show x", "eduzz inbox list"),
        ("inbox show -- -1", "eduzz inbox list"),
        ("inbox retry", "os números, ou --dead"),
        ("inbox retry --dead 1", "não podem ser usados juntos"),
        ("inbox replay", "--unknown, --event"),
        ("inbox replay --unknown 1", "não podem ser usados juntos"),
        ("inbox prune", "--older"),
        ("inbox prune --older 90", "como 90d"),
        ("inbox prune --older 0d", "como 90d"),
        ("inbox list --db mysql://x", "sqlite:ARQUIVO ou postgres://"),
        (
            "inbox list --db postgres://[",
            "sslmode é disable, prefer ou require",
        ),
        ("inbox list --db sqlite:", "sqlite:ARQUIVO ou postgres://"),
    ] {
        let ran = home.run(args).await;
        ran.ended(2).told(told);
        assert_eq!(ran.out, "", "{args:?}");
    }
}

#[tokio::test]
async fn malformed_proxy_is_named_and_not_repeated() {
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let mut home = Home::new().with("EDUZZ_TOKEN", "invented");
        home.set(name, "http://user:canary@proxy.test:port");
        let ran = home.run("me").await;
        ran.ended(2).told(&format!("a variável {name} não contém"));
        assert!(!ran.err.contains("canary"), "{}", ran.err);
    }
}

#[tokio::test]
async fn wrong_usage_repeats_no_value() {
    let home = Home::new();
    for args in [
        "me canary-secret",
        "me --token canary-secret",
        "me --token=canary-secret",
        "login --client-secret=canary-secret",
        "edzpap_canary-secret",
        "--lang=canary-secret me",
        "sandbox --port=canary-secret",
        "call GetMe --set token=canary-secret",
        "call canary-secret",
        "api canary-secret /x",
        "check response canary-secret",
        "inbox list --db postgres:/x:canary-secret@h/b",
        "inbox serve --forward-to ftp://canary-secret",
        "inbox show canary-secret",
        "inbox prune --older canary-secret",
    ] {
        let ran = home.run(args).await;
        ran.ended(2);
        assert!(
            !format!("{}{}", ran.out, ran.err).contains("canary-secret"),
            "{args:?}: {ran:?}"
        );
    }
}

#[tokio::test]
async fn help_and_version_end_with_0() {
    let home = Home::new();
    for args in [
        "--help",
        "-h",
        "help",
        "help login",
        "help check response",
        "login --help",
        "check response -h",
        "--version",
        "-V",
    ] {
        let ran = home.run(args).await;
        ran.ended(0);
        assert!(ran.out.ends_with('\n') && ran.err.is_empty(), "{ran:?}");
    }
}

#[tokio::test]
async fn invalid_variable_ends_with_2() {
    for (name, value, args) in [
        ("EDUZZ_SANDBOX", "https://api.eduzz.com", "me"),
        ("EDUZZ_SANDBOX", "http://example.com", "me"),
        ("EDUZZ_SANDBOX", "nothing", "login"),
        ("EDUZZ_TOKEN", "a b", "me"),
        ("EDUZZ_RETURN_URL", "nothing", "login --client-id x"),
    ] {
        let ran = Home::new().with(name, value).run(args).await;
        ran.ended(2);
        assert!(!ran.err.contains(value), "{ran:?}");
    }
}

#[tokio::test]
async fn closed_output_ends_with_0() {
    for args in ["endpoints", "endpoints --json", "--help", "demo"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ran = Home::new().run_into(args, writer).await;
        ran.ended(0);
        assert_eq!(ran.err, "", "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn full_output_ends_with_2() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    Home::new()
        .run_into("endpoints", full)
        .await
        .ended(2)
        .told("não foi possível gravar a saída");
}
