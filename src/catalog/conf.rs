//! The defaults of Airflow's configuration.

use super::blocks::{self, Blocks};
use super::constructor::Release;

/// Written by `cargo xtask catalog` from the templates of Airflow and from what its providers declare.
static CONF: Blocks = Blocks::new(include_str!("data/conf.txt"), &blocks::CONF);

/// A default of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfDefault {
    /// The text; `{AIRFLOW_HOME}` stands for that folder.
    pub text: &'static str,
    /// Whether only a provider has it. Airflow takes the fallback of the code before it, unless the providers are loaded already.
    pub is_providers: bool,
}

/// The default of `section.key`, in lower case, in a release; none where that has no such option, or one without a plain default.
pub fn conf_default(release: Release, name: &str) -> Option<ConfDefault> {
    let label = match release {
        Release::V1_10 => return None,
        Release::V2_10 => "2.10",
        Release::V3_0 => "3.0",
    };
    let (section, key) = name.rsplit_once('.')?;
    [("", false), ("+", true)].into_iter().find_map(|(mark, is_providers)| {
        let (_, lines) = CONF.get(&format!("{label}{mark} {section}"))?;
        let text = lines.iter().find_map(|line| line.strip_prefix(key)?.strip_prefix(" ="))?;
        Some(ConfDefault { text: text.strip_prefix(' ').unwrap_or(text), is_providers })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_of_airflow_and_of_providers_are_known() {
        let own = |text| Some(ConfDefault { text, is_providers: false });
        let providers = |text| Some(ConfDefault { text, is_providers: true });
        assert_eq!(conf_default(Release::V3_0, "core.executor"), own("LocalExecutor"));
        assert_eq!(conf_default(Release::V2_10, "core.executor"), own("SequentialExecutor"));
        assert_eq!(conf_default(Release::V3_0, "kubernetes_executor.namespace"), providers("default"));
        assert_eq!(conf_default(Release::V3_0, "kubernetes_executor.worker_container_tag"), providers(""));
        assert_eq!(conf_default(Release::V3_0, "core.plugins_folder"), own("{AIRFLOW_HOME}/plugins"));
        assert_eq!(conf_default(Release::V3_0, "webserver.base_url"), None);
        assert_eq!(conf_default(Release::V1_10, "core.executor"), None);
    }
}
