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
    tools/lines.c tools/lines.h \
    tools/nsswitch.c tools/nsswitch.h \
    tools/output.c tools/output.h \
    tools/replace_file.c tools/replace_file.h \
    tools/v6lit.c
v6lit_LDADD = libv6lit.la $(DL_LIBS)
