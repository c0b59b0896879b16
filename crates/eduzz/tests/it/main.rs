//! Every call is in `eduzz::api`.

use eduzz::wire::Endpoint;

macro_rules! call_is_in_api {
    ($(($product:ident, $endpoint:ident, $call:ident)),+ $(,)?) => {
        $(const _: fn() = || is_call::<eduzz::api::$call>();)+
    };
}

eduzz_api::for_each_endpoint!(call_is_in_api);

fn is_call<E: Endpoint>() {}
