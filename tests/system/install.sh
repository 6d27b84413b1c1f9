#!/usr/bin/env bash
# Installs the foreign clients at their pinned versions: GramJS and mtcute (npm), Telethon (PyPI), and Go's
# transparency log packages (Go module proxy, checked against go.sum).
set -euo pipefail
cd "$(dirname "$0")"
stamp=../../build/system-clients.stamp
sum=$(cat package-lock.json requirements.txt ledger_verify/go.sum ledger_verify/main.go ../../tools/verify-report/go.sum ../../tools/verify-report/*.go | sha256sum)
[[ -f $stamp && $(cat "$stamp") == "$sum" && -x ../../build/venv/bin/pytest && -d node_modules/telegram && -x ../../build/ledger_verify && -x ../../build/verify-report ]] && exit 0
npm ci --no-fund --no-audit --loglevel=error >/dev/null
[[ -x ../../build/venv/bin/pip ]] || python3 -m venv ../../build/venv
../../build/venv/bin/pip install -q --disable-pip-version-check -r requirements.txt
(cd ledger_verify && GOFLAGS=-mod=readonly go build -buildvcs=false -o ../../../build/ledger_verify .)
(cd ../../tools/verify-report && GOFLAGS=-mod=readonly go build -buildvcs=false -o ../../build/verify-report .)
echo "$sum" >"$stamp"
