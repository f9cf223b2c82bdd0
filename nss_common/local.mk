noinst_LTLIBRARIES += nss_common/libanswer.la
nss_common_libanswer_la_SOURCES = nss_common/answer.c nss_common/answer.h nss_common/outcome.h
