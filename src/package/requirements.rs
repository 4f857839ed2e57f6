//! Distributions that packaged code imports: from the name of an import to the name on the package index, with the folder's versions.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr as _;

use pep440_rs::{Version, VersionSpecifiers};

use crate::{catalog, source};

/// Imports whose distribution has another name; any other has its own, with `-` for `_`.
///
/// Source: the `top_level.txt` and records of the distributions.
#[rustfmt::skip]
const TABLE: &[(&str, &str)] = &[
    ("Crypto", "pycryptodome"), ("MySQLdb", "mysqlclient"), ("OpenSSL", "pyOpenSSL"), ("PIL", "Pillow"),
    ("PyPDF2", "PyPDF2"), ("attr", "attrs"), ("azure", "azure-core"), ("bs4", "beautifulsoup4"), ("cv2", "opencv-python-headless"),
    ("dateutil", "python-dateutil"), ("docx", "python-docx"), ("dotenv", "python-dotenv"), ("elasticsearch", "elasticsearch"),
    ("facebook_business", "facebook-business"), ("fitz", "PyMuPDF"), ("git", "GitPython"), ("googleapiclient", "google-api-python-client"),
    ("great_expectations", "great-expectations"), ("gspread", "gspread"), ("hubspot", "hubspot-api-client"), ("jose", "python-jose"),
    ("jwt", "PyJWT"), ("kafka", "kafka-python"), ("ldap3", "ldap3"), ("magic", "python-magic"), ("mysql", "mysql-connector-python"),
    ("nacl", "PyNaCl"), ("openpyxl", "openpyxl"), ("pkg_resources", "setuptools"), ("pptx", "python-pptx"),
    ("psycopg", "psycopg[binary]"), ("psycopg2", "psycopg2-binary"), ("pyodbc", "pyodbc"), ("pythonjsonlogger", "python-json-logger"),
    ("redis", "redis"), ("requests_aws4auth", "requests-aws4auth"), ("sendgrid", "sendgrid"), ("serial", "pyserial"), ("simple_salesforce", "simple-salesforce"),
    ("sklearn", "scikit-learn"), ("skimage", "scikit-image"), ("slack", "slackclient"), ("slack_sdk", "slack-sdk"),
    ("snowflake", "snowflake-connector-python"), ("stripe", "stripe"), ("telegram", "python-telegram-bot"), ("umap", "umap-learn"),
    ("usaddress", "usaddress"), ("websocket", "websocket-client"), ("whois", "python-whois"), ("wx", "wxPython"), ("xgboost", "xgboost"),
    ("yfinance", "yfinance"), ("zmq", "pyzmq"),
];

/// Distributions by the dotted import, for namespaces that several share.
const DOTTED: &[(&str, &str)] = &[
    ("azure.identity", "azure-identity"),
    ("azure.storage.blob", "azure-storage-blob"),
    ("google.auth", "google-auth"),
    ("google.cloud.bigquery", "google-cloud-bigquery"),
    ("google.cloud.storage", "google-cloud-storage"),
    ("google.oauth2", "google-auth"),
    ("snowflake.sqlalchemy", "snowflake-sqlalchemy"),
];

/// Distributions whose use of the network a worker has no way out for, by default.
const NETWORK: &[&str] = &[
    "aiohttp",
    "elasticsearch",
    "ftplib",
    "httpx",
    "kafka",
    "mysql",
    "paramiko",
    "psycopg",
    "psycopg2",
    "pymongo",
    "pymysql",
    "pyodbc",
    "redis",
    "requests",
    "slack_sdk",
    "smtplib",
    "snowflake",
    "sqlalchemy",
    "urllib3",
];

/// Whether a module speaks to the network beyond AWS.
pub(super) fn uses_network(module: &str) -> bool {
    let top = module.split('.').next().unwrap_or(module);
    NETWORK.contains(&top) || module == "urllib.request" || module == "http.client"
}

/// The kinds of modules that providers have.
const KINDS: &[&str] = &["operators", "hooks", "sensors", "transfers", "triggers", "utils", "decorators"];

