//! The one list of the events.

/// Hands every event to a macro, as `(origin, event, Data, Variant)` in the order of the documentation: the one list, from
/// which the type of events, the command line, the sandbox and the generic properties are made. `Data` is a type of
/// `eduzz_types::webhook::<origin>`. It is used as an item or a statement.
///
/// ```
/// macro_rules! print_names {
///     ($(($origin:ident, $event:ident, $data:ident, $variant:ident)),+ $(,)?) => {
///         $(println!("{}", concat!(stringify!($origin), ".", stringify!($event)));)+
///     };
/// }
///
/// eduzz_webhook::for_each_event!(print_names);
/// ```
#[macro_export]
macro_rules! for_each_event {
    ($callback:path) => {
        $callback! {
            (safevideo, encoder_started, EncoderStarted, SafevideoEncoderStarted),
        }
    };
}
