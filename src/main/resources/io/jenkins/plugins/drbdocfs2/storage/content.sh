# Searches a device for data, or wipes what the search would find; used by other files. Perl reads many places in one
# process; without it, fewer places are read.
#
# content search DEVICE BEGIN END: prints "zero inside" if only zeros were read between the bytes BEGIN and END, "data N" if
# byte N is not zero, and "unread N" if byte N cannot be read.
# content sample DEVICE BEGIN END: like search, but reads less: 16 MiB at each end, and 32 places.
# content wipe DEVICE BEGIN END [SPARED...]: overwrites with zeros all that a search would find, also one of a slightly
# smaller device, such as a DRBD device on it; blocks of 1 MiB with the bytes at the offsets SPARED are kept. Opens the
# device exclusively.
# content wipe-part DEVICE BEGIN END: the same if others may use other parts of the device.
#
# A search reads everything up to 1 GiB; of larger devices the first 128 MiB, the last 64 MiB, 256 KiB at each multiple of a
# power of two that gives 256 to 512 places, and 72 KiB at each MiB of the first 2 GiB, where partitions, volumes and
# signatures of filesystems begin. After 10 s it skips further places, but never the first and the last part.
content() {
  code=127
  if command -v perl > /dev/null; then
    code=0
    perl -e '
      BEGIN { eval { require Fcntl; Fcntl->import; 1 } or exit 99 }
      my ($mode, $d, $b, $e, @spared) = @ARGV;
      my $wipe = $mode =~ /^wipe/;
      my $m = 1 << 20; my $zeros = "\0" x $m; my $t = time; my $step = $m;
      sysopen(D, $d, $wipe ? ($mode eq "wipe" ? O_RDWR|O_EXCL : O_RDWR) : O_RDONLY) or do { warn "$d: $!\n"; print "unread $b\n"; exit 1 };
      binmode D;
      sub place {
        my ($o, $end) = @_;
        $o = $b if $o < $b; $end = $e if $end > $e;
        while ($o < $end) {
          my $n = $m - $o % $m; $n = $end - $o if $n > $end - $o;
          my $part = int($o / $m);
          unless (grep { int($_ / $m) == $part } @spared) {
            my $x = ""; sysseek(D, $o, 0);
            my $r = sysread(D, $x, $n);
            if (!defined $r || $r != $n) { warn "$d: byte $o cannot be read: $!\n"; print "unread $o\n"; exit 1 }
            if ($x ne substr($zeros, 0, $n)) {
              unless ($wipe) { $x =~ /[^\0]/; print "data ", $o + $-[0], "\n"; exit 0 }
              sysseek(D, $o, 0);
              my $w = syswrite(D, $zeros, $n);
              if (!defined $w || $w != $n) { warn "$d: byte $o cannot be written: $!\n"; exit 1 }
            }
          }
          $o += $n;
        }
      }
      my $size = $e - $b; my $whole = 1 << 30; my $head = 128 << 20; my $tail = 64 << 20; my $late = 10; my $places = 512; my $near = 2 << 30;
      if ($mode eq "sample") { $whole = $near = 0; $head = $tail = 16 << 20; $places = 32 }
      if ($wipe) { $whole += 64 << 20; $tail += int($size / 8192) + $m; $late = 1 << 30 }
      place($b, $b + $head); place($e - $tail, $e);
      while ($step * $places < $size) { $step *= 2 }
      $step /= 2 if $wipe && $step > $m;
      my $n = 1; $n *= 2 while $n * $step < $size;
      for (my $s = $n; $s >= 1; $s /= 2) {
        for (my $i = $s == $n ? 0 : $s; $i * $step < $size; $i += $s == $n ? $n : 2 * $s) {
          last if time - $t > $late;
          place($b + $i * $step, $b + $i * $step + (256 << 10));
        }
      }
      if ($size <= $whole) { for (my $o = $b; $o < $e && time - $t <= $late; $o += $m) { place($o, $o + $m) } }
      else { for (my $o = $head; $o < $near && $o < $size && time - $t <= $late; $o += $m) { place($b + $o, $b + $o + (72 << 10)) } }
      if ($wipe) { require IO::Handle; D->sync or do { warn "$d: $!\n"; exit 1 } }
      print "zero inside\n" unless $wipe;
    ' "$@" || code=$?
  fi
  # 99: perl has no module Fcntl; 126 and 127: it cannot be started
  case $code in
    99 | 126 | 127) content_without_perl "$@" ;;
    *) return $code ;;
  esac
}

content_without_perl() {
  mode=$1; dev=$2; b=$3; e=$4; shift 4
  size=$((e - b)); mib=1048576; step=$mib; places=64; tail=8
  case $mode in
    wipe*) mode=wipe; places=128; tail=$((16 + size / 8192 / mib)) ;;
    sample) places=4 ;;
  esac
  while [ $((step * places)) -lt $size ]; do step=$((step * 2)); done
  content_place "$b" $((b + 16 * mib)) "$@" && content_place $((e - tail * mib)) "$e" "$@" || return
  o=$b
  while [ "$o" -lt "$e" ]; do
    content_place "$o" $((o + mib)) "$@" || return
    o=$((o + step))
  done
  if [ "$mode" != wipe ]; then echo "zero inside"; fi
}

# Searches or wipes a part, MiB by MiB; after data or an error, prints it and returns 1
content_place() {
  p=$1; q=$2; shift 2
  if [ "$p" -lt "$b" ]; then p=$b; fi
  if [ "$q" -gt "$e" ]; then q=$e; fi
  while [ "$p" -lt "$q" ]; do
    l=$((q - p))
    if [ "$mode" = wipe ] && [ $l -gt $((mib - p % mib)) ]; then l=$((mib - p % mib)); fi
    for spared in "$@"; do if [ $((spared / mib)) = $((p / mib)) ]; then p=$((p + l)); continue 2; fi; done
    # an unreadable part counts as data
    if [ "$({ content_dd if="$dev" skip="$p" || echo x; } | tr -d '\0' | head -c 1)" ]; then
      if [ "$mode" != wipe ]; then echo "data $p"; return 1; fi
      content_dd if=/dev/zero of="$dev" seek="$p" conv=notrunc,fsync || {
        echo "$dev: byte $p cannot be written" >&2
        return 1
      }
    fi
    p=$((p + l))
  done
}

content_dd() { dd bs="$mib" count="$l" iflag=skip_bytes,count_bytes,fullblock oflag=seek_bytes status=none "$@" 2> /dev/null; }