/// The distribution that an import needs.
pub(super) fn distribution(module: &str) -> String {
    let dotted = DOTTED.iter().find(|(path, _)| module == *path || module.starts_with(&format!("{path}.")));
    if let Some((_, name)) = dotted {
        return (*name).to_owned();
    }
    if let Some(rest) = module.strip_prefix("airflow.providers.") {
        if let Some(package) = catalog::package_of(module) {
            return package.split("==").next().unwrap_or(package).to_owned();
        }
        // The name of a provider that the catalogue lacks ends where its kinds of modules begin.
        let name: Vec<&str> = rest.split('.').take_while(|part| !KINDS.contains(part)).collect();
        return format!("apache-airflow-providers-{}", name.join("-"));
    }
    let top = module.split('.').next().unwrap_or(module);
    match TABLE.iter().find(|(import, _)| *import == top) {
        Some((_, name)) => (*name).to_owned(),
        None => top.replace('_', "-"),
    }
}

/// The versions that a folder asks for, by the normal form of the distribution's name: the whole line of each.
pub(super) fn versions(folders: &[&Path]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for folder in folders {
        if let Some(text) = read(&folder.join("requirements.txt")) {
            for line in text.lines() {
                add(&mut found, line);
            }
        }
        if let Some(project) =
            read(&folder.join("pyproject.toml")).and_then(|text| text.parse::<toml::Table>().ok())
        {
            let listed = project
                .get("project")
                .and_then(|table| table.get("dependencies"))
                .and_then(toml::Value::as_array);
            for line in listed.into_iter().flatten().filter_map(toml::Value::as_str) {
                add(&mut found, line);
            }
        }
    }
    found
}

/// Whether a line of requirements asks for another version than this one; what cannot be read asks for none.
pub(super) fn excludes(line: &str, version: &str) -> bool {
    let asked = line.split([';', '@']).next().unwrap_or(line);
    let Some(at) = asked.find(['=', '<', '>', '~', '!']) else { return false };
    let asked = asked.get(at..).unwrap_or_default().trim().trim_end_matches(')');
    match (VersionSpecifiers::from_str(asked), Version::from_str(version)) {
        (Ok(asked), Ok(version)) => !asked.contains(&version),
        _ => false,
    }
}

fn read(path: &Path) -> Option<String> {
    String::from_utf8(source::read_data(path).ok()?).ok()
}

fn add(found: &mut BTreeMap<String, String>, line: &str) {
    let line = line.split(" #").next().unwrap_or(line).trim();
    let name =
        line.split(|letter: char| !(letter.is_alphanumeric() || "-_.".contains(letter))).next().unwrap_or("");
    if !name.is_empty() && !line.starts_with(['#', '-']) {
        found.entry(normal(name)).or_insert_with(|| line.to_owned());
    }
}

/// The form in which names of distributions are compared. Source: PEP 503.
pub(super) fn normal(name: &str) -> String {
    let name = name.split('[').next().unwrap_or(name);
    name.to_lowercase().replace(['_', '.'], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_have_distributions() {
        for (module, name) in [
            ("sklearn.linear_model", "scikit-learn"),
            ("google.cloud.bigquery.client", "google-cloud-bigquery"),
            ("awswrangler", "awswrangler"),
            ("airflow.providers.common.sql.operators.sql", "apache-airflow-providers-common-sql"),
            ("airflow.providers.snowflake.hooks.snowflake", "apache-airflow-providers-snowflake"),
            ("airflow.providers.google.cloud.operators.alloy_db", "apache-airflow-providers-google"),
            ("airflow.providers.cncf.kubernetes.operators.pod", "apache-airflow-providers-cncf-kubernetes"),
        ] {
            assert_eq!(distribution(module), name);
        }
        assert_eq!(normal("Psycopg2_Binary[x]"), "psycopg2-binary");
    }

    #[test]
    fn lines_that_exclude_a_version() {
        for (line, excludes_it) in [
            ("boto3", false),
            ("boto3==1.28.0", true),
            ("boto3 ~= 1.43.0", false),
            ("boto3[crt] >=1.20,<1.40 ; python_version < '4'", true),
            ("boto3 (>=1.20)", false),
            ("boto3 @ https://example.org/boto3-1.0==x.whl", false),
            ("boto3==latest", false),
        ] {
            assert_eq!(excludes(line, "1.43.1"), excludes_it, "{line}");
        }
    }
}
