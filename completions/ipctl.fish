# fish completion for ipctl: the program knows what may come next; fish quotes it. Names with a newline or a tab are
# left out: fish cannot be told of them.
function __ipctl_complete
    set -l words (commandline -opc)
    set -l raw (commandline -ct)
    set -l word (string unescape -- "$raw"; or string unescape -- "$raw'"; or string unescape -- "$raw\"")
    for record in ($words[1] __complete -- $words[2..] "$word" 2>/dev/null | string split0)
        switch $record
            case \t:files \t:directories
                set -l start (string match -r -- '^(?:--[a-z-]+=)?(?:save:)?' "$word")
                set -l rest (string escape -n -- (string sub -s (math (string length -- "$start") + 1) -- "$word"))
                for path in (complete -C "'' $rest")
                    if test $record = \t:files; or string match -q '*/*' -- (string split -m1 \t -- $path)[1]
                        printf '%s\n' "$start$path"
                    end
                end
            case \t:command
                set -l command (string escape -- $words[(math (contains -i -- -- $words) + 1)..]) "$raw"
                complete -C "$command"
            case '*'\n'*' '*'\t'*'\t'*'
            case '*'
                printf '%s\n' $record
        end
    end
end
complete -c ipctl -f -a '(__ipctl_complete)'
