//! The secret that deliveries are signed with.

secret! {
    /// The secret that a configuration's deliveries are signed with: made in the console
    /// (`chave de acesso`), or given by `GET /webhook/v1/secret` for the subscriptions of an
    /// application.
    ///
    /// Those of applications begin with `edzwgd_`; the form of the others is not documented, so
    /// none is assumed.
    WebhookSecret;
}
