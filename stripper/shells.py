"""Completion scripts for shells.

They all ask in the same way: the command itself, with ASK in its environment and the words up to the cursor as its arguments,
prints a line a candidate: what it is (`word`, `file` or `dir`), the word, what it means, apart by tabs. For `file` and
`dir` the shell completes names by its own rules. Of `--to=js` only what follows the sign is completed.
"""

from __future__ import annotations

ASK = "_STRIPPER_COMPLETE"
"""Environment variable by which a script asks for candidates."""

BASH = """\
# bash completion of stripper: source this file, or put it into ~/.local/share/bash-completion/completions/stripper
_stripper() {
    local words=() count=0 word kind value
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do # bash takes the sign in --to=json for a word of its own
        if ((count)) && [[ $word == = || ${words[count - 1]} == --*= ]]; then
            words[count - 1]+=$word
        else
            words[count++]=$word
        fi
    done
    COMPREPLY=()
    while IFS=$'\\t' read -r kind value _; do
        case $kind in
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
            *) COMPREPLY+=("$value") ;;
        esac
    done < <(_STRIPPER_COMPLETE=1 "$1" "${words[@]}" 2> /dev/null)
}
complete -o nosort -F _stripper stripper
"""

ZSH = """\
#compdef stripper
# zsh completion of stripper: source this file after compinit, or put it into a folder of $fpath as _stripper
_stripper() {
    local kind value text
    local -a described plain
    while IFS=$'\\t' read -r kind value text; do
        case $kind in
            file | dir) break ;;
            *) if [[ -n $text ]]; then described+=("$value:$text"); else plain+=("$value"); fi ;;
        esac
    done < <(_STRIPPER_COMPLETE=1 ${~words[1]} "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2> /dev/null)
    compset -P '--*='
    case $kind in
        file) _files ;;
        dir) _files -/ ;;
    esac
    (($#described)) && _describe -V option described
    (($#plain)) && compadd -V value -a plain
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _stripper "$@"
else
    compdef _stripper stripper
fi
"""

FISH = """\
# fish completion of stripper: put this file into ~/.config/fish/completions as stripper.fish
function __stripper_complete
    set -l word (commandline -ct)
    set -l option (string match -r -- '^--[^=]*=' "$word")
    set -l rest (string replace -- "$option" '' "$word")
    set -l before (commandline -opc)
    for line in (env _STRIPPER_COMPLETE=1 $before "$word" 2>/dev/null)
        set -l parts (string split -m 2 \\t -- $line)
        switch $parts[1]
            case file
                printf '%s\\n' "$option"(__fish_complete_path "$rest")
            case dir
                printf '%s\\n' "$option"(__fish_complete_directories "$rest")
            case '*'
                printf '%s%s\\t%s\\n' "$option" $parts[2] $parts[3]
        end
    end
end
complete -c stripper -f -a '(__stripper_complete)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
