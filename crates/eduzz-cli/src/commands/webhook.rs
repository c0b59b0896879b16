//! `eduzz webhook`: tools for receivers of webhooks.

mod events;
mod history;
pub(super) mod keys;
mod listen;
pub(super) mod post;
pub(super) mod report;
mod resend;
mod sample;
pub(super) mod serve;
mod sign;
pub(super) mod subscribing;
mod subscriptions;
mod trigger;
mod verify;

commands! {
    /// Ferramentas para quem recebe webhooks | Tools for receivers of webhooks
    #[command(after_help = "\
O segredo do webhook vem de EDUZZ_WEBHOOK_SECRET; se faltar, o programa pede. Ele nunca é um
argumento e nunca aparece.
 | \n\
The webhook's secret comes from EDUZZ_WEBHOOK_SECRET; without it, the program asks. It is never
an argument, and never shown.")]
    Webhook {
        Events(events::Events),
        Listen(listen::Listen),
        Resend(resend::Resend),
        Sign(sign::Sign),
        #[command(subcommand)]
        Subscriptions(subscriptions::Subscriptions),
        Trigger(trigger::Trigger),
        Verify(verify::Verify),
    }
}
