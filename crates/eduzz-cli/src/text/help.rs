//! Texts of the help.

texts! {
    heading_usage() { pt: "Uso:", en: "Usage:" }
    heading_commands() { pt: "Comandos", en: "Commands" }
    heading_arguments() { pt: "Argumentos", en: "Arguments" }
    heading_options() { pt: "Opções", en: "Options" }
    placeholder_command() { pt: "COMANDO", en: "COMMAND" }
    placeholder_options() { pt: "[OPÇÕES]", en: "[OPTIONS]" }
    placeholder_port() { pt: "PORTA", en: "PORT" }
    placeholder_file() { pt: "ARQUIVO", en: "FILE" }
    placeholder_name() { pt: "NOME", en: "NAME" }
    placeholder_method() { pt: "MÉTODO", en: "METHOD" }
    placeholder_path() { pt: "CAMINHO", en: "PATH" }
    placeholder_route() { pt: "ROTA", en: "ROUTE" }
    placeholder_field() { pt: "CAMPO=VALOR", en: "FIELD=VALUE" }
    placeholder_query() { pt: "CHAVE=VALOR", en: "KEY=VALUE" }
    placeholder_seconds() { pt: "SEGUNDOS", en: "SECONDS" }

    about() {
        pt: "Entra na Eduzz, chama a API e roda um sandbox local. Programa não oficial.",
        en: "Signs in to Eduzz, calls the API, and runs a local sandbox. Unofficial.",
    }
    after_help() {
        pt: "\
Ambiente:
  EDUZZ_TOKEN          token a usar no lugar do login guardado
  EDUZZ_CLIENT_ID      id do aplicativo
  EDUZZ_CLIENT_SECRET  segredo do aplicativo; sem ele, `login` pergunta
  EDUZZ_RETURN_URL     URL de retorno registrada no aplicativo
  EDUZZ_SANDBOX        http://127.0.0.1:PORTA, para falar com um sandbox
  EDUZZ_CONFIG_DIR     onde o login fica guardado
  EDUZZ_WEBHOOK_SECRET segredo que assina os webhooks
  EDUZZ_PACE           chamadas por minuto de cada tipo (sem ela, as 30 documentadas), ou off

Saída: 0 feito · 1 a resposta é não (recusado, difere) · 2 uso errado ou entrada ilegível
       3 rede · 4 sem login · 130 interrompido com Ctrl-C

Comece por `eduzz demo`, que não precisa de conta.",
        en: "\
Environment:
  EDUZZ_TOKEN          a token to use instead of the stored sign-in
  EDUZZ_CLIENT_ID      the application's id
  EDUZZ_CLIENT_SECRET  the application's secret; without it `login` asks
  EDUZZ_RETURN_URL     the return URL registered with the application
  EDUZZ_SANDBOX        http://127.0.0.1:PORT, to talk to a sandbox
  EDUZZ_CONFIG_DIR     where the sign-in is kept
  EDUZZ_WEBHOOK_SECRET the secret that signs the webhooks
  EDUZZ_PACE           calls a minute of each kind (without it, the documented 30), or off

Exit: 0 done · 1 the answer is no (rejected, differs) · 2 wrong usage or unreadable input
      3 network · 4 not signed in · 130 interrupted by Ctrl-C

Begin with `eduzz demo`, which needs no account.",
    }

    help_demo() {
        pt: "Mostra o login inteiro num sandbox próprio, sem conta e sem internet",
        en: "Shows the whole sign-in in a sandbox of its own, with no account and no internet",
    }
    help_sandbox() {
        pt: "Roda uma Eduzz local e inventada até o Ctrl-C",
        en: "Runs a local, invented Eduzz until Ctrl-C",
    }
    help_login() {
        pt: "Entra pelo navegador e guarda o acesso num arquivo só seu",
        en: "Signs in through the browser and keeps the grant in a file of your own",
    }
    help_logout() { pt: "Esquece o acesso guardado", en: "Forgets the stored grant" }
    help_me() { pt: "Diz de quem é o token", en: "Tells whose the token is" }
    help_endpoints() { pt: "Lista as chamadas que o SDK conhece", en: "Lists the calls that the SDK knows" }
    help_call() { pt: "Faz uma chamada da lista", en: "Makes a call of the list" }
    help_api() {
        pt: "Faz uma chamada qualquer, que o SDK não conhece",
        en: "Makes any call, one that the SDK does not know",
    }
    help_check() {
        pt: "Confere se o SDK entende um corpo capturado",
        en: "Checks whether the SDK understands a captured body",
    }
    help_check_response() {
        pt: "Confere o corpo de uma resposta",
        en: "Checks a response's body",
    }
    help_check_response_more() {
        pt: "\
O corpo é lido com o modelo da chamada (ou, se o status não é 2xx, com o dos erros),
escrito de volta e comparado. Aparece cada ponteiro JSON que difere, nunca um valor.

Saída: 0 tudo entendido · 1 algo difere · 2 ilegível",
        en: "\
The body is read with the call's model (or, if the status is not 2xx, with that of errors),
written back and compared. Each JSON pointer that differs is shown, never a value.

Exit: 0 all understood · 1 something differs · 2 unreadable",
    }
    help_check_event() {
        pt: "Confere o corpo de uma entrega de webhook",
        en: "Checks the body of a webhook's delivery",
    }
    help_check_event_more() {
        pt: "\
O corpo diz em `event` qual evento é (com ou sem a origem). É lido como um receptor o lê,
com o modelo do evento, escrito de volta e comparado. Aparece cada ponteiro JSON que difere, nunca um valor.
A assinatura não entra nisto: veja `eduzz webhook verify`.

Saída: 0 tudo entendido · 1 algo difere · 2 ilegível, ou evento que o SDK não conhece",
        en: "\
The body says in `event` which event it is (with or without its origin). It is read as a receiver
reads it, with the event's model, written back and compared. Each JSON pointer that differs is shown, never a value.
The signature has no part in this: see `eduzz webhook verify`.

Exit: 0 all understood · 1 something differs · 2 unreadable, or an event that the SDK does not know",
    }

    help_help() { pt: "Mostra esta ajuda", en: "Shows this help" }
    help_version() { pt: "Mostra a versão", en: "Shows the version" }
    help_lang() {
        pt: "Idioma: pt ou en (sem ela, o de LC_ALL, LC_MESSAGES ou LANG)",
        en: "Language: pt or en (without it, that of LC_ALL, LC_MESSAGES or LANG)",
    }
    help_json() { pt: "Saída em JSON, para programas", en: "Output in JSON, for programs" }
    help_port() { pt: "Porta em 127.0.0.1; 0 é qualquer uma livre", en: "Port on 127.0.0.1; 0 is any free one" }
    help_paste() {
        pt: "Em vez de receber o navegador, pede que você cole o endereço em que ele terminou",
        en: "Instead of receiving the browser, asks you to paste the address that it ended on",
    }
    help_client_id() { pt: "Id do aplicativo (ou EDUZZ_CLIENT_ID)", en: "The application's id (or EDUZZ_CLIENT_ID)" }
    help_return_url() {
        pt: "URL de retorno, como está registrada no aplicativo (ou EDUZZ_RETURN_URL; sem ambas, http://127.0.0.1:8484/retorno)",
        en: "Return URL, as it is registered with the application (or EDUZZ_RETURN_URL; without both, http://127.0.0.1:8484/retorno)",
    }
    help_no_browser() {
        pt: "Não abre o navegador; só mostra o endereço",
        en: "Does not open the browser; only shows the address",
    }
    help_timeout() {
        pt: "Quanto esperar pelo navegador (sem ela, 300)",
        en: "How long to wait for the browser (without it, 300)",
    }
    help_name() {
        pt: "Nome da chamada, como em `eduzz endpoints` (GetMe, get_me e get-me são o mesmo)",
        en: "The call's name, as in `eduzz endpoints` (GetMe, get_me and get-me are the same)",
    }
    help_set() {
        pt: "Dá valor a um campo da chamada: JSON quando o campo o aceita, senão texto; pode repetir",
        en: "Gives a field of the call its value: JSON when the field takes it, else text; may be repeated",
    }
    help_all() { pt: "Percorre todas as páginas", en: "Walks all the pages" }
    help_show_body() {
        pt: "Se a Eduzz recusar, mostra o corpo que veio (pode ter dados pessoais)",
        en: "If Eduzz refuses, shows the body that came (it may hold personal data)",
    }
    help_method() { pt: "GET, POST, PUT, PATCH ou DELETE", en: "GET, POST, PUT, PATCH or DELETE" }
    help_path() {
        pt: "Caminho com os valores já escritos: /myeduzz/v1/sales/123",
        en: "Path with its values in place: /myeduzz/v1/sales/123",
    }
    help_query() { pt: "Parâmetro da consulta; pode repetir", en: "A query parameter; may be repeated" }
    help_body() { pt: "Arquivo com o corpo JSON; - é a entrada padrão", en: "File with the JSON body; - is the standard input" }
    help_route() {
        pt: "Método e caminho como na documentação: \"GET /myeduzz/v1/sales/:id\" (ou {{id}})",
        en: "Method and path as in the documentation: \"GET /myeduzz/v1/sales/:id\" (or {{id}})",
    }
    help_status() { pt: "Status com que o corpo veio (sem ela, 200)", en: "Status that the body came with (without it, 200)" }
    help_file() {
        pt: "Arquivo com o corpo; sem ele, ou com -, a entrada padrão",
        en: "File with the body; without it, or with -, the standard input",
    }
}
