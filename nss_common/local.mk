noinst_LTLIBRARIES += nss_common/libanswer.la
nss_common_libanswer_la_SOURCES = nss_common/answer.c nss_common/answer.h nss_common/outcome.h

# How a module is linked: one file under the name that glibc looks for. It is never unloaded: a caller of dlclose
# may have threads inside. All its symbols are bound at once: no later surprise in somebody else's process.
# (libtool passes -nostartfiles on only after -XCClinker.)
nss_ldflags = -module -avoid-version -shared -shrext .so.2 -no-undefined \
    -Wl,--gc-sections -Wl,-z,nodelete -Wl,-z,relro -Wl,-z,now \
    $(subst -nostartfiles,-XCClinker -nostartfiles,$(MODULE_LDFLAGS))
