# SPDX-License-Identifier: LGPL-2.1-or-later
# Follows a page to the letter, so that what it says and what works cannot drift apart. To be sourced, after
# test/env/hosts.sh; most pages want a host of test/env/booted.sh:
#
#   follow server examples/llmnr/README.md 'v6lit-llmnrd'      # what stands below this heading, to the next of its rank
#   follow server man/v6lit-llmnrd.8 EXAMPLES                  # in a manual page
#   follow server examples/dns/knot/README.md                  # all of it
#
# Commands run in a directory with copies of the files beside the page and the packages, and are one test each. A block of code is indented by four
# spaces or fenced:
#
#   # systemctl restart smbd      a command for root, "$" one for an ordinary user ($follow_as), "PS>" one for Windows, left
#   out                           out. The lines after a command are what it prints: these, in this order, and "..." for
#                                 anything. With them its exit status does not matter; without, it is to be 0. What an
#                                 ordinary user looks at may take ten seconds to be so.
#   ```sh                         all lines are commands for root, and "sudo" is left out
#   [global]                      anything else: a file, if the text before ends in ":" and names it, as `/etc/smb.conf`;
#                                 it begins with no "#". It replaces what is there. Without such a name nothing is done.

# follow HOST PAGE [HEADING]
follow() {
    follow_host=$1
    follow_page=$2
    follow_name=${2#examples/}
    rm -rf /mnt/steps
    mkdir /mnt/steps
    case $2 in
        *.[1-8]) sed 's/^\.Sh /# /; s/^\.Ss /## /; s/^\.[BE]d.*/```/; s/\\-/-/g; s/\\e/\\/g; s/\\&//g' "$top_srcdir/$2" ;;
        *) cat "$top_srcdir/$2" ;;
    esac | page_steps "${3-}"
    [ -e /mnt/steps/1.kind ] || bail_out "nothing to follow in $2${3+, \"$3\"}"
    # For each section anew.
    on "$1" sh -euc 'cd /home/reader
        rm -rf "$2"
        mkdir "$2"
        find "/source/$1" -maxdepth 1 -type f -exec cp -t "$2" {} +
        [ ! -e /packages ] || cp /packages/* "$2"
        chown -R reader: "$2"
        echo "/home/reader/$2" > /run/page' sh "$(dirname "$2")" "$(basename "$(dirname "/v6lit/$2")")"
    follow_step=1
    while [ -e "/mnt/steps/$follow_step.kind" ]; do
        page_step "/mnt/steps/$follow_step"
        follow_step=$((follow_step + 1))
    done
}

# etc_of HOST: what is in /etc, with modes and owners.
etc_of() {
    on "$1" sh -c 'cd /etc && { find . -type f -exec cksum {} +; find . -printf "%p %m %u %g %l\n"; } | sort'
}

# page_step FILES: one command, or one file.
page_step() {
    step_text=$(cat "$1.text")
    step_status=0
    case $(cat "$1.kind") in
        root) page_shell < "$1.text" > "$1.got" 2>&1 || step_status=$? ;;
        user)
            # Who sees something else than the page says looks again.
            step_tries=0
            while
                step_status=0
                page_shell ${follow_as-runuser -u reader --} < "$1.text" > "$1.got" 2>&1 || step_status=$?
                step_tries=$((step_tries + 1))
                [ -e "$1.wanted" ] && [ $step_tries -lt 20 ] && ! page_matches "$1"
            do sleep 0.5; done
            ;;
        *)
            step_file=$(sed 's/^file //' "$1.kind")
            on "$follow_host" sh -euc 'mkdir -p "$(dirname "$1")"; printf "%s\n" "$2" > "$1"' sh "$step_file" "$step_text"
            result "$follow_name: $step_file" $?
            return
            ;;
    esac
    if [ -e "$1.wanted" ]; then
        step_wanted=$(cat "$1.wanted")
        page_matches "$1" || step_status=-1
        [ $step_status = -1 ] || step_status=0
    fi
    [ $step_status = 0 ] || {
        printf 'exit status %s; it prints:\n%s\n' "$step_status" "$(tail -n 40 "$1.got")"
        [ ! -e "$1.wanted" ] || printf 'and the page says:\n%s\n' "$step_wanted"
    } | sed 's/^/# /'
    result "$follow_name: $(printf '%s\n' "$step_text" | sed -e :a -e '/\\$/N; s/ *\\\n */ /; ta' -e 's/#/\\#/g')" $step_status
}

