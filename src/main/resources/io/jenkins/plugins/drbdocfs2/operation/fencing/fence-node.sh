# fence-node FILE NODE SECONDS ACTION: switches a node with its device in FILE, and asks the device afterwards: off, on, or reboot,
# which is off and then on. A call of the agent may take SECONDS.
devices=$1 peer=$2 call_limit=$3
# shellcheck source=src/main/resources/io/jenkins/plugins/drbdocfs2/operation/fencing/fence-agent.sh
. ./fence-agent.sh
case $4 in
  off) turn off 2 ;;
  on) turn on 0 ;;
  reboot) turn off 2 && turn on 0 ;;
esac || { echo "$reason" >&2; exit 1; }
