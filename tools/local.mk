bin_PROGRAMS += v6lit
v6lit_SOURCES = \
    tools/arguments.c tools/arguments.h \
    tools/command.h \
    tools/convert.c tools/convert.h \
    tools/decode.c \
    tools/encode.c \
    tools/lines.c tools/lines.h \
    tools/output.c tools/output.h \
    tools/v6lit.c
v6lit_LDADD = libv6lit.la
