//! How a call to the Eduzz API becomes an HTTP request and a response becomes a value, without IO.
