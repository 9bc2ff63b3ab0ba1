# Sourced by ./run and ./test: says plainly what is missing before anything else fails in a less readable way.

require_tools() {
  local missing=0 version major
  if ! command -v dotnet >/dev/null 2>&1; then
    echo "Missing: the .NET 10 SDK (the command 'dotnet' was not found). Get it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    missing=1
  elif ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    echo "Missing: the .NET 10 SDK. Installed SDKs: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' -). Get it from https://dotnet.microsoft.com/download/dotnet/10.0" >&2
    missing=1
  fi
  if ! command -v node >/dev/null 2>&1; then
    echo "Missing: Node.js 20 or later (the command 'node' was not found). Get it from https://nodejs.org" >&2
    missing=1
  else
    version=$(node --version)
    major=${version#v}
    major=${major%%.*}
    if [ "$major" -lt 20 ]; then
      echo "Missing: Node.js 20 or later; installed is $version. Get it from https://nodejs.org" >&2
      missing=1
    fi
    if ! command -v npm >/dev/null 2>&1; then
      echo "Missing: npm, which belongs to Node.js. Get both from https://nodejs.org" >&2
      missing=1
    fi
  fi
  return $missing
}

# Fingerprint of everything a build reads, by content: a changed, added, deleted or renamed file shows, a touched one does not.
sources_fingerprint() {
  {
    dotnet --version
    find src build Directory.Build.props Directory.Packages.props global.json \
      \( -name bin -o -name obj -o -name node_modules -o -path '*/wwwroot/dist' -o -name .assets-pack \) -prune \
      -o -type f -exec cksum {} + | LC_ALL=C sort
  } | cksum
}
