//! Texts of the pages that a sign-in ends on.

texts! {
    page_done_title() { pt: "Pronto, login feito", en: "Done, you are signed in" }
    page_done_text() { pt: "O programa eduzz já recebeu o token.", en: "The eduzz program has received the token." }
    page_refused_title() { pt: "Você não autorizou", en: "You did not authorize" }
    page_refused_text() {
        pt: "Nada foi salvo. Se mudar de ideia, rode `eduzz login` de novo.",
        en: "Nothing was stored. If you change your mind, run `eduzz login` again.",
    }
    page_failed_title() { pt: "O login não deu certo", en: "The sign-in did not work" }
    page_failed_text() {
        pt: "Veja no terminal o que aconteceu e o que fazer.",
        en: "The terminal says what happened and what to do.",
    }
    page_close() {
        pt: "Pode fechar esta aba e voltar ao terminal.",
        en: "You can close this tab and go back to the terminal.",
    }
    page_stray_title() { pt: "Este endereço não conclui o login", en: "This address does not complete the sign-in" }
    page_stray_text() {
        pt: "Ele não corresponde ao login em andamento, que continua aguardando. Se você chegou aqui pelo link de outra pessoa, feche a aba.",
        en: "It does not answer the sign-in in progress, which keeps waiting. If it came from somebody else's link, close the tab.",
    }
    page_unknown_title() { pt: "Não há nada aqui", en: "There is nothing here" }
    page_unknown_text() {
        pt: "Este servidor só aguarda o fim de um login do programa eduzz.",
        en: "This server only waits for the end of a sign-in of the eduzz program.",
    }
    page_method_title() { pt: "Método não aceito", en: "Method not accepted" }
}
