//! The defaults of Airflow's configuration, from its own template and from what the providers declare: `src/catalog/data/conf.txt`.
//!
//! Defaults of several lines, and such with interpolation or braces other than `{AIRFLOW_HOME}`, are left out.

use std::collections::BTreeMap;

use anyhow::Result;
use ruff_python_ast::{Expr, ExprDict, Stmt};

use super::module::Module;
use super::packages::Package;

/// The template of Airflow's own defaults.
const TEMPLATE: &str = "airflow/config_templates/config.yml";

/// Defaults by `section.key`.
type Names = BTreeMap<String, String>;

/// The defaults of a release.
#[derive(Debug, Default)]
pub(crate) struct Defaults {
    /// Those of Airflow itself.
    own: Names,
    /// Those that only providers have.
    of_providers: Names,
}

/// The defaults of the packages of a release, of the last version of each that has any.
pub(crate) fn defaults<'a>(
    members: impl IntoIterator<Item = (&'a Package, &'a [Module])>,
) -> Result<Defaults> {
    let mut defaults = Defaults::default();
    for (package, modules) in members {
        if !package.name.starts_with("apache-airflow-providers-")
            && let Some(text) = package.member(TEMPLATE)?
        {
            template(&text, &mut defaults.own);
        }
        for module in modules.iter().filter(|module| module.name.ends_with(".get_provider_info")) {
            provider(module, &mut defaults.of_providers);
        }
    }
    let Defaults { own, of_providers } = &mut defaults;
    of_providers.retain(|name, default| is_plain(default) && !own.contains_key(name));
    own.retain(|_, default| is_plain(default));
    Ok(defaults)
}

/// The blocks of the file, one for each release and section, with a `+` behind the release for what providers have: the names with
/// their defaults.
pub(crate) fn text(releases: &[(&str, Defaults)]) -> String {
    let mut blocks: BTreeMap<String, String> = BTreeMap::new();
    for (label, defaults) in releases {
        let own = defaults.own.iter().map(|default| ("", default));
        let of_providers = defaults.of_providers.iter().map(|default| ("+", default));
        for (mark, (name, default)) in own.chain(of_providers) {
            let (section, key) = name.rsplit_once('.').unwrap_or((name, ""));
            let lines = blocks.entry(format!("{label}{mark} {section}")).or_default();
            lines.push_str(format!(" {key} = {default}").trim_end());
            lines.push('\n');
        }
    }
    blocks.into_iter().map(|(title, lines)| format!("{title}\n{lines}")).collect()
}

fn is_plain(default: &str) -> bool {
    let rest = default.replace("{AIRFLOW_HOME}", "");
    !rest.contains(['{', '}', '%', '\\', '\n', '$', '~']) && rest.trim() == rest
}

/// Reads the template, whose form is the same throughout: sections, `options`, names and `default`, each two blanks further in.
fn template(text: &str, defaults: &mut Names) {
    let (mut section, mut is_options, mut name) = ("", false, "");
    for line in text.lines() {
        let word = line.trim_start();
        let Some((key, value)) = word.split_once(':').filter(|_| !word.starts_with('#')) else { continue };
        match line.len() - word.len() {
            0 => (section, is_options) = (key, false),
            2 => is_options = key == "options",
            4 if is_options => name = key,
            6 if is_options && key == "default" => {
                if let Some(default) = scalar(value.trim()) {
                    defaults.insert(format!("{section}.{name}").to_lowercase(), default.to_owned());
                }
            }
            _ => {}
        }
    }
}

/// A YAML scalar of one line that is text.
fn scalar(value: &str) -> Option<&str> {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.strip_suffix(quote).filter(|text| !text.contains(quote));
        }
    }
    (!value.is_empty() && !value.starts_with(['~', '|', '>', '[', '#'])).then_some(value)
}

/// Reads the `config` of what a provider says of itself.
fn provider(module: &Module, defaults: &mut Names) {
    let returned = module.body.iter().find_map(|stmt| match stmt {
        Stmt::FunctionDef(def) => def.body.iter().find_map(|stmt| match stmt {
            Stmt::Return(node) => node.value.as_deref()?.as_dict_expr(),
            _ => None,
        }),
        _ => None,
    });
    let Some(sections) = returned.and_then(|info| get(info, "config")) else { return };
    for (section, body) in items(sections) {
        for (name, option) in get(body, "options").into_iter().flat_map(items) {
            let default = option.items.iter().find(|item| is_key(item.key.as_ref(), "default"));
            if let Some(Expr::StringLiteral(default)) = default.map(|item| &item.value) {
                defaults
                    .insert(format!("{section}.{name}").to_lowercase(), default.value.to_str().to_owned());
            }
        }
    }
}

fn is_key(key: Option<&Expr>, name: &str) -> bool {
    matches!(key, Some(Expr::StringLiteral(text)) if text.value.to_str() == name)
}

fn get<'a>(dict: &'a ExprDict, name: &str) -> Option<&'a ExprDict> {
    dict.items.iter().find(|item| is_key(item.key.as_ref(), name))?.value.as_dict_expr()
}

fn items(dict: &ExprDict) -> impl Iterator<Item = (&str, &ExprDict)> {
    dict.items.iter().filter_map(|item| match &item.key {
        Some(Expr::StringLiteral(key)) => Some((key.value.to_str(), item.value.as_dict_expr()?)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_and_providers_are_read() {
        let mut defaults = Names::new();
        let text = "core:\n  description: ~\n  options:\n    dags_folder:\n      description: |\n        default: no\n      \
                    default: \"{AIRFLOW_HOME}/dags\"\n    parallelism:\n      default: \"32\"\n    empty:\n      default: ~\n";
        template(text, &mut defaults);
        let info = "def get_provider_info():\n    return {'config': {'k8s': {'options': {'Tag': {'default': ''}, 'no': {'default': None}}}}}\n";
        let modules = super::super::module::tests::modules(&[("a.get_provider_info", info)]);
        provider(&modules[0], &mut defaults);
        let found: Vec<(&str, &str)> =
            defaults.iter().map(|(name, default)| (name.as_str(), default.as_str())).collect();
        assert_eq!(
            found,
            [("core.dags_folder", "{AIRFLOW_HOME}/dags"), ("core.parallelism", "32"), ("k8s.tag", "")]
        );
    }
}
