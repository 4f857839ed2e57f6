//! The commands that deploy what was written to MWAA Serverless.
//!
//! Source of the commands: the service's user guide, `create-workflow`, and the AWS CLI.

use std::fmt::Write as _;

use super::output::{Folder, Plan};
use crate::diagnostic::{Diagnostic, codes, visible};
use crate::target::Target;

/// Up to how many definitions each get their own lines.
const MAX_SHOWN: usize = 3;

/// The lines for the definitions of this run, for a target of the service; empty for others, and where nothing was written.
pub(super) fn lines(target: &Target, folder: &Folder, plan: &Plan) -> String {
    if !target.is_service() || plan.definitions.is_empty() {
        return String::new();
    }
    let mut out = String::from("\nTo deploy, with your bucket and the ARN of the execution role:\n\n");
    let count = plan.definitions.len();
    if count > MAX_SHOWN && folder.holds_nothing_beside(plan) {
        push_loop(&mut out, folder);
    } else {
        for planned in plan.definitions.iter().take(MAX_SHOWN) {
            push_one(&mut out, folder, &planned.dag_id, &planned.file_name);
        }
        if count > MAX_SHOWN {
            let _ = writeln!(out, "\nand likewise the other {} definitions of this run", count - MAX_SHOWN);
        }
    }
    out
}

/// The record about more definitions than an account of the service can have workflows.
pub(super) fn too_many(target: &Target, folder: &Folder, plan: &Plan) -> Option<Diagnostic> {
    let (count, limit) = (plan.definitions.len(), target.workflow_limit()?);
    if u64::try_from(count).is_ok_and(|count| count <= limit) {
        return None;
    }
    let message =
        format!("these are {count} workflows, and an account of {} can have {limit}", target.called());
    let warning = Diagnostic::file_warning(codes::TOO_MANY_WORKFLOWS, folder.path(), message);
    Some(warning.help("ask for a higher quota, or spread them over accounts or regions"))
}

fn push_one(out: &mut String, folder: &Folder, dag_id: &str, file_name: &str) {
    let path = quoted(&folder.path().join(file_name).to_string_lossy());
    let uri = quoted(&format!("s3://BUCKET/{file_name}"));
    let location = quoted(&format!(r#"{{"Bucket": "BUCKET", "ObjectKey": "{file_name}"}}"#));
    let name = quoted(dag_id);
    let _ = writeln!(out, "  aws s3 cp {path} {uri}");
    let _ = writeln!(
        out,
        "  aws mwaa-serverless create-workflow --name {name} --definition-s3-location {location} --role-arn ROLE_ARN"
    );
}

fn push_loop(out: &mut String, folder: &Folder) {
    let files = folder.path().to_string_lossy();
    let files = quoted(files.trim_end_matches('/'));
    let _ = writeln!(out, "  for file in {files}/*.yml; do");
    let _ = writeln!(out, "    key=$(basename \"$file\")");
    let _ = writeln!(out, "    aws s3 cp \"$file\" \"s3://BUCKET/$key\"");
    let _ = writeln!(out, "    aws mwaa-serverless create-workflow --name \"${{key%.yml}}\" \\");
    let _ = writeln!(
        out,
        r#"      --definition-s3-location "{{\"Bucket\": \"BUCKET\", \"ObjectKey\": \"$key\"}}" --role-arn ROLE_ARN"#
    );
    let _ = writeln!(out, "  done");
}

/// The text as one word of a POSIX shell, with nothing in it that a terminal would obey.
fn quoted(text: &str) -> String {
    let text = visible(text);
    shlex::try_quote(&text).map(std::borrow::Cow::into_owned).unwrap_or(text.clone())
}
