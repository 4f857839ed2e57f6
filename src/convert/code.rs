//! The check of a code package: the module that was cut out of a DAG file, evaluated by itself, must come to the same values.
//!
//! The package of a service is evaluated as the service runs it, without the environment and the Variables that the user supplied.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::rc::Rc;

use ruff_python_ast::{ModModule, Stmt};
use ruff_text_size::{TextRange, TextSize};

use super::Converter;
use super::library::Everything;
use crate::airflow;
use crate::dag::{Argument, ModuleNames, Standing, Task};
use crate::datum::{Captured, CauseKind, Datum};
use crate::diagnostic::{Diagnostic, Disposition, Place, codes};
use crate::eval::{Assume, Scope, Vm, World};
use crate::modules;
use crate::package::{Entry, Input, Package, Packed, Written, opened, pack as pack_dag};
use crate::parse::parse;
use crate::source::{self, Span, below, entry, read_data};
use crate::target::CodeKind;
use crate::value::Stop;

/// Packs the code of a DAG, and refuses it where the code by itself would not do the same.
pub(super) fn pack(converter: &Converter, world: &World, input: &Input<'_>) -> Packed {
    let mut packed = pack_dag(input);
    if let (Some(dag), Some(written), Some(package)) = (&mut packed.dag, &packed.written, &mut packed.package)
        && !dag.findings.iter().any(Diagnostic::is_error)
    {
        let findings = check(converter, world, input, written, package);
        let findings = findings.into_iter().map(|finding| at_home(finding, input));
        dag.findings.extend(findings.map(|finding| finding.dag(&input.dag.dag_id)));
    }
    if let (Some(dag), Some(kind)) = (&mut packed.dag, input.target.code()) {
        let record = |span: Span, parameter: &str| {
            Diagnostic::note(codes::PACKAGED_CODE, span, comes_along(kind))
                .disposition(Disposition::Changed)
                .dag(&input.dag.dag_id)
                .parameter(parameter)
        };
        let mut records: Vec<Diagnostic> = moved(&input.dag.arguments, &dag.arguments)
            .into_iter()
            .chain(moved(&input.dag.default_args, &dag.default_args))
            .map(|parameter| record(input.dag.span, parameter))
            .collect();
        for (before, after) in input.dag.tasks.iter().zip(&dag.tasks) {
            let rewritten = rewritten(before, after).into_iter();
            records.extend(
                rewritten.map(|parameter| record(before.span, parameter).task(before.task_id.clone())),
            );
        }
        dag.findings.extend(records);
    }
    packed
}

/// What is said of a value that refers to the code beside the definition.
fn comes_along(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Package => "what the task calls comes along in the code package",
        CodeKind::Module => "the function stands in the module beside the definition",
    }
}

/// The names of the arguments that packing changed.
fn moved<'a>(before: &'a [Argument], after: &'a [Argument]) -> Vec<&'a str> {
    let value = |of: &'a [Argument], name: &str| {
        of.iter().find(|argument| argument.name == name).map(|argument| &argument.value)
    };
    let names: BTreeSet<&str> = before.iter().chain(after).map(|argument| argument.name.as_str()).collect();
    names.into_iter().filter(|name| value(before, name) != value(after, name)).collect()
}

/// What packing changed in a task, by the names of its parameters.
fn rewritten<'a>(before: &'a Task, after: &'a Task) -> Vec<&'a str> {
    let mut changed = moved(&before.arguments, &after.arguments);
    for name in moved(&before.inherited, &after.inherited) {
        if !changed.contains(&name) {
            changed.push(name);
        }
    }
    if before.operator != after.operator {
        changed.push("operator");
    }
    if before.mapping != after.mapping {
        changed.push("expand");
    }
    changed
}

/// The finding with the places of the written module moved to where the DAG file has the same text.
fn at_home(mut finding: Diagnostic, input: &Input<'_>) -> Diagnostic {
    let moved = |span: Span| {
        let file = input.sources.get(span.file);
        if file.path().extension().is_none_or(|extension| extension != CUT) {
            return Some(span);
        }
        let at = input.file.text().find(file.slice(span.range))?;
        let start = TextSize::try_from(at).ok()?;
        Some(Span::new(input.file.id(), TextRange::at(start, span.range.len())))
    };
    if let Place::Span(span) = finding.place {
        finding.place = Place::Span(moved(span).unwrap_or(input.dag.span));
    }
    finding.labels.retain_mut(|label| match moved(label.span) {
        Some(span) => {
            label.span = span;
            true
        }
        None => false,
    });
    finding
}

/// The ending of the written module's name among the files of the run, which no file has.
const CUT: &str = "cut";

