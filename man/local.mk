# SPDX-License-Identifier: LGPL-2.1-or-later
dist_man_MANS += \
    man/libv6lit.3 \
    man/v6lit.1 \
    man/v6lit-decode.1 \
    man/v6lit-disable.1 \
    man/v6lit-doctor.1 \
    man/v6lit-enable.1 \
    man/v6lit-encode.1 \
    man/v6lit-exec.1 \
    man/v6lit-explain.1 \
    man/v6lit-llmnr.1 \
    man/v6lit-resolve.1 \
    man/v6lit_decode.3 \
    man/v6lit_decode_text.3 \
    man/v6lit_encode.3 \
    man/v6lit_encode_text.3 \
    man/v6lit_find_host.3 \
    man/v6lit_format.3 \
    man/v6lit_from_sockaddr.3 \
    man/v6lit_getaddrinfo.3 \
    man/v6lit_getaddrinfo_with.3 \
    man/v6lit_is_scoped.3 \
    man/v6lit_list_interfaces.3 \
    man/v6lit_read_text.3 \
    man/v6lit_read_zone.3 \
    man/v6lit_status_name.3 \
    man/v6lit_strerror.3 \
    man/v6lit_to_sockaddr.3 \
    man/v6lit_version.3 \
    man/v6lit_zone_index.3
# Installed only with what they describe, but in every tarball.
EXTRA_DIST += man/key.v6lit.8 man/llmnr.conf.5 man/mount.v6lit.8 man/nss-ipv6literal.8 man/nss-llmnr.8 \
    man/v6lit-llmnrd.8 man/v6lit-resolved-hook.8
if WITH_LLMNRD
dist_man_MANS += man/v6lit-llmnrd.8
endif
if WITH_RESOLVED_HOOK
dist_man_MANS += man/v6lit-resolved-hook.8
endif
if WITH_MOUNT
dist_man_MANS += man/mount.v6lit.8
endif
if WITH_KEYUTILS
dist_man_MANS += man/key.v6lit.8
endif
if WITH_NSS
dist_man_MANS += man/llmnr.conf.5 man/nss-ipv6literal.8 man/nss-llmnr.8
endif
