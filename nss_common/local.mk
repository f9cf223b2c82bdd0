noinst_LTLIBRARIES += nss_common/libanswer.la
nss_common_libanswer_la_SOURCES = nss_common/answer.c nss_common/answer.h nss_common/outcome.h

# How a module is linked: as one file with the name that glibc loads. It is never unloaded, since threads may still run
# in it during dlclose. All symbols are bound immediately, so that no lookup fails later in another program's process.
# (libtool passes -nostartfiles only after -XCClinker.)
nss_ldflags = -module -avoid-version -shared -shrext .so.2 -no-undefined \
    -Wl,--gc-sections -Wl,-z,nodelete -Wl,-z,relro -Wl,-z,now \
    $(subst -nostartfiles,-XCClinker -nostartfiles,$(MODULE_LDFLAGS))
