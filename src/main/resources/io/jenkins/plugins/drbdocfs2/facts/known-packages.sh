# known-packages PACKAGE...: prints those of the packages that apt-get knows from the lists that it has.
for p in "$@"; do
  LC_ALL=C apt-cache policy "$p" | grep -q 'Candidate: [^(]' && echo "$p"
done
true
