//! JSON, one object a line.

/// One diagnostic as `--output-format json` prints it.
#[derive(Debug)]
pub struct JsonRecord;
