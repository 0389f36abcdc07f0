"""What landeff can refuse with: samples of every ``problem`` and ``fix``, read off the source by its syntax.

A sample is a text with ``X1``, ``X2`` … for what only running can tell. Names are followed to what a function
assigns, returns or is called with, so that a message put together from parts appears whole.
"""

from __future__ import annotations

import ast
import builtins
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "landeff"
ERRORS = {"LandeffError", "ConfigError", "InputError", "OutputError"}
#: Modules whose generators yield the lines of one error: what is wrong with a project file.
YIELDING = ("load_config.py", "raster_config.py")
_MOST, _DEPTH = 60, 8
_KNOWN: dict[ast.expr, list[str]] = {}
_OPEN: set[ast.expr] = set()  # being looked into: a name set from itself ends there


@dataclass
class _Module:
    path: str
    tree: ast.Module
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    constants: dict[str, ast.expr] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)
    inside: dict[ast.AST, ast.FunctionDef] = field(default_factory=dict)


@dataclass(frozen=True)
class Sample:
    """One text that may be shown, and the file and line of the error."""

    place: str
    text: str


@cache
def _modules() -> dict[str, _Module]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        found[name] = _module(path)
    return found


def _module(path: Path) -> _Module:
    module = _Module(str(path.relative_to(PACKAGE.parent)), ast.parse(path.read_text("utf-8")))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef):
            module.functions.setdefault(node.name, node)
            module.inside.update({inner: node for inner in ast.walk(node) if inner is not node})
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("landeff"):
            module.imported.update({each.asname or each.name: str(node.module) for each in node.names})
    for statement in module.tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for target in targets:
                module.constants.update({n: v for n, v in _bound(target, statement.value) if v is not None})
    return module


def samples() -> list[Sample]:
    """Every problem and every fix, once each."""
    found: dict[str, Sample] = {}
    for module in _modules().values():
        for node in ast.walk(module.tree):
            for part in _said(node, module):
                for text in _texts(part, module, 0):
                    found.setdefault(text, Sample(f"{module.path}:{part.lineno}", text))
    return list(found.values())


def _said(node: ast.AST, module: _Module) -> list[ast.expr]:
    """The expressions of problem and fix in a call of an error, or the line that a check yields."""
    if isinstance(node, ast.Call) and _name(node.func) in ERRORS:
        return [*node.args[:2], *(each.value for each in node.keywords if each.arg in ("problem", "fix"))]
    is_line = isinstance(node, ast.Yield) and node.value is not None and module.path.endswith(YIELDING)
    return [node.value] if is_line else []  # type: ignore[attr-defined, list-item]


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _texts(node: ast.expr, module: _Module, depth: int) -> list[str]:
    """What an expression may come to; ``X`` stands for what cannot be told."""
    if depth > _DEPTH or node in _OPEN:
        return ["X"]
    if node not in _KNOWN:
        _OPEN.add(node)
        options = dict.fromkeys(itertools.islice(_options(node, module, depth + 1), _MOST))
        _OPEN.discard(node)
        _KNOWN[node] = list(options) or ["X"]
    return _KNOWN[node]


def _options(node: ast.expr, module: _Module, depth: int) -> Iterator[str]:  # noqa: C901, PLR0912 a kind a branch
    match node:
        case ast.Constant(value=value):
            yield str(value)
        case ast.JoinedStr(values=values):
            yield from _product(values, module, depth)
        case ast.FormattedValue(value=value, conversion=conversion):
            told = _texts(value, module, depth)
            yield from [repr(text) for text in told] if conversion == ord("r") else told
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from _product([left, right], module, depth)
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_texts(body, module, depth), *_texts(orelse, module, depth))
        case ast.BoolOp(values=values):
            for value in values:
                yield from _texts(value, module, depth)
        case ast.Name(id=name):
            yield from _of_name(node, name, module, depth)
        case ast.Call(func=ast.Attribute(attr="join"), args=[ast.GeneratorExp(elt=elt)]):
            yield from _texts(elt, module, depth)
        case ast.Call(func=func):
            function, home = _found(_name(func), module)
            for each in ast.walk(function) if function else ():
                if isinstance(each, ast.Return) and each.value is not None:
                    yield from _texts(each.value, home, depth)
        case ast.Tuple(elts=elts):
            yield from (text for each in elts for text in _texts(each, module, depth))
        case ast.Dict(values=values):
            yield from (text for each in values for text in _texts(each, module, depth))
        case ast.Subscript(value=ast.Name(id=name)) if name.isupper():
            yield from _texts(node.value, module, depth)


def _product(values: list[ast.expr], module: _Module, depth: int) -> Iterator[str]:
    parts = [_texts(value, module, depth) for value in values]
    for chosen in itertools.islice(itertools.product(*parts), _MOST):
        yield "".join(chosen)


def _found(name: str, module: _Module) -> tuple[ast.FunctionDef | None, _Module]:
    home = _modules().get(module.imported.get(name, ""), module)
    return home.functions.get(name), home


def _of_name(node: ast.Name, name: str, module: _Module, depth: int) -> Iterator[str]:
    function = module.inside.get(node)
    if function is None or not (bound := [*_assigned(function, name, module)]):
        home = _modules().get(module.imported.get(name, ""), module)
        if name in home.constants and not hasattr(builtins, name):
            yield from _texts(home.constants[name], home, depth)
        return
    for value, home in bound:
        yield from _texts(value, home, depth) if value is not None else ["X"]


def _assigned(
    function: ast.FunctionDef, name: str, module: _Module
) -> Iterator[tuple[ast.expr | None, _Module]]:
    """What a name stands for in a function: what it is set to, or what callers give."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from ((v, module) for n, v in _bound(target, node.value) if n == name)
        elif isinstance(node, ast.NamedExpr) and node.target.id == name:
            yield node.value, module
        elif isinstance(node, ast.For | ast.comprehension):
            yield from ((v, module) for n, v in _bound(node.target, None) if n == name)
    names = [each.arg for each in function.args.args if each.arg not in ("self", "cls")]
    if name in names:
        default = function.args.defaults[names.index(name) - len(names) :][:1]
        is_optional = names.index(name) >= len(names) - len(function.args.defaults)
        yield from ((each, module) for each in default if is_optional)
        yield from _given(function, names.index(name), name)


def _given(function: ast.FunctionDef, position: int, name: str) -> Iterator[tuple[ast.expr | None, _Module]]:
    for node, module in _calls().get(function.name, []):
        is_method = isinstance(node.func, ast.Attribute)
        if is_method != (function.args.args[0].arg in ("self", "cls")):
            continue
        if not is_method and _found(function.name, module)[0] is not function:
            continue
        given = [each.value for each in node.keywords if each.arg == name]
        positional = [] if given else node.args[position : position + 1]
        yield from ((value, module) for value in [*given, *positional])


@cache
def _calls() -> dict[str, list[tuple[ast.Call, _Module]]]:
    """Every call of the package, by the name of what is called."""
    found: dict[str, list[tuple[ast.Call, _Module]]] = {}
    for module in _modules().values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                found.setdefault(_name(node.func), []).append((node, module))
    return found


def _bound(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, ast.expr | None]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple):
        values = value.elts if isinstance(value, ast.Tuple) else [None] * len(target.elts)
        for each, its in zip(target.elts, values, strict=False):
            yield from _bound(each, its)
