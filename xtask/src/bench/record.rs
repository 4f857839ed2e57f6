//! The figures as Markdown, and their place in `BENCHMARKS.md`: between two marks, so that what people write around them stays.

use std::fs;

use anyhow::{Context, Result};

use super::Measured;
use crate::project;

const BEGIN: &str = "<!-- written by `cargo xtask bench --record` -->\n";
const END: &str = "<!-- until here -->\n";

/// The table of ratios, then what they were computed from.
pub(super) fn text(measured: &[Measured]) -> String {
    let mut text = String::from("| ratio | measured | target | repeat with |\n|---|---|---|---|\n");
    for row in measured.iter().flat_map(|measured| &measured.rows) {
        let target = match &row.target {
            Some((target, true)) => format!("{target}: met"),
            Some((target, false)) => format!("{target}: **missed**"),
            None => "–".to_owned(),
        };
        text.push_str(&format!("| {} | **{}** | {target} | `{}` |\n", row.what, row.figure, row.command));
    }
    for measured in measured.iter().filter(|measured| !measured.details.is_empty()) {
        let title =
            measured.rows.first().map_or("", |row| row.command.rsplit(' ').next().unwrap_or_default());
        text.push_str(&format!("\n### {title}\n\n{}", measured.details));
    }
    text
}

/// Puts the figures into `BENCHMARKS.md`.
pub(super) fn write(figures: &str) -> Result<()> {
    let path = project::root().join("BENCHMARKS.md");
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let renewed = renewed(&text, figures).context("BENCHMARKS.md has lost the marks around the figures")?;
    fs::write(&path, renewed)?;
    println!("wrote BENCHMARKS.md");
    Ok(())
}

fn renewed(text: &str, figures: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{figures}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_the_figures_stays() {
        let text = format!("a\n{BEGIN}old\n{END}b\n");
        assert_eq!(renewed(&text, "new"), Some(format!("a\n{BEGIN}\nnew\n{END}b\n")));
        assert_eq!(renewed("no marks", "new"), None);
    }
}
