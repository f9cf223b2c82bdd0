# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of v6lit(1) for bash.
#
# What is completed, interface names above all, may come from strangers. None of it is expanded a second time: no
# "compgen -W", no unquoted expansion; and what bash inserts is quoted, so that the shell takes it as it is.

_v6lit_commands=(decode encode explain resolve enable disable doctor exec llmnr)

# _v6lit_options COMMAND: sets `options`.
_v6lit_options() {
    options=()
    case $1 in
        decode) options=(--help) ;;
        encode) options=(--format --index --name --help) ;;
        explain) options=(--json --help) ;;
        resolve) options=(--json --help) ;;
        enable) options=(--dry-run --file --help) ;;
        disable) options=(--dry-run --file --help) ;;
        doctor) options=(--json --help) ;;
        exec) options=(--help) ;;
        llmnr) options=(--ipv4 --ipv6 --interface --reverse --all --tcp --detect-spoof --json --help) ;;
    esac
}

# The words up to the cursor, as the shell sees them: bash splits its own at "=", "@" and ":", too. Sets `words` and
# `kept`, the part of the last word that readline does not replace.
_v6lit_split() {
    local line=${COMP_LINE:0:COMP_POINT} part i
    words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        if ((i == 0)) || [[ $line == [[:blank:]]* ]]; then
            words+=('')
            line=${line#"${line%%[![:blank:]]*}"}
        fi
        part=${COMP_WORDS[i]}
        ((i < COMP_CWORD)) || part=$line
        words[-1]+=$part
        line=${line#"$part"}
    done
    kept=${words[-1]%"$part"}
    [[ -n ${part//[=@:]/} ]] || kept=${words[-1]}
}

# _v6lit_offer WORD...: those that `typed` is the beginning of. `lead` is an option that a value follows in one word.
_v6lit_offer() {
    local word quoted
    for word; do
        printf -v quoted %q "$word"
        if [[ $quoted == "$typed"* || $word == "$typed"* ]]; then
            word=$lead$quoted
            [[ $word != "$kept"* ]] || COMPREPLY+=("${word#"$kept"}")
        elif [[ $typed == [\"\']* && $word == "${typed:1}"* && $word == "$quoted" ]]; then
            # bash closes the quotes. A word that needs other ones is not offered.
            COMPREPLY+=("$word")
        fi
    done
}

_v6lit_offer_interfaces() {
    local line lines names=()
    { mapfile -s 2 -t lines < /proc/self/net/dev; } 2> /dev/null
    for line in "${lines[@]}"; do
        line=${line%%:*}
        names+=("${line##* }")
    done
    _v6lit_offer "${names[@]}"
}

# What follows `v6lit exec` is another command; bash-completion knows how to go on.
_v6lit_other_command() {
    local first=2 names
    [[ ${words[2]} != -- ]] || first=3
    if declare -F _command_offset > /dev/null; then
        _command_offset $first
    elif ((${#words[@]} > first + 1)); then
        compopt -o default 2> /dev/null
    else
        mapfile -t names < <(compgen -c -- "$typed")
        _v6lit_offer "${names[@]}"
    fi
}

_v6lit() {
    local words kept options lead=
    _v6lit_split
    COMPREPLY=()
    local typed=${words[-1]} command=${words[1]} before=
    ((${#words[@]} < 3)) || before=${words[-2]}
    if [[ $typed == --*=* ]]; then
        before=${typed%%=*} lead=${typed%%=*}= typed=${typed#*=}
    fi

    if ((${#words[@]} <= 2)); then
        _v6lit_offer "${_v6lit_commands[@]}" help --help --version
    elif [[ $command == help ]]; then
        _v6lit_offer "${_v6lit_commands[@]}"
    elif [[ $command == exec && (${#words[@]} -gt 3 || $typed != -*) ]]; then
        _v6lit_other_command
    elif [[ $before == --format ]]; then
        _v6lit_offer hosts rpz zone
    elif [[ $command == llmnr && ($before == -i || $before == --interface) ]]; then
        _v6lit_offer_interfaces
    elif [[ $before != --file && $typed == -* ]]; then
        _v6lit_options "$command"
        _v6lit_offer "${options[@]}"
    elif [[ $before == --file || ($command == encode && " ${words[*]}" == *' --format'*) ]]; then
        # readline's own completion of file names.
        compopt -o default 2> /dev/null
    fi
}

complete -F _v6lit v6lit