# page_shell [COMMAND]...: runs commands from standard input where the one before has left off, for $follow_limit seconds
# at most.
page_shell() {
    on "$follow_host" timeout "${follow_limit-60}" "$@" sh -c 'cd "$(cat /run/page)"
        eval "$1"
        page_status=$?
        [ ! -w /run/page ] || pwd > /run/page
        exit $page_status' sh "$(cat)" < /dev/null
}

# page_matches FILES: whether what was printed is what the page says. Blanks at the end do not count.
page_matches() {
    step_pattern=$(sed 's/[][\\?*]/\\&/g; s/[[:blank:]]*$//; s/\.\.\./*/g' "$1.wanted")
    case $(sed 's/[[:blank:]]*$//' "$1.got") in
        $step_pattern) return 0 ;;
    esac
    return 1
}

# page_steps [HEADING]: writes the steps of a page from standard input to /mnt/steps: N.kind, N.text, N.wanted.
page_steps() {
    awk -v heading="$1" -v out=/mnt/steps/ '
        function file(suffix) { return out step suffix }
        function begin(kind) { step++; print kind > file(".kind"); printf "" > file(".text") }
        function command(kind, text) {
            begin(kind)
            printf "%s\n", text > file(".text")
            going_on = text ~ /\\$/
        }
        function line_of(text) {
            if (going_on) {
                printf "%s\n", text > file(".text")
                going_on = text ~ /\\$/
            } else if (language == "sh") {
                sub(/^sudo /, "", text)
                if (text !~ /^(#|$)/)
                    command("root", text)
            } else if (text ~ /^# /) {
                command("root", substr(text, 3))
                commands = 1
            } else if (text ~ /^\$ /) {
                command("user", substr(text, 3))
                commands = 1
            } else if (text ~ /^PS> /) {
                commands = 2
            } else if (commands == 1) {
                printf "%s\n", text > file(".wanted")
            } else if (!commands) {
                if (lines++ == 0 && match(before, /`\/[^` ]*`[^`]*:$/)) {
                    named = substr(before, RSTART + 1)
                    begin("file " substr(named, 1, index(named, "`") - 1))
                    is_file = 1
                }
                if (is_file)
                    printf "%s\n", text > file(".text")
            }
        }
        function end_block() { commands = lines = is_file = going_on = blanks = indented = 0; language = before = "" }
        { sub(/\r$/, "") }
        # Text of a page that is indented without a blank line before goes on with its paragraph.
        /^```/ && !fenced { end_of_text = before; end_block(); before = end_of_text; fenced = 1; language = substr($0, 4); next }
        /^```/ { end_block(); fenced = 0; next }
        !fenced && /^#+ / {
            end_block()
            match($0, /^#+/)
            title = substr($0, RLENGTH + 2)
            gsub(/[`*]/, "", title)
            if (title == heading)
                rank = RLENGTH
            else if (rank && RLENGTH <= rank)
                rank = 0
            next
        }
        heading != "" && !rank { next }
        fenced { line_of($0); next }
        /^    / && (indented || !text) {
            for (; indented && blanks; blanks--)
                line_of("")
            indented = 1
            line_of(substr($0, 5))
            next
        }
        /^[ \t]*$/ { if (indented) blanks++; text = 0; next }
        {
            if (indented || !text)
                end_block()
            text = 1
            before = before " " $0
        }'
}
