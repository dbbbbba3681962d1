#!/bin/sh
# In the place of sudo: SUDO_MODE is free, password, deny or tty. What it says is what sudo 1.9 says.
printf '%s\n' "$*" >> "$SUDO_LOG"
asks=no
while [ "$1" != -- ]; do
    [ "$1" = -S ] && asks=yes
    shift
done
shift
case $SUDO_MODE in
    tty) echo 'sudo: sorry, you must have a tty to run sudo' >&2; exit 1 ;;
    deny) [ $asks = yes ] && echo 'ops is not in the sudoers file.' >&2 || echo 'sudo: a password is required' >&2; exit 1 ;;
    password)
        [ $asks = yes ] || { echo 'sudo: a password is required' >&2; exit 1; }
        printf 'We trust you have received the usual lecture from the local System\nAdministrator.\n\n' >&2
        for try in 1 2 3; do
            IFS= read -r password || exit 1
            [ "$password" = "$SUDO_PASSWORD" ] && break
            [ $try = 3 ] && { echo 'sudo: 3 incorrect password attempts' >&2; exit 1; }
            echo 'Sorry, try again.' >&2
        done ;;
esac
AS_ROOT=yes exec "$@"
