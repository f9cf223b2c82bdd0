# See nss_ipv6literal/local.mk for why it is linked so.
nss_LTLIBRARIES += libnss_llmnr.la
libnss_llmnr_la_SOURCES = nss_llmnr/nss_llmnr.c nss_llmnr/nss_llmnr.h
libnss_llmnr_la_LIBADD = nss_common/libanswer.la llmnr/libllmnr.la libv6lit/libobjects.la
libnss_llmnr_la_LDFLAGS = -module -avoid-version -shared -shrext .so.2 -no-undefined \
    -Wl,--gc-sections -Wl,-z,nodelete -Wl,-z,relro -Wl,-z,now \
    -Wl,--version-script=$(top_srcdir)/nss_llmnr/nss_llmnr.map
EXTRA_libnss_llmnr_la_DEPENDENCIES = nss_llmnr/nss_llmnr.map
EXTRA_DIST += nss_llmnr/nss_llmnr.map
descriptions += $(nssdir)/libnss_llmnr.la
uninstalled += $(nssdir)/libnss_llmnr.so.2
