//! `@asset` and `@asset.multi` of 3.x: a DAG of one task that updates the asset, named after the function.
//!
//! Follows `airflow.sdk.definitions.asset.decorators` of 3.0.6.

use std::rc::Rc;

use super::dag;
use super::operator::{self, OperatorClass};
use super::schedule;
use super::signature::{self, Signature};
use super::typed::TypedValue;
use crate::datum::{CauseKind, Datum};
use crate::eval::{Collector, Vm};
use crate::source::Span;
use crate::value::{Arg, Args, Effect, Eval, Object, Operation, Stop, Value};

/// The class of the task.
const OPERATOR: &str = "airflow.sdk.definitions.asset.decorators._AssetMainOperator";

/// What the decorators hand to `DAG(…)`. Source: `_DAGFactory`.
const OF_DAG: &[&str] = &[
    "access_control",
    "dag_display_name",
    "description",
    "is_paused_upon_creation",
    "on_failure_callback",
    "on_success_callback",
    "owner_links",
    "params",
    "schedule",
    "tags",
];

/// What `asset` takes besides.
const OF_ASSET: &[&str] = &["dag_id", "extra", "group", "name", "uri", "watchers"];

/// The value of `airflow.sdk.asset`.
pub fn asset_decorator() -> Value {
    Value::object(AssetClass { multi: false })
}

/// `asset`, or `asset.multi`.
struct AssetClass {
    multi: bool,
}

impl AssetClass {
    fn name(&self) -> &'static str {
        if self.multi { "asset.multi" } else { "asset" }
    }
}

impl Object for AssetClass {
    fn type_name(&self) -> Rc<str> {
        "type".into()
    }

    fn attr(self: Rc<Self>, _vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        Ok((name == "multi" && !self.multi).then(|| Value::object(Self { multi: true })))
    }

    fn call(self: Rc<Self>, _vm: &mut Vm, args: Args) -> Eval<Value> {
        if !args.positional.is_empty() {
            return Err(Stop::type_error(format!("{}() takes keyword arguments alone", self.name())));
        }
        let known = |name: &str| {
            OF_DAG.contains(&name)
                || if self.multi { matches!(name, "dag_id" | "outlets") } else { OF_ASSET.contains(&name) }
        };
        if let Some((name, _)) = args.named.iter().find(|(name, _)| !known(name)) {
            let message = format!("{}() got an unexpected keyword argument '{name}'", self.name());
            return Err(Stop::type_error(message));
        }
        let needed: &[&str] = if self.multi { &["schedule", "outlets"] } else { &["schedule"] };
        for name in needed {
            if args.open.is_none() && !args.named.iter().any(|(given, _)| &**given == *name) {
                let message = format!("{}() missing required keyword-only argument: '{name}'", self.name());
                return Err(Stop::type_error(message));
            }
        }
        Ok(Value::object(AssetFactory { multi: self.multi, args }))
    }

    // It makes no DAG yet; but where it is not known whether it runs, neither is whether there is a DAG.
    fn call_effect(&self) -> Effect {
        Effect::Host
    }

    fn effect(&self) -> Effect {
        Effect::Host
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "an asset decorator is used as a value"))
    }
}

/// `@asset(…)`, waiting for its function.
struct AssetFactory {
    multi: bool,
    args: Args,
}

impl AssetFactory {
    fn make(&self, vm: &mut Vm, function: &Value, span: Span) -> Eval<Value> {
        let mut args = self.args.clone();
        let Some(code) = signature::function_of(function) else {
            return vm.unknown(CauseKind::Unsupported, "`@asset` decorates what is no function of the file");
        };
        if code.owner.borrow().is_some() || code.qualname.contains('.') {
            return Err(Stop::value_error("nested function not supported"));
        }
        let name: Rc<str> = match signature::name_of(function) {
            Some(Value::Str(name)) => name,
            Some(Value::Unknown(cause)) => return Err(Stop::Unknown(cause)),
            Some(_) | None => Rc::clone(&code.name),
        };
        let here = |value: Value| Arg { value, span };
        let given = |args: &mut Args, name: &str| args.named_arg(name).filter(|arg| !arg.value.is_none());
        let outlets = given(&mut args, "outlets");
        let own = given(&mut args, "name").filter(|arg| arg.value.as_str() != Some(""));
        let own = own.map_or_else(|| Value::Str(Rc::clone(&name)), |arg| arg.value);
        let asset = Value::object(TypedValue::new(
            "airflow.sdk.Asset",
            Args {
                named: [
                    Some(("name", here(own.clone()))),
                    Some(("uri", given(&mut args, "uri").unwrap_or_else(|| here(own.clone())))),
                    given(&mut args, "group").map(|arg| ("group", arg)),
                    given(&mut args, "extra").map(|arg| ("extra", arg)),
                ]
                .into_iter()
                .flatten()
                .map(|(name, arg)| (Rc::from(name), arg))
                .collect(),
                ..Args::empty("Asset", span)
            },
        )?);
        let default_id = if self.multi { Value::Str(Rc::clone(&name)) } else { own };
        let id = given(&mut args, "dag_id").filter(|arg| arg.value.as_str() != Some(""));
        let mut dag_args = Args::empty("DAG", self.args.span);
        dag_args.open.clone_from(&args.open);
        dag_args.positional.push_back(id.unwrap_or_else(|| here(default_id)));
        for (name, arg) in std::mem::take(&mut args.named) {
            let said = &*name == "schedule" || !arg.value.is_none();
            if OF_DAG.contains(&&*name) && said {
                dag_args.named.push((name, arg));
            }
        }
        if !dag_args.named.iter().any(|(name, _)| &**name == "catchup") {
            dag_args.named.push(("catchup".into(), here(Value::Bool(false))));
        }
        let dag = dag::make(vm, dag_args)?;
        Rc::clone(&dag).enter(vm, span)?;
        let made = Self::task(
            vm,
            function,
            &name,
            &Signature::of(&code),
            match &outlets {
                Some(arg) => arg.value.clone(),
                None => Value::list(vec![asset.clone()]),
            },
            span,
        );
        let left = Rc::clone(&dag).exit(vm);
        made?;
        left?;
        let assets = self.multi.then(|| outlets.map(|arg| arg.value)).flatten();
        Ok(Value::object(AssetDefinition { asset, assets, function: function.clone() }))
    }

