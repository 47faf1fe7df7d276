#!/bin/sh
# what follows "--" is CMD and its arguments, whatever they look like; none of it is read as options
. "$(dirname "$0")/lib.sh"

cat >show <<'END'
#!/bin/sh
printf '[%s]' "$@"
END
chmod +x show
ipctl mq create /q
runs() {
    wanted=$1
    shift
    ipctl mq send /q x
    expect_output "$wanted" ipctl mq listen "$@"
}
runs '[-c][5][--help][--][-v][][a b]' /q -c 1 -- ./show -c 5 --help -- -v '' 'a b'
# shellcheck disable=SC2016  # literally
runs '[$(touch x)][*][;]' -c1 /q -- ./show '$(touch x)' '*' ';'
expect_status 2 ipctl mq listen -c 1 -- /q ./show
expect_error 'NAME is missing'
ipctl mq rm /q
