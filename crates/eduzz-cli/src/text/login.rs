//! Texts of signing in and out, and of the stored grant.

texts! {
    no_home() {
        pt: "não foi possível descobrir a sua pasta pessoal\ndefina EDUZZ_CONFIG_DIR com a pasta em que o login deve ficar",
        en: "your home folder cannot be found\nset EDUZZ_CONFIG_DIR to the folder that should keep the sign-in",
    }
    store_broken(path: &str) {
        pt: "o login salvo em {path} está danificado, e não foi alterado\nfaça login de novo com `eduzz login`",
        en: "the sign-in stored in {path} is broken, and was not changed\nsign in again with `eduzz login`",
    }
    store_not_a_file(path: &str) {
        pt: "{path} não é um arquivo comum (é um link ou uma pasta?)\nmova-o para outro lugar, ou defina EDUZZ_CONFIG_DIR com outra pasta",
        en: "{path} is not a plain file (is it a link or a folder?)\nmove it away, or set EDUZZ_CONFIG_DIR to another folder",
    }
    store_open_to_others(path: &str) {
        pt: "outros usuários desta máquina podem ler {path}, que guarda o seu login\nrestrinja o acesso com: chmod 600 {path}\nse alguém pode ter lido o arquivo, revogue o aplicativo na Eduzz e faça login de novo",
        en: "others on this machine can read {path}, which keeps your sign-in\nrestrict it with: chmod 600 {path}\nif somebody may have read it, revoke the application at Eduzz and sign in again",
    }
    store_folder_open(path: &str) {
        pt: "outros usuários desta máquina podem alterar a pasta {path}, que guarda o seu login\nrestrinja o acesso com: chmod go-w {path}, ou defina EDUZZ_CONFIG_DIR com uma pasta só sua",
        en: "others on this machine can change the folder {path}, which keeps your sign-in\nrestrict it with: chmod go-w {path}, or set EDUZZ_CONFIG_DIR to a folder of your own",
    }
    cannot_store(path: &str, why: &str) {
        pt: "não foi possível gravar {path}: {why}\no que estava salvo não foi alterado",
        en: "{path} cannot be written: {why}\nthe stored sign-in was not changed",
    }
    other_origins(stored: &str, asked: &str) {
        pt: "o login salvo é de {stored}, e esta chamada iria para {asked}: o token não foi enviado\nfaça login lá com `eduzz login`, ou ajuste EDUZZ_SANDBOX",
        en: "the stored sign-in belongs to {stored}, and this call would go to {asked}: the token was not sent\nsign in there with `eduzz login`, or change EDUZZ_SANDBOX",
    }

    signed_out_never() {
        pt: "você não fez login\nfaça login com `eduzz login`, ou defina EDUZZ_TOKEN",
        en: "you are not signed in\nsign in with `eduzz login`, or set EDUZZ_TOKEN",
    }
    signed_out_expired() {
        pt: "o login expirou\nfaça login de novo com `eduzz login`",
        en: "the sign-in has expired\nsign in again with `eduzz login`",
    }
    newer_sign_in() {
        pt: "a Eduzz não aceita mais o token desta chamada, mas outro `eduzz login` foi feito enquanto ela rodava; ele está salvo\nrode o comando de novo",
        en: "Eduzz no longer accepts the token of this call, but another `eduzz login` was completed meanwhile, and it is stored\nrun the command again",
    }
    signed_out_rejected() {
        pt: "a Eduzz não aceita mais este login (foi revogado, ou as permissões do aplicativo mudaram)\nfaça login de novo com `eduzz login`",
        en: "Eduzz no longer accepts this sign-in (it was revoked, or the application's scopes changed)\nsign in again with `eduzz login`",
    }

    no_client_id() {
        pt: "falta o id do aplicativo\npasse --client-id, ou defina EDUZZ_CLIENT_ID; ele está no console da Eduzz, em Meus Aplicativos",
        en: "the application's id is missing\ngive --client-id, or set EDUZZ_CLIENT_ID; it is in Eduzz's console, under Meus Aplicativos",
    }
    no_client_secret() {
        pt: "falta o segredo do aplicativo, e não há um terminal para pedi-lo\ndefina EDUZZ_CLIENT_SECRET",
        en: "the application's secret is missing, and there is no terminal to ask on\nset EDUZZ_CLIENT_SECRET",
    }
    empty_client_secret() {
        pt: "o segredo está vazio\ndigite-o quando o programa pedir, ou defina EDUZZ_CLIENT_SECRET",
        en: "the secret is empty\ntype it when the program asks for it, or set EDUZZ_CLIENT_SECRET",
    }
    ask_client_secret() { pt: "Segredo do aplicativo (não aparece): ", en: "The application's secret (hidden): " }
    bad_return_url() {
        pt: "a URL de retorno não é um endereço como http://127.0.0.1:8484/retorno\ncopie-a do console da Eduzz, exatamente como está lá",
        en: "the return URL is not an address such as http://127.0.0.1:8484/retorno\ncopy it from Eduzz's console, letter by letter",
    }
    return_url_fragment() {
        pt: "a URL de retorno tem um fragmento (#…), que nenhum servidor vê\nremova-o, aqui e no console da Eduzz",
        en: "the return URL has a fragment (#…), which no server sees\nremove it, here and in Eduzz's console",
    }
    return_url_taken_parameter() {
        pt: "a URL de retorno já tem um parâmetro `state`, `code` ou `error`, que a própria Eduzz acrescenta\nremova-o, aqui e no console da Eduzz",
        en: "the return URL already has a parameter `state`, `code` or `error`, which Eduzz adds itself\nremove it, here and in Eduzz's console",
    }
    return_url_plain_http() {
        pt: "a URL de retorno é http para outra máquina, o que exporia o código na rede\nuse https, ou http://127.0.0.1:PORTA nesta máquina",
        en: "the return URL is plain http to another machine, and would expose the code on the network\nuse https, or http://127.0.0.1:PORT on this machine",
    }
    return_url_not_loopback() {
        pt: "a URL de retorno não é desta máquina (http://127.0.0.1:PORTA/…), então o navegador não consegue voltar a este programa\nuse `eduzz login --paste` e cole o endereço em que o navegador parar",
        en: "the return URL is not on this machine (http://127.0.0.1:PORT/…), so the program cannot receive the browser\nuse `eduzz login --paste`, and paste the address that the browser ends on",
    }
    port_in_use(port: u16) {
        pt: "a porta {port} está em uso, talvez por outro `eduzz login`\nencerre o programa que a usa, ou cadastre no console uma URL de retorno com outra porta e passe --return-url",
        en: "port {port} is in use, perhaps by another `eduzz login`\nend the program that uses it, or register a return URL with another port in the console and give --return-url",
    }
    cannot_listen(port: u16, why: &str) {
        pt: "não foi possível escutar na porta {port}: {why}\ncadastre no console uma URL de retorno com outra porta e passe --return-url, ou use --paste",
        en: "port {port} cannot be listened on: {why}\nregister a return URL with another port in the console and give --return-url, or use --paste",
    }
    cannot_start_sign_in() {
        pt: "não foi possível começar o login: o sistema não gerou números aleatórios",
        en: "the sign-in could not begin: the system generated no random numbers",
    }

    open_this() { pt: "Abra este endereço no navegador:", en: "Open this address in the browser:" }
    opening_browser() {
        pt: "Abrindo o navegador. Se ele não abrir, acesse este endereço:",
        en: "Opening the browser. If it does not open, visit this address:",
    }
    no_browser_found() {
        pt: "Não foi possível abrir um navegador; abra você mesmo o endereço acima.",
        en: "No browser could be opened from here; open the address above by hand.",
    }
    waiting(seconds: u64) {
        pt: "Aguardando a sua resposta no navegador por até {seconds} s (Ctrl-C cancela)…",
        en: "Waiting for your answer in the browser for up to {seconds} s (Ctrl-C cancels)…",
    }
    paste_here() {
        pt: "Depois de responder, cole aqui o endereço completo em que o navegador parou:",
        en: "After your answer, paste here the whole address that the browser ended on:",
    }
    paste_again() { pt: "Cole de novo:", en: "Paste again:" }
    nothing_pasted() {
        pt: "nada foi colado; comece de novo com `eduzz login --paste`",
        en: "nothing was pasted; begin again with `eduzz login --paste`",
    }
    timed_out() {
        pt: "o navegador não voltou a tempo, e o login não foi feito\ncomece de novo com `eduzz login`, se preciso com um --timeout maior, ou com --paste",
        en: "the browser did not come back in time; you are not signed in\nbegin again with `eduzz login`, with a longer --timeout if need be, or with --paste",
    }
    signed_in_as(name: &str) { pt: "Pronto: login feito como {name}.", en: "Done: signed in as {name}." }
    signed_in() { pt: "Pronto: login feito.", en: "Done: you are signed in." }
    stored_in(path: &str) { pt: "O login está salvo em {path}.", en: "The sign-in is stored in {path}." }
    signed_in_not_stored() {
        pt: "o login foi feito, mas não foi salvo e se perdeu; resolva o problema abaixo e faça login de novo",
        en: "you signed in, but the sign-in could not be stored and is lost; solve the problem below and sign in again",
    }
    signed_out() {
        pt: "Pronto: você saiu da conta.\nO token ainda vale na Eduzz; para invalidá-lo, revogue o aplicativo no console (Aplicativos autorizados).",
        en: "Done: you are signed out.\nThe token is still valid at Eduzz; to end it, revoke the application in the console (Aplicativos autorizados).",
    }
    was_signed_out() { pt: "Você não tinha feito login; não há nada a apagar.", en: "You were not signed in; there is nothing to remove." }

    refused() {
        pt: "a autorização foi recusada no navegador; o login não foi feito",
        en: "the authorization was refused in the browser; you are not signed in",
    }
    service_failed_sign_in() {
        pt: "a Eduzz encerrou o login com um erro\ncomece de novo com `eduzz login`",
        en: "Eduzz ended the sign-in with an error\nbegin again with `eduzz login`",
    }
    strange_callback() {
        pt: "o navegador voltou com uma resposta contraditória; o login não foi feito\ncomece de novo com `eduzz login`",
        en: "the browser came back with a contradictory answer; you are not signed in\nbegin again with `eduzz login`",
    }
    paste_not_an_address() {
        pt: "este não é o endereço completo em que o navegador parou (com `?code=…&state=…`)",
        en: "this is not the whole address that the browser ended on (with `?code=…&state=…`)",
    }
    paste_cut() {
        pt: "este não é o endereço completo em que o navegador parou: ele está cortado\ncopie-o desde http até o fim de `state=…`",
        en: "this is not the whole address that the browser ended on: it is cut\ncopy it from http to the end of `state=…`",
    }
    paste_other_sign_in() {
        pt: "este endereço é a resposta de outro login, não deste que começou agora",
        en: "this address answers another sign-in, not the one that began now",
    }
    paste_no_code() {
        pt: "este endereço não tem código nem erro; copie-o depois de responder na página da Eduzz",
        en: "this address has neither a code nor an error; copy it after your answer on Eduzz's page",
    }

    exchange_app_unknown() {
        pt: "a Eduzz não encontrou um aplicativo com este id\nconfira o id no console, em Meus Aplicativos",
        en: "Eduzz knows no application with this id\ncheck the id in the console, under Meus Aplicativos",
    }
    exchange_code_unknown() {
        pt: "a Eduzz não reconhece o código\ncomece de novo com `eduzz login`",
        en: "Eduzz does not know the code\nbegin again with `eduzz login`",
    }
    exchange_user_unknown() {
        pt: "a Eduzz não encontrou o usuário deste login\ncomece de novo com `eduzz login`",
        en: "Eduzz does not know the user of this sign-in\nbegin again with `eduzz login`",
    }
    exchange_code_spent() {
        pt: "o código já foi usado\ncomece de novo com `eduzz login`",
        en: "the code was used before\nbegin again with `eduzz login`",
    }
    exchange_code_expired() {
        pt: "o código expirou\ncomece de novo com `eduzz login`",
        en: "the code has expired\nbegin again with `eduzz login`",
    }
    exchange_code_or_app_unknown() {
        pt: "a Eduzz não reconhece o código ou o aplicativo, ou o código já foi usado\nconfira o id do aplicativo e comece de novo com `eduzz login`",
        en: "Eduzz does not know the code or the application, or the code is used up\ncheck the application's id and begin again with `eduzz login`",
    }
    exchange_wrong_secret() {
        pt: "o segredo não é o do aplicativo\nconfira EDUZZ_CLIENT_SECRET, ou gere outro no console (Resetar Secret)",
        en: "the secret is not the application's\ncheck EDUZZ_CLIENT_SECRET, or generate another in the console (Resetar Secret)",
    }
    exchange_return_url() {
        pt: "a Eduzz não aceita a URL de retorno\nela precisa estar cadastrada no aplicativo, exatamente igual",
        en: "Eduzz does not accept the return URL\nit must be registered with the application, letter by letter",
    }
    exchange_unclear(status: u16) {
        pt: "a Eduzz recusou a troca do código sem dizer por quê (status {status})\nconfira o segredo e a URL de retorno, e comece de novo com `eduzz login`",
        en: "Eduzz refused to exchange the code without saying why (status {status})\ncheck the secret and the return URL, and begin again with `eduzz login`",
    }
    exchange_too_many() {
        pt: "requisições demais\nespere um minuto e comece de novo com `eduzz login`",
        en: "too many requests\nwait a minute and begin again with `eduzz login`",
    }
    exchange_redirected() {
        pt: "a troca do código respondeu com um redirecionamento, que não foi seguido\nconfira EDUZZ_SANDBOX",
        en: "the exchange of the code answered with a redirect, which was not followed\ncheck EDUZZ_SANDBOX",
    }
    exchange_service_failed(status: u16) {
        pt: "a Eduzz falhou ao trocar o código (status {status})\ncomece de novo mais tarde com `eduzz login`",
        en: "Eduzz failed to exchange the code (status {status})\nbegin again later with `eduzz login`",
    }
    exchange_unreadable() {
        pt: "a Eduzz aceitou o código, mas a resposta não tem um token legível; o código foi usado\ncomece de novo com `eduzz login`",
        en: "Eduzz accepted the code, but the answer has no readable token; the code is used up\nbegin again with `eduzz login`",
    }
    exchange_not_json() {
        pt: "a Eduzz respondeu com sucesso, mas a resposta não é JSON e não tem um token; o código foi usado\ncomece de novo com `eduzz login`",
        en: "Eduzz answered with success, but the answer is not JSON and has no token; the code is used up\nbegin again with `eduzz login`",
    }
    exchange_fate_unknown() {
        pt: "a troca do código ficou sem resposta, e não se sabe se ele foi usado\ncomece de novo com `eduzz login`",
        en: "the exchange of the code got no answer, and it is not known whether the code was used\nbegin again with `eduzz login`",
    }
    exchange_not_sent(why: &str) {
        pt: "não foi possível enviar a troca do código: {why}\ndepois comece de novo com `eduzz login`",
        en: "the exchange of the code could not be sent: {why}\nthen begin again with `eduzz login`",
    }
}
