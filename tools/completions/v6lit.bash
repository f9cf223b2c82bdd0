# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of v6lit(1) for bash. One line for each command: its options.

_v6lit_options() {
    case $1 in
        decode) echo '--help' ;;
        encode) echo '--format --index --name --help' ;;
        explain) echo '--json --help' ;;
        resolve) echo '--json --help' ;;
        enable) echo '--dry-run --file --help' ;;
        disable) echo '--dry-run --file --help' ;;
        doctor) echo '--json --help' ;;
        exec) echo '--help' ;;
        llmnr) echo '--ipv4 --ipv6 --interface --reverse --all --tcp --detect-spoof --json --help' ;;
    esac
}

_v6lit_commands='decode encode explain resolve enable disable doctor exec llmnr'

_v6lit() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W "$_v6lit_commands --help --version" -- "$word"))
    elif [[ $command == exec && $word != -* ]]; then
        # What follows is somebody else's command; bash-completion knows how to go on.
        if declare -F _command_offset > /dev/null; then
            _command_offset 2
        else
            COMPREPLY=($(compgen -c -- "$word"))
        fi
    elif [[ $before == --format || $before == = && ${COMP_WORDS[COMP_CWORD - 2]} == --format ]]; then
        # "=" is a word of its own to bash.
        [[ $word != = ]] || word=
        COMPREPLY=($(compgen -W 'hosts rpz zone' -- "$word"))
    elif [[ $before == --file || " ${COMP_WORDS[*]} " == *' --format '* && $word != -* ]]; then
        compopt -o filenames 2> /dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    elif [[ $command == llmnr && ($before == -i || $before == --interface) ]]; then
        COMPREPLY=($(compgen -W "$(ls /sys/class/net 2> /dev/null)" -- "$word"))
    elif [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$(_v6lit_options "$command")" -- "$word"))
    fi
}

complete -F _v6lit v6lit
