# ask-device FILE NODE SECTION SECONDS ACTION...: runs actions of the fence agent of NODE that switch nothing, until one does not
# exit with 0. Prints the exit code of each and the end of its output, and exits with the last code. status exits with 0 for on, 2
# for off. SECTION has the parameters; if it is empty, those in FILE are used.
devices=$1 peer=$2 given_section=$3 call_limit=$4
shift 4
# shellcheck source=src/main/resources/io/jenkins/plugins/drbdocfs2/operation/fencing/fence-agent.sh
. ./fence-agent.sh
for action; do
  agent "$action"
  code=$?
  printf '= %s %s\n%s\n' "$action" "$code" "$said"
  [ "$code" = 0 ] || break
done
exit "$code"
