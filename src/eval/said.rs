//! Values that are not known and can be said all the same: what an import gives, and what the call of an imported class makes.
//!
//! Owns what the run remembers of them: the calls, and which of them the code may have changed since. Where a definition may say
//! them is for the rules of the target.

use std::cell::RefCell;
use std::rc::Rc;

use super::library::CallReach;
use super::reach::READERS;
use super::{Collector, Vm};
use crate::datum::{Cause, CauseKind, Datum, Form, Reference, TypedObject};
use crate::map::HashMap;
use crate::source::Span;
use crate::value::{Args, Value};

/// The function that finds what lies at a path, as dag-factory calls it.
const RESOLVE: &str = "pkgutil.resolve_name";

/// What the run remembers.
#[derive(Default)]
pub(super) struct Said {
    /// The calls that made something, by number.
    made: RefCell<Vec<Made>>,
    /// Import paths below which the code may have changed something.
    touched: RefCell<HashMap<String, Cause>>,
}

/// A call of an imported class.
struct Made {
    path: String,
    args: Rc<Args>,
    /// Why the object may be another one by now.
    touched: Option<Cause>,
}

impl Vm {
    /// What an unknown stands for may have been changed by the code.
    pub(super) fn touch(&self, own: &Cause, why: &Cause) {
        match (&own.form, &own.path) {
            (Some(Form::At(_)), Some(path)) => {
                self.said.touched.borrow_mut().entry(path.clone()).or_insert_with(|| why.decided());
            }
            (Some(Form::Made(number)), _) => {
                if let Some(made) = self.said.made.borrow_mut().get_mut(*number) {
                    made.touched.get_or_insert_with(|| why.decided());
                }
            }
            // A part of it.
            (None, Some(path)) if path.contains('[') => self.touch_around(path, why),
            (Some(Form::As(_)) | None, _) | (Some(Form::At(_)), None) => {}
        }
    }

    fn touch_around(&self, path: &str, why: &Cause) {
        let whole = path.split('[').next().unwrap_or(path);
        self.said.touched.borrow_mut().entry(whole.to_owned()).or_insert_with(|| why.decided());
    }

    /// A part of what a call made is read, and may be changed from then on.
    pub(crate) fn touch_part(&self, own: &Cause) {
        if let Some(Form::Made(_)) = own.form {
            let why = self.cause(
                CauseKind::Unsupported,
                "a part of the object is read, and may be changed from then on",
            );
            self.touch(own, &why);
        }
    }

    /// Modules read the environment when they are imported: what they hold is not what it is elsewhere.
    pub(crate) fn touch_all(&self) {
        self.touch_path("");
    }

    /// As `touch`, for a store into a module that is not known.
    pub(crate) fn touch_path(&self, path: &str) {
        let why = self.cause(
            CauseKind::Unsupported,
            if path.is_empty() {
                "the environment is changed here".to_owned()
            } else {
                format!("`{path}` is changed here")
            },
        );
        self.said.touched.borrow_mut().entry(path.to_owned()).or_insert(why);
    }

    /// As `touch`, for a store into what is not known.
    pub(crate) fn touch_stored(&self, own: &Cause) {
        if let Some(path) = &own.path {
            let what = path.split('[').next().unwrap_or(path);
            let why = self.cause(CauseKind::Unsupported, format!("`{what}` is changed here"));
            self.touch(own, &why);
        }
    }

    /// As `touch`, for a store into an attribute of what is not known.
    pub(crate) fn touch_attribute(&self, own: &Cause, name: &str) {
        match own.form {
            Some(Form::Made(_)) => self.touch_stored(own),
            Some(Form::At(_) | Form::As(_)) | None => self.touch_stored(&own.attribute(name)),
        }
    }

    /// The call of something unknown may change what it is a part of: `settings.configure(…)`.
    pub(super) fn touch_callee(&self, callee: &Cause, reach: CallReach) {
        let Some((around, name)) = callee.path.as_deref().and_then(|path| path.rsplit_once('.')) else {
            return;
        };
        if around.contains('[') {
            if reach != CallReach::Nothing && !READERS.contains(&name) {
                self.touch_around(around, &self.may_change(around, name));
            }
            return;
        }
        let Some(Form::At(module)) = &callee.form else { return };
        // Making an object changes no module, and a package that is set apart has no state of the user's.
        let changes = match reach {
            CallReach::Nothing => false,
            CallReach::Arguments => around.len() > *module,
            CallReach::Anything => true,
        };
        if changes && !is_class_name(name) && !READERS.contains(&name) {
            self.said
                .touched
                .borrow_mut()
                .entry(around.to_owned())
                .or_insert_with(|| self.may_change(around, name));
        }
    }

    fn may_change(&self, around: &str, name: &str) -> Cause {
        let around = around.split('[').next().unwrap_or(around);
        self.cause(CauseKind::Call, format!("the call of `{name}` may change `{around}`"))
    }

