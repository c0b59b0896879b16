//! A client for the Eduzz API on hyper and rustls.
