# fence-metadata AGENT: prints the XML with which a fence agent describes itself, or "absent" if it is not installed
if command -v "$1" > /dev/null; then timeout -k 2 20 "$1" -o metadata < /dev/null; else echo absent; fi