    /// Whether a value that is given to a call cannot be seen by anybody else, so that nothing can be told from it later: a literal
    /// that stands in the call, with nothing but plain values in it.
    pub(super) fn is_unshared(&self, value: &Value, span: Span) -> bool {
        let plain = |item: &Value| self.is_unshared(item, span);
        match value {
            Value::None
            | Value::Ellipsis
            | Value::NotImplemented
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::Bytes(_)
            | Value::Range(_)
            | Value::Type(_) => true,
            Value::Tuple(items) => items.iter().all(plain),
            Value::List(list) => Rc::strong_count(list) == 1 && list.seen().iter().all(plain),
            Value::Dict(dict) => Rc::strong_count(dict) == 1 && dict.seen().values().all(plain),
            Value::Set(set) => Rc::strong_count(set) == 1,
            Value::Unknown(cause) => match (&cause.form, &cause.path) {
                (Some(Form::Made(number)), _) => {
                    let made = self.said.made.borrow();
                    made.get(*number).is_some_and(|made| {
                        made.args.span.file == span.file && span.range.contains_range(made.args.span.range)
                    })
                }
                // Classes, and the members and constants of classes.
                (Some(Form::At(module)), Some(path)) => {
                    path.get(*module..).is_some_and(|names| names.split('.').any(is_class_name))
                }
                _ => true,
            },
            Value::Object(object) => {
                let mut is_unshared = Rc::strong_count(object) == 1 && !self.library.host().owns(value);
                object.visit(&mut |inner| is_unshared = is_unshared && self.is_unshared(inner, span));
                is_unshared
            }
            Value::Iter(_)
            | Value::Function(_)
            | Value::Native(_)
            | Value::Method(_)
            | Value::Class(_)
            | Value::Instance(_)
            | Value::Module(_) => false,
        }
    }

    /// The form of what a call makes, where the callee is an imported class and the call can be repeated. `own` says which of the
    /// arguments nobody else sees.
    pub(super) fn made_by(&self, callee: &Cause, args: &Rc<Args>) -> Option<Form> {
        let path = callee.path.as_ref().filter(|_| callee.is_direct())?;
        let Some(Form::At(_)) = callee.form else { return None };
        let name = path.rsplit('.').next().unwrap_or(path);
        if !is_class_name(name) || args.open.is_some() {
            return None;
        }
        let mut made = self.said.made.borrow_mut();
        made.push(Made { path: path.clone(), args: Rc::clone(args), touched: None });
        Some(Form::Made(made.len() - 1))
    }
}

impl Collector<'_> {
    /// The reason for a value that is not known, with the datum that says it where there is one.
    pub(super) fn said(&mut self, cause: &Cause) -> Cause {
        let said = match (&cause.form, &cause.path) {
            (Some(Form::At(module)), Some(path)) if cause.is_direct() && path.len() > *module => {
                if let Some(why) = self.touched(path) {
                    return why;
                }
                Some(self.at(path, *module))
            }
            (Some(Form::Made(number)), _) => return self.made(cause, *number),
            (Some(Form::As(datum)), _) => Some((**datum).clone()),
            (Some(Form::At(_)) | None, _) => None,
        };
        match said {
            Some(datum) => cause.with_form(Form::As(Box::new(datum))),
            None => cause.indirect(),
        }
    }

    fn at(&self, path: &str, mut module: usize) -> Datum {
        // As much of it as is known to be modules.
        while let Some(end) = path[module + 1..].find('.').map(|end| module + 1 + end)
            && self.vm.library.is_module(&path[..end])
        {
            module = end;
        }
        at(path, module)
    }

    /// Why what lies at a path may be something else by now.
    fn touched(&self, path: &str) -> Option<Cause> {
        let touched = self.vm.said.touched.borrow();
        let below = |path: &str, other: &str| {
            path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let found =
            touched.iter().filter(|(other, _)| other.is_empty() || below(path, other) || below(other, path));
        found.min_by_key(|(other, _)| other.as_str()).map(|(_, why)| why.clone())
    }

    fn made(&mut self, cause: &Cause, number: usize) -> Cause {
        let found = {
            let made = self.vm.said.made.borrow();
            made.get(number).map(|made| (made.path.clone(), Rc::clone(&made.args), made.touched.clone()))
        };
        let (path, args) = match found {
            Some((path, args, None)) => (path, args),
            Some((_, _, Some(why))) => return why,
            None => return cause.indirect(),
        };
        if let Some(why) = self.touched(&path) {
            return why;
        }
        let object = TypedObject {
            path,
            args: args.positional.iter().map(|arg| self.datum(&arg.value)).collect(),
            kwargs: args.named.iter().map(|(name, arg)| (name.to_string(), self.datum(&arg.value))).collect(),
        };
        let datum = Datum::Object(Box::new(object)).said();
        match datum.first_unknown() {
            // What is unknown inside is the reason.
            Some(inner) => inner.indirect(),
            None => cause.with_form(Form::As(Box::new(datum))),
        }
    }
}

/// What lies at a path, of which so many bytes are the path of a module.
fn at(path: &str, module: usize) -> Datum {
    let (module, name) = (&path[..module], &path[module + 1..]);
    let first = name.split('.').next().unwrap_or(name);
    if name.contains('.') && !first.contains(char::is_uppercase) {
        // What is imported may be a module itself: only without a colon the parts are imported as far as they can be.
        return Datum::Object(Box::new(TypedObject {
            path: RESOLVE.to_owned(),
            args: vec![Datum::str(path)],
            kwargs: Vec::new(),
        }));
    }
    Datum::Reference(Reference {
        module: Some(module.to_owned()),
        name: name.to_owned(),
        span: None,
        captured: Vec::new(),
    })
}

/// Whether a name is written as those of classes are.
fn is_class_name(name: &str) -> bool {
    let name = name.trim_start_matches('_');
    name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
}
