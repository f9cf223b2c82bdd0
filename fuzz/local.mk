# Fuzz targets. As a test, each runs the inputs of its corpus. script/fuzz builds them with clang and libFuzzer, and
# looks for new inputs.
fuzz_targets = \
    fuzz/decode \
    fuzz/encode \
    fuzz/lines \
    fuzz/mount \
    fuzz/nsswitch \
    fuzz/texts \
    fuzz/upcall
fuzz_corpora = \
    fuzz/answer.corpus \
    fuzz/config.corpus \
    fuzz/decode.corpus \
    fuzz/encode.corpus \
    fuzz/hook.corpus \
    fuzz/lines.corpus \
    fuzz/llmnr.corpus \
    fuzz/mount.corpus \
    fuzz/nss.corpus \
    fuzz/nsswitch.corpus \
    fuzz/texts.corpus \
    fuzz/upcall.corpus
if WITH_NSS
fuzz_targets += fuzz/config fuzz/llmnr fuzz/nss
endif
if WITH_LLMNR
fuzz_targets += fuzz/answer
endif
if WITH_RESOLVED_HOOK
fuzz_targets += fuzz/hook
endif
check_PROGRAMS += $(fuzz_targets)
PROGRAM_TESTS += $(fuzz_targets)
EXTRA_DIST += fuzz/hook.c $(fuzz_corpora) fuzz/names.dict fuzz/files.dict fuzz/corpus.py script/fuzz

# The main function that replays a corpus. script/fuzz omits it, and the compiler adds that of libFuzzer.
FUZZ_MAIN = fuzz/libreplay.la
check_LTLIBRARIES += fuzz/libreplay.la
fuzz_libreplay_la_SOURCES = fuzz/replay.c fuzz/fuzz.h

fuzz_cppflags = $(AM_CPPFLAGS)
fuzz_libraries = $(FUZZ_MAIN) libv6lit/libobjects.la $(DL_LIBS)

fuzz_answer_SOURCES = fuzz/answer.c fuzz/fuzz.h
fuzz_answer_CPPFLAGS = $(fuzz_cppflags)
fuzz_answer_LDADD = $(FUZZ_MAIN) llmnr/libresponder.la libv6lit/libobjects.la -lresolv
fuzz_config_SOURCES = fuzz/config.c fuzz/fuzz.h
fuzz_config_CPPFLAGS = $(fuzz_cppflags)
fuzz_config_LDADD = $(FUZZ_MAIN) llmnr/libllmnr.la
fuzz_decode_SOURCES = fuzz/decode.c fuzz/fuzz.h fuzz/interfaces.h $(unit_reference)
fuzz_decode_CPPFLAGS = $(fuzz_cppflags)
fuzz_decode_LDADD = $(fuzz_libraries)
fuzz_encode_SOURCES = fuzz/encode.c fuzz/fuzz.h $(unit_reference)
fuzz_encode_CPPFLAGS = $(fuzz_cppflags)
fuzz_encode_LDADD = $(fuzz_libraries)
fuzz_hook_SOURCES = fuzz/hook.c fuzz/fuzz.h
fuzz_hook_CPPFLAGS = $(fuzz_cppflags)
fuzz_hook_LDADD = resolved_hook/libhook.la $(fuzz_libraries) -lresolv
fuzz_lines_SOURCES = fuzz/lines.c fuzz/fuzz.h tools/common/lines.c tools/common/lines.h
fuzz_lines_CPPFLAGS = $(fuzz_cppflags)
fuzz_lines_LDADD = $(FUZZ_MAIN)
# Compares with glibc's message parser, which is in libresolv.
fuzz_llmnr_SOURCES = fuzz/llmnr.c fuzz/fuzz.h
fuzz_llmnr_CPPFLAGS = $(fuzz_cppflags)
fuzz_llmnr_LDADD = $(FUZZ_MAIN) llmnr/libllmnr.la libv6lit/libobjects.la -lresolv
fuzz_mount_SOURCES = fuzz/mount.c fuzz/fuzz.h fuzz/interfaces.h $(unit_reference)
fuzz_mount_CPPFLAGS = $(fuzz_cppflags)
fuzz_mount_LDADD = tools/libcommon.la $(fuzz_libraries)
fuzz_nss_SOURCES = fuzz/nss.c fuzz/fuzz.h fuzz/interfaces.h $(unit_reference) \
    nss_ipv6literal/nss_ipv6literal.c
fuzz_nss_CPPFLAGS = $(fuzz_cppflags)
fuzz_nss_LDADD = nss_common/libanswer.la $(fuzz_libraries)
fuzz_nsswitch_SOURCES = fuzz/nsswitch.c fuzz/fuzz.h \
    test/nsswitch/properties.c test/nsswitch/properties.h tools/nsswitch/edit.c tools/nsswitch/edit.h \
    tools/nsswitch/nsswitch.c tools/nsswitch/nsswitch.h
fuzz_nsswitch_CPPFLAGS = $(fuzz_cppflags)
fuzz_nsswitch_LDADD = $(FUZZ_MAIN)
fuzz_texts_SOURCES = fuzz/texts.c fuzz/fuzz.h fuzz/interfaces.h $(unit_reference)
fuzz_texts_CPPFLAGS = $(fuzz_cppflags)
fuzz_texts_LDADD = $(fuzz_libraries)
fuzz_upcall_SOURCES = fuzz/upcall.c fuzz/fuzz.h tools/common/stream.h tools/doctor/check.h \
    tools/doctor/upcall.c
fuzz_upcall_CPPFLAGS = $(fuzz_cppflags) -DSBINDIR='"$(sbindir)"'
fuzz_upcall_LDADD = $(FUZZ_MAIN)
