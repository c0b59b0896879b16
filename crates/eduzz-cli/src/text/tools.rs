//! Texts of the other commands: demo, sandbox, endpoints, me, check.

texts! {
    column_name() { pt: "NOME", en: "NAME" }
    column_route() { pt: "ROTA", en: "ROUTE" }
    column_scopes() { pt: "ESCOPOS", en: "SCOPES" }
    column_repeat() { pt: "REPETIR", en: "REPEAT" }
    repeat_safe() { pt: "sim", en: "yes" }
    repeat_idempotent() { pt: "idempotente", en: "idempotent" }
    repeat_once() { pt: "não", en: "no" }

    me_id() { pt: "Conta", en: "Account" }
    me_name() { pt: "Nome", en: "Name" }
    me_email() { pt: "E-mail", en: "E-mail" }

    checked_in(count: &str) { pt: "Check-in feito: {count}", en: "Checked in: {count}" }
    check_in_undone(count: &str) { pt: "Check-in desfeito: {count}", en: "Check-in undone: {count}" }

    check_differences(what: &str, count: usize) {
        pt: "{what}: diferenças: {count}",
        en: "{what}: differences: {count}",
    }
    check_whole(what: &str) { pt: "{what}: tudo entendido", en: "{what}: all understood" }
    check_normalised() {
        pt: "Normalizado por uma particularidade conhecida da API (não conta como diferença):",
        en: "Normalised by a known quirk of the API (not counted as a difference):",
    }
    what_lost(kind: &str) { pt: "não entendido ({kind})", en: "not understood ({kind})" }
    what_changed(kind: &str) { pt: "mudou ({kind})", en: "changed ({kind})" }
    what_changed_kind(from: &str, to: &str) { pt: "mudou (de {from} para {to})", en: "changed (from {from} to {to})" }
    what_added(kind: &str) { pt: "acrescentado ({kind})", en: "added ({kind})" }
    whole_body() { pt: "(corpo inteiro)", en: "(whole body)" }

    sandbox_up(url: &str) {
        pt: "Sandbox rodando em {url}, no lugar dos três endereços da Eduzz (login, API do login e API).\nTudo nele é inventado. O painel está no mesmo endereço: abra-o no navegador.",
        en: "The sandbox runs at {url}, in place of the three addresses of Eduzz (sign-in, sign-in API and API).\nEverything in it is invented. Its panel is at the same address: open it in the browser.",
    }
    sandbox_origins() { pt: "Endereço", en: "Address" }
    sandbox_personal_token() { pt: "Token pessoal", en: "Personal token" }
    sandbox_client_id() { pt: "Id do aplicativo", en: "Client id" }
    sandbox_client_secret() { pt: "Segredo do aplicativo", en: "Client secret" }
    sandbox_return_url() { pt: "URL de retorno", en: "Return URL" }
    sandbox_environment() {
        pt: "Em cada terminal em que o programa for usá-lo:",
        en: "In each terminal where the program is to use it:",
    }
    sandbox_then() {
        pt: "e depois `eduzz login`, ou EDUZZ_TOKEN com o token pessoal. Ctrl-C encerra o sandbox.",
        en: "and then `eduzz login`, or EDUZZ_TOKEN with the personal token. Ctrl-C ends the sandbox.",
    }
    sandbox_webhooks() {
        pt: "Para receber webhooks nesta máquina, basta `eduzz webhook listen`, que cria e ativa a configuração. Passo a passo, no mesmo terminal e nesta ordem (com --arrivals, vendas novas geram eventos):",
        en: "To receive webhooks on this machine, `eduzz webhook listen` is enough: it makes the subscription and activates it. Step by step, in the same terminal and in this order; with --arrivals sales come in, and their events with them:",
    }
    sandbox_port_in_use(port: u16) {
        pt: "a porta {port} está em uso\nencerre o programa que a usa, ou escolha outra: `--port 0` escolhe uma livre",
        en: "port {port} is in use\nend the program that uses it, or choose another: `--port 0` picks a free one",
    }
    sandbox_cannot_listen(port: u16, why: &str) {
        pt: "não foi possível escutar em 127.0.0.1:{port}: {why}\nescolha outra porta com --port (0 escolhe uma livre)",
        en: "127.0.0.1:{port} cannot be listened on: {why}\nchoose another port with --port (0 picks a free one)",
    }
    bad_fault() {
        pt: "a falha é inválida; use por exemplo cut@5, lost@30% ou 502@3,on=GET /myeduzz/v1/sales,times=2\nos tipos são slow, cut, html, page, json, 401, 429, 500, 502, revoked, twice, late, lost e shuffled",
        en: "the fault is invalid; write for example cut@5, lost@30% or 502@3,on=GET /myeduzz/v1/sales,times=2\nthe kinds are slow, cut, html, page, json, 401, 429, 500, 502, revoked, twice, late, lost and shuffled",
    }
    sandbox_failed() { pt: "não foi possível iniciar o sandbox", en: "the sandbox could not start" }

    demo_start(url: &str) {
        pt: "Um sandbox é iniciado em {url}: uma Eduzz local e inventada",
        en: "A sandbox comes up at {url}: a local, invented Eduzz",
    }
    demo_leave() {
        pt: "O aplicativo leva o navegador à página de autorização",
        en: "The application sends the browser to the consent page",
    }
    demo_choose() { pt: "O usuário escolhe a conta", en: "The user chooses an account" }
    demo_approve() {
        pt: "O usuário autoriza, e o navegador volta com um código",
        en: "The user authorizes, and the browser comes back with a code",
    }
    demo_exchange() {
        pt: "O state confere, e o código é trocado por um token",
        en: "The state matches, and the code is exchanged for a token",
    }
    demo_me() { pt: "Com o token, a API informa quem fez login", en: "With the token, the API says who signed in" }
    demo_sales() {
        pt: "A API lista as últimas vendas, uma página de cada vez",
        en: "The API lists the last sales, a page at a time",
    }
    demo_subscribe() {
        pt: "O aplicativo assina um webhook; o receptor aceita o ping, e a assinatura fica ativa",
        en: "The application subscribes to a webhook; the receiver accepts the ping, and the subscription is active",
    }
    demo_delivery() {
        pt: "Uma venda é paga, e o evento chega assinado: a assinatura confere",
        en: "A sale is paid, and its signed event arrives: the signature is verified",
    }
    demo_mirror() {
        pt: "A conta é espelhada num banco SQLite temporário, que é conferido com a API",
        en: "The account is mirrored in a temporary SQLite database, which is checked against the API",
    }
    demo_copied() {
        pt: "O espelho dos últimos 60 dias; uma janela é um período que foi lido e conferido:",
        en: "The mirror of the last 60 days; a window is a period that was read and checked:",
    }
    demo_products() {
        pt: "O que mais vendeu em 30 dias, pela view eduzz_revenue_by_day:",
        en: "Best sellers of the last 30 days, from the view eduzz_revenue_by_day:",
    }
    demo_report(file: &str) {
        pt: "Abra o relatório no navegador: {file}\nA próxima demonstração o substitui; o banco de dados já foi apagado.",
        en: "Open the report in a browser: {file}\nThe next demonstration replaces it; the database has been deleted.",
    }
    demo_last_sales() { pt: "Últimas vendas da loja, também inventadas:", en: "The shop's last sales, invented too:" }
    demo_end(name: &str, email: &str) {
        pt: "Login feito: {name} <{email}>, pessoa inventada.",
        en: "Signed in: {name} <{email}>, an invented person.",
    }
    demo_next() {
        pt: "Agora é a sua vez: `eduzz sandbox`, e em outro terminal `eduzz login`.",
        en: "Now it is your turn: `eduzz sandbox`, and in another terminal `eduzz login`.",
    }
    demo_failed(step: &str) {
        pt: "a demonstração parou em: {step}\nisso é um erro do programa; por favor, relate",
        en: "the demonstration stopped at: {step}\nthis is a bug in the program; please report it",
    }
}
