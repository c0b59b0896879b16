//! The errors of the program: a message and an exit code.

/// An error: its cause, its place, the next step.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    text: Option<String>,
    body: Option<Vec<u8>>,
}

impl Failure {
    /// Rejected, or with differences.
    pub(crate) fn rejected(text: String) -> Self {
        Self::new(1, Some(text))
    }

    /// Rejected, and already reported.
    pub(crate) const fn reported() -> Self {
        Self::new(1, None)
    }

    /// Wrong usage, or input that cannot be read.
    pub(crate) fn usage(text: String) -> Self {
        Self::new(2, Some(text))
    }

    /// The network failed.
    pub(crate) fn network(text: String) -> Self {
        Self::new(3, Some(text))
    }

    /// Not signed in.
    pub(crate) fn signed_out(text: String) -> Self {
        Self::new(4, Some(text))
    }

    /// Ctrl-C.
    pub(crate) fn interrupted(text: String) -> Self {
        Self::new(130, Some(text))
    }

    const fn new(code: u8, text: Option<String>) -> Self {
        Self {
            code,
            text,
            body: None,
        }
    }

    /// Adds a body of the service, if the user asked to see it.
    pub(crate) fn with_body(mut self, body: Option<Vec<u8>>) -> Self {
        self.body = body;
        self
    }

    /// Adds the next step, as the last of at most three lines.
    pub(crate) fn with_next(mut self, next: &str) -> Self {
        let lines = self.text.iter().flat_map(|text| text.lines()).take(2);
        self.text = Some(lines.chain([next]).collect::<Vec<_>>().join("\n"));
        self
    }

    /// Whether nobody is signed in.
    pub(crate) const fn is_signed_out(&self) -> bool {
        self.code == 4
    }

    /// The exit code.
    pub(crate) const fn code(&self) -> u8 {
        self.code
    }

    /// One to three lines.
    pub(crate) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The service's body, in the form in which it is shown.
    pub(crate) fn body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }
}
