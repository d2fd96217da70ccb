"""The layers import each other in one direction only, read from the source by `ast`."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EVERY_LAYER = {
    "domain",
    "services",
    "persistence",
    "schemas",
    "security",
    "charts",
    "exports",
    "imports",
    "demo",
}
EVERY_LAYER |= {"api", "reminders", "notifications", "cli", "web", "app", "config", "logs"}
DELIVERY = {"api", "app", "cli", "reminders", "web"}

# layer -> what of `server` it may import beside itself
MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "charts": {"domain"},
    "exports": {"domain", "charts"},
    "imports": {"domain", "exports"},
    "schemas": {"domain", "imports", "errors", "clock"},
    "persistence": {"domain", "config", "errors", "clock"},
    "security": {"domain", "config", "errors", "clock"},
    "notifications": {"domain", "config", "errors"},
    "services": EVERY_LAYER - DELIVERY | {"errors", "clock"},
    "api": EVERY_LAYER - DELIVERY - {"persistence"} | {"errors", "clock"},
    "reminders": EVERY_LAYER - {"api", "cli", "web", "persistence"} | {"errors", "clock"},
    "cli": EVERY_LAYER - {"api", "web"} | {"errors", "clock"},
    "demo": {"domain", "services", "schemas", "security", "config", "errors", "clock"},
    "web": {"config", "errors", "security"},
    "config": {"errors"},
    "logs": set(),
    "errors": set(),
    "clock": set(),
    "app": EVERY_LAYER | {"errors", "clock"},
}
WEB_FRAMEWORK = {"flask", "flask_smorest", "werkzeug"}
DATABASE = {"sqlalchemy", "flask_sqlalchemy", "alembic", "psycopg", "sqlite3"}
# layer -> packages it may not import; domain is held to the standard library and NumPy instead
MAY_NOT_USE: dict[str, set[str]] = {
    "charts": WEB_FRAMEWORK | DATABASE,
    "exports": WEB_FRAMEWORK | DATABASE,
    "imports": WEB_FRAMEWORK | DATABASE,
    "schemas": WEB_FRAMEWORK - {"flask_smorest"} | DATABASE,
    "notifications": WEB_FRAMEWORK | DATABASE,
    "services": WEB_FRAMEWORK,
    "persistence": WEB_FRAMEWORK - {"flask"},  # Flask-SQLAlchemy is bound to the app
    "api": DATABASE,
    "reminders": WEB_FRAMEWORK | DATABASE,
    "demo": WEB_FRAMEWORK | DATABASE,
}

# Every error becomes an answer in one place, those of the database included.
EXCEPTIONS = {("server.api.errors", "sqlalchemy.exc.SQLAlchemyError")}


def layer_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports_of(source: str, package: str) -> set[str]:
    """Every module imported anywhere in the source, relative ones resolved against ``package``."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, node.module] if node.module else above)
            found |= {f"{base}.{name.name}" for name in node.names}
    return found


def breaches(module: str, source: str, *, is_package: bool = False) -> list[str]:
    """What this module imports and may not, as sentences."""
    layer = layer_of(module)
    package = module if is_package else module.rpartition(".")[0]
    found = []
    for imported in sorted(imports_of(source, package)):
        top = imported.partition(".")[0]
        if (module, imported) in EXCEPTIONS:
            continue
        if top == "server":
            other = layer_of(imported)
            if other and other != layer and other not in MAY_IMPORT[layer]:
                found.append(f"{module} imports {imported}: {layer} may not know {other}")
        elif layer == "domain" and top not in sys.stdlib_module_names | {"numpy"}:
            found.append(f"{module} imports {imported}: domain knows the standard library and NumPy only")
        elif top in MAY_NOT_USE.get(layer, set()):
            found.append(f"{module} imports {imported}: not in {layer}")
    return found


def product_modules() -> list[tuple[str, Path]]:
    files = sorted((ROOT / "server").rglob("*.py"))
    named = [(path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."), path) for path in files]
    return [(name.removesuffix(".__init__"), path) for name, path in named]


MODULES = product_modules()


@pytest.mark.parametrize(("module", "path"), MODULES, ids=[module for module, _ in MODULES])
def test_a_module_imports_only_what_its_layer_may_know(module: str, path: Path):
    source = path.read_text()
    assert layer_of(module) in {"", *MAY_IMPORT}, "a new layer goes into the table above on purpose"
    if layer_of(module):
        assert breaches(module, source, is_package=path.name == "__init__.py") == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("server.domain.relief", "import flask"),
        ("server.domain.relief", "from server.clock import now"),
        ("server.domain.relief", "from ..persistence import db"),
        ("server.api.patient", "from server.persistence.queries import entries"),
        ("server.api.patient", "def f():\n    import sqlalchemy"),
        ("server.charts.svg", "from server.services import review"),
        ("server.exports.summary", "from flask import request"),
        ("server.services.diary", "from server.api import errors"),
        ("server.services.diary", "from server import app"),
        ("server.persistence.db", "from ..services.diary import record"),
    ],
)
def test_a_planted_breach_is_caught(module: str, line: str):
    assert breaches(module, line) != []


def test_what_is_allowed_is_not_called_a_breach():
    domain = "import math\nimport numpy as np\nfrom .baseline import Baseline"
    service = "from server.persistence.db import transaction\nfrom server import clock"
    assert breaches("server.domain.relief", domain) == []
    assert breaches("server.services.diary", service) == []


def test_only_the_clock_reads_the_time():
    readings = {("datetime", "now"), ("datetime", "today"), ("date", "today"), ("time", "time")}
    found = []
    for module, path in product_modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
                owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
                if (owner, node.attr) in readings and module != "server.clock":
                    found.append(f"{module}:{node.lineno} reads the time")
    assert found == []