fn check(
    converter: &Converter,
    world: &World,
    input: &Input<'_>,
    written: &Written,
    package: &mut Package,
) -> Vec<Diagnostic> {
    let fault = |span: Span, message: String| {
        vec![
            Diagnostic::error(codes::NOT_PORTABLE, span, message)
                .help("move what the tasks call into a module of its own"),
        ]
    };
    // Beside the DAG file, so that imports are looked for as from there, under a name that no file has.
    let path = input.file.path().with_extension(format!("{}.{CUT}", input.dag.dag_id));
    let file = converter.sources.add(&path, written.text.clone());
    let module = match parse(&written.text) {
        Ok(module) => module,
        Err(problem) => {
            return fault(
                input.dag.span,
                format!("the code of this DAG cannot be cut out: {}", problem.message),
            );
        }
    };
    let world = match package.kind {
        CodeKind::Package => World {
            env: BTreeMap::new(),
            variables: BTreeMap::new(),
            connections: BTreeMap::new(),
            config: BTreeMap::new(),
            assume: Assume::Unknown,
            reverse_sets: false,
            ..world.clone()
        },
        // It is loaded where the DAG file was.
        CodeKind::Module => world.clone(),
    };
    let mut vm = Vm::new(
        Rc::new(Everything::new()),
        Rc::new(world),
        std::sync::Arc::clone(&converter.sources),
        file.id(),
    );
    let (globals, result) = vm.run_file(&file, &module);
    for path in &written.local {
        // What only functions import is loaded then, too; whatever it says is said below.
        let _ = vm.import(path);
    }
    match result {
        Ok(()) => {}
        Err(Stop::Raise(raise)) => {
            let shown = vm.show_exception(&raise);
            return fault(
                input.dag.span,
                format!("the code of this DAG by itself raises `{shown}` when it is imported"),
            );
        }
        Err(Stop::Halt(halt)) => return fault(halt.cause.span, halt.cause.message.clone()),
        Err(Stop::Unknown(cause)) => return fault(cause.span, cause.message.clone()),
    }
    if airflow::has_built(&mut vm) {
        let message = "what the tasks call is defined by the same statement that builds the DAG".to_owned();
        return fault(input.dag.span, message);
    }
    let after = airflow::module_names(&mut vm, &globals);
    let (Some(original), Some(own)) = (input.names.first(), after.first()) else { return Vec::new() };
    let mut findings = Vec::new();
    // The module has another name and another place, as any module of a package would.
    let places: Vec<(String, String)> = ["__name__", "__file__"]
        .into_iter()
        .filter_map(|name| Some((text_of(original, name)?, text_of(own, name)?)))
        .collect();
    for (name, span) in &written.names {
        if let (Some(before), Some(now)) = (original.standing(name), own.standing(name)) {
            findings.extend(compare(name, *span, before, now, &places, package.kind));
        }
    }
    if package.kind == CodeKind::Package {
        findings.extend(data_files(&mut vm, &globals, &module, input, written, package));
    }
    for module in after.iter().skip(1).filter(|module| written.local.contains(&module.module)) {
        findings.extend(outside_of(module, &written.names, input));
    }
    findings
}

/// Takes the files along that the code reads, when it is loaded or when it runs, by a path that is known.
fn data_files(
    vm: &mut Vm,
    globals: &Rc<Scope>,
    module: &ModModule,
    input: &Input<'_>,
    written: &Written,
    package: &mut Package,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut files = std::mem::take(&mut vm.data_files);
    files.extend(opened_by(
        vm,
        globals,
        &module.body,
        written.text.contains("__file__"),
        input,
        &mut findings,
    ));
    let local = vm.user_modules().into_iter().filter(|(path, _)| written.local.contains(path));
    for (_, scope) in local.collect::<Vec<_>>() {
        let source = input.sources.get(scope.file);
        let Ok(tree) = parse(source.text()) else { continue };
        let has_place = source.text().contains("__file__");
        files.extend(opened_by(vm, &scope, &tree.body, has_place, input, &mut findings));
    }
    files.sort();
    files.dedup();
    let mut taken = Vec::new();
    for file in files {
        let Some(inside) = below(input.root, &file) else {
            let message = format!("the code opens `{}`, which is not in the DAG folder", file.display());
            findings.push(Diagnostic::error(codes::NOT_PORTABLE, input.dag.span, message));
            continue;
        };
        let path = inside.to_string_lossy().replace('\\', "/");
        let Ok(bytes) = read_data(&file) else { continue };
        if !package.entries.iter().any(|entry| entry.path == path) {
            taken.push(format!("`{path}`"));
            package.entries.push(Entry { path, bytes, executable: false });
        }
    }
    if !taken.is_empty() {
        let message = format!("files come along that the code opens: {}", taken.join(", "));
        findings.push(Diagnostic::note(codes::CODE_PACKAGE, input.dag.span, message));
    }
    package.entries.sort_by(|a, b| a.path.cmp(&b.path));
    findings
}

