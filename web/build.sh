#!/usr/bin/env bash
# Builds the pages that run in a browser: web/dist/client, web/dist/console and web/dist/portal with hashed, compressed files, and
# web/dist/transparency, which the server embeds.
# Does nothing when nothing has changed. Needs npm; Node.js itself comes as a package where it is too old or missing.
set -euo pipefail
cd "$(dirname "$0")"
sum=$({ cat package-lock.json package.json tsconfig.json build.sh ../docs/api/console.yaml ../docs/api/portal.yaml; find client console portal shared transparency -type f ! -name schema.d.ts -print0 | LC_ALL=C sort -z | xargs -0 cat; } | sha256sum)
[[ -f dist/client/index.html && -f dist/console/index.html && -f dist/portal/index.html && -f dist/transparency/verify.js && -f dist/stamp && $(cat dist/stamp) == "$sum" ]] && exit 0
locked=$(sha256sum <package-lock.json)
if [[ ! -f node_modules/.locked || $(cat node_modules/.locked) != "$locked" ]]; then
  npm ci --no-fund --no-audit --loglevel=error >/dev/null
  echo "$locked" >node_modules/.locked
fi
node=(node_modules/node-linux-*/bin/node)
[[ -x ${node[0]} ]] || node=(node)
rm -f dist/stamp
for page in console portal; do
  "${node[0]}" node_modules/openapi-typescript/bin/cli.js "../docs/api/$page.yaml" -o "$page/src/api/schema.d.ts" >/dev/null
done
"${node[0]}" node_modules/typescript/bin/tsc --noEmit
for page in client console portal transparency; do
  "${node[0]}" node_modules/vite/bin/vite.js build --config "$page/vite.config.ts" --logLevel warn
done
echo "$sum" >dist/stamp
