# `make check` builds the programs, so that what readers copy compiles and runs. The sources are installed.
# As for readers, the header is included without a directory.
examples_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/libv6lit
check_PROGRAMS += examples/decode examples/encode examples/connect examples/connect6
examples_decode_CPPFLAGS = $(examples_cppflags)
examples_decode_SOURCES = examples/decode.c
examples_decode_LDADD = libv6lit.la
examples_encode_CPPFLAGS = $(examples_cppflags)
examples_encode_SOURCES = examples/encode.c
examples_encode_LDADD = libv6lit.la
examples_connect_SOURCES = examples/connect.c
examples_connect6_CPPFLAGS = $(examples_cppflags)
examples_connect6_SOURCES = examples/connect6.c
examples_connect6_LDADD = libv6lit.la
nobase_dist_doc_DATA += examples/chromium/known-hosts.json examples/firefox/known-hosts.json \
    examples/firefox/policies.json examples/fstab examples/llmnr/README.md \
    examples/llmnr/llmnr.conf examples/llmnr/no-llmnr.conf examples/mount/README.md examples/mount/auto.v6lit \
    examples/mount/pam_mount.xml examples/mount/srv-share.automount examples/mount/srv-share.mount \
    examples/mount/v6lit.autofs examples/nsswitch.conf \
    examples/server/README.md examples/server/krb5.conf examples/server/smb.conf examples/server/smbd.socket \
    examples/server/smbd@.service examples/server/xinetd.conf
nobase_dist_doc_DATA += examples/connect.c examples/connect6.c examples/decode.c examples/encode.c
nobase_dist_doc_DATA += examples/dns/README.md examples/dns/bind/README.md \
    examples/dns/bind/v6lit-empty.conf examples/dns/bind/v6lit-empty.zone examples/dns/bind/v6lit.conf \
    examples/dns/dnsmasq/README.md examples/dns/dnsmasq/v6lit-machine.conf examples/dns/dnsmasq/v6lit.conf examples/dns/knot/README.md \
    examples/dns/knot/v6lit.conf examples/dns/knot/v6lit.zone examples/dns/networkmanager/README.md \
    examples/dns/networkmanager/v6lit.conf examples/dns/other/README.md examples/dns/powerdns/README.md \
    examples/dns/powerdns/ipv6-literal.net.zone examples/dns/powerdns/named.conf \
    examples/dns/powerdns/v6lit.conf examples/dns/resolv.conf/README.md examples/dns/resolv.conf/resolv.conf \
    examples/dns/static/README.md examples/dns/static/named-rpz.conf examples/dns/static/named-zone.conf \
    examples/dns/static/unbound-rpz.conf examples/dns/static/unbound-zone.conf \
    examples/dns/systemd-resolved/README.md examples/dns/systemd-resolved/ipv6-literal.dns-delegate \
    examples/dns/systemd-resolved/v6lit-peer.network examples/dns/systemd-resolved/v6lit-veth.netdev \
    examples/dns/systemd-resolved/v6lit.netdev examples/dns/systemd-resolved/v6lit.network \
    examples/dns/unbound/README.md examples/dns/unbound/v6lit-empty.conf examples/dns/unbound/v6lit.conf
