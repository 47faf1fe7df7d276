# bash completion for ipctl: the program knows what may come next, and quotes it; nothing here is expanded again.
_ipctl() {
  local record i
  while IFS= read -r -d '' record; do
    case $record in
      $'\t:files') compopt -o default ;;
      $'\t:directories') compopt -o dirnames ;;
      $'\t:command')
        for i in "${!COMP_WORDS[@]}"; do [[ ${COMP_WORDS[i]} == -- ]] && break; done
        if declare -F _command_offset >/dev/null; then
          _command_offset $((i + 1))
        elif ((COMP_CWORD == i + 1)); then
          while IFS= read -r record; do COMPREPLY+=("$(printf %q "$record")"); done < <(compgen -c -- "$2")
        else
          compopt -o default
        fi ;;
      *) COMPREPLY+=("${record%$'\t'*}") ;;
    esac
  done < <("$1" __complete --bash "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *: ]]; then compopt -o nospace; fi
}
complete -F _ipctl ipctl
