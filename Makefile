# make run     install what is needed, prepare the database with invented data, serve, with a worker for jobs (PORT=8000)
# make test    every test (ARGS="tests/scales -k band" for some)
# make check   style, types, migrations, settings, templates
# make lock    renew requirements.lock and requirements-dev.lock (ARGS=--upgrade for newer versions)
# make messages  compile the British wording
# make stop    stop the embedded database, which outlives `make run`

PORT ?= 8000
PYTHON ?= python3
ARGS ?=

PY := .venv/bin/python
INSTALL := $(PY) -m pip install --quiet --no-input --disable-pip-version-check --require-hashes
COMPILE := .venv/bin/uv pip compile -q --generate-hashes --no-annotate --no-header --no-emit-index-url \
	--no-emit-find-links --universal --python-version 3.11 pyproject.toml
# A .env beside this file, where there is one, holds variables for `make run` and `make stop`.
WITH_ENV := set -eu; if [ -f .env ]; then set -a; . ./.env; set +a; fi;
# Newer than the collected files, or no collected files at all: collect again.
STATIC := static ipsfidelity/settings.py ipsfidelity/staticfiles.py .venv/.installed

.PHONY: run test check lock messages stop pdf browser

run: .venv/.installed pdf
	@$(WITH_ENV) if [ -n "$${DATABASE_URL:-}" ]; then demo=false; else demo=true; fi; export DEMO="$${DEMO-$$demo}"; \
	$(PY) manage.py migrate --noinput --verbosity 0; \
	if [ -n "$$(find $(STATIC) -newer "$${VAR_DIR:-var}/static/staticfiles.json" 2>&1)" ]; then \
		$(PY) manage.py collectstatic --noinput --verbosity 0; fi; \
	$(PY) manage.py load_scale; \
	if [ "$$DEMO" = true ]; then $(PY) manage.py load_demo; fi; \
	echo "Open http://127.0.0.1:$(PORT)/ (Ctrl-C ends the server, make stop the database)"; \
	exec $(PY) -m ipsfidelity.serving --bind 127.0.0.1:$(PORT) --end-with-parent

test: .venv/.installed-dev pdf browser
	@$(PY) -m pytest -n 2 --dist worksteal $(ARGS)

check: .venv/.installed-dev pdf
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check
	$(PY) manage.py check_templates

lock: .venv/bin/uv
	$(COMPILE) $(ARGS) -o requirements.lock
	$(COMPILE) $(ARGS) --group dev -o requirements-dev.lock

messages: .venv/.installed-dev
	$(PY) -c "import pathlib, polib; [polib.pofile(str(po)).save_as_mofile(str(po.with_suffix('.mo'))) for po in pathlib.Path('ipsfidelity/locale').rglob('*.po')]"

stop:
	@if [ -x $(PY) ]; then $(WITH_ENV) $(PY) -m ipsfidelity.database stop; fi

$(PY):
	@$(PYTHON) ipsfidelity/bootstrap.py venv

.venv/.installed: requirements.lock | $(PY)
	$(INSTALL) -r $<
	@touch $@

# The tools and tests come on top of what the product needs.
.venv/.installed-dev: requirements-dev.lock | $(PY)
	$(INSTALL) -r $<
	@touch .venv/.installed $@

.venv/bin/uv: | $(PY)
	$(PY) -m pip install --quiet --no-input --disable-pip-version-check uv

pdf browser:
	@$(PYTHON) ipsfidelity/bootstrap.py $@
