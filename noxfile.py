"""The gate: `nox` runs all of it, `nox -s NAME` one session, `nox -l` lists them."""

import hashlib
import os
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2026.2.9"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
# A Python that is not on the machine is skipped with a notice; `coverage` fails when all of them were.
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["lint", "types", "data", "docs", "downstream", "browser", "tests", "coverage"]

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
LOCK = "requirements-dev.txt"
COVERED = Path(".coverage")
SHARED = ("-n", "auto", "--dist", "loadfile")
LARGEST = 1_000_000
# Sphinx and MyST use what Sphinx 11 will remove; it is not for this project to mend.
SPHINX = ("python", "-W", "error", "-W", "ignore::PendingDeprecationWarning", "-m", "sphinx", "-n", "-W")
SITE = Path("docs/_build/html")
DOWNSTREAM = Path("tests/downstream")
DIST = Path("dist")
# The records have a form of their own, which leaves no place for a key.
NO_SECRETS = (".", ":!src/ip4kb/data", ":!requirements-dev.txt")
# What guesses by the look of a text, and takes digests for keys.
GUESSED = (
    "--disable-plugin=HexHighEntropyString",
    "--disable-plugin=Base64HighEntropyString",
    "--disable-plugin=KeywordDetector",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def install(session: nox.Session, *groups: str, package: bool = True) -> None:
    """Install the dependencies and these groups as pinned in the lock file, then the wheel."""
    requirements = [
        *PROJECT["project"]["dependencies"],
        *nox.project.dependency_groups(PROJECT, *groups),
    ]
    session.install("--constraint", LOCK, *requirements)
    if package:
        session.install("--no-deps", "--force-reinstall", str(wheel(session)))


def wheel_folder(session: nox.Session) -> Path:
    """Return the folder of the wheel that every session installs."""
    return Path(session.cache_dir) / "wheel"


def wheel(session: nox.Session) -> Path:
    """Return the wheel that the session `build` made."""
    (found,) = wheel_folder(session).glob("*.whl")
    return found.resolve()


@nox.session(reuse_venv=True)
def build(session: nox.Session) -> None:
    """Build the wheel, once; every other session asks for it."""
    folder = wheel_folder(session)
    shutil.rmtree(folder, ignore_errors=True)
    COVERED.unlink(missing_ok=True)
    session.install("--constraint", LOCK, "build", *PROJECT["build-system"]["requires"])
    session.run("python", "-m", "build", "--wheel", "--no-isolation", "-o", str(folder), silent=True)
    size = wheel(session).stat().st_size
    session.log(f"{wheel(session).name}, {size / 1000:.0f} kB")
    if size > LARGEST:
        session.error(f"the wheel may have {LARGEST / 1000:.0f} kB at most: see what it holds that nobody asks for")


@nox.session(reuse_venv=True)
def lint(session: nox.Session) -> None:
    """Check style, format, spelling, the direction of imports, licences and workflows, and that no key lies about."""
    install(session, "lint", package=False)
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("codespell")
    session.run("lint-imports", "--no-cache", env={"PYTHONPATH": "src"})
    session.run("reuse", "lint", "--lines")
    session.run("zizmor", "--offline", "--quiet", ".github")
    tracked = session.run("git", "ls-files", "--", *NO_SECRETS, external=True, silent=True)
    session.run("detect-secrets-hook", *GUESSED, *str(tracked).splitlines())


@nox.session(reuse_venv=True, requires=["build"])
def types(session: nox.Session) -> None:
    """Check types in the tree, that the wheel's public face is typed throughout, and what users of the wheel see."""
    install(session, "typing")
    session.run("mypy", "src", "tests", "docs", "noxfile.py", ".ci/pack.py")
    session.run("mypy", "--config-file=", "--strict", "tests/typing")
    session.run("pyright", "--verifytypes", "ip4kb", "--ignoreexternal")
    session.run("pyright")


@nox.session(reuse_venv=True)
def data(session: nox.Session) -> None:
    """Check the records in the tree, and their citations against the texts in IP4KB_TEXTS."""
    install(session, package=False)
    session.env["PYTHONPATH"] = "src"
    session.run("python", "-m", "ip4kb.curation", "check")
    texts = [folder for folder in os.environ.get("IP4KB_TEXTS", "").split(os.pathsep) if folder]
    if texts:
        session.run("python", "-m", "ip4kb.curation", "verify", "--texts", *texts)
    else:
        session.warn("IP4KB_TEXTS names no folder: citations are not compared with the texts")


@nox.session(reuse_venv=True, requires=["build"])
def docs(session: nox.Session) -> None:
    """Build the site, with each warning an error and without a network."""
    install(session, "docs")
    session.run(*SPHINX, "-j", "auto", "--keep-going", "-E", "docs", str(SITE))


@nox.session(reuse_venv=True, requires=["build"])
def downstream(session: nox.Session) -> None:
    """Check, test, document and run an application that depends on the wheel, in an environment of its own."""
    application = nox.project.load_toml(DOWNSTREAM / "pyproject.toml")
    groups = nox.project.dependency_groups(application, *application["dependency-groups"])
    packages = (str(wheel(session)), str(DOWNSTREAM))
    session.install("--constraint", LOCK, *application["build-system"]["requires"])
    session.install("--constraint", LOCK, "--no-build-isolation", *packages, *groups)
    session.install("--no-build-isolation", "--no-deps", "--force-reinstall", *packages)
    made = Path(session.create_tmp()).resolve()
    session.chdir(DOWNSTREAM)
    session.run("mypy")
    session.run("pyright")
    session.run("pytest", *session.posargs)
    session.run(*SPHINX, "-E", "docs", str(made / "docs"))
    session.run("python", "-m", "ip4brief", "japan", "--output", str(made / "briefing.html"))


@nox.session(reuse_venv=True, requires=["build"])
def browser(session: nox.Session) -> None:
    """Test the site that `docs` built, page by page and in Chromium."""
    if not (SITE / "index.html").is_file():
        session.error(f"there is no site in {SITE}: build it with `nox -s docs`")
    if not any(map(shutil.which, BROWSERS)):
        missing = f"the site is not tested in a browser: none of {', '.join(BROWSERS)} is on this machine"
        if os.environ.get("CI"):
            session.error(missing)
        session.skip(missing)
    install(session, "browser")
    session.run("pytest", "tests/site", *session.posargs)


@nox.session(reuse_venv=True)
def inventories(session: nox.Session) -> None:
    """Renew the names of other projects to which the site links; this needs the network, and so is no part of the gate.

    It reads the `objects.inv` of each project and writes docs/_inventories anew; look at the difference before you
    commit it. It fails when a project has a name no longer. To link to a name that is new here, add a line for it.
    """
    session.run("python", "docs/_ext/inventories.py")


@nox.session(python=PYTHONS, requires=["build"])
def tests(session: nox.Session) -> None:
    """Run the tests, and the examples of README and docs, against the wheel in a new environment.

    The first Python runs all of them and counts what they cover, the others leave out the heavy ones.
    """
    install(session, "test")
    if COVERED.is_file():
        session.run("pytest", *SHARED, "-m", "not heavy", *session.posargs)
    else:
        session.run("pytest", *SHARED, "--cov", "--cov-report=", *session.posargs)


@nox.session(reuse_venv=True)
def coverage(session: nox.Session) -> None:
    """Ask that the tests cover every line and branch."""
    if not COVERED.is_file():
        session.error(f"no coverage data: were there tests, on any of Python {', '.join(PYTHONS)}?")
    install(session, "test", package=False)
    session.run("coverage", "report")


@nox.session(reuse_venv=True, requires=["build"])
def deep(session: nox.Session) -> None:
    """Run what is too heavy for the gate.

    Bundled files are damaged, and what reads and writes is fuzzed: the tables of both in the docs are written anew, and
    the list of what was run. Spark, which needs Java, reads the export to Parquet; harm is opened in Chromium and by
    readers of tables; the oldest and newest attrs and cattrs are fetched and tried; 512 threads ask at once.
    `-- --fuzz-seconds N` says how long each target is fuzzed; where IP4KB_TEXTS names folders, what is damaged is also
    compared with the texts. What is missing is a failure, unless `-- --allow-missing` is given.
    """
    install(session, "deep")
    session.run("pytest", "tests/deep", *session.posargs)


@nox.session(reuse_venv=True)
def mutants(session: nox.Session) -> None:
    """Make small mistakes in the library, one at a time, and see which of them the tests notice.

    `nox -s mutants -- --rooms dates --seed 2 --sample 20` makes other mutants of one room.
    """
    install(session, "test", package=False)
    output = Path(session.create_tmp()).resolve() / "mutants.jsonl"
    session.run("python", "tests/mutants/trial.py", "--output", str(output), *session.posargs)
    session.log(f"what became of each mutant stands in {output}")


@nox.session(reuse_venv=True)
def audit(session: nox.Session) -> None:
    """Ask which pinned releases have known vulnerabilities; this needs the network, and so is no part of the gate."""
    install(session, "audit", package=False)
    session.run("pip-audit", "--require-hashes", "--disable-pip", "--requirement", LOCK)


@nox.session(reuse_venv=True)
def release(session: nox.Session) -> None:
    """Make a release in dist/ and prove it, without publishing it: `nox -s release -- OLD`.

    OLD is the folder, archive or wheel of the release before; docs/contributing/code.md tells the steps around it.
    """
    if len(session.posargs) != 1:
        session.error("name the release before this one, a folder, archive or wheel: nox -s release -- OLD")
    if session.run("git", "status", "--porcelain", external=True, silent=True):
        session.error("the tree is not clean: commit what `git status` names, or put it away")
    committed = session.run("git", "log", "-1", "--format=%ct", external=True, silent=True)
    install(session, "release", package=False)
    session.env.update(PYTHONPATH="src", SOURCE_DATE_EPOCH=str(committed).strip())
    name = f"{PROJECT['project']['name']}-{PROJECT['project']['version']}"
    place = Path(session.create_tmp())
    shutil.rmtree(place)
    place.mkdir()
    built, again, notes = (place / folder for folder in ("built", "again", "notes.md"))

    session.run("validate-pyproject", "pyproject.toml")
    session.run("pytest", "tests/api")
    session.run("python", "tests/api/announcement.py", *session.posargs, str(notes))

    # The second wheel is built from the unpacked sdist, which is found whole thereby.
    session.run("python", "-m", "build", "--no-isolation", "--sdist", "--wheel", "-o", str(built), silent=True)
    session.run("python", "-m", "build", "--no-isolation", "-o", str(again), silent=True)
    session.run("python", "tests/api/distribution.py", str(built), str(again))

    # With the oldest libraries that it may be installed with, then with the newest, which the bill of materials names.
    question = "import ip4kb; print(ip4kb.preload()); print(ip4kb.attendance('the-hague-2025'))"
    for resolution in ("lowest", "highest"):
        python = str(place / "installed" / "bin" / "python")
        session.run("uv", "venv", "--quiet", "--clear", str(place / "installed"))
        wheel = str(built / f"{name}-py3-none-any.whl")
        session.run("uv", "pip", "install", "--python", python, "--resolution", resolution, wheel)
        session.run(python, "-I", "-W", "error", "-c", question, external=True, silent=True)
    bill = ("--output-reproducible", "--pyproject", "pyproject.toml", "--mc-type", "library")
    session.run("cyclonedx-py", "environment", *bill, "-o", str(built / f"{name}.cdx.json"), python)

    shutil.move(notes, built / f"{name}.md")
    shutil.rmtree(DIST, ignore_errors=True)
    shutil.move(built, DIST)
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(DIST.iterdir())]
    (DIST / "SHA256SUMS").write_text("".join(sums), "utf-8")
    session.run("python", "tests/api/released.py")
    session.log(f"{name} is in {DIST}, unpublished; commit what tests/api now keeps of it")


@nox.session(reuse_venv=True, requires=["build"])
def bench(session: nox.Session) -> None:
    """Measure speed and growth beside other libraries, for the page on speed; `nox -s bench -- quick` in less time.

    The libraries are the newest that go together, and the results name their versions: country_converter does not
    work with the pandas that the lock file pins.
    """
    session.install(*nox.project.dependency_groups(PROJECT, "bench"), str(wheel(session)))
    session.install("--no-deps", "--force-reinstall", str(wheel(session)))
    session.run("python", "tests/bench", str(wheel(session)), *session.posargs)
