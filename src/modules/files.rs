//! The user's files as code sees them: paths at run time mapped into the folders of the run, and what lies there.
//!
//! What a path outside of these folders holds, or one relative to the current directory, is never known.

use std::path::PathBuf;
use std::rc::Rc;

use super::os::path::normal;
use super::support::outside;
use crate::datum::CauseKind;
use crate::eval::{Assume, Vm, What};
use crate::source::{self, Entry};
use crate::value::{Eval, Stop, Value};

/// The path that an argument names: text, or an object with a path of its own.
pub(crate) fn fspath(vm: &mut Vm, value: &Value) -> Eval<Rc<str>> {
    if let Some(text) = super::support::as_text(value) {
        return Ok(text);
    }
    if let Some(path) = value.downcast::<super::pathlib::Path>() {
        return Ok(path.text.clone());
    }
    match value {
        Value::Unknown(cause) => Err(Stop::Unknown(cause.clone())),
        Value::Bytes(_) | Value::Instance(_) | Value::Object(_) => {
            vm.unknown(CauseKind::Unsupported, format!("a `{}` as a path is not followed", value.type_name()))
        }
        other => Err(Stop::type_error(format!(
            "expected str, bytes or os.PathLike object, not {}",
            other.type_name()
        ))),
    }
}

/// The place in the folders of the run that a path at run time means.
pub(crate) fn locate(vm: &Vm, path: &str) -> Eval<PathBuf> {
    if !path.starts_with('/') {
        return outside(
            vm,
            format!("`{path}` is relative to the current directory, which is not known before Airflow runs"),
        );
    }
    let normal = normal(path);
    let mut roots = vec![vm.world.root.clone()];
    roots.extend(vm.world.include.iter().cloned());
    let local = vm.local_path(&normal).or_else(|| {
        let path = PathBuf::from(&normal);
        vm.world.include.iter().any(|root| path.starts_with(root)).then_some(path)
    });
    match local {
        Some(local) if source::is_inside(&roots, &local) => Ok(local),
        _ => outside(vm, format!("`{path}` lies outside of the DAG folder, so what it holds is not known")),
    }
}

/// What lies at a path. That there is nothing is an assumption: the folder at run time may hold more than the one at hand.
pub(crate) fn kind(vm: &mut Vm, path: &str) -> Eval<Entry> {
    let local = locate(vm, path)?;
    let entry = source::entry(&local);
    if entry == Entry::Missing {
        vm.note_read(What::Defaulted(CauseKind::World));
        if vm.world.assume == Assume::Unknown {
            return outside(vm, format!("`{path}` is not in the DAG folder at hand; at run time it may be"));
        }
    }
    Ok(entry)
}

/// The bytes of a file.
pub(crate) fn read(vm: &mut Vm, path: &str) -> Eval<Vec<u8>> {
    let local = locate(vm, path)?;
    match source::read_data(&local) {
        Ok(bytes) => {
            vm.check_size(bytes.len())?;
            vm.data_files.push(local);
            Ok(bytes)
        }
        Err(error) => outside(vm, format!("`{path}` cannot be read: {error}")),
    }
}

/// The text of a file under an encoding, with `\n` line ends.
pub(crate) fn read_text(vm: &mut Vm, path: &str, encoding: Option<&str>) -> Eval<String> {
    let bytes = read(vm, path)?;
    decode(vm, path, &bytes, encoding)
}

/// Bytes as text under an encoding with `\n` line ends.
pub(crate) fn decode(vm: &mut Vm, path: &str, bytes: &[u8], encoding: Option<&str>) -> Eval<String> {
    let text = decode_as_is(vm, path, bytes, encoding)?;
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// Bytes as text under an encoding; UTF-8 where none is named, as on Airflow's images.
pub(crate) fn decode_as_is(vm: &mut Vm, path: &str, bytes: &[u8], encoding: Option<&str>) -> Eval<String> {
    let label = encoding.unwrap_or("utf-8").to_ascii_lowercase().replace('_', "-");
    let text = match label.as_str() {
        "utf-8" | "utf8" => std::str::from_utf8(bytes).ok().map(str::to_owned),
        "utf-8-sig" => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            std::str::from_utf8(bytes).ok().map(str::to_owned)
        }
        "ascii" | "us-ascii" => {
            bytes.is_ascii().then(|| bytes.iter().map(|&byte| char::from(byte)).collect())
        }
        "latin-1" | "latin1" | "iso-8859-1" => Some(bytes.iter().map(|&byte| char::from(byte)).collect()),
        _ => None,
    };
    match text {
        Some(text) => Ok(text),
        None => outside(vm, format!("`{path}` is not read as `{label}` text")),
    }
}

/// The names in a folder with what they are, in an order that nothing promises.
pub(crate) fn list(vm: &mut Vm, path: &str) -> Eval<Vec<(String, Entry)>> {
    let local = locate(vm, path)?;
    let mut found = match source::entries(&local) {
        Ok(found) => found,
        Err(error) => return outside(vm, format!("the folder `{path}` cannot be read: {error}")),
    };
    // Python keeps its compiled files there; a checkout may hold them or not.
    found.retain(|(name, _)| name != "__pycache__");
    vm.check_size(found.len())?;
    if found.len() > 1 {
        vm.note_read(What::Order);
        if vm.world.reverse_sets {
            found.reverse();
        }
    }
    Ok(found)
}
