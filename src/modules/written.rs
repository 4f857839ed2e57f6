//! Modules, or parts of them, that are written in Python: what there is little to model in, and much to compute.
//!
//! The code is this project's own, in the folder `written`; the evaluator runs it as it runs local modules. It may call
//! `_library.unknown(…)` where it does not know.

use super::collections::{KEYWORDS, is_keyword};
use super::{Member, ModuleTable};
use crate::eval::{NOT_KNOWN, Written};
use crate::value::{Native, Stop, Value};

macro_rules! written {
    ($($(#[doc = $doc:literal])+ $name:ident = $module:literal in $file:literal;)+) => {
        $($(#[doc = $doc])+ pub(super) static $name: Written =
            Written { module: $module, text: include_str!(concat!("written/", $file)) };)+
    };
}

written! {
    /// `bisect`.
    BISECT_CODE = "bisect" in "bisect.py";
    /// What wraps mappings and lists.
    COLLECTIONS_CODE = "collections" in "collections.py";
    /// Base classes of context managers.
    CONTEXTLIB_CODE = "contextlib" in "contextlib.py";
    /// Writers.
    CSV_CODE = "csv" in "csv.py";
    /// Dispatch and ordering.
    FUNCTOOLS_CODE = "functools" in "functools.py";
    /// `graphlib`.
    GRAPHLIB_CODE = "graphlib" in "graphlib.py";
    /// `heapq`.
    HEAPQ_CODE = "heapq" in "heapq.py";
    /// `packaging.version`.
    PACKAGING_VERSION_CODE = "packaging.version" in "packaging_version.py";
    /// `pydantic`.
    PYDANTIC_CODE = "pydantic" in "pydantic.py";
    /// `statistics`.
    STATISTICS_CODE = "statistics" in "statistics.py";
}

/// A module whose members are all written in Python.
macro_rules! table {
    ($(#[doc = $doc:literal])+ $table:ident = $module:literal, $code:ident: $($name:literal)+) => {
        $(#[doc = $doc])+
        pub static $table: ModuleTable =
            ModuleTable { name: $module, members: &[$(($name, Member::Written(&$code)),)+] };
    };
}

table! {
    /// The rows of `bisect`.
    BISECT = "bisect", BISECT_CODE:
    "bisect" "bisect_left" "bisect_right" "insort" "insort_left" "insort_right"
}
table! {
    /// The rows of `graphlib`.
    GRAPHLIB = "graphlib", GRAPHLIB_CODE: "CycleError" "TopologicalSorter"
}
table! {
    /// The rows of `heapq`.
    HEAPQ = "heapq", HEAPQ_CODE:
    "heapify" "heappop" "heappush" "heappushpop" "heapreplace" "merge" "nlargest" "nsmallest"
}
table! {
    /// The rows of `packaging.version`.
    PACKAGING_VERSION = "packaging.version", PACKAGING_VERSION_CODE: "InvalidVersion" "Version" "parse"
}
table! {
    /// The rows of `pydantic`.
    PYDANTIC = "pydantic", PYDANTIC_CODE:
    "BaseModel" "ConfigDict" "Field" "PrivateAttr" "ValidationError" "field_serializer" "field_validator" "model_serializer"
    "model_validator" "root_validator" "validator"
}
table! {
    /// The rows of `statistics`.
    STATISTICS = "statistics", STATISTICS_CODE:
    "StatisticsError" "fmean" "mean" "median" "median_high" "median_low" "mode" "multimode" "pstdev" "pvariance" "stdev"
    "variance"
}

/// The rows of `packaging`.
pub static PACKAGING: ModuleTable = ModuleTable { name: "packaging", members: &[] };

/// The rows of `keyword`.
pub static KEYWORD: ModuleTable = ModuleTable {
    name: "keyword",
    members: &[
        (
            "iskeyword",
            Member::Function(Native::new("iskeyword", |_, mut args| {
                let word = args.expect("s")?;
                args.finish()?;
                Ok(Value::Bool(word.as_str().is_some_and(is_keyword)))
            })),
        ),
        ("kwlist", Member::Constant(|| Value::list(KEYWORDS.iter().copied().map(Value::str).collect()))),
    ],
};

/// What the code of these modules has beside Python: a way to say that it does not know, and a look at annotations.
pub static LIBRARY: ModuleTable = ModuleTable {
    name: "_library",
    members: &[
        (
            "hint",
            Member::Function(Native::new("hint", |_, mut args| {
                let annotation = args.expect("annotation")?;
                let (kind, args) = super::typing::parts(&annotation);
                Ok(Value::tuple([Value::from(kind), Value::tuple(args)]))
            })),
        ),
        (
            "is_unknown",
            Member::Function(
                Native::new("is_unknown", |_, mut args| {
                    Ok(Value::Bool(args.expect("value")?.unknown().is_some()))
                })
                .lenient(),
            ),
        ),
        (
            "unknown",
            Member::Function(Native::new("unknown", |_, mut args| {
                let message = super::support::need_text(&mut args, "message")?;
                Err(Stop::raise(&NOT_KNOWN, &*message))
            })),
        ),
    ],
};
