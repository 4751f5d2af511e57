#!/usr/bin/env bash
# Publishes site/ to S3 behind CloudFront: s3.sh BUCKET DISTRIBUTION. CloudFront compresses what it sends, so
# build with `almanac build --no-compress`.
set -euo pipefail
bucket="s3://$1" distribution="$2"
forever="public, max-age=31536000, immutable"
folders="choose explorer javascripts models playground runtime site style stylesheets"

# What is named by its content goes first, so that no page asks for a file that is not there yet.
ours=()
for folder in $folders; do
  ours+=(--exclude "assets/$folder/*")
  if [ -d "site/assets/$folder" ]; then
    aws s3 sync "site/assets/$folder" "$bucket/assets/$folder" --size-only --cache-control "$forever"
  fi
done
aws s3 sync site "$bucket" --delete --cache-control no-cache "${ours[@]}"

# The client guesses types by the machine it runs on; these it may not know.
typed() { # ENDING TYPE
  aws s3 cp site "$bucket" --recursive --exclude "*" --include "*.$1" "${ours[@]}" \
    --cache-control no-cache --content-type "$2"
  for folder in $folders; do
    if [ -n "$(find "site/assets/$folder" -name "*.$1" -print -quit 2>/dev/null)" ]; then
      aws s3 cp "site/assets/$folder" "$bucket/assets/$folder" --recursive --exclude "*" --include "*.$1" \
        --cache-control "$forever" --content-type "$2"
    fi
  done
}
typed mjs text/javascript
typed wasm application/wasm
typed md "text/markdown; charset=utf-8"
typed jsonl application/jsonl
typed ics text/calendar
typed atom application/atom+xml
typed yml application/yaml
typed parquet application/vnd.apache.parquet

aws cloudfront create-invalidation --distribution-id "$distribution" --paths "/*"
