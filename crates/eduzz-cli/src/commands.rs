//! The commands: a file for each noun, with its flags, texts and columns.

/// Declares commands: an enum of them, and which of them runs.
macro_rules! commands {
    ($(#[$($meta:tt)*])* $group:ident { $($(#[$($attribute:tt)*])* $name:ident($command:ty)),+ $(,)? }) => {
        #[derive(Debug, clap::Subcommand)]
        #[allow(clippy::large_enum_variant, reason = "the program has one value of each")]
        $(#[$($meta)*])*
        pub(crate) enum $group {$(
            $(#[$($attribute)*])*
            $name($command),
        )+}

        impl $group {
            pub(crate) async fn run(self, output: crate::output::Output) -> Result<(), crate::failure::Failure> {
                match self {$(
                    Self::$name(command) => command.run(output).await,
                )+}
            }
        }
    };
}

/// Declares commands that make one call and show its answer: the words that the call takes, the
/// record whose columns are shown, and how the answer is written.
macro_rules! record_commands {
    ($(
        $(#[$($about:tt)*])*
        $name:ident: $call:ident($($(#[$($word:tt)*])* $field:ident)?) -> $record:ty,
        |$records:ident, $answer:ident| $write:expr;
    )+) => {$(
        $(#[$($about)*])*
        #[derive(Debug, clap::Args)]
        #[command(after_help = crate::lists::record_help::<$record>())]
        pub(crate) struct $name {
            $($(#[$($word)*])* $field: String,)?
            #[command(flatten)]
            options: crate::lists::RecordOptions,
        }

        impl $name {
            async fn run(self, output: crate::output::Output) -> Result<(), crate::failure::Failure> {
                let call = $call::new($(self.$field)?);
                let ($records, $answer) = self.options.fetch::<$record, _>(output, &call).await?;
                $write
            }
        }
    )+};
}

/// Declares commands that list pages: the command as it is typed, the call, the flags, and the
/// request made from them.
macro_rules! list_commands {
    ($(
        $(#[$($about:tt)*])*
        $name:ident $command:literal: $call:ident($($(#[$($flag:tt)*])* $field:ident: $kind:ty),* $(,)?),
        |$lang:pat_param| $request:expr;
    )+) => {$(
        $(#[$($about)*])*
        #[derive(Debug, clap::Args)]
        #[command(
            next_help_heading = crate::cli::FILTERS,
            after_help = crate::lists::list_help::<<$call as eduzz_wire::Paged>::Row>(),
        )]
        pub(crate) struct $name {
            #[command(flatten)]
            list: crate::lists::ListOptions,
            $($(#[$($flag)*])* $field: $kind,)*
        }

        impl $name {
            pub(super) async fn run(self, output: crate::output::Output) -> Result<(), crate::failure::Failure> {
                let Self { list, $($field),* } = self;
                let $lang = output.lang;
                list.run(output, || $request).await
            }
        }

        impl crate::lists::Listed for $call {
            const COMMAND: &'static str = $command;
        }
    )+};
}

/// Runs work on a store of either database.
macro_rules! on_store {
    ($opened:expr, |$store:ident| $work:expr) => {
        match $opened {
            crate::commands::database::Opened::Sqlite($store) => $work,
            crate::commands::database::Opened::Postgres($store) => $work,
        }
    };
}

mod affiliates;
mod alpaclass;
mod api;
mod blinket;
mod call;
mod check;
mod completions;
mod config;
mod customers;
mod database;
mod demo;
mod doctor;
mod endpoints;
mod heycamp;
mod inbox;
mod login;
mod logout;
mod man;
mod me;
mod mirror;
mod nutror;
mod products;
mod profiles;
mod safevideo;
mod sales;
mod sandbox;
mod statement;
mod subscriptions;
mod transfers;
mod webhook;

commands! {
    Command {
        Demo(demo::Demo),
        Sandbox(sandbox::SandboxCommand),
        Login(login::Login),
        Logout(logout::Logout),
        Me(me::Me),
        Profiles(profiles::Profiles),
        Config(config::ConfigCommand),
        Doctor(doctor::Doctor),
        Completions(completions::Completions),
        Man(man::ManCommand),
        Endpoints(endpoints::Endpoints),
        Call(call::CallCommand),
        Api(api::ApiCommand),
        #[command(subcommand)]
        Check(check::Check),
        #[command(subcommand)]
        Webhook(webhook::Webhook),
        #[command(subcommand)]
        Inbox(inbox::Inbox),
        #[command(subcommand)]
        Mirror(mirror::Mirror),
        #[command(subcommand)]
        Sales(sales::Sales),
        #[command(subcommand)]
        Subscriptions(subscriptions::Subscriptions),
        #[command(subcommand)]
        Products(products::Products),
        #[command(subcommand)]
        Customers(customers::Customers),
        Statement(statement::Statement),
        Transfers(transfers::Transfers),
        Affiliates(affiliates::Affiliates),
        #[command(subcommand)]
        Alpaclass(alpaclass::Alpaclass),
        #[command(subcommand)]
        Blinket(blinket::Blinket),
        #[command(subcommand)]
        Heycamp(heycamp::Heycamp),
        #[command(subcommand)]
        Nutror(nutror::Nutror),
        #[command(subcommand)]
        Safevideo(safevideo::Safevideo),
    }
}

impl Command {
    /// Whether the command is a server, which only Ctrl-C ends.
    pub(crate) fn serves(&self) -> bool {
        match self {
            Self::Sandbox(sandbox) => sandbox.goes_on(),
            Self::Mirror(mirror::Mirror::Run(run)) => run.goes_on(),
            _ => false,
        }
    }

    /// Whether the command ends its work itself after Ctrl-C.
    pub(crate) const fn ends_itself(&self) -> bool {
        matches!(
            self,
            Self::Inbox(inbox::Inbox::Serve(_)) | Self::Webhook(webhook::Webhook::Listen(_))
        ) || matches!(self, Self::Sandbox(sandbox) if sandbox.ends_itself())
    }
}