/// The files that the functions of a module open.
fn opened_by(
    vm: &mut Vm,
    globals: &Rc<Scope>,
    body: &[Stmt],
    has_place: bool,
    input: &Input<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Vec<PathBuf> {
    let opened = opened(body);
    let mut files = Vec::new();
    for expr in &opened.known {
        let path = vm.eval(globals, expr).and_then(|value| modules::files::fspath(vm, &value));
        let file = path.and_then(|path| modules::files::locate(vm, &path));
        if let Ok(file) = file
            && entry(&file) == source::Entry::File
        {
            files.push(file);
        }
    }
    if has_place && !opened.open.is_empty() {
        let message = "the code makes a path from its own place (`__file__`) when it runs, and what it opens there is not known";
        let warning = Diagnostic::warning(codes::CODE_PACKAGE, Disposition::Assumed, input.dag.span, message);
        findings.push(warning.help("add the files to the package, at their places in the DAG folder"));
    }
    files
}

/// What there is to say of a name that stands for something else in the package.
fn compare(
    name: &str,
    span: Span,
    before: &Standing,
    now: &Standing,
    places: &[(String, String)],
    kind: CodeKind,
) -> Option<Diagnostic> {
    match (before, now) {
        (_, Standing::Unknown(cause)) if kind == CodeKind::Package && comes_from_outside(&cause.kind) => {
            let message = format!(
                "`{name}` is read from outside while the file is loaded, and the service has no such value"
            );
            Some(
                Diagnostic::error(codes::NOT_PORTABLE, span, message)
                    .label(cause.span, cause.message.clone())
                    .help("hand it over as an argument (`op_kwargs`), which is written with the value that you supply"),
            )
        }
        (Standing::Data(before), Standing::Data(now)) if !is_same(before, now, places) => {
            let message =
                format!("`{name}` is changed by code that builds the DAG, which does not come along");
            Some(Diagnostic::error(codes::NOT_PORTABLE, span, message))
        }
        (Standing::Data(_), Standing::Unknown(cause)) => {
            let message = format!("what `{name}` is without the code that builds the DAG is not known");
            Some(
                Diagnostic::error(codes::NOT_PORTABLE, span, message)
                    .label(cause.span, cause.message.clone()),
            )
        }
        _ => None,
    }
}

/// A local module travels whole: what it reads from outside while it is loaded is not there on the service.
fn outside_of(module: &ModuleNames, names: &[(String, Span)], input: &Input<'_>) -> Option<Diagnostic> {
    let (name, cause) = module.names.iter().find_map(|(name, standing)| match standing {
        Standing::Unknown(cause) if comes_from_outside(&cause.kind) => Some((name, cause)),
        _ => None,
    })?;
    let span = names.first().map_or(input.dag.span, |(_, span)| *span);
    let message = format!(
        "`{}.{name}` is read from outside while the module is loaded, and the service has no such value",
        module.module
    );
    let finding = Diagnostic::error(codes::NOT_PORTABLE, cause.span, message);
    Some(
        finding
            .label(span, "reached from here")
            .help("read it inside the function, or hand it over as an argument (`op_kwargs`)"),
    )
}

fn text_of(names: &ModuleNames, name: &str) -> Option<String> {
    match names.standing(name) {
        Some(Standing::Data(Datum::Str(text))) => Some(text.clone()),
        _ => None,
    }
}

fn comes_from_outside(kind: &CauseKind) -> bool {
    matches!(
        kind,
        CauseKind::Environment(_) | CauseKind::Variable(_) | CauseKind::Config(_) | CauseKind::Connection(_)
    )
}

/// Whether two values are the same but for where they are defined.
fn is_same(before: &Datum, now: &Datum, places: &[(String, String)]) -> bool {
    let is_same = |before: &Datum, now: &Datum| is_same(before, now, places);
    let all = |a: &[Datum], b: &[Datum]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b));
    match (before, now) {
        (Datum::Reference(a), Datum::Reference(b)) => {
            let captured =
                |of: &[(String, Captured)]| of.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
            a.name.trim_end_matches(".function") == b.name.trim_end_matches(".function")
                && captured(&a.captured) == captured(&b.captured)
        }
        (Datum::List(a), Datum::List(b))
        | (Datum::Tuple(a), Datum::Tuple(b))
        | (Datum::Set(a), Datum::Set(b))
        | (Datum::FrozenSet(a), Datum::FrozenSet(b)) => all(a, b),
        (Datum::Map(a), Datum::Map(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|((k, v), (other, w))| is_same(k, other) && is_same(v, w))
        }
        (Datum::Object(a), Datum::Object(b)) => {
            a.path == b.path
                && all(&a.args, &b.args)
                && a.kwargs.len() == b.kwargs.len()
                && a.kwargs.iter().zip(&b.kwargs).all(|((k, v), (other, w))| k == other && is_same(v, w))
        }
        (Datum::Unknown(_), Datum::Unknown(_)) => true,
        (Datum::Str(a), Datum::Str(b)) => {
            a == b || places.iter().any(|(before, now)| a.replace(before.as_str(), now) == *b)
        }
        (Datum::Float(a), Datum::Float(b)) => a.to_bits() == b.to_bits(),
        _ => before == now,
    }
}