    fn task(
        vm: &mut Vm,
        function: &Value,
        name: &Rc<str>,
        signature: &Signature,
        outlets: Value,
        span: Span,
    ) -> Eval<()> {
        if let Some(kind) = signature.unsupported_by_assets() {
            return Err(Stop::type_error(format!("{kind} is not supported in @asset")));
        }
        let inlets: Vec<Value> = signature
            .required()
            .into_iter()
            .filter(|name| !matches!(&**name, "self" | "context"))
            .map(|name| {
                let named = vec![(Rc::from("name"), Arg { value: Value::Str(name), span })];
                let args = Args { named, ..Args::empty("AssetNameRef", span) };
                TypedValue::new("airflow.sdk.definitions.asset.AssetNameRef", args).map(Value::object)
            })
            .collect::<Eval<_>>()?;
        let mut named: Vec<(Rc<str>, Arg)> = Vec::new();
        for (key, value) in [
            ("task_id", Value::Str(Rc::clone(name))),
            ("inlets", Value::list(inlets)),
            ("outlets", outlets),
            ("python_callable", function.clone()),
            ("definition_name", Value::Str(Rc::clone(name))),
        ] {
            named.push((key.into(), Arg { value, span }));
        }
        let class = Rc::new(OperatorClass::at(OPERATOR));
        operator::make(vm, &class, Args { named, ..Args::empty("_AssetMainOperator", span) }).map(drop)
    }
}

impl Drop for AssetFactory {
    fn drop(&mut self) {
        self.args.release();
    }
}

impl Object for AssetFactory {
    fn call(self: Rc<Self>, vm: &mut Vm, mut args: Args) -> Eval<Value> {
        let span = args.span;
        let function = args.expect("f")?.known()?;
        args.finish()?;
        self.make(vm, &function, span)
    }

    fn call_effect(&self) -> Effect {
        Effect::Host
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        Datum::Unknown(collector.cause(CauseKind::Unsupported, "an asset decorator is used as a value"))
    }
}

/// What the decorated name stands for: the asset, wherever one is wanted.
struct AssetDefinition {
    asset: Value,
    /// The outlets of `@asset.multi`, which has no asset of its own.
    assets: Option<Value>,
    function: Value,
}

crate::value::release::released!(AssetDefinition);

impl Object for AssetDefinition {
    fn type_name(&self) -> Rc<str> {
        if self.assets.is_some() { "MultiAssetDefinition".into() } else { "AssetDefinition".into() }
    }

    fn attr(self: Rc<Self>, vm: &mut Vm, name: &str) -> Eval<Option<Value>> {
        match (name, &self.asset) {
            ("_function", _) => Ok(Some(self.function.clone())),
            (_, Value::Object(asset)) if self.assets.is_none() => Rc::clone(asset).attr(vm, name),
            _ => Ok(None),
        }
    }

    fn wrapped_function(&self) -> Option<(&'static str, Value)> {
        Some(("_function", self.function.clone()))
    }

    fn binary(self: Rc<Self>, _vm: &mut Vm, operation: Operation<'_>) -> Eval<Option<Value>> {
        match self.asset.downcast::<TypedValue>() {
            Some(asset) if self.assets.is_none() => {
                let other = asset_of(operation.other);
                schedule::combine(&asset, Operation { other: &other, ..operation })
            }
            _ => Ok(None),
        }
    }

    fn visit(&self, visit: &mut dyn FnMut(&Value)) {
        visit(&self.asset);
        self.assets.iter().for_each(visit);
    }

    fn datum(&self, collector: &mut Collector<'_>) -> Datum {
        if self.assets.is_some() {
            let message = "what `@asset.multi` makes is used as a value";
            return Datum::Unknown(collector.cause(CauseKind::Unsupported, message));
        }
        collector.datum(&self.asset)
    }
}

/// The asset that a function under `@asset` stands for; any other value as it is.
pub fn asset_of(value: &Value) -> Value {
    match value.downcast::<AssetDefinition>() {
        Some(definition) if definition.assets.is_none() => definition.asset.clone(),
        _ => value.clone(),
    }
}
