# Link-local multicast name resolution, for the module and the command.
noinst_LTLIBRARIES += llmnr/libllmnr.la
llmnr_libllmnr_la_SOURCES = \
    llmnr/clock.c llmnr/clock.h \
    llmnr/config.c llmnr/config.h \
    llmnr/describe.c llmnr/describe.h \
    llmnr/filter.c llmnr/filter.h \
    llmnr/host.c llmnr/host.h \
    llmnr/link.c llmnr/link.h \
    llmnr/message.c llmnr/message.h \
    llmnr/query.c llmnr/query.h \
    llmnr/tcp.c llmnr/tcp.h \
    llmnr/udp.c llmnr/udp.h \
    llmnr/wire.c llmnr/wire.h
llmnr_libllmnr_la_LIBADD = $(RESOLV_LIBS)

# What the side that answers decides, for v6lit-llmnrd.
noinst_LTLIBRARIES += llmnr/libresponder.la
llmnr_libresponder_la_SOURCES = \
    llmnr/answer.c llmnr/answer.h \
    llmnr/claim.c llmnr/claim.h \
    llmnr/limit.c llmnr/limit.h \
    llmnr/neighbors.c llmnr/neighbors.h \
    llmnr/self.c llmnr/self.h
llmnr_libresponder_la_LIBADD = llmnr/libllmnr.la
