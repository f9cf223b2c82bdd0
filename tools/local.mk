bin_PROGRAMS += v6lit
v6lit_SOURCES = \
    tools/arguments.c tools/arguments.h \
    tools/command.h \
    tools/convert.c tools/convert.h \
    tools/decode.c \
    tools/disable.c \
    tools/edit_hosts.c tools/edit_hosts.h \
    tools/enable.c \
    tools/encode.c \
    tools/exec.c \
    tools/lines.c tools/lines.h \
    tools/nsswitch.c tools/nsswitch.h \
    tools/output.c tools/output.h \
    tools/program.c tools/program.h \
    tools/replace_file.c tools/replace_file.h \
    tools/v6lit.c
# Where `v6lit exec` finds its library.
v6lit_CPPFLAGS = $(AM_CPPFLAGS) -DPKGLIBDIR='"$(pkglibdir)"'
v6lit_LDADD = libv6lit.la $(DL_LIBS)
