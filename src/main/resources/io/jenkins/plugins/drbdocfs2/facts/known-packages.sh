# known-packages PACKAGE...: prints the packages that are in the current lists of apt-get.
for p in "$@"; do
  LC_ALL=C apt-cache policy "$p" | grep -q 'Candidate: [^(]' && echo "$p"
done
true
