//! Text with source frames, for people.

/// Colour or none.
#[derive(Debug)]
pub struct Style;

/// Renders diagnostics as text.
#[derive(Debug)]
pub struct TextRenderer;
